"""Merge events: of several with one id the first one received counts, whatever the order of loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhanggui.collect.loading.event_parts import EventPart
from zhanggui.collect.loading.faults import Fault
from zhanggui.collect.loading.versions import THIS_STORE
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.schema.event_tables import EVENT, EVENT_ITEM
from zhanggui.ledger.schema.vocabulary import ROW_CLASS
from zhanggui.ledger.sessions import SUBJECT as SESSIONS

REUSED = "message_id_reused"

ACCEPTED, DUPLICATE, QUARANTINED = (ROW_CLASS.index(word) for word in ("accepted", "duplicate", "quarantined"))

_NEVER = np.iinfo(np.int64).max

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Versions:
    """What decides which of several events with one id counts: the first received, else the first that happened."""

    event_id: Hashes
    received_at: Ints
    event_at: Ints
    row_hash: Hashes

    def taken(self, places: Ints) -> Versions:
        """Return those at some places."""
        return Versions(self.event_id[places], self.received_at[places], self.event_at[places], self.row_hash[places])

    def order(self) -> Ints:
        """Return the places with those of an id together, the one that counts first."""
        return np.lexsort((self.row_hash, self.event_at, self.received_at, self.event_id))

    def is_before(self, other: Versions) -> Mask:
        """Whether each counts before the other one at its place."""
        earlier: Mask = self.received_at < other.received_at
        same: Mask = self.received_at == other.received_at
        earlier |= same & (self.event_at < other.event_at)
        same &= self.event_at == other.event_at
        earlier |= same & (self.row_hash < other.row_hash)
        return earlier


@dataclass(frozen=True, slots=True)
class MergedEvents:
    """What the merge of some events did.

    Attributes
    ----------
    row_class : array of int
        Place in `ROW_CLASS` of each event's class.
    reused : list of (Fault, int)
        Events that were kept aside because another one has their id, with the hash of what each says.
    displaced : pyarrow.Table or None
        Events that were held and gave way to another content under their id: where each came from, and its hash.
    """

    row_class: Ints
    reused: list[tuple[Fault, int]]
    displaced: pa.Table | None


def merge_events(tx: Transaction, ledger: Ledger, part: EventPart, *, shop_id: int, batch_id: int) -> MergedEvents:
    """Merge some events of one import into the ledger."""
    events = part.events
    if events is None:
        return MergedEvents(np.zeros(0, np.int64), [], None)
    mine = _versions(events)
    order = mine.order()
    ids = mine.event_id[order]
    is_first = np.append(True, ids[1:] != ids[:-1]) if ids.size else np.zeros(0, bool)
    firsts = order[is_first]
    held = _held(tx, ledger, mine.event_id[firsts]) if ids.size else None
    winner_hash = mine.row_hash[firsts].copy()
    wins = np.ones(firsts.size, bool)
    displaced = None
    if held is not None and held.num_rows:
        theirs = _versions(held)
        place = np.searchsorted(mine.event_id[firsts], theirs.event_id)
        wins[place] = mine.taken(firsts[place]).is_before(theirs)
        winner_hash[place] = np.where(wins[place], winner_hash[place], theirs.row_hash)
        gone = held.filter(pa.array(wins[place]))
        other = theirs.row_hash != mine.row_hash[firsts[place]]
        displaced = held.filter(pa.array(wins[place] & other))
        if gone.num_rows:
            _delete(tx, ledger, gone)
    group = np.cumsum(is_first) - 1
    row_class = np.full(len(order), DUPLICATE, np.int64)
    row_class[order] = np.where(mine.row_hash[order] == winner_hash[group], DUPLICATE, QUARANTINED)
    row_class[firsts[wins]] = ACCEPTED
    _insert(tx, part, row_class == ACCEPTED, shop_id=shop_id, batch_id=batch_id)
    _write_records(tx, events, row_class, batch_id)
    aside = np.flatnonzero(row_class == QUARANTINED)
    numbers = events.column("row_no").to_numpy()[aside].tolist()
    names = events.column("name_raw").take(pa.array(aside)).to_pylist()
    reused = [
        (Fault(row_no, None, REUSED, name), int(mine.row_hash[place]))
        for row_no, name, place in zip(numbers, names, aside.tolist(), strict=True)
    ]
    return MergedEvents(row_class, reused, displaced if displaced is not None and displaced.num_rows else None)


def _versions(events: pa.Table) -> Versions:
    return Versions(
        events.column("event_id").to_numpy(),
        events.column("received_at").cast(pa.int64()).fill_null(_NEVER).to_numpy(),
        events.column("event_at").cast(pa.int64()).to_numpy(),
        events.column("row_hash").to_numpy(),
    )


def _held(tx: Transaction, ledger: Ledger, event_ids: Hashes) -> pa.Table:
    """Return the events with these ids that the ledger holds, with the hash of what each says."""
    ids = tx.stage("event_ids", pa.table({"event_id": pa.array(event_ids)}))
    event, record = ledger.table("event"), ledger.table("raw_record")
    found = event.filter(event.shop_id == THIS_STORE).semi_join(ids, "event_id")
    held = tx.query(found.select("shop_id", "event_id", "received_at", "event_at", "batch_id", "row_no"))
    if not held.num_rows:
        return held
    rows = tx.stage("events_held", held)
    joined = rows.inner_join(record.select("batch_id", "row_no", "row_hash"), ["batch_id", "row_no"])
    return tx.query(joined.order_by("event_id"))


def _delete(tx: Transaction, ledger: Ledger, rows: pa.Table) -> None:
    keys = tx.stage("events_gone", rows.select(["shop_id", "event_id"]))
    for table in (EVENT.name, EVENT_ITEM.name):
        tx.delete(table, keys, on=("shop_id", "event_id"))
    # Visits may have been made of them, on days that this import does not touch.
    stamps = ledger.table("derived_stamp")
    made = stamps.filter((stamps.shop_id == THIS_STORE) & (stamps.subject == SESSIONS))
    tx.delete("derived_stamp", made.select("shop_id", "subject"), on=("shop_id", "subject"))


def _insert(tx: Transaction, part: EventPart, accepted: Mask, *, shop_id: int, batch_id: int) -> None:
    events, items = part.events, part.items
    if events is None or not accepted.any():
        return
    if not accepted.all():
        if items is not None:
            rows = events.column("row_no").to_numpy()[accepted]
            items = items.filter(pa.array(np.isin(items.column("row_no").to_numpy(), rows)))
        events = events.filter(pa.array(accepted))
    for table, rows_in in ((EVENT, events), (EVENT_ITEM, items)):
        if rows_in is not None and rows_in.num_rows:
            names = [name for name in table.column_names if name in rows_in.column_names]
            own = {"shop_id": shop_id, "batch_id": batch_id}
            tx.insert(table.name, _with_constants(rows_in.select(names), own))


def _write_records(tx: Transaction, events: pa.Table, row_class: Ints, batch_id: int) -> None:
    """Write down the class of each event but those kept aside, whose records stand with their reasons."""
    words = pa.array(ROW_CLASS).take(pa.array(row_class))
    records = events.select(["row_no", "row_hash"]).append_column("row_class", words)
    records = records.filter(pa.array(row_class != QUARANTINED))
    if records.num_rows:
        tx.insert("raw_record", _with_constants(records, {"batch_id": batch_id}))


def _with_constants(rows: pa.Table, values: Mapping[str, int]) -> pa.Table:
    for name, value in values.items():
        rows = rows.append_column(name, pa.repeat(pa.scalar(value, pa.int32()), rows.num_rows))
    return rows
