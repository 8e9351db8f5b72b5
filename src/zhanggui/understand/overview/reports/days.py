"""Which days a report is about, and which it is held against."""

from __future__ import annotations

from datetime import date, timedelta

from zhanggui.calendar import Period, last_of_month, truncate
from zhanggui.understand.overview.reports.spec import Length

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def days_of(length: Length, day: date) -> Period:
    """Return the day, week (from Monday) or month that holds `day`.

    Examples
    --------
    >>> days_of("week", date(2026, 11, 11))
    Period(first=datetime.date(2026, 11, 9), last=datetime.date(2026, 11, 15))
    """
    match length:
        case "day":
            return Period(day, day)
        case "week":
            first = truncate(day, "week")
            return Period(first, first + WEEK - _DAY)
        case "month":
            return Period(truncate(day, "month"), last_of_month(day))


def last_ended(length: Length, today: date) -> Period:
    """Return the last day, week or month that is over before `today`.

    Examples
    --------
    >>> last_ended("month", date(2026, 12, 1)).last, last_ended("week", date(2026, 11, 22)).last
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 15))
    """
    found = days_of(length, today - _DAY)
    return found if found.last < today else days_of(length, found.first - _DAY)


def held_against(length: Length, period: Period) -> Period:
    """Return the days that a report's days are held against.

    A day is held against the same weekday a week before, a week or a part of one against the same weekdays, a whole
    month against the whole month before it, and the first days of a month against as many first days.

    Examples
    --------
    >>> held_against("day", Period(date(2026, 11, 15), date(2026, 11, 15))).first
    datetime.date(2026, 11, 8)
    >>> held_against("month", Period(date(2026, 3, 1), date(2026, 3, 31))).last
    datetime.date(2026, 2, 28)
    """
    if length != "month":
        return Period(period.first - WEEK, period.last - WEEK)
    end = truncate(period.first, "month") - _DAY
    first = truncate(end, "month")
    if period.last == last_of_month(period.last):
        return Period(first, end)
    return Period(first, min(end, first + (period.last - period.first)))
