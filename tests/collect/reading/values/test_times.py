from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.collect.reading.values import from_utc, parse_times, to_utc

US = pa.timestamp("us")
ZONES = ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"]
MOMENT = st.datetimes(min_value=datetime(1930, 1, 1), max_value=datetime(2150, 1, 1))  # noqa: DTZ001 - wall clock


def clock(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - the store's wall clock has no zone


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2020-02-21", clock(2020, 2, 21), 0),
        ("2020-02-21 09:05", clock(2020, 2, 21, 9, 5), 1),
        ("2020-02-21 09:05:07", clock(2020, 2, 21, 9, 5, 7), 2),
        ("2020-02-21T09:05:07.250", clock(2020, 2, 21, 9, 5, 7, 250_000), 3),
        ("2020/2/21 0:00", clock(2020, 2, 21), 1),
        ("2020/12/1 23:59:59", clock(2020, 12, 1, 23, 59, 59), 2),
        ("2020.2.3", clock(2020, 2, 3), 0),
        ("2020年9月19日", clock(2020, 9, 19), 0),
        ("2020年9月1日 10时05分", clock(2020, 9, 1, 10, 5), 1),
        ("2020年9月1日10:05:06", clock(2020, 9, 1, 10, 5, 6), 2),
        ("20200221", clock(2020, 2, 21), 0),
        ("20200221090507", clock(2020, 2, 21, 9, 5, 7), 2),
        ("202002210905", clock(2020, 2, 21, 9, 5), 1),
        ("43882", clock(2020, 2, 21), 0),
        ("43882.5", clock(2020, 2, 21, 12), 2),
        ("20260324000000~20260325005959", clock(2026, 3, 24), 2),
        ("2020-02-20T16:00:00Z", clock(2020, 2, 21), 2),
        ("2020-02-21 00:00:00+08:00", clock(2020, 2, 21), 2),
        ("2020-02-20 11:00:00.5-0500", clock(2020, 2, 21, 0, 0, 0, 500_000), 3),
        ("2020-02-29 00:00:00", clock(2020, 2, 29), 2),
        ("\t2020-02-21 ", clock(2020, 2, 21), 0),
    ],
)
def test_every_form_on_the_list_is_read_with_its_precision(text: str, expected: datetime, precision: int) -> None:
    times = parse_times(pa.array([text]), "Asia/Shanghai")

    assert times.values.to_pylist() == [expected]
    assert times.precision.to_pylist() == [precision]
    assert not times.has_problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2020-02-30", "no_such_date"),
        ("2019/2/29 0:00", "no_such_date"),
        ("2020-13-01", "no_such_date"),
        ("2020-02-21 24:00:00", "no_such_date"),
        ("2020-02-30T00:00:00Z", "no_such_date"),
        ("20200230", "no_such_date"),
        ("08/22", "date_without_year"),
        ("8月22日", "date_without_year"),
        ("03/04/2020", "ambiguous_date"),
        ("1/2/20 10:00", "ambiguous_date"),
        ("昨天", "not_a_date"),
        ("10:00:00", "not_a_date"),
        ("2020-02-21 10", "not_a_date"),
        ("2020-02-21 10:00:00 PM", "not_a_date"),
        ("1020-02-21", "date_out_of_range"),
    ],
)
def test_what_is_no_time_breaks_a_rule_among_good_ones(text: str, rule: str) -> None:
    times = parse_times(pa.array(["2020-02-21 00:00:00", text, None]))

    assert times.values.to_pylist() == [clock(2020, 2, 21), None, None]
    assert times.problem.to_pylist() == [None, rule, None]
    assert times.precision.to_pylist() == [2, None, None]


@pytest.mark.parametrize("text", ["", "-", "null", "无", "0000-00-00 00:00:00"])
def test_words_for_empty_are_neither_time_nor_problem(text: str) -> None:
    times = parse_times(pa.array([text]))

    assert times.values.to_pylist() == times.problem.to_pylist() == [None]


@given(st.lists(st.tuples(MOMENT, st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S",
                                                   "%Y年%m月%d日 %H:%M:%S"])), max_size=20))  # fmt: skip
def test_forms_may_be_mixed_in_one_column(cells: list[tuple[datetime, str]]) -> None:
    times = parse_times(pa.array([moment.strftime(form) for moment, form in cells], pa.string()))

    assert times.values.to_pylist() == [moment.replace(microsecond=0) for moment, _ in cells]


def test_a_form_of_ones_own_is_read() -> None:
    times = parse_times(pa.array(["03/04/2020 05:06", "31/04/2020 00:00", "x"]), date_format="%d/%m/%Y %H:%M")

    assert times.values.to_pylist() == [clock(2020, 4, 3, 5, 6), None, None]
    assert times.problem.to_pylist() == [None, "no_such_date", "not_a_date"]
    assert times.precision.to_pylist() == [1, None, None]


def test_epoch_numbers_are_read_when_they_are_named() -> None:
    # 2020-02-20 16:00 UTC is midnight in Shanghai.
    assert parse_times(pa.array(["1582214400"]), date_format="epoch_s").values.to_pylist() == [clock(2020, 2, 21)]
    assert parse_times(pa.array(["1582214400000", "x"]), date_format="epoch_ms").problem.to_pylist() == [
        None,
        "not_a_date",
    ]


def test_native_times_and_dates_are_taken_as_they_are() -> None:
    assert parse_times(pa.array([date(2020, 2, 21)])).precision.to_pylist() == [0]
    naive = parse_times(pa.array([clock(2020, 2, 21, 1), clock(2020, 2, 21, 1, 0, 0, 5)], US))
    assert naive.precision.to_pylist() == [2, 3]
    aware = pa.array([datetime(2020, 2, 20, 16, tzinfo=UTC)], pa.timestamp("ms", tz="UTC"))
    assert parse_times(aware).values.to_pylist() == [clock(2020, 2, 21)]


@given(st.lists(MOMENT, max_size=10), st.sampled_from(ZONES))
def test_utc_and_wall_clock_agree_with_the_time_zone_data(moments: list[datetime], tz: str) -> None:
    moments = [moment.replace(microsecond=0) for moment in moments]
    utc = pa.array(moments, US)

    expected = [m.replace(tzinfo=UTC).astimezone(ZoneInfo(tz)).replace(tzinfo=None) for m in moments]
    assert from_utc(utc, tz).to_pylist() == expected
    as_local = [m.replace(tzinfo=ZoneInfo(tz)).astimezone(UTC).replace(tzinfo=None) for m in moments]
    assert to_utc(utc, tz).to_pylist() == as_local


def test_a_repeated_hour_means_its_first_pass_and_a_skipped_one_moves_forward() -> None:
    # New York 2024: clocks skip 02:00-03:00 on 10 March and repeat 01:00-02:00 on 3 November.
    local = pa.array([clock(2024, 3, 10, 2, 30), clock(2024, 11, 3, 1, 30)], US)
    utc = to_utc(local, "America/New_York")

    assert utc.to_pylist() == [clock(2024, 3, 10, 7, 30), clock(2024, 11, 3, 5, 30)]
    assert from_utc(utc, "America/New_York").to_pylist() == [clock(2024, 3, 10, 3, 30), clock(2024, 11, 3, 1, 30)]


def test_summer_time_of_shanghai_in_1988_is_known() -> None:
    assert to_utc(pa.array([clock(1988, 7, 1)], US), "Asia/Shanghai").to_pylist() == [
        clock(1988, 7, 1) - timedelta(hours=9)
    ]
