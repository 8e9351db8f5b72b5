"""Rows of a ledger table under the filters of a page, for what no metric counts: cash, single lines, plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.metrics import DIMENSIONS
from zhanggui.understand.desk import Desk
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View

JsonRow = dict[str, object]

_COLUMNS: Mapping[str, str] = {
    "product": "product_id",
    "sku": "sku_id",
    "category": "category",
    "brand": "brand",
    "province": "province",
    "channel": "channel",
    "currency": "currency",
}
_BY_PRODUCT = ("category", "brand")
_STORES = ("platform", "shop")


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows that a page is about, with the values of its filters left open.

    Attributes
    ----------
    rows : ibis Table
        The filtered rows.
    params : mapping of str to ibis scalar
        Open values by name.
    values : mapping of str to object
        What they are.
    ignored : tuple of str
        Dimensions of the view that the table does not know.
    """

    rows: ir.Table
    params: Mapping[str, ir.Scalar] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def caution(self) -> Text | None:
        """Which filters say nothing about these rows, or None."""
        if not self.ignored:
            return None
        labels = [DIMENSIONS[name].label for name in self.ignored]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en.lower() for label in labels)
        return Text(
            f"这里的数据不分{zh}，该筛选在此不起作用。",
            f"These figures are not split by {en}; that filter has no effect here.",
        )


def scope_of(desk: Desk, view: View, table: str, *, day: str | None) -> Scope:
    """Return the rows of a ledger table that `view` is about.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Its period and filters.
    table : str
        A ledger table with ``shop_id``.
    day : str, optional
        The business-day column that the period is about; None leaves the period open.
    """
    rows = desk.ledger.table(table)
    known = set(rows.columns)
    params: dict[str, ir.Scalar] = {}
    values: dict[str, object] = {}
    if day is not None and view.date_from is not None:
        params["date_from"], values["date_from"] = ibis.param("date"), view.date_from
        rows = rows.filter(rows[day] >= params["date_from"])
    if day is not None and view.date_to is not None:
        params["date_to"], values["date_to"] = ibis.param("date"), view.date_to
        rows = rows.filter(rows[day] <= params["date_to"])
    stores = [each for each in view.where if each.dim in _STORES]
    if stores:
        rows = rows.filter(rows.shop_id.isin(store_ids(desk, stores)))
    ignored = []
    for place, each in enumerate(each for each in view.where if each.dim not in _STORES):
        found = _column(desk, rows, each.dim, known)
        if found is None:
            ignored.append(each.dim)
            continue
        rows, column = found
        given = {f"where_{place}_{n}": str(value) for n, value in enumerate(v for v in each.values if v is not None)}
        open_ = {name: ibis.param("string") for name in given}
        params |= open_
        values |= given
        tests = [column.isin(list(open_.values()))] if open_ else []
        tests += [column.isnull()] if None in each.values else []
        rows = rows.filter(tests[0] if len(tests) == 1 else tests[0] | tests[1])
    return Scope(rows, params, values, tuple(ignored))


def _column(desk: Desk, rows: ir.Table, dimension: str, known: set[str]) -> tuple[ir.Table, ir.Column] | None:
    name = _COLUMNS.get(dimension)
    if name is None:
        return None
    if dimension in _BY_PRODUCT and "product_id" in known:
        rows = with_product(desk, rows)
        of_product = rows[f"product_{name}"]
        return rows, ibis.coalesce(rows[name], of_product) if name in known else of_product
    return (rows, rows[name]) if name in known else None


def with_product(desk: Desk, rows: ir.Table) -> ir.Table:
    """Return rows that name a product with its title, category and brand; once, however often it is asked for."""
    if "product_category" in rows.columns:
        return rows
    product = desk.ledger.table("product")
    named = product.select(
        product_shop=product.shop_id,
        product_key=product.product_id,
        product_name=product.title,
        product_category=product.category,
        product_brand=product.brand,
    )
    joined = rows.left_join(named, [rows.shop_id == named.product_shop, rows.product_id == named.product_key])
    return joined.drop("product_shop", "product_key")


def asked(desk: Desk, expression: ir.Table, scope: Scope) -> list[JsonRow]:
    """Return the rows that an expression over the scope's rows answers."""
    prepared = desk.ledger.prepare(expression, dict(scope.params))
    return list(desk.ledger.run(prepared, scope.values).to_pylist())


def only_currency(rows: Sequence[Mapping[str, object]]) -> str | None:
    """Return the currency that all rows share, or None where there are several or none."""
    found = {str(row["currency"]) for row in rows if row.get("currency") is not None}
    return found.pop() if len(found) == 1 else None


def whole(value: object) -> int:
    """Return a count or an amount in minor units, 0 where there is none."""
    return 0 if value is None else int(str(value))
