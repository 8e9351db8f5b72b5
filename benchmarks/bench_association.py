"""Pairs of ten million baskets, read from a ledger: how much memory a process needs for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir

from benchmarks.figure import Figure, peak_child_mib
from zhanggui.ledger.engine import Ledger, Transaction, open_ledger
from zhanggui.ledger.schema import TABLES, ColumnType
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.ledger.shop import Shop
from zhanggui.understand.products.association import association

N_BASKETS, N_ITEMS, MOST_LINES = 10_000_000, 50_000, 5
MEMORY_LIMIT = "768MB"
MOST_MIB = 2_560


def measure(folder: Path) -> Iterator[Figure]:
    """Fill ten million orders of one to five goods, then count in a process of its own."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        _fill(ledger)
        ledger.checkpoint()
    shop.close()
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_association", str(shop.dir)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    n_baskets, n_pairs = map(int, told.stdout.split())
    if n_baskets != N_BASKETS or not n_pairs:
        raise RuntimeError(f"{n_baskets:,} baskets and {n_pairs:,} pairs were found")
    yield Figure(f"memory for the pairs of {N_BASKETS:,} baskets", peak_child_mib(), "MiB", MOST_MIB)


def _fill(ledger: Ledger) -> None:
    """Write orders of a day each; few goods are in most of them, as anywhere."""
    order = ibis.range(N_BASKETS).unnest().name("n").as_table()
    named = order.mutate(order_id="20" + order.n.cast("string").lpad(10, "0"), day=ibis.date("2026-01-01"))
    line = named.mutate(place=ibis.range(0, 1 + named.n.hash().abs() % MOST_LINES).unnest())
    drawn = ((line.n * MOST_LINES + line.place).hash().abs() % 1_000_000).cast("float64") / 1_000_000
    line = line.mutate(product_id="p" + (drawn * drawn * drawn * N_ITEMS).floor().cast("int64").cast("string"))
    with ledger.transaction() as tx:
        _write(tx, "order_header", named.select("order_id", is_paid=True, paid_date="day", created_date="day"))
        _write(
            tx,
            "order_line",
            line.select(
                "order_id", "product_id", line_key=line.place.cast("string"), line_kind=ibis.literal("product")
            ),
        )


def _write(tx: Transaction, name: str, rows: ir.Table) -> None:
    stored = ALL_TABLES[TABLES[name].view_of or name]
    given: dict[str, object] = {
        "shop_id": 1,
        "currency": "CNY",
        "is_current": True,
        "order_kind": "ordinary",
        "batch_id": 1,
        "row_no": 1,
    }
    empty: dict[ColumnType, object] = {ColumnType.TEXT: "", ColumnType.BOOLEAN: False}
    lacking = {
        column.name: given.get(column.name, empty.get(column.type, 0))
        for column in stored.columns
        if column.name not in rows.columns and not column.nullable
    }
    tx.insert(stored.name, rows.mutate(**{key: ibis.literal(value) for key, value in lacking.items()}))


if __name__ == "__main__":
    with open_ledger(Path(sys.argv[1]), memory_limit=MEMORY_LIMIT) as opened:
        found = association(opened)
    print(found.pairs.n_baskets, len(found.pairs))
