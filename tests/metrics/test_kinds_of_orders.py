"""Marked orders leave operating figures; pre-sale orders are asked about by the day of their deposit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.metrics.ledgers import ledger_of, line, order, refund, store

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer

OPERATING = (
    *("gmv_created", "gmv_paid", "gmv_unpaid", "refund_amount", "refund_amount_completed", "orders_created"),
    *("orders_paid", "orders_refunded", "units_sold", "buyers", "new_buyers", "repeat_buyers"),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ordinary order of 100.00, a brushing one, two test ones of one buyer, and three pre-sales."""
    marked: dict[str, Any] = {"buyer_key": "x", "n_lines": 1}  # values of any column
    orders = [
        order("o1", "2020-02-01 10", 100_00, paid="2020-02-01 10", buyer_key="a", n_lines=1),
        order("o2", "2020-02-01 11", 70_00, paid="2020-02-01 11", refunded=70_00, order_kind="brushing", **marked),
        order("o3", "2020-02-01 12", 1_00, paid="2020-02-01 12", order_kind="test", **marked),
        order("o4", "2020-02-02 12", 1_00, paid="2020-02-02 12", order_kind="test", **marked),
        order("o5", "2020-02-02 13", 30_00, order_kind="test"),
        # Deposits of 20.00: paid in full, waiting for its balance, closed without it.
        *(
            order(
                number,
                "2020-10-24 20",
                200_00,
                paid=paid,
                status=status,
                is_presale=True,
                deposit_minor=20_00,
                balance_minor=180_00,
                deposit_paid_date=date(2020, 10, 24),
            )
            for number, paid, status in (
                ("p1", "2020-11-01 01", "paid"),
                ("p2", None, "pending_payment"),
                ("p3", None, "closed_unpaid"),
            )
        ),
    ]
    lines = [line("o1", 1, "p", 2, 100_00, 100_00), line("o2", 1, "p", 5, 70_00, 70_00)]
    lines.append(line("o1", 2, "g", 1, 0, 0, line_kind="gift"))
    refunds = [refund("r2", "o2", "2020-02-01 11", 70_00, order_kind="brushing", refunded_date=date(2020, 2, 3))]
    tables = {"store": [store(1, "店")], "order_header": orders, "order_line": lines, "refund": refunds}
    with ledger_of(tmp_path_factory.mktemp("kinds"), tables) as ledger:
        yield ledger


def test_marked_orders_and_gifts_are_in_no_operating_figure(shop: Ledger) -> None:
    question = Question(OPERATING, date_from=date(2020, 2, 1), date_to=date(2020, 2, 28))

    [row] = answer(shop, question).rows

    # o1 alone: 2 units of 100.00, its gift is no unit; nobody but its buyer a bought.
    assert row["gmv_created"] == row["gmv_paid"] == 100.0
    assert [row[name] for name in ("gmv_unpaid", "refund_amount", "refund_amount_completed")] == [0, 0, 0]
    assert [row[name] for name in ("orders_created", "orders_paid", "orders_refunded")] == [1, 1, 0]
    assert [row[name] for name in ("units_sold", "buyers", "new_buyers", "repeat_buyers")] == [2, 1, 1, 0]


def test_deposits_and_balances_are_asked_by_the_day_of_the_deposit(shop: Ledger) -> None:
    question = Question(("deposit_amount", "balance_due", "balance_rate"), grain="day")

    [row] = answer(shop, question).rows

    # Three deposits of 20.00; of three balances one is paid, one is waited for, one is given up.
    assert (str(row["date"]), row["deposit_amount"], row["balance_due"]) == ("2020-10-24", 60.0, 180.0)
    assert row["balance_rate"] == pytest.approx(1 / 3)
