"""Import a file of request bodies: its events part by part, in bounded memory, and what happened written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.events.files import EventFile, event_file
from zhanggui.collect.events.protocols import FORMAT_PREFIX, names_of
from zhanggui.collect.events.typed_events import EventTyper
from zhanggui.collect.loading.event_aside import AsideEvents, displace_others, own_displaced
from zhanggui.collect.loading.event_merge import MergedEvents, merge_events
from zhanggui.collect.loading.event_parts import EventPart, EventParts
from zhanggui.collect.loading.faults import RULES
from zhanggui.collect.loading.import_table import ImportContext
from zhanggui.collect.loading.intake import Staged, TooManyFaultsError
from zhanggui.collect.loading.kept_aside import take_settled, write_issues
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.report import FileReport, Issue
from zhanggui.collect.loading.stores import Found
from zhanggui.collect.loading.versions import BatchContext
from zhanggui.collect.reading import Limits, header_signature
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Transaction, arrow_schema
from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.privacy import Sealer, Tokenizer
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.vocabulary import ROW_CLASS

DATASET = "events"
PLATFORM = "own_site"
"""Where bodies come from: marketplaces give none away."""

_MOST_FAULTS = 100_000
_HELD = Limits(max_inflated_bytes=1 << 60, max_ratio=1 << 30)
"""What was taken once is read again, whatever the limits say today."""


def is_of_events(format_id: str) -> bool:
    """Whether an import was one of request bodies."""
    return format_id.startswith(FORMAT_PREFIX)


def events_of(stream: BinaryIO, manifest: Manifest) -> EventFile:
    """Return the file of an import as it was read first.

    Raises
    ------
    LookupError
        The stored bytes are no such file.
    """
    protocol = manifest.format_id.removeprefix(FORMAT_PREFIX)
    found = event_file(stream, manifest.file_name, limits=_HELD, protocol=protocol)
    if found is None:
        raise LookupError(manifest.table_name)
    return found


@dataclass(slots=True)
class _Tally:
    """What has become of the rows so far."""

    classes: Counter[str] = field(default_factory=Counter)
    staged: Staged = field(default_factory=Staged)
    first: date | None = None
    last: date | None = None
    n_rows: int = 0

    def cover(self, days: pa.ChunkedArray) -> None:
        """Take note of the days of some events."""
        ends = pc.min_max(days).as_py()
        self.first = min(ends["min"], self.first or ends["min"])
        self.last = max(ends["max"], self.last or ends["max"])


class EventImport:
    """The import of one file of bodies."""

    def __init__(self, context: ImportContext, file: EventFile) -> None:
        self.context = context
        self.file = file
        self.protocol = file.protocol

    def run(self, tx: Transaction) -> tuple[FileReport, Manifest]:
        """Import the file; return its report and its manifest."""
        context = self.context
        found = context.finder.found(
            file=self.file.name,
            platform=PLATFORM,
            stated_name=None,
            source_shop_id=None,
            option=context.store_option,
            folder=context.folder,
        )
        batch_id = context.batch_id or ManifestStore(context.shop.raw.directory).next_id()
        return self._imported(tx, found, batch_id), self._manifest(found.store, batch_id)

    def run_for(self, tx: Transaction, store: StoreRecord) -> FileReport:
        """Import the file again, into `store`, under the number that it has."""
        if self.context.batch_id is None:
            raise ValueError("an import that is run again has its number")
        return self._imported(tx, Found(store), self.context.batch_id)

    def _imported(self, tx: Transaction, found: Found, batch_id: int) -> FileReport:
        store, ledger = found.store, self.context.ledger
        tx.bind(this_store=store.shop_id, this_import=batch_id)
        batch = BatchContext(store.shop_id, batch_id, 0, (), (), is_set=False, is_platform=False)
        tally = _Tally()
        aside = AsideEvents(Sealer(self.context.shop.key), tally.staged)
        for part in self._parts(store):
            merged = merge_events(tx, ledger, part, shop_id=store.shop_id, batch_id=batch_id)
            aside.add([*part.faults, *merged.reused])
            if merged.displaced is not None:
                given_way = own_displaced(tx, merged.displaced, batch_id)
                tally.classes["accepted"] -= len(given_way)
                aside.add(given_way)
                displace_others(tx, ledger, merged.displaced, batch_id)
            self._count(part, merged, tally)
            self.context.on_rows(tally.n_rows)
        aside.stage(tx)
        settled = take_settled(tx, ledger, tally.staged, batch)
        if settled is not None:
            tally.classes["duplicate"] += tx.insert("raw_record", settled.mutate(batch_id=batch_id))
        if tally.staged.faults is not None:
            write_issues(tx, ledger, tally.staged.faults, batch)
        report = self._report(tally, found, batch_id)
        write_store(tx, store)
        self._write_batch(tx, self._batch_row(report, store))
        return report

    def _parts(self, store: StoreRecord) -> Iterator[EventPart]:
        return self._reader(store).parts()

    def _reader(self, store: StoreRecord, *, n_rows: int = 0, n_lines: int = 0) -> EventParts:
        typer = EventTyper(
            self.protocol.name,
            shop_id=store.shop_id,
            timezone=store.tz,
            currency=store.currency,
            tokenizer=Tokenizer(self.context.shop.key),
        )
        names = names_of(self.protocol, self.context.shop.dir)
        return EventParts(self.file, typer, names, n_rows=n_rows, n_lines=n_lines)

    def _count(self, part: EventPart, merged: MergedEvents, tally: _Tally) -> None:
        staged = tally.staged
        tally.n_rows += part.n_rows
        staged.non_data += part.n_blank
        for place, n_rows in zip(*np.unique(merged.row_class, return_counts=True), strict=True):
            if ROW_CLASS[place] != "quarantined":
                tally.classes[ROW_CLASS[place]] += int(n_rows)
        n_aside = staged.n_quarantined + staged.n_rejected
        if n_aside > _MOST_FAULTS and n_aside > tally.classes["accepted"] + tally.classes["duplicate"]:
            raise TooManyFaultsError(self.file.name, n_aside, staged.fault_rules.most_common(1)[0][0][1])
        if part.events is not None and part.events.num_rows:
            tally.cover(part.events.column("event_date"))

    def _report(self, tally: _Tally, found: Found, batch_id: int) -> FileReport:
        staged = tally.staged
        report = FileReport(
            file=self.file.name,
            format=self.protocol.format_id,
            title=Text.of(self.protocol.title_zh, self.protocol.title_en),
            store=found.store.name,
            batch_id=batch_id,
            currency=found.store.currency,
            non_data=staged.non_data,
            period_from=tally.first,
            period_to=tally.last,
        )
        if found.note is not None:
            report.notes.append(found.note)
        report.classes |= tally.classes
        report.classes["quarantined"], report.classes["rejected"] = staged.n_quarantined, staged.n_rejected
        report.issues = [
            Issue(rule, severity, RULES[rule], n_rows, tuple(staged.fault_examples[severity, rule, column]), column)
            for (severity, rule, column), n_rows in sorted(staged.fault_rules.items(), key=lambda item: -item[1])
        ]
        return report

    def _write_batch(self, tx: Transaction, row: pa.Table) -> None:
        tx.insert("source_batch", row)

    def _batch_row(self, report: FileReport, store: StoreRecord) -> pa.Table:
        row = {
            "batch_id": report.batch_id,
            "shop_id": store.shop_id,
            "platform": store.platform,
            "dataset": DATASET,
            "format_id": self.protocol.format_id,
            "file_name": self.context.file_name,
            "sha256": self.context.sha256,
            "header_signature": header_signature((self.protocol.format_id,)),
            "encoding": "utf-8",
            "loaded_at": self.context.loaded_at.astimezone(UTC).replace(tzinfo=None),
            "period_start": report.period_from,
            "period_end": report.period_to,
            **report.classes,
            "received": report.received,
            "non_data": report.non_data,
        }
        return pa.Table.from_pylist([row], schema=arrow_schema(TABLES["source_batch"]))

    def _manifest(self, store: StoreRecord, batch_id: int) -> Manifest:
        extracted = self.context.extracted_at
        return Manifest(
            batch_id=batch_id,
            raw_id=self.context.raw_id,
            file_name=self.context.file_name,
            table_name=self.file.name,
            format_id=self.protocol.format_id,
            shop_id=store.shop_id,
            store_in_file=None,
            map_document=None,
            extracted_at=None if extracted is None else extracted.isoformat(),
            version_at=None,
            loaded_at=self.context.loaded_at.isoformat(),
            corrects=self.context.corrects,
        )


def write_store(tx: Transaction, store: StoreRecord) -> None:
    """Write the store's row anew."""
    row = {name: getattr(store, name) for name in TABLES["store"].column_names}
    rows = pa.Table.from_pylist([row], schema=arrow_schema(TABLES["store"]))
    tx.delete("store", tx.stage("store_key", rows.select(["shop_id"])), on=("shop_id",))
    tx.insert("store", rows)
