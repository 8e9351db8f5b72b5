"""SipHash-2-4 of many texts at a time, on the bytes as they lie in a column."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

_KEY = b"0123456789123456"
"""Any constant does: the hash keeps no secret, it only has to stay the same."""
_FIRST, _SECOND = (np.uint64(int.from_bytes(part, "little")) for part in (_KEY[:8], _KEY[8:]))
_START = tuple(
    key ^ np.uint64(word)
    for key, word in (
        (_FIRST, 0x736F6D6570736575),
        (_SECOND, 0x646F72616E646F6D),
        (_FIRST, 0x6C7967656E657261),
        (_SECOND, 0x7465646279746573),
    )
)
_BLOCK = 8
_FEW = 8
"""So many long texts, or fewer, are faster with Python's own numbers, a text at a time, than with short columns."""
_ALL_BITS = (1 << 64) - 1


def text_hash(column: Any) -> Words:
    """Return the hash of each text of a string column; a null is hashed as an empty text.

    Parameters
    ----------
    column : pyarrow.StringArray

    References
    ----------
    .. [1] J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012.

    Examples
    --------
    >>> import pyarrow as pa
    >>> hashes = text_hash(pa.array(["茶", "茶", "杯", None, ""]))
    >>> [bool(one == other) for one, other in zip(hashes, hashes[1:])]
    [True, False, False, True]
    """
    starts, lengths, data = _places(column)
    n_blocks = lengths // _BLOCK
    # The longest first, so that the texts that still have a block are those at the beginning.
    order = np.argsort(-n_blocks, kind="stable")
    starts, lengths, n_blocks = starts[order], lengths[order], n_blocks[order]
    state = [np.full(len(starts), word) for word in _START]
    words = _words_at(data)
    most = int(n_blocks[0]) if len(n_blocks) else 0
    n_active = np.searchsorted(-n_blocks, -np.arange(most), side="left") if most else np.zeros(0, np.int64)
    together = int(np.searchsorted(-n_active, -_FEW, side="left"))
    for block, n in enumerate(n_active[:together]):
        _take([part[:n] for part in state], words[starts[:n] + _BLOCK * block])
    for text in range(int(n_active[together]) if together < most else 0):
        own = words[starts[text] + _BLOCK * np.arange(together, n_blocks[text])]
        for part, word in zip(state, _taken_alone([int(part[text]) for part in state], own.tolist()), strict=True):
            part[text] = word
    rest = lengths % _BLOCK
    kept = (np.uint64(1) << (rest * _BLOCK).astype(np.uint64)) - np.uint64(1)
    _take(state, (words[starts + _BLOCK * n_blocks] & kept) | (lengths.astype(np.uint64) << np.uint64(56)))
    state[2] ^= np.uint64(0xFF)
    for _ in range(4):
        _round(state)
    hashes = np.empty(len(order), np.uint64)
    hashes[order] = state[0] ^ state[1] ^ state[2] ^ state[3]
    return hashes


def _places(column: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Return where each text begins, how many bytes it has, and the bytes, with room after the last."""
    _, offsets, data = column.buffers()
    if offsets is None or not len(column):
        return np.zeros(len(column), np.int64), np.zeros(len(column), np.int64), np.zeros(_BLOCK, np.uint8)
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1].astype(np.int64)
    held = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    lengths = np.diff(ends)
    if column.null_count:
        lengths[column.is_null().to_numpy(zero_copy_only=False)] = 0
    return ends[:-1] - ends[0], lengths, np.concatenate([held, np.zeros(_BLOCK, np.uint8)])


def _words_at(data: npt.NDArray[np.uint8]) -> Words:
    """Return the eight bytes from each place on as one number."""
    return np.ndarray(len(data) - _BLOCK + 1, "<u8", data, strides=(1,))


def _take(state: list[Words], block: Words) -> None:
    state[3] ^= block
    _round(state)
    _round(state)
    state[0] ^= block


def _round(state: list[Words]) -> None:
    v0, v1, v2, v3 = state
    v0 += v1
    _turn(v1, 13)
    v1 ^= v0
    _turn(v0, 32)
    v2 += v3
    _turn(v3, 16)
    v3 ^= v2
    v0 += v3
    _turn(v3, 21)
    v3 ^= v0
    v2 += v1
    _turn(v1, 17)
    v1 ^= v2
    _turn(v2, 32)


def _turn(word: Words, by: int) -> None:
    """Rotate to the left, in place."""
    high = word >> np.uint64(64 - by)
    word <<= np.uint64(by)
    word |= high


def _taken_alone(state: list[int], blocks: list[int]) -> tuple[int, int, int, int]:
    """Return the state of one text after more of its blocks."""
    v0, v1, v2, v3 = state
    for block in blocks:
        v3 ^= block
        for _ in range(2):
            v0 = (v0 + v1) & _ALL_BITS
            v1 = (v1 << 13 & _ALL_BITS | v1 >> 51) ^ v0
            v0 = v0 << 32 & _ALL_BITS | v0 >> 32
            v2 = (v2 + v3) & _ALL_BITS
            v3 = (v3 << 16 & _ALL_BITS | v3 >> 48) ^ v2
            v0 = (v0 + v3) & _ALL_BITS
            v3 = (v3 << 21 & _ALL_BITS | v3 >> 43) ^ v0
            v2 = (v2 + v1) & _ALL_BITS
            v1 = (v1 << 17 & _ALL_BITS | v1 >> 47) ^ v2
            v2 = v2 << 32 & _ALL_BITS | v2 >> 32
        v0 ^= block
    return v0, v1, v2, v3
