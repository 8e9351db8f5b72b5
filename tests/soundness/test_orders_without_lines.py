"""An order whose lines no file lists keeps its money and has unknown units."""

from __future__ import annotations

from tests.soundness.asking import amount, asked, fen, paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer


def test_the_money_of_orders_without_lines_is_that_of_no_product(ledger: Ledger, rows: Tables) -> None:
    bare = sum(amount(row, "paid_minor") for row in paid(rows) if row["n_lines"] == 0)
    orders = {row["order_id"] for row in paid(rows)}
    of_none = [row for row in rows["order_line"] if row["order_id"] in orders and row["product_id"] is None]

    assert bare > 0
    assert fen([whole(ledger, "gmv_paid", where="product=")]) == bare + sum(
        amount(row, "paid_minor") for row in of_none
    )


def test_unknown_units_are_said(ledger: Ledger) -> None:
    assert "units_partly_known" in {each.code for each in answer(ledger, Question(("units_sold",))).warnings}


def test_a_part_of_orders_without_lines_has_no_number_of_units(ledger: Ledger) -> None:
    unknown = [row for row in asked(ledger, "units_sold", "orders_paid", by="day,shop") if row["units_sold"] is None]

    assert unknown
    assert all(row["orders_paid"] > 0 for row in unknown)
