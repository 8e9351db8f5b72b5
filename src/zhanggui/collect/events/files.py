"""Files of request bodies: known by what the first bodies say, never by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from zhanggui.collect.events.bodies import LONGEST_BODY_BYTES, read_bodies
from zhanggui.collect.events.protocols import PROTOCOLS, Protocol, protocol_of
from zhanggui.collect.reading import Limits
from zhanggui.collect.reading.archive import gzip_opener

_HEAD = 128 << 10
_GZIP = b"\x1f\x8b"
_FORMS = (b"data=", b"data_list=", b"gzip=", b"ext=", b"crc=")


@dataclass(frozen=True, slots=True)
class EventFile:
    """A file of request bodies.

    Attributes
    ----------
    name : str
    protocol : Protocol
        That of most of its first bodies.
    opener : callable
        Returns its bytes, unpacked, at their start.
    """

    name: str
    protocol: Protocol
    opener: Callable[[], BinaryIO]


def event_file(stream: BinaryIO, name: str, *, limits: Limits, protocol: str | None = None) -> EventFile | None:
    """Return a file as one of request bodies; None where it is of another kind.

    Parameters
    ----------
    stream : binary stream
        The file; seekable.
    name : str
        For messages.
    limits : Limits
        For packed files.
    protocol : str, optional
        Its protocol, where an earlier import has told it.

    Raises
    ------
    ReadingError
        A packed file is cut off, or a bomb.
    """
    opener = _opener(stream, name, limits)
    head = _head(opener())
    if protocol is None and not _may_be_bodies(head):
        return None
    opener = _whole_document(opener, head) or opener
    if protocol is None:
        first = opener if len(head) < _HEAD else lambda: BytesIO(head)
        told = protocol_of(next(read_bodies(first)))
    else:
        told = PROTOCOLS[protocol]
    return None if told is None else EventFile(name, told, opener)


def _head(stream: BinaryIO) -> bytes:
    """Return the first lines of a file, the last of them whole where there is a whole one."""
    head = stream.read(_HEAD)
    while len(head) >= _HEAD and b"\n" not in head and len(head) <= LONGEST_BODY_BYTES:
        more = stream.read(_HEAD)
        head += more
        if not more:
            break
    return head[: head.rfind(b"\n") + 1] if len(head) >= _HEAD and b"\n" in head else head


def _opener(stream: BinaryIO, name: str, limits: Limits) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        stream.seek(0)
        return stream

    is_packed = opener().read(2) == _GZIP
    return gzip_opener(opener, name, limits) if is_packed else opener


def _may_be_bodies(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    # The query string of an image request may stand behind the address that it was sent to.
    return text.startswith((b"{", b"[", *_FORMS)) or b"data=" in text.partition(b"\n")[0][:1_000]


def _whole_document(opener: Callable[[], BinaryIO], head: bytes) -> Callable[[], BinaryIO] | None:
    """Return the opener of a file that is one JSON document over several lines, as one line."""
    first = head.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].strip()
    if first not in (b"{", b"["):
        return None
    data = opener().read(LONGEST_BODY_BYTES + 1)
    if len(data) > LONGEST_BODY_BYTES:
        return None
    line = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b" ").replace(b"\n", b" ").strip()
    return lambda: BytesIO(line)
