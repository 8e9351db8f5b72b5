"""Joining orders with their lines repeats no order: money asked beside units is the money asked alone."""

from __future__ import annotations

from tests.soundness.asking import asked, fen, whole

from zhanggui.ledger.engine import Ledger


def test_money_beside_units_and_refunds_is_the_money_alone(ledger: Ledger) -> None:
    names = ("gmv_paid", "units_sold", "refund_amount", "orders_paid", "buyers")
    (together,) = asked(ledger, *names)

    assert together == {name: whole(ledger, name) for name in names}


def test_lines_and_refunds_of_an_order_do_not_multiply_each_other(ledger: Ledger) -> None:
    split = asked(ledger, "gmv_paid", "refund_amount", by="product,province")

    assert fen(row["gmv_paid"] for row in split) == fen([whole(ledger, "gmv_paid")])
    assert fen(row["refund_amount"] for row in split) == fen([whole(ledger, "refund_amount")])
