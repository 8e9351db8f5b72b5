"""The equation of the log: every event that was accepted is in exactly one class of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.collect.events.log import read_segment, records_of, segments_of, writers_of
from zhanggui.collect.loading.log_projection import log_positions
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.schema.vocabulary import ROW_CLASS
from zhanggui.ledger.shop import Shop


@dataclass(frozen=True, slots=True)
class LogStatus:
    """What the log holds and what became of it.

    Attributes
    ----------
    n_in_log : int
        Events that were counted when they were accepted.
    classes : dict of str to int
        What the ledger says of them.
    n_mended, n_lost : int
        Frames of which a flipped bit was put right, and those that cannot be read.
    """

    n_in_log: int
    classes: dict[str, int]
    n_mended: int
    n_lost: int

    @property
    def is_exact(self) -> bool:
        """Whether the two sums agree and every frame could be read."""
        return self.n_in_log == sum(self.classes.values()) and not self.n_lost

    def to_json(self) -> dict[str, object]:
        """Return it as JSON."""
        return {
            "events_in_log": self.n_in_log,
            "classes": self.classes,
            "frames_mended": self.n_mended,
            "frames_lost": self.n_lost,
            "is_exact": self.is_exact,
        }


def log_status(shop: Shop, ledger: Ledger) -> LogStatus:
    """Count the events of the log as far as it is in the ledger, and what the ledger says of them."""
    positions = log_positions(ledger)
    ends = {source.segment: at.end for source, at in positions.items()}
    n_in_log = n_mended = n_lost = 0
    for writer in writers_of(shop.dir):
        for segment in segments_of(shop.dir, writer):
            start, before = 0, -1
            while start != before:
                read = read_segment(segment, shop.key, start)
                before, start = start, read.end
                n_mended += read.n_mended
                n_lost += read.n_lost
                n_in_log += sum(
                    record.n_events
                    for end, block in read.blocks
                    if end <= ends.get(segment.name, 0)
                    for record in records_of(block)
                )
    batches = ledger.table("source_batch")
    mine = batches.filter(batches.batch_id.isin([at.batch_id for at in positions.values()]))
    rows = ledger.query(mine.select(*ROW_CLASS)).to_pylist()
    classes = {name: sum(row[name] for row in rows) for name in ROW_CLASS}
    return LogStatus(n_in_log, classes, n_mended, n_lost)
