"""在途: money that buyers have paid and no ledger has settled yet."""

from __future__ import annotations

import ibis

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import AllClear, ColumnSpec, KpiItem, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.scope import JsonRow, asked, only_currency, scope_of, whole
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

AGES = (7, 14, 30)
"""Days since payment at which money on its way is told apart."""

_NOTE = Text(
    "已付款、平台还没有结算的应收，减退款，再减按本店已结算费率估算的费用。",
    "What is due for paid orders that are not settled, less refunds and fees at the store's own settled rate.",
)
_NOTHING = AllClear("没有等待结算的订单。", "No order waits to be settled.")
_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="age", label=Text("付款至今", "Since payment")),
    ColumnSpec(key="n_orders", label=Text("订单", "Orders"), unit="count"),
    ColumnSpec(key="due", label=Text("应收减退款", "Due, less refunds"), unit="money"),
    ColumnSpec(key="fees", label=Text("预计费用", "Expected fees"), unit="money", evidence="estimated"),
    ColumnSpec(key="net", label=Text("预计到账", "Expected to arrive"), unit="money", evidence="estimated"),
)


def waiting(desk: Desk, view: View) -> tuple[JsonRow, ...]:
    """Return by store and age what is due for paid orders that are not settled, in minor units.

    Money on its way is of today, whatever period is looked at.
    """

    def found() -> tuple[JsonRow, ...]:
        span = desk.span()
        if span is None:
            return ()
        scope = scope_of(desk, view, "line_profit", day=None)
        rows = scope.rows.filter((scope.rows.order_kind == "ordinary") & ~scope.rows.is_settled)
        rows = rows.mutate(due=rows.receivable_minor - rows.refunded_minor - rows.borne_back_minor)
        rows = rows.filter(rows.due != 0)
        days = ibis.literal(span.last).delta(rows.paid_date, unit="day")
        age = ibis.cases(*((days <= most, place) for place, most in enumerate(AGES)), else_=len(AGES))
        rows = rows.mutate(age=age.cast("int64"))
        sums = rows.group_by(["shop_id", "age", "currency"]).aggregate(
            due=rows.due.sum().cast("int64"),
            fees=rows.expected_fees_minor.sum().cast("int64"),
            n_orders=rows.order_id.nunique(),
        )
        return tuple(asked(desk, sums.order_by(["shop_id", "age"]), scope))

    return desk.kept(("waiting", view.where), found)


def expected_arrival(desk: Desk, view: View) -> KpiItem:
    """Return what should arrive of all that is on its way, as a figure."""
    rows = waiting(desk, view)
    currency = only_currency(rows)
    net = sum(whole(row["due"]) - whole(row["fees"]) for row in rows)
    return KpiItem(
        metric="cash_transit",
        label=Text("在途（预计净额）", "On its way (expected)"),
        unit="money",
        value=major(net, currency) if currency or not rows else None,
        evidence="estimated",
        numerator=_NOTE,
    )


def age_name(age: int) -> Text:
    """Return what an age of money on its way is called.

    Examples
    --------
    >>> age_name(0).zh, age_name(2).zh, age_name(3).en
    ('付款 7 天内', '付款 15–30 天', 'paid over 30 days ago')
    """
    if age == 0:
        return Text(f"付款 {AGES[0]} 天内", f"paid within {AGES[0]} days")
    if age >= len(AGES):
        return Text(f"付款超过 {AGES[-1]} 天", f"paid over {AGES[-1]} days ago")
    return Text(f"付款 {AGES[age - 1] + 1}–{AGES[age]} 天", f"paid {AGES[age - 1] + 1}–{AGES[age]} days ago")


def transit_table(desk: Desk, view: View) -> TableData:
    """Return what is on its way by store and age: due, expected fees and what should arrive."""
    rows = waiting(desk, view)
    currency = only_currency(rows)
    if currency is None:
        several = Text("范围内有多种货币，请筛选店铺。", "Several currencies; choose a store.")
        return TableData(columns=_COLUMNS, rows=(), n_rows=0, empty=several if rows else _NOTHING)
    stores = store_names(desk)
    shown = tuple(
        {"store": stores.get(whole(row["shop_id"]), ""), "age": age_name(whole(row["age"])), **_amounts(row, currency)}
        for row in rows
    )
    sums: JsonRow = {name: sum(whole(row[name]) for row in rows) for name in ("due", "fees", "n_orders")}
    return TableData(columns=_COLUMNS, rows=shown, total=_amounts(sums, currency), n_rows=len(shown), currency=currency)


def _amounts(row: JsonRow, currency: str) -> JsonRow:
    due, fees = whole(row["due"]), whole(row["fees"])
    return {
        "n_orders": whole(row["n_orders"]),
        "due": major(due, currency),
        "fees": major(fees, currency),
        "net": major(due - fees, currency),
    }
