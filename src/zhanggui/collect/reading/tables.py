"""What a reading yields: a named table of text columns, in batches, with its row numbers and its problems."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

BATCH_ROWS = 131_072

_SPACE = re.compile(r"[\s\ufeff]+")
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class RowProblem:
    r"""A row that is no data row of the table.

    Parameters
    ----------
    row_no : int
        Row as a spreadsheet counts it.
    rule : str
        Id of the rule it breaks, a key of `ROW_RULES`.
    text : str
        The row as written; bytes that are no text appear as ``\xNN``.
    at_byte : int, optional
        Where in the file a bad byte stands.
    """

    row_no: int
    rule: str
    text: str
    at_byte: int | None = None


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Some rows of a table.

    Parameters
    ----------
    columns : pyarrow.RecordBatch
        One column per header name. All are strings, except numbers, dates and times of a Parquet file.
    row_no : pyarrow.Int64Array
        Row of each record as a spreadsheet counts it: from 1, titles, header and blank rows included.
    problems : tuple of RowProblem
        Rows of this part of the file that are no data rows; they are not in `columns`.
    non_data : int
        Title, footer and blank rows of this part of the file; neither in `columns` nor in `problems`.
    """

    columns: pa.RecordBatch
    row_no: pa.Int64Array
    problems: tuple[RowProblem, ...] = ()
    non_data: int = 0


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table found in a file.

    Parameters
    ----------
    name : str
        The file's name, followed by the member of a ZIP and the sheet of a workbook where there are several.
    kind : str
        ``csv``, ``xlsx``, ``xls``, ``html``, ``parquet`` or ``jsonl``.
    encoding : str or None
        Text encoding; None for binary kinds.
    raw_header : tuple of str
        Header cells as written.
    header : tuple of str
        Normalised header names, all different; they name the columns of the batches.
    header_row : int
        Row of the header as a spreadsheet counts it; 0 where the file has no header row.
    read : callable
        Takes the number of rows of a batch and yields the batches.
    member : str or None
        Name inside the ZIP, for a file that came out of one.
    sheet : str or None
        Sheet of a workbook.
    notes : tuple of str
        What a reader should know about the table, in English.
    """

    name: str
    kind: str
    encoding: str | None
    raw_header: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int
    read: Callable[[int], Iterator[TextBatch]] = field(repr=False)
    member: str | None = None
    sheet: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """SHA-256 of the normalised header: equal for files of one layout."""
        return header_signature(self.header)

    def batches(self, batch_rows: int = BATCH_ROWS) -> Iterator[TextBatch]:
        """Yield the table's rows, at most `batch_rows` at a time; may be called again to read again."""
        return self.read(batch_rows)


def normalise_name(text: str) -> str:
    """Return a header cell in the form names are compared in.

    Examples
    --------
    >>> normalise_name('收货地址 ')
    '收货地址'
    >>> normalise_name('收入（+元）')
    '收入(+元)'
    """
    text = text.strip("\ufeff \t\r\n\u3000'")
    wrapped = _WRAPPED.match(text)
    if wrapped:
        text = wrapped.group(1)
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def normalise_header(cells: Sequence[str]) -> tuple[str, ...]:
    """Return normalised, distinct names for header cells.

    Notes
    -----
    A repeated name gets its occurrence, an empty one its position: both are told apart without guessing.

    Examples
    --------
    >>> normalise_header(['商家编码', '', '商家编码 '])
    ('商家编码', '#2', '商家编码#2')
    """
    names: list[str] = []
    occurrences: Counter[str] = Counter()
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        plain = normalise_name(cell) or f"#{position}"
        name = plain
        while name in taken:
            occurrences[plain] += 1
            name = f"{plain}#{occurrences[plain] + 1}"
        taken.add(name)
        names.append(name)
    return tuple(names)


def header_signature(names: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of normalised header names."""
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


def sliced(batch: TextBatch, batch_rows: int) -> Iterator[TextBatch]:
    """Yield `batch` in parts of at most `batch_rows` rows; problems and counts go with the first part."""
    n_rows = batch.columns.num_rows
    if n_rows <= batch_rows:
        yield batch
        return
    for start in range(0, n_rows, batch_rows):
        part = batch.columns.slice(start, batch_rows)
        row_no = batch.row_no.slice(start, batch_rows)
        if start == 0:
            yield TextBatch(part, row_no, batch.problems, batch.non_data)
        else:
            yield TextBatch(part, row_no)
