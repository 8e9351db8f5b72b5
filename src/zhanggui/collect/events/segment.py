"""Segment: ``/v1/batch``, ``/v1/track`` and its kin; the ecommerce names of version 2 of their specification."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.envelope import Envelope
from zhanggui.collect.events.names import canonical
from zhanggui.collect.events.parsing import Parsed
from zhanggui.collect.events.shape import Leaf, ListOf, Shape
from zhanggui.collect.events.wire_events import (
    Items,
    WireEvents,
    field,
    first_of,
    flat_items,
    listed_items,
    moments_of_text,
    said,
    wire_events,
)

_PRODUCT: Mapping[str, Shape] = {
    "product_id": Leaf.ID,
    "sku": Leaf.ID,
    "price": Leaf.AMOUNT,
    "quantity": Leaf.AMOUNT,
}
_ITEM = MappingProxyType({"product_id": "product_id", "sku_id": "sku", "quantity": "quantity", "price": "price"})
_EVENT: Mapping[str, Shape] = {
    "type": Leaf.ID,
    "event": Leaf.ID,
    "name": Leaf.TEXT,
    "messageId": Leaf.ID,
    "anonymousId": Leaf.ID,
    "userId": Leaf.ID,
    "timestamp": Leaf.ID,
    "originalTimestamp": Leaf.TEXT,
    "sentAt": Leaf.TEXT,
    "receivedAt": Leaf.TEXT,
    "context": {
        "userAgent": Leaf.TEXT,
        "ip": Leaf.TEXT,
        "page": {"url": Leaf.TEXT, "referrer": Leaf.TEXT},
        "campaign": {
            "source": Leaf.TEXT,
            "medium": Leaf.TEXT,
            "name": Leaf.TEXT,
            "term": Leaf.TEXT,
            "content": Leaf.TEXT,
        },
        "traits": {"email": Leaf.TEXT, "phone": Leaf.TEXT},
    },
    "traits": {"email": Leaf.TEXT, "phone": Leaf.TEXT},
    "properties": {
        **_PRODUCT,
        "products": ListOf(_PRODUCT),
        "order_id": Leaf.ID,
        "revenue": Leaf.AMOUNT,
        "total": Leaf.AMOUNT,
        "value": Leaf.AMOUNT,
        "currency": Leaf.TEXT,
        "query": Leaf.TEXT,
        "list_id": Leaf.TEXT,
        "promotion_id": Leaf.TEXT,
        "url": Leaf.TEXT,
        "referrer": Leaf.TEXT,
    },
}
ENVELOPE = Envelope(
    events="batch",
    event=_EVENT,
    body={"sentAt": Leaf.TEXT, "received_at": Leaf.TEXT, "ip": Leaf.TEXT, "user_agent": Leaf.TEXT},
    single=("type", "event"),
)


def mapped(parsed: Parsed, names: Mapping[str, str]) -> WireEvents:
    """Return the events of Segment bodies.

    Parameters
    ----------
    parsed : Parsed
    names : mapping of str to str
        Sender's name to canonical name.
    """
    events, bodies = parsed.events, parsed.bodies.take(pa.array(parsed.body_of))
    # Without a type, a body that names an event came by /v1/track.
    type_ = pc.fill_null(said(field(events, "type")), "track")
    stated, bad = moments_of_text(field(events, "timestamp"))
    received, _ = moments_of_text(first_of(field(bodies, "received_at"), field(events, "receivedAt")))
    properties, context = field(events, "properties"), field(events, "context")
    key = pc.if_else(
        pc.equal(type_, "track"), said(field(events, "event")), pc.binary_join_element_wise("", type_, ":")
    )
    columns = {
        "name": canonical(key, names),
        "name_raw": first_of(field(events, "event"), field(events, "name"), type_),
        "message_id": said(field(events, "messageId")),
        "anon_id": said(field(events, "anonymousId")),
        "user_id": said(field(events, "userId")),
        "stated_at": stated,
        "sent_at": _sent(events, bodies),
        "received_at": received,
        "url": first_of(field(context, "page.url"), field(properties, "url")),
        "referrer": first_of(field(context, "page.referrer"), field(properties, "referrer")),
        "utm_source": said(field(context, "campaign.source")),
        "utm_medium": said(field(context, "campaign.medium")),
        "utm_campaign": said(field(context, "campaign.name")),
        "utm_term": said(field(context, "campaign.term")),
        "utm_content": said(field(context, "campaign.content")),
        "user_agent": first_of(field(context, "userAgent"), field(bodies, "user_agent")),
        "ip": first_of(field(context, "ip"), field(bodies, "ip")),
        "email": first_of(field(events, "traits.email"), field(context, "traits.email")),
        "phone": first_of(field(events, "traits.phone"), field(context, "traits.phone")),
        "order_id": said(field(properties, "order_id")),
        "value": first_of(*(field(properties, name) for name in ("revenue", "total", "value"))),
        "currency": said(field(properties, "currency")),
        "search_term": said(field(properties, "query")),
        "promotion_id": said(field(properties, "promotion_id")),
        "list_id": said(field(properties, "list_id")),
    }
    return wire_events(len(events), columns, _items(properties), bad)


def _sent(events: Any, bodies: Any) -> Any:
    """Return when each event was sent; nothing where its time was set right before, as in Segment's archives."""
    sent, _ = moments_of_text(first_of(field(events, "sentAt"), field(bodies, "sentAt")))
    was_corrected = pc.is_valid(field(events, "originalTimestamp"))
    return pc.if_else(was_corrected, pa.scalar(None, sent.type), sent)


def _items(properties: Any) -> tuple[Items, ...]:
    lists = field(properties, "products")
    has_list = pc.greater(pc.fill_null(pc.list_value_length(lists), 0), 0)
    flat = {name: said(field(properties, source)) for name, source in _ITEM.items()}
    has_own = pc.is_valid(pc.coalesce(flat["product_id"], flat["sku_id"]))
    return listed_items(lists, _ITEM), flat_items(flat, pc.and_(has_own, pc.invert(has_list)))
