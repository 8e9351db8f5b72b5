"""What stands below a channel: campaigns, creatives, notes, live sessions (M-MKT-07); channel × product × buyer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import ibis
from ibis import _
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_rules import Level, kept_attribution_rules
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.channels import share
from zhanggui.understand.traffic.outlays import Key, outlays
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.scope import in_view
from zhanggui.understand.traffic.shop_attribution import TouchPoint, shop_attribution
from zhanggui.understand.view import View

MOST_ROWS = 300


class PartRow(BaseModel):
    """One campaign, creative, note or live session; orders by the last touch where visits tell, else as declared."""

    name: str
    label: Text
    shown: int | None
    clicks: int | None
    visitors: int | None
    orders: float | None
    new_buyers: int | None
    revenue: float | None
    profit: float | None
    spend: float
    cost_per_click: float | None
    conversion: float | None
    order_value: float | None
    value_per_visitor: float | None
    cac: float | None
    profit_after_spend: float | None
    claimed_orders: int | None


def part_rows(desk: Desk, view: View, by: str, currency: str) -> tuple[PartRow, ...]:
    """Return the rows of a level below channels, largest spend first."""
    return PARTS[by](desk, view, currency)


def _by_level(level: Level) -> Callable[[Desk, View, str], tuple[PartRow, ...]]:
    def rows(desk: Desk, view: View, currency: str) -> tuple[PartRow, ...]:
        try:
            found = shop_attribution(desk, view, kept_attribution_rules(desk), level=level, models=("last",))
            points = {point.key: point for point in found.points}
        except ThinTrafficError:
            points = {}
        shown = _shown(desk, view, level)
        spent = outlays(desk, view, level)
        keys = sorted({key for key in (*points, *shown, *spent) if any(key[1:])})
        made = (
            _part(desk, key, points.get(key), shown.get(key), spent[key].spend_minor if key in spent else 0, currency)
            for key in keys
        )
        kept = [row for row in made if row.spend or row.orders]
        return tuple(sorted(kept, key=lambda row: (-row.spend, -(row.orders or 0), row.name))[:MOST_ROWS])

    return rows


def _shown(desk: Desk, view: View, level: Level) -> dict[Key, tuple[int, int, int]]:
    """Return impressions, clicks and claimed orders of the advertising reports."""
    rows = in_view(desk, view, "ad_result", day="day")
    columns = ["channel", "campaign", *(["creative"] if level == "creative" else [])]
    sums = rows.group_by(columns).aggregate(
        shown=_.impressions.sum().cast("int64"), clicks=_.clicks.sum().cast("int64"),
        claimed=_.attributed_orders.sum().cast("int64"),
    )  # fmt: skip
    names = channel_names(desk)
    return {
        (names.of_visit(row["channel"]), *(row[column] or "" for column in columns[1:])): (
            int(row["shown"] or 0),
            int(row["clicks"] or 0),
            int(row["claimed"] or 0),
        )
        for row in desk.ledger.query(sums).to_pylist()
    }


def _part(
    desk: Desk, key: Key, point: TouchPoint | None, shown: tuple[int, int, int] | None, spend: int, currency: str
) -> PartRow:
    label = channel_names(desk).label(key[0])
    rest = " › ".join(part for part in key[1:] if part)
    orders = None if point is None or not point.touches else point.orders["last"]
    revenue = None if orders is None or point is None else point.revenue["last"]
    profit = None if orders is None or point is None else point.profit["last"]
    visitors = point.touches if point is not None and point.touches else None
    clicks = shown[1] if shown else None
    new = point.new_buyers if point is not None and point.touches else None
    return PartRow(
        name=rest,
        label=Text(f"{label.zh} › {rest}", f"{label.en} › {rest}"),
        shown=shown[0] if shown else None,
        clicks=clicks,
        visitors=visitors,
        orders=orders,
        new_buyers=new,
        revenue=major(revenue, currency),
        profit=major(profit, currency),
        spend=major(spend, currency) or 0.0,
        cost_per_click=major(share(spend, clicks), currency),
        conversion=share(orders, visitors),
        order_value=major(share(revenue, orders), currency),
        value_per_visitor=major(share(revenue, visitors), currency),
        cac=major(share(spend, new), currency) if spend else None,
        profit_after_spend=None if profit is None else major(profit - spend, currency),
        claimed_orders=shown[2] if shown else None,
    )


def _notes(desk: Desk, view: View, currency: str) -> tuple[PartRow, ...]:
    rows = in_view(desk, view, "content_post_daily", day="day")
    sums = rows.group_by(["content_channel", "post_id"]).aggregate(
        who=_.creator_name.max(), shown=_.impressions.sum().cast("int64"), clicks=_.clicks.sum().cast("int64"),
        spend=_.spend_minor.sum().cast("int64"),
    )  # fmt: skip
    ranked = sums.order_by([ibis.desc("spend"), ibis.desc("clicks"), "post_id"]).limit(MOST_ROWS)
    return tuple(
        _declared(
            str(row["post_id"]), Text.same(f"{row['post_id']} {row['who'] or ''}".strip()), currency,
            shown=row["shown"], clicks=row["clicks"], spend=row["spend"],
        )
        for row in desk.ledger.query(ranked).to_pylist()
    )  # fmt: skip


def _lives(desk: Desk, view: View, currency: str) -> tuple[PartRow, ...]:
    rows = in_view(desk, view, "live_session", day="started_date")
    sums = rows.group_by(["live_session_id", "creator_name", "started_date"]).aggregate(
        viewers=_.viewers.sum().cast("int64"), visitors=_.product_visitors.sum().cast("int64"),
        orders=_.paid_orders.sum().cast("int64"),
        paid=_.paid_minor.sum().cast("int64"), spend=(_.spend_minor.fill_null(0) + _.slot_fee_minor.fill_null(0)).sum(),
    )  # fmt: skip
    ranked = sums.order_by([ibis.desc("paid"), "live_session_id"]).limit(MOST_ROWS)
    return tuple(
        _declared(
            str(row["live_session_id"]), Text.same(f"{row['started_date']} {row['creator_name'] or ''}".strip()),
            currency, shown=row["viewers"], visitors=row["visitors"], orders=row["orders"], revenue=row["paid"],
            spend=row["spend"],
        )
        for row in desk.ledger.query(ranked).to_pylist()
    )  # fmt: skip


def _declared(name: str, label: Text, currency: str, **said: object) -> PartRow:
    """Return a row of what a platform or the company's own list declares."""
    found = {key: None if value is None else int(str(value)) for key, value in said.items()}
    visitors, orders, revenue = found.get("visitors"), found.get("orders"), found.get("revenue")
    spend, clicks = found.get("spend") or 0, found.get("clicks")
    return PartRow(
        name=name,
        label=label,
        shown=found.get("shown"),
        clicks=clicks,
        visitors=visitors,
        orders=orders,
        new_buyers=None,
        revenue=major(revenue, currency),
        profit=None,
        spend=major(spend, currency) or 0.0,
        cost_per_click=major(share(spend, clicks), currency),
        conversion=share(orders, visitors),
        order_value=major(share(revenue, orders), currency),
        value_per_visitor=major(share(revenue, visitors), currency),
        cac=None,
        profit_after_spend=None,
        claimed_orders=None,
    )


PARTS: Mapping[str, Callable[[Desk, View, str], tuple[PartRow, ...]]] = MappingProxyType(
    {"campaign": _by_level("campaign"), "creative": _by_level("creative"), "note": _notes, "live": _lives}
)
"""Levels below channels, by the word that asks for them."""


CUSTOMERS: Mapping[str, Text] = MappingProxyType(
    {
        "new": Text("新客", "New"),
        "returning": Text("老客", "Returning"),
        "not identifiable": Text("不可识别", "Not identifiable"),
    }
)
"""What kinds of buyers are called."""


class CubeRow(BaseModel):
    """What one kind of buyer bought of one product by one channel; profit is before advertising."""

    channel: str
    label: Text
    product: str
    product_name: str
    customer: str
    orders: int
    units: float
    revenue: float
    profit: float | None


def cube(desk: Desk, view: View, currency: str) -> tuple[CubeRow, ...]:
    """Return channel × product × buyer (new, returning, not identifiable), largest revenue first (C-SCENE-03)."""
    lines = in_view(desk, View(date_to=view.date_to, where=view.where), "line_profit", day="paid_date")
    lines = lines.filter(lines.order_kind == "ordinary", lines.channel.notnull(), lines.product_id.notnull())
    first = lines.filter(lines.buyer_key.notnull()).group_by(["shop_id", "buyer_key"]).aggregate(day=_.paid_date.min())
    inside = lines if view.date_from is None else lines.filter(lines.paid_date >= view.date_from)
    joined = inside.left_join(first, ["shop_id", "buyer_key"])
    customer = ibis.cases(
        (joined.buyer_key.isnull(), "not identifiable"), (joined.paid_date == joined.day, "new"), else_="returning"
    )
    joined = joined.mutate(customer=customer)
    sums = joined.group_by(["channel", "product_id", "customer"]).aggregate(
        orders=joined.order_id.nunique(),
        units=joined.quantity.sum().cast("float64"),
        net=(joined.receivable_minor - joined.refunded_minor).sum().cast("int64"),
        left=(joined.contribution_minor + joined.ad_spend_minor).sum().cast("int64"),
    )
    products = desk.ledger.table("product").group_by("product_id").aggregate(title=_.title.max())
    ranked = sums.left_join(products, "product_id").drop("product_id_right")
    ranked = ranked.order_by([ibis.desc("net"), "channel", "product_id", "customer"]).limit(MOST_ROWS)
    names = channel_names(desk)
    return tuple(
        CubeRow(
            channel=names.of_order(row["channel"]),
            label=names.label(names.of_order(row["channel"])),
            product=row["product_id"],
            product_name=row["title"] or row["product_id"],
            customer=row["customer"],
            orders=int(row["orders"]),
            units=row["units"] or 0.0,
            revenue=major(row["net"], currency) or 0.0,
            profit=major(row["left"], currency),
        )
        for row in desk.ledger.query(ranked).to_pylist()
    )
