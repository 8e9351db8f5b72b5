"""From what senders state to what the ledger holds: times set right, addresses taken apart, people as tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.agents import Agents
from zhanggui.collect.events.clocks import Times, corrected
from zhanggui.collect.events.names import kinds
from zhanggui.collect.events.pages import Pages
from zhanggui.collect.events.wire_events import MOMENT, WireEvents
from zhanggui.collect.reading.values import from_utc
from zhanggui.ledger.privacy import Tokenizer
from zhanggui.ledger.privacy.tokens import TOKEN_BYTES, TOKEN_PREFIX
from zhanggui.ledger.schema.event_tables import CAMPAIGN_COLUMNS, EVENT_CLOCK
from zhanggui.money import CURRENCY_EXPONENTS, currency_exponent

Mask = npt.NDArray[np.bool_]

_LONGEST_ID = 200
_LONGEST_NAME = 100
_MOST_MINOR = 10**17
_QUANTITY = pa.decimal128(18, 3)
_MOST_UNITS = 10**9
_IDS = ("message_id", "anon_id", "user_id", "order_id")
_TOKEN = f"^{TOKEN_PREFIX}[0-9a-f]{{{2 * TOKEN_BYTES}}}$"
_NO_CONTROL = r"[\x00-\x1e\x7f]"


@dataclass(frozen=True, slots=True)
class EventFault:
    """An event that cannot be taken as it is: its position, the rule it breaks, and the column at fault."""

    position: int
    rule: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class TypedEvents:
    """Some events as the ledger holds them.

    Attributes
    ----------
    columns : mapping of str to Arrow array
        Columns of the table ``event``, and ``message_id`` as the sender gives it.
    items : mapping of str to Arrow array
        Columns of the table ``event_item``.
    item_of : array of int
        Position of the event of each of the goods.
    has_fault : array of bool
    faults : list of EventFault
        One per event with a fault.
    """

    columns: Mapping[str, Any]
    items: Mapping[str, Any]
    item_of: npt.NDArray[np.int64]
    has_fault: Mask
    faults: list[EventFault]


class EventTyper:
    """Types the events of one store.

    Parameters
    ----------
    source : str
        Protocol that they came by.
    shop_id : int
        The store's number: equal ids of two stores are two people until evidence says otherwise.
    timezone, currency : str
        The store's.
    tokenizer : Tokenizer
        Turns ids of people and devices into keyed tokens.
    """

    def __init__(self, source: str, *, shop_id: int, timezone: str, currency: str, tokenizer: Tokenizer) -> None:
        self._source = source
        self._prefix = f"{shop_id}-"
        self._timezone = timezone
        self._currency = currency
        self._tokenizer = tokenizer
        self._pages = Pages()
        self._agents = Agents()

    def typed(self, wire: WireEvents) -> TypedEvents:
        """Return the events of `wire`, those with a fault marked."""
        said = dict(wire.columns)
        work = _Faults(len(said["name"]))
        times = corrected(said["stated_at"], said["sent_at"], said["received_at"])
        work.flag(wire.bad_times, "not_a_date", "event_at")
        work.flag(~times.is_known, "missing_event_time", "event_at")
        work.flag(times.is_out_of_range, "date_out_of_range", "event_at", said["stated_at"])
        _check_texts(said, work)
        currency, exponents = self._currencies(said["currency"], work)
        columns = {
            "message_id": said["message_id"],
            **self._when(times, said),
            "source": _constant(self._source, work.n_events),
            "kind": kinds(said["name"]),
            "name": said["name"],
            "name_raw": said["name_raw"],
            **self._who(said),
            **self._where(said),
            "search_term": self._pages.terms(said["search_term"]),
            "order_id": said["order_id"],
            "value_minor": _minor(said["value"], exponents, work, "value"),
            "currency": currency,
            "promotion_id": said["promotion_id"],
            "list_id": said["list_id"],
            "n_items": pa.array(np.bincount(wire.item_of, minlength=work.n_events).astype(np.int32)),
        }
        items = self._items(wire, columns, exponents, work)
        return TypedEvents(columns, items, wire.item_of, work.has_fault, work.faults())

    def _when(self, times: Times, said: Mapping[str, Any]) -> dict[str, Any]:
        at = pa.array(times.event_at).cast(MOMENT)
        local = from_utc(at, self._timezone)
        was_corrected = pa.array(times.clock != 0)
        return {
            "event_at": at,
            "event_date": local.cast(pa.date32()),
            "event_hour": pc.hour(local).cast(pa.int32()),
            "clock": pa.array(EVENT_CLOCK).take(pa.array(times.clock)),
            "stated_at": pc.if_else(was_corrected, said["stated_at"], pa.scalar(None, MOMENT)),
            "received_at": said["received_at"],
        }

    def _who(self, said: Mapping[str, Any]) -> dict[str, Any]:
        tokens = self._tokens
        return {
            "anon_id": tokens(said["anon_id"], "device"),
            # The domain of buyers: whoever orders under the same id is the same person.
            "user_key": pc.binary_join_element_wise(self._prefix, tokens(said["user_id"], "buyer"), ""),
            "email_token": tokens(said["email"], "email"),
            "phone_token": tokens(said["phone"], "phone"),
            "ip_prefix": self._agents.networks(said["ip"]),
            **self._agents.agents(said["user_agent"]),
        }

    def _tokens(self, values: Any, domain: str) -> Any:
        """Return tokens; what was made one when it was received stays one."""
        made = pc.fill_null(pc.match_substring_regex(values, _TOKEN), False)
        if not pc.any(made).as_py():
            return self._tokenizer.tokens(values, domain)
        return pc.if_else(made, values, self._tokenizer.tokens(values, domain))

    def _where(self, said: Mapping[str, Any]) -> dict[str, Any]:
        page = self._pages.pages(said["url"])
        # The tags of one campaign stand together: what an event says itself, else its address, else the last known.
        own = [said[name] for name in CAMPAIGN_COLUMNS]
        address = [page[name] for name in CAMPAIGN_COLUMNS]
        latest = [said[name.replace("utm_", "latest_")] for name in CAMPAIGN_COLUMNS]
        has_own, has_address = pc.is_valid(pc.coalesce(*own)), pc.is_valid(pc.coalesce(*address))
        for place, name in enumerate(CAMPAIGN_COLUMNS):
            other = pc.if_else(has_address, address[place], latest[place])
            page[name] = pc.utf8_slice_codeunits(pc.if_else(has_own, own[place], other), 0, _LONGEST_ID)
        return {**page, **self._pages.referrers(said["referrer"])}

    def _currencies(self, stated: Any, work: _Faults) -> tuple[Any, npt.NDArray[np.int64]]:
        """Return the currency of each event, the store's where it names none, and its number of decimals."""
        encoded = pc.dictionary_encode(pc.fill_null(pc.utf8_upper(stated), self._currency))
        words = encoded.dictionary.to_pylist()
        digits = np.array([CURRENCY_EXPONENTS.get(word, -1) for word in words], np.int64)
        exponents = digits[encoded.indices.to_numpy()] if words else np.zeros(0, np.int64)
        work.flag(exponents < 0, "currency_not_usable", "currency", stated)
        return encoded.cast(pa.string()), np.where(exponents < 0, currency_exponent(self._currency), exponents)

    def _items(
        self, wire: WireEvents, columns: Mapping[str, Any], exponents: npt.NDArray[np.int64], work: _Faults
    ) -> dict[str, Any]:
        of = pa.array(wire.item_of)
        goods = _Faults(len(wire.item_of))
        price = _minor(wire.items["price"], exponents[wire.item_of], goods, "price")
        quantity = wire.items["quantity"]
        is_unusual = pc.fill_null(pc.greater(pc.abs(quantity), _MOST_UNITS), False).to_numpy(zero_copy_only=False)
        goods.flag(is_unusual, "quantity_too_large", "quantity", quantity)
        for name in ("product_id", "sku_id"):
            goods.flag(_is_odd_text(wire.items[name]), "id_control_character", name, wire.items[name])
        work.take_from(goods, wire.item_of)
        held = pc.if_else(pa.array(is_unusual), pa.scalar(None, quantity.type), quantity)
        first = np.searchsorted(wire.item_of, wire.item_of)
        return {
            "item_no": pa.array((np.arange(len(first)) - first).astype(np.int32)),
            **{name: columns[name].take(of) for name in ("event_date", "name")},
            "product_id": wire.items["product_id"],
            "sku_id": wire.items["sku_id"],
            "quantity": pc.round(held, 3, "half_towards_infinity").cast(_QUANTITY, safe=False),
            "price_minor": price,
            "currency": columns["currency"].take(of),
        }


class _Faults:
    """The first fault of each event."""

    def __init__(self, n_events: int) -> None:
        self.n_events = n_events
        self.has_fault = np.zeros(n_events, bool)
        self._found: dict[int, EventFault] = {}

    def flag(self, rows: Mask, rule: str, column: str, values: Any | None = None) -> None:
        """Mark rows as faulty by one rule."""
        if not rows.any():
            return
        for position in np.flatnonzero(rows & ~self.has_fault).tolist():
            value = None if values is None else values[position].as_py()
            self._found[position] = EventFault(
                position, rule, column, "" if value is None else str(value)[:_LONGEST_ID]
            )
        self.has_fault |= rows

    def take_from(self, goods: _Faults, of: npt.NDArray[np.int64]) -> None:
        """Mark events whose goods are faulty."""
        for fault in goods.faults():
            position = int(of[fault.position])
            if not self.has_fault[position]:
                self._found[position] = EventFault(position, fault.rule, fault.column, fault.value)
                self.has_fault[position] = True

    def faults(self) -> list[EventFault]:
        """Return the faults in the order of the events."""
        return [self._found[position] for position in sorted(self._found)]


def _check_texts(said: dict[str, Any], work: _Faults) -> None:
    """Flag ids that are too long or hold what no id holds, and events without a name or without anybody."""
    work.flag(_is_null(said["name"]), "missing_event_name", "name")
    nobody = _is_null(pc.coalesce(said["anon_id"], said["user_id"]))
    work.flag(nobody, "missing_visitor", "anon_id")
    for name in _IDS:
        work.flag(_is_odd_text(said[name]), "id_control_character", name, said[name])
        is_long = pc.fill_null(pc.greater(pc.binary_length(said[name]), _LONGEST_ID), False)
        work.flag(is_long.to_numpy(zero_copy_only=False), "id_too_long", name, said[name])
    for name in ("name_raw", "promotion_id", "list_id"):
        said[name] = pc.utf8_slice_codeunits(said[name], 0, _LONGEST_NAME)


def _is_null(column: Any) -> Mask:
    found: Mask = pc.is_null(column).to_numpy(zero_copy_only=False)
    return found


def _is_odd_text(column: Any) -> Mask:
    if column.null_count == len(column):
        return np.zeros(len(column), bool)
    found: Mask = pc.fill_null(pc.match_substring_regex(column, _NO_CONTROL), False).to_numpy(zero_copy_only=False)
    return found


def _minor(amounts: Any, exponents: npt.NDArray[np.int64], work: _Faults, column: str) -> Any:
    """Return amounts as whole minor units, rounded half up; what is beyond all money is a fault."""
    if amounts.null_count == len(amounts):
        return pa.nulls(len(amounts), pa.int64())
    result = pa.nulls(len(amounts), pa.int64())
    for exponent in np.unique(exponents).tolist():
        most = 10 ** (17 - exponent)
        is_large = pc.fill_null(pc.greater_equal(pc.abs(amounts), most), False)
        here = exponents == exponent
        work.flag(is_large.to_numpy(zero_copy_only=False) & here, "amount_too_large", column, amounts)
        fitting = pc.if_else(is_large, pa.scalar(None, amounts.type), amounts)
        rounded = pc.round(fitting, exponent, "half_towards_infinity").cast(pa.decimal128(20, max(exponent, 0)))
        # Without its point, a decimal number is its minor units.
        minor = rounded.view(pa.decimal128(20, 0)).cast(pa.int64())
        result = pc.if_else(pa.array(here), minor, result)
    return result


def _constant(value: str, n_rows: int) -> Any:
    return pa.array([value]).take(pa.array(np.zeros(n_rows, np.int64)))
