"""A 64-bit hash of a row's typed content, stable across machines, processes and versions of the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.text_hash import text_hash

Hashes = npt.NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@cache
def _seed(name: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little") | 1)


def content_hash(columns: Mapping[str, Any], n_rows: int) -> Hashes:
    """Return one hash per row over the named columns; their order does not matter, nulls differ from values.

    Parameters
    ----------
    columns : mapping of str to pyarrow.Array
        Typed columns, each of `n_rows` values.

    Examples
    --------
    >>> rows = {"a": pa.array([1, 1, None]), "b": pa.array(["x", "x", "x"])}
    >>> hashes = content_hash(rows, 3)
    >>> bool(hashes[0] == hashes[1]), bool(hashes[0] == hashes[2])
    (True, False)
    """
    total = np.zeros(n_rows, np.uint64)
    with np.errstate(over="ignore"):
        for name in sorted(columns):
            total += _column_hash(columns[name]) * _seed(name)
        # The sum is linear in the columns; the last mix makes single bits of one column reach every bit.
        total ^= total >> np.uint64(32)
        total *= _FACTOR
        total ^= total >> np.uint64(29)
    return total


def _column_hash(column: Any) -> Hashes:
    if column.null_count == len(column):
        return np.full(len(column), _FACTOR)
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.string())
    if pa.types.is_string(column.type):
        return _text_hash(column)
    numbers = (
        column.cast(pa.int64()) if not pa.types.is_date32(column.type) else column.cast(pa.int32()).cast(pa.int64())
    )
    null = np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
    hashes = _spread(np.asarray(pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False), np.int64).astype(np.uint64))
    hashes[null] = _FACTOR
    return hashes


def _text_hash(column: Any) -> Hashes:
    """Hash each distinct string once where strings repeat; nearly unique columns go row by row."""
    sample = column.slice(0, 2048)
    if len(column) > len(sample) and len(sample.unique()) > len(sample) // 2:
        return _each_hash(column)
    encoded = pc.dictionary_encode(column)
    distinct = _each_hash(encoded.dictionary)
    indices = np.asarray(pc.fill_null(encoded.indices, len(distinct)).to_numpy(zero_copy_only=False), np.int64)
    hashes: Hashes = np.append(distinct, _FACTOR)[indices]
    return hashes


def _each_hash(column: Any) -> Hashes:
    hashes = _spread(text_hash(column))
    if column.null_count:
        hashes[np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)] = _FACTOR
    return hashes


def _spread(words: Hashes) -> Hashes:
    """Return whole numbers spread over all of 64 bits; equal ones stay equal, others stay apart."""
    with np.errstate(over="ignore"):
        words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
