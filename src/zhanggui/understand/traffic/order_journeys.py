"""Journeys assembled from the shop's own visits: for each order every touch before it, for everybody else a null.

A touch is a visit, or a message that was clicked. Whose it is: the account that showed itself during the visit, else
the only account ever seen on that device, else the device.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ibis import _

from zhanggui.i18n import Text
from zhanggui.ledger.sessions import ORDERING
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_rules import AttributionRules
from zhanggui.understand.traffic.channel_names import DIRECT, MESSAGE, channel_names
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.scope import in_view
from zhanggui.understand.view import View

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_SECONDS = 31
_DAY_SECONDS = 86_400
NO_JOURNEYS = Text(
    "没有网站访问数据：平台店铺不导出买家的访问路径，无法计算归因。",
    "There are no visits: platforms export no journeys of single buyers, so attribution cannot be computed.",
)
NEXT_FILE = Text(
    "导入自有网站的事件文件，或用 --paths 给出路径文件；平台店铺请看渠道页的申报数据。",
    "Load event files of the own site, or give a file of paths with --paths; the channels page shows what platforms "
    "declare.",
)


@dataclass(frozen=True, slots=True)
class Touches:
    """Every touch of the stores, sorted by person and time.

    Attributes
    ----------
    at : array of int, shape (n_touches,)
        Seconds since 1970, UTC.
    person : array of int
        Number of the person.
    channel, campaign, creative : tuple of codes and names
        What was touched; campaign and creative are empty where no link names them.
    """

    at: Ints
    person: Ints
    channel: Words
    campaign: Words
    creative: Words


@dataclass(frozen=True, slots=True)
class Words:
    """A column of texts as numbers into a list of different texts."""

    codes: Ints
    names: tuple[str, ...]

    def at(self, place: int) -> str:
        """Return the text of a row."""
        return self.names[int(self.codes[place])]


@dataclass(frozen=True, slots=True)
class Orders:
    """Paid orders of the stores with journeys, sorted by person and time; amounts in minor units.

    Attributes
    ----------
    ids : pyarrow.Array
        Order ids.
    at, person : array of int
        When it was made, and who by; -1 for nobody known.
    is_counted : array of bool
        Paid within the period.
    is_new : array of bool
        The first order of its buyer in the ledger.
    revenue, profit : array of float
        By the rule for refunds; profit before advertising, NaN where costs are not known.
    stated : mapping of str to int
        Orders paid in the period by the channel that the order file names; empty where it names none.
    """

    ids: pa.Array
    at: Ints
    person: Ints
    is_counted: Bools
    is_new: Bools
    revenue: Floats
    profit: Floats
    stated: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OrderJourneys:
    """Touches and orders with the cuts between them.

    Attributes
    ----------
    touches : Touches
        All of them.
    orders : Orders
        All until the end of the period.
    first, last : array of int, shape (n_orders,)
        Where the touches of an order begin and end in `touches`, look-back applied.
    null_first, null_last : array of int, shape (n_nulls,)
        The same of people who touched something in the period and ordered nothing after it.
    stores : mapping of int to str
        Stores that have journeys.
    currency : str
        Of the amounts.
    n_elsewhere : int
        Paid orders in the period of stores without journeys.
    """

    touches: Touches
    orders: Orders
    first: Ints
    last: Ints
    null_first: Ints
    null_last: Ints
    stores: Mapping[int, str]
    currency: str
    n_elsewhere: int


def order_journeys(desk: Desk, view: View, rules: AttributionRules) -> OrderJourneys:
    """Return the journeys of a view.

    Raises
    ------
    ThinTrafficError
        No store of the view has visits, or none of them an order in the period.
    """
    key = ("order journeys", view.date_from, view.date_to, view.where, rules.look_back_days, rules.refunds)
    return desk.kept(key, lambda: _assembled(desk, view, rules))


def _assembled(desk: Desk, view: View, rules: AttributionRules) -> OrderJourneys:
    until = View(date_to=view.date_to, where=view.where)
    visits = in_view(desk, until, "session", day="session_date")
    ids = [int(shop) for shop in desk.ledger.query(visits.select("shop_id").distinct()).column("shop_id").to_pylist()]
    if not ids:
        raise ThinTrafficError(NO_JOURNEYS, NEXT_FILE)
    paid = in_view(desk, until, "order_header", day="paid_date")
    paid = paid.filter(paid.is_paid, paid.order_kind == "ordinary")
    asked = paid if view.date_from is None else paid.filter(paid.paid_date >= view.date_from)
    n_elsewhere = desk.ledger.query(asked.filter(~asked.shop_id.isin(ids)).count().as_table()).column(0)[0].as_py()
    touched = desk.ledger.query(_touches(desk, visits, until))
    bought = desk.ledger.query(_orders(desk, visits, paid.filter(paid.shop_id.isin(ids)), rules))
    currencies = set(bought.column("currency").to_pylist())
    if not currencies:
        raise ThinTrafficError(Text("这段时间没有支付订单。", "No order was paid in these days."), NEXT_FILE)
    if len(currencies) > 1:
        raise ThinTrafficError(
            Text("这些店铺有多种货币，没有汇率不能相加。", "These stores have several currencies, not to be added up."),
            Text("请只选一家店铺。", "Choose one store."),
        )
    people = pa.chunked_array([*touched.column("person").chunks, *bought.column("person").chunks], pa.string())
    coded = people.combine_chunks().dictionary_encode()
    person = np.asarray(coded.indices.fill_null(-1)).astype(np.int64)
    touches = _sorted_touches(desk, touched, person[: touched.num_rows])
    orders = _sorted_orders(bought, person[touched.num_rows :], view.date_from, channel_names(desk).of_order)
    names = {store.shop_id: store.name for store in desk.shop.stores.list_stores() if store.shop_id in ids}
    cuts = _cuts(touches, orders, rules.look_back_days, _second_of(view.date_from))
    return OrderJourneys(touches, orders, *cuts, names, currencies.pop(), int(n_elsewhere))


def _person(visits: ir.Table) -> ir.Table:
    """Return visits with whose they are."""
    accounts = visits.group_by(["shop_id", "visitor_id"]).aggregate(
        account=visits.user_key.min(), n_accounts=visits.user_key.nunique()
    )
    joined = visits.left_join(accounts, ["shop_id", "visitor_id"])
    only = (joined.n_accounts == 1).ifelse(joined.account, None)
    return joined.mutate(person=ibis.coalesce(joined.user_key, only, joined.visitor_id))


def _touches(desk: Desk, visits: ir.Table, until: View) -> ir.Table:
    own = _person(visits.filter(~visits.is_bot))
    seen = own.select(
        person=own.person,
        at=own.started_at.epoch_seconds(),
        channel=own.channel,
        campaign=own.utm_campaign.fill_null(""),
        creative=own.utm_content.fill_null(""),
    )
    sent = in_view(desk, until, "message_send", day="clicked_date")
    sent = sent.filter(sent.clicked_at.notnull(), sent.buyer_key.notnull())
    clicked = sent.select(
        person=sent.buyer_key,
        at=sent.clicked_at.epoch_seconds(),
        channel=ibis.literal(MESSAGE),
        campaign=sent.campaign_name.fill_null(""),
        creative=sent.message_channel.fill_null(""),
    )
    types = {"person": "string", "at": "int64", "channel": "string", "campaign": "string", "creative": "string"}
    return seen.cast(types).union(clicked.cast(types))


def _orders(desk: Desk, visits: ir.Table, paid: ir.Table, rules: AttributionRules) -> ir.Table:
    """Return paid orders with who made them and what they left."""
    events = desk.ledger.table("event")
    events = events.filter(events.order_id.notnull(), events.name.isin(ORDERING))
    devices = _person(visits).group_by(["shop_id", "visitor_id"]).aggregate(person=_.person.max())
    named = events.mutate(visitor_id=ibis.coalesce(events.anon_id, events.user_key))
    named = named.left_join(devices, ["shop_id", "visitor_id"])
    by_order = named.group_by(["shop_id", "order_id"]).aggregate(
        seen_person=ibis.coalesce(named.user_key, named.person, named.visitor_id).max()
    )
    lines = desk.ledger.table("line_profit")
    lines = lines.filter(lines.order_kind == "ordinary")
    profits = lines.group_by(["shop_id", "order_id"]).aggregate(
        left=(lines.contribution_minor + lines.ad_spend_minor).sum().cast("float64"), is_known=lines.cost_known.all()
    )
    joined = paid.left_join(by_order, ["shop_id", "order_id"]).drop("shop_id_right", "order_id_right")
    joined = joined.left_join(profits, ["shop_id", "order_id"])
    refunded = joined.refunded_minor if rules.refunds == "deduct" else ibis.literal(0)
    is_back = (joined.refunded_minor >= joined.paid_minor) & (joined.refunded_minor > 0)
    return joined.select(
        "order_id",
        "currency",
        "paid_date",
        "channel",
        person=ibis.coalesce(joined.buyer_key, joined.seen_person),
        at=ibis.coalesce(joined.created_at, joined.paid_at).epoch_seconds(),
        is_back=is_back if rules.refunds == "deduct" else ibis.literal(False),
        revenue=(joined.paid_minor - refunded).cast("float64"),
        profit=joined.is_known.fill_null(False).ifelse(joined.left, None),
    )


def _sorted_touches(desk: Desk, rows: pa.Table, person: Ints) -> Touches:
    names = channel_names(desk)
    at = rows.column("at").to_numpy().astype(np.int64)
    channel = _words(rows.column("channel"), names.of_visit)
    campaign, creative = _words(rows.column("campaign")), _words(rows.column("creative"))
    # Touches of one second stand in the order of their names, so that the same files always give the same figures.
    order = np.lexsort((creative.codes, campaign.codes, channel.codes, at, person))
    return Touches(at[order], person[order], *(_taken(each, order) for each in (channel, campaign, creative)))


def _words(column: pa.ChunkedArray, name_of: Callable[[str], str] = str) -> Words:
    coded = column.combine_chunks().dictionary_encode()
    named = [name_of(word) for word in coded.dictionary.to_pylist()]
    names = tuple(sorted(set(named)))
    place = {name: number for number, name in enumerate(names)}
    codes = np.array([place[name] for name in named], np.int64)
    return Words(codes[coded.indices.to_numpy()] if codes.size else np.zeros(0, np.int64), names)


def _taken(words: Words, order: Ints) -> Words:
    return Words(words.codes[order], words.names)


def _sorted_orders(rows: pa.Table, person: Ints, date_from: date | None, name_of: Callable[[str], str]) -> Orders:
    at = rows.column("at").fill_null(0).to_numpy().astype(np.int64)
    order = np.lexsort((at, person))
    person = person[order]
    in_period = np.ones(person.size, bool)
    if date_from is not None:
        in_period = rows.column("paid_date").cast(pa.int32()).to_numpy() >= (date_from - date(1970, 1, 1)).days
    channels = rows.column("channel").filter(pa.array(in_period)).drop_null().to_pylist()
    counted = (in_period & ~rows.column("is_back").to_numpy())[order]
    is_new = np.ones(person.size, bool)
    is_new[1:] = person[1:] != person[:-1]
    return Orders(
        ids=rows.column("order_id").combine_chunks().take(pa.array(order)),
        at=at[order],
        person=person,
        is_counted=counted,
        is_new=is_new & (person >= 0),
        revenue=rows.column("revenue").to_numpy().astype(float)[order],
        profit=rows.column("profit").cast(pa.float64()).to_numpy(zero_copy_only=False)[order],
        stated=Counter(map(name_of, channels)),
    )


def _cuts(touches: Touches, orders: Orders, days: int, begin: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return where the touches of each order begin and end, and those of people who ordered nothing after them."""
    look_back = days * _DAY_SECONDS
    zero = int(min(touches.at.min(initial=0), orders.at.min(initial=0))) - look_back
    moment = (touches.person << _SECONDS) + touches.at - zero
    known = np.maximum(orders.person, 0) << _SECONDS
    last = np.searchsorted(moment, known + orders.at - zero, "right")
    first = np.searchsorted(moment, known + orders.at - zero - look_back, "left")
    # An order ends a journey: what came before it does not speak for the next one.
    follows = np.zeros(orders.person.size, bool)
    follows[1:] = orders.person[1:] == orders.person[:-1]
    first[1:] = np.where(follows[1:], np.maximum(first[1:], last[:-1]), first[1:])
    is_nobody = orders.person < 0
    first[is_nobody] = last[is_nobody] = 0
    first = np.minimum(first, last)
    return first, last, *_nulls(touches, orders, moment, last, look_back, begin)


def _nulls(touches: Touches, orders: Orders, moment: Ints, last: Ints, look_back: int, begin: int) -> tuple[Ints, Ints]:
    if not touches.person.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ends = np.flatnonzero(np.append(np.diff(touches.person) != 0, True)) + 1
    starts = np.append(0, ends[:-1])
    ordered = np.zeros(int(touches.person.max()) + 1, np.int64)
    mine = (orders.person >= 0) & (orders.person < ordered.size)
    np.maximum.at(ordered, orders.person[mine], last[mine])
    starts = np.maximum(starts, ordered[touches.person[starts]])
    starts = np.maximum(starts, np.searchsorted(moment, moment[ends - 1] - look_back, "left"))
    is_left = (starts < ends) & (touches.at[ends - 1] >= begin)
    return starts[is_left], ends[is_left]


def _second_of(day: date | None) -> int:
    """Return the moment, in UTC, at which the period may begin at the earliest."""
    if day is None:
        return -(1 << 40)
    return (day - timedelta(days=1) - date(1970, 1, 1)).days * _DAY_SECONDS


def is_direct(touches: Touches) -> Bools:
    """Return which touches came without any origin."""
    found: Any = np.array([name == DIRECT for name in touches.channel.names], bool)[touches.channel.codes]
    return np.asarray(found, bool)
