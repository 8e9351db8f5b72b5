"""Shops of a few goods, written down so that every number about their stock can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from tests.ledger.quality.stores import at, ledger_rows
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.shop import Shop
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.understand.desk import Desk

FIRST = date(2026, 4, 1)
"""A shop's books begin here."""


def day(number: int) -> date:
    """Return the numbered day, 1 being the first."""
    return FIRST + timedelta(days=number - 1)


def moved(sku: str, number: int, quantity: int, reason: str = "sale", warehouse: str = "主仓", **more: object) -> Row:
    """Return a movement of a numbered day; what comes in is positive."""
    goods: Row = {"internal_sku": sku, "warehouse": warehouse, "quantity": quantity, "reason": reason}
    return goods | {"occurred_date": day(number), "occurred_at": at(day(number))} | more


def sold_daily(sku: str, first: int, last: int, quantity: int = 1, warehouse: str = "主仓") -> list[Row]:
    """Return sales of so many a day."""
    return [moved(sku, number, -quantity, warehouse=warehouse) for number in range(first, last + 1)]


def cost(sku: str, minor: int, since: date = FIRST, **more: object) -> Row:
    """Return a unit cost."""
    return {"internal_sku": sku, "valid_from": since, "unit_cost_minor": minor, "product_title": f"货 {sku}"} | more


def bought(sku: str, number: int, units: int, minor: int, name: str, **more: object) -> tuple[Row, Row]:
    """Return a paid order of some units with its line, `minor` for each unit."""
    order: Row = {"order_id": name, "paid_date": day(number), "created_date": day(number), "is_paid": True,
                  "paid_minor": units * minor, "status": "completed"}  # fmt: skip
    line: Row = {"order_id": name, "line_key": name, "sku_id": sku, "line_kind": "product", "quantity": units,
                 "paid_minor": units * minor, "receivable_minor": units * minor}  # fmt: skip
    return order | more, line


@contextmanager
def desk_of(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Iterator[Desk]:
    """Give the desk of a shop whose ledger holds these rows, with the balances that follow from them."""
    shop = Shop.create(folder / "shop", "货架")
    shop.stores.add_store("tmall", "一店")
    with ledger_of(shop.dir, ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS))
        yield Desk(shop, ledger)
    shop.close()
