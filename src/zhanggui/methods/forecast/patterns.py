"""What a time is worth against an ordinary one: seasons and promotions, as factors of a group of series."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

_TRUST = 30.0
"""Units that have to be seen of a kind of time until its own factor counts as much as 1."""
_ROUNDS = 3


def time_factors(totals: npt.ArrayLike, kinds: npt.ArrayLike, *, n_kinds: int, window: int = 28) -> Floats:
    """Return how many times its ordinary count a group reaches on each kind of day.

    Parameters
    ----------
    totals : array_like of float, shape (n_periods,)
        Counts of all series of the group together, oldest first.
    kinds : array_like of int, shape (n_periods,)
        What kind of time each period is, 0 to ``n_kinds - 1``: its weekday, its phase of a promotion. Kind 0 of
        promotions is an ordinary day.
    n_kinds : int
        Number of kinds.
    window : int, default 28
        Periods of the moving level that counts are held against.

    Returns
    -------
    array of float, shape (n_kinds,)
        Above 0; 1 for a kind that was never seen, drawn towards 1 where little was.

    Raises
    ------
    ShapeMismatchError
        There are not as many kinds as totals.

    Notes
    -----
    The factor of a kind is its counts over the counts that the moving level without factors expects, both summed first:
    ``(sum(count) + k) / (sum(expected) + k)``. Level and factors are found in turns. Its weakness: what always falls
    together, such as a promotion and a change of price, is one factor.

    Examples
    --------
    >>> weekend = [0, 0, 0, 0, 0, 1, 1] * 8
    >>> factors = time_factors([1000.0 + 1000.0 * kind for kind in weekend], weekend, n_kinds=2)
    >>> round(float(factors[1] / factors[0]), 1)
    2.0
    """
    counts, kind = np.asarray(totals, np.float64), np.asarray(kinds, np.int64)
    if counts.shape != kind.shape:
        raise ShapeMismatchError(totals=counts.size, kinds=kind.size)
    factors = np.ones(n_kinds)
    if counts.size == 0:
        return factors
    for _ in range(_ROUNDS):
        held = factors[kind]
        level = _moving_sum(counts, window) / np.maximum(_moving_sum(held, window), 1e-9)
        seen = np.bincount(kind, counts, n_kinds)
        expected = np.bincount(kind, level, n_kinds)
        factors = (seen + _TRUST) / (expected + _TRUST)
    return factors


def _moving_sum(values: Floats, window: int) -> Floats:
    """Return sums over windows in the middle of which each period stands, shorter at both ends."""
    summed = np.concatenate([[0.0], np.cumsum(values)])
    place = np.arange(values.size)
    first = np.maximum(place - window // 2, 0)
    last = np.minimum(place + (window + 1) // 2, values.size)
    return np.asarray(summed[last] - summed[first])
