"""A ratio of nothing is unknown: neither zero nor infinite."""

from __future__ import annotations

from datetime import date

from tests.soundness.asking import asked

from zhanggui.ledger.engine import Ledger


def test_a_day_without_orders_has_no_rates_and_counts_zero(ledger: Ledger) -> None:
    names = ("gmv_paid", "orders_paid", "average_order_value", "refund_rate", "repurchase_rate", "order_payment_rate")

    assert asked(ledger, *names, days=(date(2031, 1, 1), date(2031, 1, 1))) == [
        {"gmv_paid": 0, "orders_paid": 0} | dict.fromkeys(names[2:])
    ]


def test_a_change_from_nothing_has_no_percentage(ledger: Ledger) -> None:
    (row,) = asked(ledger, "gmv_paid", days=(date(2019, 12, 20), date(2019, 12, 31)), compare="previous")

    assert row["gmv_paid"] > 0
    assert (row["compare"]["gmv_paid"], row["change"]["gmv_paid"]) == (0, None)
