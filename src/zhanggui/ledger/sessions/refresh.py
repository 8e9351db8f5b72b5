"""Keep visits in step with events: only the days, or the visitors, that new imports touch are made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.sessions.rules import SessionRules
from zhanggui.ledger.sessions.visits import NO_VISIT, READ, VISIT_KINDS, visits

SUBJECT = "sessions"
GROWING = "sessions_log"
"""Stamps how much of each growing import the visits are made of."""
LOG_SUBJECT = "log:"
"""Begins the stamps of imports that grow with the log: number, end, rows, lines."""
DATASET = "events"
EVENTS_AT_ONCE = 60_000
"""So many are put in order at a time, whatever the memory."""

_VERSION = "3"


@dataclass(frozen=True, slots=True)
class _Store:
    """What of a store has changed: every import, or those that are new or have grown since its visits were made."""

    shop_id: int
    stamp: str
    new: tuple[int, ...]
    is_whole: bool
    grown: Mapping[int, int]
    growing: str


def refresh_sessions(ledger: Ledger, rules: SessionRules) -> bool:
    """Make visits anew where they do not follow from the events any more; return whether there were such.

    Parameters
    ----------
    ledger : Ledger
        Open and owned by this process.
    rules : SessionRules
        The shop's.
    """
    stale = _stale(ledger, rules)
    if not stale:
        return False
    with ledger.transaction() as tx:
        for store in stale:
            _refresh(tx, ledger, rules, store)
            stamps = {SUBJECT: store.stamp, GROWING: store.growing}
            rows = pa.table(
                {
                    "shop_id": pa.array([store.shop_id] * len(stamps), pa.int32()),
                    "subject": list(stamps),
                    "stamp": list(stamps.values()),
                }
            )
            tx.delete("derived_stamp", tx.stage("sessions_stamp", rows), on=("shop_id", "subject"))
            tx.insert("derived_stamp", rows)
    return True


def _stale(ledger: Ledger, rules: SessionRules) -> list[_Store]:
    stamps, batches = ledger.table("derived_stamp"), ledger.table("source_batch")
    mine = stamps.filter(stamps.subject == SUBJECT).select("shop_id", "stamp")
    held = {row["shop_id"]: row["stamp"] for row in ledger.query(mine).to_pylist()}
    listed = batches.filter(batches.dataset == DATASET).select("shop_id", "batch_id").order_by("batch_id")
    imports: dict[int, list[int]] = {shop_id: [] for shop_id in held}
    for row in ledger.query(listed).to_pylist():
        imports.setdefault(row["shop_id"], []).append(row["batch_id"])
    now, then = _rows_of_log(ledger)
    found = []
    for shop_id, numbers in imports.items():
        stamp = _stamp(rules, numbers)
        mine_now, mine_then = now.get(shop_id, {}), then.get(shop_id, {})
        grown = {number: mine_then[number] for number, n in mine_now.items() if 0 < mine_then.get(number, 0) < n}
        if held.get(shop_id) != stamp or grown:
            # Imports are numbered upwards: those of before are there as they were, where their digest is.
            known = int(held.get(shop_id, "::0").rsplit(":", 1)[1])
            before = [number for number in numbers if number <= known]
            is_whole = held.get(shop_id) != _stamp(rules, before)
            new = tuple(number for number in numbers if number > known)
            found.append(_Store(shop_id, stamp, new, is_whole, grown, _growing(mine_now)))
    return found


def _rows_of_log(ledger: Ledger) -> tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]]:
    """Return by store and growing import how many rows it has, and how many of them visits are made of."""
    stamps = ledger.table("derived_stamp")
    asked = stamps.filter(stamps.subject.startswith(LOG_SUBJECT) | (stamps.subject == GROWING))
    now: dict[int, dict[int, int]] = {}
    then: dict[int, dict[int, int]] = {}
    for row in ledger.query(asked.select("shop_id", "subject", "stamp")).to_pylist():
        if row["subject"] == GROWING:
            pairs = (pair.split(":") for pair in row["stamp"].split())
            then[row["shop_id"]] = {int(batch_id): int(n_rows) for batch_id, n_rows in pairs}
        else:
            batch_id, _, n_rows = map(int, row["stamp"].split()[:3])
            now.setdefault(row["shop_id"], {})[batch_id] = n_rows
    return now, then


def _growing(rows: Mapping[int, int]) -> str:
    return " ".join(f"{batch_id}:{n_rows}" for batch_id, n_rows in sorted(rows.items()))


def _stamp(rules: SessionRules, imports: Sequence[int]) -> str:
    digest = hashlib.sha256(",".join(map(str, imports)).encode()).hexdigest()[:16]
    return f"{_VERSION}-{rules.digest}:{digest}:{max(imports, default=0)}"


def _refresh(tx: Transaction, ledger: Ledger, rules: SessionRules, store: _Store) -> None:
    events = ledger.table("event")
    events = events.filter(events.shop_id == store.shop_id)
    column = "event_date" if rules.splits_at_midnight else "visitor"
    is_new = events.batch_id.isin(list(store.new))
    for batch_id, n_rows in store.grown.items():
        is_new |= (events.batch_id == batch_id) & (events.row_no > n_rows)
    touched = events if store.is_whole else events.filter(is_new)
    keyed = touched.mutate(visitor=ibis.coalesce(touched.anon_id, touched.user_key))
    counted = keyed.group_by(column).aggregate(n_new=keyed.count())
    keys = tx.stage("sessions_touched", counted.select(**{column: counted[column]}))
    _forget(tx, ledger, store, keys, column)
    all_of = events.mutate(visitor=ibis.coalesce(events.anon_id, events.user_key))
    is_visit = all_of.kind.isin(VISIT_KINDS) & ~all_of.name.isin(NO_VISIT)
    for some in _at_once(tx, all_of, keys, column):
        chosen = tx.query(all_of.filter(is_visit).semi_join(some, column).select(*READ))
        made = visits(chosen, rules)
        shop = pa.repeat(pa.scalar(store.shop_id, pa.int32()), made.num_rows)
        tx.insert("session", made.append_column("shop_id", shop))


def _forget(tx: Transaction, ledger: Ledger, store: _Store, keys: ir.Table, column: str) -> None:
    """Delete the visits that are made anew."""
    shop = pa.table({"shop_id": pa.array([store.shop_id], pa.int32())})
    if store.is_whole:
        tx.delete("session", tx.stage("sessions_store", shop), on=("shop_id",))
        return
    own = "session_date" if column == "event_date" else "visitor_id"
    gone = keys.select(**{own: keys[column]}).mutate(shop_id=ibis.literal(store.shop_id, "int32"))
    tx.delete("session", tx.stage("sessions_gone", gone), on=("shop_id", own))


def _at_once(tx: Transaction, events: ir.Table, keys: ir.Table, column: str) -> Iterator[ir.Table]:
    """Yield the keys in parts whose events are few enough to be put in order together."""
    mine = events.semi_join(keys, column)
    sizes = tx.query(mine.group_by(column).aggregate(n=mine.count()).order_by(column)).to_pydict()
    part: list[object] = []
    n_events = 0
    type_ = pa.date32() if column == "event_date" else pa.string()

    def staged() -> ir.Table:
        return tx.stage("sessions_part", pa.table({column: pa.array(part, type_)}))

    for key, n in zip(sizes[column], sizes["n"], strict=True):
        if part and n_events + n > EVENTS_AT_ONCE:
            yield staged()
            part, n_events = [], 0
        part.append(key)
        n_events += n
    if part:
        yield staged()
