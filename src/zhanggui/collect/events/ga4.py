"""GA4: bodies of the Measurement Protocol, up to 25 events of one client each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.envelope import Envelope
from zhanggui.collect.events.names import canonical
from zhanggui.collect.events.parsing import Parsed
from zhanggui.collect.events.shape import Leaf, ListOf, Shape
from zhanggui.collect.events.wire_events import (
    WireEvents,
    field,
    first_of,
    listed_items,
    moments_of_epoch,
    moments_of_text,
    said,
    wire_events,
)

_ITEM = MappingProxyType({"product_id": "item_group_id", "sku_id": "item_id", "quantity": "quantity", "price": "price"})
_EVENT: Mapping[str, Shape] = {
    "name": Leaf.ID,
    "timestamp_micros": Leaf.WHOLE,
    "params": {
        "page_location": Leaf.TEXT,
        "page_referrer": Leaf.TEXT,
        "source": Leaf.TEXT,
        "medium": Leaf.TEXT,
        "campaign": Leaf.TEXT,
        "term": Leaf.TEXT,
        "content": Leaf.TEXT,
        "search_term": Leaf.TEXT,
        "transaction_id": Leaf.ID,
        "value": Leaf.AMOUNT,
        "currency": Leaf.TEXT,
        "promotion_id": Leaf.TEXT,
        "item_list_id": Leaf.TEXT,
        "items": ListOf({"item_id": Leaf.ID, "item_group_id": Leaf.ID, "price": Leaf.AMOUNT, "quantity": Leaf.AMOUNT}),
    },
}
ENVELOPE = Envelope(
    events="events",
    event=_EVENT,
    body={
        "client_id": Leaf.ID,
        "app_instance_id": Leaf.ID,
        "user_id": Leaf.ID,
        "timestamp_micros": Leaf.WHOLE,
        "received_at": Leaf.TEXT,
        "ip_override": Leaf.TEXT,
        "ip": Leaf.TEXT,
        "user_agent": Leaf.TEXT,
    },
)


def mapped(parsed: Parsed, names: Mapping[str, str]) -> WireEvents:
    """Return the events of GA4 bodies.

    Parameters
    ----------
    parsed : Parsed
    names : mapping of str to str
        Sender's name to canonical name.
    """
    events, bodies = parsed.events, parsed.bodies.take(pa.array(parsed.body_of))
    received, _ = moments_of_text(field(bodies, "received_at"))
    params = field(events, "params")
    micros = pc.coalesce(field(events, "timestamp_micros"), field(bodies, "timestamp_micros"))
    name_raw = said(field(events, "name"))
    columns = {
        "name": canonical(name_raw, names),
        "name_raw": name_raw,
        "anon_id": first_of(field(bodies, "client_id"), field(bodies, "app_instance_id")),
        "user_id": said(field(bodies, "user_id")),
        "stated_at": moments_of_epoch(micros, 1_000_000),
        "received_at": received,
        "url": said(field(params, "page_location")),
        "referrer": said(field(params, "page_referrer")),
        "user_agent": said(field(bodies, "user_agent")),
        "ip": first_of(field(bodies, "ip_override"), field(bodies, "ip")),
        "order_id": said(field(params, "transaction_id")),
        "value": field(params, "value"),
        "currency": said(field(params, "currency")),
        "search_term": said(field(params, "search_term")),
        "promotion_id": said(field(params, "promotion_id")),
        "list_id": said(field(params, "item_list_id")),
    }
    columns |= {
        f"utm_{name}": said(field(params, name)) for name in ("source", "medium", "campaign", "term", "content")
    }
    return wire_events(len(events), columns, (listed_items(field(params, "items"), _ITEM),))
