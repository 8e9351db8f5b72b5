"""One order opened: what its buyer did before it, visit by visit, page by page (C-ATTR, C-COLLECT-08)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.eventcache import ShopEvents
from zhanggui.ledger.schema.event_tables import LOOK_BACK_DAYS
from zhanggui.ledger.sessions import ORDERING
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_table
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.funnel_answer import moment
from zhanggui.understand.traffic.paths import Places, place_label
from zhanggui.understand.traffic.refusals import ThinTrafficError, said_instead
from zhanggui.understand.traffic.scene import NEXT_EVENTS, NO_EVENTS, event_cache
from zhanggui.understand.view import View

MOST_EVENTS = 1000
MOST_ORDERS = 50
_BEIJING = timedelta(hours=8)


class JourneyVisit(BaseModel):
    """One visit before the order: how it came about and where it began and ended."""

    started_at: datetime
    ended_at: datetime
    device: str | None
    channel: str
    label: Text
    campaign: str | None
    creative: str | None
    referrer: str | None
    entry: str | None
    exit: str | None
    pages: int
    has_cart: bool
    is_ordering: bool


class JourneyEvent(BaseModel):
    """One thing that the buyer did."""

    at: datetime
    event: str
    label: Text
    page: str | None
    item: str | None
    term: str | None


class JourneyAnswer(BaseModel):
    """Every visit of the buyer in the time before his order, and what he did in them.

    `days_to_convert` is counted from the first visit after the buyer's order before, as the metric counts it.
    """

    order_id: str
    ordered_at: datetime
    person: str
    n_devices: int
    look_back_days: int
    days_to_convert: float | None
    visits: tuple[JourneyVisit, ...]
    events: tuple[JourneyEvent, ...]
    evidence: Literal["counted"] = "counted"
    warnings: tuple[Text, ...]


def journey_of(desk: Desk, order_id: str) -> JourneyAnswer:
    """Return the journey of one order.

    Raises
    ------
    ThinTrafficError
        There is no such order, or no visit of its buyer is known.
    """
    cache = event_cache(desk)
    if not cache.shops:
        raise ThinTrafficError(NO_EVENTS, NEXT_EVENTS)
    for shop in cache.shops.values():
        found = _order_in(shop, order_id)
        if found is not None:
            return _journey(desk, shop, order_id, *found)
    orders = desk.ledger.table("order_header")
    known = desk.ledger.query(orders.filter(orders.order_id == order_id).select("order_id").limit(1)).num_rows
    if known:
        raise ThinTrafficError(
            Text(f"订单 {order_id} 没有浏览记录。", f"No visit of the buyer of order {order_id} is known."),
            Text("平台不导出单个买家的路径，只有自有网站的订单能打开。", "Only orders of an own site have journeys."),
        )
    raise ThinTrafficError(
        Text(f"没有订单 {order_id}。", f"There is no order {order_id}."), Text("请核对编号。", "Check its number.")
    )


def _order_in(shop: ShopEvents, order_id: str) -> tuple[int, int] | None:
    """Return the person who placed an order and when, None where no event of the store tells of it."""
    place = shop.texts["order"].index(order_id).as_py()
    names = shop.texts["name"].to_pylist()
    ordering = [names.index(name) for name in ORDERING if name in names]
    if place < 0:
        return None
    for part in shop.parts:
        rows = np.flatnonzero((part.order == place) & np.isin(part.name, ordering))
        if rows.size:
            first = rows[np.argmin(part.at[rows])]
            return int(shop.person_of[part.visitor[first]]), int(part.at[first])
    return None


def _journey(desk: Desk, shop: ShopEvents, order_id: str, person: int, at: int) -> JourneyAnswer:
    visitors = np.flatnonzero(shop.person_of == person)
    names = [str(shop.text("visitor", int(one))) for one in visitors]
    events = _events(shop, visitors, at)
    visits = _visits(desk, shop, names, at)
    warnings = []
    if len(events) >= MOST_EVENTS:
        warnings.append(Text(f"只列出最后 {MOST_EVENTS} 个动作。", f"Only the last {MOST_EVENTS} things are listed."))
    return JourneyAnswer(
        order_id=order_id,
        ordered_at=moment(at),
        person=names[0],
        n_devices=len(names),
        look_back_days=LOOK_BACK_DAYS,
        days_to_convert=_days_to_convert(desk, shop, order_id),
        visits=visits,
        events=events,
        warnings=tuple(warnings),
    )


def _days_to_convert(desk: Desk, shop: ShopEvents, order_id: str) -> float | None:
    journeys = desk.ledger.table("journey")
    mine = journeys.filter(journeys.shop_id == shop.shop_id, journeys.order_id == order_id)
    for row in desk.ledger.query(mine.select("ordered_at", "first_touch_at")).to_pylist():
        if row["first_touch_at"] is not None:
            return float((row["ordered_at"] - row["first_touch_at"]) / timedelta(days=1))
    return None


def _events(shop: ShopEvents, visitors: Any, at: int) -> tuple[JourneyEvent, ...]:
    """Return what the buyer did up to the order, the last first kept and the oldest first told."""
    begin = at - LOOK_BACK_DAYS * 86_400_000_000
    rows: list[tuple[int, ...]] = []
    for part in shop.parts:
        # Visitors are sorted, so that those of one person are found without looking at the others.
        for visitor in visitors.tolist():
            low, high = (int(np.searchsorted(part.visitor, visitor, side)) for side in ("left", "right"))
            for row in range(low, high):
                if begin <= part.at[row] <= at:
                    columns = (part.name, part.page, part.item, part.term)
                    rows.append((int(part.at[row]), *(int(column[row]) for column in columns)))
    rows.sort(key=lambda row: row[0])
    return tuple(_event(shop, row) for row in rows[-MOST_EVENTS:])


def _event(shop: ShopEvents, row: tuple[int, ...]) -> JourneyEvent:
    at, name, page, item, term = row
    event = shop.text("name", name) or "other"
    places = Places()
    places.number(event, shop.text("page", page))
    return JourneyEvent(
        at=moment(at),
        event=event,
        label=place_label(places.keys[0]),
        page=shop.text("page", page),
        item=shop.text("item", item),
        term=shop.text("term", term),
    )


def _visits(desk: Desk, shop: ShopEvents, visitors: list[str], at: int) -> tuple[JourneyVisit, ...]:
    session = desk.ledger.table("session")
    until = moment(at).replace(tzinfo=None)
    mine = session.filter(
        session.shop_id == shop.shop_id,
        session.visitor_id.isin(visitors),
        session.started_at <= until,
        session.started_at >= until - timedelta(days=LOOK_BACK_DAYS),
    )
    names = channel_names(desk)
    rows = desk.ledger.query(mine.order_by(["started_at", "session_id"])).to_pylist()
    return tuple(
        JourneyVisit(
            started_at=_utc(row["started_at"]),
            ended_at=_utc(row["ended_at"]),
            device=row["device"],
            channel=row["channel"],
            label=names.label(names.of_visit(row["channel"])),
            campaign=row["utm_campaign"],
            creative=row["utm_content"],
            referrer=row["referrer_host"],
            entry=row["entry_path"],
            exit=row["exit_path"],
            pages=row["n_pages"],
            has_cart=row["has_cart"],
            is_ordering=row["started_at"] <= until <= row["ended_at"],
        )
        for row in rows
    )


def _utc(time: datetime) -> datetime:
    return moment(0) + (time - datetime(1970, 1, 1))  # noqa: DTZ001  # the ledger keeps UTC without saying so


def _local(time: datetime) -> str:
    return (time + _BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def _visits_table(desk: Desk, view: View) -> TableData:
    found = journey_of(desk, view.name)
    columns = (
        ColumnSpec(key="at", label=Text("到访（北京时间）", "Visit (Beijing time)")),
        ColumnSpec(key="channel", label=Text("渠道", "Channel")),
        ColumnSpec(key="campaign", label=Text("计划", "Campaign")),
        ColumnSpec(key="creative", label=Text("创意", "Creative")),
        ColumnSpec(key="entry", label=Text("进入", "Entry")),
        ColumnSpec(key="exit", label=Text("离开", "Exit")),
        ColumnSpec(key="pages", label=Text("页数", "Pages"), unit="count"),
        ColumnSpec(key="what", label=Text("结果", "Outcome")),
    )
    rows = tuple(
        {
            "at": _local(visit.started_at),
            "channel": visit.label,
            "campaign": visit.campaign or "",
            "creative": visit.creative or "",
            "entry": visit.entry or "",
            "exit": visit.exit or "",
            "pages": visit.pages,
            "what": _outcome(visit),
        }
        for visit in found.visits
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), warnings=found.warnings)


def _outcome(visit: JourneyVisit) -> Text:
    if visit.is_ordering:
        return Text("下单", "ordered")
    return Text("加购", "cart") if visit.has_cart else Text("离开", "left")


def _events_table(desk: Desk, view: View) -> TableData:
    found = journey_of(desk, view.name)
    columns = (
        ColumnSpec(key="at", label=Text("时间（北京时间）", "When (Beijing time)")),
        ColumnSpec(key="event", label=Text("动作", "What")),
        ColumnSpec(key="page", label=Text("页面", "Page")),
        ColumnSpec(key="item", label=Text("商品", "Goods")),
        ColumnSpec(key="term", label=Text("搜索词", "Search")),
    )
    rows = tuple(
        {
            "at": _local(one.at),
            "event": one.label,
            "page": one.page or "",
            "item": one.item or "",
            "term": one.term or "",
        }
        for one in reversed(found.events)
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows))


def _orders_table(desk: Desk, view: View) -> TableData:
    """Return the latest orders that have a journey; each opens."""
    cache = event_cache(desk)
    if not any(shop.n_events for shop in cache.shops.values()):
        raise ThinTrafficError(NO_EVENTS, NEXT_EVENTS)
    rows: list[tuple[int, str]] = []
    for shop in cache.shops.values():
        for part in reversed(list(shop.between(view.date_from, view.date_to))):
            paid = part.name == shop.texts["name"].index(pa.scalar("purchase")).as_py()
            found = np.flatnonzero(paid & (part.order >= 0))
            rows += [(int(part.at[row]), str(shop.text("order", int(part.order[row])))) for row in found]
            if len(rows) >= MOST_ORDERS:
                break
    rows.sort(reverse=True)
    columns = (
        ColumnSpec(key="at", label=Text("支付（北京时间）", "Paid (Beijing time)")),
        ColumnSpec(key="order", label=Text("订单", "Order")),
    )
    shown = tuple(
        {"at": _local(moment(at)), "order": order, "_href": f"/traffic/journey/{order}"}
        for at, order in dict.fromkeys(rows[:MOST_ORDERS])
    )
    empty = None if shown else Text("这些天没有能打开路径的订单。", "No order of these days has a journey.")
    return TableData(columns=columns, rows=shown, n_rows=len(shown), empty=empty)


journey_visits = said_instead(_visits_table, no_table)
journey_events = said_instead(_events_table, no_table)
journey_orders = said_instead(_orders_table, no_table)
