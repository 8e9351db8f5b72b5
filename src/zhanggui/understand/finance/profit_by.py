"""利润结构 Profit by product, store, channel, customer, day: who and what earned it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import ibis

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.money import major
from zhanggui.pagespec import ChartData, ColumnSpec, TableData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import course, warnings_of, with_parts
from zhanggui.understand.finance.profit_desk import HEADLINE, NO_ORDERS
from zhanggui.understand.finance.scope import JsonRow, asked, only_currency, scope_of, whole
from zhanggui.understand.naming import value_href, value_names
from zhanggui.understand.view import View

CUSTOMER = "customer"
DEFAULT = "product"
CHOICES: Mapping[str, Text] = MappingProxyType(
    {
        "product": Text("商品", "Product"),
        "category": Text("类目", "Category"),
        "shop": Text("店铺", "Store"),
        "platform": Text("平台", "Platform"),
        "channel": Text("渠道", "Channel"),
        "province": Text("省份", "Province"),
        "sku": Text("单品（SKU）", "SKU"),
        CUSTOMER: Text("客户", "Customer"),
    }
)
"""What profit can be split by."""

WHOLE = ("receivable", "net_receivable", "goods_cost", "platform_fees", "logistics_cost", "marketing_cost")
ORDERS_ONLY = ("receivable", "net_receivable", "goods_cost", "platform_fees")
"""Metrics of splits that advertising and other amounts of no order do not reach."""

NO_ENTRIES = Text(
    "广告、坑位费等不属于订单的费用分不到这里，所以是订单贡献利润。",
    "Advertising, slot fees and other costs of no order cannot be split this way: it is the contribution of orders.",
)
MOST_ROWS = 500


def profit_table(desk: Desk, view: View) -> TableData:
    """Return what each value of the chosen dimension brought, cost and left, largest profit first."""
    by = str(view.by) if view.by in CHOICES else DEFAULT
    if by == CUSTOMER:
        return customer_table(desk, view)
    reaches_entries = "profit_entry" in DIMENSIONS[by].reach
    result = "contribution_profit" if reaches_entries else "order_contribution"
    names = (*(WHOLE if reaches_entries else ORDERS_ONLY), result)
    found = desk.ask(view.question(*names, by=(by,), order_by=f"-{result}"))
    shown = found.rows[:MOST_ROWS]
    labels = value_names(desk, by, shown)
    rows = tuple(
        {
            "name": label,
            **{name: row.get(name) for name in names},
            "margin": _margin(row.get(result), row.get("net_receivable")),
            "_href": value_href(desk, result, by, row),
        }
        for row, label in zip(shown, labels, strict=True)
    )
    total = desk.ask(view.question(*names)).rows
    return TableData(
        columns=_columns(CHOICES[by], names),
        rows=rows,
        total={**total[0], "margin": _margin(total[0].get(result), total[0].get("net_receivable"))} if total else None,
        n_rows=len(found.rows),
        currency=found.currency,
        warnings=warnings_of(found, names),
        partial=None if reaches_entries else NO_ENTRIES,
        empty=None if rows else NO_ORDERS,
    )


def _columns(label: Text, names: tuple[str, ...]) -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(key="name", label=label),
        *(
            ColumnSpec(key=name, label=CATALOGUE[name].label, unit="money", help=CATALOGUE[name].definition)
            for name in names
        ),
        ColumnSpec(key="margin", label=Text("占净收入", "Of net revenue"), unit="ratio"),
    )


def _margin(profit: object, base: object) -> float | None:
    if not isinstance(profit, int | float) or not isinstance(base, int | float) or not base:
        return None
    return profit / base


def customer_table(desk: Desk, view: View) -> TableData:
    """Return the buyers that left most; buyers whom no file identifies stand together."""
    scope = scope_of(desk, view, "line_profit", day="paid_date")
    rows = scope.rows.filter(scope.rows.order_kind == "ordinary")
    net = rows.receivable_minor - rows.refunded_minor - rows.borne_back_minor
    sums = rows.group_by(["buyer_key", "currency"]).aggregate(
        n_orders=rows.order_id.nunique(),
        receivable=rows.receivable_minor.sum().cast("int64"),
        net=net.sum().cast("int64"),
        goods=rows.goods_cost_minor.sum().cast("int64"),
        left=rows.contribution_minor.sum().cast("int64"),
        last_day=rows.paid_date.max(),
    )
    ranked = sums.order_by([ibis.desc(sums.buyer_key.isnull()), ibis.desc("left"), "buyer_key"])
    found = asked(desk, ranked.limit(MOST_ROWS), scope)
    currency = only_currency(found)
    unknown = [row for row in found if row["buyer_key"] is None]
    total = sum(whole(row["receivable"]) for row in found)
    columns = (
        ColumnSpec(key="name", label=Text("客户", "Customer")),
        ColumnSpec(key="n_orders", label=Text("支付订单", "Paid orders"), unit="count"),
        *(ColumnSpec(key=name, label=CATALOGUE[metric].label, unit="money") for name, metric in _OF_CUSTOMER.items()),
        ColumnSpec(key="margin", label=Text("占净收入", "Of net revenue"), unit="ratio"),
        ColumnSpec(key="last_day", label=Text("最近付款", "Last paid"), unit="date"),
    )
    return TableData(
        columns=columns,
        rows=tuple(_customer_row(row) for row in found),
        n_rows=len(found),
        currency=currency,
        partial=NO_ENTRIES,
        warnings=tuple(_unidentified(whole(row["receivable"]), total) for row in unknown if total),
        empty=None if found else NO_ORDERS,
    )


_OF_CUSTOMER: Mapping[str, str] = MappingProxyType(
    {"receivable": "receivable", "net": "net_receivable", "goods": "goods_cost", "left": "order_contribution"}
)
_NOBODY = Text("不可识别的买家", "Buyers that no file identifies")
_TOKEN_SHOWN = 10


def _customer_row(row: JsonRow) -> JsonRow:
    code, key = str(row["currency"]), row["buyer_key"]
    return {
        "name": _NOBODY if key is None else f"#{str(key)[:_TOKEN_SHOWN]}",
        "n_orders": whole(row["n_orders"]),
        **{name: major(row[name], code) for name in _OF_CUSTOMER},
        "margin": None if row["left"] is None else _margin(whole(row["left"]), whole(row["net"])),
        "last_day": str(row["last_day"]),
    }


def _unidentified(minor: int, total: int) -> Text:
    said = wording.percent(minor / total)
    return Text(
        f"应收的 {said.zh} 认不出是谁买的：拼多多、抖音的订单不带买家标识。导入会员或 ERP 客户可以认出一部分。",
        f"{said.en} of the receivable names no buyer: orders of Pinduoduo and Douyin carry none. Members or ERP "
        "customers make some of them known.",
    )


def profit_course(desk: Desk, view: View) -> ChartData:
    """Return contribution profit day by day, with net revenue beside it."""
    return course(desk, view, with_parts(HEADLINE), shown=("contribution_profit", "net_receivable"))
