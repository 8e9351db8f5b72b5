"""An order of nothing is an order."""

from __future__ import annotations

from tests.soundness.asking import paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_orders_that_cost_nothing_are_counted(ledger: Ledger, rows: Tables) -> None:
    free = [row for row in paid(rows) if row["paid_minor"] == 0]

    assert free
    assert whole(ledger, "orders_paid") == len(paid(rows))
