"""The course of an alert's metric around its days, with what was to be expected."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Alert, AlertBook
from zhanggui.metrics.problems import QuestionError
from zhanggui.pagespec import ChartData, Mark, Series
from zhanggui.pagespec.words import Number
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.conditions import Above
from zhanggui.understand.monitoring.courses import Course, courses_of
from zhanggui.understand.monitoring.detecting.bands import Expectation
from zhanggui.understand.monitoring.rules import Rule
from zhanggui.understand.monitoring.seeing import HISTORY_DAYS, learned_from

BEFORE_DAYS, AFTER_DAYS = 42, 14
_NO_COURSE = Text("这条预警没有走势：它是数据来源的问题", "This alert has no course: it is about a source of data")
_VALUE = Text("实际", "actual")
_NAMES = {
    "expected": Text("应有", "expected"),
    "low": Text("下限", "lower bound"),
    "high": Text("上限", "upper bound"),
}
_FIRES = Text("预警", "alert")

Bounds = dict[str, dict[date, float]]


def alert_course(desk: Desk, alert_id: int) -> ChartData:
    """Return the days around an alert, with its band.

    Raises
    ------
    UnknownAlertError
        There is none.
    """
    alert = AlertBook(desk.shop.state).get(alert_id)
    span = desk.span()
    course = None if span is None or alert.told.get("metric") is None else _course(desk, alert, span)
    if course is None:
        return ChartData(unit="count", x=(), x_kind="date", series=(), empty=_NO_COURSE)
    bounds = _bounds(desk, alert, course)
    held = [(name, bounds[name]) for name in _NAMES if bounds[name]]
    return ChartData(
        unit=alert.told["unit"],
        currency=alert.told["currency"],
        x=tuple(day.isoformat() for day in course.days),
        x_kind="date",
        series=(
            Series(name=_VALUE, values=course.values),
            *(
                Series(name=_NAMES[name], values=tuple(_at(found, day) for day in course.days), role="compare")
                for name, found in held
            ),
        ),
        marks=(Mark(x=alert.first_day.isoformat(), name=_FIRES),) if alert.first_day in course.days else (),
    )


def _at(found: dict[date, float], day: date) -> Number:
    return found.get(day)


def _course(desk: Desk, alert: Alert, span: Period) -> Course | None:
    first = max(span.first, alert.first_day - timedelta(days=BEFORE_DAYS))
    last = min(span.last, alert.last_day + timedelta(days=AFTER_DAYS))
    if last < first:
        return None
    try:
        found = courses_of(desk, _rule(alert), str(alert.told["metric"]), Period(first, last))
    except QuestionError:
        # The metric was taken away since.
        return None
    return found[0] if found else None


def _rule(alert: Alert) -> Rule:
    # Only its place and its step count here.
    return Rule(
        name="course",
        metric=alert.told["metric"],
        where=alert.place,
        grain=alert.told["grain"],
        when=Above(limit=0),
    )


def _bounds(desk: Desk, alert: Alert, course: Course) -> Bounds:
    """Return what was to be expected: of a band on every day, else as it was told."""
    if alert.told["kind"] == "forecast":
        # What is foreseen is a month, and no day.
        return {name: {} for name in _NAMES}
    if alert.told["kind"] != "band":
        return {
            name: {date.fromisoformat(each["day"]): each[name] for each in alert.told["days"] if each[name] is not None}
            for name in _NAMES
        }
    days = Period(course.days[0] - timedelta(days=HISTORY_DAYS), course.days[-1])
    span = desk.span()
    held = learned_from(desk, _rule(alert), Period(max(days.first, span.first if span else days.first), days.last))
    since = max(held.step(course.days[0]), 0)
    bands = Expectation(held, since).bands if held.places else None
    found: Bounds = {name: {} for name in _NAMES}
    for name in _NAMES if bands is not None else ():
        values = getattr(bands, name)[0]
        for step in range(since, held.n_days):
            if np.isfinite(values[step]):
                found[name][held.day(step)] = float(values[step])
    return found
