"""Rows of a ledger table under the stores and days of a page."""

from __future__ import annotations

from collections.abc import Iterable

import ibis.expr.types as ir

from zhanggui.metrics import Filter
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand import stores
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


def store_ids(desk: Desk, where: Iterable[Filter]) -> list[int]:
    """Return the numbers of the stores that these filters allow; other filters say nothing of stores.

    Raises
    ------
    BadFilterError
        A filter that neither stores nor channels know.
    """
    filters = list(where)
    for each in filters:
        if each.dim not in (*stores.STORE_DIMENSIONS, "channel"):
            raise BadFilterError(each.dim, why="is nothing that journeys can be filtered by")
    return stores.store_ids(desk, filters)


def in_view(desk: Desk, view: View, table: str, *, day: str | None) -> ir.Table:
    """Return the rows of a table in the stores of a view, and in its days where the table has a day."""
    rows = desk.ledger.table(table)
    rows = rows.filter(rows.shop_id.isin(store_ids(desk, view.where)))
    if day is not None and view.date_from is not None:
        rows = rows.filter(rows[day] >= view.date_from)
    if day is not None and view.date_to is not None:
        rows = rows.filter(rows[day] <= view.date_to)
    return rows


def chosen_channels(view: View) -> frozenset[str] | None:
    """Return the channels that a view is narrowed to, or None where it is about all."""
    named = [frozenset(str(value) for value in each.values) for each in view.where if each.dim == "channel"]
    return frozenset.intersection(*named) if named else None
