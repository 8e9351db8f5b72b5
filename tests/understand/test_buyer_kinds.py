"""What new and returning buyers paid, and the dimension that tells them apart (issue of people, M-CUST-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.metrics.ledgers import line
from tests.understand.customers.crowd import crowd, desk_of, orders_of, paid, tables_of

from zhanggui.metrics import Filter, Question
from zhanggui.understand.buyer_kinds import NOBODY_KNOWN, WHAT_TELLS_THEM, buyer_kinds
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.breakdown import metric_by
from zhanggui.understand.view import View

JUNE = View(date_from=date(2026, 6, 1), date_to=date(2026, 6, 30), grain="month")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd with a first and a second order of June, one that names nobody, and one never paid."""
    unpaid = {**paid("fresh", "2026-06-20", 5_00), "is_paid": False, "paid_date": None, "paid_minor": 0}
    orders = [
        *orders_of(crowd()),
        paid("fresh", "2026-06-05", 30_00),
        paid("fresh", "2026-06-09", 12_00),
        paid(None, "2026-06-11", 77_00),
        unpaid,
    ]
    lines = [
        line("fresh-2026-06-05-0", 1, "p1", 1, 25_00, 25_00, category="茶", batch_id=1),
        line("fresh-2026-06-05-0", 2, "p2", 1, 5_00, 5_00, category="杯", batch_id=1),
        line("fresh-2026-06-09-0", 1, "p1", 1, 12_00, 12_00, category="茶", batch_id=1),
    ]
    with desk_of(tmp_path_factory.mktemp("kinds") / "shop", tables_of(orders, order_line=lines)) as made:
        yield made


def by_kind(desk: Desk, metric: str, *where: Filter) -> dict[str | None, Any]:
    asked = desk.ask(Question((metric,), by=("buyer_kind",), where=where, date_from=JUNE.date_from))
    return {row["buyer_kind"]: row[metric] for row in asked.rows}  # type: ignore[misc]  # a dimension's value is text


def test_the_three_are_all_that_was_paid_and_the_share_that_is_known_is_said(desk: Desk) -> None:
    chart = buyer_kinds(desk, JUNE)

    paid_in_june = {series.name.zh: series.values[-1] for series in chart.series}
    # Four of the crowd came again on the 30th for 90.00 each; `fresh` came first for 30.00 and again for 12.00.
    assert paid_in_june == {"老客": 4 * 90 + 12.0, "新客（首购日）": 30.0, "不可识别": 77.0}
    # 402 of 479.
    assert [said.zh[:5] for said in chart.warnings] == ["83.9%"]


def test_bars_of_a_metric_say_what_new_and_returning_mean(desk: Desk) -> None:
    told = metric_by("orders_paid", "buyer_kind")(desk, JUNE)

    assert WHAT_TELLS_THEM in told.warnings
    assert WHAT_TELLS_THEM not in metric_by("orders_paid", "shop")(desk, JUNE).warnings


def test_bars_of_a_time_in_which_nobody_is_named_say_why(desk: Desk) -> None:
    alone = View(date_from=date(2026, 6, 11), date_to=date(2026, 6, 11))

    told = metric_by("orders_paid", "buyer_kind")(desk, alone)

    assert (told.x, told.empty) == ((), NOBODY_KNOWN)


def test_buyers_of_the_first_day_are_the_new_buyers(desk: Desk) -> None:
    [row] = desk.ask(Question(("new_buyers", "buyers"), date_from=JUNE.date_from)).rows

    kinds = by_kind(desk, "buyers")
    assert kinds["new"] == row["new_buyers"] == 1
    # Whoever came twice in June is counted under both.
    assert kinds["returning"] == 5
    assert row["buyers"] == 5


def test_an_order_is_of_the_same_kind_in_every_product_that_it_holds(desk: Desk) -> None:
    assert by_kind(desk, "gmv_paid", Filter("product", ("p1",))) == {"new": 25.0, "returning": 12.0}
    assert by_kind(desk, "gmv_paid", Filter("product", ("p2",))) == {"new": 5.0}


def test_an_order_that_was_never_paid_is_of_the_day_it_was_made(desk: Desk) -> None:
    assert by_kind(desk, "gmv_unpaid")["returning"] == 5.0


def test_one_kind_can_be_asked_for_alone(desk: Desk) -> None:
    [row] = desk.ask(
        Question(("gmv_paid",), where=(Filter("buyer_kind", ("new",)),), date_from=JUNE.date_from)
    ).rows  # fmt: skip

    assert row["gmv_paid"] == 30.0


def test_where_nobody_is_named_that_is_said_instead_of_a_chart(desk: Desk) -> None:
    masked = buyer_kinds(desk, View(date_from=date(2026, 6, 11), date_to=date(2026, 6, 11)))

    assert (masked.series, masked.empty) == ((), NOBODY_KNOWN)
