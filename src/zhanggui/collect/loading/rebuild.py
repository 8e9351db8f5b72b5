"""Project stores again from their raw files: after a move, after damage, after a new version."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import ibis
import pyarrow as pa

from zhanggui.collect.loading.import_table import ImportContext, TableImport
from zhanggui.collect.loading.load import hints_of, layout_of
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import open_tables
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.jobs import Lease
from zhanggui.ledger.schema.observations import ALL_TABLES, ORDER_SEEN
from zhanggui.ledger.shop import Shop


def rebuild(shop: Shop, ledger: Ledger, stores: Collection[int] | None = None, *, lease: Lease | None = None) -> int:
    """Empty the tables of some stores and import their files again, all or nothing.

    Parameters
    ----------
    stores : collection of int or None
        Numbers of the stores; None for all.

    Returns
    -------
    int
        Imports that were read again.
    """
    with ledger.transaction() as tx:
        return rebuild_within(tx, shop, ledger, stores, lease=lease)


def rebuild_within(
    tx: Transaction, shop: Shop, ledger: Ledger, stores: Collection[int] | None, *, lease: Lease | None = None
) -> int:
    """Do what :func:`rebuild` does, inside a transaction that does more."""
    manifests = [m for m in ManifestStore(shop.raw.directory).all() if stores is None or m.shop_id in stores]
    tx.widen("order_seen", ORDER_SEEN.column_names)
    _empty(tx, ledger, stores)
    for number, manifest in enumerate(manifests, start=1):
        label = Text.of(f"正在重算 {manifest.file_name}", f"projecting {manifest.file_name} again")
        if lease is not None:
            lease.check_cancelled()
            lease.progress(number, len(manifests), unit="files", label=label)
        import_again(tx, shop, ledger, manifest)
    return len(manifests)


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
    )
    mapped = None
    if manifest.map_document is not None:
        mapped = layout_from(manifest.map_document, file=manifest.format_id, name=manifest.format_id)
    with shop.raw.open(manifest.raw_id) as stream:
        for table in open_tables(stream, manifest.file_name, hints=hints_of(mapped)):
            if table.name == manifest.table_name:
                work = TableImport(context, table, layout_of(manifest, table))
                store = shop.stores.get_store(manifest.shop_id)
                report = work.run_for(tx, store, manifest.store_in_file)
                _resolve_corrected(tx, ledger, manifest)
                return report
    raise LookupError(manifest.table_name)


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


def _empty(tx: Transaction, ledger: Ledger, stores: Collection[int] | None) -> None:
    """Delete every row of these stores, and of the imports into them."""
    batches = ledger.table("source_batch")
    if stores is not None:
        batches = batches.filter(batches.shop_id.isin(list(stores)))
    batch_ids = tx.stage("emptied_batches", batches.select("batch_id"))
    known = tx.query(ledger.table("store").select("shop_id")).column("shop_id").to_pylist()
    chosen = sorted(set(known) if stores is None else set(stores))
    shops = tx.stage("emptied_stores", pa.table({"shop_id": pa.array(chosen, pa.int32())}))
    for name, table in ALL_TABLES.items():
        if table.view_of is not None:
            continue
        if "shop_id" in table.column_names:
            tx.delete(name, shops, on=("shop_id",))
        elif "batch_id" in table.column_names:
            tx.delete(name, batch_ids, on=("batch_id",))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
