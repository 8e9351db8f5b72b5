"""What the ledger promises of itself whatever was loaded, most of it generated from the declared tables (T-21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger, declared_table
from zhanggui.ledger.schema import TABLES, Table
from zhanggui.ledger.schema.observations import ALL_TABLES, FACT_TABLES
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.vocabulary import ROW_CLASS

_N_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise.

    Attributes
    ----------
    name, text : str, Text
        What it is called and what it says.
    table : str
        The table whose rows may break it; empty, it breaks none.
    violations : ir.Table
        The rows that break it.
    """

    name: str
    text: Text
    table: str
    violations: ir.Table


@dataclass(frozen=True, slots=True)
class PromiseResult:
    """How a promise stands."""

    name: str
    text: Text
    n_violations: int
    examples: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Whether nothing breaks the promise."""
        return self.n_violations == 0


@cache
def all_promises() -> tuple[Promise, ...]:
    """Return every promise. They are the same for every ledger: what is said once is compiled once."""
    return tuple(_all_promises())


def _all_promises() -> Iterator[Promise]:
    for table in ALL_TABLES.values():
        yield _key_is_unique(table)
    for table in (*TABLES.values(), *FACT_TABLES.values()):
        for column in table.columns:
            if column.allowed:
                yield _words_are_known(table, column.name, column.allowed)
        for column_name, other in (table.references or {}).items():
            if column_name == "shop_id":
                yield _reference_holds(table, column_name, TABLES[other])
    yield Promise(
        "order_line.sums_to_order",
        Text.of("订单各行之和等于订单金额", "the lines of an order sum to the order"),
        "order_header",
        _lines_not_summing(),
    )
    yield Promise(
        "source_batch.equation",
        Text.of("各类行数之和等于收到的行数", "the classes of a file's rows sum to the rows received"),
        "source_batch",
        _equations_broken(),
    )
    yield Promise(
        "raw_record.counts",
        Text.of("每一数据行恰好一个类别", "each data row of an import has exactly one class"),
        "source_batch",
        _rows_uncounted(),
    )


def check_promises(ledger: Ledger) -> list[PromiseResult]:
    """Hold an open ledger to every promise."""
    n_broken = dict.fromkeys(range(len(all_promises())), 0)
    counts = _counts()
    for table in ledger.query(_tables_with_rows()).column("name").to_pylist():
        found = ledger.query(counts[table])
        n_broken |= dict(zip(found.column("place").to_pylist(), found.column("n").to_pylist(), strict=True))
    results = []
    for place, promise in enumerate(all_promises()):
        rows = ledger.query(promise.violations.limit(_N_EXAMPLES)).to_pylist() if n_broken[place] else []
        examples = tuple(", ".join(f"{key}={value}" for key, value in row.items()) for row in rows)
        results.append(PromiseResult(promise.name, promise.text, n_broken[place], examples))
    return results


@cache
def _tables_with_rows() -> ir.Table:
    """Return the name of each table that holds rows."""
    names = dict.fromkeys(promise.table for promise in all_promises())
    return ibis.union(*(declared_table(name).limit(1).select(name=ibis.literal(name)) for name in names))


@cache
def _counts() -> Mapping[str, ir.Table]:
    """Return of each table how often its promises are broken: ``place`` and ``n``."""
    parts: dict[str, list[ir.Table]] = {}
    for place, promise in enumerate(all_promises()):
        broken = promise.violations.aggregate(n=promise.violations.count())
        parts.setdefault(promise.table, []).append(broken.mutate(place=ibis.literal(place, "int32")))
    return {table: ibis.union(*counts) if len(counts) > 1 else counts[0] for table, counts in parts.items()}


def _key_is_unique(table: Table) -> Promise:
    rows = declared_table(table.name)
    groups = rows.group_by(list(table.key)).aggregate(n=rows.count())
    text = Text.of(f"{table.name} 的主键唯一", f"keys of {table.name} are unique")
    return Promise(f"{table.name}.key", text, table.name, groups.filter(groups.n > 1))


def _words_are_known(table: Table, column: str, words: tuple[str, ...]) -> Promise:
    rows = declared_table(table.name)
    odd = rows.filter(rows[column].notnull() & ~rows[column].isin(words))
    text = Text.of(f"{table.name}.{column} 只有规定的词", f"{table.name}.{column} holds known words only")
    return Promise(f"{table.name}.{column}", text, table.name, odd.select(*dict.fromkeys([*table.key, column])))


def _reference_holds(table: Table, column: str, other: Table) -> Promise:
    lost = declared_table(table.name).anti_join(declared_table(other.name), column)
    text = Text.of(f"{table.name} 的店铺都存在", f"every {table.name} belongs to a known store")
    return Promise(f"{table.name}.{column}.reference", text, table.name, lost.select(*table.key))


def _lines_not_summing() -> ir.Table:
    order, line = declared_table("order_header"), declared_table("order_line")
    amounts = ("created_minor", "paid_minor", *SHARED_AMOUNTS)
    sums = line.group_by(["shop_id", "order_id"]).aggregate(**{f"lines_{name}": line[name].sum() for name in amounts})
    both = order.inner_join(sums, ["shop_id", "order_id"])
    is_off = ibis.or_(*(both[name].notnull() & (both[name] != both[f"lines_{name}"]) for name in amounts))
    return both.filter(is_off).select("shop_id", "order_id", "created_minor", "lines_created_minor")


def _equations_broken() -> ir.Table:
    batch = declared_table("source_batch")
    total: ir.Value = ibis.literal(0)
    for word in ROW_CLASS:
        total = total + batch[word]
    return batch.filter(total != batch.received).select("batch_id", "received")


def _rows_uncounted() -> ir.Table:
    batch, record = declared_table("source_batch"), declared_table("raw_record")
    counts = record.group_by("batch_id").aggregate(n=record.count()).rename(counted_batch="batch_id")
    both = batch.left_join(counts, batch.batch_id == counts.counted_batch)
    return both.filter(ibis.coalesce(both.n, 0) != both.received).select("batch_id", "received", "n")
