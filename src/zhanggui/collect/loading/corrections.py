"""What a person may put right afterwards: a batch in the wrong store, a quarantined row with a wrong cell."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from zhanggui.collect.events.protocols import protocol_by_format
from zhanggui.collect.loading.event_import import is_of_events
from zhanggui.collect.loading.load import settle_pending
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.loading.rebuild import import_again, rebuild_within
from zhanggui.collect.loading.report import FileReport, LoadReport
from zhanggui.collect.loading.source_rows import SourceRowMissingError, event_rows, rows_of, source_table
from zhanggui.collect.loading.stores import StoreDefaults, StoreFinder
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import JsonObject, Lease
from zhanggui.ledger.shop import Shop


class UnknownIssueError(ZhangguiError):
    """A row to replay is not in quarantine."""

    code = "unknown_issue"

    def __init__(self, issue_id: str) -> None:
        super().__init__(
            "This row is not in quarantine any more.",
            where=issue_id,
            next_step="open the quarantine again: `zhanggui quarantine list`",
        )


class UnknownHeaderError(ZhangguiError):
    """A correction names a column that the file does not have."""

    code = "unknown_header"

    def __init__(self, header: str, known: list[str]) -> None:
        super().__init__(
            f"The file has no column {header!r}.", where="correction", next_step=f"use one of: {', '.join(known)}"
        )


def move_batch(shop: Shop, ledger: Ledger, batch_id: int, store: str, *, lease: Lease | None = None) -> JsonObject:
    """Put a batch into another store; the totals of both follow, all or nothing.

    Parameters
    ----------
    store : str
        Name of the store; one that is not known is made on the batch's platform.

    Returns
    -------
    dict
        ``batch_id``, ``from``, ``to`` (names).

    Raises
    ------
    SourceRowMissingError
        There is no such batch.
    """
    settle_pending(shop, ledger)
    manifests = ManifestStore(shop.raw.directory)
    try:
        manifest = manifests.get(batch_id)
    except FileNotFoundError:
        raise SourceRowMissingError(batch_id, None) from None
    before = shop.stores.get_store(manifest.shop_id)
    settings = shop.settings.shop
    finder = StoreFinder(shop.stores, StoreDefaults(settings.timezone, settings.currency))
    after = finder.found(
        file=manifest.file_name,
        platform=before.platform,
        stated_name=None,
        source_shop_id=None,
        option=store,
        folder=None,
    ).store
    if after.shop_id != before.shop_id:
        # Corrections of the batch's rows go where the batch goes.
        moved = [item for item in manifests.all() if batch_id in (item.batch_id, item.corrects)]
        for item in moved:
            manifests.replace(replace(item, shop_id=after.shop_id))
        try:
            with ledger.transaction() as tx:
                rebuild_within(tx, shop, ledger, {before.shop_id, after.shop_id}, lease=lease)
        except BaseException:
            for item in moved:
                manifests.replace(item)
            raise
    return {"batch_id": batch_id, "from": before.name, "to": after.name}


def replay_rows(
    shop: Shop, ledger: Ledger, fixes: Mapping[str, Mapping[str, str]], *, lease: Lease | None = None
) -> LoadReport:
    """Load quarantined rows again, with corrected cells.

    Parameters
    ----------
    fixes : mapping
        Issue id to header to new value; an empty inner mapping replays the row as it is.

    Returns
    -------
    LoadReport
        One entry per file whose rows were replayed.

    Raises
    ------
    UnknownIssueError
        An id is not in quarantine.
    UnknownHeaderError
        A correction names a column that the file does not have.
    """
    settle_pending(shop, ledger)
    report = LoadReport()
    for batch_id, issues in _issues_by_batch(ledger, fixes).items():
        if lease is not None:
            lease.check_cancelled()
        report.files.append(_replay_batch(shop, ledger, batch_id, issues, fixes))
    return report


def _issues_by_batch(ledger: Ledger, fixes: Mapping[str, Any]) -> Mapping[int, list[dict[str, Any]]]:
    table = ledger.table("data_issue")
    chosen = table.filter(
        table.issue_id.isin(list(fixes)) & (table.status == "open") & (table.severity == "quarantined")
    )
    found = ledger.query(chosen.select("issue_id", "batch_id", "row_no").order_by("batch_id", "row_no")).to_pylist()
    for issue_id in fixes:
        if issue_id not in {row["issue_id"] for row in found}:
            raise UnknownIssueError(issue_id)
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        groups[row["batch_id"]].append(row)
    return groups


def _replay_batch(
    shop: Shop, ledger: Ledger, batch_id: int, issues: list[dict[str, Any]], fixes: Mapping[str, Mapping[str, str]]
) -> FileReport:
    manifests = ManifestStore(shop.raw.directory)
    manifest = manifests.get(batch_id)
    corrected = _corrected_events if is_of_events(manifest.format_id) else _corrected_rows
    lines = corrected(shop, manifest, issues, fixes)
    stored = shop.raw.put(io.BytesIO("\n".join(line for _, line in lines).encode() + b"\n"))
    name = f"{Path(manifest.file_name).stem} 更正.jsonl"
    new = replace(
        manifest,
        batch_id=manifests.next_id(),
        raw_id=stored.raw_id,
        file_name=name,
        table_name=name,
        version_at=manifest.version_at,
        corrects=batch_id,
        corrected_rows=[row_no for row_no, _ in lines],
    )
    with ledger.transaction() as tx:
        report = import_again(tx, shop, ledger, new)
        manifests.prepare(new)
    manifests.confirm(new.batch_id)
    return report


def _corrected_rows(
    shop: Shop, manifest: Manifest, issues: list[dict[str, Any]], fixes: Mapping[str, Mapping[str, str]]
) -> list[tuple[int, str]]:
    """Return rows with corrected cells as lines of JSON, each with its number."""
    with source_table(shop, manifest.batch_id) as (_, table, _layout):
        rows = rows_of(table, {issue["row_no"] for issue in issues})
    lines = []
    for issue in issues:
        row = dict(rows[issue["row_no"]])
        for header, value in fixes[issue["issue_id"]].items():
            if header not in row:
                raise UnknownHeaderError(header, list(row))
            row[header] = value
        lines.append((issue["row_no"], json.dumps(row, ensure_ascii=False)))
    return lines


def _corrected_events(
    shop: Shop, manifest: Manifest, issues: list[dict[str, Any]], fixes: Mapping[str, Mapping[str, str]]
) -> list[tuple[int, str]]:
    """Return events with corrected fields as bodies, each with its row; a mended body may hold several."""
    list_name = protocol_by_format(manifest.format_id).envelope.events
    rows = event_rows(shop, manifest, {issue["row_no"] for issue in issues})
    lines = []
    for issue in issues:
        row = rows[issue["row_no"]]
        try:
            bodies = row.corrected(fixes[issue["issue_id"]], list_name)
        except KeyError as error:
            raise UnknownHeaderError(str(error.args[0]), [path for path, _ in row.fields()]) from None
        lines += [(issue["row_no"], body) for body in bodies]
    return lines
