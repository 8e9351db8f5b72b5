"""低于成本: lines sold for less than their goods cost; gifts and lines that were given back in full are left out."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import AllClear, ColumnSpec, KpiItem, KpisData, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, only_currency, scope_of, whole, with_product
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View, metric_href

MOST_SKUS = 500
PAGE_ROWS = 50
_SKU = ["shop_id", "product_id", "sku_id", "product_name", "currency"]

NONE_BELOW = AllClear("没有低于成本售出的明细。", "Nothing was sold below its cost.")
NO_COSTS = Text(
    "还不知道商品成本。导入商品成本表（模板“商品成本”）后，这里列出低于成本的售卖。",
    "Costs are not known yet. Load the list of unit costs (template sku_costs) to see what is sold below them.",
)
_SKU_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="product", label=Text("商品", "Product")),
    ColumnSpec(key="sku", label=Text("SKU", "SKU")),
    ColumnSpec(key="price", label=Text("成交单价", "Price"), unit="money", help=Text("商家应收 ÷ 件数", "due ÷ units")),
    ColumnSpec(key="cost", label=Text("单位成本", "Unit cost"), unit="money"),
    ColumnSpec(key="units", label=Text("件数", "Units"), unit="count"),
    ColumnSpec(key="n_lines", label=Text("明细", "Lines"), unit="count"),
    ColumnSpec(key="loss", label=Text("亏损", "Loss"), unit="money"),
    ColumnSpec(key="last_day", label=Text("最近一次", "Last sold"), unit="date"),
)
_LINE_COLUMNS = (
    ColumnSpec(key="day", label=Text("付款日", "Paid"), unit="date"),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="order_id", label=Text("订单编号", "Order")),
    ColumnSpec(key="product", label=Text("商品", "Product")),
    ColumnSpec(key="sku", label=Text("SKU", "SKU")),
    ColumnSpec(key="units", label=Text("件数", "Units"), unit="count"),
    ColumnSpec(key="due", label=Text("商家应收", "Due"), unit="money"),
    ColumnSpec(key="cost", label=Text("商品成本", "Goods"), unit="money"),
    ColumnSpec(key="loss", label=Text("亏损", "Loss"), unit="money"),
)


def _below(desk: Desk, view: View) -> Scope:
    """Return the lines in view that were sold below cost, with their ``loss``."""
    scope = scope_of(desk, view, "line_profit", day="paid_date")
    rows = with_product(desk, scope.rows)
    is_kept = (rows.order_kind == "ordinary") & (rows.line_kind == "product") & (rows.quantity > 0)
    is_given_back = (rows.paid_minor > 0) & (rows.refunded_minor >= rows.paid_minor)
    rows = rows.filter(is_kept & ~is_given_back & (rows.listed_cost_minor > rows.receivable_minor))
    rows = rows.mutate(loss=rows.listed_cost_minor - rows.receivable_minor)
    return Scope(rows, scope.params, scope.values, scope.ignored)


def below_cost_skus(desk: Desk, view: View) -> tuple[JsonRow, ...]:
    """Return the SKUs sold below cost, largest loss first, in minor units."""

    def found() -> tuple[JsonRow, ...]:
        scope = _below(desk, view)
        rows = scope.rows
        sums = rows.group_by(_SKU).aggregate(
            units=rows.quantity.sum(),
            due=rows.receivable_minor.sum().cast("int64"),
            cost=rows.listed_cost_minor.sum().cast("int64"),
            loss=rows.loss.sum().cast("int64"),
            n_lines=rows.count(),
            last_day=rows.paid_date.max(),
        )
        return tuple(asked(desk, sums.order_by([ibis.desc("loss"), *_SKU]).limit(MOST_SKUS), scope))

    return desk.kept(("below_cost", view.date_from, view.date_to, view.where), found)


def _knows_costs(desk: Desk, view: View) -> bool:
    found = desk.kept(("costs_known", view), lambda: _n_known(desk, view))
    return found > 0


def _n_known(desk: Desk, view: View) -> int:
    scope = scope_of(desk, view, "line_profit", day="paid_date")
    known: ir.Table = scope.rows.aggregate(n=scope.rows.count(where=scope.rows.listed_cost_minor > 0))
    return whole(asked(desk, known, scope)[0]["n"])


def below_cost_figures(desk: Desk, view: View) -> KpisData:
    """Return what selling below cost lost, over how many lines and SKUs."""
    rows = below_cost_skus(desk, view)
    if not rows and not _knows_costs(desk, view):
        return KpisData(items=(), empty=NO_COSTS)
    currency = only_currency(rows)
    loss = major(sum(whole(row["loss"]) for row in rows), currency) if currency or not rows else None
    n_lines = sum(whole(row["n_lines"]) for row in rows)
    figures = (
        ("below_cost", Text("亏损", "Loss"), "money", loss),
        ("below_cost_skus", Text("SKU 数", "SKUs"), "count", len(rows)),
        ("below_cost_lines", Text("订单明细", "Order lines"), "count", n_lines),
    )
    items = tuple(
        KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value, "good": "down"})
        for name, label, unit, value in figures
    )
    return KpisData(items=items, currency=currency)


def below_cost_table(desk: Desk, view: View) -> TableData:
    """Return the SKUs sold below cost with price, cost and loss."""
    rows = below_cost_skus(desk, view)
    currency = only_currency(rows)
    stores = store_names(desk)
    shown = tuple(_sku_row(row, stores.get(whole(row["shop_id"]), "")) for row in rows)
    total = {"loss": major(sum(whole(row["loss"]) for row in rows), currency)} if currency else None
    return TableData(
        columns=_SKU_COLUMNS,
        rows=shown,
        total=total,
        n_rows=len(shown),
        currency=currency,
        empty=None if shown else (NONE_BELOW if _knows_costs(desk, view) else NO_COSTS),
    )


def _sku_row(row: JsonRow, store: str) -> JsonRow:
    code, units = str(row["currency"]), float(str(row["units"]))
    href = metric_href("gmv_paid", product=str(row["product_id"]), shop=store) if row["product_id"] else None
    return {
        "store": store,
        "product": row["product_name"] or row["product_id"],
        "sku": row["sku_id"],
        "price": major(round(whole(row["due"]) / units), code),
        "cost": major(round(whole(row["cost"]) / units), code),
        "units": units,
        "n_lines": whole(row["n_lines"]),
        "loss": major(row["loss"], code),
        "last_day": str(row["last_day"]),
        "_href": href,
    }


def below_cost_lines(desk: Desk, view: View) -> TableData:
    """Return the lines themselves, largest loss first; each opens its row in the source file."""
    scope = _below(desk, view)
    skus = below_cost_skus(desk, view)
    n_rows = sum(whole(row["n_lines"]) for row in skus)
    pages = max(-(-n_rows // PAGE_ROWS), 1)
    page = min(view.page, pages)
    wanted = scope.rows.select(
        "paid_date", "shop_id", "order_id", "line_key", "product_name", "product_id", "sku_id", "quantity",
        "receivable_minor", "listed_cost_minor", "loss", "currency", "batch_id", "row_no",
    )  # fmt: skip
    ordered = wanted.order_by([ibis.desc("loss"), "order_id", "line_key"])
    found = asked(desk, ordered.limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS), scope)
    stores = store_names(desk)
    shown = tuple(
        {
            "day": str(row["paid_date"]),
            "store": stores.get(whole(row["shop_id"]), ""),
            "order_id": row["order_id"],
            "product": row["product_name"] or row["product_id"],
            "sku": row["sku_id"],
            "units": float(str(row["quantity"])),
            "due": major(row["receivable_minor"], str(row["currency"])),
            "cost": major(row["listed_cost_minor"], str(row["currency"])),
            "loss": major(row["loss"], str(row["currency"])),
            "_href": f"/source/{row['batch_id']}/{row['row_no']}",
        }
        for row in found
    )
    return TableData(
        columns=_LINE_COLUMNS,
        rows=shown,
        page=page,
        pages=pages,
        n_rows=n_rows,
        currency=only_currency(skus),
        empty=None if shown else (NONE_BELOW if _knows_costs(desk, view) else NO_COSTS),
    )
