"""Brushing and test orders are in no operating figure."""

from __future__ import annotations

from tests.soundness.asking import amount, asked, fen, paid
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_marked_orders_sell_nothing(ledger: Ledger, rows: Tables) -> None:
    marked = [row for row in rows["order_header"] if row["order_kind"] != "ordinary" and row["is_paid"]]
    orders = paid(rows)
    (found,) = asked(ledger, "gmv_paid", "orders_paid", "buyers")

    assert marked
    assert fen([found["gmv_paid"]]) == sum(amount(row, "paid_minor") for row in orders)
    assert found["orders_paid"] == len(orders)
    assert found["buyers"] == len({row["buyer_key"] for row in orders} - {None})
