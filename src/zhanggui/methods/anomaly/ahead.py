"""Where the sum of a series will stand at the end of a period, with an interval from the method's own past errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.methods.anomaly.pattern import cycle_factors, moving_level
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats = npt.NDArray[np.float64]

CYCLES_KEPT = 8
FEWEST_CYCLES = 3
MOST_ORIGINS = 40
FEWEST_ORIGINS, FEWEST_APART = 8, 2.0
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Ahead:
    """A sum to come.

    Attributes
    ----------
    expected, low, high : float
        Sum of the steps to come, and the bounds that it lies within with the asked confidence.
    by_step : array of float, shape (n_ahead,)
        What is expected of each step to come.
    n_origins : int
        Past forecasts of as many steps that the bounds were taken from; 0 where they were taken from the scatter of
        single steps, since the history is too short for more.
    """

    expected: float
    low: float
    high: float
    by_step: Floats
    n_origins: int


def sum_ahead(
    values: npt.ArrayLike,
    n_ahead: int,
    *,
    effects: npt.ArrayLike | None = None,
    confidence: float = 0.9,
    cycle: int = 7,
) -> Ahead:
    """Return what the next steps of a series will add up to.

    Parameters
    ----------
    values : array_like of float, shape (n_steps,)
        The series so far; NaN where no value is known, and on special steps that should not teach.
    n_ahead : int
        Steps to come, at least 1.
    effects : array_like of float, shape (n_ahead,), optional
        Factors of special steps to come.
    confidence : float, default 0.9
        Share of such intervals that should hold the truth.
    cycle : int, default 7
        Steps after which the pattern repeats.

    Raises
    ------
    NotEnoughDataError
        Fewer than three cycles of steps are known.
    ShapeMismatchError
        There is not one effect for each step to come.

    Notes
    -----
    Each step to come is its factor of the cycle times the level, as for :func:`seasonal_bands`, without going on with
    a trend. The same forecast is made from earlier steps, each from its own past; the bounds are the quantiles of what
    came over what was foreseen, with the share ``confidence · (n + 1) / n`` kept, n how many of them do not overlap, so
    that few widen it [1]_.

    References
    ----------
    .. [1] J. Lei et al., "Distribution-free predictive inference for regression", *Journal of the American Statistical
           Association* 113(523), 2018.

    Examples
    --------
    >>> found = sum_ahead(np.tile([10.0, 10, 10, 10, 20, 30, 30], 6), 10)
    >>> round(found.expected), round(found.low), round(found.high)
    (150, 150, 150)
    """
    held = np.asarray(values, dtype=np.float64)
    factor = np.ones(n_ahead) if effects is None else np.asarray(effects, dtype=np.float64)
    if factor.shape != (n_ahead,):
        raise ShapeMismatchError(n_ahead=n_ahead, effects=len(factor))
    n_known = int(np.isfinite(held[-CYCLES_KEPT * cycle :]).sum())
    if n_known < FEWEST_CYCLES * cycle:
        raise NotEnoughDataError(
            f"A forecast needs at least {FEWEST_CYCLES * cycle} known steps; got {n_known}.",
            where="values",
            next_step="wait for more days",
        )
    by_step = _foreseen(held, n_ahead, cycle) * factor
    expected = float(by_step.sum())
    errors = _past_errors(held, n_ahead, cycle)
    # Forecasts of overlapping steps err together: so many of them are independent.
    n_apart = (len(held) - FEWEST_CYCLES * cycle) / n_ahead
    if len(errors) >= FEWEST_ORIGINS and n_apart >= FEWEST_APART:
        share = min(1.0, confidence * (n_apart + 1) / n_apart)
        below, above = np.quantile(errors, [(1 - share) / 2, (1 + share) / 2])
    else:
        errors = errors[:0]
        below, above = _by_scatter(held, by_step, cycle, confidence)
    # Shares of the usual size, so that a sum near zero or below it has an interval too.
    size = max(float(np.abs(by_step).sum()), _SMALLEST)
    return Ahead(expected, expected + float(below) * size, expected + float(above) * size, by_step, len(errors))


def _foreseen(held: Floats, n_ahead: int, cycle: int) -> Floats:
    past = held[None, -CYCLES_KEPT * cycle :]
    signed = np.array([bool((past[np.isfinite(past)] < 0).any())])
    factors, offsets = cycle_factors(past, cycle, signed)
    place = np.arange(past.shape[1] + n_ahead) % cycle
    plain = (past - offsets[:, place[: past.shape[1]]]) / factors[:, place[: past.shape[1]]]
    level = moving_level(plain, np.ones_like(past), cycle)
    to_come = place[past.shape[1] :]
    found: Floats = level[0] * factors[0, to_come] + offsets[0, to_come]
    return found if signed[0] else np.maximum(found, 0.0)


def _past_errors(held: Floats, n_ahead: int, cycle: int) -> Floats:
    """Return what came less what was foreseen, over the size of that, for origins spread over the past."""
    last = len(held) - n_ahead
    found = []
    for origin in np.unique(np.linspace(FEWEST_CYCLES * cycle, last, MOST_ORIGINS).astype(int)):
        past, came = held[:origin], held[origin : origin + n_ahead]
        if origin > last or np.isfinite(past[-CYCLES_KEPT * cycle :]).sum() < FEWEST_CYCLES * cycle:
            continue
        is_known = np.isfinite(came)
        if is_known.sum() * 2 < n_ahead:
            continue
        foreseen = _foreseen(past, n_ahead, cycle)[is_known]
        found.append((came[is_known].sum() - foreseen.sum()) / max(float(np.abs(foreseen).sum()), _SMALLEST))
    return np.array(found)


def _by_scatter(held: Floats, by_step: Floats, cycle: int, confidence: float) -> tuple[float, float]:
    """Return the bounds from how far single steps lie from the same step a cycle before."""
    steps = held[cycle:] - held[:-cycle]
    deviation = float(np.nanstd(steps)) / np.sqrt(2.0)
    n, size = len(by_step), max(float(np.abs(by_step).sum()), _SMALLEST)
    # The level itself is known from about two cycles.
    reach = deviation * float(np.sqrt(n + n**2 / (2 * cycle))) / size
    quantile = float(np.sqrt(1.0 / max(1.0 - confidence, 1e-3)))  # By Chebyshev: nothing is known of the law.
    return -quantile * reach, quantile * reach
