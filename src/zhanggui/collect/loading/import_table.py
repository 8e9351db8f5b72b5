"""Import one table of a file: stage it, find its stores, merge it into each, and write down what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.collect.loading.conflicts import quarantine_conflicts
from zhanggui.collect.loading.findings import findings
from zhanggui.collect.loading.intake import Staged, completed, stage_table
from zhanggui.collect.loading.layouts_held import register_layout
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.merge_tables import Outcome, merge_table
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.store_parts import store_names, store_part
from zhanggui.collect.loading.stores import Found, StoreFinder
from zhanggui.collect.loading.typed_rows import RowTyper
from zhanggui.collect.loading.versions import BatchContext
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import SourceTable
from zhanggui.columns import FACTS, ValueKind, is_of_company
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger, Transaction, arrow_schema
from zhanggui.ledger.jobs import StoreRecord
from zhanggui.ledger.privacy import Sealer, Tokenizer
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.facts import date_of
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

    def run(self, tx: Transaction) -> tuple[list[FileReport], list[Manifest]]:
        """Import the table; return one report and one manifest per store."""
        store_header = self.bound.get("store_name") or self.bound.get("shop")
        staged = stage_table(
            tx, self.table, self.typer, self.sealer, store_header=store_header, on_rows=self.context.on_rows
        )
        names = self._store_names(tx, staged, has_column=store_header is not None)
        reports, manifests = [], []
        first_id = self.context.batch_id or ManifestStore(self.context.shop.raw.directory).next_id()
        for position, name in enumerate(names):
            part = store_part(tx, staged, names, position)
            report, manifest = self._into_store(tx, part, name, batch_id=first_id + position, is_whole=len(names) == 1)
            reports.append(report)
            manifests.append(manifest)
        return reports, manifests

    def run_for(self, tx: Transaction, store: StoreRecord, name: str | None) -> FileReport:
        """Import the table's rows of the store that the file calls `name` into `store`."""
        header = self.bound.get("store_name") or self.bound.get("shop")
        staged = stage_table(tx, self.table, self.typer, self.sealer, store_header=header, on_rows=self.context.on_rows)
        names = self._store_names(tx, staged, has_column=header is not None)
        part = store_part(tx, staged, names, names.index(name) if name in names else 0)
        batch_id = self.context.batch_id
        if batch_id is None:
            raise ValueError("an import that is run again has its number")
        report, _ = self._merged(tx, part.rows, part, name, Found(store), batch_id, is_whole=len(names) == 1)
        return report

    def _store_names(self, tx: Transaction, staged: Staged, *, has_column: bool) -> list[str | None]:
        return store_names(tx, staged, stated=self.layout.constants.get("shop"), has_column=has_column)

    def _into_store(
        self, tx: Transaction, staged: Staged, name: str | None, *, batch_id: int, is_whole: bool
    ) -> tuple[FileReport, Manifest]:
        context = self.context
        found = context.finder.found(
            file=self.table.name,
            platform=self.layout.platform,
            stated_name=name,
            source_shop_id=None,
            option=context.store_option,
            folder=context.folder,
            is_of_company=is_of_company(self.layout.dataset),
        )
        return self._merged(tx, staged.rows, staged, name, found, batch_id, is_whole=is_whole)

    def _merged(
        self,
        tx: Transaction,
        rows: ir.Table | None,
        staged: Staged,
        name: str | None,
        found: Found,
        batch_id: int,
        *,
        is_whole: bool,
    ) -> tuple[FileReport, Manifest]:
        """Merge the rows of one store and write down what happened."""
        context, store = self.context, found.store
        version_at = context.version_at or context.extracted_at or staged.latest
        batch = self._batch_context(tx, store, batch_id)
        outcome: Outcome | None = None
        if rows is not None:
            rows = _of_store(completed(rows, version_at, self.typer.currency), store)
            rows = quarantine_conflicts(
                tx,
                context.ledger,
                rows,
                staged,
                batch,
                self.bound,
                store_name=store.name,
                file=self.table.name,
                is_store_said=context.store_option is not None or name is not None or context.batch_id is not None,
            )
            outcome = merge_table(
                tx,
                context.ledger,
                rows,
                batch,
                dataset=self.layout.dataset,
                counts_as_paid=self.layout.options.paid == "all",
            )
        report = self._report(tx, rows, staged, outcome, found, batch_id, is_whole=is_whole)
        self._write_down(tx, rows, staged, outcome, report, store, version_at, batch)
        return report, self._manifest(store, name, batch_id, version_at)

    def _batch_context(self, tx: Transaction, store: StoreRecord, batch_id: int) -> BatchContext:
        held = register_layout(tx, self.context.ledger, self.layout, self.bound)
        return BatchContext(
            shop_id=store.shop_id,
            batch_id=batch_id,
            layout=held.number,
            dominating=held.dominating,
            dominated=held.dominated,
            is_set=self.layout.is_platform or self.layout.options.orders_complete,
            is_platform=self.layout.is_platform,
        )

    def _report(
        self,
        tx: Transaction,
        rows: ir.Table | None,
        staged: Staged,
        outcome: Outcome | None,
        found: Found,
        batch_id: int,
        *,
        is_whole: bool,
    ) -> FileReport:
        report = FileReport(
            file=self.table.name,
            format=self.layout.format_id,
            title=Text.of(self.layout.title_zh, self.layout.title_en),
            store=found.store.name,
            batch_id=batch_id,
            currency=self.typer.currency,
            non_data=staged.non_data,
        )
        if found.note is not None:
            report.notes.append(found.note)
        report.notes += [Text.of(note, note) for note in self.table.notes]
        report.classes["quarantined"] = staged.n_quarantined
        report.classes["rejected"] = staged.n_rejected
        if outcome is not None and rows is not None:
            counted = outcome.classes.group_by("row_class").aggregate(n=outcome.classes.count())
            for row in tx.query(counted).to_pylist():
                report.classes[row["row_class"]] += row["n"]
            self._totals(tx, rows, staged, outcome, report, is_whole=is_whole)
        report.issues = findings(
            tx, rows, staged, outcome, self.layout, self.bound, exponent=currency_exponent(report.currency)
        )
        return report

    def _totals(
        self, tx: Transaction, rows: ir.Table, staged: Staged, outcome: Outcome, report: FileReport, *, is_whole: bool
    ) -> None:
        exponent = currency_exponent(report.currency)
        headline = _headline(rows, self.layout.dataset)
        if outcome.held_minor is not None and headline is not None:
            held = tx.query(outcome.held_minor).column(0).to_pylist()[0]
            stated = tx.query(headline).column(0).to_pylist()[0]
            # A column that is empty in every row is no total of nothing.
            report.has_total = stated is not None or staged.file_total != 0
            report.ledger_total = Decimal(int(held or 0)).scaleb(-exponent)
            good = Decimal(int(stated or 0)).scaleb(-exponent)
            report.file_total = staged.file_total if is_whole else good
            report.rounding = staged.good_total - good if is_whole else Decimal(0)
        day = next((name for name in _period_days(self.layout.dataset) if name in rows.columns), None)
        if day is not None:
            days = tx.query(rows.aggregate(first=rows[day].min(), last=rows[day].max())).to_pylist()[0]
            report.period_from, report.period_to = days["first"], days["last"]

    def _write_down(
        self,
        tx: Transaction,
        rows: ir.Table | None,
        staged: Staged,
        outcome: Outcome | None,
        report: FileReport,
        store: StoreRecord,
        version_at: datetime | None,
        batch: BatchContext,
    ) -> None:
        """Keep the batch, its rows' classes, and what was set aside."""
        ledger = self.context.ledger
        shop_id, batch_id = ibis.literal(batch.shop_id, "int32"), ibis.literal(batch.batch_id, "int32")
        if outcome is not None and rows is not None:
            tx.insert("raw_record", outcome.classes.select("row_no", "row_hash", "row_class", batch_id=batch_id))
        if staged.faults is not None:
            faults = staged.faults
            tx.insert("raw_record", faults.select("row_no", "row_hash", row_class=faults.severity, batch_id=batch_id))
            issues = faults.mutate(
                issue_id=shop_id.cast("string") + ":" + faults.row_hash.cast("string") + ":" + faults.rule,
                batch_id=batch_id,
                n_rows=ibis.literal(1, "int64"),
                status=ibis.literal("open"),
            )
            held = ledger.table("data_issue").select("issue_id")
            issues = issues.distinct(on="issue_id", keep="first").anti_join(held, "issue_id")
            issues = issues.drop("row_hash", "store_in_file")
            tx.insert("data_issue", tx.stage("issues_new", issues))
        if outcome is not None and outcome.differing is not None:
            rows_ = outcome.differing
            tx.insert(
                "data_issue",
                rows_.select(
                    "row_no",
                    issue_id=batch_id.cast("string") + ":" + rows_.row_no.cast("string") + ":order_values_differ",
                    batch_id=batch_id,
                    rule=ibis.literal("order_values_differ"),
                    severity=ibis.literal("info"),
                    n_rows=ibis.literal(1, "int64"),
                    status=ibis.literal("open"),
                ),
            )
        tx.delete("store", tx.stage("store_key", _store_row(store).select(["shop_id"])), on=("shop_id",))
        tx.insert("store", _store_row(store))
        tx.insert("source_batch", self._batch_row(report, store, version_at, batch))

    def _batch_row(
        self, report: FileReport, store: StoreRecord, version_at: datetime | None, batch: BatchContext
    ) -> pa.Table:
        row: dict[str, Any] = {
            "batch_id": batch.batch_id,
            "shop_id": store.shop_id,
            "platform": store.platform,
            "dataset": self.layout.dataset,
            "format_id": self.layout.format_id,
            "file_name": self.context.file_name,
            "sheet": self.table.member or self.table.sheet,
            "sha256": self.context.sha256,
            "header_signature": self.table.signature,
            "encoding": self.table.encoding,
            "version_at": version_at,
            "loaded_at": datetime.now(UTC).replace(tzinfo=None),
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

    def _manifest(self, store: StoreRecord, name: str | None, batch_id: int, version_at: datetime | None) -> Manifest:
        document = self.layout.document
        extracted = self.context.extracted_at
        return Manifest(
            batch_id=batch_id,
            raw_id=self.context.raw_id,
            file_name=self.context.file_name,
            table_name=self.table.name,
            format_id=self.layout.format_id,
            shop_id=store.shop_id,
            store_in_file=name,
            map_document=None if document is None else dict(document),
            extracted_at=None if extracted is None else extracted.isoformat(),
            version_at=None if version_at is None else version_at.isoformat(),
            loaded_at=datetime.now(UTC).isoformat(),
            corrects=self.context.corrects,
        )


def _of_store(rows: ir.Table, store: StoreRecord) -> ir.Table:
    """Scope buyer keys to the store: equal ids of two stores are two people until evidence says otherwise."""
    if "buyer_key" not in rows.columns:
        return rows
    return rows.mutate(buyer_key=ibis.literal(f"{store.shop_id}-") + rows.buyer_key)


_HEADLINES = ("line_amount_minor", "order_amount_minor", "stated_paid_minor", "requested_minor")


def _headline(rows: ir.Table, dataset: str) -> ir.Table | None:
    """Return the sum of the amount that heads a file's equation; None where the file has no amount."""
    names = (FACTS[dataset].headline,) if dataset in FACTS else _HEADLINES
    for name in names:
        if name in rows.columns:
            return rows.aggregate(total=rows[name].sum())
    return None


def _period_days(dataset: str) -> tuple[str, ...]:
    """Return the columns that may say which days a file covers, best first."""
    if dataset not in FACTS:
        return ("created_date",)
    columns = FACTS[dataset].columns
    days = (column.held_as for column in columns if column.kind is ValueKind.DAY)
    return (*days, *(date_of(column) for column in columns if column.kind is ValueKind.TIME))


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
