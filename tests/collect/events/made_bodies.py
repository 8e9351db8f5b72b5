"""Bodies as the three libraries send them, and what the mappers make of bodies."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from zhanggui.collect.events import PROTOCOLS, EventTyper, Parser, bodies_of
from zhanggui.ledger.privacy import ShopKey, Tokenizer

Event = dict[str, Any]

MOMENT = 1_788_230_400_000
"""2026-09-01T02:40:00Z in milliseconds."""
KEY = ShopKey(bytes(range(32)))


def text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def segment(name: str = "Product Viewed", *, id: object = "m1", **more: Any) -> Event:
    """Return a track call of one visitor."""
    return {
        "type": "track",
        "event": name,
        "messageId": id,
        "anonymousId": "visitor-1",
        "timestamp": "2026-09-01T02:40:00.000Z",
        "properties": {},
        **more,
    }


def segment_body(*events: Event, **more: Any) -> str:
    return text({"batch": list(events), "sentAt": "2026-09-01T02:40:01.000Z", "writeKey": "k", **more})


def sensors(name: str = "ViewProduct", *, track_id: int | None = 1, **more: Any) -> Event:
    """Return an event of one visitor's browser."""
    own = {} if track_id is None else {"_track_id": track_id}
    return {
        "distinct_id": "visitor-1",
        "identities": {"$identity_cookie_id": "visitor-1"},
        "type": "track",
        "event": name,
        "time": MOMENT,
        "properties": {},
        **own,
        **more,
    }


def form_body(value: Any, *, is_packed: bool = False) -> str:
    """Return what a 神策 library posts."""
    data = text(value).encode()
    packed = base64.b64encode(gzip.compress(data) if is_packed else data).decode()
    name = "data_list" if isinstance(value, list) else "data"
    return f"{name}={quote(packed, safe='')}" + ("&gzip=1" if is_packed else "")


def ga4(name: str = "view_item", *, at: int | None = MOMENT * 1000, **params: Any) -> Event:
    return {"name": name, **({} if at is None else {"timestamp_micros": at}), "params": params}


def ga4_body(*events: Event, **more: Any) -> str:
    return text({"client_id": "1.2", "events": list(events), **more})


def mapped(protocol: str, bodies: Sequence[str]) -> list[Event]:
    """Return the events of bodies as their sender states them, with their goods under ``items``."""
    found = []
    chosen = PROTOCOLS[protocol]
    for _, parsed in Parser(chosen.envelope).parsed(bodies_of(list(bodies))):
        wire = chosen.mapped(parsed, chosen.names)
        rows: list[Event] = [{} for _ in range(len(parsed.events))]
        for name, column in wire.columns.items():
            for row, value in zip(rows, column.to_pylist(), strict=True):
                row[name] = value
        for row in rows:
            row["items"] = []
        goods = {name: column.to_pylist() for name, column in wire.items.items()}
        for place, event in enumerate(wire.item_of.tolist()):
            rows[event]["items"].append({name: values[place] for name, values in goods.items()})
        found += rows
    return found


def said(row: Mapping[str, Any]) -> Event:
    """Return what a row says, without what it is silent about."""
    return {name: value for name, value in row.items() if value not in (None, [])}


def typed(
    protocol: str, bodies: Sequence[str], *, timezone: str = "Asia/Shanghai", currency: str = "CNY"
) -> list[Event]:
    """Return the good events of bodies as the ledger holds them."""
    chosen = PROTOCOLS[protocol]
    typer = EventTyper(protocol, shop_id=7, timezone=timezone, currency="CNY", tokenizer=Tokenizer(KEY))
    found = []
    for _, parsed in Parser(chosen.envelope).parsed(bodies_of(list(bodies))):
        made = typer.typed(chosen.mapped(parsed, chosen.names))
        columns = {name: column.to_pylist() for name, column in made.columns.items()}
        goods = {name: column.to_pylist() for name, column in made.items.items()}
        for place in range(len(parsed.events)):
            if made.has_fault[place]:
                continue
            row = {name: values[place] for name, values in columns.items()}
            mine = [n for n, event in enumerate(made.item_of.tolist()) if event == place]
            row["items"] = [{name: values[n] for name, values in goods.items()} for n in mine]
            found.append(row)
    return found


def faults(protocol: str, bodies: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return rule and field of everything in bodies that cannot be taken, bodies first."""
    chosen = PROTOCOLS[protocol]
    typer = EventTyper(protocol, shop_id=7, timezone="UTC", currency="CNY", tokenizer=Tokenizer(KEY))
    found: list[tuple[str, str | None]] = []
    for _, parsed in Parser(chosen.envelope).parsed(bodies_of(list(bodies))):
        found += [(one.rule, one.path) for one in parsed.misfits]
        found += [(one.rule, one.column) for one in typer.typed(chosen.mapped(parsed, chosen.names)).faults]
    return found
