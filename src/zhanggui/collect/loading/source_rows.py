"""Rows of a stored source file, read again on demand; personal cells are masked before they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.event_import import events_of, is_of_events
from zhanggui.collect.loading.event_rows import StoredEvent, stored_events
from zhanggui.collect.loading.load import hints_of, layout_of
from zhanggui.collect.loading.log_source import opened_source
from zhanggui.collect.loading.manifests import Manifest, ManifestStore
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import SourceTable, open_tables
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy import mask_cell
from zhanggui.ledger.privacy.masking import KIND_OF_COLUMN, MaskKind
from zhanggui.ledger.shop import Shop


class SourceRowMissingError(ZhangguiError):
    """A batch or a row of it cannot be found."""

    code = "source_row_missing"

    def __init__(self, batch_id: int, row_no: int | None) -> None:
        super().__init__(
            "There is no such row in the shop's source files.",
            where=f"batch {batch_id}" + ("" if row_no is None else f", row {row_no}"),
            next_step="`zhanggui batches` lists the imports",
        )


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a source row.

    Attributes
    ----------
    header : str
        Column of the file.
    value : str or None
        The cell, masked where it is personal.
    column : str or None
        Canonical input name that the column feeds.
    """

    header: str
    value: str | None
    column: str | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a source file, as it may be shown."""

    manifest: Manifest
    row_no: int
    cells: tuple[SourceCell, ...]


def read_source_row(shop: Shop, batch_id: int, row_no: int) -> SourceRow:
    """Return one row of the file that a batch was read from, masked.

    Raises
    ------
    SourceRowMissingError
        There is no such batch or row.
    """
    found = read_source_rows(shop, batch_id, {row_no})
    if row_no not in found:
        raise SourceRowMissingError(batch_id, row_no)
    return found[row_no]


def read_source_rows(shop: Shop, batch_id: int, row_nos: Collection[int]) -> Mapping[int, SourceRow]:
    """Return several rows of a file by number, masked, reading it once; numbers it does not have are left out.

    Raises
    ------
    SourceRowMissingError
        There is no such batch.
    """
    manifest = _manifest(shop, batch_id)
    if is_of_events(manifest.format_id):
        return {
            row_no: SourceRow(manifest, row_no, tuple(SourceCell(path, value, None) for path, value in row.masked()))
            for row_no, row in event_rows(shop, manifest, row_nos).items()
        }
    with source_table(shop, batch_id) as (_, table, layout):
        feeds = _feeds(layout, table)
        return {
            row_no: SourceRow(manifest, row_no, tuple(_cells(row, feeds)))
            for row_no, row in rows_of(table, row_nos).items()
        }


def event_rows(shop: Shop, manifest: Manifest, row_nos: Collection[int]) -> Mapping[int, StoredEvent]:
    """Return events of an import of request bodies, by number."""
    with opened_source(shop, manifest) as stream:
        return stored_events(events_of(stream, manifest), row_nos)


def _manifest(shop: Shop, batch_id: int) -> Manifest:
    try:
        return ManifestStore(shop.raw.directory).get(batch_id)
    except FileNotFoundError:
        raise SourceRowMissingError(batch_id, None) from None


def _cells(row: Mapping[str, str | None], feeds: Mapping[str, list[str]]) -> Iterator[SourceCell]:
    for header, value in row.items():
        names = feeds.get(header, [])
        # One column may feed several names; the personal one decides how it is masked.
        kind: MaskKind = next((KIND_OF_COLUMN[name] for name in names if name in KIND_OF_COLUMN), "none")
        yield SourceCell(header, mask_cell(value, kind), names[0] if names else None)


def _feeds(layout: Layout, table: SourceTable) -> Mapping[str, list[str]]:
    """Return for each column of the file the canonical names that it feeds."""
    feeds: dict[str, list[str]] = {}
    for name, header in layout.bound(table.header).items():
        feeds.setdefault(header, []).append(name)
    return feeds


@contextmanager
def source_table(shop: Shop, batch_id: int) -> Iterator[tuple[Manifest, SourceTable, Layout]]:
    """Open the table that a batch was read from.

    Raises
    ------
    SourceRowMissingError
        There is no such batch.
    """
    manifest = _manifest(shop, batch_id)
    mapped = None
    if manifest.map_document is not None:
        mapped = layout_from(manifest.map_document, file=manifest.format_id, name=manifest.format_id)
    with shop.raw.open(manifest.raw_id) as stream:
        for table in open_tables(stream, manifest.file_name, hints=hints_of(mapped)):
            if table.name == manifest.table_name:
                yield manifest, table, layout_of(manifest, table)
                return
    raise SourceRowMissingError(batch_id, None)


def rows_of(table: SourceTable, wanted: Collection[int]) -> Mapping[int, Mapping[str, str | None]]:
    """Return the rows of these numbers: header to text. Reads no further than the last of them."""
    found: dict[int, Mapping[str, str | None]] = {}
    left = set(wanted)
    for batch in table.batches():
        numbers = pa.array(sorted(left), pa.int64())
        for position in np.flatnonzero(pc.is_in(batch.row_no, numbers).to_numpy(zero_copy_only=False)).tolist():
            row = batch.columns.slice(position, 1).to_pylist()[0]
            number = batch.row_no[position].as_py()
            found[number] = {name: None if value is None else str(value) for name, value in row.items()}
            left.discard(number)
        if not left:
            break
    return found
