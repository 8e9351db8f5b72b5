"""Which rows of a batch pass a map's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.mapping.layout import RowTest, header_named
from zhanggui.collect.mapping.problems import MapError
from zhanggui.collect.reading.values import clean_text, parse_decimal

Mask = npt.NDArray[np.bool_]


def passes(columns: pa.RecordBatch, test: RowTest, *, decimal: str) -> Mask:
    """Return for each row whether it passes `test`.

    Raises
    ------
    MapError
        The file has no such column.
    """
    name = header_named(test.column, columns.schema.names)
    if name is None:
        raise MapError(f"The file has no column {test.column!r}.", file="map", key="column", known=columns.schema.names)
    column = columns.column(name)
    answer = np.ones(len(column), bool)
    if test.is_zero or test.is_negative:
        numbers = parse_decimal(column, decimal=decimal).values.cast(pa.float64())
        if test.is_zero:
            answer &= _filled(pc.equal(numbers, 0))
        if test.is_negative:
            answer &= _filled(pc.less(numbers, 0))
    text = clean_text(column)
    if test.starts_with is not None:
        answer &= _filled(pc.starts_with(text, test.starts_with))
    if test.is_one_of:
        answer &= _filled(pc.is_in(text, pa.array(test.is_one_of, pa.string())))
    if test.matches is not None:
        answer &= _filled(pc.match_substring_regex(text, test.matches))
    return answer


def passes_all(columns: pa.RecordBatch, tests: Sequence[RowTest], *, decimal: str) -> Mask:
    """Return for each row whether it passes every one of `tests`."""
    answer = np.ones(columns.num_rows, bool)
    for test in tests:
        answer &= passes(columns, test, decimal=decimal)
    return answer


def _filled(mask: Any) -> Mask:
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), bool)
