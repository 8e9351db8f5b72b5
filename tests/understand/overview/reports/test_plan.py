"""Which reports are due: each once, what was missed as one, none from before it was switched on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ledger.shop import Shop
from zhanggui.understand.overview.reports.plan import BadPlanError, Plan, due_reports, plan_of, set_plan

SHANGHAI = "Asia/Shanghai"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(SHANGHAI))


def switched_on(*lengths: str, since: str = "2026-11-01T00:00") -> Plan:
    return Plan.model_validate({"since": {length: at(since).timestamp() for length in lengths}})


def due(plan: Plan, now: str, **told: date) -> list[tuple[str, str, int, bool]]:
    found = due_reports(plan, told, at(now), SHANGHAI)
    return [(each.length, str(each.period.first), each.n_missed, each.is_late) for each in found]


def test_yesterday_is_due_at_nine_and_the_day_before_it_until_then() -> None:
    plan, told = switched_on("day"), date(2026, 11, 14)

    assert due(plan, "2026-11-16T08:59", day=told) == []
    assert due(plan, "2026-11-16T09:00", day=told) == [("day", "2026-11-15", 0, False)]
    assert due(plan, "2026-11-16T09:00", day=date(2026, 11, 15)) == []


def test_days_missed_while_the_machine_was_off_are_told_as_the_last_of_them_marked_late() -> None:
    # Off from the 13th: the reports of the 12th, 13th and 14th were missed, that of the 15th is told at half past one.
    plan = switched_on("day")

    assert due(plan, "2026-11-16T13:30", day=date(2026, 11, 11)) == [("day", "2026-11-15", 3, True)]


def test_week_missed_on_monday_is_told_on_thursday() -> None:
    plan = switched_on("week", "month")

    # 2 November 2026 was a Monday; the month of October ended with the weekend before it.
    assert due(plan, "2026-11-05T10:30", week=date(2026, 10, 19)) == [
        ("week", "2026-10-26", 0, True),
        ("month", "2026-10-01", 0, True),
    ]


def test_what_fell_due_before_a_report_was_switched_on_is_not_told() -> None:
    plan = switched_on("day", "week", "month", since="2026-11-11T12:00")

    assert due(plan, "2026-11-11T12:01") == []
    assert due(plan, "2026-11-12T09:00") == [("day", "2026-11-11", 0, False)]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=30))
def test_no_report_is_due_twice_and_none_is_lost_however_often_is_looked(hours: list[int]) -> None:
    plan, now, told = switched_on("day"), at("2026-11-01T00:00"), date(2026, 10, 30)
    n_days = 0
    for n in hours:
        now += timedelta(hours=n)
        for each in due_reports(plan, {"day": told}, now, SHANGHAI):
            assert each.period.first > told
            n_days += 1 + each.n_missed
            told = each.period.first
    # Every day up to the last one that is due was told or counted as missed.
    local = now.astimezone(ZoneInfo(SHANGHAI))
    last = local.date() - timedelta(days=1 if local.hour >= 9 else 2)
    assert (told, n_days) == (last, (last - date(2026, 10, 30)).days)


def test_a_report_that_was_on_keeps_its_beginning_when_another_is_switched_on(shop: Shop) -> None:
    first, later = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
    set_plan(shop.state, lengths=("day",), at="09:00", channels=(), now=first)

    set_plan(shop.state, lengths=("day", "week"), at="08:30", channels=("运营群",), now=later)

    plan = plan_of(shop.state)
    assert plan.since == {"day": first.timestamp(), "week": later.timestamp()}
    assert (plan.lengths, plan.at, plan.channels) == (("day", "week"), "08:30", ("运营群",))


def test_a_time_that_is_none_is_refused(shop: Shop) -> None:
    with pytest.raises(BadPlanError, match="no time of day"):
        set_plan(shop.state, lengths=("day",), at="25:00", channels=(), now=datetime(2026, 11, 1, tzinfo=UTC))
