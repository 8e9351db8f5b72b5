"""Which of two rows about the same object is newer, whatever the order of loading and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import bound_value
from zhanggui.ledger.schema.observations import VERSION_COLUMNS

THIS_STORE = bound_value("this_store", "int32")
THIS_IMPORT = bound_value("this_import", "int32")
THIS_LAYOUT = bound_value("this_layout", "int32")
"""The numbers of the import that is being merged, bound when a statement runs: files of one kind then share their
statements, which take longer to make than to run."""

_HALF = 1 << 32


@dataclass(frozen=True, slots=True)
class BatchContext:
    """What holds for every row of the import that is being merged.

    Attributes
    ----------
    layout : int
        Number of the file's layout.
    dominating : tuple of int
        Layouts whose newer row makes an older row of this layout say nothing (itself included).
    dominated : tuple of int
        Layouts whose older row a newer row of this layout makes say nothing (itself included).
    is_set : bool
        The file lists the lines of each of its orders completely.
    """

    shop_id: int
    batch_id: int
    layout: int
    dominating: tuple[int, ...]
    dominated: tuple[int, ...]
    is_set: bool
    is_platform: bool


def newest_first(table: ir.Table) -> list[ir.Value]:
    """Return the sort keys that put the newest row first; equal rows keep the file's order."""
    return [*(ibis.desc(table[name]) for name in VERSION_COLUMNS), table.row_no]


def is_newer(
    left: ir.Table, right: ir.Table, *, suffix: str = "", names: Sequence[str] = VERSION_COLUMNS
) -> ir.BooleanValue:
    """Return whether the row of `left` is newer than the row of `right` (its columns carry `suffix`)."""
    answer: ir.BooleanValue = ibis.literal(False)
    for name in reversed(names):
        mine, other = left[name], right[name + suffix]
        answer = cast("ir.BooleanValue", (mine > other) | ((mine == other) & answer))
    return answer


def numbered(table: ir.Table, by: Sequence[str], order: Sequence[ir.Value], name: str) -> ir.Table:
    """Return `table` with each row's place (from 0) among the rows of equal `by`."""
    window = ibis.window(group_by=[table[column] for column in by], order_by=list(order))
    return table.mutate(**{name: ibis.row_number().over(window)})


def summed_hash(hashes: ir.Column) -> ir.Value:
    """Return one hash of a group's rows: their order does not matter, and two equal rows do not undo each other."""
    upper, lower = ((part.sum() % _HALF).cast("uint64") for part in (hashes >> 32, hashes % _HALF))
    return upper * _HALF + lower
