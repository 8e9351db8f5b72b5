"""An order number in two stores is two orders."""

from __future__ import annotations

import pytest
from tests.metrics.ledgers import ledger_of, order, store
from tests.soundness.asking import asked


def test_one_number_in_two_stores_is_two_orders(tmp_path_factory: pytest.TempPathFactory) -> None:
    same = [order("o1", "2020-02-01", 100_00, paid="2020-02-01", shop_id=shop) for shop in (1, 2)]
    tables = {"store": [store(1, "甲"), store(2, "乙")], "order_header": same}

    with ledger_of(tmp_path_factory.mktemp("same"), tables) as ledger:
        assert asked(ledger, "orders_paid", "gmv_paid") == [{"orders_paid": 2, "gmv_paid": 200}]
        assert [row["gmv_paid"] for row in asked(ledger, "gmv_paid", by="shop")] == [100, 100]
