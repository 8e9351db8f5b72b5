"""The period that a question is compared with, and which of its days stands beside which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from zhanggui.calendar import Period, last_of_month, previous_period, truncate, year_before
from zhanggui.metrics.question import Compare, Grain

_WEEKS_OF_A_YEAR = timedelta(weeks=52)


def compared_period(period: Period, compare: Compare, grain: Grain | None) -> Period:
    """Return the period that `period` is compared with.

    By week, a year earlier means 52 weeks, so that whole weeks stand beside whole weeks.

    Examples
    --------
    >>> compared_period(Period(date(2021, 3, 1), date(2021, 3, 7)), "year", "week").first
    datetime.date(2020, 3, 2)
    """
    if compare == "previous":
        return previous_period(period.first, period.last)
    if grain == "week":
        return Period(period.first - _WEEKS_OF_A_YEAR, period.last - _WEEKS_OF_A_YEAR)
    return year_before(period.first, period.last)


def shifted(period: Period, earlier: Period, compare: Compare, grain: Grain) -> Callable[[date], date]:
    """Return the function that takes a step of `earlier` to the step of `period` it stands beside.

    Steps are matched by their number. Days compared with a year earlier are matched by date, since a leap day would
    put all later ones out of step. What would fall behind the last step is added to it, so that no amount is lost.

    Examples
    --------
    >>> march, february = Period(date(2021, 3, 1), date(2021, 3, 28)), Period(date(2021, 2, 1), date(2021, 2, 28))
    >>> shifted(march, february, "previous", "day")(date(2021, 2, 14))
    datetime.date(2021, 3, 14)
    """
    last = truncate(period.last, grain)
    if compare == "year" and grain == "day":
        return lambda day: min(_next_year(day), last)
    offset = _step(period.first, grain) - _step(earlier.first, grain)
    return lambda day: min(_of_step(_step(day, grain) + offset, grain), last)


def _next_year(day: date) -> date:
    first = date(day.year + 1, day.month, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def _step(day: date, grain: Grain) -> int:
    match grain:
        case "day":
            return day.toordinal()
        case "week":
            return truncate(day, grain).toordinal() // 7
        case "month":
            return day.year * 12 + day.month - 1
        case "quarter":
            return day.year * 4 + (day.month - 1) // 3
        case "year":
            return day.year


def _of_step(step: int, grain: Grain) -> date:
    match grain:
        case "day":
            return date.fromordinal(step)
        case "week":
            # Day 1 of the calendar is a Monday.
            return date.fromordinal(step * 7 + 1)
        case "month":
            return date(step // 12, step % 12 + 1, 1)
        case "quarter":
            return date(step // 4, step % 4 * 3 + 1, 1)
        case "year":
            return date(step, 1, 1)
