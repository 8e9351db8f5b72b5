"""One order opened: every touch of its buyer, and what each got by each rule (catalogue C-COLLECT-08)."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow.compute as pc
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.attribution import Journeys, attribute
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_table
from zhanggui.understand.traffic.attribution import MODEL_NAMES
from zhanggui.understand.traffic.attribution_rules import AttributionRules, kept_attribution_rules
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.credited import CutJourneys
from zhanggui.understand.traffic.order_journeys import OrderJourneys, order_journeys
from zhanggui.understand.traffic.refusals import ThinTrafficError, said_instead
from zhanggui.understand.view import View

RULES_SHOWN = ("first", "last", "linear", "time_decay", "position")


class TouchRow(BaseModel):
    """One touch before an order; `credit` is empty where the rules give none, and `why_not` says why."""

    at: datetime
    channel: str
    label: Text
    campaign: str
    creative: str
    days_before: float
    credit: dict[str, float]
    why_not: Text | None


class OrderTouches(BaseModel):
    """An order with every touch of its buyer before it, the oldest first."""

    order_id: str
    at: datetime
    revenue: float
    profit: float | None
    currency: str
    is_first_order: bool
    touches: tuple[TouchRow, ...]


def order_touches(desk: Desk, view: View, order_id: str, rules: AttributionRules) -> OrderTouches:
    """Return every touch before an order.

    Raises
    ------
    ThinTrafficError
        No store with visits has this order, or it is not paid.
    """
    found = order_journeys(desk, view, rules)
    place = pc.index(found.orders.ids, order_id).as_py()
    if place < 0:
        raise ThinTrafficError(
            Text(f"没有编号为 {order_id} 的已付订单。", f"There is no paid order {order_id}."),
            Text("只有网站订单能打开路径，请核对编号。", "Only orders of an own site have journeys; check its number."),
        )
    orders, profit = found.orders, float(found.orders.profit[place])
    return OrderTouches(
        order_id=order_id,
        at=_moment(int(orders.at[place])),
        revenue=major(float(orders.revenue[place]), found.currency) or 0.0,
        profit=None if np.isnan(profit) else major(profit, found.currency),
        currency=found.currency,
        is_first_order=bool(orders.is_new[place]),
        touches=_rows(desk, found, place, rules),
    )


def _rows(desk: Desk, found: OrderJourneys, place: int, rules: AttributionRules) -> tuple[TouchRow, ...]:
    touches, names, at = found.touches, channel_names(desk), int(found.orders.at[place])
    first, last = int(found.first[place]), int(found.last[place])
    begin = int(np.searchsorted(touches.person[:last], found.orders.person[place])) if last > first else last
    kept, credits = _credits(found, place, rules)
    rows = []
    for each in range(begin, last):
        channel = touches.channel.at(each)
        rows.append(
            TouchRow(
                at=_moment(int(touches.at[each])),
                channel=channel,
                label=names.label(channel),
                campaign=touches.campaign.at(each),
                creative=touches.creative.at(each),
                days_before=(at - int(touches.at[each])) / 86_400,
                credit={name: share[kept.index(each)] for name, share in credits.items()} if each in kept else {},
                why_not=None if each in kept else _why_not(each < first, at - int(touches.at[each]), rules),
            )
        )
    return tuple(rows)


def _why_not(is_before: bool, seconds: int, rules: AttributionRules) -> Text:
    if not is_before:
        return Text("直接访问，另有其他触点", "a direct visit beside others")
    if seconds > rules.look_back_days * 86_400:
        return Text(f"早于 {rules.look_back_days} 天", f"more than {rules.look_back_days} days before")
    return Text("属于上一个订单", "belongs to the order before")


def _credits(found: OrderJourneys, place: int, rules: AttributionRules) -> tuple[list[int], dict[str, list[float]]]:
    """Return the touches that may get credit, and the part of the order that each gets by each rule."""
    cut = CutJourneys(found, rules, "channel")
    mine = np.flatnonzero(cut.order == place)
    if not mine.size:
        return [], {}
    begin, end = (int(cut.start[mine[0] + side]) for side in (0, 1))
    one = Journeys(
        touch=np.arange(end - begin),
        start=np.array([0, end - begin]),
        conversions=np.ones(1),
        value=np.ones(1),
        nulls=np.zeros(1),
        age=cut.age[begin:end],
    )
    shares = attribute([one], n_channels=end - begin, models=RULES_SHOWN, half_life=rules.half_life_days)
    return cut.place[begin:end].tolist(), {name: shares.credits[name].tolist() for name in RULES_SHOWN}


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _table(desk: Desk, view: View) -> TableData:
    found = order_touches(desk, view, view.name, kept_attribution_rules(desk))
    columns = (
        ColumnSpec(key="at", label=Text("时间", "When"), unit="time"),
        ColumnSpec(key="channel", label=Text("渠道", "Channel")),
        ColumnSpec(key="campaign", label=Text("计划", "Campaign")),
        ColumnSpec(key="creative", label=Text("创意", "Creative")),
        ColumnSpec(key="days", label=Text("下单前天数", "Days before"), unit="days"),
        *(ColumnSpec(key=name, label=MODEL_NAMES[name], unit="ratio", evidence="attributed") for name in RULES_SHOWN),
        ColumnSpec(key="why", label=Text("不计的原因", "Why not")),
    )
    rows = tuple(
        {
            "at": row.at.isoformat(timespec="seconds"),
            "channel": row.label,
            "campaign": row.campaign,
            "creative": row.creative,
            "days": round(row.days_before, 1),
            "why": row.why_not,
            **row.credit,
        }
        for row in found.touches
    )
    nothing = Text("这个订单接不上任何访问。", "This order meets no visit.")
    return TableData(
        columns=columns,
        rows=rows,
        total={"channel": Text(f"订单 {found.order_id}", f"Order {found.order_id}")} if rows else None,
        n_rows=len(rows),
        currency=found.currency,
        empty=None if rows else nothing,
    )


order_table = said_instead(_table, no_table)
