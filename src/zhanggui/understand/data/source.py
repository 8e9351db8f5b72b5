"""One row of a source file as it came, with what each cell became."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import BaseModel

from zhanggui.collect.loading.source_rows import SourceRow, read_source_row, read_source_rows
from zhanggui.i18n import Text
from zhanggui.understand.data.files import BatchRow, one_batch
from zhanggui.understand.data.formats import format_label
from zhanggui.understand.desk import Desk


class CellView(BaseModel):
    """One cell, personal values masked; `column` is the name it has in the ledger."""

    header: str
    value: str | None
    column: str | None


class SourceView(BaseModel):
    """One row of a file."""

    file: str
    row: int
    format: str
    format_label: Text
    store: str
    cells: tuple[CellView, ...]
    batch: BatchRow


def source_view(desk: Desk, batch_id: int, row_no: int) -> SourceView:
    """Return a row of a source file, read from the encrypted original.

    Raises
    ------
    ZhangguiError
        There is no such import or row.
    """
    batch = one_batch(desk, batch_id)
    return SourceView(
        file=batch.file,
        row=row_no,
        format=batch.format,
        format_label=format_label(batch.format),
        store=batch.store,
        cells=source_cells(desk, batch_id, row_no),
        batch=batch,
    )


def source_cells(desk: Desk, batch_id: int, row_no: int) -> tuple[CellView, ...]:
    """Return the cells of a row, personal values masked."""
    return _views(read_source_row(desk.shop, batch_id, row_no))


def cells_of_rows(desk: Desk, batch_id: int, row_nos: Collection[int]) -> Mapping[int, tuple[CellView, ...]]:
    """Return the cells of several rows of one file, personal values masked."""
    return {number: _views(row) for number, row in read_source_rows(desk.shop, batch_id, row_nos).items()}


def _views(row: SourceRow) -> tuple[CellView, ...]:
    return tuple(CellView(header=cell.header, value=cell.value, column=cell.column) for cell in row.cells)
