"""The course of a metric, step by step, in each part of the shop that a rule watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import Filter, Metric, Question
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.understand.desk import Desk, Row, number
from zhanggui.understand.monitoring.rules import Rule, StepGrain
from zhanggui.understand.naming import value_filters, value_name

MOST_PLACES = 50
"""Parts of the shop that one rule watches; the largest ones."""
_UNDEFINED = frozenset({"Ratio", "Lapse", "Level"})
"""Kinds of metric of which a step without rows says nothing, and not zero."""
WHOLE = Text("全店", "the whole shop")


@dataclass(frozen=True, slots=True)
class Course:
    """A metric over time in one part of the shop.

    Attributes
    ----------
    where : tuple of Filter
        The part; empty for the whole.
    name : Text
        What it is called.
    days : tuple of date
        First day of each step, without a gap, from the first to the last step that holds data.
    values : tuple of float or None
        In the unit in which metrics are answered; None where nothing is known.
    """

    where: tuple[Filter, ...]
    name: Text
    days: tuple[date, ...]
    values: tuple[float | None, ...]


def courses_of(desk: Desk, rule: Rule, metric: str, days: Period) -> tuple[Course, ...]:
    """Return the course of a metric in each part of the shop that a rule watches.

    Parameters
    ----------
    desk : Desk
        The shop.
    rule : Rule
        Says which parts, and how long a step is.
    metric : str
        The rule's own, or one set beside it; none where the rule's parts are none of this metric's.
    days : Period
        The days that are asked.
    """
    possible = possible_dimensions(tuple(desk.metric(metric).leaves()))
    if any(name not in possible for name in (*(each.dim for each in rule.filters), *((rule.by,) if rule.by else ()))):
        return ()
    found = desk.ask(
        Question(
            metrics=(metric,),
            by=(rule.by,) if rule.by else (),
            where=rule.filters,
            date_from=days.first,
            date_to=days.last,
            grain=rule.grain,
        )
    )
    by_place: dict[tuple[Filter, ...], list[Row]] = {}
    for row in found.rows:
        if row["date"] is not None:
            where = value_filters(desk, rule.by, row) if rule.by else ()
            by_place.setdefault(where, []).append(row)
    largest = sorted(by_place, key=lambda where: -_size(by_place[where], metric))[:MOST_PLACES]
    courses = [_course(rule, desk.metric(metric), where, by_place[where]) for where in largest]
    return tuple(each for each in courses if each.days)


def _size(rows: Sequence[Row], metric: str) -> float:
    return sum(abs(number(row, metric) or 0.0) for row in rows)


def _course(rule: Rule, metric: Metric, where: tuple[Filter, ...], rows: Sequence[Row]) -> Course:
    held = {date.fromisoformat(str(row["date"])): number(row, metric.name) for row in rows}
    none = None if metric.kind in _UNDEFINED else 0.0
    days = tuple(_steps(min(held), max(held), rule.grain))
    values = tuple(held.get(day, none) for day in days)
    parts = tuple(sorted((*rule.filters, *where), key=lambda each: each.dim))
    return Course(parts, _named(rule, where, rows[0]), days, values)


def _named(rule: Rule, where: tuple[Filter, ...], row: Row) -> Text:
    names = [_filter_name(each) for each in rule.filters]
    if rule.by:
        names.append(value_name(rule.by, row))
    return Text("、".join(each.zh for each in names), ", ".join(each.en for each in names)) if names else WHOLE


def _filter_name(each: Filter) -> Text:
    names = DIMENSIONS[each.dim].names
    texts = [names.get(str(value), Text.same(str(value))) for value in each.values]
    return Text("或".join(text.zh for text in texts), " or ".join(text.en for text in texts))


def _steps(first: date, last: date, grain: StepGrain) -> list[date]:
    days = [first]
    while days[-1] < last:
        days.append(next_step(days[-1], grain))
    return days


def next_step(day: date, grain: StepGrain) -> date:
    """Return the first day of the step after the one that begins on `day`.

    Examples
    --------
    >>> next_step(date(2020, 2, 1), "month").isoformat(), next_step(date(2020, 2, 3), "week").isoformat()
    ('2020-03-01', '2020-02-10')
    """
    if grain == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if grain == "week" else 1)


def last_day_of_step(day: date, grain: StepGrain) -> date:
    """Return the last day of the step that begins on `day`."""
    return next_step(day, grain) - timedelta(days=1)
