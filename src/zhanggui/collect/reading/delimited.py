"""Delimited text (CSV, TSV, TXT): encoding, delimiter, header and width are told by the file's beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from zhanggui.collect.reading.encoding import UTF8, Utf8Stream, byte_order_mark, text_encoding
from zhanggui.collect.reading.faults import EmptyFileError, NoHeaderError, UnreadableFileError
from zhanggui.collect.reading.header import header_position
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.records import Grammar, record_spans
from zhanggui.collect.reading.tables import SourceTable, normalise_header
from zhanggui.collect.reading.textrows import Layout, cells_of, read_up_to, text_batches

_DELIMITERS = (",", "\t", ";", "|")


def open_delimited(opener: Callable[[], BinaryIO], name: str, *, limits: Limits, hints: Hints) -> SourceTable:
    """Find encoding, delimiter and header of a text file, and return its table.

    Parameters
    ----------
    opener : callable
        Returns the file's bytes as a stream at its start; called once for the head and once for each reading.
    name : str
        The file, for messages.
    limits : Limits
    hints : Hints

    Raises
    ------
    EmptyFileError, UnreadableFileError, NoHeaderError, TooManyColumnsError
    """
    layout = _layout(opener, name, limits, hints)
    return SourceTable(
        name=name,
        kind="csv",
        encoding=layout.stream_encoding or layout.encoding,
        raw_header=layout.raw_header,
        header=layout.header,
        header_row=layout.header_row,
        read=lambda batch_rows: text_batches(layout, opener, batch_rows),
    )


def _layout(opener: Callable[[], BinaryIO], name: str, limits: Limits, hints: Hints) -> Layout:
    head = read_up_to(opener(), limits.head_bytes)
    marked, mark_length = byte_order_mark(head)
    is_whole = len(head) < limits.head_bytes
    if marked is not None and marked != UTF8:
        encoding = marked
    elif marked is not None:
        encoding = UTF8
    else:
        encoding = text_encoding(head, name, asked=hints.encoding, is_whole=is_whole)
    stream_encoding = encoding if encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")) else None
    if stream_encoding is not None:
        head, mark_length = read_up_to(Utf8Stream(opener(), stream_encoding), limits.head_bytes), 0
        mark_length = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        encoding = UTF8
    body = head[mark_length:]
    if not body.strip():
        raise EmptyFileError(name)
    line_end = b"\r" if b"\n" not in body and b"\r" in body else b"\n"
    delimiter = hints.delimiter or _delimiter(body, encoding, line_end, is_whole, hints, limits)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise UnreadableFileError(name, f"{delimiter!r} cannot be a delimiter.", next_step="use one ASCII character")
    grammar = Grammar(delimiter.encode(), line_end)
    spans, rows = _head_rows(body, encoding, grammar, is_whole, limits, hints)
    if not rows:
        raise NoHeaderError(name, f"The first row is longer than {limits.head_bytes:,} bytes.")
    position = header_position(rows, name, hints=hints, limits=limits)
    width = _data_width(rows[position + 1 :], len(rows[position]))
    raw_header = [*rows[position][:width], *[""] * (width - len(rows[position]))]
    end = spans[position][1]
    end += 2 if body[end : end + 2] == b"\r\n" else 1
    return Layout(
        name=name,
        encoding=encoding,
        stream_encoding=stream_encoding,
        grammar=grammar,
        raw_header=tuple(raw_header),
        header=normalise_header(raw_header),
        header_row=position + 1,
        data_offset=mark_length + min(end, len(body)),
        hints=hints,
        limits=limits,
    )


def _head_rows(
    body: bytes, encoding: str, grammar: Grammar, is_whole: bool, limits: Limits, hints: Hints
) -> tuple[list[tuple[int, int]], list[list[str]]]:
    """Return spans and cells of the first rows: those searched for a header and as many that show the data's width."""
    most = 2 * max(limits.header_search_rows, hints.header_row or 0)
    part = body[: limits.head_bytes // 8] if len(body) > limits.head_bytes // 8 else body
    while True:
        is_last = is_whole and len(part) == len(body)
        spans, _ = record_spans(part, grammar, is_last=is_last, patience=limits.max_record_bytes)
        if len(spans) >= most or len(part) == len(body):
            break
        part = body
    spans = spans[:most]
    texts = [part[start:end].decode(encoding, "replace") for start, end in spans]
    return spans, [cells_of(text, grammar)[0] for text in texts]


def _delimiter(body: bytes, encoding: str, line_end: bytes, is_whole: bool, hints: Hints, limits: Limits) -> str:
    """Return the delimiter under which most rows have the same number of cells, and more than one."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        grammar = Grammar(delimiter.encode(), line_end)
        _, rows = _head_rows(body, encoding, grammar, is_whole, limits, hints)
        widths = [len(row) for row in rows if row]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if max(widths, default=1) < 2:
            continue
        if common == 1:
            common = max(widths)
        wanted = max((hints.wanted(list(normalise_header(row))) for row in rows), default=0.0) if hints.wanted else 0.0
        score = (wanted, widths.count(common) * (common - 1))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _data_width(rows: Sequence[Sequence[str]], header_width: int) -> int:
    """Return how many cells the data rows have: the header's number, unless no row has it."""
    widths = [len(row) for row in rows if any(row) and len(row) > 1]
    if not widths or header_width in widths:
        return header_width
    return max(set(widths), key=widths.count)
