"""Puts the results of several scans side by side, and the period compared with beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

COMPARED = "compare__"
"""Prefix of a leaf's column in the period compared with."""


def side_by_side(tables: Iterable[pa.Table], measures: Sequence[str]) -> pa.Table:
    """Return one row per cell that any of `tables` knows, with every measure that is found for it.

    Parameters
    ----------
    tables : iterable of pyarrow.Table
        Results with at most one row per cell; columns that are no measure make up the cell. Null is a value of a cell
        like any other.
    measures : sequence of str
        Names of the measures; each is held by one of the tables.

    Notes
    -----
    The rows are put under each other and grouped by cell. A join would not match null with null.
    """
    plain = [_plain(table) for table in tables]
    if len(plain) == 1:
        return plain[0]
    stacked = pa.concat_tables(plain, promote_options="default")
    present = [name for name in measures if name in stacked.column_names]
    keys = [name for name in stacked.column_names if name not in set(present)]
    if not keys:
        return pa.table({name: pa.array([pc.sum(stacked[name]).as_py()], stacked[name].type) for name in present})
    # Each measure stands in one table, so its sum over a cell is its one value.
    summed = stacked.group_by(keys, use_threads=False).aggregate([(name, "sum") for name in present])
    names = [
        name.removesuffix("_sum") if name.removesuffix("_sum") in set(present) else name for name in summed.column_names
    ]
    return _plain(summed.rename_columns(names))


def as_compared(
    table: pa.Table, measures: Sequence[str], date_name: str | None, shift: Callable[[date], date]
) -> pa.Table:
    """Return the cells of an earlier period under the dates of the period asked for."""
    named = {name: f"{COMPARED}{name}" for name in measures}
    renamed = table.rename_columns([named.get(name, name) for name in table.column_names])
    if date_name is None or date_name not in renamed.column_names:
        return renamed
    days = renamed[date_name].to_pylist()
    moved = {day: None if day is None else shift(day) for day in set(days)}
    place = renamed.column_names.index(date_name)
    return renamed.set_column(place, date_name, pa.array([moved[day] for day in days], pa.date32()))


def _plain(table: pa.Table) -> pa.Table:
    """Return whole numbers as 64-bit integers and days as days; the engine answers 128 bits and midnights."""
    return table.cast(pa.schema([pa.field(each.name, _plain_type(each.type)) for each in table.schema]))


def _plain_type(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_timestamp(type_):
        return pa.date32()
    return pa.int64() if pa.types.is_decimal(type_) and type_.scale == 0 else type_
