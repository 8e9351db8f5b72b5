"""The tables of the fee audit: each category's rate, and the orders that were charged something else."""

from __future__ import annotations

from collections.abc import Mapping

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, KpiItem, KpisData, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.fees import FeeGroup, OddFee, fee_groups, odd_fees
from zhanggui.understand.finance.scope import JsonRow, only_currency
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

NO_FEES = Text(
    "还没有已结算的订单。导入平台账单后，这里逐单核对佣金与服务费。",
    "No order is settled yet. Load the platforms' bills to check commission and service fees order by order.",
)
ALL_RIGHT = Text("没有发现收费与费率不符的订单。", "No order was charged anything else than its rate.")
_NO_CATEGORY = Text("未分类", "without category")
_GROUP_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="category", label=Text("类目", "Category")),
    ColumnSpec(key="n_orders", label=Text("已结算订单", "Settled orders"), unit="count"),
    ColumnSpec(key="base", label=Text("计费金额", "Charged on"), unit="money"),
    ColumnSpec(key="fee", label=Text("佣金与服务费", "Commission and service fees"), unit="money"),
    ColumnSpec(key="rate", label=Text("实际费率", "Rate charged"), unit="ratio"),
    ColumnSpec(
        key="usual_rate",
        label=Text("平常费率", "Usual rate"),
        unit="ratio",
        help=Text("同店同类目、没有退款的订单的中位费率", "the middle rate of orders of that category without refunds"),
    ),
    ColumnSpec(key="agreed_rate", label=Text("约定费率", "Agreed rate"), unit="ratio"),
    ColumnSpec(key="n_off", label=Text("不符的订单", "Deviating"), unit="count"),
    ColumnSpec(key="over", label=Text("多收", "Charged above"), unit="money"),
    ColumnSpec(key="under", label=Text("少收", "Charged below"), unit="money"),
)
_ODD_COLUMNS = (
    ColumnSpec(key="paid_date", label=Text("付款日", "Paid"), unit="date"),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="order_id", label=Text("订单编号", "Order")),
    ColumnSpec(key="product", label=Text("主要商品", "Main product")),
    ColumnSpec(key="base", label=Text("退款后应收", "Due after refunds"), unit="money"),
    ColumnSpec(key="fee", label=Text("实收费用", "Charged"), unit="money"),
    ColumnSpec(key="expected", label=Text("按费率应收", "By the rate"), unit="money"),
    ColumnSpec(key="over", label=Text("差额", "Difference"), unit="money"),
    ColumnSpec(key="cause", label=Text("可能的原因", "Likely cause")),
)


def _currency(rows: tuple[FeeGroup, ...] | tuple[OddFee, ...]) -> str | None:
    return only_currency([{"currency": each.currency} for each in rows])


def fee_figures(desk: Desk, view: View) -> KpisData:
    """Return fees, their rate, and what was charged above and below the rates."""
    rows = fee_groups(desk, view)
    currency = _currency(rows)
    if currency is None:
        return KpisData(items=(), empty=NO_FEES)
    fee, base = sum(each.fee_minor for each in rows), sum(each.base_minor for each in rows)
    figures = (
        ("fees_charged", Text("佣金与服务费", "Commission and service fees"), "money", major(fee, currency), "down"),
        ("fee_rate", Text("占退款后应收", "Of what is due"), "ratio", fee / base if base else None, "down"),
        ("fees_over", Text("多收", "Charged above the rate"), "money",
         major(sum(each.over_minor for each in rows), currency), "down"),
        ("fees_off", Text("不符的订单", "Deviating orders"), "count", sum(each.n_off for each in rows), "down"),
    )  # fmt: skip
    items = tuple(
        KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value, "good": good})
        for name, label, unit, value, good in figures
    )
    return KpisData(items=items, currency=currency)


def fee_table(desk: Desk, view: View) -> TableData:
    """Return the rate of each category of each store, most money at stake first."""
    rows = fee_groups(desk, view)
    currency = _currency(rows)
    stores = store_names(desk)
    shown = tuple(_group_row(each, stores) for each in rows)
    total = None
    if currency:
        sums = {name: sum(getattr(each, f"{name}_minor") for each in rows) for name in ("base", "fee", "over", "under")}
        total = {
            **{name: major(value, currency) for name, value in sums.items()},
            "rate": sums["fee"] / sums["base"] if sums["base"] else None,
            **{name: sum(getattr(each, name) for each in rows) for name in ("n_orders", "n_off")},
        }
    return TableData(
        columns=_GROUP_COLUMNS,
        rows=shown,
        total=total,
        n_rows=len(shown),
        currency=currency,
        empty=None if shown else NO_FEES,
    )


def _group_row(each: FeeGroup, stores: Mapping[int, str]) -> JsonRow:
    code = each.currency
    return {
        "store": stores.get(each.shop_id, ""),
        "category": each.category or _NO_CATEGORY,
        "n_orders": each.n_orders,
        "base": major(each.base_minor, code),
        "fee": major(each.fee_minor, code),
        "rate": each.fee_minor / each.base_minor if each.base_minor > 0 else None,
        "usual_rate": each.usual_rate,
        "agreed_rate": each.agreed_rate,
        "n_off": each.n_off,
        "over": major(each.over_minor, code),
        "under": major(each.under_minor, code),
    }


def odd_fee_table(desk: Desk, view: View) -> TableData:
    """Return the orders that were charged something else than their rate; each opens its row in the source file."""
    rows = odd_fees(desk, view)
    currency = _currency(rows)
    stores = store_names(desk)
    shown = tuple(
        {
            "paid_date": each.paid_date,
            "store": stores.get(each.shop_id, ""),
            "order_id": each.order_id,
            "product": each.product,
            "base": major(each.base_minor, each.currency),
            "fee": major(each.fee_minor, each.currency),
            "expected": major(each.expected_minor, each.currency),
            "over": major(each.over_minor, each.currency),
            "cause": each.cause,
            "_href": f"/source/{each.batch_id}/{each.row_no}",
        }
        for each in rows
    )
    total = {"over": major(sum(each.over_minor for each in rows), currency)} if currency else None
    empty = ALL_RIGHT if fee_groups(desk, view) else NO_FEES
    return TableData(
        columns=_ODD_COLUMNS,
        rows=shown,
        total=total,
        n_rows=len(shown),
        currency=currency,
        empty=None if shown else empty,
    )
