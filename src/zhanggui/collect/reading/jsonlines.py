"""JSONL: one object per line; numbers stay as written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa

from zhanggui.collect.reading import rules
from zhanggui.collect.reading.encoding import pieces
from zhanggui.collect.reading.faults import EmptyFileError, TooManyColumnsError, UnreadableFileError
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.tables import RowProblem, SourceTable, TextBatch, normalise_header

_FIELDS_WITHIN = 64 << 20


def open_jsonl(opener: Callable[[], BinaryIO], name: str, *, limits: Limits, hints: Hints) -> SourceTable:
    """Return the table of a JSONL file; its columns are the fields of all objects, nested ones joined by a dot.

    Parameters
    ----------
    opener : callable
        Returns the file as a stream at its start.
    name : str
        The file, for messages.
    limits : Limits
    hints : Hints
        Nothing in them applies to JSONL.

    Notes
    -----
    Fields are collected from the first 64 MiB; a later line with a field unseen till then is a problem row.
    """
    fields: dict[str, None] = {}
    n_bytes = n_good = 0
    for line in _lines(opener(), limits):
        n_bytes += len(line) + 1
        record = _record(line)
        if record:
            n_good += 1
            fields.update(dict.fromkeys(record))
        if len(fields) > limits.max_columns:
            raise TooManyColumnsError(name, len(fields), limits.max_columns)
        if n_bytes > _FIELDS_WITHIN:
            break
    if not n_bytes:
        raise EmptyFileError(name)
    if not n_good:
        raise UnreadableFileError(name, "No line of the file is a JSON object.", next_step="write one object per line")
    raw_header = tuple(fields)
    return SourceTable(
        name=name,
        kind="jsonl",
        encoding="utf-8",
        raw_header=raw_header,
        header=normalise_header(raw_header),
        header_row=0,
        read=lambda batch_rows: _batches(opener(), raw_header, batch_rows, limits),
    )


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    kept = b""
    for piece in pieces(stream, limits.block_bytes):
        *lines, kept = (kept + piece).split(b"\n")
        yield from lines
    if kept:
        yield kept


def _record(line: bytes) -> dict[str, str | None] | None:
    """Return the flat fields of one line, {} for a blank line, None where it is no object."""
    if not line.strip(b"\xef\xbb\xbf \t\r"):
        return {}
    try:
        value = json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=_plain_number,
            parse_int=str,
            parse_constant=_no_constant,
        )
        if b"\\ud" in line.lower():
            # Half of a character may be escaped, but is no text.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return dict(_flat("", value)) if isinstance(value, dict) else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field stands twice")
    return found


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _plain_number(text: str) -> str:
    return f"{Decimal(text):f}" if "e" in text.lower() and abs(Decimal(text).adjusted()) < 40 else text


def _flat(prefix: str, value: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    for key, item in value.items():
        if isinstance(item, dict):
            yield from _flat(f"{prefix}{key}.", item)
        elif isinstance(item, bool):
            yield f"{prefix}{key}", "TRUE" if item else "FALSE"
        elif isinstance(item, list):
            yield f"{prefix}{key}", json.dumps(item, ensure_ascii=False)
        else:
            yield f"{prefix}{key}", item


def _batches(stream: BinaryIO, fields: tuple[str, ...], batch_rows: int, limits: Limits) -> Iterator[TextBatch]:
    known = set(fields)
    schema = pa.schema([(name, pa.string()) for name in normalise_header(fields)])
    rows: list[dict[str, str | None]] = []
    numbers: list[int] = []
    problems: list[RowProblem] = []
    non_data = 0

    def batch() -> TextBatch:
        arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in fields]
        columns = pa.RecordBatch.from_arrays(arrays, schema=schema)
        return TextBatch(columns, pa.array(numbers, pa.int64()), tuple(problems), non_data)

    for row_no, line in enumerate(_lines(stream, limits), start=1):
        record = _record(line)
        if record is None or not record.keys() <= known:
            rule = rules.BAD_JSON if record is None else rules.UNKNOWN_FIELD
            problems.append(RowProblem(row_no, rule, line.decode("utf-8", "backslashreplace")[:4_000]))
        elif not record:
            non_data += 1
        else:
            rows.append(record)
            numbers.append(row_no)
        if len(rows) >= batch_rows:
            yield batch()
            rows, numbers, problems, non_data = [], [], [], 0
    yield batch()
