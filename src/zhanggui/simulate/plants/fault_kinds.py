"""The kinds of anomaly that can be planted: where each can happen and which lever makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhanggui.simulate.levers import Lever
from zhanggui.simulate.options import Platform
from zhanggui.simulate.plants import volumes
from zhanggui.simulate.plants.volumes import Usual, Volumes
from zhanggui.simulate.records import Step
from zhanggui.simulate.scene.channels import PAID_SHARE
from zhanggui.simulate.stores import CARRIERS, CHANNEL_OF, CHANNELS, REGIONS, STORES, WAREHOUSES


class FaultClass(StrEnum):
    """Whether the shop itself suffers or only what it is told."""

    DATA = "data"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the shop in which a fault may be planted.

    Attributes
    ----------
    at : mapping of str to int
        Dimension to number; empty for the whole company.
    names : mapping of str to str
        The same in words.
    usual : Usual
        Its ordinary daily figure.
    most : float
        The largest change that can be planted, in the figure's unit.
    least : float
        The smallest change that makes the fault what it is called.
    skus : tuple of int
        What is touched, where goods are.
    """

    at: Mapping[str, int]
    names: Mapping[str, str]
    usual: Usual
    most: float
    least: float = 0.0
    skus: tuple[int, ...] = ()


Places = Callable[[Volumes], Iterator[Segment]]
Levers = Callable[[Segment, float], Iterator[tuple[Lever, float, dict[str, int]]]]
"""From a segment and the change of its daily figure to lever, amount and what it touches."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One way in which things go wrong.

    Attributes
    ----------
    name, metric : str
        What happens, and the daily figure in which it shows.
    group : FaultClass
        Data or trade.
    days : tuple of int
        Shortest and longest duration.
    direction : int
        1 when the figure rises, -1 when it falls.
    places : callable
        Segments in which it can happen.
    levers : callable
        What makes it; gives nothing where the writers of files make it.
    cause_zh, cause_en : str
        Why.
    is_whole : bool
        Whether all of the segment's figure is lost or repeated, so that the segment decides the size.
    dataset : str
        Files concerned, where the fault is one of files.
    """

    name: str
    metric: str
    group: FaultClass
    days: tuple[int, int]
    direction: int
    places: Places
    levers: Levers
    cause_zh: str
    cause_en: str
    is_whole: bool = False
    dataset: str = ""


def _factor(lever: Lever) -> Levers:
    """Return levers that multiply the segment's figure."""

    def pulled(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
        yield lever, 1.0 + change / segment.usual.expected, dict(segment.at)

    return pulled


def _added(lever: Lever) -> Levers:
    """Return levers whose unit is that of the figure."""

    def pulled(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
        yield lever, change, dict(segment.at)

    return pulled


def _share(lever: Lever) -> Levers:
    """Return levers that say which part of the figure is added or lost."""

    def pulled(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
        yield lever, abs(change) / segment.usual.expected, dict(segment.at)

    return pulled


def _no_supply(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    for sku in segment.skus:
        yield Lever.SUPPLY, 0.0, {"sku": sku}


def _by_files(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    yield from ()


def _store_orders(share: float = 1.0) -> Places:
    def found(of: Volumes) -> Iterator[Segment]:
        for store in of.stores:
            usual = volumes.count(of.orders(store.number) * share)
            yield Segment({"store": store.number}, {"store": store.name}, usual, 0.95 * usual.expected)

    return found


def _store_region_orders(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        for region, name in enumerate(REGIONS):
            usual = volumes.count(of.orders(store.number, region))
            at = {"store": store.number, "region": region}
            yield Segment(at, {"store": store.name, "region": name}, usual, 0.95 * usual.expected)
    for region, name in enumerate(REGIONS):
        usual = volumes.count(of.orders(region=region))
        yield Segment({"region": region}, {"region": name}, usual, 0.95 * usual.expected)


def _own_purchases(of: Volumes) -> Iterator[Segment]:
    store = of.own_site()
    if store is not None:
        usual = volumes.count(of.orders(store))
        names = {"store": next(each.name for each in of.stores if each.number == store)}
        yield Segment({"store": store}, names, usual, 0.95 * usual.expected)


def _own_sessions(of: Volumes) -> Iterator[Segment]:
    store = of.own_site()
    if store is None:
        return
    for code in ("search", "direct", "feed_ads", "xiaohongshu"):
        channel = CHANNEL_OF[code]
        usual = volumes.count(of.visitors(store, channel))
        yield Segment({"channel": channel}, {"channel": CHANNELS[channel].label}, usual, 4.0 * usual.expected)


def _own_steps(of: Volumes) -> Iterator[Segment]:
    store = of.own_site()
    if store is None:
        return
    for step, per_order in ((Step.CART_ADD, 4.0), (Step.CHECKOUT, 1.8), (Step.PAYMENT, 1.4)):
        usual = volumes.count(of.orders(store) * per_order)
        yield Segment({"step": int(step)}, {"step": step.name.lower()}, usual, 0.95 * usual.expected)


def _channel_visitors(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        for code in ("search", "recommend"):
            channel = CHANNELS[CHANNEL_OF[code]]
            usual = volumes.count(of.visitors(store.number, channel.number))
            at = {"store": store.number, "channel": channel.number}
            yield Segment(at, {"store": store.name, "channel": channel.label}, usual, 0.95 * usual.expected)


def _hit_units(of: Volumes) -> Iterator[Segment]:
    """Give every hit, and then the hits of one supplier together: a supplier fails for all it delivers."""
    for product in of.hits():
        yield _goods_segment(of, (product,), {"product": product}, of.shelf.title(product))
    for supplier in range(len(of.shelf.suppliers)):
        hits = [each for each in of.hits(n=60) if int(of.shelf.supplier[of.skus([each])[0]]) == supplier]
        for n in (2, 3, 5, 8):
            if len(hits) >= n:
                yield _goods_segment(
                    of, tuple(hits[:n]), {"supplier": supplier}, of.shelf.suppliers[supplier].name, "supplier"
                )


def _goods_segment(
    of: Volumes, products: tuple[int, ...], at: dict[str, int], name: str, dimension: str = "product"
) -> Segment:
    usual = volumes.count(sum(of.units(product) for product in products))
    return Segment(at, {dimension: name}, usual, usual.expected, skus=tuple(of.skus(products)))


def _store_product_units(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        for product in of.hits(store.number, 6):
            usual = volumes.count(of.units(product, store.number))
            names = {"store": store.name, "product": of.shelf.title(product)}
            yield Segment({"store": store.number, "product": product}, names, usual, usual.expected)


def _off_shelf(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    yield Lever.CONVERSION, 0.0, dict(segment.at)


def _prices(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        for product in of.hits(store.number, 25):
            sku = of.skus([product])[0]
            price, cost = float(of.shelf.list_minor[sku]), float(of.shelf.cost_minor[sku])
            usual = Usual(price, volumes.PRICE_SPREAD * price)
            names = {"store": store.name, "sku": of.shelf.merchant_code(sku)}
            at = {"store": store.number, "sku": sku}
            yield Segment(at, names, usual, 0.95 * price, least=price - 0.97 * cost, skus=(sku,))


def _refunds(of: Volumes) -> Iterator[Segment]:
    """Give products whose refunds can rise so far, then whole stores."""
    for product in of.hits(n=25):
        sold = of.units(product) / volumes.ITEMS_PER_ORDER
        usual = volumes.count(sold * volumes.REFUND_SHARE)
        yield Segment({"product": product}, {"product": of.shelf.title(product)}, usual, 0.6 * sold)
    for store in of.stores:
        sold = of.orders(store.number)
        usual = volumes.count(sold * volumes.REFUND_SHARE)
        yield Segment({"store": store.number}, {"store": store.name}, usual, 0.6 * sold)


def _bad_reviews(of: Volumes) -> Iterator[Segment]:
    for product in of.hits(n=25):
        written = of.units(product) / volumes.ITEMS_PER_ORDER * volumes.REVIEW_SHARE
        usual = volumes.count(0.08 * written)
        yield Segment({"product": product}, {"product": of.shelf.title(product)}, usual, 0.7 * written)


def _region_parcels(of: Volumes) -> Iterator[Segment]:
    for region, name in enumerate(REGIONS):
        usual = volumes.average(50.0, volumes.PARCEL_SPREAD_HOURS, of.orders(region=region))
        yield Segment({"region": region}, {"region": name}, usual, 200.0)


def _carrier_parcels(of: Volumes) -> Iterator[Segment]:
    for carrier, name in enumerate(CARRIERS):
        usual = volumes.average(50.0, volumes.PARCEL_SPREAD_HOURS, of.orders() / len(CARRIERS))
        yield Segment({"carrier": carrier}, {"carrier": name}, usual, 200.0)


def _warehouse_parcels(of: Volumes) -> Iterator[Segment]:
    for warehouse, name in enumerate(WAREHOUSES):
        usual = volumes.average(20.0, volumes.HANDLING_SPREAD_HOURS, of.warehouse_orders(warehouse))
        yield Segment({"warehouse": warehouse}, {"warehouse": name}, usual, 150.0)


def _replies(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        n = of.orders(store.number) * volumes.TICKET_SHARE
        usual = volumes.average(volumes.REPLY_MINUTES, volumes.REPLY_SPREAD_MINUTES, n)
        yield Segment({"store": store.number}, {"store": store.name}, usual, 400.0)


def _deliveries(of: Volumes) -> Iterator[Segment]:
    for number, supplier in enumerate(of.shelf.suppliers):
        usual = Usual(supplier.lead_days, max(supplier.lead_spread_days, 1.0))
        yield Segment({"supplier": number}, {"supplier": supplier.name}, usual, 60.0)


def _ad_clicks(of: Volumes) -> Iterator[Segment]:
    for group in of.ad_groups:
        usual = Usual(group.click_rate, volumes.AD_SPREAD * group.click_rate)
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 0.9 * usual.expected)


def _ad_costs(of: Volumes) -> Iterator[Segment]:
    for group in of.ad_groups:
        cost = group.budget_minor / max(of.clicks(group), 1e-9)
        usual = Usual(cost, volumes.AD_SPREAD * cost)
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 3.0 * cost)


def _ad_spend(of: Volumes) -> Iterator[Segment]:
    for group in of.ad_groups:
        usual = Usual(float(group.budget_minor), volumes.AD_SPREAD * group.budget_minor)
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 3.0 * usual.expected)


def _declared_buyers(of: Volumes) -> Iterator[Segment]:
    for segment in _store_orders()(of):
        if STORES[segment.at["store"]].platform in (Platform.TAOBAO, Platform.TMALL, Platform.JD):
            yield segment


def _settlement_lines(of: Volumes) -> Iterator[Segment]:
    for store in of.stores:
        if store.platform is Platform.OWN_SITE:
            continue
        usual = volumes.count(of.orders(store.number) * 2.2)
        yield Segment({"store": store.number}, {"store": store.name}, usual, usual.expected)


_TRADE, _DATA = FaultClass.TRADE, FaultClass.DATA

KINDS: tuple[FaultKind, ...] = (
    FaultKind(
        "payment_outage", "orders_paid", _TRADE, (1, 2), -1, _store_orders(), _factor(Lever.PAYMENT),
        "支付渠道故障，下单后付不了款", "A payment channel is down: orders are made and cannot be paid"),
    FaultKind(
        "tracking_break", "purchase_events", _DATA, (2, 5), -1, _own_purchases, _share(Lever.TRACKING),
        "支付成功页埋点丢失，订单照常", "The tag of the success page is lost; orders go on as ever"),
    FaultKind(
        "hit_out_of_stock", "units_sold", _TRADE, (3, 6), -1, _hit_units, _no_supply,
        "爆款断货", "A hit is out of stock", is_whole=True),
    FaultKind(
        "price_below_cost", "unit_price", _TRADE, (1, 2), -1, _prices, _factor(Lever.PRICE),
        "改价时输错，售价低于成本", "A price was mistyped and lies below cost"),
    FaultKind(
        "region_delay", "transit_hours", _TRADE, (3, 7), 1, _region_parcels, _added(Lever.TRANSIT_DELAY),
        "当地天气或管制，干线停运", "Weather or controls stop the trunk line of a region"),
    FaultKind(
        "bot_traffic", "sessions", _DATA, (1, 4), 1, _own_sessions, _share(Lever.BOTS),
        "爬虫刷量，访问多而不买", "Crawlers: many visits, no orders"),
    FaultKind(
        "duplicate_export", "rows_received", _DATA, (1, 2), 1, _store_orders(), _by_files,
        "同一时段的订单报表导出了两次", "The orders of the same days were exported twice",
        is_whole=True, dataset="orders"),
    FaultKind(
        "missing_day", "declared_buyers", _DATA, (1, 1), -1, _declared_buyers, _by_files,
        "导出时漏选一天，流量报表缺一天", "A day was left out of the traffic report",
        is_whole=True, dataset="traffic"),
    FaultKind(
        "unmatched_settlement", "unmatched_lines", _DATA, (1, 3), 1, _settlement_lines, _by_files,
        "结算单里有订单报表没有的订单号", "Settlement lines name orders that no order report has",
        dataset="settlements"),
    FaultKind(
        "supplier_delay", "lead_days", _TRADE, (21, 35), 1, _deliveries, _added(Lever.LEAD_TIME),
        "供应商停产检修，交期拖长", "A supplier's line stands still: deliveries come late"),
    FaultKind(
        "refund_wave", "refunds", _TRADE, (3, 6), 1, _refunds, _factor(Lever.RETURNS),
        "一批货有质量问题，退款集中出现", "A bad batch: refunds come in a wave"),
    FaultKind(
        "negative_posts", "orders_created", _TRADE, (2, 5), -1, _store_orders(1 / PAID_SHARE),
        _factor(Lever.CONVERSION),
        "论坛和小红书出现负面帖子，转化下滑", "Negative posts on forums: conversion falls"),
    FaultKind(
        "region_not_served", "orders_created", _TRADE, (1, 4), -1, _store_region_orders, _factor(Lever.CONVERSION),
        "运费模板误设，该地区几乎下不了单", "A wrong freight template: hardly anyone there can order"),
    FaultKind(
        "off_shelf", "units_sold", _TRADE, (1, 3), -1, _store_product_units, _off_shelf,
        "商品被误下架，库存还在", "A product was taken off the shelf by mistake; its stock is there", is_whole=True),
    FaultKind(
        "search_rank_drop", "visitors", _TRADE, (3, 7), -1, _channel_visitors, _factor(Lever.VISITORS),
        "搜索排名或推荐流量被降权", "The store's rank in search or feed was cut"),
    FaultKind(
        "creative_fatigue", "click_rate", _TRADE, (5, 10), -1, _ad_clicks, _factor(Lever.CLICK_RATE),
        "素材看腻了，点击率持续走低", "The creatives are worn out: fewer clicks per impression"),
    FaultKind(
        "click_cost_jump", "cost_per_click_minor", _TRADE, (3, 7), 1, _ad_costs, _factor(Lever.CLICK_COST),
        "竞品抬价，点击单价突增", "A rival bids up: clicks cost more"),
    FaultKind(
        "budget_overspend", "spend_minor", _TRADE, (1, 3), 1, _ad_spend, _factor(Lever.BUDGET),
        "日限额设错，花费超出计划", "A daily limit was mistyped: spend runs over plan"),
    FaultKind(
        "warehouse_stop", "handling_hours", _TRADE, (1, 3), 1, _warehouse_parcels, _added(Lever.SHIP_DELAY),
        "仓库盘点或停电，出库变慢", "A count or a power cut slows a warehouse"),
    FaultKind(
        "checkout_break", "step_passes", _TRADE, (1, 3), -1, _own_steps, _factor(Lever.STEP_PASS),
        "改版后这一步的按钮在部分机型上点不动", "After a release the button of this step fails on some phones"),
    FaultKind(
        "slow_replies", "first_reply_minutes", _TRADE, (2, 5), 1, _replies,
        lambda segment, change: iter(
            ((Lever.REPLY_TIME, 1.0 + change / segment.usual.expected, dict(segment.at)),)
        ),
        "客服请假或排班出错，回复变慢", "Staff missing: first replies are slow"),
    FaultKind(
        "carrier_delay", "transit_hours", _TRADE, (3, 6), 1, _carrier_parcels, _added(Lever.TRANSIT_DELAY),
        "快递公司爆仓", "A carrier is overloaded"),
    FaultKind(
        "bad_reviews", "bad_reviews", _TRADE, (4, 8), 1, _bad_reviews, _factor(Lever.QUALITY),
        "配方或面料换了，差评集中出现", "A changed recipe or fabric: bad reviews pile up"),
)  # fmt: skip
"""All kinds; the plan goes through them in turn."""
