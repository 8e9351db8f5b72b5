"""The data rows of a text file: a quick column parser where the text is regular, an exact one where it is not."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from zhanggui.collect.reading import rules
from zhanggui.collect.reading.encoding import GB18030, UTF8, Utf8Stream
from zhanggui.collect.reading.faults import UnreadableFileError
from zhanggui.collect.reading.header import is_non_data, non_data_mask
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.records import Grammar, record_spans, regular_cut
from zhanggui.collect.reading.tables import RowProblem, TextBatch, sliced

# A quoted cell over so many lines, in a row of the wrong width, is a quote that was never meant to open.
_MOST_LINES = 20
_BAD_CHARACTER = "\ufffd"
_END = "\x1a"
_TEXT_LIMIT = 4_000


@dataclass(frozen=True, slots=True)
class Layout:
    """All that must be known to read the data rows of a text file."""

    name: str
    encoding: str
    stream_encoding: str | None
    grammar: Grammar
    raw_header: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int
    data_offset: int
    hints: Hints
    limits: Limits


def read_up_to(stream: BinaryIO | Utf8Stream, size: int) -> bytes:
    """Return the next `size` bytes of a stream, fewer only at its end."""
    parts, left = [], size
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def cells_of(text: str, grammar: Grammar) -> tuple[list[str], str | None]:
    """Return the cells of one record, and the rule it breaks if any."""
    delimiter = grammar.delimiter.decode()
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [""]), None
    except csv.Error as error:
        if "field larger" in str(error):
            return text.split(delimiter), rules.CELL_TOO_LONG
    # Text after a closing quote: every spreadsheet reads on, and so do we.
    try:
        *cells, mark = next(csv.reader([text + delimiter + _END], delimiter=delimiter))
    except csv.Error:
        return [text], rules.UNTERMINATED_QUOTE
    if mark != _END:
        return [*cells, mark.removesuffix(delimiter + _END)], rules.UNTERMINATED_QUOTE
    return cells, None


def text_batches(layout: Layout, opener: Callable[[], BinaryIO], batch_rows: int) -> Iterator[TextBatch]:
    """Yield the data rows of a text file.

    Parameters
    ----------
    layout : Layout
    opener : callable
        Returns the file's bytes as a stream at its start.
    batch_rows : int
        Most rows of a batch.
    """
    reader = _Reader(layout)
    n_titles = layout.header_row - 1
    is_first = True
    for block, offset, is_regular in _blocks(layout, opener):
        batch = reader.read(block, offset, is_regular)
        if is_first:
            batch = replace(batch, non_data=batch.non_data + n_titles)
            is_first = False
        yield from sliced(batch, batch_rows)
    if is_first:
        yield TextBatch(reader.empty(), pa.array([], pa.int64()), non_data=n_titles)


def _blocks(layout: Layout, opener: Callable[[], BinaryIO]) -> Iterator[tuple[bytes, int, bool]]:
    """Yield parts of whole records, where in the file they start, and whether their quotes are regular."""
    limits, grammar = layout.limits, layout.grammar
    raw = opener()
    stream = raw if layout.stream_encoding is None else Utf8Stream(raw, layout.stream_encoding)
    read_up_to(stream, layout.data_offset)
    offset, kept = layout.data_offset, b""
    while True:
        piece = read_up_to(stream, limits.block_bytes)
        is_last = len(piece) < limits.block_bytes
        data = kept + piece
        if data:
            cut = regular_cut(data, grammar, is_last=is_last)
            is_regular = cut is not None
            if cut is None:
                _, cut = record_spans(data, grammar, is_last=is_last, patience=limits.max_record_bytes)
            elif cut == 0 and len(data) > limits.max_record_bytes + limits.block_bytes:
                is_regular = False
                _, cut = record_spans(data, grammar, is_last=is_last, patience=limits.max_record_bytes)
            if not cut and len(data) > limits.max_record_bytes + limits.block_bytes:
                raise UnreadableFileError(
                    layout.name,
                    f"A row is longer than {limits.max_record_bytes:,} bytes.",
                    next_step="check the file: it may be no table, or use another line end",
                    at_byte=offset,
                )
            if cut:
                yield data[:cut], offset, is_regular
            offset, kept = offset + cut, data[cut:]
        if is_last:
            return


class _Reader:
    """Turns blocks of whole records into batches, counting rows across blocks."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._encoding = layout.encoding
        self._only_ascii = True
        self._next_row = layout.header_row + 1
        self._schema = pa.schema([(name, pa.string()) for name in layout.header])

    def empty(self) -> pa.RecordBatch:
        return pa.RecordBatch.from_pylist([], schema=self._schema)

    def read(self, block: bytes, offset: int, is_regular: bool) -> TextBatch:
        text = self._as_utf8(block) if is_regular and b"\0" not in block else None
        batch = self._quickly(text) if text is not None else None
        if batch is None:
            batch = self._exactly(block, offset)
        return batch

    def _as_utf8(self, block: bytes) -> bytes | None:
        is_ascii = block.isascii()
        is_undecided = self._encoding == UTF8 and self._only_ascii and not is_ascii
        if is_undecided and not _decodes(block, UTF8) and _decodes(block, GB18030):
            # Nothing so far told UTF-8 from GB18030; these bytes do.
            self._encoding = GB18030
        self._only_ascii &= is_ascii
        if is_ascii:
            return block
        if self._encoding == UTF8:
            is_sound = self._layout.stream_encoding is None or _BAD_CHARACTER.encode() not in block
            # The column parser loses rows whose bytes are no text, so it never sees any.
            return block if is_sound and _decodes(block, UTF8) else None
        try:
            return block.decode(self._encoding).encode()
        except UnicodeDecodeError:
            return None

    def _parsed(self, block: bytes) -> tuple[pa.Table, list[pa_csv.InvalidRow]] | None:
        """Return the rows of the header's width, by columns, and the others; None where the parser gives up."""
        invalid: list[pa_csv.InvalidRow] = []

        def keep(row: pa_csv.InvalidRow) -> str:
            invalid.append(row)
            return "skip"

        try:
            table = pa_csv.read_csv(
                pa.BufferReader(block),
                read_options=pa_csv.ReadOptions(
                    use_threads=False, block_size=len(block) + 16, column_names=list(self._layout.header)
                ),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self._layout.grammar.delimiter.decode(),
                    newlines_in_values=b'"' in block,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep,
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types=self._schema,
                    check_utf8=False,
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid:
            return None
        return table, invalid

    def _quickly(self, block: bytes) -> TextBatch | None:
        """Parse a regular block by columns; None where a row needs a closer look."""
        parsed = self._parsed(block)
        if parsed is None:
            return None
        table, invalid = parsed
        if any(_longest(column) > self._layout.limits.max_cell_chars for column in table.columns):
            return None
        problems, n_other, odd_rows = [], 0, np.empty(len(invalid), np.int64)
        for i, row in enumerate(invalid):
            if row.number is None or row.text.count("\n") > _MOST_LINES:
                return None
            cells, rule = cells_of(row.text, self._layout.grammar)
            if self._fitted(cells) is not None:
                return None
            odd_rows[i] = row.number - 1
            if is_non_data(cells, self._layout.header, self._layout.hints):
                n_other += 1
            else:
                row_no = self._next_row + row.number - 1
                problems.append(RowProblem(row_no, rule or rules.RAGGED_ROW, row.text[:_TEXT_LIMIT]))
        n_rows = table.num_rows + len(invalid)
        numbers = np.arange(self._next_row, self._next_row + n_rows, dtype=np.int64)
        if len(odd_rows):
            numbers = np.delete(numbers, odd_rows)
        self._next_row += n_rows
        record_batch = table.combine_chunks().to_batches()[0] if table.num_rows else self.empty()
        return self._without_non_data(record_batch, numbers, problems, n_other)

    def _without_non_data(
        self, record_batch: pa.RecordBatch, numbers: npt.NDArray[np.int64], problems: list[RowProblem], n_other: int
    ) -> TextBatch:
        drop = non_data_mask(record_batch, self._layout.hints)
        if drop is not None:
            n_other += int(drop.sum())
            record_batch = record_batch.filter(pa.array(~drop))
            numbers = numbers[~drop]
        return TextBatch(record_batch, pa.array(numbers), tuple(problems), n_other)

    def _fitted(self, cells: list[str]) -> list[str] | None:
        """Return the cells of a row brought to the header's width where that loses nothing, else None."""
        width = len(self._layout.header)
        if len(cells) == width:
            return cells
        named = len([name for name in self._layout.raw_header if name])
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if named <= len(cells) < width and all(self._layout.raw_header[:named]):
            return [*cells, *[""] * (width - len(cells))]
        return None

    def _exactly(self, block: bytes, offset: int) -> TextBatch:
        """Parse a block by the exact grammar of quotes."""
        patience = self._layout.limits.max_record_bytes
        spans, _ = record_spans(block, self._layout.grammar, is_last=True, patience=patience)
        at_once = self._all_at_once(block, spans)
        records = self._one_by_one(block, spans) if at_once is None else iter(at_once)
        rows, numbers, problems, n_other = [], [], [], 0
        for record in records:
            row_no = self._next_row
            self._next_row += 1
            fitted = self._fitted(record.cells) if record.rule is None else None
            if fitted is not None:
                rows.append(fitted)
                numbers.append(row_no)
            elif record.rule is None and is_non_data(record.cells, self._layout.header, self._layout.hints):
                n_other += 1
            else:
                text = record.raw.decode(self._encoding, "backslashreplace")[:_TEXT_LIMIT]
                at_byte = None if record.bad_byte is None else offset + record.bad_byte
                problems.append(RowProblem(row_no, record.rule or rules.RAGGED_ROW, text, at_byte))
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(self._schema)
        record_batch = pa.RecordBatch.from_arrays([pa.array(c, pa.string()) for c in columns], schema=self._schema)
        return self._without_non_data(record_batch, np.array(numbers, np.int64), problems, n_other)

    def _all_at_once(self, block: bytes, spans: list[tuple[int, int]]) -> list[_Record] | None:
        """Return the records of a block in which every quote is strictly right; None for any other."""
        if b"\0" in block or self._layout.stream_encoding is not None:
            return None
        raws = [block[start:end] for start, end in spans]
        try:
            texts = [raw.decode(self._encoding) for raw in raws]
            parsed = list(csv.reader(texts, delimiter=self._layout.grammar.delimiter.decode(), strict=True))
        except (UnicodeDecodeError, csv.Error):
            return None
        most = self._layout.limits.max_cell_chars
        if len(parsed) != len(raws) or max(map(len, texts), default=0) > most:
            return None
        width = len(self._layout.header)
        if any(len(cells) != width and raw.count(b"\n") > _MOST_LINES for cells, raw in zip(parsed, raws, strict=True)):
            return None
        return [_Record(raw, cells or [""]) for raw, cells in zip(raws, parsed, strict=True)]

    def _one_by_one(self, block: bytes, spans: list[tuple[int, int]]) -> Iterator[_Record]:
        pending = spans[::-1]
        while pending:
            start, end = pending.pop()
            record = self._record(block[start:end], start)
            if record.raw.count(b"\n") > _MOST_LINES and self._fitted(record.cells) is None:
                line_end = block.index(b"\n", start)
                pending.extend(_respan(block, (line_end + 1, end), self._layout.grammar))
                record = _Record(block[start:line_end], [], rules.UNTERMINATED_QUOTE)
            yield record

    def _record(self, raw: bytes, start: int) -> _Record:
        try:
            text = raw.decode(self._encoding)
        except UnicodeDecodeError as error:
            return _Record(raw, [], rules.BAD_ENCODING, start + error.start)
        if self._layout.stream_encoding is not None and _BAD_CHARACTER in text:
            return _Record(raw, [], rules.BAD_ENCODING, start)
        cells, rule = cells_of(text, self._layout.grammar) if text else ([""], None)
        if rule is None and max(map(len, cells)) > self._layout.limits.max_cell_chars:
            rule = rules.CELL_TOO_LONG
        if rule is None and "\0" in text:
            rule = rules.CONTROL_CHARACTER
        return _Record(raw, cells, rule)


@dataclass(slots=True)
class _Record:
    """One record of a block: its bytes, its cells, the rule it breaks, the place of its first bad byte."""

    raw: bytes
    cells: list[str]
    rule: str | None = None
    bad_byte: int | None = None


def _longest(column: pa.ChunkedArray) -> int:
    return int(pc.max(pc.binary_length(column)).as_py() or 0)


def _respan(block: bytes, span: tuple[int, int], grammar: Grammar) -> list[tuple[int, int]]:
    start, end = span
    spans, _ = record_spans(block[start:end], grammar, is_last=True, patience=0)
    return [(start + a, start + b) for a, b in reversed(spans)]


def _decodes(block: bytes, encoding: str) -> bool:
    if encoding == UTF8:
        return _is_utf8(block)
    try:
        block.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(block: bytes) -> bool:
    """Whether the bytes are UTF-8, without making a text of them."""
    ends = pa.py_buffer(np.array([0, len(block)], np.int32))
    cell = pa.BinaryArray.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(block)])
    try:
        cell.cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True
