"""Read raw files again: a whole ledger that is lost or of an older version, or some stores after a move."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import ibis
import pyarrow as pa

from zhanggui.collect.loading.event_import import EventImport, events_of, is_of_events
from zhanggui.collect.loading.import_table import ImportContext, TableImport
from zhanggui.collect.loading.load import hints_of, layout_of
from zhanggui.collect.loading.log_projection import import_log_again
from zhanggui.collect.loading.log_source import log_source
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import open_tables
from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.engine import (
    Ledger,
    LedgerMemoryError,
    Transaction,
    arrow_schema,
    open_ledger,
    replace_ledger,
)
from zhanggui.ledger.jobs import Lease
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.observations import ALL_TABLES, ORDER_SEEN
from zhanggui.ledger.shop import Shop

NOT_REBUILT = "not_rebuilt"
"""Rule of an import whose file could not be read again."""

Tell = Callable[[Text, int], None]
"""Takes what is being read, and how many of its rows are done."""


class TableGoneError(ZhangguiError):
    """A stored file does not hold the table any more that was imported from it."""

    code = "table_gone"

    def __init__(self, manifest: Manifest) -> None:
        super().__init__(
            f"The stored file holds no table {manifest.table_name!r} any more.",
            where=manifest.file_name,
            next_step="load the original file again",
        )


@dataclass(frozen=True, slots=True)
class UnreadImport:
    """An import whose file could not be read again, and why."""

    manifest: Manifest
    error: ZhangguiError

    @property
    def text(self) -> Text:
        """What a person reads about it."""
        name, number = self.manifest.file_name, self.manifest.batch_id
        return Text.of(
            f"第 {number} 次导入（{name}）没有重建：{self.error.what} {self.error.next_step}",
            f"import {number} ({name}) was not rebuilt: {self.error.what} Next: {self.error.next_step}",
        )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a build of the ledger read.

    Attributes
    ----------
    n_imports : int
        Imports that were read again.
    unread : tuple of UnreadImport
        Imports that the ledger now lacks.
    """

    n_imports: int
    unread: tuple[UnreadImport, ...]


def build_ledger(shop: Shop, *, tell: Tell = lambda label, n_rows: None) -> Rebuilt:
    """Build the ledger of a shop from its raw files, and put it in the place of the one that is there.

    The old one stays until the new one is complete; what a cut-off build left behind, the next one removes. A file
    that cannot be read is left out and said, and an issue of the new ledger tells of it; the others are rebuilt.

    Parameters
    ----------
    shop : Shop
        Owned by this process, its ledger closed.
    tell : callable
        Told how far it is.

    Returns
    -------
    Rebuilt

    Raises
    ------
    ZhangguiError
        No file could be read at all, or the engine had too little memory: the ledger that is there stays.
    """
    room = shop.tmp / "rebuild"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    manifests = ManifestStore(shop.raw.directory).all()
    unread: list[UnreadImport] = []
    try:
        memory_limit = shop.settings.ledger.memory_limit
        with open_ledger(room, memory_limit=memory_limit, threads=1, statements=shop.statements) as ledger:
            for number, manifest in enumerate(manifests, start=1):
                place = f"{manifest.file_name} ({number}/{len(manifests)})"
                label = Text.of(
                    f"正在从原始文件重建账本：{place}", f"building the ledger from its source files: {place}"
                )
                try:
                    with ledger.transaction() as tx:
                        import_again(tx, shop, ledger, manifest, on_rows=partial(tell, label))
                except LedgerMemoryError:
                    raise
                except ZhangguiError as error:
                    unread.append(UnreadImport(manifest, error))
            if unread and len(unread) == len(manifests):
                raise unread[0].error
            _write_unread(ledger, unread)
        replace_ledger(shop.dir, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return Rebuilt(len(manifests) - len(unread), tuple(unread))


def _write_unread(ledger: Ledger, unread: Sequence[UnreadImport]) -> None:
    """Let the new ledger say which imports it lacks."""
    rows = [
        {
            "issue_id": f"{one.manifest.batch_id}:{NOT_REBUILT}",
            "batch_id": one.manifest.batch_id,
            "column_name": one.manifest.file_name,
            "rule": NOT_REBUILT,
            "severity": "warning",
            "n_rows": 0,
            "status": "open",
        }
        for one in unread
    ]
    if rows:
        with ledger.transaction() as tx:
            tx.insert("data_issue", pa.Table.from_pylist(rows, schema=arrow_schema(TABLES["data_issue"])))


def rebuild_within(
    tx: Transaction, shop: Shop, ledger: Ledger, stores: Collection[int], *, lease: Lease | None = None
) -> None:
    """Empty the tables of some stores and import their files again, inside a transaction."""
    manifests = [m for m in ManifestStore(shop.raw.directory).all() if m.shop_id in stores]
    tx.widen("order_seen", ORDER_SEEN.column_names)
    _empty(tx, ledger, stores)
    for number, manifest in enumerate(manifests, start=1):
        label = Text.of(f"正在重算 {manifest.file_name}", f"projecting {manifest.file_name} again")
        if lease is not None:
            lease.check_cancelled()
            lease.progress(number, len(manifests), unit="files", label=label)
        import_again(tx, shop, ledger, manifest)


def import_again(
    tx: Transaction,
    shop: Shop,
    ledger: Ledger,
    manifest: Manifest,
    *,
    on_rows: Callable[[int], None] = lambda _: None,
) -> FileReport:
    """Import the table of a manifest as it was imported first, into the store that the manifest names."""
    settings = shop.settings.shop
    context = ImportContext(
        shop=shop,
        ledger=ledger,
        finder=StoreFinder(shop.stores, StoreDefaults(settings.timezone, settings.currency)),
        store_option=None,
        folder=None,
        extracted_at=_moment(manifest.extracted_at),
        on_rows=on_rows,
        file_name=manifest.file_name,
        raw_id=manifest.raw_id,
        sha256=manifest.raw_id,
        version_at=_moment(manifest.version_at),
        batch_id=manifest.batch_id,
        corrects=manifest.corrects,
        loaded_at=datetime.fromisoformat(manifest.loaded_at),
    )
    mapped = None
    if manifest.map_document is not None:
        mapped = layout_from(manifest.map_document, file=manifest.format_id, name=manifest.format_id)
    store = shop.stores.get_store(manifest.shop_id)
    source = log_source(manifest.raw_id)
    if source is not None:
        return import_log_again(tx, context, source, store)
    with shop.raw.open(manifest.raw_id) as stream:
        if is_of_events(manifest.format_id):
            report = EventImport(context, events_of(stream, manifest)).run_for(tx, store)
            _resolve_corrected(tx, ledger, manifest)
            return report
        for table in open_tables(stream, manifest.file_name, hints=hints_of(mapped)):
            if table.name == manifest.table_name:
                work = TableImport(context, table, layout_of(manifest, table))
                report = work.run_for(tx, store, manifest.store_in_file)
                _resolve_corrected(tx, ledger, manifest)
                return report
    raise TableGoneError(manifest)


def _resolve_corrected(tx: Transaction, ledger: Ledger, manifest: Manifest) -> None:
    """Close the issues of rows that this import corrects, as far as the corrected rows were taken."""
    if manifest.corrects is None:
        return
    records = ledger.table("raw_record")
    mine = records.filter(records.batch_id == manifest.batch_id).order_by("row_no")
    found = tx.query(mine.select("row_no", "row_class")).to_pylist()
    done = [
        row_no
        for row_no, record in zip(manifest.corrected_rows, found, strict=True)
        if record["row_class"] not in {"quarantined", "rejected"}
    ]
    issues = ledger.table("data_issue")
    closed = issues.filter((issues.batch_id == manifest.corrects) & issues.row_no.isin(done))
    closed = tx.stage("issues_closed", closed.mutate(status=ibis.literal("resolved")))
    tx.delete("data_issue", closed.select("issue_id"), on=("issue_id",))
    tx.insert("data_issue", closed)


def _empty(tx: Transaction, ledger: Ledger, stores: Collection[int]) -> None:
    """Delete every row of these stores, and of the imports into them."""
    batches = ledger.table("source_batch")
    batch_ids = tx.stage("emptied_batches", batches.filter(batches.shop_id.isin(list(stores))).select("batch_id"))
    shops = tx.stage("emptied_stores", pa.table({"shop_id": pa.array(sorted(stores), pa.int32())}))
    for name, table in ALL_TABLES.items():
        if table.view_of is not None:
            continue
        if "shop_id" in table.column_names:
            tx.delete(name, shops, on=("shop_id",))
        elif "batch_id" in table.column_names:
            tx.delete(name, batch_ids, on=("batch_id",))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
