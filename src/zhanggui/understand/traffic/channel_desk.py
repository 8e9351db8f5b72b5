"""Channel quality as tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import (
    ColumnSpec,
    KpiItem,
    KpisData,
    Quadrant,
    QuadrantAxis,
    QuadrantPoint,
    QuadrantsData,
    TableData,
)
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_figures, no_table
from zhanggui.understand.traffic.channel_answer import (
    Corner,
    borders,
    channel_rows,
    claim_rows,
    corner,
    is_placed,
    light,
    said_of,
)
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.channel_parts import CUSTOMERS, PARTS, cube, part_rows
from zhanggui.understand.traffic.channels import channels, share
from zhanggui.understand.traffic.refusals import ThinTrafficError, said_instead
from zhanggui.understand.view import View

_NAMES: Mapping[Corner, tuple[Text, Text]] = {
    "top_right": (Text("高转化高毛利", "Converts and earns"), Text("加预算", "More budget")),
    "top_left": (Text("低转化高毛利", "Earns, converts little"), Text("改承接页", "Mend the landing page")),
    "bottom_right": (Text("高转化低毛利", "Converts, earns little"), Text("调价与凑单", "Prices and bundles")),
    "bottom_left": (Text("低转化低毛利", "Neither"), Text("缩减", "Less")),
}


_COLUMNS = (
    ColumnSpec(key="label", label=Text("渠道", "Channel")),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="visitors", label=Text("访客", "Visitors"), unit="count"),
    ColumnSpec(key="orders", label=Text("支付订单", "Orders"), unit="count"),
    ColumnSpec(key="conversion", label=Text("转化率", "Conversion"), unit="ratio"),
    ColumnSpec(key="order_value", label=Text("笔单价", "AOV"), unit="money"),
    ColumnSpec(key="margin", label=Text("利润率", "Margin"), unit="ratio"),
    ColumnSpec(key="refund_rate", label=Text("退款率", "Refunded"), unit="ratio"),
    ColumnSpec(key="repeat_rate", label=Text("复购率", "Repeat"), unit="ratio"),
    ColumnSpec(key="ltv", label=Text("LTV（至今）", "LTV so far"), unit="money", evidence="estimated"),
    ColumnSpec(key="cac", label=Text("获客成本", "CAC"), unit="money"),
    ColumnSpec(key="ltv_per_cac", label=Text("LTV:CAC", "LTV:CAC"), unit="count"),
    ColumnSpec(key="payback_days", label=Text("回本天数", "Payback"), unit="days", evidence="estimated"),
    ColumnSpec(key="value_per_visitor", label=Text("每访客成交", "Per visitor"), unit="money"),
    ColumnSpec(key="profit_per_visitor", label=Text("每访客利润", "Profit per visitor"), unit="money"),
    ColumnSpec(key="spend", label=Text("花费", "Spend"), unit="money"),
    ColumnSpec(key="profit", label=Text("投放后利润", "Profit after ads"), unit="money"),
)


def _table(desk: Desk, view: View) -> TableData:
    if view.by in PARTS:
        return _parts_table(desk, view)
    if view.by == "cube":
        return _cube_table(desk, view)
    found = channels(desk, view)
    rows = tuple(
        {
            **row.model_dump(),
            "label": row.label,
            "orders": row.orders if row.orders is not None else row.buyers,
            "ltv_per_cac": _rounded(row.ltv_per_cac, 2),
            "payback_days": _rounded(row.payback_days, 0),
        }
        for row in channel_rows(desk, found)
    )
    return TableData(columns=_COLUMNS, rows=rows, n_rows=len(rows), currency=found.currency)


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


PART_COLUMNS = (
    ColumnSpec(key="label", label=Text("名称", "Name")),
    ColumnSpec(key="shown", label=Text("曝光 / 观看", "Shown / watched"), unit="count", evidence="declared"),
    ColumnSpec(key="clicks", label=Text("点击", "Clicks"), unit="count", evidence="declared"),
    ColumnSpec(key="visitors", label=Text("到访", "Visitors"), unit="count"),
    ColumnSpec(key="orders", label=Text("订单（末次触点）", "Orders, last touch"), unit="count"),
    ColumnSpec(key="claimed_orders", label=Text("申报订单", "Claimed"), unit="count", evidence="declared"),
    ColumnSpec(key="conversion", label=Text("转化率", "Conversion"), unit="ratio"),
    ColumnSpec(key="order_value", label=Text("笔单价", "AOV"), unit="money"),
    ColumnSpec(key="value_per_visitor", label=Text("每访客成交", "Per visitor"), unit="money"),
    ColumnSpec(key="spend", label=Text("花费", "Spend"), unit="money"),
    ColumnSpec(key="cost_per_click", label=Text("点击单价", "CPC"), unit="money"),
    ColumnSpec(key="new_buyers", label=Text("新买家", "New buyers"), unit="count"),
    ColumnSpec(key="cac", label=Text("获客成本", "CAC"), unit="money"),
    ColumnSpec(key="profit_after_spend", label=Text("投放后利润", "Profit after ads"), unit="money"),
)


def _parts_table(desk: Desk, view: View) -> TableData:
    found = channels(desk, view)
    rows = part_rows(desk, replace(view, by=None), str(view.by), found.currency)
    shown = tuple({**row.model_dump(), "label": row.label} for row in rows)
    nothing = Text("没有这一层的数据。", "There is nothing of this level.")
    return TableData(
        columns=PART_COLUMNS, rows=shown, n_rows=len(shown), currency=found.currency, empty=None if shown else nothing
    )


CUBE_COLUMNS = (
    ColumnSpec(key="label", label=Text("渠道", "Channel")),
    ColumnSpec(key="product_name", label=Text("商品", "Product")),
    ColumnSpec(key="customer", label=Text("客户", "Customer")),
    ColumnSpec(key="orders", label=Text("订单", "Orders"), unit="count"),
    ColumnSpec(key="units", label=Text("件数", "Units"), unit="count"),
    ColumnSpec(key="revenue", label=Text("净收入", "Net revenue"), unit="money"),
    ColumnSpec(key="profit", label=Text("投放前利润", "Profit before ads"), unit="money", evidence="estimated"),
)


def _cube_table(desk: Desk, view: View) -> TableData:
    found = channels(desk, view)
    rows = tuple(
        {**row.model_dump(), "label": row.label, "customer": CUSTOMERS[row.customer]}
        for row in cube(desk, replace(view, by=None), found.currency)
    )
    return TableData(columns=CUBE_COLUMNS, rows=rows, n_rows=len(rows), currency=found.currency)


def _figures(desk: Desk, view: View) -> KpisData:
    found = channels(desk, replace(view, by=None))
    rows, code = found.rows, found.currency
    placed = [row for row in rows if is_placed(row)]
    spend, new = sum(row.spend_minor for row in rows), sum(row.new_buyers or 0 for row in rows if row.spend_minor)
    bought = sum(row.spend_minor for row in rows if row.new_buyers)
    x, y = borders(rows)
    best = sum(1 for row in placed if corner(row, x, y) == "top_right")
    return KpisData(
        items=(
            KpiItem(metric="channels", label=Text("渠道", "Channels"), unit="count", value=len(rows)),
            KpiItem(metric="spend", label=Text("花费", "Spend"), unit="money", value=major(spend, code)),
            KpiItem(
                metric="cac", label=Text("付费获客成本", "Paid CAC"), unit="money", good="down",
                value=major(share(bought, new), code),
                numerator=Text("知道新买家的渠道的花费 ÷ 新买家", "spend ÷ new buyers, of channels that know them"),
            ),
            KpiItem(metric="best", label=Text("高转化高毛利渠道", "Converts and earns"), unit="count", value=best),
            KpiItem(
                metric="healthy", label=Text("LTV 超过 3 倍 CAC", "LTV over 3 × CAC"), unit="count",
                value=sum(1 for row in rows if light(row.ltv_per_cac) == "green"), evidence="estimated",
            ),
        ),
        currency=code,
        warnings=said_of(found),
    )  # fmt: skip


def _nothing_placed(text: Text) -> QuadrantsData:
    axis = QuadrantAxis(label=Text("转化率", "Conversion"), unit="ratio")
    return QuadrantsData(x=axis, y=axis, quadrants=(), points=(), empty=text)


def _quadrants(desk: Desk, view: View) -> QuadrantsData:
    found = channels(desk, replace(view, by=None))
    names = channel_names(desk)
    x, y = borders(found.rows)
    placed = [(row, at) for row in found.rows if (at := corner(row, x, y)) is not None]
    if not placed:
        raise ThinTrafficError(
            Text("没有一个渠道同时知道转化率和利润率。", "No channel has both a conversion and a margin."),
            Text("需要带渠道的订单、访问和成本。", "That takes orders that name a channel, visits and costs."),
        )
    rule = Text("各渠道的中位数", "the middle channel")
    several = len({row.shop_id for row, _at in placed}) > 1
    return QuadrantsData(
        x=QuadrantAxis(label=Text("转化率", "Conversion"), unit="ratio", border=x, rule=rule),
        y=QuadrantAxis(label=Text("利润率", "Margin"), unit="ratio", border=y, rule=rule),
        currency=found.currency,
        quadrants=tuple(
            Quadrant(at=at, name=name, n=sum(1 for _row, each in placed if each == at), action=action)
            for at, (name, action) in _NAMES.items()
        ),
        points=tuple(
            QuadrantPoint(
                name=_joined(names.label(row.channel), found.stores[row.shop_id] if several else None),
                x=row.conversion or 0.0, y=row.margin or 0.0, at=at,
            )
            for row, at in placed
        ),
    )  # fmt: skip


def _joined(label: Text, store: str | None) -> Text:
    if store is None:
        return label
    return Text(f"{label.zh}（{store}）", f"{label.en} ({store})")


_CLAIM_COLUMNS = (
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="claimed", label=Text("平台申报订单", "Claimed orders"), unit="count", evidence="declared"),
    ColumnSpec(key="seen", label=Text("可见的广告订单", "Seen to come by ads"), unit="count"),
    ColumnSpec(key="over_claim", label=Text("多报倍数", "Over-claim"), unit="count", evidence="declared"),
)


def _claims(desk: Desk, view: View) -> TableData:
    found = channels(desk, replace(view, by=None))
    rows = tuple({**row.model_dump(), "over_claim": _rounded(row.over_claim, 2)} for row in claim_rows(found))
    nothing = Text("没有推广报表申报订单。", "No advertising report claims orders.")
    return TableData(columns=_CLAIM_COLUMNS, rows=rows, n_rows=len(rows), empty=None if rows else nothing)


channel_claims = said_instead(_claims, no_table)
channel_figures = said_instead(_figures, no_figures)
channel_table = said_instead(_table, no_table)
channel_quadrants = said_instead(_quadrants, _nothing_placed)
