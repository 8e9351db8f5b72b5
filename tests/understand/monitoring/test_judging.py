"""Fixed conditions against courses that can be worked by hand, and what becomes of neighbouring days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.understand.monitoring.conftest import FIRST, LAST, N_DAYS, falling

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.backtest import back_test
from zhanggui.understand.monitoring.conditions import Band
from zhanggui.understand.monitoring.courses import WHOLE, Course
from zhanggui.understand.monitoring.detecting import Direction, Kind, Sighting
from zhanggui.understand.monitoring.episodes import Episode
from zhanggui.understand.monitoring.grouping import Member, causes_of
from zhanggui.understand.monitoring.judging import judged
from zhanggui.understand.monitoring.phrases import first_checks, sentence_of
from zhanggui.understand.monitoring.rules import BadRuleError, rule_from

MONDAY = date(2020, 2, 3)


def days_told(values: list[float | None], when: dict[str, Any], **other: Any) -> list[tuple[int, Direction]]:
    """Return the places in `values`, one a day, that a condition tells, and on which side."""
    days = tuple(MONDAY + timedelta(days=n) for n in range(len(values)))
    rule = rule_from({"name": "r", "metric": "gmv_paid", "when": when, **other})
    found = judged(rule, Course((), WHOLE, days, tuple(values)), Period(days[0], days[-1]))
    return [((each.day - MONDAY).days, each.direction) for each in found]


@pytest.mark.parametrize(
    ("values", "when", "expected"),
    [
        ([9, 10, 11], {"kind": "above", "limit": 10}, [(2, Direction.UP)]),
        ([9, 10, 11], {"kind": "below", "limit": 10}, [(0, Direction.DOWN)]),
        # 60 of 100 is the bound itself, which is allowed; so is nothing where nothing was before.
        ([100, 60, 35.9, 0, 5], {"kind": "change", "fall": 0.4, "against": "step"},
         [(2, Direction.DOWN), (3, Direction.DOWN)]),
        ([10] * 7 + [16, 4], {"kind": "change", "fall": 0.5, "rise": 0.5}, [(7, Direction.UP), (8, Direction.DOWN)]),
        ([100, 89, 121], {"kind": "to_target", "target": 100, "below": 0.9, "above": 1.2},
         [(1, Direction.DOWN), (2, Direction.UP)]),
        ([None, 5, None], {"kind": "below", "limit": 10}, [(1, Direction.DOWN)]),
        ([], {"kind": "below", "limit": 10}, []),
        # A share of a loss says nothing.
        ([-5, -50], {"kind": "change", "fall": 0.1, "against": "step"}, []),
    ],
)  # fmt: skip
def test_a_condition_tells_the_days_beyond_its_bound(
    values: list[float | None], when: dict[str, Any], expected: list[tuple[int, Direction]]
) -> None:
    if not values:
        rule = rule_from({"name": "r", "metric": "gmv_paid", "when": when})
        assert not list(judged(rule, Course((), WHOLE, (), ()), Period(MONDAY, MONDAY)))
        return
    assert days_told(values, when) == expected


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12.0, "，低于按本店历史应有的 18 至 114（中间值 60）"),
        # A day within its own band is told for what it is with the days before it.
        (48.0, "，单日仍在本店历史应有的 18 至 114 之内（中间值 60），但与前几天合起来低于应有的范围"),
    ],
)
def test_a_sentence_never_calls_a_value_below_bounds_that_it_keeps(value: float, said: str) -> None:
    metric, low = CATALOGUE["orders_paid"], Direction.DOWN
    seen = Sighting(metric.name, (), MONDAY, Kind.BAND, low, value, 60.0, 18.0, 114.0, 1.2)

    told = sentence_of(Episode((seen,)), metric, Text("淘宝", "Taobao"), Band(side="down"))

    assert told.zh == f"淘宝的支付订单数：2020年2月3日为 {value:.0f}{said}。"
    assert ("within the 18 to 114" in told.en) is (value >= 18)


def test_history_says_how_often_a_rule_would_have_fired_and_when(desk: Desk) -> None:
    found = back_test(desk, rule_from(falling()))

    # Tmall's last day, and JD's eleventh; 2 alarms in 35 days.
    assert [(each.place.zh, each.episode.first_day, each.worst.value) for each in found.fired] == [
        ("天猫", LAST, 400.0), ("京东", FIRST + timedelta(days=10), 200.0),
    ]  # fmt: skip
    assert found.per_week == pytest.approx(2 * 7 / N_DAYS)
    assert found.sentence.zh == "2020年2月3日至3月8日的 35 天里，这条规则会报警 2 次，平均每周 0.4 次。"
    # Both platforms, every day.
    assert found.n_steps == 2 * N_DAYS


def test_a_part_of_history_is_judged_by_what_lies_before_it(desk: Desk) -> None:
    found = back_test(desk, rule_from(falling()), first=FIRST + timedelta(days=10), last=FIRST + timedelta(days=12))

    assert [each.place.zh for each in found.fired] == ["京东"]
    assert "还不可靠" in found.sentence.zh


def test_a_week_that_has_not_ended_is_not_judged(desk: Desk) -> None:
    weekly = falling(by=None, grain="week", when={"kind": "change", "fall": 0.01, "against": "step"})
    ended = back_test(desk, rule_from(weekly))
    cut = back_test(desk, rule_from(weekly), last=LAST - timedelta(days=1))

    # The last week holds 600 less of 10,500, the second 300 less: 5.7 % and 2.9 %.
    assert [each.episode.last_day for each in ended.fired] == [LAST - timedelta(days=6), FIRST + timedelta(days=7)]
    assert [each.episode.last_day for each in cut.fired] == [FIRST + timedelta(days=7)]


def test_no_days_at_all_are_no_quiet_history(desk: Desk) -> None:
    found = back_test(desk, rule_from(falling()), first=LAST + timedelta(days=9))

    assert (found.per_week, found.sentence.en) == (None, "There is no data to hold the rule against")


@pytest.mark.parametrize("name", ["visitors", "page_views"])
def test_a_fall_in_traffic_is_looked_into_before_anything_is_spent(name: str) -> None:
    told = first_checks(CATALOGUE[name], Direction.DOWN)

    # T-20: where visitors were lost comes first, and no line proposes to spend.
    assert told[0].zh.startswith("先查流失在哪里，再谈投放")
    assert not [text for text in told if "加大" in text.zh or "spend more" in text.en]
    assert len(first_checks(CATALOGUE[name], Direction.UP)) == len(first_checks(CATALOGUE["gmv_paid"], Direction.DOWN))


def member(alert_id: int, *where: Filter, day: int = 0, **other: Any) -> Member:  # fields of a member
    days = {"first_day": MONDAY + timedelta(days=day), "last_day": MONDAY + timedelta(days=day)}
    return Member(**{"alert_id": alert_id, "where": where, "kind": Kind.CHANGE, **days, **other})


TMALL, JD = Filter("platform", ("tmall",)), Filter("platform", ("jd",))


def test_a_failing_source_comes_first_and_what_stands_on_it_under_it() -> None:
    source = member(3, kind=None, check="orders.paid", day=30)
    found = causes_of([
        member(1, TMALL, money=900.0, doubts=frozenset({"orders.paid"})),
        member(2, TMALL, money=500.0),
        source,
    ])  # fmt: skip

    assert found == {1: 3, 2: None, 3: None}


def test_late_data_takes_the_alerts_of_metrics_from_the_same_source_and_no_others() -> None:
    late = member(9, TMALL, kind=Kind.LATE, sources=frozenset({"session"}))
    found = causes_of([
        member(1, TMALL, money=9.0, sources=frozenset({"session"})),
        member(2, TMALL, money=5.0, sources=frozenset({"order_header"})),
        late,
    ])  # fmt: skip

    assert found == {1: 9, 2: None, 9: None}


def test_other_days_and_other_places_are_other_causes() -> None:
    found = causes_of([member(1, TMALL, money=9.0), member(2, JD), member(3, TMALL, day=5)])

    assert found == {1: None, 2: None, 3: None}


def test_who_was_told_of_an_alert_is_not_told_again_when_a_larger_one_joins_it() -> None:
    assert causes_of([member(1, TMALL, money=1.0, is_handed=True), member(2, TMALL, money=9.0)]) == {1: None, 2: 1}


def test_a_month_that_heads_for_less_than_its_target_is_told_with_the_last_days_gap(desk: Desk) -> None:
    # Tmall takes 1,000 a day, 30,000 a month: 90,000 is out of reach, and 20,000 is not.
    rule = {"name": "month", "metric": "gmv_paid", "where": "platform=tmall"}
    far = back_test(desk, rule_from(rule | {"when": {"kind": "forecast", "target": 90_000}}))
    near = back_test(desk, rule_from(rule | {"when": {"kind": "forecast", "target": 20_000}}))

    assert (len(far.fired) > 0, near.fired) == (True, ())
    told = far.fired[0]
    assert told.episode.money == pytest.approx(90_000 - (told.episode.latest.value or 0.0), abs=0.01)
    assert "2020年3月将到" in told.sentence.zh
    with pytest.raises(BadRuleError, match="does not add up"):
        rule_from(rule | {"metric": "refund_rate", "when": {"kind": "forecast", "target": 1}})
