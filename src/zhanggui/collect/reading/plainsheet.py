"""Sheets of plain cells, read straight into columns; what is not plain is left to the reader of all workbooks.

Platforms write nothing but rows of texts, numbers and dates. Their XML is so regular that its tags can be compared all
at once: every tag of a block must be where a plain row has it, else the sheet is not taken for a plain one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.plaincells import (
    CellBlock,
    CellRules,
    NotPlainError,
    Places,
    check_characters,
    checked,
    unescaped,
)

_Part = tuple[pa.StringArray | None, int, int]
"""Cells of a block, if any, and from where on how many of them are meant."""
_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_LONGEST_ROW = 8 << 20
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')


@dataclass(slots=True)
class PlainSheet:
    """The cells of a sheet from its first row and column on.

    Attributes
    ----------
    n_rows : int
    chunks : list of list of pyarrow.StringArray or None
        Blocks of rows; in each a column or, for a column without any cell, None.
    sizes : list of int
        Rows of each block.
    width : int
        Columns, up to the last that holds a cell.
    first_row, last_row, first_column : int
        Where cells hold something: rows from 0, columns from 1; no first lies beyond the second.
    """

    n_rows: int = 0
    width: int = 0
    chunks: list[list[pa.StringArray | None]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    first_row: int = 1
    last_row: int = -1
    first_column: int = 2

    def add_extent(self, row: Places, column: Places) -> None:
        """Take note of the cells that hold something, in rows counted from those there are."""
        if len(row):
            self.first_row = min(self.first_row, self.n_rows + int(row.min()))
            self.last_row = self.n_rows + int(row.max())
            self.first_column = min(self.first_column, int(column.min()))
            self.width = max(self.width, int(column.max()))

    @property
    def is_full(self) -> bool:
        """Whether its cells reach to all of its edges, so that no reader may see another rectangle."""
        return self.first_row == 0 and self.first_column == 1 and self.last_row == self.n_rows - 1

    def columns(self, start: int, n_rows: int) -> list[pa.StringArray]:
        """Return some rows as columns, the sheet's width of them."""
        parts: list[list[_Part]] = [[] for _ in range(self.width)]
        first = 0
        for size, block in zip(self.sizes, self.chunks, strict=True):
            low, high = max(start - first, 0), min(start + n_rows - first, size)
            first += size
            if low < high:
                for place, column in enumerate(parts):
                    column.append((block[place] if place < len(block) else None, low, high - low))
        return [_joined(column) for column in parts]


def _joined(parts: Sequence[_Part]) -> pa.StringArray:
    if all(cells is None for cells, _, _ in parts):
        return pa.repeat("", sum(length for _, _, length in parts))
    return pa.concat_arrays(
        [pa.repeat("", length) if cells is None else cells.slice(start, length) for cells, start, length in parts]
    )


def shared_strings(data: bytes) -> pa.StringArray:
    """Return the texts that the cells of a workbook share; raises NotPlainError where one has parts of its own look."""
    check_characters(data[max(data.find(b"<sst"), 0) :])
    found = _STRING.findall(data)
    if len(found) != data.count(b"<si>") + data.count(b"<si/>"):
        raise NotPlainError
    return unescaped(checked(pa.array(found, pa.binary()).view(pa.string())))


def read_plain_sheet(pieces: Iterator[bytes], rules: CellRules) -> PlainSheet:
    """Return the cells of a sheet's XML.

    Raises
    ------
    NotPlainError
        Some cell is a formula, an error, a lapse of time or of mixed look; rows are missing; or the XML is written in
        any other way than plainly.
    """
    sheet = PlainSheet()
    kept, has_begun = b"", False
    for piece in pieces:
        kept += piece
        if not has_begun:
            at = kept.find(_START)
            if at < 0:
                _check_length(kept)
                continue
            kept, has_begun = kept[at + len(_START) :], True
        end = kept.find(_END)
        if end >= 0:
            _take(sheet, kept[:end], rules)
            # What is left is unpacked as well, so that damage and bombs are noticed.
            for _ in pieces:
                pass
            if sheet.is_full:
                return sheet
            break
        cut = kept.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            _take(sheet, kept[:cut], rules)
            kept = kept[cut:]
        _check_length(kept)
    raise NotPlainError


def _check_length(kept: bytes) -> None:
    if len(kept) > _LONGEST_ROW:
        raise NotPlainError


def _take(sheet: PlainSheet, block: bytes, rules: CellRules) -> None:
    """Add the rows of a block, which holds whole rows and nothing else."""
    if not block:
        return
    check_characters(block)
    cells = CellBlock(block)
    row, column = cells.places(sheet.n_rows)
    n_rows, width = cells.n_rows, int(column.max(initial=0))
    if width > rules.max_columns:
        raise NotPlainError
    texts, is_filled = cells.texts(rules)
    sheet.add_extent(row[is_filled], column[is_filled])
    place = np.full((width, n_rows), -1, np.int64)
    filled = np.flatnonzero(is_filled)
    place[column[filled] - 1, row[filled]] = filled
    sheet.chunks.append([_column(texts, wanted) for wanted in place])
    sheet.sizes.append(n_rows)
    sheet.n_rows += n_rows


def _column(texts: pa.StringArray, wanted: Places) -> pa.StringArray | None:
    is_blank = wanted < 0
    if is_blank.all():
        return None
    taken = texts.take(pa.array(wanted, mask=is_blank))
    return pc.fill_null(taken, "") if is_blank.any() else taken
