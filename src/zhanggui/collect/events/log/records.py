"""Records of the log: one request body each, under the key that it came with and the protocol that it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One request body that was accepted.

    Attributes
    ----------
    key_id : str
        Write key that it came with.
    protocol : str
    n_events : int
        Events that were counted in it.
    body : bytes
        JSON on one line, identifiers as tokens.
    """

    key_id: str
    protocol: str
    n_events: int
    body: bytes


def packed(record: Record) -> bytes:
    r"""Return a record as a line.

    Examples
    --------
    >>> packed(Record("k1", "segment", 2, b"{}"))
    b'k1 segment 2\t{}\n'
    """
    return b"%s %s %d\t%s\n" % (record.key_id.encode(), record.protocol.encode(), record.n_events, record.body)


def records_of(block: bytes) -> Iterator[Record]:
    """Yield the records in an opened frame."""
    for line in block.split(b"\n"):
        if line:
            head, _, body = line.partition(b"\t")
            key_id, protocol, n_events = head.decode().split(" ")
            yield Record(key_id, protocol, int(n_events), body)
