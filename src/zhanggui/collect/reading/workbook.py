"""Workbooks (xlsx, xls), read by python-calamine; the declared sheet size is not trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import python_calamine

from zhanggui.collect.reading.cellscan import CellMarks, scan_sheets
from zhanggui.collect.reading.compound import check_compound
from zhanggui.collect.reading.faults import (
    EmptyFileError,
    EncryptedFileError,
    TooLargeError,
    TooManyColumnsError,
    TruncatedFileError,
    UnknownSheetError,
)
from zhanggui.collect.reading.header import header_position, non_data_mask
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.plainbook import plain_sheet
from zhanggui.collect.reading.plainsheet import PlainSheet
from zhanggui.collect.reading.tables import SourceTable, TextBatch, normalise_header

_EXACT_FLOAT = 2**53
_TEXT_ALONE = frozenset({str})


def open_workbook(
    opener: Callable[[], BinaryIO], name: str, *, limits: Limits, hints: Hints, kind: str
) -> Iterator[SourceTable]:
    """Yield a table for each visible sheet that holds something.

    Parameters
    ----------
    opener : callable
        Returns the workbook as a stream at its start.
    name : str
        The file, for messages.
    limits : Limits
    hints : Hints
        `sheet` picks one sheet, hidden or not.
    kind : {'xlsx', 'xls'}

    Raises
    ------
    EncryptedFileError, TruncatedFileError, UnknownSheetError, EmptyFileError, TooManyColumnsError, TooLargeError
    """
    data = opener().read(limits.max_in_memory_bytes + 1)
    if len(data) > limits.max_in_memory_bytes:
        raise TooLargeError(name, "The workbook is too large to be read at once.", next_step="save its sheets as CSV")
    marks: Mapping[str, CellMarks] = {}
    if kind == "xlsx":
        plain = plain_sheet(data, name, limits, hints, cell_text)
        if plain is not None:
            yield _plain_table(plain[1], name, plain[0], limits, hints)
            return
        marks = scan_sheets(BytesIO(data), name, limits)
    else:
        check_compound(data, name)
    book = _workbook(data, name)
    visible = [s.name for s in book.sheets_metadata if s.visible == python_calamine.SheetVisibleEnum.Visible]
    if hints.sheet is not None and hints.sheet not in book.sheet_names:
        raise UnknownSheetError(name, hints.sheet, book.sheet_names)
    n_tables = 0
    for sheet_name in [hints.sheet] if hints.sheet is not None else visible:
        sheet = _sheet(book, sheet_name, name)
        if sheet.total_width == 0 or (sheet.total_height == 0 and sheet.end is None):
            continue
        if sheet.end is not None and sheet.end[1] + 1 > limits.max_columns:
            raise TooManyColumnsError(f"{name}, sheet {sheet_name}", sheet.end[1] + 1, limits.max_columns)
        title = name if len(visible) == 1 else f"{name}!{sheet_name}"
        table = _sheet_table(sheet, title, sheet_name, marks.get(sheet_name, {}), limits, hints, kind)
        n_tables += 1
        yield table
    if n_tables == 0:
        raise EmptyFileError(name)


def _workbook(data: bytes, name: str) -> python_calamine.CalamineWorkbook:
    with _damage_told(name):
        try:
            return python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        except python_calamine.PasswordError as error:
            raise EncryptedFileError(name) from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            if "assword" in str(error) or "ncrypt" in str(error):
                raise EncryptedFileError(name) from error
            raise


def _sheet(book: python_calamine.CalamineWorkbook, sheet_name: str, name: str) -> python_calamine.CalamineSheet:
    with _damage_told(name):
        return book.get_sheet_by_name(sheet_name)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise TruncatedFileError(name, f"it is no complete workbook ({error})") from error
    except BaseException as error:
        # A panic in Rust is no Exception, and pyo3 offers no class of it to name.
        if type(error).__name__ != "PanicException":
            raise
        raise TruncatedFileError(name, "its parts contradict each other") from error


def _sheet_table(
    sheet: Any, title: str, sheet_name: str, marks: CellMarks, limits: Limits, hints: Hints, kind: str
) -> SourceTable:
    most = max(limits.header_search_rows, hints.header_row or 0)
    head = [row for _, row in zip(range(most), _rows(sheet, marks), strict=False)]
    position = header_position(head, title, hints=hints, limits=limits)
    raw_header = list(head[position])
    header = normalise_header(raw_header)
    return SourceTable(
        name=title,
        kind=kind,
        encoding=None,
        raw_header=tuple(raw_header),
        header=header,
        header_row=position + 1,
        read=lambda batch_rows: _table_batches(_rows(sheet, marks), raw_header, header, position, batch_rows, hints),
        sheet=sheet_name,
    )


def _plain_table(sheet: PlainSheet, title: str, sheet_name: str, limits: Limits, hints: Hints) -> SourceTable:
    most = max(limits.header_search_rows, hints.header_row or 0)
    head = list(zip(*(column.to_pylist() for column in sheet.columns(0, most)), strict=True))
    position = header_position(head, title, hints=hints, limits=limits)
    header = normalise_header(head[position])
    return SourceTable(
        name=title,
        kind="xlsx",
        encoding=None,
        raw_header=head[position],
        header=header,
        header_row=position + 1,
        read=lambda batch_rows: _plain_batches(sheet, head[position], header, position, batch_rows, hints),
        sheet=sheet_name,
    )


def _plain_batches(
    sheet: PlainSheet, raw_header: Sequence[str], header: tuple[str, ...], position: int, batch_rows: int, hints: Hints
) -> Iterator[TextBatch]:
    n_skipped = position
    for start in range(position + 1, max(sheet.n_rows, position + 2), batch_rows):
        batch = pa.RecordBatch.from_arrays(sheet.columns(start, batch_rows), schema=_schema(header))
        yield _kept_rows(batch, start + 1, n_skipped, raw_header, hints)
        n_skipped = 0


def _rows(sheet: Any, marks: CellMarks) -> Iterator[list[str]]:
    # Rows above the first cell in use are left out by the reader of the sheet, columns before it as well.
    for row_no, row in enumerate(sheet.iter_rows(), start=1):
        is_text = _TEXT_ALONE.issuperset(map(type, row))
        cells = row if is_text else [cell if type(cell) is str else cell_text(cell) for cell in row]
        for column, text in marks.get(row_no, ()):
            if column < len(cells) and not cells[column]:
                cells[column] = text
        yield cells


def cell_text(cell: Any) -> str:
    """Return a workbook's cell as text: what a spreadsheet shows for a number, ISO for dates.

    Notes
    -----
    A spreadsheet keeps 15 digits of a fraction; the noise behind them is cut. Whole numbers from 2**53 on have lost
    digits: they are written in scientific notation, which no id or amount may have.

    Examples
    --------
    >>> cell_text(0.1 + 0.2), cell_text(12.0), cell_text(3.3e18), cell_text(True)
    ('0.3', '12', '3.3E+18', 'TRUE')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        if cell == int(cell):
            return str(int(cell)) if abs(cell) < _EXACT_FLOAT else f"{cell:.15G}"
        shown = f"{cell:.15g}"
        return f"{cell:.20f}".rstrip("0") if "e" in shown else shown
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _table_batches(
    rows: Iterator[Sequence[str]],
    raw_header: Sequence[str],
    header: tuple[str, ...],
    position: int,
    batch_rows: int,
    hints: Hints,
) -> Iterator[TextBatch]:
    """Yield batches of rows that all have the header's width."""
    for _ in range(position + 1):
        next(rows)
    row_no, n_skipped = position + 2, position
    while True:
        taken = list(islice(rows, batch_rows))
        if not taken and row_no > position + 2:
            return
        yield _kept_rows(_record_batch(taken, header), row_no, n_skipped, raw_header, hints)
        row_no, n_skipped = row_no + len(taken), 0
        if len(taken) < batch_rows:
            return


def _kept_rows(
    batch: pa.RecordBatch, row_no: int, n_skipped: int, raw_header: Sequence[str], hints: Hints
) -> TextBatch:
    """Return the data rows of a batch whose first row has the number `row_no`."""
    numbers = pa.array(np.arange(row_no, row_no + batch.num_rows))
    drop = non_data_mask(batch, hints, raw_first=raw_header[0]) if batch.num_rows else None
    if drop is not None:
        kept = pa.array(~drop)
        batch, numbers, n_skipped = batch.filter(kept), numbers.filter(kept), n_skipped + int(drop.sum())
    return TextBatch(batch, numbers, (), n_skipped)


def _record_batch(rows: Sequence[Sequence[str]], header: tuple[str, ...]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else (() for _ in header)
    # Wide exports have many columns without a single cell.
    arrays = [pa.array(cells, pa.string()) if any(cells) else pa.repeat("", len(rows)) for cells in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=_schema(header))


def _schema(header: tuple[str, ...]) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in header])
