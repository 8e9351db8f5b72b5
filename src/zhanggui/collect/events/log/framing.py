"""Frames: a mark, a length, a check sum and sealed bytes. A flipped bit is put right, a torn end is cut off."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from zhanggui.ledger.privacy import Sealer
from zhanggui.ledger.privacy.sealing import SealedValueDamagedError

FILE_HEAD = b"zhanggui log 1\n\0"
MARK = b"ZgF\x01"
HEAD_BYTES = 12
MOST_FRAME_BYTES = 8 << 20
_HEAD = struct.Struct("<4sII")
_POLYNOMIAL = 0xEDB88320


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a segment.

    Attributes
    ----------
    start, end : int
        Its first byte and the one after its last.
    block : bytes or None
        What it holds, opened; None where it is damaged beyond repair.
    is_mended : bool
        A bit of it was flipped, and was put right.
    """

    start: int
    end: int
    block: bytes | None
    is_mended: bool = False


def framed(block: bytes, sealer: Sealer, place: str, offset: int) -> bytes:
    """Return a block sealed for one place of one segment, with its head."""
    payload = sealer.seal(block, f"{place}/{offset}")
    return _HEAD.pack(MARK, len(payload), zlib.crc32(payload)) + payload


def frames(data: bytes, base: int, sealer: Sealer, place: str, *, is_whole: bool) -> Iterator[Frame]:
    """Yield the frames in some bytes of a segment.

    Parameters
    ----------
    data : bytes
        Begins with a frame.
    base : int
        Where in the segment it begins.
    sealer : Sealer
    place : str
        Name of the segment, as frames were sealed for it.
    is_whole : bool
        Nothing follows: what is no frame at the end is a torn one. Otherwise the rest is left for the next reading.

    Notes
    -----
    Only what nobody was told to be safe can be torn: a frame is forced to disk before its events are answered.
    """
    at = 0
    while at + HEAD_BYTES <= len(data):
        mark, length, check = _HEAD.unpack_from(data, at)
        end = at + HEAD_BYTES + length
        if mark == MARK and length <= MOST_FRAME_BYTES and end <= len(data):
            payload = data[at + HEAD_BYTES : end]
            if zlib.crc32(payload) == check:
                yield Frame(base + at, base + end, _opened(payload, sealer, place, base + at))
                at = end
                continue
        if mark == MARK and length <= MOST_FRAME_BYTES and end > len(data) and not is_whole:
            return
        found = _mended(data, at, check, sealer, place, base)
        if found is None:
            return
        yield found
        at = found.end - base


def valid_end(data: bytes, sealer: Sealer, place: str) -> int:
    """Return where the last good frame of a whole segment ends; what follows it is torn."""
    end = len(FILE_HEAD)
    for frame in frames(data[end:], end, sealer, place, is_whole=True):
        end = frame.end if frame.block is not None else end
    return end


def _mended(data: bytes, at: int, check: int, sealer: Sealer, place: str, base: int) -> Frame | None:
    """Put one flipped bit of a frame right; None at a torn end."""
    ends = list(_next_starts(data, at + HEAD_BYTES))
    length = _HEAD.unpack_from(data, at)[1]
    for end in [*ends, len(data)]:
        payload = data[at + HEAD_BYTES : end]
        block = _opened(payload, sealer, place, base + at)
        if block is None and len(payload) == length and (fixed := _one_bit(payload, check)) is not None:
            block = _opened(fixed, sealer, place, base + at)
        if block is not None:
            return Frame(base + at, base + end, block, is_mended=True)
    # Good frames follow: the damage is told, and they are read. None follow: nobody was told that it was safe.
    return Frame(base + at, base + ends[0], None) if ends else None


def _next_starts(data: bytes, at: int) -> Iterator[int]:
    """Yield where the next good frame begins."""
    while (at := data.find(MARK, at)) >= 0 and at + HEAD_BYTES <= len(data):
        _, length, check = _HEAD.unpack_from(data, at)
        end = at + HEAD_BYTES + length
        if end <= len(data) and zlib.crc32(memoryview(data)[at + HEAD_BYTES : end]) == check:
            yield at
            return
        at += 1


def _one_bit(payload: bytes, check: int) -> bytes | None:
    """Return the payload with the one bit turned back that its check sum tells of; None where it is another damage."""
    syndrome = zlib.crc32(payload) ^ check
    # What one flipped bit does to the sum depends on its distance from the end alone.
    effect = _POLYNOMIAL
    for distance in range(8 * len(payload)):
        if effect == syndrome:
            place, bit = divmod(8 * len(payload) - 1 - distance, 8)
            fixed = bytearray(payload)
            fixed[place] ^= 1 << bit
            return bytes(fixed)
        effect = (effect >> 1) ^ (_POLYNOMIAL if effect & 1 else 0)
    return None


def _opened(payload: bytes, sealer: Sealer, place: str, offset: int) -> bytes | None:
    try:
        return sealer.unseal(payload, f"{place}/{offset}")
    except SealedValueDamagedError:
        return None
