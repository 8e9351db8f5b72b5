"""An order with two products counts under both, so counts by product exceed the orders."""

from __future__ import annotations

from tests.soundness.asking import asked, whole

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.cards import metric_named, not_additive_over


def test_orders_by_product_exceed_the_orders_and_the_card_says_so(ledger: Ledger) -> None:
    by_product = sum(row["orders_paid"] for row in asked(ledger, "orders_paid", by="product"))

    assert by_product > whole(ledger, "orders_paid")
    assert "product" in not_additive_over(metric_named("orders_paid"))
    assert "product" not in not_additive_over(metric_named("gmv_paid"))
