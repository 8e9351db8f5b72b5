"""Days that some days may fairly be held against."""

from __future__ import annotations

from datetime import date, timedelta

from zhanggui.calendar import Period
from zhanggui.occasions import occasion_on

_MOST_WEEKS = 8
"""Weeks back within which days like some days are looked for."""


def alike_before(days: Period, *, since: date | None = None) -> Period:
    """Return the nearest days before some days that are like them: the same weekdays, in the same phases of promotions.

    Parameters
    ----------
    days : Period
        The days; what is returned shares none of them.
    since : date, optional
        The first day of which anything is known.

    Returns
    -------
    Period
        As many days, whole weeks before. Where none of the last eight such periods is alike, the nearest one.

    Examples
    --------
    >>> after_618 = Period(date(2026, 6, 24), date(2026, 6, 26))
    >>> str(alike_before(after_618).first)  # All weeks between are days of 618.
    '2026-05-13'
    """
    nearest = -(-days.n_days // 7)
    phases = _phases(days)
    periods = [
        Period(days.first - timedelta(weeks=weeks), days.last - timedelta(weeks=weeks))
        for weeks in range(nearest, nearest + _MOST_WEEKS)
    ]
    known = [each for each in periods if since is None or each.first >= since]
    return next((each for each in known if _phases(each) == phases), periods[0])


def _phases(days: Period) -> list[str]:
    found = (occasion_on(days.first + timedelta(days=step)) for step in range(days.n_days))
    return ["" if each is None else each.code for each in found]
