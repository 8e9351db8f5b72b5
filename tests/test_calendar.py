"""Business days and periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.calendar import (
    PRESETS,
    Grain,
    Period,
    PeriodError,
    UnknownTimeZoneError,
    business_day,
    last_of_month,
    preset_period,
    previous_period,
    truncate,
    year_before,
)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_the_business_day_is_the_stores_and_not_utc() -> None:
    evening = datetime(2020, 2, 29, 16, 0, tzinfo=UTC)

    assert business_day(evening, "Asia/Shanghai") == date(2020, 3, 1)
    assert business_day(evening, "Europe/London") == date(2020, 2, 29)


def test_a_moment_without_zone_is_utc_as_in_the_ledger() -> None:
    moment = datetime(2020, 2, 29, 16, 0, tzinfo=UTC)

    assert business_day(moment.replace(tzinfo=None), "Asia/Shanghai") == date(2020, 3, 1)


@pytest.mark.parametrize("name", ["Asia/Peking", "", "../etc/passwd", "/etc/localtime"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownTimeZoneError):
        business_day(datetime(2020, 1, 1, tzinfo=UTC), name)


@pytest.mark.parametrize(
    ("grain", "first"),
    [
        ("day", (2020, 5, 31)),
        ("week", (2020, 5, 25)),
        ("month", (2020, 5, 1)),
        ("quarter", (2020, 4, 1)),
        ("year", (2020, 1, 1)),
    ],
)
def test_each_grain_begins_on_its_first_day(grain: str, first: tuple[int, int, int]) -> None:
    assert truncate(date(2020, 5, 31), grain) == date(*first)


@given(days, st.sampled_from(Grain))
def test_a_step_holds_its_own_first_day(day: date, grain: Grain) -> None:
    first = truncate(day, grain)

    assert first <= day
    assert truncate(first, grain) == first


@given(days)
def test_a_week_begins_on_monday(day: date) -> None:
    assert truncate(day, "week").isoweekday() == 1


@given(days)
def test_the_last_of_a_month_is_followed_by_a_first(day: date) -> None:
    assert (last_of_month(day) + timedelta(days=1)).day == 1
    assert truncate(last_of_month(day), "month") == truncate(day, "month")


@given(days, st.integers(0, 800))
def test_the_previous_period_is_as_long_and_ends_the_day_before(first: date, more_days: int) -> None:
    last = first + timedelta(days=more_days)
    before = previous_period(first, last)

    assert before.n_days == more_days + 1
    assert before.last + timedelta(days=1) == first


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (("2021-03-10", "2021-03-20"), ("2020-03-10", "2020-03-20")),
        (("2020-02-29", "2020-02-29"), ("2019-02-28", "2019-02-28")),
        (("2020-02-01", "2020-02-29"), ("2019-02-01", "2019-02-28")),
        (("2021-02-01", "2021-02-28"), ("2020-02-01", "2020-02-29")),  # a whole month against a whole month
        (("2021-02-02", "2021-02-28"), ("2020-02-02", "2020-02-28")),
        (("2020-12-20", "2021-01-10"), ("2019-12-20", "2020-01-10")),
    ],
)
def test_the_year_before_has_the_same_dates(period: tuple[str, str], earlier: tuple[str, str]) -> None:
    first, last = map(date.fromisoformat, period)

    assert year_before(first, last) == Period(*map(date.fromisoformat, earlier))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    for ask in (Period, previous_period, year_before):
        with pytest.raises(PeriodError, match="ends on 2020-01-01, before it begins on 2020-01-02"):
            ask(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("yesterday", "2020-03-01", "2020-03-01"),
        ("last_7_days", "2020-02-24", "2020-03-01"),
        ("last_30_days", "2020-02-01", "2020-03-01"),
        ("this_month", "2020-03-01", "2020-03-01"),
        ("last_month", "2020-02-01", "2020-02-29"),
    ],
)
def test_presets_count_back_from_the_last_day_with_data(name: str, first: str, last: str) -> None:
    assert name in PRESETS
    assert preset_period(name, date(2020, 3, 1)) == Period(date.fromisoformat(first), date.fromisoformat(last))
