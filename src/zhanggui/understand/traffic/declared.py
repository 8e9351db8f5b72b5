"""Traffic as platforms declare it, day by day, where they export no ways of single visitors (M-TRAFFIC-03)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.scope import in_view
from zhanggui.understand.view import View

_COUNTS = ("visitors", "carts", "ordered_buyers", "paid_buyers")
LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "shop": Text("全店", "whole store"),
        "source": Text("按来源：多来源访客各计一次", "by source: once in each"),
        "product": Text("按商品：看多个商品各计一次", "by product: once for each"),
    }
)
"""What a declared count is about; the first that a store has is shown. A count of one level says nothing of another."""


class DeclaredRow(BaseModel):
    """One store as its platform declares it, at one level: an average day, and rates of the days' sums."""

    platform: str
    shop: str
    level: str
    days: int
    visitors_a_day: float | None
    carts_a_day: float | None
    ordered_buyers_a_day: float | None
    paid_buyers_a_day: float | None
    cart_rate: float | None
    order_rate: float | None
    pay_rate: float | None
    overall: float | None


def declared_rows(desk: Desk, view: View) -> tuple[DeclaredRow, ...]:
    """Return what platforms declare of each store, the most visited first.

    Notes
    -----
    Visitors are counted anew each day, so that days are averaged and never added up.
    """
    view = View(view.date_from, view.date_to, tuple(each for each in view.where if each.dim in ("platform", "shop")))
    daily = in_view(desk, view, "shop_metric_daily", day="day")
    daily = daily.filter(daily.object_type.isin(list(LEVELS)), daily.hour.isnull(), daily.visitors.notnull())
    sums = {name: daily[name].sum() for name in _COUNTS}
    asked = daily.group_by(["shop_id", "object_type"]).aggregate(days=daily.day.nunique(), **sums)
    stores = {store.shop_id: store for store in desk.shop.stores.list_stores()}
    best: dict[int, dict[str, Any]] = {}
    for row in desk.ledger.query(asked).to_pylist():
        if row["shop_id"] in stores and row["visitors"]:
            held = best.setdefault(row["shop_id"], row)
            if list(LEVELS).index(row["object_type"]) < list(LEVELS).index(held["object_type"]):
                best[row["shop_id"]] = row
    rows = sorted(best.values(), key=lambda row: -row["visitors"] / row["days"])
    return tuple(_row(row, stores[row["shop_id"]].platform, stores[row["shop_id"]].name) for row in rows)


def _row(row: dict[str, Any], platform: str, shop: str) -> DeclaredRow:
    visitors, carts, ordered, paid = (row[name] for name in _COUNTS)
    days = row["days"] or 1

    def daily(n: int | None) -> float | None:
        return None if n is None else n / days

    def share(n: int | None, of: int | None) -> float | None:
        return None if n is None or not of else n / of

    return DeclaredRow(
        platform=platform, shop=shop, level=row["object_type"], days=days,
        visitors_a_day=daily(visitors), carts_a_day=daily(carts),
        ordered_buyers_a_day=daily(ordered), paid_buyers_a_day=daily(paid), cart_rate=share(carts, visitors),
        order_rate=share(ordered, visitors), pay_rate=share(paid, ordered), overall=share(paid, visitors),
    )  # fmt: skip


def declared_table(desk: Desk, view: View) -> TableData:
    """Return what platforms declare as a table."""
    rows = declared_rows(desk, view)
    columns = (
        ColumnSpec(key="shop", label=Text("店铺", "Store")),
        ColumnSpec(key="platform", label=Text("平台", "Platform")),
        ColumnSpec(key="level", label=Text("统计口径", "Counted")),
        ColumnSpec(key="visitors", label=Text("日均访客", "Visitors a day"), unit="count", evidence="declared"),
        ColumnSpec(key="carts", label=Text("日均加购", "Carts a day"), unit="count", evidence="declared"),
        ColumnSpec(key="ordered", label=Text("日均下单买家", "Orderers a day"), unit="count", evidence="declared"),
        ColumnSpec(key="paid", label=Text("日均支付买家", "Buyers a day"), unit="count", evidence="declared"),
        ColumnSpec(key="cart_rate", label=Text("加购率", "Cart rate"), unit="ratio", evidence="declared"),
        ColumnSpec(key="pay_rate", label=Text("下单-支付", "Orders paid"), unit="ratio", evidence="declared"),
        ColumnSpec(key="overall", label=Text("支付转化率", "Conversion"), unit="ratio", evidence="declared"),
    )
    shown = tuple(
        {
            "shop": row.shop,
            "platform": _platform(row.platform),
            "level": LEVELS[row.level],
            "visitors": _whole(row.visitors_a_day),
            "carts": _whole(row.carts_a_day),
            "ordered": _whole(row.ordered_buyers_a_day),
            "paid": _whole(row.paid_buyers_a_day),
            "cart_rate": row.cart_rate,
            "pay_rate": row.pay_rate,
            "overall": row.overall,
        }
        for row in rows
    )
    empty = Text("还没有生意参谋、商智等流量报表。", "There are no traffic reports of platforms yet.")
    return TableData(columns=columns, rows=shown, n_rows=len(shown), empty=None if shown else empty)


def _platform(name: str) -> Text:
    return DIMENSIONS["platform"].names.get(name, Text.same(name))


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
