"""Steps at which the level of a series changed for good, and slow drift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from zhanggui.methods.anomaly.pattern import cycle_factors
from zhanggui.methods.problems import NotEnoughDataError

Floats = npt.NDArray[np.float64]

FEWEST_STEPS = 14
"""Known steps below which nothing is said of levels."""
FEWEST_CYCLES = 6
"""Whole cycles below which nothing is said of drift."""
SHORTEST_LEVEL = 4
"""A level lasts so many steps at least; what is over sooner is an outlier."""

_PENALTY = 4.0
_MAD_TO_DEVIATION = 1.4826
_OUTLIER = 3.0
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A step from which on a series has another level.

    Attributes
    ----------
    step : int
        The first step of the new level.
    before, after : float
        Mean levels on both sides, without the pattern of the cycle.
    deviations : float
        The change in standard errors of the difference of both means, with its sign.
    """

    step: int
    before: float
    after: float
    deviations: float


@dataclass(frozen=True, slots=True)
class Drift:
    """A slow change.

    Attributes
    ----------
    per_cycle : float
        Change of the level from one cycle to the next, in the unit of the series: median of all pairs.
    relative : float
        The same as a part of the median level; NaN where that is 0.
    probability : float
        How likely such a row of ups and downs is without any drift, both sides.
    """

    per_cycle: float
    relative: float
    probability: float


def change_points(values: npt.ArrayLike, *, cycle: int = 7) -> tuple[ChangePoint, ...]:
    """Return the steps at which the level of a series changed.

    Parameters
    ----------
    values : array_like of float, shape (n_steps,)
        One series; NaN where no value is known.
    cycle : int, default 7
        Steps after which the pattern repeats; it is taken out first.

    Returns
    -------
    tuple of ChangePoint
        In order of time; empty where nothing changed.

    Raises
    ------
    NotEnoughDataError
        There are fewer than 14 known steps.

    Notes
    -----
    The partition into levels with the least ``squared residuals / variance + 4 ln(n) · levels`` is found exactly by
    dynamic programming with pruning [1]_. The variance is that of differences between neighbours, so that a change of
    level does not hide itself; single outliers are drawn in to three deviations from the median around them. Days that
    follow each other closely raise the penalty by (1 + r) / (1 − r), r their correlation.

    References
    ----------
    .. [1] R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear computational cost",
           *Journal of the American Statistical Association* 107(500), 2012.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> [each.step for each in change_points(rng.normal(np.repeat([100.0, 130.0], 30), 5))]
    [30]
    """
    held = np.asarray(values, dtype=np.float64)
    places = np.flatnonzero(np.isfinite(held))
    if len(places) < FEWEST_STEPS:
        raise NotEnoughDataError(
            f"Levels of a series need at least {FEWEST_STEPS} known steps; got {len(places)}.",
            where="values",
            next_step="wait for more days, or look at one day against another",
        )
    plain = _without_pattern(held, cycle)[places]
    deviation = _MAD_TO_DEVIATION * float(np.median(np.abs(np.diff(plain)))) / np.sqrt(2.0)
    deviation = max(deviation, _SMALLEST + 1e-3 * float(np.median(np.abs(plain))))
    drawn = _drawn_in(plain, deviation)
    cuts = _levels(drawn / deviation, _PENALTY * np.log(len(drawn)) * _closeness(drawn))
    edges = [0, *cuts, len(drawn)]
    found = []
    for left, cut, right in zip(edges, edges[1:], edges[2:], strict=False):
        before, after = float(drawn[left:cut].mean()), float(drawn[cut:right].mean())
        error = deviation * float(np.sqrt(1 / (cut - left) + 1 / (right - cut)))
        found.append(ChangePoint(int(places[cut]), before, after, (after - before) / error))
    return tuple(found)


def drift(values: npt.ArrayLike, *, cycle: int = 7) -> Drift:
    """Return how a series drifts from cycle to cycle.

    Parameters
    ----------
    values : array_like of float, shape (n_steps,)
        One series; NaN where no value is known. Its last step ends the last cycle.
    cycle : int, default 7
        Steps of a cycle; its pattern does not disturb, since whole cycles are compared.

    Raises
    ------
    NotEnoughDataError
        There are fewer than six cycles with half of their steps known.

    Notes
    -----
    Sen's slope [1]_ over the means of whole cycles, and the probability of Mann's test of its sign.

    References
    ----------
    .. [1] P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", *Journal of the American
           Statistical Association* 63(324), 1968.

    Examples
    --------
    >>> found = drift(np.linspace(100, 79, 70))
    >>> round(found.per_cycle, 2), found.probability < 0.001
    (-2.13, True)
    """
    held = np.asarray(values, dtype=np.float64)
    whole = held[len(held) % cycle :].reshape(-1, cycle)
    known = np.isfinite(whole).sum(axis=1) * 2 >= cycle
    n = int(known.sum())
    if n < FEWEST_CYCLES:
        raise NotEnoughDataError(
            f"Drift needs at least {FEWEST_CYCLES} cycles; got {n}.",
            where="values",
            next_step="wait for more days",
        )
    place, mean = np.flatnonzero(known), np.nanmean(whole[known], axis=1)
    earlier, later = np.triu_indices(n, 1)
    rise = mean[later] - mean[earlier]
    slope = float(np.median(rise / (place[later] - place[earlier])))
    score = float(np.sign(rise).sum())
    error = np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    middle = float(np.median(mean))
    probability = 2.0 * float(ndtr(-max(abs(score) - 1.0, 0.0) / error))
    return Drift(slope, slope / middle if middle else float("nan"), min(probability, 1.0))


def _without_pattern(held: Floats, cycle: int) -> Floats:
    signed = np.array([bool((held[np.isfinite(held)] < 0).any())])
    factors, offsets = cycle_factors(held[None, :], cycle, signed)
    place = np.arange(len(held)) % cycle
    plain: Floats = (held - offsets[0, place]) / factors[0, place]
    return plain


def _drawn_in(plain: Floats, deviation: float) -> Floats:
    """Draw single outliers in to three deviations from the median of the seven steps around them."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(plain, 3, mode="edge"), 7)
    middle = np.median(windows, axis=1)
    return np.clip(plain, middle - _OUTLIER * deviation, middle + _OUTLIER * deviation)


def _closeness(drawn: Floats) -> float:
    """Return by how much the variance of means is larger than that of independent steps."""
    change = np.diff(drawn)
    square = float(np.square(change).mean())
    # Of independent steps, neighbouring differences are correlated by −1/2.
    correlation = 1.0 + 2.0 * float((change[1:] * change[:-1]).mean()) / square if square > 0 else 0.0
    correlation = min(max(correlation, 0.0), 0.8)
    return (1.0 + correlation) / (1.0 - correlation)


def _levels(plain: Floats, penalty: float) -> list[int]:
    """Return where levels begin, without the first, so that squared residuals and penalties are least."""
    n = len(plain)
    sums = np.concatenate([[0.0], np.cumsum(plain)])
    squares = np.concatenate([[0.0], np.cumsum(np.square(plain))])
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    came_from = np.zeros(n + 1, np.int64)
    candidates = np.array([0])
    for end in range(SHORTEST_LEVEL, n + 1):
        length = end - candidates
        cost = best[candidates] + (
            squares[end] - squares[candidates] - np.square(sums[end] - sums[candidates]) / length
        )
        place = int(cost.argmin())
        best[end], came_from[end] = cost[place] + penalty, candidates[place]
        candidates = candidates[cost <= best[end]]
        if end - SHORTEST_LEVEL + 1 >= SHORTEST_LEVEL:
            candidates = np.append(candidates, end - SHORTEST_LEVEL + 1)
    cuts: list[int] = []
    end = int(came_from[n])
    while end > 0:
        cuts.append(end)
        end = int(came_from[end])
    return cuts[::-1]
