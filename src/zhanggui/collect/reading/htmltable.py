"""HTML tables that a platform calls .xls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import BinaryIO

import pyarrow as pa

from zhanggui.collect.reading import rules
from zhanggui.collect.reading.encoding import byte_order_mark, text_encoding
from zhanggui.collect.reading.faults import TooLargeError, UnreadableFileError
from zhanggui.collect.reading.header import header_position, is_non_data
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.tables import RowProblem, SourceTable, TextBatch, normalise_header

_MOST_SPAN = 1_000


class _Tables(HTMLParser):
    """Collects the rows of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell; an open cell ends where the next begins."""
        if tag == "table":
            self._close_cell()
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._close_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._close_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._cell = []
            span = next((value for key, value in attrs if key == "colspan"), None) or "1"
            self._span = min(int(span), _MOST_SPAN) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        if tag in ("td", "th", "tr", "table"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Add text to the open cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None:
            text = "".join(self._cell).strip()
            self.tables[-1][-1].extend([text, *[""] * (self._span - 1)])
            self._cell = None


def open_html(opener: Callable[[], BinaryIO], name: str, *, limits: Limits, hints: Hints) -> Iterator[SourceTable]:
    """Yield the tables of an HTML page that have two columns or more.

    Parameters
    ----------
    opener : callable
        Returns the page as a stream at its start.
    name : str
        The file, for messages.
    limits : Limits
    hints : Hints

    Raises
    ------
    UnreadableFileError
        The page has no table.
    TooLargeError
        The page is larger than what is held in memory.
    """
    most = limits.max_in_memory_bytes // 8
    data = opener().read(most + 1)
    if len(data) > most:
        raise TooLargeError(name, "The web page is too large to be read at once.", next_step="export it as CSV")
    marked, _ = byte_order_mark(data)
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    asked = hints.encoding or marked or (declared.group(1).decode() if declared else None)
    encoding = text_encoding(data, name, asked=asked, is_whole=True)
    parser = _Tables()
    parser.feed(data.decode(encoding, "backslashreplace"))
    parser.close()
    tables = [rows for rows in parser.tables if any(len(row) > 1 for row in rows)]
    if not tables:
        raise UnreadableFileError(
            name,
            "The file is a web page without a table.",
            next_step="check that the export did not end in a login page",
        )
    for n, rows in enumerate(tables, start=1):
        title = name if len(tables) == 1 else f"{name}!{n}"
        yield _table(rows, title, encoding, limits, hints)


def _table(rows: list[list[str]], title: str, encoding: str, limits: Limits, hints: Hints) -> SourceTable:
    position = header_position(rows, title, hints=hints, limits=limits)
    header = normalise_header(rows[position])
    return SourceTable(
        name=title,
        kind="html",
        encoding=encoding,
        raw_header=tuple(rows[position]),
        header=header,
        header_row=position + 1,
        read=lambda batch_rows: _batches(rows, header, position, batch_rows, hints),
    )


def _batches(
    rows: list[list[str]], header: tuple[str, ...], position: int, batch_rows: int, hints: Hints
) -> Iterator[TextBatch]:
    schema = pa.schema([(name, pa.string()) for name in header])
    for start in range(position + 1, max(len(rows), position + 2), batch_rows):
        kept, numbers, problems, non_data = [], [], [], position if start == position + 1 else 0
        for row_no, cells in enumerate(rows[start : start + batch_rows], start=start + 1):
            if is_non_data(cells, header, hints):
                non_data += 1
            elif len(cells) == len(header):
                kept.append(cells)
                numbers.append(row_no)
            else:
                problems.append(RowProblem(row_no, rules.RAGGED_ROW, "\t".join(cells)))
        columns = list(zip(*kept, strict=True)) if kept else [()] * len(header)
        arrays = [pa.array(column, pa.string()) for column in columns]
        batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
        yield TextBatch(batch, pa.array(numbers, pa.int64()), tuple(problems), non_data)
