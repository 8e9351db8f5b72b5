"""Which encoding a text file is in, decided by its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from zhanggui.collect.reading.faults import UnreadableFileError

UTF8, GB18030 = "utf-8", "gb18030"

_BOMS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A share of bad bytes above this means: not this encoding. Below: this encoding, with damaged rows.
_BAD_SHARE = 0.1
_CONTROL = bytes([*range(9), *range(14, 32), 127])
_BAD_CHARACTER = "\ufffd"
_ASKED = {"gbk": GB18030, "gb2312": GB18030, "cp936": GB18030, "utf-8-sig": UTF8, "utf_8_sig": UTF8}
_READ = "save it as CSV UTF-8, or set `encoding` in the map"


def byte_order_mark(head: bytes) -> tuple[str | None, int]:
    r"""Return the encoding that a byte order mark names, and its length.

    Examples
    --------
    >>> byte_order_mark(b'\xef\xbb\xbfabc')
    ('utf-8', 3)
    """
    return next(((encoding, len(bom)) for bom, encoding in _BOMS if head.startswith(bom)), (None, 0))


def text_encoding(head: bytes, name: str, *, asked: str | None, is_whole: bool) -> str:
    """Return the encoding of a text without byte order mark.

    Parameters
    ----------
    head : bytes
        The first part of the file.
    name : str
        The file, for messages.
    asked : str, optional
        Encoding that the caller wants.
    is_whole : bool
        Whether `head` is the whole file; if not, a character may be cut at its end.

    Raises
    ------
    UnreadableFileError
        Neither UTF-8 nor GB18030, or not the encoding that was asked for.

    Examples
    --------
    >>> text_encoding('订单编号'.encode('gbk'), 'f', asked=None, is_whole=True)
    'gb18030'
    """
    if asked is not None:
        return _asked_encoding(asked, name)
    n_nul = head.count(0)
    if n_nul * 10 > len(head):
        raise UnreadableFileError(
            name,
            "The file is no text, or is UTF-16 without a byte order mark.",
            next_step='save it as CSV UTF-8, or set `encoding = "utf-16-le"` in the map',
            at_byte=head.index(0),
        )
    n_control = len(head) - len(head.translate(None, _CONTROL))
    if n_control * 20 <= len(head) + 100:
        # UTF-8 goes first even with a few bad bytes: it often decodes as GB18030 too, into nonsense.
        for encoding in (UTF8, GB18030):
            if _bad_share(head, encoding, is_whole) <= _BAD_SHARE:
                return encoding
    raise UnreadableFileError(
        name, "The file is neither UTF-8 nor GB18030 text.", next_step=_READ, at_byte=_first_bad(head)
    )


def _asked_encoding(asked: str, name: str) -> str:
    try:
        known = codecs.lookup(asked)
    except LookupError:
        known = None
    if known is None or not getattr(known, "_is_text_encoding", True) or known.name in ("utf-7", "idna", "punycode"):
        raise UnreadableFileError(
            name, f"There is no text encoding called {asked!r}.", next_step="use utf-8, gb18030, utf-16 or cp1252"
        )
    return _ASKED.get(known.name, known.name)


def _bad_share(head: bytes, encoding: str, is_whole: bool) -> float:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(head, final=is_whole)
    n_bad = text.count(_BAD_CHARACTER)
    if encoding == UTF8:
        n_bad -= head.count(b"\xef\xbf\xbd")
    if n_bad == 0:
        return 0.0
    n_ascii = len(head.translate(None, bytes(range(128, 256))))
    n_foreign = max(len(text) - n_ascii, 1)
    return n_bad / n_foreign


def _first_bad(head: bytes) -> int | None:
    try:
        head.decode(UTF8)
    except UnicodeDecodeError as error:
        return error.start
    return None


class Utf8Stream:
    """A byte stream in another encoding, read as UTF-8.

    Notes
    -----
    For encodings in which a line end is no single byte. What cannot be decoded becomes U+FFFD, which the reader of
    records treats as a bad byte.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""
        self._is_done = False

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes of UTF-8; empty at the end."""
        while not self._is_done and (size < 0 or len(self._left) < size):
            raw = self._stream.read(1 << 20 if size < 0 else max(size, 4096))
            self._is_done = not raw
            self._left += self._decoder.decode(raw, final=self._is_done).encode(UTF8)
        size = len(self._left) if size < 0 else size
        part, self._left = self._left[:size], self._left[size:]
        return part


def pieces(stream: BinaryIO | Utf8Stream, size: int) -> Iterator[bytes]:
    """Yield a stream in pieces of at most `size` bytes."""
    while piece := stream.read(size):
        yield piece
