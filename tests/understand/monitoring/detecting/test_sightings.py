from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from zhanggui.calendar import Period
from zhanggui.metrics import Filter
from zhanggui.metrics.cards import metric_named
from zhanggui.understand.monitoring.detecting import (
    Direction,
    Histories,
    Kind,
    ends_off_target,
    level_shifts,
    out_of_band,
    silent_days,
)

FIRST = date(2026, 7, 1)
"""A Wednesday; no promotion until September."""
N = 60
LAST = FIRST + timedelta(days=N - 1)
JD = (Filter("platform", ("jd",)),)


def history(values: Sequence[float], name: str = "orders_paid") -> Histories:
    held = np.array([values], dtype=np.float64)
    has_rows = np.isfinite(held) & (held > 0)
    return Histories(metric_named(name), (JD,), FIRST, np.nan_to_num(held), None, has_rows)


def counts(seed: int = 1, usual: float = 100.0) -> list[float]:
    weekly = np.tile([1.0, 1.0, 1.05, 1.15, 1.1, 0.95, 0.95], 9)[:N]
    return [float(each) for each in np.random.default_rng(seed).poisson(usual * weekly)]


def day(place: int) -> date:
    return FIRST + timedelta(days=place)


def test_a_day_far_below_its_band_is_seen_with_its_bounds() -> None:
    values = counts()
    values[-1] = 40

    [seen] = out_of_band(history(values), Period(LAST, LAST))

    assert (seen.metric, seen.where, seen.day, seen.kind) == ("orders_paid", JD, LAST, Kind.BAND)
    assert seen.direction is Direction.DOWN
    assert seen.value == 40
    assert seen.low is not None
    assert seen.expected is not None
    assert 40 < seen.low < seen.expected
    assert seen.score > 1
    assert out_of_band(history(values), Period(LAST, LAST), side="up") == ()


def test_a_test_on_history_sees_what_each_morning_saw() -> None:
    values = counts(2)
    values[40], values[50] = 30, 200

    whole = out_of_band(history(values), Period(day(30), LAST))
    mornings = [
        seen
        for place in range(30, N)
        for seen in out_of_band(history(values[: place + 1]), Period(day(place), day(place)))
    ]

    assert {each.day for each in whole} >= {day(40), day(50)}
    assert [(each.day, each.kind, each.low) for each in whole] == [(each.day, each.kind, each.low) for each in mornings]


def test_two_days_a_little_low_are_seen_on_the_second() -> None:
    values = [100.0, 108, 93, 104, 91, 110, 96] * 8 + [80.0, 83.0]

    found = out_of_band(history(values), Period(day(len(values) - 2), day(len(values) - 1)))

    # Each lies two and a half deviations off, both together three and a half.
    assert [each.day for each in found] == [day(len(values) - 1)]
    assert abs(found[0].facts["deviations"]) < 3 < abs(found[0].facts["deviations_together"])


def test_money_off_its_band_is_at_stake() -> None:
    values = [10_000.0 + 300 * (place % 7) for place in range(N - 1)] + [2_000.0]

    [seen] = out_of_band(history(values, "gmv_paid"), Period(LAST, LAST))

    # The fifth weekday of seven: 10,900 are usual.
    assert seen.money == pytest.approx(8_900, abs=300)


def test_none_where_a_hundred_come_is_silence_and_no_low_day() -> None:
    values = counts(3)
    values[-1] = 0

    [seen] = out_of_band(history(values), Period(LAST, LAST))

    assert (seen.kind, seen.value) == (Kind.MISSING, None)


def test_nothing_is_said_of_two_weeks_or_of_no_part_at_all() -> None:
    short = history(counts()[:14])
    nowhere = Histories(metric_named("orders_paid"), (), FIRST, np.zeros((0, 9)), None, np.zeros((0, 9), np.bool_))

    assert out_of_band(short, Period(day(10), day(13))) == ()
    assert out_of_band(nowhere, Period(day(1), day(8))) == ()


def test_a_new_level_is_told_once_with_the_day_on_which_it_began() -> None:
    values = [each * (0.6 if place >= 42 else 1.0) for place, each in enumerate(counts(4))]

    [seen] = level_shifts(history(values), Period(day(35), LAST))

    assert seen.kind is Kind.CHANGE_POINT
    assert seen.since == day(42)
    assert day(44) <= seen.day <= day(48)
    assert seen.direction is Direction.DOWN
    assert level_shifts(history(values), Period(seen.day + timedelta(days=1), LAST)) == ()
    assert level_shifts(history(counts(4)), Period(day(35), LAST)) == ()


def test_a_silent_day_is_missing_and_two_at_the_end_are_late() -> None:
    values = counts(5)
    values[40] = 0
    values[-2:] = [0, 0]

    found = silent_days(history(values), Period(day(30), LAST), after_days=2)

    assert [(each.kind, each.day, each.since) for each in found] == [
        (Kind.MISSING, day(40), day(40)),
        (Kind.LATE, LAST, day(N - 2)),
    ]


def test_a_part_that_sells_twice_a_day_may_be_silent() -> None:
    values = [2.0] * (N - 3) + [0.0, 0.0, 0.0]

    assert silent_days(history(values), Period(day(30), LAST)) == ()


def test_a_month_that_cannot_reach_its_target_is_seen_on_the_way_and_a_reachable_one_is_not() -> None:
    values = counts(6)
    until = date(2026, 8, 15)

    def target(amount: float) -> tuple[Kind, ...]:
        found = ends_off_target(history(values), Period(until, until), lambda month: amount)
        return tuple(each.kind for each in found)

    # About 103 a day, so 3,190 in August.
    assert target(6_000) == (Kind.FORECAST,)
    assert target(3_190) == ()
    [seen] = ends_off_target(history(values), Period(until, until), lambda month: 6_000.0)
    assert seen.value == pytest.approx(3_190, rel=0.05)
    assert seen.direction is Direction.DOWN
    assert seen.low is not None
    assert seen.facts["so_far"] == sum(values[31:46])
    assert ends_off_target(history(values), Period(until, until), lambda month: None) == ()
