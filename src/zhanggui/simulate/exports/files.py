"""Files that take rows a batch at a time: text tables, zipped text tables and workbooks, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Literal, Protocol, cast
from xml.sax.saxutils import escape

from zhanggui.simulate.exports.workbook import SHEET_END, SHEET_PART, SHEET_START, workbook_parts

Cells = Sequence[str] | Sequence[int] | Sequence[float] | str
"""The values of a column, or one text that stands in every row."""
Encoding = Literal["gb18030", "utf-8", "utf-8-sig"]

MOST_SHEET_ROWS = 1_000_000
"""Platforms cut a workbook before the 1,048,576 rows that the format has."""

_NEEDS_QUOTES = re.compile('[",\r\n]')
_NEEDS_ESCAPES = re.compile("[&<>]")


class TableFile(Protocol):
    """A table on disk that grows by batches of rows."""

    path: Path
    n_rows: int

    def add(self, columns: Mapping[str, Cells]) -> None:
        """Add rows; columns are found by their header, those not given are blank."""

    def close(self) -> None:
        """Write what follows the last row and close the file."""


class TextFile:
    """A table as text.

    Parameters
    ----------
    path : Path
        Where to write.
    header : sequence of str
        Names of the columns, printed as they are.
    encoding : {"gb18030", "utf-8", "utf-8-sig"}, default "utf-8-sig"
        ``utf-8-sig`` begins with a byte order mark.
    above, below : sequence of str
        Lines before the header and after the last row, printed as they are; ``{n_rows}`` is filled in.
    is_quoted : bool, default False
        Whether every cell is quoted, or only those that have to be.
    entry : tuple of str and datetime, optional
        Makes the file a ZIP archive with one entry of this name and time.
    """

    def __init__(
        self,
        path: Path,
        header: Sequence[str],
        *,
        encoding: Encoding = "utf-8-sig",
        above: Sequence[str] = (),
        below: Sequence[str] = (),
        is_quoted: bool = False,
        entry: tuple[str, datetime] | None = None,
    ) -> None:
        self.path = path
        self.n_rows = 0
        self._header = tuple(header)
        self._encoding = encoding.removesuffix("-sig")
        self._below = tuple(below)
        self._is_quoted = is_quoted
        self._archive: zipfile.ZipFile | None = None
        self._file = self._opened(entry)
        if encoding == "utf-8-sig":
            self._file.write(b"\xef\xbb\xbf")
        for line in above:
            self._put(f"{line}\r\n")
        self._put(",".join(self._printed(self._header)) + "\r\n")

    def add(self, columns: Mapping[str, Cells]) -> None:
        """Add rows; columns are found by their header, those not given are blank."""
        n_rows = _checked(self._header, columns)
        pieces: list[str] = []
        varying: list[Sequence[str]] = []
        for name in self._header:
            cells = columns.get(name, "")
            if isinstance(cells, str):
                pieces.append(self._printed((cells,))[0].replace("%", "%%"))
            else:
                pieces.append("%s")
                varying.append(self._printed(cells))
        # Filling a template is several times as fast as the csv module where most cells are blank or constant.
        template = ",".join(pieces) + "\r\n"
        if n_rows:
            self._put("".join([template % row for row in zip(*varying, strict=True)]))
        self.n_rows += n_rows

    def close(self) -> None:
        """Write what follows the last row and close the file."""
        for line in self._below:
            self._put(line.format(n_rows=self.n_rows) + "\r\n")
        self._file.close()
        if self._archive is not None:
            self._archive.close()

    def _opened(self, entry: tuple[str, datetime] | None) -> IO[bytes]:
        if entry is None:
            return self.path.open("wb")
        self._archive = zipfile.ZipFile(self.path, "w")
        return self._archive.open(_entry(*entry), "w", force_zip64=True)

    def _put(self, text: str) -> None:
        self._file.write(text.encode(self._encoding))

    def _printed(self, cells: Cells) -> Sequence[str]:
        # A column is all text or all numbers.
        is_text = bool(cells) and isinstance(cells[0], str)
        texts = cast("Sequence[str]", cells) if is_text else [str(cell) for cell in cells]
        if self._is_quoted:
            return [_in_quotes(text) for text in texts]
        if _NEEDS_QUOTES.search("\t".join(texts)) is None:
            return texts
        return [text if _NEEDS_QUOTES.search(text) is None else _in_quotes(text) for text in texts]


class SheetFile:
    """A table as a workbook with one sheet; text is stored as text, numbers as numbers.

    Written row by row as back offices do it: text inside its cell, and a size of the sheet that is not its own.

    Parameters
    ----------
    path : Path
        Where to write; the ending may be the platform's ``.xls`` although the bytes are those of a newer workbook.
    header : sequence of str
        Names of the columns.
    made_at : datetime
        When the workbook says that it was made.
    sheet : str, default "Sheet1"
        Name of the sheet.
    above, below : sequence of sequence of str
        Rows before the header and after the last row.
    """

    def __init__(
        self,
        path: Path,
        header: Sequence[str],
        *,
        made_at: datetime,
        sheet: str = "Sheet1",
        above: Sequence[Sequence[str]] = (),
        below: Sequence[Sequence[str]] = (),
    ) -> None:
        self.path = path
        self.n_rows = 0
        self._header = tuple(header)
        self._below = tuple(below)
        self._next_row = 1
        self._letters = [_letters_of(place) for place in range(len(header))]
        self._archive = zipfile.ZipFile(path, "w")
        for name, text in workbook_parts(sheet, made_at).items():
            self._archive.writestr(_entry(name, made_at), text)
        self._file = self._archive.open(_entry(SHEET_PART, made_at), "w")
        self._file.write(SHEET_START.encode())
        for row in (*above, self._header):
            self._put(row)

    def add(self, columns: Mapping[str, Cells]) -> None:
        """Add rows; columns are found by their header, those not given are blank."""
        n_rows = _checked(self._header, columns)
        numbers = range(self._next_row, self._next_row + n_rows)
        filled = [
            _sheet_cells(letters, numbers, [cells] * n_rows if isinstance(cells, str) else cells)
            for letters, name in zip(self._letters, self._header, strict=True)
            if (cells := columns.get(name, ""))
        ]
        rows = [
            f'<row r="{number}">{"".join(row)}</row>'
            for number, row in zip(numbers, zip(*filled, strict=True), strict=True)
        ]
        self._file.write("".join(rows).encode())
        self._next_row += n_rows
        self.n_rows += n_rows

    def close(self) -> None:
        """Write what follows the last row and close the file."""
        for row in self._below:
            self._put(row)
        self._file.write(SHEET_END.encode())
        self._file.close()
        self._archive.close()

    def _put(self, cells: Sequence[str]) -> None:
        number = range(self._next_row, self._next_row + 1)
        row = "".join(_sheet_cells(_letters_of(place), number, (cell,))[0] for place, cell in enumerate(cells))
        self._file.write(f'<row r="{self._next_row}">{row}</row>'.encode())
        self._next_row += 1


def _sheet_cells(letters: str, numbers: range, cells: Cells) -> list[str]:
    """Return the cells of a column as a sheet writes them; blank ones are left out."""
    if cells and not isinstance(cells[0], str):
        return [f'<c r="{letters}{row}"><v>{cell}</v></c>' for row, cell in zip(numbers, cells, strict=True)]
    texts = cast("Sequence[str]", cells)
    if _NEEDS_ESCAPES.search("|".join(texts)) is not None:
        texts = [escape(text) for text in texts]
    before, after = 't="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    pairs = zip(numbers, texts, strict=True)
    return [f'<c r="{letters}{row}" {before}{text}{after}' if text else "" for row, text in pairs]


def _letters_of(place: int) -> str:
    """Return the letters of a column of a sheet.

    Examples
    --------
    >>> _letters_of(0), _letters_of(25), _letters_of(26)
    ('A', 'Z', 'AA')
    """
    first, last = divmod(place, 26)
    return (_letters_of(first - 1) if first else "") + chr(ord("A") + last)


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """Return an entry of an archive that is the same on every system."""
    entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    # "Made on Unix, a plain file".
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def n_rows_of(columns: Mapping[str, Cells]) -> int:
    """Return the number of rows that columns hold.

    Raises
    ------
    ValueError
        Lengths differ, or no column says how many rows there are.
    """
    lengths = {len(cells) for cells in columns.values() if not isinstance(cells, str)}
    if len(lengths) != 1:
        raise ValueError(f"columns of {sorted(lengths)} rows")
    return lengths.pop()


def _checked(header: tuple[str, ...], columns: Mapping[str, Cells]) -> int:
    unknown = columns.keys() - set(header)
    if unknown:
        raise ValueError(f"the report has no column {', '.join(sorted(unknown))}")
    return n_rows_of(columns)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
