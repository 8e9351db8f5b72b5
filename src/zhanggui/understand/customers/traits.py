"""What can be said of a customer in one word: where from, how bought, what, when, and what did she do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.identity import members_as_buyers
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import People, nullable
from zhanggui.understand.customers.tags.rules import known_rules
from zhanggui.understand.customers.tags.scoring import tagged
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk

LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "province": Text("收货省份", "Province"),
        "store": Text("店铺", "Store"),
        "channel": Text("渠道", "Channel"),
        "hour": Text("付款时段", "Hour of payment"),
        "weekend": Text("付款日", "Day of payment"),
        "category": Text("买过的类目", "Category bought"),
        "product": Text("买过的商品", "Product bought"),
        "discount": Text("优惠", "Discount"),
        "refund": Text("退款", "Refund"),
        "days_bought": Text("购买日数", "Paid days"),
        "tier": Text("会员等级", "Tier"),
        "consent": Text("营销同意", "Consent"),
        "private": Text("私域", "Private domain"),
        "behaviour": Text("浏览行为", "Behaviour"),
        "tag": Text("标签", "Tag"),
    }
)
"""What a trait is about."""

HOURS = ((0, 6, "0-6"), (6, 12, "6-12"), (12, 18, "12-18"), (18, 24, "18-24"))
VALUES: Mapping[str, Text] = MappingProxyType(
    {
        "weekend": Text("周末", "weekend"),
        "weekday": Text("工作日", "weekday"),
        "discounted": Text("买过优惠订单", "bought at a discount"),
        "refunded": Text("有过退款", "had a refund"),
        "once": Text("只买过一天", "on one day only"),
        "twice": Text("两天", "on two days"),
        "often": Text("三天以上", "on three days or more"),
        "agreed": Text("同意", "agreed"),
        "refused": Text("不同意", "did not agree"),
        "wecom": Text("企微客户", "WeCom contact"),
        "search": Text("搜索过", "searched"),
        "favourite": Text("收藏过", "made a favourite"),
        "add_to_cart": Text("加购过", "put into the cart"),
        "reviews_view": Text("看过评价", "read reviews"),
        "share": Text("分享过", "shared"),
        "coupon_applied": Text("用过优惠券", "used a coupon"),
    }
)
"""Values that are words of ours; others are the ledger's own."""

_ACTS = ("search", "favourite", "add_to_cart", "reviews_view", "share", "coupon_applied")


def traits(desk: Desk, people: People) -> ir.Table:
    """Return the traits of every customer: ``buyer_key``, ``about``, ``value``; each at most once, several per about.

    Parameters
    ----------
    desk : Desk
        The shop.
    people : People
        Whose traits, as known on their last day.
    """
    parts = [part for make in _MAKERS for part in make(desk, people)]
    every = ibis.union(*(_plain(part) for part in parts))
    return every.filter(every.value.notnull(), every.value != "").distinct().semi_join(people.orders, "buyer_key")


def _plain(rows: ir.Table) -> ir.Table:
    return rows.select(
        buyer_key=nullable(rows.buyer_key.cast("string")),
        about=nullable(rows.about.cast("string")),
        value=nullable(rows.value.cast("string")),
    )


def _trait(rows: ir.Table, about: str, value: ir.Value) -> ir.Table:
    return rows.select("buyer_key", about=ibis.literal(about, "string"), value=value)


def _of_orders(desk: Desk, people: People) -> Sequence[ir.Table]:
    orders = people.orders
    stores = desk.ledger.table("store").select("shop_id", store_name="name")
    named = orders.left_join(stores, "shop_id")
    hour = ibis.cases(
        *((orders.paid_hour.between(first, last - 1), name) for first, last, name in HOURS), else_=ibis.null("string")
    )
    weekend = (orders.paid_date.day_of_week.index() >= 5).ifelse("weekend", "weekday")
    discounted = (orders.discount_minor.fill_null(0) > 0).ifelse("discounted", ibis.null("string"))
    refunded = (orders.refunded_minor > 0).ifelse("refunded", ibis.null("string"))
    n_days = orders.group_by("buyer_key").aggregate(n=orders.paid_date.nunique())
    often = ibis.cases((n_days.n == 1, "once"), (n_days.n == 2, "twice"), else_="often")
    return (
        _trait(orders, "province", orders.province),
        _trait(named, "store", named.store_name),
        _trait(orders, "channel", orders.channel),
        _trait(orders, "hour", hour),
        _trait(orders, "weekend", weekend),
        _trait(orders, "discount", discounted),
        _trait(orders, "refund", refunded),
        _trait(n_days, "days_bought", often),
    )


def _of_goods(desk: Desk, people: People) -> Sequence[ir.Table]:
    orders = people.orders.select("shop_id", "order_id", "buyer_key")
    lines = categorised_lines(desk).inner_join(orders, ["shop_id", "order_id"])
    return (
        _trait(lines, "category", lines.category),
        _trait(lines, "product", ibis.coalesce(lines.product_title, lines.product_id)),
    )


def _of_members(desk: Desk, people: People) -> Sequence[ir.Table]:
    members = members_as_buyers(desk.ledger.table("member"))
    members = by_person(desk, members.filter(members.buyer_key.notnull()))
    said = ibis.cases((members.has_consent == 1, "agreed"), (members.has_consent == 0, "refused"))
    identity = desk.ledger.table("identity")
    contacts = identity.filter(identity.id_kind == "contact").select(buyer_key="person_key")
    return (
        _trait(members, "tier", members.tier),
        _trait(members, "consent", said),
        _trait(contacts, "private", ibis.literal("wecom")),
    )


def _of_events(desk: Desk, people: People) -> Sequence[ir.Table]:
    events = desk.ledger.table("event")
    events = events.filter(events.user_key.notnull(), events.name.isin(_ACTS), events.event_date <= people.as_of)
    acts = by_person(desk, events.select(buyer_key="user_key", name="name").distinct())
    return (_trait(acts, "behaviour", acts["name"]),)


def _of_tags(desk: Desk, people: People) -> Sequence[ir.Table]:
    rules = tuple(known_rules(desk.shop).values())
    if not rules:
        return ()
    rows = tagged(desk, people, rules)
    return (_trait(rows, "tag", rows.tag),)


_MAKERS: tuple[Callable[[Desk, People], Sequence[ir.Table]], ...] = (
    _of_orders,
    _of_goods,
    _of_members,
    _of_events,
    _of_tags,
)


def value_label(value: str) -> Text:
    """Return what the value of a trait is called."""
    return VALUES.get(value, Text.same(value))
