"""From the log to the ledger: events and how far the log was read are committed together.

What one key sent in one protocol to one segment is one import, which grows while the segment does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import pyarrow as pa

from zhanggui.collect.events.files import EventFile
from zhanggui.collect.events.keys import WriteKeys
from zhanggui.collect.events.log import READ_BYTES, Segment, read_segment, records_of, segments_of, writers_of
from zhanggui.collect.events.protocols import PROTOCOLS
from zhanggui.collect.loading.event_import import PLATFORM, EventImport
from zhanggui.collect.loading.event_parts import EventPart
from zhanggui.collect.loading.import_table import ImportContext
from zhanggui.collect.loading.log_source import LogSource, bodies_in_log, joined, log_source
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.schema.vocabulary import ROW_CLASS
from zhanggui.ledger.sessions import LOG_SUBJECT
from zhanggui.ledger.shop import Shop


@dataclass(frozen=True, slots=True)
class Position:
    """How far one source is in the ledger.

    Attributes
    ----------
    batch_id, shop_id : int
    end : int
        How far its segment was read for it.
    n_rows, n_lines : int
    is_rebuilt : bool
        It was read by itself: other sources of the segment may stand elsewhere.
    """

    batch_id: int
    shop_id: int
    end: int = 0
    n_rows: int = 0
    n_lines: int = 0
    is_rebuilt: bool = False

    @property
    def stamp(self) -> str:
        """As the ledger keeps it."""
        return f"{self.batch_id} {self.end} {self.n_rows} {self.n_lines} {int(self.is_rebuilt)}"


@dataclass(slots=True)
class Projected:
    """What one run brought into the ledger.

    Attributes
    ----------
    n_events : int
        Events of the log that now have a class.
    classes : dict of str to int
        How many of each class.
    n_mended, n_lost : int
        Frames of which a flipped bit was put right, and those that cannot be read.
    """

    n_events: int = 0
    classes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROW_CLASS, 0))
    n_mended: int = 0
    n_lost: int = 0

    def to_json(self) -> dict[str, object]:
        """Return it as JSON."""
        return {
            "events": self.n_events,
            "classes": self.classes,
            "frames_mended": self.n_mended,
            "frames_lost": self.n_lost,
        }


class LogProjector:
    """Brings what the log holds into the ledger.

    Parameters
    ----------
    shop, ledger : Shop, Ledger
        Both owned by this process.
    """

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self._shop = shop
        self._ledger = ledger
        self._keys = WriteKeys(shop.dir)
        self._manifests = ManifestStore(shop.raw.directory)

    def run(self) -> Projected:
        """Bring everything that is on disk into the ledger."""
        done = Projected()
        while self.step(done):
            pass
        return done

    def step(self, done: Projected, *, most_bytes: int = READ_BYTES) -> bool:
        """Bring the next part of the log into the ledger; return whether there was one."""
        if not writers_of(self._shop.dir):
            return False
        positions = log_positions(self._ledger)
        for writer in writers_of(self._shop.dir):
            for segment in segments_of(self._shop.dir, writer):
                known = {source: at for source, at in positions.items() if source.segment == segment.name}
                start = _start(known)
                if segment.end > start and self._part(segment, known, start, most_bytes, done):
                    return True
        return False

    def _part(
        self,
        segment: Segment,
        known: Mapping[LogSource, Position],
        start: int,
        most_bytes: int,
        done: Projected,
    ) -> bool:
        # Where sources stand at different places, the segment is read in one go.
        most_bytes = max(most_bytes, segment.end) if any(one.is_rebuilt for one in known.values()) else most_bytes
        read = read_segment(segment, self._shop.key, start, most_bytes=most_bytes)
        done.n_mended += read.n_mended
        done.n_lost += read.n_lost
        if not read.blocks:
            return False
        bodies: dict[LogSource, list[bytes]] = defaultdict(list)
        for end, block in read.blocks:
            for record in records_of(block):
                source = LogSource(segment.name, record.key_id, record.protocol)
                if source not in known or known[source].end < end:
                    bodies[source].append(record.body)
        made: list[Manifest] = []
        with self._ledger.transaction() as tx:
            after = dict(known)
            for source, lines in bodies.items():
                after[source] = self._source(tx, source, lines, known.get(source), made, done)
            for source, at in after.items():
                _write_position(tx, source, replace(at, end=max(at.end, read.end), is_rebuilt=False))
            for manifest in made:
                self._manifests.prepare(manifest)
        for manifest in made:
            self._manifests.confirm(manifest.batch_id)
        return True

    def _source(
        self,
        tx: Transaction,
        source: LogSource,
        lines: list[bytes],
        at: Position | None,
        made: list[Manifest],
        done: Projected,
    ) -> Position:
        if at is None:
            batch_id = max([self._manifests.next_id(), *(one.batch_id + 1 for one in made)])
            store = self._store(source)
            at = Position(batch_id, store.shop_id)
            made.append(_manifest(source, store, batch_id))
        else:
            store = self._shop.stores.get_store(at.shop_id)
        context = _context(self._shop, self._ledger, source, at.batch_id)
        work = LogImport(context, _file(source, joined(lines)), at)
        report = work.run_for(tx, store)
        done.n_events += report.received
        for name, n_rows in report.classes.items():
            done.classes[name] += n_rows
        return replace(at, n_rows=at.n_rows + report.received, n_lines=at.n_lines + len(lines))

    def _store(self, source: LogSource) -> StoreRecord:
        """Return the store that a key writes to; that of a key whose record is lost is the shop's own."""
        found = {key.key_id: key.store for key in self._keys.all()}
        settings = self._shop.settings.shop
        finder = StoreFinder(self._shop.stores, StoreDefaults(settings.timezone, settings.currency))
        option = found.get(source.key_id) or self._shop.name
        return finder.found(
            file=source.raw_id, platform=PLATFORM, stated_name=None, source_shop_id=None, option=option, folder=None
        ).store


class LogImport(EventImport):
    """The import of a part of the log, which continues what is there of it."""

    def __init__(self, context: ImportContext, file: EventFile, at: Position) -> None:
        super().__init__(context, file)
        self._at = at

    def _parts(self, store: StoreRecord) -> Iterator[EventPart]:
        return self._reader(store, n_rows=self._at.n_rows, n_lines=self._at.n_lines).parts()

    def _write_batch(self, tx: Transaction, row: pa.Table) -> None:
        batches = self.context.ledger.table("source_batch")
        held = tx.query(batches.filter(batches.batch_id == self.context.batch_id)).to_pylist()
        if held:
            tx.delete("source_batch", tx.stage("batch_grown", row.select(["batch_id"])), on=("batch_id",))
            row = pa.Table.from_pylist([_grown(held[0], row.to_pylist()[0])], schema=row.schema)
        tx.insert("source_batch", row)


def log_positions(ledger: Ledger) -> dict[LogSource, Position]:
    """Return how far each source is in the ledger."""
    stamps = ledger.table("derived_stamp")
    found = {}
    for row in ledger.query(stamps.filter(stamps.subject.startswith(LOG_SUBJECT))).to_pylist():
        source = log_source(row["subject"])
        assert source is not None
        batch_id, end, n_rows, n_lines, is_rebuilt = map(int, row["stamp"].split())
        found[source] = Position(batch_id, row["shop_id"], end, n_rows, n_lines, bool(is_rebuilt))
    return found


def import_log_again(tx: Transaction, context: ImportContext, source: LogSource, store: StoreRecord) -> FileReport:
    """Import all that the log holds of one source, and note how far that was."""
    assert context.batch_id is not None
    held = bodies_in_log(context.shop, source)
    at = Position(context.batch_id, store.shop_id)
    report = LogImport(context, _file(source, held.lines), at).run_for(tx, store)
    _write_position(
        tx, source, replace(at, end=held.end, n_rows=report.received, n_lines=held.n_lines, is_rebuilt=True)
    )
    return report


def _start(known: Mapping[LogSource, Position]) -> int:
    """Return how far a segment was read for all its sources."""
    if any(one.is_rebuilt for one in known.values()):
        return 0
    return max((one.end for one in known.values()), default=0)


def _write_position(tx: Transaction, source: LogSource, at: Position) -> None:
    row = pa.table({"shop_id": pa.array([at.shop_id], pa.int32()), "subject": [source.raw_id], "stamp": [at.stamp]})
    tx.delete("derived_stamp", tx.stage("log_position", row), on=("shop_id", "subject"))
    tx.insert("derived_stamp", row)


def _file(source: LogSource, lines: bytes) -> EventFile:
    return EventFile(_name(source), PROTOCOLS[source.protocol], partial(BytesIO, lines))


def _name(source: LogSource) -> str:
    return f"log/{source.segment} {source.key_id} {source.protocol}"


def _context(shop: Shop, ledger: Ledger, source: LogSource, batch_id: int) -> ImportContext:
    settings = shop.settings.shop
    return ImportContext(
        shop=shop,
        ledger=ledger,
        finder=StoreFinder(shop.stores, StoreDefaults(settings.timezone, settings.currency)),
        store_option=None,
        folder=None,
        extracted_at=None,
        on_rows=lambda _: None,
        file_name=_name(source),
        raw_id=source.raw_id,
        sha256="",
        batch_id=batch_id,
    )


def _manifest(source: LogSource, store: StoreRecord, batch_id: int) -> Manifest:
    return Manifest(
        batch_id=batch_id,
        raw_id=source.raw_id,
        file_name=_name(source),
        table_name=_name(source),
        format_id=PROTOCOLS[source.protocol].format_id,
        shop_id=store.shop_id,
        store_in_file=None,
        map_document=None,
        extracted_at=None,
        version_at=None,
        loaded_at=datetime.now(UTC).isoformat(),
    )


def _grown(before: dict[str, object], more: dict[str, object]) -> dict[str, object]:
    """Return the row of an import that has grown: counts added, its period widened, the rest as it is now."""
    row = dict(more)
    for name in (*ROW_CLASS, "received", "non_data"):
        row[name] = int(str(before[name])) + int(str(more[name]))
    for name, pick in (("period_start", min), ("period_end", max)):
        days = [day for day in (before[name], more[name]) if day is not None]
        row[name] = pick(days) if days else None  # type: ignore[type-var]  # both are dates
    return row
