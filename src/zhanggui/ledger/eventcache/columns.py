"""Events of the ledger as sorted columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.eventcache.files import COLUMNS, Columns
from zhanggui.ledger.eventcache.texts import Texts
from zhanggui.ledger.sessions import ARRIVAL, in_order
from zhanggui.ledger.sessions.visits import NO_VISIT, VISIT_KINDS

EVENTS_AT_ONCE = 1_000_000
"""So many are read and sorted at a time, whatever the memory."""

Lists = dict[str, Texts]

_OF_EVENT = {"name": "name", "page": "page_path", "item": "item", "order": "order_id", "term": "search_term"}
_OF_VISIT = ("channel", "device")


def read_events(ledger: Ledger, shop_id: int, first: date, last: date) -> ir.Table:
    """Return what the cache keeps of the events of some days, beside the first item and the visit that each begins."""
    event = ledger.table("event")
    event = event.filter(
        event.shop_id == shop_id,
        event.event_date.between(ibis.literal(first), ibis.literal(last)),
        event.kind.isin(VISIT_KINDS),
        ~event.name.isin(NO_VISIT),
    )
    item, session = ledger.table("event_item"), ledger.table("session")
    item = item.filter(
        item.shop_id == shop_id, item.event_date.between(ibis.literal(first), ibis.literal(last)), item.item_no == 0
    )
    item = item.select("event_id", item=ibis.coalesce(item.sku_id, item.product_id))
    session = session.filter(session.shop_id == shop_id)
    session = session.select("session_id", "channel", "is_bot", visit_device=session.device)
    rows = event.left_join(item, "event_id").left_join(session, event.event_id == session.session_id)
    return rows.select(
        *(event[name] for name in ARRIVAL),
        event.event_at,
        event.event_date,
        event.name,
        event.page_path,
        event.order_id,
        event.search_term,
        rows.item,
        rows.channel,
        rows.is_bot,
        visitor=ibis.coalesce(event.anon_id, event.user_key),
        device=rows.visit_device,
        begins=rows.session_id.notnull(),
    )


def columns_of(rows: pa.Table, lists: Lists) -> tuple[Columns, int]:
    """Return events as sorted columns, and the number of their visits; events of machines are left out.

    Parameters
    ----------
    rows : pyarrow.Table
        As `read_events` asks for them, of whole days.
    lists : dict of str to Texts
        Lists of texts, which grow by those that are new.
    """
    visitor = lists["visitor"].places(rows.column("visitor"))
    at = rows.column("event_at").cast(pa.int64()).to_numpy()
    order = in_order(visitor, at, rows)
    columns: Columns = {"visitor": visitor[order], "at": at[order]}
    columns["day"] = rows.column("event_date").cast(pa.int32()).to_numpy()[order]
    for name, asked in _OF_EVENT.items():
        columns[name] = lists[name].places(rows.column(asked))[order]
    begins = rows.column("begins").to_numpy(zero_copy_only=False).astype(bool)[order]
    # What stands before the first visit of a visitor belongs to one that began on another day.
    begins[1:] |= columns["visitor"][1:] != columns["visitor"][:-1]
    begins[:1] = True
    visit = (np.cumsum(begins) - 1).astype(np.int32)
    starts = np.flatnonzero(begins)
    for name in _OF_VISIT:
        columns[name] = lists[name].places(rows.column(name))[order][starts][visit] if visit.size else visit
    is_bot = rows.column("is_bot").fill_null(False).to_numpy(zero_copy_only=False).astype(bool)[order]
    kept = ~is_bot[starts][visit] if visit.size else np.zeros(0, bool)
    columns["visit"] = visit
    columns = {name: columns[name][kept] for name in COLUMNS}
    _, renumbered = np.unique(columns["visit"], return_inverse=True)
    columns["visit"] = renumbered.astype(np.int32)
    return columns, int(renumbered.max(initial=-1)) + 1


def joined(parts: Sequence[tuple[Columns, int]]) -> tuple[Columns, int]:
    """Return several parts, each later than the one before, as one: linear in the number of events."""
    if len(parts) == 1:
        return parts[0]
    visitor = np.concatenate([columns["visitor"] for columns, _ in parts])
    offsets = np.cumsum([0, *(n_visits for _, n_visits in parts)])
    order = grouped(visitor)
    found: Columns = {"visitor": visitor[order]}
    for name in COLUMNS:
        if name == "visit":
            moved = [columns[name] + np.int32(offset) for (columns, _), offset in zip(parts, offsets[:-1], strict=True)]
            # Visits of a visitor stand in order of time, as those of the parts do.
            found[name] = np.concatenate(moved)[order]
        elif name != "visitor":
            found[name] = np.concatenate([columns[name] for columns, _ in parts])[order]
    return found, int(offsets[-1])


def grouped(who: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the order that puts equal numbers together, the smallest first, and leaves the order of equal ones.

    Examples
    --------
    >>> grouped(np.array([2, 0, 2, 1], np.int32)).tolist()
    [1, 3, 0, 2]
    """
    return _grouped(who, int(who.max(initial=-1)) + 1)


@njit(cache=True)
def _grouped(who: npt.NDArray[np.int32], n: int) -> npt.NDArray[np.int64]:
    place = np.zeros(n + 1, np.int64)
    for i in range(who.size):
        place[who[i] + 1] += 1
    for k in range(n):
        place[k + 1] += place[k]
    order = np.empty(who.size, np.int64)
    for i in range(who.size):
        order[place[who[i]]] = i
        place[who[i]] += 1
    return order
