"""Columns of text made and joined in bulk: a million events a minute leave no time for one string after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.simulate.draws import Ints, Keys
from zhanggui.simulate.rows import Column

Texts = Any
"""A column of text of the Arrow library, which has no types of its own for a type checker."""

SHANGHAI_MS = 8 * 3_600_000
"""Wall clock of the shop, ahead of UTC; there is no summer time since 1991."""
_DAY_MS = 86_400_000


def texts(values: Sequence[str]) -> Texts:
    """Return a column of text.

    Columns are made from memory that is laid out here: the library's own way in loads pandas, where it finds it.
    """
    encoded = [value.encode() for value in values]
    offsets = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, encoded), np.int32, len(encoded)), out=offsets[1:])
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def whole_numbers(values: Column) -> Any:
    """Return a column of whole numbers."""
    held = np.ascontiguousarray(values, np.int64)
    return pa.Array.from_buffers(pa.int64(), held.size, [None, pa.py_buffer(held)])


def truths(values: Column) -> Any:
    """Return a column of truths."""
    return pa.Array.from_buffers(pa.bool_(), values.size, [None, pa.py_buffer(np.packbits(values, bitorder="little"))])


def chosen(lookup: Sequence[str], places: Column) -> Texts:
    """Return the text at each place of a list."""
    return pc.take(texts(lookup), whole_numbers(places))


def numbers(values: Column) -> Texts:
    """Return whole numbers as text."""
    return whole_numbers(values).cast(pa.string())


def hex_of(keys: Keys) -> Texts:
    """Return each key as 16 hexadecimal digits.

    Examples
    --------
    >>> hex_of(np.array([255], np.uint64)).to_pylist()
    ['00000000000000ff']
    """
    digits = _HEX[keys.astype(">u8").view(np.uint8)].reshape(-1)
    offsets = np.arange(keys.size + 1, dtype=np.int32) * 16
    return pa.StringArray.from_buffers(keys.size, pa.py_buffer(offsets), pa.py_buffer(digits))


_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint8).reshape(256, 2)


def utc_of(at_ms: Ints) -> Texts:
    """Return moments of the wall clock as UTC, such as ``2026-09-01T02:00:00.000Z``."""
    day, rest = np.divmod(at_ms - SHANGHAI_MS, _DAY_MS)
    distinct, places = np.unique(day, return_inverse=True)
    dates = [f"{datetime.fromtimestamp(one * 86_400, UTC):%Y-%m-%dT}" for one in distinct.tolist()]
    second, milli = np.divmod(rest, 1000)
    return joined(
        chosen(dates, places), pc.take(_clock(), whole_numbers(second)), pc.take(_millis(), whole_numbers(milli))
    )


@lru_cache(maxsize=1)
def _clock() -> Texts:
    return texts([f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(86_400)])


@lru_cache(maxsize=1)
def _millis() -> Texts:
    return texts([f".{milli:03d}Z" for milli in range(1000)])


def joined(*parts: Texts | str) -> Texts:
    """Return columns and constant texts joined row by row."""
    columns = [_constant(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*columns, _constant(""))


def _constant(value: str) -> Any:
    return texts([value])[0]


def only_where(shown: Column, column: Texts) -> Texts:
    """Return the text of a column where it is shown, nothing elsewhere."""
    return pc.if_else(truths(shown), column, _constant(""))


def by_distinct(columns: Sequence[Column], text: Callable[..., str]) -> Texts:
    """Return a text for each row that depends on these columns only, made once for each distinct combination."""
    codes, firsts = distinct_rows(columns)
    values = zip(*(column[firsts].tolist() for column in columns), strict=True)
    return chosen([text(*row) for row in values], codes)


def distinct_rows(columns: Sequence[Column]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the number of each row's combination, and a row of each combination."""
    codes, n_codes = np.zeros(columns[0].size, np.int64), 1
    for column in columns:
        values = column.astype(np.int64)
        if not values.size:
            break
        low = int(values.min())
        span = int(values.max()) - low + 1
        if n_codes * span > _MOST_CODES:
            codes = np.unique(codes, return_inverse=True)[1]
            n_codes = int(codes.max()) + 1
        codes, n_codes = codes * span + (values - low), n_codes * span
    _, firsts, places = np.unique(codes, return_index=True, return_inverse=True)
    return places, firsts


_MOST_CODES = 2**62


class Kept:
    """Texts that are made once and kept while there is room.

    Parameters
    ----------
    make : callable
        Makes the text of a key.

    Examples
    --------
    >>> squares = Kept(lambda n: str(n * n))
    >>> squares(3), squares(3)
    ('9', '9')
    """

    def __init__(self, make: Callable[..., str]) -> None:
        self._make = make
        self._held: dict[tuple[int, ...], str] = {}

    def __call__(self, *key: int) -> str:
        """Return the text of a key."""
        found = self._held.get(key)
        if found is None:
            found = self._make(*key)
            if len(self._held) < _MOST_KEPT:
                self._held[key] = found
        return found


_MOST_KEPT = 50_000


def bodies(events: Texts, starts: Ints, before: Texts | str, after: Texts | str) -> memoryview:
    """Return lines of text: the events of each body joined by commas, between `before` and `after`.

    Parameters
    ----------
    events : column of text
        The events, those of a body together.
    starts : array of int
        Where each body begins.
    before, after : column of text or str
        What stands around the events of each body.
    """
    ends = np.append(starts, len(events)).astype(np.int32)
    offsets = pa.Array.from_buffers(pa.int32(), ends.size, [None, pa.py_buffer(ends)])
    lists = pa.ListArray.from_arrays(offsets, events)
    lines = joined(before, pc.binary_join(lists, _constant(",")), after, "\n")
    first, last = (np.frombuffer(lines.buffers()[1], np.int32)[[lines.offset, lines.offset + len(lines)]]).tolist()
    return memoryview(lines.buffers()[2])[first:last]
