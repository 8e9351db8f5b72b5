"""The best hour of each of many who were each seen a few times, and whether two hour profiles differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from zhanggui.methods.problems import NotEnoughDataError

HOURS = 24
PRIOR_STRENGTH = 8.0
_FEWEST_EXPECTED = 5.0
"""Expected count below which the chi-square law is no longer near (Cochran's rule of thumb)."""


@dataclass(frozen=True, slots=True)
class BestHours:
    """The best hour of each row.

    Attributes
    ----------
    hour : array of int, shape (n,)
        The allowed hour with the highest share.
    share : array of float, shape (n,)
        Its estimated share of the row's acts, 0-1.
    n_acts : array of int, shape (n,)
        How many acts the row has.
    n_in_hour : array of int, shape (n,)
        How many of them lie in that hour or the one beside it.
    """

    hour: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]
    n_acts: npt.NDArray[np.int64]
    n_in_hour: npt.NDArray[np.int64]


def best_hours(
    counts: npt.ArrayLike, *, allowed: Sequence[int] = tuple(range(HOURS)), strength: float = PRIOR_STRENGTH
) -> BestHours:
    """Return the hour in which each row acts most, few acts being drawn towards the profile of all rows.

    Parameters
    ----------
    counts : array_like of int, shape (n, 24)
        Acts of each row in each hour.
    allowed : sequence of int
        Hours that may be chosen.
    strength : float
        How many acts the profile of all rows counts as.

    Raises
    ------
    NotEnoughDataError
        There is no act at all.

    Notes
    -----
    Acts are first spread over neighbouring hours (1/4, 1/2, 1/4, around midnight as well), so that 20:55 and 21:05 are
    near one another. ``share = (spread + strength × profile) ÷ (acts + strength)``: the mean of a Dirichlet posterior
    whose prior is the profile of everybody. A row without acts gets the hour of everybody.

    Examples
    --------
    >>> counts = np.zeros((2, 24), int)
    >>> counts[0, 20], counts[1, 9] = 30, 1
    >>> best_hours(counts).hour.tolist()
    [20, 20]
    """
    table = np.asarray(counts, dtype=float)
    if table.sum() <= 0:
        raise NotEnoughDataError(
            "Nothing happened in any hour.", where="acts by hour", next_step="load orders or events with their times"
        )
    spread = (np.roll(table, 1, axis=1) + 2 * table + np.roll(table, -1, axis=1)) / 4
    profile = spread.sum(axis=0) / table.sum()
    n_acts = table.sum(axis=1)
    share = (spread + strength * profile) / (n_acts + strength)[:, None]
    hours = np.asarray(sorted(allowed))
    best = hours[np.argmax(share[:, hours], axis=1)]
    place = np.arange(len(table))
    near = table[place, best] + table[place, (best + 1) % HOURS] + table[place, (best - 1) % HOURS]
    return BestHours(best, share[place, best], n_acts.astype(np.int64), near.astype(np.int64))


def hour_difference(part: npt.ArrayLike, whole: npt.ArrayLike) -> float | None:
    """Return the p-value that a part acts in the same hours as the rest of the whole; None where counts are too few.

    Parameters
    ----------
    part, whole : array_like of int, shape (24,)
        Acts by hour; the part is within the whole.

    Notes
    -----
    Pearson's chi-square of the part against the rest; neighbouring hours are put together until at least 5 acts are
    expected of each side.

    Examples
    --------
    >>> evening = np.r_[np.zeros(18, int), np.full(6, 50)]
    >>> even = np.full(24, 100)
    >>> hour_difference(evening, even + evening) < 1e-9
    True
    """
    one, every = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    rest = every - one
    if one.sum() <= 0 or rest.sum() <= 0:
        return None
    groups: list[tuple[float, float]] = []
    held = np.zeros(2)
    for pair in zip(one, rest, strict=True):
        held = held + np.asarray(pair)
        expected = held.sum() * np.array([one.sum(), rest.sum()]) / every.sum()
        if (expected >= _FEWEST_EXPECTED).all():
            groups.append((held[0], held[1]))
            held = np.zeros(2)
    if len(groups) < 2:
        return None
    groups[-1] = (groups[-1][0] + held[0], groups[-1][1] + held[1])
    seen = np.asarray(groups)
    expected = seen.sum(axis=1, keepdims=True) * seen.sum(axis=0, keepdims=True) / seen.sum()
    statistic = ((seen - expected) ** 2 / expected).sum()
    return float(chi2.sf(statistic, len(groups) - 1))
