"""Where the bytes of an import lie: a stored file, or what one key sent in one protocol to a segment of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from zhanggui.collect.events.log import Record, read_segment, records_of, segments_of
from zhanggui.collect.loading.manifests import Manifest
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.shop import Shop

_PREFIX = "log:"


class SegmentMissingError(ZhangguiError):
    """A segment of the log that an import is made of is gone."""

    code = "log_segment_missing"

    def __init__(self, segment: str) -> None:
        super().__init__(
            "A segment of the event log is missing.",
            where=f"log/{segment}",
            next_step="restore it from your backup",
        )


@dataclass(frozen=True, slots=True)
class LogSource:
    """What one key sent in one protocol to one segment.

    Attributes
    ----------
    segment : str
        Writer and number.
    key_id, protocol : str
    """

    segment: str
    key_id: str
    protocol: str

    @property
    def raw_id(self) -> str:
        """As a manifest names it."""
        return f"{_PREFIX}{self.segment}:{self.key_id}:{self.protocol}"


@dataclass(frozen=True, slots=True)
class LogBodies:
    """The bodies of a source, and how far the segment was read for them."""

    lines: bytes
    n_lines: int
    end: int


def log_source(raw_id: str) -> LogSource | None:
    """Return the part of the log that an import is made of; None where it is made of a file.

    Examples
    --------
    >>> log_source("log:collector/00000001:k1:segment").segment
    'collector/00000001'
    """
    if not raw_id.startswith(_PREFIX):
        return None
    segment, key_id, protocol = raw_id.removeprefix(_PREFIX).split(":")
    return LogSource(segment, key_id, protocol)


def opened_source(shop: Shop, manifest: Manifest) -> BinaryIO:
    """Open the bytes that an import was made of.

    Raises
    ------
    SegmentMissingError, RawFileMissingError
        They are gone.
    """
    source = log_source(manifest.raw_id)
    return shop.raw.open(manifest.raw_id) if source is None else BytesIO(bodies_in_log(shop, source).lines)


def bodies_in_log(shop: Shop, source: LogSource) -> LogBodies:
    """Return every body of a source, in order.

    Raises
    ------
    SegmentMissingError
    """
    last = 0
    lines: list[bytes] = []
    for end, record in _records(shop, source.segment):
        last = end
        if (record.key_id, record.protocol) == (source.key_id, source.protocol):
            lines.append(record.body)
    return LogBodies(joined(lines), len(lines), last)


def joined(bodies: list[bytes]) -> bytes:
    """Return bodies as the lines of a file."""
    return b"".join(body + b"\n" for body in bodies)


def _records(shop: Shop, name: str) -> Iterator[tuple[int, Record]]:
    segment = next((one for one in segments_of(shop.dir, name.partition("/")[0]) if one.name == name), None)
    if segment is None:
        raise SegmentMissingError(name)
    start = 0
    while True:
        read = read_segment(segment, shop.key, start)
        for end, block in read.blocks:
            for record in records_of(block):
                yield end, record
        if read.end <= start:
            return
        start = read.end
