"""Where a month will end, against its target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period, last_of_month
from zhanggui.methods.anomaly import sum_ahead
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.understand.monitoring.detecting.history import Histories, occasions_of, steps_of
from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CONFIDENCE = 0.8
"""Share of the intervals that should hold the month's true end; a target beyond one is told."""
FEWEST_DAYS_TO_COME = 2
_ORDINARY_DAYS = 28


def ends_off_target(
    histories: Histories, days: Period, target_of: Callable[[date], float | None], *, confidence: float = CONFIDENCE
) -> tuple[Sighting, ...]:
    """Return the days on which a month's target was out of reach, whatever the rest of the month brings as usual.

    Parameters
    ----------
    histories : Histories
        Of a metric that adds up over days, up to the last day held.
    days : Period
        The days that are judged, each by what came before it and by itself.
    target_of : callable
        From the first day of a month to its target in the unit of the metric, or None.
    confidence : float, default 0.8
        Share of the intervals that should hold the truth.

    Returns
    -------
    tuple of Sighting
        With the expected end of the month as value, its target as expected, and the bounds of the end; none where the
        past is too short. Days of promotions to come are counted as they came in earlier years, or as ordinary ones
        where there is none; ``facts`` says how many those are.
    """
    found: list[Sighting] = []
    for place in range(len(histories.places)):
        for step in steps_of(histories, days):
            found += _seen(histories, place, step, target_of, confidence)
    return tuple(found)


def _seen(
    histories: Histories, place: int, step: int, target_of: Callable[[date], float | None], confidence: float
) -> Iterator[Sighting]:
    day = histories.day(step)
    target, to_come = target_of(day.replace(day=1)), (last_of_month(day) - day).days
    if target is None or target <= 0 or to_come < FEWEST_DAYS_TO_COME:
        return
    labels, _ = occasions_of(histories.first, step + 1 + to_come)
    past = histories.values[place, : step + 1]
    ordinary = np.where(labels[: step + 1] > 0, np.nan, past)
    effects, n_unknown = _effects(past, labels)
    try:
        ahead = sum_ahead(ordinary, to_come, effects=effects, confidence=confidence)
    except NotEnoughDataError:
        return
    so_far = float(np.nansum(past[max(0, step + 1 - day.day) :]))
    low, high, expected = so_far + ahead.low, so_far + ahead.high, so_far + ahead.expected
    if low <= target <= high:
        return
    direction = Direction.DOWN if high < target else Direction.UP
    reach = max(high - expected if direction is Direction.DOWN else expected - low, 1e-9)
    yield Sighting(
        metric=histories.metric.name,
        where=histories.places[place],
        day=day,
        kind=Kind.FORECAST,
        direction=direction,
        value=expected,
        expected=target,
        low=low,
        high=high,
        score=abs(target - expected) / reach,
        facts={"so_far": so_far, "n_days_to_come": float(to_come), "n_days_unknown": float(n_unknown)},
    )


def _effects(past: Floats, labels: Ints) -> tuple[Floats, int]:
    """Return the factors of the days to come, and how many of them are special without an earlier day to tell."""
    to_come = labels[len(past) :]
    effects, n_unknown = np.ones(len(to_come)), 0
    held = labels[: len(past)]
    for place, label in enumerate(to_come):
        if label == 0:
            continue
        ratios = [_over_the_ordinary(past, held, int(step)) for step in np.flatnonzero(held == label)]
        known = [each for each in ratios if each is not None]
        if known:
            effects[place] = float(np.median(known))
        else:
            n_unknown += 1
    return effects, n_unknown


def _over_the_ordinary(past: Floats, labels: Ints, step: int) -> float | None:
    """Return a special day over the mean of the ordinary days before it."""
    before = np.flatnonzero(labels[:step] == 0)[-_ORDINARY_DAYS:]
    usual = float(np.nanmean(past[before])) if np.isfinite(past[before]).any() else 0.0
    return float(past[step] / usual) if usual > 0 and np.isfinite(past[step]) else None
