"""Business days: the store's local day of a moment, periods of them, and the periods they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zhanggui.errors import ZhangguiError

DEFAULT_TIME_ZONE = "Asia/Shanghai"


class UnknownTimeZoneError(ZhangguiError):
    """A time zone name that the IANA database does not list."""

    code = "unknown_time_zone"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"Time zone {name!r} is not known.",
            where=f"time zone {name!r}",
            next_step="write an IANA name, such as Asia/Shanghai or Europe/London",
        )


class PeriodError(ZhangguiError):
    """A period that ends before it begins."""

    code = "period"

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last
        super().__init__(
            f"The period ends on {last}, before it begins on {first}.",
            where="the dates from and to",
            next_step="swap the two dates",
        )


class Grain(StrEnum):
    """The length of one step of a time series; a week begins on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole business days, both ends included.

    Examples
    --------
    >>> Period(date(2020, 2, 1), date(2020, 2, 29)).n_days
    29
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(self.first, self.last)

    @property
    def n_days(self) -> int:
        """Number of days in the period, at least 1."""
        return (self.last - self.first).days + 1


@lru_cache(maxsize=64)
def time_zone(name: str) -> ZoneInfo:
    """Return the IANA time zone called `name`.

    Raises
    ------
    UnknownTimeZoneError
        There is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZoneError(name) from None


def business_day(moment: datetime, zone: str) -> date:
    """Return the store's local day of a moment.

    Parameters
    ----------
    moment : datetime
        Aware, or naive UTC as the ledger holds it.
    zone : str
        IANA name of the store's time zone.

    Examples
    --------
    >>> business_day(datetime(2020, 2, 1, 16, 30), "Asia/Shanghai")
    datetime.date(2020, 2, 2)
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(time_zone(zone)).date()


def truncate(day: date, grain: Grain | str) -> date:
    """Return the first day of the step of `grain` that holds `day`.

    Examples
    --------
    >>> truncate(date(2020, 2, 29), "week"), truncate(date(2020, 2, 29), "quarter")
    (datetime.date(2020, 2, 24), datetime.date(2020, 1, 1))
    """
    match Grain(grain):
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return day - timedelta(days=day.weekday())
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER:
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case Grain.YEAR:
            return date(day.year, 1, 1)


def last_of_month(day: date) -> date:
    """Return the last day of the month that holds `day`.

    Examples
    --------
    >>> last_of_month(date(2020, 2, 3))
    datetime.date(2020, 2, 29)
    """
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def previous_period(first: date, last: date) -> Period:
    """Return the period of as many days that ends the day before `first`.

    Equal length keeps the two sums comparable: February is not set against the 31 days of January.

    Examples
    --------
    >>> previous_period(date(2020, 2, 1), date(2020, 2, 29))
    Period(first=datetime.date(2020, 1, 3), last=datetime.date(2020, 1, 31))
    """
    period = Period(first, last)
    return Period(first - timedelta(days=period.n_days), first - timedelta(days=1))


def year_before(first: date, last: date) -> Period:
    """Return the same dates one year earlier.

    29 February becomes 28 February. A period of whole calendar months is set against the same whole months, so
    February 2021 is compared with all 29 days of February 2020.

    Examples
    --------
    >>> year_before(date(2021, 2, 1), date(2021, 2, 28))
    Period(first=datetime.date(2020, 2, 1), last=datetime.date(2020, 2, 29))
    >>> year_before(date(2021, 2, 10), date(2021, 2, 28)).last
    datetime.date(2020, 2, 28)
    """
    Period(first, last)
    earlier = _same_date_last_year(last)
    has_whole_months = first.day == 1 and last == last_of_month(last)
    return Period(_same_date_last_year(first), last_of_month(earlier) if has_whole_months else earlier)


def _same_date_last_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _last_days(n_days: int) -> Callable[[date], Period]:
    return lambda last: Period(last - timedelta(days=n_days - 1), last)


def _last_month(last: date) -> Period:
    end = last.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end)


PRESETS: Mapping[str, Callable[[date], Period]] = MappingProxyType(
    {
        "yesterday": _last_days(1),
        "last_7_days": _last_days(7),
        "last_30_days": _last_days(30),
        "this_month": lambda last: Period(last.replace(day=1), last),
        "last_month": _last_month,
    }
)
"""Periods with a name, each a function of the last full business day with data: ``yesterday`` is that day itself."""


def preset_period(name: str, last_day: date) -> Period:
    """Return the period that `name` means when `last_day` is the last day with data.

    Parameters
    ----------
    name : str
        A key of :data:`PRESETS`.
    last_day : date
        The last full business day, usually yesterday; of an old file, its last day.

    Raises
    ------
    KeyError
        There is no such preset.

    Examples
    --------
    >>> preset_period("last_7_days", date(2020, 3, 1)).first
    datetime.date(2020, 2, 24)
    """
    return PRESETS[name](last_day)
