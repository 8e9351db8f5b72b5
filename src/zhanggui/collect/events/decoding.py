"""神策 bodies as they travel: ``data=`` or ``data_list=``, URL-encoded Base64 of JSON, packed with gzip or not."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import parse_qs

LARGEST_INFLATED_BYTES = 8 << 20
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def decoded(text: str) -> str | None:
    """Return the JSON text that a form body or query string carries; None where it carries none.

    Parameters
    ----------
    text : str
        The body of a POST, the query string of a GET, or the Base64 text alone.

    Notes
    -----
    Where the query string names a check sum (``ext=crc=…``), it must hold; a body that was cut on its way has none
    that does.

    Examples
    --------
    >>> decoded('data=eyJldmVudCI6ICJTZWFyY2gifQ%3D%3D')
    '{"event": "Search"}'
    """
    form = parse_qs(text.partition("?")[2] or text, strict_parsing=False) if "=" in text else {}
    packed = next((form[name][0] for name in ("data_list", "data") if name in form), None)
    if packed is None:
        packed = text
    # A plus sign of Base64 that was not URL-encoded arrives as a blank.
    packed = packed.replace(" ", "+")
    check = form.get("ext", [""])[0].partition("crc=")[2]
    if check and check != str(crc(packed)):
        return None
    try:
        data = base64.b64decode(packed, validate=True)
        if data.startswith(_GZIP):
            data = _inflated(data)
        return data.decode().strip()
    except (ValueError, zlib.error):
        return None


def _inflated(data: bytes) -> bytes:
    machine = zlib.decompressobj(_GZIP_WINDOW)
    inflated = machine.decompress(data, LARGEST_INFLATED_BYTES)
    if machine.unconsumed_tail or not machine.eof:
        raise zlib.error("cut off, or larger than any body")
    return inflated


def crc(text: str) -> int:
    """Return the check sum of the browser library: that of a string in Java, 32 bits with a sign.

    Examples
    --------
    >>> crc("abc"), crc("zzzzzz")
    (96354, -685785664)
    """
    total = 0
    for sign in text:
        total = (total * 31 + ord(sign)) & 0xFFFFFFFF
    return total - (1 << 32) if total >= 1 << 31 else total
