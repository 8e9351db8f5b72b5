"""The protocols by name: how their bodies are told from others, parsed and mapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhanggui.collect.events import ga4, native, segment, sensors
from zhanggui.collect.events.bodies import Bodies
from zhanggui.collect.events.careful import parsed_json
from zhanggui.collect.events.envelope import Envelope
from zhanggui.collect.events.names import GA4_NAMES, NATIVE_NAMES, SEGMENT_NAMES, SENSORS_NAMES, own_names
from zhanggui.collect.events.parsing import Parsed
from zhanggui.collect.events.wire_events import WireEvents

FORMAT_PREFIX = "events."
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Protocol:
    """How the bodies of one protocol are read.

    Attributes
    ----------
    name : str
        As in the column ``source`` of the events.
    title_zh, title_en : str
        What a person reads.
    envelope : Envelope
    mapped : callable
        Takes parsed bodies and the names, returns their events.
    names : mapping of str to str
        Sender's name to canonical name, where a shop says nothing else.
    time_field, id_field : str
        Where the time and the identity of an event stand, for messages.
    has_places : bool
        An event without an id of its own is told from another by its place in the body.
    marks : tuple of tuple of str
        A body that has all fields of one of these is of this protocol.
    """

    name: str
    title_zh: str
    title_en: str
    envelope: Envelope
    mapped: Callable[[Parsed, Mapping[str, str]], WireEvents]
    names: Mapping[str, str]
    time_field: str
    id_field: str
    has_places: bool
    marks: tuple[tuple[str, ...], ...]

    @property
    def format_id(self) -> str:
        """Name of the format of its files."""
        return f"{FORMAT_PREFIX}{self.name}"


_ALL = (
    Protocol(
        name="segment",
        title_zh="Segment 事件",
        title_en="Segment events",
        envelope=segment.ENVELOPE,
        mapped=segment.mapped,
        names=SEGMENT_NAMES,
        time_field="timestamp",
        id_field="anonymousId",
        has_places=False,
        marks=(("batch",), ("messageId", "type"), ("event", "anonymousId"), ("event", "userId")),
    ),
    Protocol(
        name="sensors",
        title_zh="神策事件",
        title_en="Sensors Analytics events",
        envelope=sensors.ENVELOPE,
        mapped=sensors.mapped,
        names=SENSORS_NAMES,
        time_field="time",
        id_field="distinct_id",
        has_places=False,
        marks=(("data_list",), ("distinct_id", "type")),
    ),
    Protocol(
        name="ga4",
        title_zh="GA4 Measurement Protocol 事件",
        title_en="GA4 Measurement Protocol events",
        envelope=ga4.ENVELOPE,
        mapped=ga4.mapped,
        names=GA4_NAMES,
        time_field="timestamp_micros",
        id_field="client_id",
        has_places=True,
        marks=(("client_id", "events"), ("app_instance_id", "events")),
    ),
    Protocol(
        name="native",
        title_zh="掌柜事件",
        title_en="Zhanggui events",
        envelope=native.ENVELOPE,
        mapped=native.mapped,
        names=NATIVE_NAMES,
        time_field="at",
        id_field="visitor",
        has_places=False,
        marks=(("visitor", "events"), ("customer", "events"), ("sent_at", "events")),
    ),
)
_EVENT_FIELDS = frozenset({"distinct_id", "event", "type"})
PROTOCOLS: Mapping[str, Protocol] = MappingProxyType({protocol.name: protocol for protocol in _ALL})
"""Every protocol by name, in the order in which bodies are held against them."""


def protocol_by_format(format_id: str) -> Protocol:
    """Return the protocol of a format; raises KeyError where it is none of events."""
    return PROTOCOLS[format_id.removeprefix(FORMAT_PREFIX)]


def names_of(protocol: Protocol, shop_dir: Path) -> Mapping[str, str]:
    """Return what each sender's name means in a shop: as the shop says, else as the protocol's own list does."""
    return {**protocol.names, **own_names(shop_dir, protocol.name)}


def protocol_of(bodies: Bodies) -> Protocol | None:
    """Return the protocol of at least half of the first bodies; None where there is none.

    Examples
    --------
    >>> from zhanggui.collect.events.bodies import bodies_of
    >>> found = protocol_of(bodies_of(['{"client_id": "1.2", "events": []}']))
    >>> found.name if found else None
    'ga4'
    """
    votes = [protocol_of_body(text) for text in bodies.texts.slice(0, _LOOKED_AT).to_pylist()]
    known = [vote for vote in votes if vote is not None]
    # A table of orders in JSONL may hold an odd line; a file of bodies may as well.
    if not known or len(known) * 2 < len(votes):
        return None
    counted = Counter(one.name for one in known)
    return PROTOCOLS[counted.most_common(1)[0][0]]


def protocol_of_body(text: str) -> Protocol | None:
    """Return the protocol of one body by its fields; None where it is of none."""
    try:
        value = parsed_json(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or _is_other_list(value.get("data_list")):
        return None
    return next((one for one in _ALL if any(_has_all(value, mark) for mark in one.marks)), None)


def _is_other_list(data_list: object) -> bool:
    """Whether a list holds things that no event is, as a list of orders does."""
    return isinstance(data_list, list) and bool(data_list) and not any(map(_tells_of_an_event, data_list[:_LOOKED_AT]))


def _tells_of_an_event(value: object) -> bool:
    return isinstance(value, dict) and not _EVENT_FIELDS.isdisjoint(value)


def _has_all(value: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(value.get(name) is not None for name in names)
