"""Our own format, ``POST /collect``: what the page snippet sends and what anybody may send who uses no library."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

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

_ITEM = MappingProxyType({"product_id": "product_id", "sku_id": "sku_id", "quantity": "quantity", "price": "price"})
_EVENT: Mapping[str, Shape] = {
    "name": Leaf.ID,
    "id": Leaf.ID,
    "at": Leaf.WHOLE,
    "visitor": Leaf.ID,
    "customer": Leaf.ID,
    "url": Leaf.TEXT,
    "referrer": Leaf.TEXT,
    "email": Leaf.TEXT,
    "phone": Leaf.TEXT,
    "search_term": Leaf.TEXT,
    "order_id": Leaf.ID,
    "value": Leaf.AMOUNT,
    "currency": Leaf.TEXT,
    "promotion_id": Leaf.TEXT,
    "list_id": Leaf.TEXT,
    "items": ListOf(
        {"product_id": Leaf.ID, "sku_id": Leaf.ID, "price": Leaf.AMOUNT, "quantity": Leaf.AMOUNT},
    ),
}
ENVELOPE = Envelope(
    events="events",
    event=_EVENT,
    body={
        "sent_at": Leaf.WHOLE,
        "visitor": Leaf.ID,
        "customer": Leaf.ID,
        "received_at": Leaf.TEXT,
        "ip": Leaf.TEXT,
        "user_agent": Leaf.TEXT,
    },
)


def mapped(parsed: Parsed, names: Mapping[str, str]) -> WireEvents:
    """Return the events of bodies of our own format.

    Parameters
    ----------
    parsed : Parsed
    names : mapping of str to str
        Sender's name to canonical name.
    """
    events, bodies = parsed.events, parsed.bodies.take(pa.array(parsed.body_of))
    received, _ = moments_of_text(field(bodies, "received_at"))
    name_raw = said(field(events, "name"))
    email, phone = (said(field(events, name)) for name in ("email", "phone"))
    columns = {
        "name": canonical(name_raw, names),
        "name_raw": name_raw,
        "message_id": said(field(events, "id")),
        "anon_id": first_of(field(events, "visitor"), field(bodies, "visitor")),
        "user_id": first_of(field(events, "customer"), field(bodies, "customer")),
        "stated_at": moments_of_epoch(field(events, "at"), 1000),
        "sent_at": moments_of_epoch(field(bodies, "sent_at"), 1000),
        "received_at": received,
        "user_agent": said(field(bodies, "user_agent")),
        "ip": said(field(bodies, "ip")),
        "email": email,
        "phone": phone,
        "value": field(events, "value"),
    }
    columns |= {
        name: said(field(events, name))
        for name in ("url", "referrer", "search_term", "order_id", "currency", "promotion_id", "list_id")
    }
    return wire_events(len(events), columns, (listed_items(field(events, "items"), _ITEM),))
