"""Finds the order of a line and the lines of a refund."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.rows import NEVER, Column, Rows

_LINES_PER_ORDER = 1_000


def line_keys(rows: Rows) -> Ints:
    """Return one number for each row's order and line."""
    keys: Ints = rows["order"] * _LINES_PER_ORDER + rows["line"]
    return keys


def positions(held: Column, wanted: Column) -> Ints:
    """Return where each wanted reference stands among those held, each of which is there once."""
    order = np.argsort(held, kind="stable")
    return np.asarray(order[np.searchsorted(held, wanted, sorter=order)], np.int64)


def lines_of_refunds(refunds: Rows, lines: Rows) -> tuple[Ints, Ints, Ints]:
    """Return which refund touches which line with how many units.

    A refund without a line touches all units of all lines of its order.

    Parameters
    ----------
    refunds : Rows
        Each of an order in `lines`.
    lines : Rows
        Sorted by order and line.

    Returns
    -------
    refund_at, line_at, quantity : array of int
        Positions in `refunds` and `lines`, and units.
    """
    whole = refunds["line"] == NEVER
    one_at = np.flatnonzero(~whole)
    one_line = np.searchsorted(line_keys(lines), line_keys(refunds)[one_at])
    whole_at = np.flatnonzero(whole)
    first = np.searchsorted(lines["order"], refunds["order"][whole_at], side="left")
    n_lines = np.searchsorted(lines["order"], refunds["order"][whole_at], side="right") - first
    within = np.arange(n_lines.sum()) - np.repeat(np.cumsum(n_lines) - n_lines, n_lines)
    many_line = np.repeat(first, n_lines) + within
    refund_at = np.concatenate([one_at, np.repeat(whole_at, n_lines)])
    line_at = np.concatenate([one_line, many_line])
    quantity = np.concatenate([refunds["quantity"][one_at], lines["quantity"][many_line]])
    return refund_at, line_at, np.minimum(quantity, lines["quantity"][line_at])
