"""Parquet files, streamed; numbers and times keep their types."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zhanggui.collect.reading.faults import EmptyFileError, TooManyColumnsError, TruncatedFileError
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.tables import SourceTable, TextBatch, normalise_header
from zhanggui.collect.reading.values.parsed import as_array


def open_parquet(opener: Callable[[], BinaryIO], name: str, *, limits: Limits, hints: Hints) -> SourceTable:
    """Return the table of a Parquet file.

    Parameters
    ----------
    opener : callable
        Returns the file as a seekable stream at its start.
    name : str
        The file, for messages.
    limits : Limits
    hints : Hints
        Nothing in them applies to Parquet.

    Notes
    -----
    A Parquet file has no header row: rows count from 1. Numbers, dates and times keep their types, all else is text;
    lists and records are written as JSON.
    """
    schema = _file(opener, name).schema_arrow
    if len(schema.names) > limits.max_columns:
        raise TooManyColumnsError(name, len(schema.names), limits.max_columns)
    if not schema.names:
        raise EmptyFileError(name)
    header = normalise_header(schema.names)
    return SourceTable(
        name=name,
        kind="parquet",
        encoding=None,
        raw_header=tuple(schema.names),
        header=header,
        header_row=0,
        read=lambda batch_rows: _batches(opener, name, header, batch_rows),
    )


def _file(opener: Callable[[], BinaryIO], name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(opener(), pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise TruncatedFileError(name, "it is no complete Parquet file") from error


def _batches(
    opener: Callable[[], BinaryIO], name: str, header: tuple[str, ...], batch_rows: int
) -> Iterator[TextBatch]:
    first = 1
    try:
        for part in _file(opener, name).iter_batches(batch_size=batch_rows, use_threads=False):
            columns = pa.RecordBatch.from_arrays([_simple(column) for column in part.columns], names=list(header))
            numbers = pa.array(range(first, first + part.num_rows), pa.int64())
            first += part.num_rows
            yield TextBatch(columns, numbers)
    except (pa.ArrowException, OSError) as error:
        raise TruncatedFileError(name, f"its pages cannot be read after row {first - 1}") from error


def _simple(column: Any) -> Any:
    column = as_array(column)
    kind = column.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if is_number or pa.types.is_timestamp(kind) or pa.types.is_date(kind) or pa.types.is_string(kind):
        return column
    if pa.types.is_boolean(kind):
        return pc.if_else(column, pa.scalar("TRUE"), pa.scalar("FALSE"))
    if pa.types.is_nested(kind):
        return _written(column, lambda value: json.dumps(value, default=str, ensure_ascii=False))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _written(column, lambda value: value.decode("utf-8", "backslashreplace"))
    return column.cast(pa.string())


def _written(column: Any, as_text: Callable[[Any], str]) -> Any:
    return pa.array([None if value is None else as_text(value) for value in column.to_pylist()], pa.string())
