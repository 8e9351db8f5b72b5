"""Channel quality: who comes by each channel, what they buy, what they leave, what winning them costs.

Catalogue C-SCENE-02, C-ATTR-03, C-ATTR-04, F-02, F-08, T-01, T-24, SEG-17, X-10, X-18.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import ibis
import ibis.expr.types as ir
from ibis import _

from zhanggui.i18n import Text
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.channel_names import ChannelNames, channel_names
from zhanggui.understand.traffic.outlays import ad_claims, outlays
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.scope import chosen_channels, in_view
from zhanggui.understand.view import View

Basis = Literal["counted", "declared"]
HEALTHY = 3.0
"""LTV above so many times the CAC is healthy (F-02, T-01)."""

ADS = ("search_ads", "feed_ads", "display_ads")
"""Channels whose orders the advertising reports claim."""

FEWEST_VISITORS = 100
_SOURCE = "source"


@dataclass(slots=True)
class Channel:
    """One channel of one store over the period; amounts in minor units.

    Attributes
    ----------
    basis : {"counted", "declared"}
        Whether its orders are counted from order files that name the channel, or declared by the platform.
    visitors : int or None
        Different visitors; declared ones are the sum of the days.
    orders, buyers : int
        Paid orders, and who paid them; the platform declares buyers alone.
    net_minor, left_minor : int or None
        Paid less refunds, and contribution before advertising.
    new_buyers, repeat_buyers, worth_minor : int or None
        Buyers whose first order came this way, those of them who bought on another day too, and what all their orders
        left; None where buyers cannot be told apart.
    age_days : float
        Mean days since the first order of the new buyers.
    spend_minor : int
        Advertising, content, slot fees and rewards.
    """

    shop_id: int
    channel: str
    basis: Basis
    visitors: int | None = None
    visits: int | None = None
    orders: int | None = None
    buyers: int | None = None
    paid_minor: int = 0
    refunded_minor: int | None = None
    net_minor: int | None = None
    left_minor: int | None = None
    new_buyers: int | None = None
    repeat_buyers: int | None = None
    worth_minor: int | None = None
    age_days: float | None = None
    spend_minor: int = 0

    @property
    def is_told(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.visitors or self.orders or self.buyers or self.spend_minor)

    @property
    def conversion(self) -> float | None:
        """Paying buyers per visitor."""
        return share(self.buyers, self.visitors)

    @property
    def order_value_minor(self) -> float | None:
        """Paid per order, or per buyer where only these are declared."""
        return share(self.paid_minor, self.orders if self.orders is not None else self.buyers)

    @property
    def margin(self) -> float | None:
        """Contribution before advertising per yuan kept."""
        return share(self.left_minor, self.net_minor)

    @property
    def profit_minor(self) -> int | None:
        """What is left after advertising."""
        return None if self.left_minor is None else self.left_minor - self.spend_minor

    @property
    def cac_minor(self) -> float | None:
        """Spend per new buyer; None where nothing was spent."""
        return share(self.spend_minor, self.new_buyers) if self.spend_minor else None

    @property
    def ltv_minor(self) -> float | None:
        """What a new buyer has left so far, before the cost of winning him."""
        return share(self.worth_minor, self.new_buyers)

    @property
    def ltv_per_cac(self) -> float | None:
        """LTV so far per CAC."""
        ltv, cac = self.ltv_minor, self.cac_minor
        return None if ltv is None or not cac else ltv / cac

    @property
    def payback_days(self) -> float | None:
        """Days in which a new buyer, at the pace so far, brings back his cost; None where nothing was spent."""
        ltv, cac = self.ltv_minor, self.cac_minor
        if ltv is None or cac is None or ltv <= 0 or not self.age_days:
            return None
        return cac / (ltv / self.age_days)


def share(above: float | None, below: float | None) -> float | None:
    """Return one figure per another, or None where that has no meaning."""
    return None if above is None or not below else above / below


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels of a view, with what could not be told."""

    rows: tuple[Channel, ...]
    stores: dict[int, str]
    currency: str
    claimed: dict[int, int]
    silent: tuple[str, ...] = field(default=())


def channels(desk: Desk, view: View) -> Channels:
    """Return the channels of a view, largest amount first.

    Raises
    ------
    ThinTrafficError
        No file names a channel and no platform declares sources.
    """
    return desk.kept(("channels", view.date_from, view.date_to, view.where), lambda: _channels(desk, view))


def _channels(desk: Desk, view: View) -> Channels:
    names = channel_names(desk)
    counted = _counted(desk, view, names)
    told = {shop for shop, _channel in counted}
    declared = _declared(desk, view, names, told)
    found = {**counted, **declared}
    if not found:
        raise ThinTrafficError(
            Text("没有文件说明订单从哪个渠道来。", "No file says by which channel orders came."),
            Text(
                "导入生意参谋流量来源、抖音订单或自有网站订单与事件。",
                "Load 生意参谋 traffic sources, Douyin orders, or orders and events of the own site.",
            ),
        )
    _add_visits(desk, view, names, counted)
    for shop in sorted({shop for shop, _channel in found}):
        for key, outlay in outlays(desk, view, "channel", [shop]).items():
            row = found.get((shop, key[0]))
            if row is None:
                row = found[shop, key[0]] = Channel(shop, key[0], "counted")
            row.spend_minor += outlay.spend_minor
    claimed = ad_claims(desk, view)
    stores = {store.shop_id: store for store in desk.shop.stores.list_stores()}
    wanted = chosen_channels(view)
    rows = [row for row in found.values() if row.is_told and (wanted is None or row.channel in wanted)]
    asked = in_view(desk, view, "order_header", day="paid_date").select("shop_id", "currency").distinct()
    said = desk.ledger.query(asked).to_pylist()
    seen = {row["shop_id"] for row in said}
    return Channels(
        rows=tuple(sorted(rows, key=lambda row: (-row.paid_minor, row.shop_id, row.channel))),
        stores={number: store.name for number, store in stores.items()},
        currency=str(said[0]["currency"]) if len({row["currency"] for row in said}) == 1 else "CNY",
        claimed=claimed,
        silent=tuple(stores[shop].name for shop in sorted(seen - {shop for shop, _c in found}) if shop in stores),
    )


def _counted(desk: Desk, view: View, names: ChannelNames) -> dict[tuple[int, str], Channel]:
    """Return the channels that order files name, with their orders, money and buyers."""
    orders = _orders(desk, view)
    orders = orders.filter(orders.channel.notnull())
    inside = _within(orders, view)
    sums = inside.group_by(["shop_id", "channel"]).aggregate(
        orders=_.count(),
        buyers=ibis.coalesce(_.buyer_key, _.order_id).nunique(),
        paid=_.paid_minor.sum().cast("int64"),
        refunded=_.refunded_minor.sum().cast("int64"),
        left=_.left_minor.sum().cast("int64"),
        n_known=_.buyer_key.notnull().cast("int64").sum(),
    )
    found: dict[tuple[int, str], Channel] = {}
    for row in desk.ledger.query(sums).to_pylist():
        channel = names.of_order(row["channel"])
        kept = found.setdefault((row["shop_id"], channel), Channel(row["shop_id"], channel, "counted"))
        kept.orders = (kept.orders or 0) + int(row["orders"])
        kept.buyers = (kept.buyers or 0) + int(row["buyers"])
        kept.paid_minor += int(row["paid"])
        kept.refunded_minor = (kept.refunded_minor or 0) + int(row["refunded"])
        kept.net_minor = (kept.net_minor or 0) + int(row["paid"]) - int(row["refunded"])
        kept.left_minor = None if row["left"] is None else (kept.left_minor or 0) + int(row["left"])
        if row["n_known"]:
            kept.new_buyers = kept.repeat_buyers = kept.worth_minor = 0
    _add_buyers(desk, view, names, orders, found)
    return found


def _orders(desk: Desk, view: View) -> ir.Table:
    """Return paid ordinary orders up to the end of the period, with what each left before advertising."""
    orders = in_view(desk, View(date_to=view.date_to, where=view.where), "order_header", day="paid_date")
    orders = orders.filter(orders.is_paid, orders.order_kind == "ordinary")
    lines = desk.ledger.table("line_profit")
    lines = lines.filter(lines.order_kind == "ordinary")
    left = lines.group_by(["shop_id", "order_id"]).aggregate(
        left_minor=(lines.contribution_minor + lines.ad_spend_minor).sum().cast("int64")
    )
    return orders.left_join(left, ["shop_id", "order_id"]).drop("shop_id_right", "order_id_right")


def _within(orders: ir.Table, view: View) -> ir.Table:
    return orders if view.date_from is None else orders.filter(orders.paid_date >= view.date_from)


def _add_buyers(
    desk: Desk, view: View, names: ChannelNames, orders: ir.Table, found: dict[tuple[int, str], Channel]
) -> None:
    """Say of each channel who bought first by it within the period, and what they have left since."""
    known = orders.filter(orders.buyer_key.notnull())
    of_buyer = ibis.window(group_by=["shop_id", "buyer_key"], order_by=["created_at", "order_id"])
    numbered = known.mutate(number=ibis.row_number().over(of_buyer))
    first = _within(numbered.filter(numbered.number == 0), view)
    first = first.select("shop_id", "buyer_key", first_channel=first.channel, first_day=first.paid_date)
    bought = known.inner_join(first, ["shop_id", "buyer_key"])
    each = bought.group_by(["shop_id", "buyer_key", "first_channel", "first_day"]).aggregate(
        n_days=bought.paid_date.nunique(), left=bought.left_minor.sum(), last=bought.paid_date.max()
    )
    sums = each.group_by(["shop_id", "first_channel"]).aggregate(
        n=_.count(),
        repeat=(_.n_days > 1).cast("int64").sum(),
        left=_.left.sum().cast("int64"),
        first_days=_.first_day.epoch_days().sum().cast("int64"),
        last=_.last.epoch_days().max(),
    )
    rows = desk.ledger.query(sums).to_pylist()
    end = max((row["last"] for row in rows), default=0)
    for row in rows:
        kept = found.get((row["shop_id"], names.of_order(row["first_channel"])))
        if kept is None:
            continue
        n_before = kept.new_buyers or 0
        n, age = int(row["n"]), end - int(row["first_days"]) / int(row["n"])
        kept.age_days = ((kept.age_days or 0.0) * n_before + age * n) / (n_before + n)
        kept.new_buyers = n_before + n
        kept.repeat_buyers = (kept.repeat_buyers or 0) + int(row["repeat"])
        kept.worth_minor = None if row["left"] is None else (kept.worth_minor or 0) + int(row["left"])


def _declared(desk: Desk, view: View, names: ChannelNames, told: Iterable[int]) -> dict[tuple[int, str], Channel]:
    """Return the sources that platforms declare, of stores whose orders name no channel."""
    rows = in_view(desk, view, "shop_metric_daily", day="day")
    rows = rows.filter(rows.object_type == _SOURCE, ~rows.shop_id.isin(list(told)))
    sums = rows.group_by(["shop_id", "object_path"]).aggregate(
        visitors=_.visitors.sum().cast("int64"), buyers=_.paid_buyers.sum().cast("int64"),
        paid=_.paid_minor.sum().cast("int64"),
    )  # fmt: skip
    found: dict[tuple[int, str], Channel] = {}
    for row in desk.ledger.query(sums).to_pylist():
        channel = names.of_visit(row["object_path"])
        kept = found.setdefault((row["shop_id"], channel), Channel(row["shop_id"], channel, "declared"))
        kept.visitors = (kept.visitors or 0) + int(row["visitors"] or 0)
        kept.buyers = (kept.buyers or 0) + int(row["buyers"] or 0)
        kept.paid_minor += int(row["paid"] or 0)
    return found


def _add_visits(desk: Desk, view: View, names: ChannelNames, found: dict[tuple[int, str], Channel]) -> None:
    visits = in_view(desk, view, "session", day="session_date")
    visits = visits.filter(~visits.is_bot)
    sums = visits.group_by(["shop_id", "channel"]).aggregate(visits=_.count(), visitors=_.visitor_id.nunique())
    for row in desk.ledger.query(sums).to_pylist():
        channel = names.of_visit(row["channel"])
        kept = found.setdefault((row["shop_id"], channel), Channel(row["shop_id"], channel, "counted"))
        kept.visits = (kept.visits or 0) + int(row["visits"])
        kept.visitors = (kept.visitors or 0) + int(row["visitors"])
