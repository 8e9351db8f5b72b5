"""The points ledger."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.people.people import COLUMNS, People
from zhanggui.simulate.records import ORDERS, REFUNDS
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.service.points import LIFE_DAYS, PointReason, Points

DAY = 86_400
OWN_SITE = 6


def members(n: int) -> People:
    people = People()
    columns: dict[str, Any] = dict.fromkeys(COLUMNS, 0)
    people.add(**{**columns, "key": np.arange(n).astype(np.uint64), "member_no": np.arange(n) + 1_000})
    return people


def order(number: int, person: int, due_minor: int, received_at: int) -> Rows:
    columns: dict[str, Any] = dict.fromkeys(ORDERS.columns, 0)
    columns |= {"order": np.array([number]), "person": person, "store": OWN_SITE}
    return Rows(ORDERS, **{**columns, "due_minor": due_minor, "received_at": received_at})


def refund(number: int, refunded_minor: int, refunded_at: int) -> Rows:
    columns: dict[str, Any] = dict.fromkeys(REFUNDS.columns, 0)
    columns |= {"order": np.array([number]), "refund": number * 10, "refunded_minor": refunded_minor}
    return Rows(REFUNDS, **{**columns, "refunded_at": refunded_at})


def lived(points: Points, people: People, days: int, **first_day: list[Rows]) -> list[dict[str, int]]:
    """All entries of some days whose first one brings these orders and refunds."""
    entries = []
    for day in range(days):
        records = DayRecords(day, day * DAY)
        for rows in (*first_day.get("orders", ()), *first_day.get("refunds", ())) if day == 0 else ():
            records.put(rows)
        points.expect(records, people, OWN_SITE)
        found = points.due(records, people)
        entries += [
            {name: int(found[name][place]) for name in ("person", "at", "points", "reason")}
            for place in range(len(found))
        ]
    return entries


def test_a_yuan_received_earns_a_point_and_a_later_refund_takes_it_back() -> None:
    entries = lived(
        Points(Draws(1)),
        members(1),
        6,
        orders=[order(1, 0, 12_345, 2 * DAY)],
        refunds=[refund(1, 2_345, 5 * DAY)],
    )

    # 123.45 yuan are 123 points, 23.45 yuan are 23.
    assert [(one["reason"], one["points"]) for one in entries if one["reason"] != PointReason.REDEEMED] == [
        (PointReason.EARNED, 123),
        (PointReason.REVERSED, -23),
    ]


def test_what_was_refunded_before_receipt_earns_nothing() -> None:
    entries = lived(
        Points(Draws(1)),
        members(1),
        6,
        orders=[order(1, 0, 12_345, 2 * DAY)],
        refunds=[refund(1, 12_345, DAY)],
    )

    assert entries == []


def test_a_refund_takes_back_no_more_than_is_there() -> None:
    points = Points(Draws(1))
    entries = lived(points, members(1), 6, orders=[order(1, 0, 10_000, 2 * DAY)], refunds=[refund(1, 15_000, 5 * DAY)])

    assert [one["points"] for one in entries] == [100, -100]
    assert points.balance[0] == 0


def test_what_is_left_of_points_after_a_year_lapses() -> None:
    entries = lived(
        Points(Draws(1)),
        members(1),
        LIFE_DAYS + 3,
        orders=[order(1, 0, 10_000, 2 * DAY)],
        refunds=[refund(1, 4_000, 5 * DAY)],
    )

    # 100 earned on day 2, 40 lost on day 5; the 60 left lapse a year after they were earned.
    assert (entries[-1]["reason"], entries[-1]["points"]) == (PointReason.EXPIRED, -60)
    assert entries[-1]["at"] == (2 + LIFE_DAYS) * DAY


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300_000), st.integers(0, 20), st.integers(0, 30)), max_size=12)
)
def test_no_balance_is_ever_negative_and_each_is_the_sum_of_its_entries(
    bought: list[tuple[int, int, int, int]],
) -> None:
    points = Points(Draws(3))
    entries = lived(
        points,
        members(3),
        60,
        orders=[order(n, who, due, received * DAY) for n, (who, due, received, _) in enumerate(bought)],
        refunds=[refund(n, due, (received + wait) * DAY) for n, (_, due, received, wait) in enumerate(bought)],
    )

    balances = dict.fromkeys(range(3), 0)
    for entry in entries:
        balances[entry["person"]] += entry["points"]
        assert balances[entry["person"]] >= 0
    assert [balances[person] for person in range(3)] == points.balance[:3].tolist()
