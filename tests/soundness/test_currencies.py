"""Yuan and dollars are not added up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.metrics.ledgers import ledger_of, order, store
from tests.soundness.asking import asked, whole

from zhanggui.ledger.engine import Ledger


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One order of 100 yuan, one of 10 dollars."""
    orders = [
        order("o1", "2020-02-01", 100_00, paid="2020-02-01"),
        order("o2", "2020-02-01", 10_00, paid="2020-02-01", shop_id=2, currency="USD"),
    ]
    stores = [store(1, "国内店"), store(2, "海外店", currency="USD")]
    with ledger_of(tmp_path_factory.mktemp("two"), {"store": stores, "order_header": orders}) as opened:
        yield opened


def test_a_sum_over_two_currencies_has_no_value_and_orders_do(two: Ledger) -> None:
    assert asked(two, "gmv_paid", "orders_paid", "average_order_value") == [
        {"gmv_paid": None, "orders_paid": 2, "average_order_value": None}
    ]


def test_each_currency_has_its_own_sum(two: Ledger) -> None:
    assert {row["currency"]: row["gmv_paid"] for row in asked(two, "gmv_paid", by="currency")} == {
        "CNY": 100,
        "USD": 10,
    }
    assert whole(two, "gmv_paid", where="currency=USD") == 10
