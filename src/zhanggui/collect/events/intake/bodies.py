"""From the bytes of a body to its JSON value, strictly and in bounded memory."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any
from urllib.parse import unquote_to_bytes

from zhanggui.collect.events.decoding import crc
from zhanggui.collect.events.intake.requests import RefusedError

MOST_BODY_BYTES = 1 << 20
MOST_INFLATED_BYTES = 4 << 20
_GZIP = b"\x1f\x8b"
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_BOM = b"\xef\xbb\xbf"
_LONGEST_NUMBER = 400


def unpacked(body: bytes, encoding: str) -> bytes:
    """Return a body as it was before it was packed for its way.

    Raises
    ------
    RefusedError
        The packing is unknown or damaged, or what comes out is too large.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        # Some senders pack without saying so.
        return inflated(body, "gzip") if body.startswith(_GZIP) else body
    if encoding not in _WINDOWS:
        raise RefusedError("packing_unknown")
    return inflated(body, encoding)


def inflated(data: bytes, encoding: str) -> bytes:
    """Return what a packed text holds, as far as any body goes."""
    machine = zlib.decompressobj(_WINDOWS[encoding])
    try:
        found = machine.decompress(data, MOST_INFLATED_BYTES + 1)
    except zlib.error:
        raise RefusedError("bad_packing") from None
    if len(found) > MOST_INFLATED_BYTES:
        raise RefusedError("body_too_large")
    if not machine.eof or machine.unused_data:
        raise RefusedError("bad_packing")
    return found


def json_of(data: bytes) -> Any:
    """Return the JSON value of a body.

    Raises
    ------
    RefusedError
        It is none, or one that two readers could read differently.
    """
    try:
        text = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        raise RefusedError("bad_encoding") from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_integer)
    except RecursionError:
        raise RefusedError("too_deep") from None
    except ValueError:
        raise RefusedError("bad_json") from None


def line_of(value: Any) -> bytes:
    """Return a JSON value as one line for the log; halves of characters become question marks.

    Raises
    ------
    RefusedError
        A number is beyond all numbers.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        raise RefusedError("number_out_of_range") from None
    except RecursionError:
        raise RefusedError("too_deep") from None
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def form_of(data: bytes) -> dict[str, str]:
    """Return the fields of a form or query string; a field that is said twice counts the first time.

    Raises
    ------
    RefusedError
        It is no text.
    """
    fields: dict[str, str] = {}
    for part in data.split(b"&"):
        name, is_said, value = part.partition(b"=")
        if is_said:
            try:
                fields.setdefault(unquote_to_bytes(name).decode(), unquote_to_bytes(value.replace(b"+", b" ")).decode())
            except UnicodeDecodeError:
                raise RefusedError("bad_encoding") from None
    return fields


def carried(fields: dict[str, str]) -> bytes:
    """Return the JSON text that a 神策 form carries in Base64, packed or not.

    Raises
    ------
    RefusedError
        There is none, its check sum does not hold, or it is damaged.
    """
    packed = fields.get("data_list") or fields.get("data")
    if not packed:
        raise RefusedError("bad_form")
    # A plus sign of Base64 that was not URL-encoded arrives as a blank.
    packed = packed.replace(" ", "+")
    check = fields.get("ext", "").partition("crc=")[2]
    if check and check != str(crc(packed)):
        raise RefusedError("bad_check_sum")
    try:
        data = base64.b64decode(packed, validate=True)
    except ValueError:
        raise RefusedError("bad_form") from None
    return inflated(data, "gzip") if data.startswith(_GZIP) else data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError("repeated_field")
    return found


def _no_number(text: str) -> Any:
    raise RefusedError("number_out_of_range")


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise RefusedError("number_out_of_range")
    return int(text)
