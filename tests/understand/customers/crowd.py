"""Shops of a few dozen made-up buyers, written down so that every number can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.collect.loading.shops import csv, layout, till_at
from tests.metrics.ledgers import Row, batch, ledger_of, order, store

from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

LAST = date(2026, 6, 30)
LOADED = datetime(2026, 7, 1, tzinfo=UTC)

Purchases = Mapping[str, Sequence[tuple[str, int]]]
"""By buyer, the days and amounts of the paid orders."""


def paid(buyer: str | None, day: str, minor: int, number: int = 0, **more: Any) -> Row:
    """Return one paid order."""
    return order(f"{buyer}-{day}-{number}", day, minor, paid=day, buyer_key=buyer, batch_id=1, **more)


def orders_of(purchases: Purchases) -> list[Row]:
    """Return the orders of these purchases."""
    return [
        paid(buyer, day, minor, number)
        for buyer, bought in purchases.items()
        for number, (day, minor) in enumerate(bought)
    ]


def once(n_buyers: int) -> dict[str, list[tuple[str, int]]]:
    """Return buyers who bought once each, on different days of January to March, for 10.00 and more."""
    return {f"once{n:02d}": [(f"2026-0{1 + n % 3}-{1 + n % 27:02d}", 10_00 + n * 1_00)] for n in range(n_buyers)}


def crowd() -> dict[str, list[tuple[str, int]]]:
    """Return 36 buyers: 24 who bought once, 8 twice, 4 five times, the last on 30 June."""
    twice = {f"twice{n}": [("2026-04-01", 50_00), (f"2026-05-{1 + n:02d}", 60_00)] for n in range(8)}
    often = {
        f"often{n}": [(f"2026-0{month}-{20 + n}", 100_00 + n) for month in (2, 3, 4, 5)] + [("2026-06-30", 90_00)]
        for n in range(4)
    }
    return {**once(24), **twice, **often}


def tables_of(orders: Sequence[Row], **more: Sequence[Row]) -> dict[str, list[Row]]:
    """Return a ledger of one store with these orders."""
    return {
        "store": [store(1, "官网", platform="own_site")],
        "source_batch": [batch(1, 1, LOADED)],
        "order_header": list(orders),
        **{name: list(rows) for name, rows in more.items()},
    }


@contextmanager
def desk_of(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Iterator[Desk]:
    """Give the desk of a shop whose ledger holds these rows."""
    shop = Shop.create(folder, "人群")
    for row in tables["store"]:
        shop.stores.add_store(str(row["platform"]), str(row["name"]))
    with ledger_of(shop.dir, tables) as ledger:
        yield Desk(shop, ledger)
    shop.close()


def write_shop(directory: Path) -> Path:
    """Load the crowd from a file, and one order of nobody; return where the shop lies."""
    header = ("order", "paid", "amount", "buyer", "channel")
    rows = [
        (f"{buyer}-{day}-{number}", f"{day} 10:00:00", f"{minor / 100:.2f}", buyer, "search")
        for buyer, bought in crowd().items()
        for number, (day, minor) in enumerate(bought)
    ]
    rows.append(("nobody", "2026-06-02 10:00:00", "70.00", "", "live"))
    columns = {"order_id": "order", "created_at": "paid", "paid_at": "paid", "order_amount": "amount",
               "paid_amount": "amount", "buyer_id": "buyer", "channel": "channel"}  # fmt: skip
    with till_at(directory) as till:
        till.taken("orders.csv", csv(header, *rows), layout=layout("orders", columns))
    return directory / "shop"
