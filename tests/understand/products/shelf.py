"""Small shops of goods, written down so that every figure can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.metrics.ledgers import Row, batch, ledger_of, order, store

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.goods import GOODS, HITS
from zhanggui.ledger.shop import Shop
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.understand.desk import Desk

FIRST = date(2026, 3, 2)
"""A Monday."""

LOADED = datetime(2026, 7, 1, tzinfo=UTC)
STORE = "一店"


def day(n: int) -> date:
    """Return the n-th day, from 0."""
    return FIRST + timedelta(days=n)


def sold(order_id: str, n: int, sku: str, units: int = 1, *, due: int = 100_00, profit: int | None = 20_00,
         **more: Any) -> Row:  # fmt: skip
    """Return what one order line earned; its product is the SKU's code up to the hyphen."""
    costs = dict.fromkeys(
        (
            "list_minor", "merchant_discount_minor", "unknown_discount_minor", "platform_discount_minor",
            "creator_discount_minor", "payment_discount_minor", "unknown_borne_minor", "refunded_minor",
            "refunded_before_shipping_minor", "refunded_only_minor", "refunded_with_return_minor", "borne_back_minor",
            "freight_minor", "return_freight_minor", "packaging_minor", "commission_minor", "service_fee_minor",
            "creator_commission_minor", "insurance_minor", "penalty_minor", "ad_spend_minor", "tax_minor",
            "other_cost_minor", "expected_fees_minor",
        ),
        0,
    )  # fmt: skip
    return {
        "shop_id": 1, "order_id": order_id, "line_key": f"{order_id}:{sku}", "paid_date": day(n),
        "order_kind": "ordinary", "line_kind": "product", "product_id": sku.partition("-")[0], "sku_id": sku,
        "quantity": units, **costs, "paid_minor": due, "receivable_minor": due,
        "goods_cost_minor": None if profit is None else due - profit, "contribution_minor": profit,
        "cost_known": profit is not None, "evidence": "counted", "is_settled": True, "currency": "CNY", "batch_id": 1,
        "row_no": 1, **more,
    }  # fmt: skip


def back(**more: Any) -> dict[str, Any]:
    """Return what a line says that came back for all its money."""
    return {"refunded_minor": 100_00, "refunded_with_return_minor": 100_00, **more}


def header(order_id: str, paid: str) -> Row:
    """Return the order of a line."""
    return order(order_id, paid, 100_00, paid=paid, batch_id=1)


def tables_of(lines: Sequence[Row], **more: Sequence[Row]) -> dict[str, list[Row]]:
    """Return a ledger of one store with these lines, and an order for each."""
    days = {str(line["order_id"]): line["paid_date"] for line in lines}
    skus = sorted({(str(line["product_id"]), str(line["sku_id"])) for line in lines if line["sku_id"]})
    return {
        "store": [store(1, STORE, platform="own_site")],
        "source_batch": [
            batch(n, 1, LOADED, dataset)
            for n, dataset in enumerate(("orders", "order_lines", "stock_movements", "stock_snapshots"), start=1)
        ],
        "order_header": [header(name, str(paid)) for name, paid in days.items()],
        "line_profit": list(lines),
        "product": [
            {"shop_id": 1, "product_id": product, "title": f"商品{product}"} for product in sorted({p for p, _ in skus})
        ],
        "sku": [{"shop_id": 1, "sku_id": sku, "product_id": product} for product, sku in skus],
        **{name: list(rows) for name, rows in more.items()},
    }


@contextmanager
def desk_of(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Iterator[Desk]:
    """Give the desk of a shop whose ledger holds these rows."""
    shop = Shop.create(folder, "货架")
    for row in tables["store"]:
        shop.stores.add_store(str(row["platform"]), str(row["name"]))
    with ledger_of(shop.dir, tables) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS, HITS, GOODS))
        yield Desk(shop, ledger)
