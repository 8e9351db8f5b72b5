"""What calamine does not say about an xlsx: which cells hold an error, and which formulas were never calculated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from zhanggui.collect.reading.archive import entry_head, inflated, open_archive
from zhanggui.collect.reading.faults import TooLargeError
from zhanggui.collect.reading.limits import Limits

CellMarks = Mapping[int, list[tuple[int, str]]]
"""Row (from 1) → (column from 0, text to show) of cells that look empty and are not."""

NOT_CALCULATED = "#NOT_CALCULATED!"

_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SUSPECT = re.compile(rb't="e"|<f\b')
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)
_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")
_DEEP = re.compile(rb' r="[A-Z]{1,3}([0-9]{6,7})')
_ANY_ROW = re.compile(rb' r="[A-Z]{1,3}([0-9]+)')
_NARROW, _SHALLOW = 200, 99_999
_WIDE = re.compile(rb' r="([A-Z]{2,3})')
_MOST_EMPTY = 20_000_000
_MOST_MARKS = 100_000
_TAIL = 1 << 16


@dataclass(slots=True)
class _Extent:
    """How many cells a sheet holds, and how far out the outermost may stand."""

    n_cells: int = 0
    n_columns: int = 26
    deepest: int = 0

    @property
    def n_rows(self) -> int:
        """The deepest row; of narrow sheets only rows from 100,000 on are looked at, which is all that matters."""
        return max(self.deepest, _SHALLOW if self.n_columns <= _NARROW else 0)

    def add(self, data: bytes) -> None:
        self.n_cells += data.count(b"<c ")
        self.n_columns = max(self.n_columns, max(map(_column, set(_WIDE.findall(data))), default=0))
        rows = (_DEEP if self.n_columns <= _NARROW else _ANY_ROW).findall(data)
        self.deepest = max(self.deepest, max(map(int, rows), default=0))

    def check(self, name: str, title: str) -> None:
        """Refuse a sheet of which hardly any cell is filled: readers give memory to the empty ones too."""
        if self.n_rows * self.n_columns > self.n_cells * 20 + _MOST_EMPTY:
            raise TooLargeError(
                f"{name}, sheet {title}",
                f"Its {self.n_cells:,} cells are spread over {self.n_rows:,} rows and {self.n_columns:,} columns.",
                next_step="delete what stands far outside the table, or save the sheet as CSV",
            )


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def scan_sheets(stream: BinaryIO, name: str, limits: Limits) -> dict[str, CellMarks]:
    """Return the marks of each sheet of an xlsx, by sheet name.

    Parameters
    ----------
    stream : binary stream
        The workbook.
    name : str
        The file, for messages.
    limits : Limits
        Every member is unpacked once within them, before any other reader sees the file.

    Raises
    ------
    TruncatedFileError, TooLargeError
    """
    marks: dict[str, CellMarks] = {}
    with open_archive(stream, name, limits) as archive:
        titles = sheet_titles(archive, name)
        budget = [limits.max_inflated_bytes]
        for member in archive.infolist():
            found: dict[int, list[tuple[int, str]]] = {}
            is_sheet = member.filename in titles
            extent = _Extent()
            kept = b""
            for piece in inflated(archive, member, name, limits, budget):
                if is_sheet:
                    kept = _scan(kept + piece, found, extent)
            if is_sheet:
                _scan(kept + b" ", found, extent, is_last=True)
                extent.check(name, titles[member.filename])
                marks[titles[member.filename]] = found
    return marks


def _scan(data: bytes, found: dict[int, list[tuple[int, str]]], extent: _Extent, *, is_last: bool = False) -> bytes:
    """Note the extent and the suspicious cells of `data`; return what may be the start of a cut cell."""
    end = len(data) if is_last else data.rfind(b"</c>") + 4
    if end < 4:
        return data if len(data) < _TAIL else data[-_TAIL:]
    extent.add(data[:end])
    # Two plain searches are several times as fast as one by pattern, and most sheets hold neither.
    if data.find(b't="e"', 0, end) >= 0 or data.find(b"<f", 0, end) >= 0:
        for cell in _CELL.finditer(data, 0, end):
            _note(cell.group(), found)
    return data[end:]


def _note(cell: bytes, found: dict[int, list[tuple[int, str]]]) -> None:
    if not _SUSPECT.search(cell) or len(found) > _MOST_MARKS:
        return
    reference, value = _REFERENCE.search(cell), _VALUE.search(cell)
    if reference is None:
        return
    shown = value.group(1).decode("utf-8", "replace") if value else ""
    is_error = re.search(rb'<c\b[^>]*\bt="e"', cell) is not None
    if not is_error and (shown or re.search(rb'<c\b[^>]*\bt="str"', cell)):
        return
    text = shown or _literal(cell) or NOT_CALCULATED
    found.setdefault(int(reference.group(2)), []).append((_column(reference.group(1)) - 1, text))


def _literal(cell: bytes) -> str:
    """Return the text of a formula that is nothing but a quoted text: platforms write ids as ``="3300…"``."""
    formula = _FORMULA.search(cell)
    text = _unescaped(formula.group(1)).strip() if formula else ""
    is_literal = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
    return text[1:-1] if is_literal else ""


def sheet_titles(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return member name → sheet name, in the order of the sheets; empty where the workbook is of another kind."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = entry_head(archive, "xl/_rels/workbook.xml.rels", name)
    targets = {}
    for relation in _TARGET.findall(relations):
        key, target = re.search(rb'\bId="([^"]*)"', relation), re.search(rb'\bTarget="([^"]*)"', relation)
        if key and target:
            path = target.group(1).decode("utf-8", "replace")
            targets[key.group(1)] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    book = entry_head(archive, "xl/workbook.xml", name)
    return {targets[key]: _unescaped(title) for title, key in _SHEET.findall(book) if key in targets}


def _unescaped(title: bytes) -> str:
    text = title.decode("utf-8", "replace")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text
