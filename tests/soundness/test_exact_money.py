"""Money is added up in fen: a sum of many amounts is exact to the last of them."""

from __future__ import annotations

from tests.soundness.asking import amount, asked, paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_sums_of_money_are_exact(ledger: Ledger, rows: Tables) -> None:
    fen_paid = sum(amount(row, "paid_minor") for row in paid(rows))

    assert whole(ledger, "gmv_paid") == fen_paid / 100
    assert (
        sum(round(row["gmv_paid"] * 100) for row in asked(ledger, "gmv_paid", by="hour,weekday,province")) == fen_paid
    )


def test_a_difference_is_exact_in_every_cell(ledger: Ledger) -> None:
    for row in asked(ledger, "net_revenue", "gmv_paid", "refund_amount", by="day"):
        assert round(row["net_revenue"] * 100) == round(row["gmv_paid"] * 100) - round(row["refund_amount"] * 100)
