"""Lines of a file of bodies that are damaged, odd or hostile, each with what must become of it."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.collect.events.made_bodies import Event, form_body, ga4, ga4_body, segment, segment_body, sensors, text


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line beside a good one.

    Attributes
    ----------
    protocol : str
        That of the file.
    line : bytes
    n_good : int
        Events of the line that are in afterwards.
    aside : tuple of str
        Rules by which events of it are in quarantine, in order.
    rejected : str or None
        Rule by which the line can be no line of the file.
    """

    protocol: str
    line: bytes
    n_good: int = 0
    aside: tuple[str, ...] = ()
    rejected: str | None = None


def _seg(*rules: str, good: int = 0, **fields: Any) -> BadLine:
    return BadLine("segment", segment_body(segment(**{"id": "bad", **fields})).encode(), good, rules)


def _raw(line: str | bytes, *rules: str, good: int = 0, protocol: str = "segment") -> BadLine:
    return BadLine(protocol, line if isinstance(line, bytes) else line.encode(), good, rules)


def _event(**fields: Any) -> Event:
    return segment(**{"id": "bad", **fields})


_BODY = segment_body(_event())
_PLAIN = text(_event())
_DATA = b64encode(text(sensors(track_id=2)).encode()).decode()
_CUT = form_body([sensors(track_id=2)], is_packed=True)[:-30] + "&gzip=1"
_BOMB = b64encode(gzip.compress(b" " * (64 << 20))).decode()

JSON_BODIES = {
    "cut off": _raw(_BODY[:-9], "bad_json"),
    "cut off within a character": BadLine("segment", _BODY.replace("k", "键").encode()[:-3], rejected="bad_encoding"),
    "two bodies in a line": _raw(_BODY + _BODY, "bad_json"),
    "a scalar": _raw("42", "not_a_body"),
    "null": _raw("null", "not_a_body"),
    "an empty object": _raw("{}", "not_a_body"),
    "an empty array": _raw("[]", good=0, protocol="sensors"),
    "a list of events that is none": _raw('{"batch": {"event": "x"}}', "wrong_type"),
    "a list of events that is text": _raw('{"batch": "[]"}', "wrong_type"),
    "no events at all": _raw('{"batch": []}'),
    "an event that is a number": _raw('{"batch": [7]}', "not_an_event"),
    "an event that is null": _raw('{"batch": [null]}', "not_an_event"),
    "an event that is a list": _raw('{"batch": [[]]}', "not_an_event"),
    "NaN in an amount": _raw(_BODY.replace('"properties": {}', '"properties": {"total": NaN}'), "not_an_amount"),
    "Infinity in an amount": _raw(
        _BODY.replace('"properties": {}', '"properties": {"total": -Infinity}'), "not_an_amount"
    ),
    "NaN where nobody reads": _raw(_BODY.replace('"properties": {}', '"properties": {"x": NaN}'), good=1),
    "an amount beyond all numbers": _raw(
        _BODY.replace('"properties": {}', '"properties": {"total": 1e400}'), "not_an_amount"
    ),
    "an amount beyond all money": _seg("amount_too_large", properties={"total": 10**18}),
    "half a character": _raw(_BODY.replace("visitor-1", "\\ud800"), "wrong_type"),
    "half a character where nobody reads": _raw(
        _BODY.replace('"properties": {}', '"properties": {"x": "\\ud800"}'), good=1
    ),
    "a field said twice": _raw(_PLAIN[:-1] + ', "messageId": "other"}', "repeated_field"),
    "an unread field said twice": _raw(_PLAIN[:-1] + ', "x": 1, "x": 2}', good=1),
    "events said twice": _raw('{"batch": [], "batch": []}', "repeated_field"),
    "a byte order mark": _raw("\ufeff" + _BODY, good=1),
    "blanks around it": _raw("  \t" + _BODY + " \r", good=1),
    "a comment": _raw(_BODY + " // sent", "bad_json"),
    "single quotes": _raw("{'batch': []}", "bad_json"),
    "a trailing comma": _raw(_BODY[:-1] + ",}", "bad_json"),
    "bytes of GB18030": BadLine(
        "segment", _BODY.replace("visitor-1", "访客").encode("gb18030"), rejected="bad_encoding"
    ),
    "a NUL byte": _raw(_BODY.replace("visitor-1", "a\0b"), "bad_json"),
    "deep lists where nobody reads": _raw(_PLAIN[:-1] + ', "x": ' + "[" * 9_000 + "]" * 9_000 + "}", good=1),
    "deep lists without an end": _raw(_PLAIN[:-1] + ', "x": ' + "[" * 9_000, "too_deep"),
    "more than any body holds": BadLine(
        "segment", b'{"batch": ["' + b"x" * (9 << 20) + b'"]}', rejected="cell_too_long"
    ),
    "more events than any body holds": _raw(json.dumps({"batch": [1] * 10_001}), "too_many_events"),
}
"""JSON itself."""

FIELDS = {
    "no time": _seg("missing_event_time", timestamp=None),
    "a time that is none": _seg("not_a_date", timestamp="yesterday"),
    "30 February": _seg("not_a_date", timestamp="2026-02-30T00:00:00Z"),
    "a time as a number": _seg("not_a_date", timestamp=1788230400000),
    "the year 9999": _seg("date_out_of_range", timestamp="9999-12-31T00:00:00Z"),
    "the year 1970": _seg("date_out_of_range", timestamp="1970-01-01T00:00:00Z"),
    "a time without a zone": _seg(good=1, timestamp="2026-09-01 02:40:00"),
    "a time with nine digits of a second": _seg(good=1, timestamp="2026-09-01T02:40:00.123456789Z"),
    "a time of another zone": _seg(good=1, timestamp="2026-09-01T10:40:00+0800"),
    "nobody": _seg("missing_visitor", anonymousId=None),
    "an empty visitor": _seg("missing_visitor", anonymousId=""),
    "a visitor that is an object": _seg("wrong_type", anonymousId={"id": 1}),
    "a visitor that is a number": _seg(good=1, anonymousId=123456789012345678901),
    "no name": _seg("missing_event_name", event=None, type="track"),
    "an id of a megabyte": _seg("id_too_long", id="x" * (1 << 20)),
    "a control character in an id": _seg("id_control_character", id="a\u0007b"),
    "no id": _seg(good=1, id=None),
    "an order id that is a list": _seg("wrong_type", properties={"order_id": ["1"]}),
    "an amount in words": _seg("not_an_amount", properties={"total": "九十九"}),
    "an amount with a thousands separator": _seg("not_an_amount", properties={"total": "1,000"}),
    "an amount that is true": _seg("not_an_amount", properties={"total": True}),
    "an empty amount": _seg(good=1, properties={"total": ""}),
    "a currency that nobody has": _seg("currency_not_usable", properties={"total": 1, "currency": "XYZ"}),
    "products that are an object": _seg("wrong_type", properties={"products": {"product_id": "1"}}),
    "a product without an id": _seg(good=1, properties={"products": [{"price": 1}]}),
    "units that nobody sells": _seg("quantity_too_large", properties={"product_id": "1", "quantity": 10**10}),
    "properties that are a list": _seg("wrong_type", properties=[1]),
    "a browser that is a number": _seg(good=1, context={"userAgent": 7, "page": {"url": ["x"]}}),
    "an address that is none": _seg(good=1, context={"page": {"url": "http://[::1", "referrer": "%%%"}}),
    "an address of a megabyte": _seg(good=1, context={"page": {"url": "https://s.example/" + "p" * (1 << 20)}}),
}
"""Fields of an event."""

OTHERS = {
    "a form without data": _raw("gzip=1&token=x", "bad_json", protocol="sensors"),
    "Base64 that is cut off": _raw(f"data={quote(_DATA[:-3])}", "bad_json", protocol="sensors"),
    "a check sum that does not hold": _raw(f"data={quote(_DATA)}&ext=crc%3D1", "bad_json", protocol="sensors"),
    "gzip that is cut off": _raw(_CUT, "bad_json", protocol="sensors"),
    "gzip that unpacks to more than any body": _raw(f"data_list={quote(_BOMB)}&gzip=1", "bad_json", protocol="sensors"),
    "a time in words": _raw(text([sensors(time="now", track_id=2)]), "not_a_count", protocol="sensors"),
    "a time in seconds": _raw(text([sensors(time=1788230400, track_id=2)]), "date_out_of_range", protocol="sensors"),
    "a time of 10^18": _raw(text([sensors(time=10**18, track_id=2)]), "missing_event_time", protocol="sensors"),
    "half a millisecond": _raw(text([sensors(time=1788230400000.5, track_id=2)]), "not_a_count", protocol="sensors"),
    "no client": _raw(text({"events": [ga4("search")]}), "missing_visitor", protocol="ga4"),
    "a client that is a list": _raw(ga4_body(ga4("search"), client_id=[1]), "wrong_type", protocol="ga4"),
    "no time anywhere": _raw(ga4_body(ga4("search", at=None)), "missing_event_time", protocol="ga4"),
    "an event without a name": _raw(
        ga4_body({"params": {}}, timestamp_micros=1_788_230_400_000_000), "missing_event_name", protocol="ga4"
    ),
}
"""What only one of the other protocols can get wrong."""

ALL = {**JSON_BODIES, **FIELDS, **OTHERS}
GOOD = {
    "segment": segment_body(segment(id="good")),
    "sensors": text([sensors(track_id=1)]),
    "ga4": ga4_body(ga4("page_view")),
}
