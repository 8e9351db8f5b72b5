"""HTTP/1.1 of requests, strictly: what two readers could read differently is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from zhanggui.collect.events.intake import MOST_BODY_BYTES, Answer, RefusedError

MOST_HEAD_BYTES = 64 << 10
MOST_LINE_BYTES = 32 << 10
MOST_FIELDS = 100
_LONGEST_CHUNK_LINE = 256

_LINE = re.compile(rb"([A-Z]{1,16}) (\S+) HTTP/(\d)\.(\d)")
_FIELD_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LENGTH = re.compile(rb"\d{1,12}")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})(?:;[\t\x20-\x7e]*)?")
_REASONS = {200: "OK", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}


@dataclass(slots=True)
class Head:
    """The head of a request.

    Attributes
    ----------
    length : int or None
        Of the body; None where it comes in chunks.
    stays : bool
        The connection is used again.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    length: int | None
    stays: bool
    expects: bool


@dataclass(slots=True)
class Chunks:
    """The body of a request that comes in chunks."""

    parts: list[bytes] = field(default_factory=list)
    n_bytes: int = 0
    left: int = 0
    is_in_chunk: bool = False
    is_trailing: bool = False

    def feed(self, data: bytearray) -> bool:
        """Take chunks off `data`; return whether the body is whole.

        Raises
        ------
        RefusedError
            They are no chunks, or too many.
        """
        while True:
            if self.is_in_chunk:
                if not self._take_chunk(data):
                    return False
                continue
            end = data.find(b"\r\n")
            if end < 0 or end > _LONGEST_CHUNK_LINE:
                if len(data) > _LONGEST_CHUNK_LINE:
                    raise RefusedError("bad_request", "a chunk has no size")
                return False
            line = bytes(data[:end])
            del data[: end + 2]
            if self.is_trailing:
                if not line:
                    return True
                continue
            self._begin_chunk(line)

    def _begin_chunk(self, line: bytes) -> None:
        found = _CHUNK.fullmatch(line)
        if found is None:
            raise RefusedError("bad_request", "a chunk has no size")
        self.left = int(found[1], 16)
        if self.n_bytes + self.left > MOST_BODY_BYTES:
            raise RefusedError("body_too_large")
        self.is_trailing = not self.left
        self.is_in_chunk = not self.is_trailing

    def _take_chunk(self, data: bytearray) -> bool:
        """Take what has come of a chunk; return whether it is whole."""
        piece = bytes(data[: self.left])
        del data[: len(piece)]
        self.left -= len(piece)
        self.n_bytes += len(piece)
        self.parts.append(piece)
        if self.left or len(data) < 2:
            return False
        if data[:2] != b"\r\n":
            raise RefusedError("bad_request", "a chunk is longer than it says")
        del data[:2]
        self.is_in_chunk = False
        return True


def head_of(data: bytes) -> Head:
    """Return the head of a request from its bytes, without the empty line behind it.

    Raises
    ------
    RefusedError
        It is none, or not to be told apart from another.
    """
    first, *lines = data.split(b"\r\n")
    found = _LINE.fullmatch(first)
    if found is None:
        raise RefusedError("bad_request", "no request line")
    if found[3] != b"1":
        raise RefusedError("http_version")
    if len(first) > MOST_LINE_BYTES:
        raise RefusedError("address_too_long")
    fields = _fields(lines)
    is_old = found[4] == b"0"
    if not is_old and "host" not in fields:
        raise RefusedError("bad_request", "no host")
    path, _, query = found[2].decode("latin-1").partition("?")
    connection = fields.get("connection", "").lower()
    return Head(
        found[1].decode(),
        unquote(path) if "%" in path else path,
        query,
        fields,
        _length(fields, is_old=is_old),
        "close" not in connection and (not is_old or "keep-alive" in connection),
        fields.get("expect", "").lower() == "100-continue",
    )


def answered(answer: Answer, *, stays: bool, is_head: bool = False) -> bytes:
    """Return an answer as bytes."""
    lines = [
        f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '-')}",
        f"Connection: {'keep-alive' if stays else 'close'}",
        "X-Content-Type-Options: nosniff",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    if answer.status != 204:
        lines += [f"Content-Type: {answer.content_type}", f"Content-Length: {len(answer.body)}"]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    return head if is_head or answer.status == 204 else head + answer.body


def _fields(lines: list[bytes]) -> dict[str, str]:
    if len(lines) > MOST_FIELDS:
        raise RefusedError("head_too_large")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        value = value.strip(b" \t")
        if not colon or not _FIELD_NAME.fullmatch(name) or not _FIELD_VALUE.fullmatch(value):
            raise RefusedError("bad_request", "no header")
        key = name.decode().lower()
        text = value.decode("latin-1")
        if key in fields and key in (
            "content-length",
            "transfer-encoding",
            "host",
            "authorization",
            "content-encoding",
        ):
            raise RefusedError("bad_request", f"{key} is said twice")
        fields[key] = text
    return fields


def _length(fields: Mapping[str, str], *, is_old: bool) -> int | None:
    coding, length = fields.get("transfer-encoding"), fields.get("content-length")
    if coding is not None:
        if length is not None or is_old or coding.lower() != "chunked":
            raise RefusedError("bad_request", "the length of the body is not certain")
        return None
    if length is None:
        return 0
    if not _LENGTH.fullmatch(length.encode("latin-1")):
        raise RefusedError("bad_request", "content-length is no number")
    if int(length) > MOST_BODY_BYTES:
        raise RefusedError("body_too_large")
    return int(length)
