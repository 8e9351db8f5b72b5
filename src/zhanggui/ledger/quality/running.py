"""Checks run: those whose files changed, after every load; all of them, on demand. What they found is kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine import Ledger, Prepared, arrow_schema
from zhanggui.ledger.quality.catalogue import CHECKS
from zhanggui.ledger.quality.model import Check, Rows, Shared
from zhanggui.ledger.quality.sources import datasets_of
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.vocabulary import COMPANY

HISTORY, RESULTS = "quality_check", "quality_result"
MOST_FINDINGS = 200
"""Findings that are kept of one check and store, newest days first; all of them are counted."""
_STORES = "stores"

_PREPARED: dict[str, Prepared] = {}

Row = dict[str, Any]
Pair = tuple[str, int]
"""A check by name, and a store."""


@dataclass(frozen=True, slots=True)
class _Imports:
    """What was imported into which store."""

    batches: Mapping[int, Mapping[str, Sequence[int]]]
    companies: frozenset[int]
    newest: int

    def stamp(self, check: Check, store: int) -> str:
        """Return the digest of everything that the answer of a check about a store follows from."""
        datasets = sorted({dataset for table in check.reads for dataset in datasets_of(table)})
        parts = [f"{check.name}:{check.version}"]
        for place in (store, *sorted(self.companies - {store})):
            held = self.batches.get(place, {})
            parts += [f"{place} {dataset} {held[dataset]}" for dataset in datasets if dataset in held]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]

    def stores(self, check: Check) -> list[int]:
        """Return the stores that have files of the check's own table."""
        wanted = set(datasets_of(check.table))
        return sorted(store for store, held in self.batches.items() if wanted & held.keys())


def check_due(ledger: Ledger, *, at: datetime | None = None) -> int:
    """Run the checks whose imports or rules changed since they last ran; return how many stores' checks that were.

    Parameters
    ----------
    ledger : Ledger
        Open and owned by this process, its derived tables in step.
    at : datetime, optional
        The moment that is written down, UTC; now when absent.
    """
    imports = _imports(ledger)
    held = _stamps(ledger)
    due = {
        (check.name, store): stamp
        for check in CHECKS.values()
        for store in imports.stores(check)
        if held.get((check.name, store)) != (stamp := imports.stamp(check, store))
    }
    return _run(ledger, due, imports.newest, at or datetime.now(UTC))


def check_all(ledger: Ledger, *, at: datetime | None = None) -> int:
    """Run every check of every store; return how many that were."""
    imports = _imports(ledger)
    pairs = {
        (check.name, store): imports.stamp(check, store) for check in CHECKS.values() for store in imports.stores(check)
    }
    return _run(ledger, pairs, imports.newest, at or datetime.now(UTC))


def _imports(ledger: Ledger) -> _Imports:
    batch, store = ledger.table("source_batch"), ledger.table("store")
    batches: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    newest = 0
    for row in ledger.query(batch.select("shop_id", "dataset", "batch_id").order_by("batch_id")).to_pylist():
        batches[row["shop_id"]][row["dataset"]].append(row["batch_id"])
        newest = max(newest, row["batch_id"])
    company = store.filter(store.platform == COMPANY).select("shop_id")
    return _Imports(batches, frozenset(ledger.query(company).column(0).to_pylist()), newest)


def _stamps(ledger: Ledger) -> dict[Pair, str]:
    history = ledger.table(HISTORY)
    newest = history.group_by(["check_name", "shop_id"]).aggregate(stamp=history.stamp.argmax(history.checked_on))
    return {(row["check_name"], row["shop_id"]): row["stamp"] for row in ledger.query(newest).to_pylist()}


def _run(ledger: Ledger, pairs: Mapping[Pair, str], newest: int, at: datetime) -> int:
    """Run checks and write down how they stand, and what they found instead of what they found before."""
    if not pairs:
        return 0
    stores: dict[str, list[int]] = defaultdict(list)
    for name, store in pairs:
        stores[name].append(store)
    found: dict[Pair, list[Row]] = {pair: [] for pair in pairs}
    for statement in dict.fromkeys(_statement_of(name) for name in stores):
        wanted = sorted({store for name in stores if _statement_of(name) == statement for store in stores[name]})
        for row in ledger.run(_prepared(ledger, statement), {_STORES: ",".join(map(str, wanted))}).to_pylist():
            pair = (row.pop("check_name", statement), row["shop_id"])
            # What answers several checks answers those too that nobody asked.
            if pair in found:
                found[pair].append(_complete(row))
    seen = {"checked_at": at.astimezone(UTC).replace(tzinfo=None), "batch_id": newest}
    results = [result for pair, rows in found.items() for result in _results(pair, rows, seen)]
    history = [_standing(pair, rows, seen) | {"stamp": pairs[pair]} for pair, rows in found.items()]
    with ledger.transaction() as tx:
        keys = _arrow(HISTORY, history)
        mine = tx.stage("checks_run", keys.select(["check_name", "shop_id", "checked_on"]))
        tx.delete(RESULTS, mine, on=("check_name", "shop_id"))
        tx.delete(HISTORY, mine, on=("check_name", "shop_id", "checked_on"))
        tx.insert(RESULTS, _arrow(RESULTS, results))
        tx.insert(HISTORY, keys)
    return len(pairs)


def _statement_of(name: str) -> str:
    """Return the name of the statement that answers a check: its own, or that of its way of looking."""
    findings = CHECKS[name].findings
    return type(findings).__name__ if isinstance(findings, Shared) else name


def _prepared(ledger: Ledger, statement: str) -> Prepared:
    """Return a statement; it is the same for every ledger, and takes longer to write than to run."""
    if statement not in _PREPARED:
        stores = ibis.param("string")
        rows = Rows(stores.split(",").cast("array<int32>"))
        _PREPARED[statement] = ledger.prepare(_expression(statement, rows), {_STORES: stores})
    return _PREPARED[statement]


def _expression(statement: str, rows: Rows) -> ir.Table:
    members = {name: check.findings for name, check in CHECKS.items() if _statement_of(name) == statement}
    first = next(iter(members.values()))
    return first.together(rows, members) if isinstance(first, Shared) else first(rows)


def _complete(row: Row) -> Row:
    """Return a finding as it is kept, numbers rounded: an average has more digits than anybody reads."""
    whole = {name: row.get(name) for name in ("n_rows", "money_minor")}
    exact = {name: row.get(name) for name in ("measured", "expected")}
    return {
        **row,
        **{name: None if value is None else round(value) for name, value in whole.items()},
        "n_rows": round(row.get("n_rows") or 1),
        **{name: None if value is None else round(Decimal(str(value)), 4) for name, value in exact.items()},
        **{name: row.get(name) for name in ("day", "last_day", "subject", "currency")},
    }


def _results(pair: Pair, rows: Iterable[Row], seen: Row) -> list[Row]:
    check = CHECKS[pair[0]]
    newest_first = sorted(rows, key=lambda row: (str(row["day"] or row["last_day"] or ""), row["n_rows"]), reverse=True)
    return [
        {
            **row,
            **seen,
            "check_name": check.name,
            "finding_no": number,
            "source_table": check.table,
            "status": check.broken,
        }
        for number, row in enumerate(newest_first[:MOST_FINDINGS], start=1)
    ]


def _standing(pair: Pair, rows: Sequence[Row], seen: Row) -> Row:
    name, store = pair
    priced = [row for row in rows if row["money_minor"] is not None]
    currencies = {row["currency"] for row in priced}
    return {
        **seen,
        "check_name": name,
        "shop_id": store,
        "checked_on": seen["checked_at"].date(),
        "source_table": CHECKS[name].table,
        "status": CHECKS[name].broken if rows else "ok",
        "n_findings": len(rows),
        "n_rows": sum(row["n_rows"] for row in rows),
        # Amounts of several currencies cannot be added up.
        "money_minor": sum(row["money_minor"] for row in priced) if len(currencies) == 1 else None,
        "currency": currencies.pop() if len(currencies) == 1 else None,
    }


def _arrow(table: str, rows: Sequence[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(TABLES[table]))
