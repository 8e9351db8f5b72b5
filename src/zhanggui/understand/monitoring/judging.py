"""Fixed conditions held against a course: limits, changes and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.calendar import Period
from zhanggui.understand.monitoring.conditions import Above, Below, Change, ToTarget
from zhanggui.understand.monitoring.courses import Course, next_step
from zhanggui.understand.monitoring.detecting import Direction, Kind, Sighting
from zhanggui.understand.monitoring.rules import Rule, StepGrain

FIXED = (Above, Below, Change, ToTarget)
"""Conditions that need no history to be learned from."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    kind: Kind
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    compared: date | None = None


def judged(rule: Rule, course: Course, days: Period) -> Iterator[Sighting]:
    """Yield what a rule with a fixed condition sees in a course on some days.

    Parameters
    ----------
    rule : Rule
        The rule.
    course : Course
        The course, with as much before `days` as the condition compares with.
    days : Period
        The steps that begin on these days are judged; one that the course does not hold in full is not.

    Yields
    ------
    Sighting
        One for each step whose value lies beyond a bound, in order.
    """
    held = dict(zip(course.days, course.values, strict=True))
    for day, value in held.items():
        if value is None or not days.first <= day <= days.last:
            continue
        bounds = _bounds(rule, held, day)
        if bounds is None:
            continue
        if bounds.low is not None and value < bounds.low:
            yield _sighting(rule, course, day, value, bounds, Direction.DOWN)
        elif bounds.high is not None and value > bounds.high:
            yield _sighting(rule, course, day, value, bounds, Direction.UP)


def _bounds(rule: Rule, held: Mapping[date, float | None], day: date) -> _Bounds | None:
    match rule.when:
        case Above(limit=limit):
            return _Bounds(Kind.THRESHOLD, high=limit)
        case Below(limit=limit):
            return _Bounds(Kind.THRESHOLD, low=limit)
        case ToTarget(target=target, below=below, above=above):
            low = None if below is None else target * below
            return _Bounds(Kind.TARGET, low, None if above is None else target * above, expected=target)
        case Change(fall=fall, rise=rise, against=against):
            before = compared_step(day, rule.grain, against)
            base = held.get(before)
            if base is None or base <= 0:
                # A share of nothing, or of a loss, says nothing.
                return None
            low = None if fall is None else base * (1 - fall)
            high = None if rise is None else base * (1 + rise)
            return _Bounds(Kind.CHANGE, low, high, expected=base, compared=before)
        case _:
            return None


def compared_step(day: date, grain: StepGrain, against: str) -> date:
    """Return the first day of the step that a change is held against.

    Examples
    --------
    >>> compared_step(date(2020, 3, 1), "month", "step").isoformat()
    '2020-02-01'
    >>> compared_step(date(2020, 2, 29), "day", "year").isoformat(), compared_step(date(2020, 2, 3), "week", "year")
    ('2019-02-28', datetime.date(2019, 2, 4))
    """
    if against == "week":
        return day - timedelta(days=7)
    if against == "year":
        if grain == "week":
            return day - timedelta(days=364)
        is_leap_day = (day.month, day.day) == (2, 29)
        return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
    if grain == "month":
        return (day - timedelta(days=1)).replace(day=1)
    return day - (next_step(day, grain) - day)


def _sighting(rule: Rule, course: Course, day: date, value: float, bounds: _Bounds, direction: Direction) -> Sighting:
    bound = bounds.low if direction is Direction.DOWN else bounds.high
    assert bound is not None, "a direction is told of a bound that there is"
    scale = abs(bounds.expected - bound) if bounds.expected is not None and bounds.expected != bound else abs(bound)
    return Sighting(
        metric=rule.metric,
        where=course.where,
        day=day,
        kind=bounds.kind,
        direction=direction,
        value=value,
        expected=bounds.expected,
        low=bounds.low,
        high=bounds.high,
        score=1 + abs(value - bound) / (scale or 1.0),
    )
