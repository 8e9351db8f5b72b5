"""Rows of a ledger table in the days, stores and goods that a page is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import without_copies
from zhanggui.metrics.problems import BadFilterError
from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View

STORES = ("platform", "shop")
"""Filters that name stores."""
_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "product": "product_id",
        "sku": "sku_id",
        "category": "category",
        "brand": "brand",
        "province": "province",
        "channel": "channel",
        "currency": "currency",
    }
)
_OF_PRODUCT = ("category", "brand")


def rows_in_view(desk: Desk, view: View, table: str, *, day: str) -> ir.Table:
    """Return the rows of a ledger table whose `day` and goods a view is about.

    Raises
    ------
    BadFilterError
        A filter that the table does not know.
    """
    rows = in_stores(desk, desk.ledger.table(table), view.where)
    if view.date_from is not None:
        rows = rows.filter(rows[day] >= view.date_from)
    if view.date_to is not None:
        rows = rows.filter(rows[day] <= view.date_to)
    others = [each for each in view.where if each.dim not in STORES]
    if any(each.dim in _OF_PRODUCT for each in others):
        rows = with_product(desk, rows)
    for each in others:
        column = _column(rows, each.dim)
        named = [str(value) for value in each.values if value is not None]
        test = column.isin(named)
        rows = rows.filter(test | column.isnull() if None in each.values else test)
    return rows.select(*desk.ledger.table(table).columns)


def _column(rows: ir.Table, dim: str) -> ir.StringColumn:
    name = _COLUMNS.get(dim)
    if name is None or name not in rows.columns:
        raise BadFilterError(dim, why="is nothing that goods can be filtered by here")
    column = rows[name]
    assert isinstance(column, ir.StringColumn)
    return ibis.coalesce(column, rows[f"product_{name}"]) if dim in _OF_PRODUCT else column


def with_product(desk: Desk, rows: ir.Table) -> ir.Table:
    """Return rows that name a product with its ``product_category`` and ``product_brand``."""
    product = desk.ledger.table("product")
    named = product.select("shop_id", "product_id", product_category=product.category, product_brand=product.brand)
    return without_copies(rows.left_join(named, ["shop_id", "product_id"]))


def in_stores(desk: Desk, rows: ir.Table, filters: Sequence[Filter]) -> ir.Table:
    """Return the rows of the stores that all filters by platform and store allow."""
    stores = [each for each in filters if each.dim in STORES]
    if not stores:
        return rows
    return rows.filter(rows.shop_id.isin(store_ids(desk, stores)))
