"""A company of two stores over October and November 2026 whose profit can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, store
from tests.understand.finance.books import entry, given_back, paid_order, sold

from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

EVIL = '=HYPERLINK("http://x","店")'
"""Name of the second store: a cell of a stranger's file may say anything."""


def hand_written() -> dict[str, list[Row]]:
    """Return the ledger.

    October, store 1: two lines of 100.00, goods 40.00 each, freight 5.00 each, fees 3.00 on the first; 20.00 of the
    second given back in November. Store 2: one line of 50.00 of unknown cost, freight 4.00.
    November, store 1: one line of 200.00, goods 90.00, not settled, 6.00 of fees expected; one brushing order of 80.00
    with 7.00 of freight. Advertising 10.00 in October and 30.00 in November, rent 15.00 in November.
    """
    lines = [
        sold("a1", "2026-10-03", 100_00, cost=40_00, freight_minor=5_00, service_fee_minor=3_00, category="茶",
             product_id="p1", buyer_key="b1"),
        sold("a2", "2026-10-20", 100_00, cost=40_00, freight_minor=5_00, refunded_minor=20_00,
             refunded_only_minor=20_00, category="杯", product_id="p2", buyer_key="b1"),
        sold("b1", "2026-10-20", 50_00, cost=None, freight_minor=4_00, shop_id=2),
        sold("a3", "2026-11-05", 200_00, cost=90_00, is_settled=False, expected_fees_minor=6_00, category="茶",
             product_id="p1", list_minor=230_00, merchant_discount_minor=25_00, unknown_discount_minor=5_00,
             paid_minor=190_00, platform_discount_minor=10_00),
        sold("x1", "2026-11-05", 80_00, cost=0, order_kind="brushing", freight_minor=7_00),
    ]  # fmt: skip
    return {
        "store": [store(1, "一店"), store(2, EVIL, platform="jd")],
        "source_batch": [batch(1, 1, datetime(2026, 11, 16, tzinfo=UTC))],
        "product": [
            {"shop_id": 1, "product_id": "p1", "title": "龙井", "category": "茶", "is_declared": True},
            {"shop_id": 1, "product_id": "p2", "title": "盖碗", "category": "杯", "is_declared": True},
        ],
        "order_header": [
            paid_order("a1", "2026-10-03", 100_00),
            paid_order("a2", "2026-10-20", 100_00),
            paid_order("b1", "2026-10-20", 50_00, shop_id=2),
            paid_order("a3", "2026-11-05", 190_00),
            paid_order("x1", "2026-11-05", 80_00, order_kind="brushing"),
        ],
        "refund": [given_back("a2", "2026-10-20", 20_00, after_days=14, product_id="p2")],
        "line_profit": lines,
        "profit_entry": [
            entry("ad_spend", "2026-10-10", -10_00, product_id="p1"),
            entry("ad_spend", "2026-11-02", -30_00),
            entry("fixed_cost", "2026-11-01", -15_00),
        ],
    }


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the desk of that company."""
    with open_desk(tmp_path_factory.mktemp("finance") / "shop", hand_written()) as found:
        yield found


@contextmanager
def open_desk(folder: Path, tables: dict[str, list[Row]]) -> Iterator[Desk]:
    """Give the desk of a shop whose ledger holds these rows."""
    shop = Shop.create(folder, "算账公司")
    for row in tables["store"]:
        shop.stores.add_store(str(row["platform"]), str(row["name"]))
    with ledger_of(shop.dir, tables) as ledger:
        yield Desk(shop, ledger)
    shop.close()
