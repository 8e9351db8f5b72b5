"""Import one table of a file: stage it, find its stores, merge it into each, and write down what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.collect.loading.conflicts import quarantine_conflicts
from zhanggui.collect.loading.findings import findings
from zhanggui.collect.loading.intake import Staged, completed, stage_table
from zhanggui.collect.loading.kept_aside import take_settled, write_differing, write_issues
from zhanggui.collect.loading.layouts_held import LayoutHeld, register_layout
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.merge_tables import Outcome, merge_table
from zhanggui.collect.loading.part_sums import PartSums, headline_of, sums_of
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.store_parts import store_names, store_part
from zhanggui.collect.loading.stores import Found, StoreFinder
from zhanggui.collect.loading.typed_rows import RowTyper
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, BatchContext
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import SourceTable
from zhanggui.columns import is_of_company
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger, Transaction, arrow_schema, built_once
from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.privacy import Sealer, Tokenizer
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.shop import Shop
from zhanggui.money import currency_exponent


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What the import of a table needs from its surroundings."""

    shop: Shop
    ledger: Ledger
    finder: StoreFinder
    store_option: str | None
    folder: PurePath | None
    extracted_at: datetime | None
    on_rows: Callable[[int], None]
    file_name: str
    raw_id: str
    sha256: str
    version_at: datetime | None = None
    batch_id: int | None = None
    corrects: int | None = None
    loaded_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a table goes into one store, which the file calls `name`."""

    staged: Staged
    name: str | None
    found: Found
    batch_id: int


@dataclass(frozen=True, slots=True)
class _Merged:
    """What became of a part: its rows, complete, and what the merge did with them; None where no row is good."""

    part: _Part
    batch: BatchContext
    version_at: datetime | None
    rows: ir.Table | None
    outcome: Outcome | None
    settled: ir.Table | None


class TableImport:
    """The import of one table."""

    def __init__(self, context: ImportContext, table: SourceTable, layout: Layout) -> None:
        self.context = context
        self.table = table
        self.layout = layout
        self.bound = layout.bound(table.header)
        settings = context.shop.settings.shop
        self.typer = RowTyper(
            layout,
            self.bound,
            timezone=settings.timezone,
            currency=settings.currency,
            tokenizer=Tokenizer(context.shop.key),
        )
        self.sealer = Sealer(context.shop.key)
        self._layout_held: LayoutHeld | None = None

    def run(self, tx: Transaction) -> tuple[list[FileReport], list[Manifest]]:
        """Import the table; return one report and one manifest per store."""
        staged, names = self._staged(tx)
        reports, manifests = [], []
        first_id = self.context.batch_id or ManifestStore(self.context.shop.raw.directory).next_id()
        for position, name in enumerate(names):
            part = _Part(self._store_part(tx, staged, names, position), name, self._found(name), first_id + position)
            merged = self._merged(tx, part)
            reports.append(self._written(tx, merged))
            manifests.append(self._manifest(merged))
        return reports, manifests

    def run_for(self, tx: Transaction, store: StoreRecord, name: str | None) -> FileReport:
        """Import the table's rows of the store that the file calls `name` into `store`."""
        if self.context.batch_id is None:
            raise ValueError("an import that is run again has its number")
        staged, names = self._staged(tx)
        own = self._store_part(tx, staged, names, names.index(name) if name in names else 0)
        return self._written(tx, self._merged(tx, _Part(own, name, Found(store), self.context.batch_id)))

    def _staged(self, tx: Transaction) -> tuple[Staged, list[str | None]]:
        """Stage the table; return it, and the stores that it names."""
        header = self.bound.get("store_name") or self.bound.get("shop")
        staged = stage_table(tx, self.table, self.typer, self.sealer, store_header=header, on_rows=self.context.on_rows)
        stated = self.layout.constants.get("shop")
        return staged, store_names(tx, staged, stated=stated, has_column=header is not None)

    def _store_part(self, tx: Transaction, staged: Staged, names: list[str | None], position: int) -> Staged:
        headline = None if staged.rows is None else headline_of(staged.rows, self.layout.dataset)
        exponent = currency_exponent(self.typer.currency)
        return store_part(tx, staged, names, position, headline=headline, exponent=exponent)

    def _found(self, name: str | None) -> Found:
        return self.context.finder.found(
            file=self.table.name,
            platform=self.layout.platform,
            stated_name=name,
            source_shop_id=None,
            option=self.context.store_option,
            folder=self.context.folder,
            is_of_company=is_of_company(self.layout.dataset),
        )

    def _merged(self, tx: Transaction, part: _Part) -> _Merged:
        """Merge the rows of one store."""
        context, store, rows = self.context, part.found.store, part.staged.rows
        version_at = context.version_at or context.extracted_at or part.staged.latest
        batch = self._batch_context(tx, store, part.batch_id)
        outcome: Outcome | None = None
        if rows is not None:
            rows = _of_store(completed(tx, rows, version_at, self.typer.currency))
            is_said = context.store_option is not None or part.name is not None or context.batch_id is not None
            rows = quarantine_conflicts(
                tx,
                context.ledger,
                rows,
                part.staged,
                batch,
                self.bound,
                store_name=store.name,
                file=self.table.name,
                is_store_said=is_said,
            )
            outcome = merge_table(
                tx,
                context.ledger,
                rows,
                batch,
                dataset=self.layout.dataset,
                counts_as_paid=self.layout.options.paid == "all",
            )
        settled = take_settled(tx, context.ledger, part.staged, batch)
        return _Merged(part, batch, version_at, rows, outcome, settled)

    def _batch_context(self, tx: Transaction, store: StoreRecord, batch_id: int) -> BatchContext:
        if self._layout_held is None:
            found = {name for name in self.layout.extracted if self.layout.bound_extractions(name, self.table.header)}
            self._layout_held = register_layout(tx, self.context.ledger, self.layout, {*self.bound, *found})
        held = self._layout_held
        tx.bind(this_store=store.shop_id, this_import=batch_id, this_layout=held.number)
        return BatchContext(
            shop_id=store.shop_id,
            batch_id=batch_id,
            layout=held.number,
            dominating=held.dominating,
            dominated=held.dominated,
            is_set=self.layout.is_platform or self.layout.options.orders_complete,
            is_platform=self.layout.is_platform,
        )

    def _written(self, tx: Transaction, merged: _Merged) -> FileReport:
        """Write down what became of a part, and report it."""
        report = self._report(tx, merged)
        ledger, batch, store = self.context.ledger, merged.batch, merged.part.found.store
        if merged.outcome is not None:
            tx.insert("raw_record", _raw_records(merged.outcome.classes))
            if merged.outcome.differing is not None:
                write_differing(tx, merged.outcome.differing, batch)
        if merged.settled is not None:
            tx.insert("raw_record", _raw_records(merged.settled))
        if merged.part.staged.faults is not None:
            write_issues(tx, ledger, merged.part.staged.faults, batch)
        _write_store(tx, ledger, store)
        tx.insert("source_batch", self._batch_row(report, merged))
        return report

    def _report(self, tx: Transaction, merged: _Merged) -> FileReport:
        staged, found = merged.part.staged, merged.part.found
        report = FileReport(
            file=self.table.name,
            format=self.layout.format_id,
            title=Text.of(self.layout.title_zh, self.layout.title_en),
            store=found.store.name,
            batch_id=merged.part.batch_id,
            currency=self.typer.currency,
            non_data=staged.non_data,
        )
        if found.note is not None:
            report.notes.append(found.note)
        report.notes += [Text.of(note, note) for note in self.table.notes]
        report.classes["quarantined"] = staged.n_quarantined
        report.classes["rejected"] = staged.n_rejected
        for classes in (merged.settled, merged.outcome.classes if merged.outcome is not None else None):
            if classes is not None:
                for row in tx.query(_counted(classes)).to_pylist():
                    report.classes[row["row_class"]] += row["n"]
        sums = PartSums() if merged.rows is None else sums_of(tx, merged.rows, self.layout.dataset)
        if merged.outcome is not None:
            _total(tx, merged.outcome, staged, sums, report)
        report.period_from, report.period_to = sums.first, sums.last
        exponent = currency_exponent(report.currency)
        report.issues = findings(
            tx, merged.rows, staged, merged.outcome, self.layout, self.bound, sums, exponent=exponent
        )
        return report

    def _batch_row(self, report: FileReport, merged: _Merged) -> pa.Table:
        store = merged.part.found.store
        row: dict[str, Any] = {
            "batch_id": merged.batch.batch_id,
            "shop_id": store.shop_id,
            "platform": store.platform,
            "dataset": self.layout.dataset,
            "format_id": self.layout.format_id,
            "file_name": self.context.file_name,
            "sheet": self.table.member or self.table.sheet,
            "sha256": self.context.sha256,
            "header_signature": self.table.signature,
            "encoding": self.table.encoding,
            "version_at": merged.version_at,
            "loaded_at": self.context.loaded_at.astimezone(UTC).replace(tzinfo=None),
            "period_start": report.period_from,
            "period_end": report.period_to,
            **report.classes,
            "received": report.received,
            "non_data": report.non_data,
            "currency": report.currency if report.has_total else None,
            "file_total": str(report.file_total) if report.has_total else None,
            "ledger_total": str(report.ledger_total) if report.has_total else None,
            "rounding": str(report.rounding) if report.has_total else None,
        }
        return _arrow_row("source_batch", row)

    def _manifest(self, merged: _Merged) -> Manifest:
        document = self.layout.document
        extracted, version_at = self.context.extracted_at, merged.version_at
        return Manifest(
            batch_id=merged.part.batch_id,
            raw_id=self.context.raw_id,
            file_name=self.context.file_name,
            table_name=self.table.name,
            format_id=self.layout.format_id,
            shop_id=merged.batch.shop_id,
            store_in_file=merged.part.name,
            map_document=None if document is None else dict(document),
            extracted_at=None if extracted is None else extracted.isoformat(),
            version_at=None if version_at is None else version_at.isoformat(),
            loaded_at=self.context.loaded_at.isoformat(),
            corrects=self.context.corrects,
        )


_SCOPED = ("buyer_key", "account_key")


@built_once
def _raw_records(classes: ir.Table) -> ir.Table:
    return classes.select("row_no", "row_hash", "row_class", batch_id=THIS_IMPORT)


@built_once
def _counted(classes: ir.Table) -> ir.Table:
    return classes.group_by("row_class").aggregate(n=classes.count())


@built_once
def _this_store(stores: ir.Table) -> ir.Table:
    return stores.filter(stores.shop_id == THIS_STORE)


@built_once
def _of_store(rows: ir.Table) -> ir.Table:
    """Scope buyer keys to the store: equal ids of two stores are two people until evidence says otherwise."""
    scoped = [name for name in _SCOPED if name in rows.columns]
    return rows.mutate(**{name: THIS_STORE.cast("string") + "-" + rows[name] for name in scoped}) if scoped else rows


_SEVERAL_CURRENCIES = Text(
    "文件里有多种货币，没有汇率不能相加，所以没有合计；逐币种的金额用 zhanggui query gmv_paid --by currency 看",
    "The file holds several currencies, which cannot be added up without rates, so there is no total; zhanggui query "
    "gmv_paid --by currency shows each",
)


def _total(tx: Transaction, outcome: Outcome, staged: Staged, sums: PartSums, report: FileReport) -> None:
    """Tie what the file states to what the ledger holds of it."""
    if outcome.held_minor is None:
        return
    if len(set(sums.currencies)) > 1:
        report.notes.append(_SEVERAL_CURRENCIES)
        return
    report.currency = next(iter(sums.currencies), report.currency)
    exponent = currency_exponent(report.currency)
    held = tx.query(outcome.held_minor).column(0).to_pylist()[0]
    # A column that is empty in every row is no total of nothing.
    report.has_total = sums.headline_minor is not None or staged.file_total != 0
    report.ledger_total = Decimal(int(held or 0)).scaleb(-exponent)
    report.file_total = staged.file_total
    report.rounding = staged.good_total - Decimal(sums.headline_minor or 0).scaleb(-exponent)


def _write_store(tx: Transaction, ledger: Ledger, store: StoreRecord) -> None:
    """Hold the store as the registry has it."""
    row = _store_row(store)
    if tx.query(_this_store(ledger.table("store"))).to_pylist() != row.to_pylist():
        tx.delete("store", row.select(["shop_id"]), on=("shop_id",))
        tx.insert("store", row)


def _arrow_row(table: str, row: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([row], schema=arrow_schema(TABLES[table]))


def _store_row(store: StoreRecord) -> pa.Table:
    return _arrow_row(
        "store",
        {
            "shop_id": store.shop_id,
            "platform": store.platform,
            "name": store.name,
            "source_shop_id": store.source_shop_id,
            "tz": store.tz,
            "currency": store.currency,
            "is_provisional": store.is_provisional,
        },
    )
