"""The lines of a file as request bodies: JSON texts with their line numbers, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.decoding import decoded
from zhanggui.collect.reading.encoding import pieces

BLOCK_BYTES = 4 << 20
LONGEST_BODY_BYTES = 8 << 20
"""No library sends more than half a megabyte at once; what is longer is no request body."""

Ints = npt.NDArray[np.int64]
Octets = npt.NDArray[np.uint8]

_NEWLINE = 10
_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    r"""A line that holds no JSON text.

    Attributes
    ----------
    line_no : int
    rule : str
        Why.
    text : str
        The line; bytes that are no text appear as ``\xNN``.
    """

    line_no: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """Some request bodies.

    Attributes
    ----------
    texts : pyarrow.StringArray
        Each a JSON object, or what claims to be one; arrays stand in an object under ``data_list``.
    line_no : array of int
        Line of the file that each came from, from 1.
    broken : tuple of Line
        Lines of this part that are no text at all, in order.
    n_blank : int
        Blank lines of this part.
    """

    texts: pa.StringArray
    line_no: Ints
    broken: tuple[Line, ...] = ()
    n_blank: int = 0


def bodies_of(texts: list[str]) -> Bodies:
    """Return bodies that are at hand, such as those of requests; each counts as a line.

    Examples
    --------
    >>> bodies_of(['[{"event": "$pageview"}]']).texts.to_pylist()
    ['{"data_list":[{"event": "$pageview"}]}']
    """
    lines = "".join(f"{text}\n" for text in (one.replace("\r", " ").replace("\n", " ") for one in texts))
    return _bodies(lines.encode("utf-8", "surrogatepass"), 1)[0]


def read_bodies(
    opener: Callable[[], BinaryIO], *, block_bytes: int = BLOCK_BYTES, first_line: int = 1
) -> Iterator[Bodies]:
    """Yield the bodies of a file, about `block_bytes` of it at a time.

    Parameters
    ----------
    opener : callable
        Returns the file, unpacked, at its start.
    block_bytes : int
    first_line : int
        Number of its first line.
    """
    kept = b""
    is_start = True
    for piece in pieces(opener(), block_bytes):
        block = kept + piece
        if is_start:
            block = block.removeprefix(_BOM)
            is_start = False
        cut = block.rfind(b"\n") + 1
        if not cut and len(block) <= LONGEST_BODY_BYTES:
            kept = block
            continue
        if not cut:
            # A line without an end would fill the memory: it is cut here, and what follows is its next line.
            cut = len(block)
        kept = block[cut:]
        bodies, first_line = _bodies(block[:cut], first_line)
        yield bodies
    if kept or is_start:
        yield _bodies(kept, first_line)[0]


def _bodies(block: bytes, first_line: int) -> tuple[Bodies, int]:
    octets = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(octets == _NEWLINE).astype(np.int64) + 1
    if len(block) and (not ends.size or ends[-1] != len(block)):
        ends = np.append(ends, len(block))
    line_no = first_line + np.arange(ends.size, dtype=np.int64)
    starts = np.append(0, ends[:-1]) if ends.size else ends
    texts = _plain_texts(block, octets, starts, ends) if ends.size else None
    bodies = _one_by_one(block, starts, ends, line_no) if texts is None else Bodies(texts, line_no)
    return bodies, first_line + int(ends.size)


def _plain_texts(block: bytes, octets: Octets, starts: Ints, ends: Ints) -> pa.StringArray | None:
    """Return the lines as they stand, where every one is an object or an array; else None."""
    at = ends - 1
    for sign in b"\n\r":
        at = np.where((octets[at] == sign) & (at > starts), at - 1, at)
    firsts, lasts = octets[starts], octets[at]
    is_array = (firsts == ord("[")) & (lasts == ord("]"))
    is_plain = is_array | ((firsts == ord("{")) & (lasts == ord("}")))
    if not is_plain.all() or (ends - starts).max() > LONGEST_BODY_BYTES:
        return None
    offsets = pa.py_buffer(np.append(0, ends).astype(np.int32))
    lines = pa.BinaryArray.from_buffers(pa.binary(), ends.size, [None, offsets, pa.py_buffer(block)])
    try:
        texts = lines.cast(pa.string())
    except pa.ArrowInvalid:
        return None
    if not is_array.any():
        return texts
    wrapped = pc.binary_join_element_wise('{"data_list":', pc.ascii_rtrim(texts, "\r\n"), "}", "")
    return wrapped if is_array.all() else pc.if_else(pa.array(is_array), wrapped, texts)


def _one_by_one(block: bytes, starts: Ints, ends: Ints, line_no: Ints) -> Bodies:
    texts: list[str] = []
    numbers: list[int] = []
    broken: list[Line] = []
    n_blank = 0
    for start, end, number in zip(starts.tolist(), ends.tolist(), line_no.tolist(), strict=True):
        # Files that were put behind one another bring their marks along.
        line = block[start:end].strip(_BLANK).removeprefix(_BOM).strip(_BLANK)
        if not line:
            n_blank += 1
            continue
        text, rule = _text(line)
        if rule is None:
            texts.append(text)
            numbers.append(number)
        else:
            broken.append(Line(number, rule, text))
    return Bodies(pa.array(texts, pa.string()), np.array(numbers, np.int64), tuple(broken), n_blank)


def _text(line: bytes) -> tuple[str, str | None]:
    """Return the JSON text of a line, or the line as it may be shown with the rule that it breaks."""
    if len(line) > LONGEST_BODY_BYTES:
        return line[:4_000].decode("utf-8", "backslashreplace"), "cell_too_long"
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return line[:4_000].decode("utf-8", "backslashreplace"), "bad_encoding"
    if text[0] not in "{[":
        found = decoded(text)
        if found is None:
            return text, None
        text = found
    return (f'{{"data_list":{text}}}' if text[:1] == "[" else text), None
