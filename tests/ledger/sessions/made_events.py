"""Events written straight into a ledger, to make visits of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from zhanggui.ledger.engine import Ledger, arrow_schema
from zhanggui.ledger.schema.event_tables import EVENT, SESSION
from zhanggui.settings import Settings

START = datetime(2026, 9, 1, tzinfo=UTC).replace(tzinfo=None)
SETTINGS = Settings()


def event(minute: float = 0, **more: Any) -> dict[str, Any]:
    """Return an event so many minutes after midnight, of one visitor, on one page."""
    at = START + timedelta(minutes=minute)
    return {
        "shop_id": 1,
        "event_at": at,
        "event_date": at.date(),
        "event_hour": at.hour,
        "clock": "stated",
        "source": "segment",
        "kind": "behaviour",
        "name": "page_view",
        "anon_id": "a",
        "page_host": "s.example",
        "page_path": "/",
        "n_items": 0,
        "row_hash": 0,
        "batch_id": 1,
        "row_no": 1,
        "line_no": 1,
        "place": 0,
        **more,
    }


def put(ledger: Ledger, events: Sequence[dict[str, Any]], *, batch_id: int = 1) -> None:
    """Write events of an import; each gets the next number as its id, unless it has one."""
    held = len(ledger.query(ledger.table("event")))
    rows = [{"event_id": held + n + 1, **one, "batch_id": batch_id} for n, one in enumerate(events)]
    batch = {
        "batch_id": batch_id,
        "shop_id": 1,
        "platform": "own_site",
        "dataset": "events",
        "format_id": "events.segment",
        "file_name": "a.jsonl",
        "sha256": "",
        "header_signature": "",
        **dict.fromkeys(("accepted", "duplicate", "superseded", "quarantined", "rejected", "received", "non_data"), 0),
    }
    with ledger.transaction() as tx:
        tx.insert("event", pa.Table.from_pylist(rows, schema=arrow_schema(EVENT)))
        tx.insert("source_batch", pa.Table.from_pylist([batch]))


def sessions(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the visits of a ledger, first things first."""
    table = ledger.table("session")
    rows = table.select(*SESSION.column_names).order_by(["started_at", "session_id"])
    found: list[dict[str, Any]] = ledger.query(rows).to_pylist()
    return found
