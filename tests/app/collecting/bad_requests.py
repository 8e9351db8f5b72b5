"""115 requests that something is wrong with, each with what it is answered, and what becomes of its events."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.app.collecting.collectors import track

PATH = "/v1/track"


@dataclass(frozen=True, slots=True)
class Case:
    """A request body, or all bytes of a request; its status; the class of its event, or the rule that it breaks."""

    body: bytes
    status: int
    becomes: str | None = None
    headers: Mapping[str, str] | None = None
    is_raw: bool = False
    path: str = PATH


_numbers = count(1)


def _event(**more: Any) -> dict[str, Any]:
    """Return an event with an id of its own."""
    return track(f"case-{next(_numbers)}", **more)


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _ok(becomes: str = "accepted", **more: Any) -> Case:
    return Case(_bytes(_event(**more)), 200, becomes)


def _bad(body: bytes | str) -> Case:
    return Case(body.encode() if isinstance(body, str) else body, 400)


def _text(old: str, new: str, status: int = 400, becomes: str | None = None) -> Case:
    """A good event with one place of its text changed."""
    return Case(_bytes(_event()).decode().replace(old, new, 1).encode("utf-8", "surrogatepass"), status, becomes)


def _properties(becomes: str = "accepted", **more: Any) -> Case:
    return _ok(becomes, properties=more)


def _raw(data: bytes, status: int) -> Case:
    return Case(data, status, is_raw=True)


_DEEP = 10_000
JSON_BODIES: Mapping[str, Case] = {
    "cut off in an object": _bad('{"type":"track","event":"A"'),
    "cut off in a text": _bad('{"type":"tra'),
    "cut off in a number": _bad('{"a":1'),
    "empty": _bad(""),
    "blanks only": _bad(" \n\t "),
    "not a number": _text('"product_id": "p1"', '"price": NaN'),
    "infinity": _text('"product_id": "p1"', '"price": Infinity'),
    "minus infinity": _text('"product_id": "p1"', '"price": -Infinity'),
    "1e400": _text('"product_id": "p1"', '"price": 1e400'),
    "-1e400": _text('"product_id": "p1"', '"price": -1e400'),
    "1e-400": _text('"product_id": "p1"', '"price": 1e-400', 200, "accepted"),
    "a number of 500 digits": _text('"product_id": "p1"', '"price": ' + "9" * 500),
    "10,000 deep": _bad("[" * _DEEP + "]" * _DEEP),
    "10,000 deep in an event": _bad('{"type":"track","properties":' + '{"a":' * _DEEP + "1" + "}" * _DEEP + "}"),
    "100 deep in an event": _properties(a=json.loads("[" * 100 + "]" * 100)),
    "a field twice": _text('"type": "track"', '"type": "track", "type": "page"'),
    "a field twice, deep inside": _text('"product_id": "p1"', '"product_id": "p1", "product_id": "p2"'),
    "half a character, escaped": _text('"p1"', '"\\ud83d"', 200, "accepted"),
    "half a character, as bytes": _bad(b'{"type":"track","event":"\xed\xa0\xbd"}'),
    "a byte order mark": Case(b"\xef\xbb\xbf" + _bytes(_event()), 200, "accepted"),
    "UTF-16": _bad(json.dumps(track(0)).encode("utf-16")),
    "a NUL, escaped, in a text": _text('"Product Viewed"', '"Product\\u0000Viewed"', 200, "accepted"),
    "a NUL, escaped, in an id": _text('"visitor-', '"visitor\\u0000-', 200, "id_control_character"),
    "a NUL, bare": _text("Product Viewed", "Product\x00Viewed"),
    "a line end in a text": _text("Product Viewed", "Product\nViewed"),
    "a text of 10 MB": Case(b'{"type":"track","event":"' + b"x" * 10_000_000 + b'"}', 413),
    "2^63": _properties("quantity_too_large", quantity=2**63, product_id="p"),
    "2^63-1": _properties(quantity=2**63 - 1, product_id="p", becomes="quantity_too_large"),
    "-2^63-1": _properties(quantity=-(2**63) - 1, product_id="p", becomes="quantity_too_large"),
    "a single text": _bad('"text"'),
    "a single number": _bad("7"),
    "null": _bad("null"),
    "a list": _bad("[]"),
    "event is a number": _ok(event=7),
    "event is a list": _ok("wrong_type", event=[1]),
    "an id is an object": _ok("wrong_type", anonymousId={"a": 1}),
    "an id is a number": _ok(anonymousId=123456),
    "properties are a list": _ok("wrong_type", properties=[2]),
    "a price is a word": _properties("not_an_amount", product_id="p", price="dear"),
    "a comma too many": _bad('{"type":"track",}'),
}
_BODY = _bytes(_event())
_HEAD = b"POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer KEY\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_SIZED = _HEAD + b"Content-Length: %d\r\n\r\n" % len(_BODY)
_BOMB = zlib.compress(b" " * 50_000_000, 9)
HTTP: Mapping[str, Case] = {
    "length and chunks": _raw(_HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "two lengths": _raw(_HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
    "a length of -1": _raw(_HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "a length that is a word": _raw(_HEAD + b"Content-Length: many\r\n\r\n", 400),
    "a length of 2 GB": _raw(_HEAD + b"Content-Length: 2000000000\r\n\r\n", 413),
    "a chunk without a size": _raw(_CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", 400),
    "a chunk longer than it says": _raw(_CHUNKED + b"1\r\n{}\r\n0\r\n\r\n", 400),
    "chunks without an end of line": _raw(_CHUNKED + b"1" * 400, 400),
    "a chunk of 2 GB": _raw(_CHUNKED + b"7fffffff\r\n", 413),
    "an unknown transfer coding": _raw(_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
    "chunks, as they should be": Case(
        _CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(_BODY), _BODY), 200, "accepted", is_raw=True
    ),
    "a bomb": Case(_BOMB, 413, headers={"Content-Encoding": "deflate"}),
    "a packing that is none": Case(b"\x1f\x8bnothing", 400, headers={"Content-Encoding": "gzip"}),
    "a packed body that is cut off": Case(gzip.compress(_BODY)[:-9], 400, headers={"Content-Encoding": "gzip"}),
    "an unknown packing": Case(_BODY, 415, headers={"Content-Encoding": "br"}),
    "another character set": Case(
        '{"type":"track","event":"浏览"}'.encode("gbk"), 400, headers={"Content-Type": "application/json; charset=gbk"}
    ),
    "a huge header": _raw(_HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n", 431),
    "200 headers": _raw(_HEAD + b"X: x\r\n" * 200 + b"\r\n", 431),
    "a header without a colon": _raw(_HEAD + b"nothing\r\n\r\n", 400),
    "a header with a blank before its colon": _raw(_HEAD + b"X : 1\r\n\r\n", 400),
    "HTTP/0.9": _raw(b"GET /sa.gif\r\n\r\n", 400),
    "HTTP/2.0 as a text": _raw(b"POST /v1/track HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    "no host": _raw(b"POST /v1/track HTTP/1.1\r\n\r\n", 400),
    "another method": _raw(b"DELETE /v1/track HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
    "a path that is none": _raw(b"POST /v1/../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
}

IDS_AND_TIMES: Mapping[str, Case] = {
    "a reused id with another content": _ok("message_id_reused", messageId="m-first", event="Product Clicked"),
    "a reused id with the same content": Case(_bytes(track("first")), 200, "duplicate"),
    "an empty id": _ok(messageId=""),
    "no id at all": Case(_bytes({k: v for k, v in track("none").items() if k != "messageId"}), 200, "accepted"),
    "an id of 100 KB": _ok("id_too_long", messageId="x" * 100_000),
    "a visitor of 100 KB": _ok("id_too_long", anonymousId="x" * 100_000),
    "a visitor with a line end": _ok("id_control_character", anonymousId="a\nb"),
    "a v1 id": _ok(messageId="6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "a v4 id": _ok(messageId="0b0f8a50-63b1-4d4b-9f2c-0f6a3f9b6a11"),
    "a v7 id": _ok(messageId="018f5a0e-9c1e-7c3a-8f1e-2b3c4d5e6f70"),
    "nobody": Case(_bytes({k: v for k, v in track("nobody").items() if k != "anonymousId"}), 200, "missing_visitor"),
    "an empty visitor": _ok("missing_visitor", anonymousId="", event="Empty"),
    "year 0": _ok(timestamp="0000-01-01T00:00:00Z"),
    "year 9999": _ok(timestamp="9999-12-31T23:59:59Z"),
    "year 1": _ok(timestamp="0001-01-01T00:00:00Z"),
    "10^18": _ok("not_a_date", timestamp=10**18),
    "seconds": _ok("not_a_date", timestamp=1_788_230_400),
    "milliseconds": _ok("not_a_date", timestamp=1_788_230_400_000),
    "a zone": _ok(timestamp="2026-09-01T10:00:00+08:00"),
    "a zone without a colon": _ok(timestamp="2026-09-01T10:00:00+0800"),
    "no zone": _ok(timestamp="2026-09-01T10:00:00"),
    "a leap second": _ok("not_a_date", timestamp="2016-12-31T23:59:60Z"),
    "30 February": _ok("not_a_date", timestamp="2026-02-30T00:00:00Z"),
    "25 o'clock": _ok("not_a_date", timestamp="2026-09-01T25:00:00Z"),
    "no time": Case(_bytes({k: v for k, v in track("no-time").items() if k != "timestamp"}), 200, "accepted"),
}

TEXTS: Mapping[str, Case] = {
    "composed": _ok(event="Caf\u00e9"),
    "decomposed": _ok(event="Cafe\u0301"),
    "right to left override": _ok(event="abc\u202ecba"),
    "zero width": _ok(event="a\u200bb\ufeff"),
    "a family": _ok(event="👨\u200d👩\u200d👧"),
    "full-width digits in an id": _ok(anonymousId="１２３"),
    "a visitor of blanks": _ok("missing_visitor", anonymousId="   ", event="Blank"),
    "GBK bytes": _bad('{"type":"track","event":"浏览商品"}'.encode("gbk")),
    "four bytes": _ok(event="𠮷野家"),
    "confusables": _ok(event="Рroduct Viewed"),
    "a visitor of an emoji": _ok(anonymousId="🛒"),
    "bytes that begin a character and do not end it": _bad(b'{"type":"track","event":"\xe6\xb5"}'),
    "an overlong slash": _bad(b'{"type":"track","event":"\xc0\xaf"}'),
    "a byte that is none": _bad(b'{"type":"track","event":"\xff"}'),
    "half a character at the end": _text("Product Viewed", "Product\\ud83d", 200, "accepted"),
    "second half first": _text("Product Viewed", "\\udc00\\ud83d", 200, "accepted"),
    "a name of 100 KB": _ok(event="长" * 30_000),
    "a name of markup": _ok(event="<script>alert(1)</script>"),
    "a name of a statement": _ok(event="'; DROP TABLE event; --"),
    "a name of a formula": _ok(event="=cmd|' /C calc'!A0"),
    "tabs in a name": _ok(event="a\tb"),
    "escape codes in a name": _ok(event="\x1b[31mred"),
    "a masked visitor": _ok("missing_visitor", anonymousId="138****8000", event="Masked"),
    "an address that is none": _ok(context={"page": {"url": "http://[::1/%%%"}}),
    "an address of a script": _ok(context={"page": {"url": "javascript:alert(1)"}}),
}

CASES: Mapping[str, Case] = {
    f"{group}: {name}": case
    for group, cases in (("JSON", JSON_BODIES), ("HTTP", HTTP), ("id", IDS_AND_TIMES), ("text", TEXTS))
    for name, case in cases.items()
}
