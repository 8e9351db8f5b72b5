"""What every protocol's mapper returns: one set of columns, still in the sender's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.shape import AMOUNT

Ints = npt.NDArray[np.int64]
MOMENT = pa.timestamp("us")

_TEXT = pa.string()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WIRE_COLUMNS: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "name": _TEXT,
        "name_raw": _TEXT,
        "message_id": _TEXT,
        "anon_id": _TEXT,
        "user_id": _TEXT,
        "stated_at": MOMENT,
        "sent_at": MOMENT,
        "received_at": MOMENT,
        "url": _TEXT,
        "referrer": _TEXT,
        "utm_source": _TEXT,
        "utm_medium": _TEXT,
        "utm_campaign": _TEXT,
        "utm_term": _TEXT,
        "utm_content": _TEXT,
        "latest_source": _TEXT,
        "latest_medium": _TEXT,
        "latest_campaign": _TEXT,
        "latest_term": _TEXT,
        "latest_content": _TEXT,
        "user_agent": _TEXT,
        "ip": _TEXT,
        "email": _TEXT,
        "phone": _TEXT,
        "order_id": _TEXT,
        "value": AMOUNT,
        "currency": _TEXT,
        "search_term": _TEXT,
        "promotion_id": _TEXT,
        "list_id": _TEXT,
    }
)
"""Columns of events as their senders state them. Times are UTC; `sent_at` and `received_at` may be unknown. What
`latest_` columns say was so when the visitor last came by a campaign, which need not be this time."""

ITEM_COLUMNS: Mapping[str, pa.DataType] = MappingProxyType(
    {"product_id": _TEXT, "sku_id": _TEXT, "quantity": AMOUNT, "price": AMOUNT}
)
"""Columns of the goods that an event is about."""


@dataclass(frozen=True, slots=True)
class WireEvents:
    """Some events.

    Attributes
    ----------
    columns : mapping of str to Arrow array
        Every one of `WIRE_COLUMNS`.
    items : mapping of str to Arrow array
        Every one of `ITEM_COLUMNS`, goods of one event together.
    item_of : array of int
        Position of the event of each of the goods.
    bad_times : array of bool
        Events whose time is stated and is none.
    """

    columns: Mapping[str, Any]
    items: Mapping[str, Any]
    item_of: Ints
    bad_times: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Items:
    """Goods of events, in any order."""

    columns: Mapping[str, Any]
    of: Ints


def wire_events(
    n_events: int, columns: Mapping[str, Any], items: tuple[Items, ...], bad_times: npt.NDArray[np.bool_] | None = None
) -> WireEvents:
    """Return events with every column, and their goods in the order of the events."""
    filled = {
        name: columns[name] if name in columns else pa.nulls(n_events, type_) for name, type_ in WIRE_COLUMNS.items()
    }
    of = np.concatenate([part.of for part in items]) if items else np.zeros(0, np.int64)
    order = pa.array(np.argsort(of, kind="stable"))
    goods = {
        name: pa.concat_arrays([part.columns.get(name, pa.nulls(len(part.of), type_)) for part in items]).take(order)
        if items
        else pa.nulls(0, type_)
        for name, type_ in ITEM_COLUMNS.items()
    }
    bad = np.zeros(n_events, bool) if bad_times is None else bad_times
    return WireEvents(filled, goods, np.sort(of, kind="stable"), bad)


def field(struct: Any, path: str) -> Any:
    """Return a field of objects, null where an object around it is missing.

    Examples
    --------
    >>> field(pa.array([{"a": {"b": 1}}, {"a": None}]), "a.b").to_pylist()
    [1, None]
    """
    return pc.struct_field(struct, path.split("."))


def first_of(*columns: Any) -> Any:
    """Return the first value that says something of each row; an empty text says nothing."""
    saying = [column for column in columns if column.null_count < len(column)]
    return pc.coalesce(*(said(column) for column in saying)) if saying else columns[0]


def said(column: Any) -> Any:
    """Return a column with empty texts as nothing."""
    if not pa.types.is_string(column.type) or column.null_count == len(column):
        return column
    empty = pc.equal(pc.binary_length(column), 0)
    if not pc.any(empty).as_py():
        return column
    return pc.if_else(empty, pa.scalar(None, column.type), column)


def listed_items(lists: Any, names: Mapping[str, str]) -> Items:
    """Return the goods in lists of objects, one list per event.

    Parameters
    ----------
    lists : Arrow list array
    names : mapping of str to str
        Item column to the field that holds it.
    """
    objects = lists.flatten()
    of = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    columns = {column: said(field(objects, name)) for column, name in names.items()}
    return _saying(Items(columns, of))


def flat_items(columns: Mapping[str, Any], is_about_goods: Any) -> Items:
    """Return the goods of events that name one each, among their own fields."""
    of = np.flatnonzero(is_about_goods.to_numpy(zero_copy_only=False)).astype(np.int64)
    return _saying(Items({name: column.take(pa.array(of)) for name, column in columns.items()}, of))


def _saying(items: Items) -> Items:
    """Leave out goods without any id."""
    ids = [items.columns[name] for name in ("product_id", "sku_id") if name in items.columns]
    has_id = pc.is_valid(pc.coalesce(*ids))
    if pc.all(has_id).as_py() is not False:
        return items
    kept = has_id.to_numpy(zero_copy_only=False)
    return Items({name: column.filter(has_id) for name, column in items.columns.items()}, items.of[kept])


def moments_of_text(column: Any) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Return ISO 8601 times as UTC, and which texts are none.

    A time without a zone is UTC, as the libraries write it.

    Examples
    --------
    >>> moments, bad = moments_of_text(pa.array(["2026-09-01T10:00:00.5+08:00", "soon", None]))
    >>> moments.to_pylist()[0].isoformat(), bad.tolist()
    ('2026-09-01T02:00:00.500000', [False, True, False])
    """
    column = said(column)
    zoned = pa.timestamp("us", "UTC")
    try:
        return column.cast(zoned).cast(MOMENT), np.zeros(len(column), bool)
    except pa.ArrowInvalid:
        pass
    encoded = pc.dictionary_encode(column)
    distinct = [_moment(text) for text in encoded.dictionary.to_pylist()]
    moments = pa.array(distinct, pa.int64()).cast(MOMENT).take(encoded.indices)
    bad = pc.and_(pc.is_valid(column), pc.is_null(moments))
    return moments, bad.to_numpy(zero_copy_only=False)


def _moment(text: str) -> int | None:
    """Return a time in microseconds as columns read it, or in one of the rarer forms of the standard."""
    try:
        # Not by way of a datetime: columns also read the year 0, which none can hold.
        moment: int = pa.scalar(text).cast(pa.timestamp("us", "UTC")).value
    except pa.ArrowInvalid:
        pass
    else:
        return moment
    try:
        found = datetime.fromisoformat(text.strip())
        at = found if found.tzinfo else found.replace(tzinfo=UTC)
        return (at - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None


def moments_of_epoch(column: Any, per_second: int) -> Any:
    """Return epoch times as UTC moments; what no timestamp can hold becomes null.

    Examples
    --------
    >>> moments_of_epoch(pa.array([1788230400123]), 1000).to_pylist()[0].isoformat()
    '2026-09-01T02:40:00.123000'
    """
    unit = 1_000_000 // per_second
    most = 2**62 // unit
    fits = pc.and_(pc.greater(column, -most), pc.less(column, most))
    held = pc.if_else(pc.fill_null(fits, True), column, pa.scalar(None, pa.int64()))
    return pc.multiply(held, pa.scalar(unit, pa.int64())).cast(MOMENT)
