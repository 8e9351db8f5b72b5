"""Gifts and postage are no units sold, while the money on their lines stays money."""

from __future__ import annotations

from tests.soundness.asking import amount, asked, fen, paid
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_units_are_those_of_products_alone(ledger: Ledger, rows: Tables) -> None:
    orders = {row["order_id"] for row in paid(rows)}
    lines = [row for row in rows["order_line"] if row["order_id"] in orders]
    (found,) = asked(ledger, "units_sold", "gmv_paid")

    assert found["units_sold"] == sum(amount(row, "quantity") for row in lines if row["line_kind"] == "product")
    assert found["units_sold"] < sum(amount(row, "quantity") for row in lines)
    assert fen([found["gmv_paid"]]) > sum(amount(row, "paid_minor") for row in lines if row["line_kind"] == "product")
