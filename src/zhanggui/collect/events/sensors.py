"""神策 (Sensors Analytics): what ``data`` and ``data_list`` hold once they are decoded, of browser, app and server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
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
    moments_of_epoch,
    moments_of_text,
    said,
    wire_events,
)

_DEVICES = (
    "$identity_cookie_id",
    "$identity_anonymous_id",
    "$identity_mp_id",
    "$identity_idfv",
    "$identity_android_id",
)
_LATEST = ("source", "medium", "campaign", "term", "content")
_AGAIN = {
    "product_id": ("product_id", "commodity_id", "goods_id", "item_id"),
    "sku_id": ("sku", "sku_id"),
    "quantity": ("quantity", "product_quantity", "commodity_quantity", "goods_num"),
    "price": ("price", "present_price", "product_price", "sale_price"),
}
"""Item column to the properties that projects give it, best first: 神策 prescribes none."""
_LISTS = {"product_id": "product_ids", "sku_id": "skus", "quantity": "quantities", "price": "prices"}
_ORDER_IDS = ("order_id", "orderId", "order_no")
_AMOUNTS = ("order_actual_amount", "order_amount", "pay_amount", "total_price_of_commodity", "amount")
_WORDS = ("key_word", "keyword", "search_keyword", "search_key", "$search_keyword")

_PROPERTIES: Mapping[str, Shape] = {
    "$is_login_id": Leaf.TRUTH,
    "$url": Leaf.TEXT,
    "$url_path": Leaf.TEXT,
    "$referrer": Leaf.TEXT,
    "$ip": Leaf.TEXT,
    "$user_agent": Leaf.TEXT,
    **{f"$latest_utm_{name}": Leaf.TEXT for name in _LATEST},
    **{f"$utm_{name}": Leaf.TEXT for name in _LATEST},
    **{name: Leaf.ID for column in ("product_id", "sku_id") for name in _AGAIN[column]},
    **{name: Leaf.AMOUNT for column in ("quantity", "price") for name in _AGAIN[column]},
    **{name: ListOf(Leaf.ID if column in ("product_id", "sku_id") else Leaf.AMOUNT) for column, name in _LISTS.items()},
    **dict.fromkeys(_ORDER_IDS, Leaf.ID),
    **dict.fromkeys(_AMOUNTS, Leaf.AMOUNT),
    **dict.fromkeys(_WORDS, Leaf.TEXT),
    "currency": Leaf.TEXT,
    "list_id": Leaf.TEXT,
    "banner_id": Leaf.TEXT,
    "email": Leaf.TEXT,
    "phone": Leaf.TEXT,
}
_EVENT: Mapping[str, Shape] = {
    "type": Leaf.ID,
    "event": Leaf.ID,
    "time": Leaf.WHOLE,
    "distinct_id": Leaf.ID,
    "original_id": Leaf.ID,
    "login_id": Leaf.ID,
    "anonymous_id": Leaf.ID,
    "identities": {
        "$identity_login_id": Leaf.ID,
        **dict.fromkeys(_DEVICES, Leaf.ID),
        "$identity_email": Leaf.TEXT,
        "$identity_mobile": Leaf.TEXT,
    },
    "properties": _PROPERTIES,
    "_track_id": Leaf.WHOLE,
    "_flush_time": Leaf.WHOLE,
}
ENVELOPE = Envelope(
    events="data_list",
    event=_EVENT,
    body={"received_at": Leaf.TEXT, "ip": Leaf.TEXT, "user_agent": Leaf.TEXT},
    single=("distinct_id", "event"),
)


def mapped(parsed: Parsed, names: Mapping[str, str]) -> WireEvents:
    """Return the events of 神策 bodies.

    Parameters
    ----------
    parsed : Parsed
    names : mapping of str to str
        Sender's name to canonical name.
    """
    events, bodies = parsed.events, parsed.bodies.take(pa.array(parsed.body_of))
    received, _ = moments_of_text(field(bodies, "received_at"))
    properties = field(events, "properties")
    type_ = pc.fill_null(said(field(events, "type")), "track")
    name_raw = _named(type_, said(field(events, "event")))
    anon, user = _who(events, properties)
    columns = {
        "name": canonical(name_raw, names),
        "name_raw": name_raw,
        "message_id": _message_ids(events),
        "anon_id": anon,
        "user_id": user,
        "stated_at": moments_of_epoch(field(events, "time"), 1000),
        "sent_at": moments_of_epoch(field(events, "_flush_time"), 1000),
        "received_at": received,
        "url": first_of(field(properties, "$url"), field(properties, "$url_path")),
        "referrer": said(field(properties, "$referrer")),
        "user_agent": first_of(field(properties, "$user_agent"), field(bodies, "user_agent")),
        "ip": first_of(field(properties, "$ip"), field(bodies, "ip")),
        "email": first_of(field(events, "identities.$identity_email"), field(properties, "email")),
        "phone": first_of(field(events, "identities.$identity_mobile"), field(properties, "phone")),
        "order_id": first_of(*(field(properties, name) for name in _ORDER_IDS)),
        "value": first_of(*(field(properties, name) for name in _AMOUNTS)),
        "currency": said(field(properties, "currency")),
        "search_term": first_of(*(field(properties, name) for name in _WORDS)),
        "promotion_id": said(field(properties, "banner_id")),
        "list_id": said(field(properties, "list_id")),
    }
    for name in _LATEST:
        columns[f"utm_{name}"] = said(field(properties, f"$utm_{name}"))
        columns[f"latest_{name}"] = said(field(properties, f"$latest_utm_{name}"))
    return wire_events(len(events), columns, _items(properties))


def _named(type_: Any, event: Any) -> Any:
    """Return the name of each event; calls about people and goods have none and go by their type."""
    is_named = pc.is_in(type_, pa.array(["track", "track_signup", "track_id_bind", "track_id_unbind"]))
    group = pc.replace_substring_regex(type_, "^(profile|item)_.*$", r"\1")
    return pc.if_else(pc.and_(is_named, pc.is_valid(event)), event, pc.binary_join_element_wise("", group, ":"))


def _who(events: Any, properties: Any) -> tuple[Any, Any]:
    """Return device and account: the distinct id is the one or the other, as the event says."""
    distinct = said(field(events, "distinct_id"))
    nobody = pa.scalar(None, pa.string())
    is_login = pc.fill_null(field(properties, "$is_login_id"), False)
    # Signing up, the distinct id becomes the account, and the id of before is named beside it.
    signs = pc.equal(pc.fill_null(field(events, "type"), ""), "track_signup")
    is_account = pc.or_(is_login, signs)
    user = first_of(
        field(events, "identities.$identity_login_id"),
        field(events, "login_id"),
        pc.if_else(is_account, distinct, nobody),
    )
    original = pc.if_else(signs, said(field(events, "original_id")), nobody)
    devices = [field(events, f"identities.{name}") for name in _DEVICES]
    own = pc.if_else(pc.or_(is_account, pc.fill_null(pc.equal(distinct, user), False)), nobody, distinct)
    return first_of(*devices, field(events, "anonymous_id"), original, own), user


def _message_ids(events: Any) -> Any:
    """Return what tells events apart: the library's own number, with whose and when; null where it gives none."""
    parts = [field(events, "distinct_id"), field(events, "event"), field(events, "type")]
    numbers = [field(events, name).cast(pa.string()) for name in ("time", "_track_id")]
    texts = [pc.fill_null(part, "") for part in (*parts, numbers[0])]
    joined = pc.binary_join_element_wise(*texts, pc.fill_null(numbers[1], ""), "\x1f")
    return pc.if_else(pc.is_valid(numbers[1]), joined, pa.scalar(None, pa.string()))


def _items(properties: Any) -> tuple[Items, ...]:
    flat = {column: first_of(*(field(properties, name) for name in names)) for column, names in _AGAIN.items()}
    has_own = pc.is_valid(pc.coalesce(flat["product_id"], flat["sku_id"]))
    return flat_items(flat, has_own), _listed(properties)


def _listed(properties: Any) -> Items:
    """Return goods that stand in lists of ids, of quantities and of prices beside each other."""
    lists = {column: field(properties, name) for column, name in _LISTS.items()}
    has_ids = pc.or_(pc.is_valid(lists["product_id"]), pc.is_valid(lists["sku_id"]))
    rows = np.flatnonzero(has_ids.to_numpy(zero_copy_only=False)).astype(np.int64)
    goods: dict[str, list[Any]] = {column: [] for column in _LISTS}
    of: list[int] = []
    chosen = {column: one.take(pa.array(rows)).to_pylist() for column, one in lists.items()}
    for place, row in enumerate(rows.tolist()):
        ids = chosen["product_id"][place] or chosen["sku_id"][place] or []
        of += [row] * len(ids)
        for column, values in chosen.items():
            stated = values[place] or []
            # A list of another length belongs to nothing certain.
            goods[column] += stated if len(stated) == len(ids) else [None] * len(ids)
    columns = {column: pa.array(values, lists[column].type.value_type) for column, values in goods.items()}
    return Items(columns, np.array(of, np.int64))
