"""The kinds of anomaly that can be planted: where each can happen and which lever makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhanggui.simulate.levers import Lever
from zhanggui.simulate.plants import fault_places as places
from zhanggui.simulate.plants.fault_places import Places, Segment
from zhanggui.simulate.plants.volumes import BAD_SHARE
from zhanggui.simulate.scene.channels import PAID_SHARE
from zhanggui.simulate.service.reviews import BAD_SHARE as BAD_WITHOUT_REASON


class FaultClass(StrEnum):
    """Whether the shop itself suffers or only what it is told."""

    DATA = "data"
    TRADE = "trade"


class Chain(StrEnum):
    """Where a fault shows: two in the same segment are told apart when they show in different places."""

    SALES = "sales"
    ADS = "ads"
    DELIVERY = "delivery"
    SERVICE = "service"
    SUPPLY = "supply"
    REVIEWS = "reviews"


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
    chains : tuple of Chain
        Where it shows.
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
    chains: tuple[Chain, ...] = (Chain.SALES,)


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


def _click_cost(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    """Yield the factor on the price of clicks at which each costs so much more: dearer ones are fewer and better.

    It holds on the third day, when part of what was shown before has not been forgotten yet.
    """
    group = segment.group
    assert group is not None
    dearer = 1.0 + change / segment.usual.expected
    shown, left = group.budget_minor / (1 - group.carry), group.carry**2
    factor = ((group.half_minor + shown) * dearer - shown * (1 - left)) / (group.half_minor + left * shown)
    yield Lever.CLICK_COST, factor, dict(segment.at)


def _quality(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    """Yield the factor on the reviews that are bad without another reason: late parcels and sizes stay as they are."""
    usual = segment.usual.expected / BAD_SHARE * BAD_WITHOUT_REASON
    yield Lever.QUALITY, 1.0 + change / usual, dict(segment.at)


def _no_supply(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    for sku in segment.skus:
        yield Lever.SUPPLY, 0.0, {"sku": sku}


def _by_files(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    yield from ()


def _off_shelf(segment: Segment, change: float) -> Iterator[tuple[Lever, float, dict[str, int]]]:
    yield Lever.CONVERSION, 0.0, dict(segment.at)


_TRADE, _DATA = FaultClass.TRADE, FaultClass.DATA

KINDS: tuple[FaultKind, ...] = (
    FaultKind(
        "payment_outage", "orders_paid", _TRADE, (1, 2), -1, places.store_orders(), _factor(Lever.PAYMENT),
        "支付渠道故障，下单后付不了款", "A payment channel is down: orders are made and cannot be paid"),
    FaultKind(
        "tracking_break", "purchase_events", _DATA, (2, 5), -1, places.own_purchases, _share(Lever.TRACKING),
        "支付成功页埋点丢失，订单照常", "The tag of the success page is lost; orders go on as ever"),
    FaultKind(
        "hit_out_of_stock", "units_sold", _TRADE, (3, 6), -1, places.hit_units, _no_supply,
        "爆款断货", "A hit is out of stock", is_whole=True, chains=(Chain.SALES, Chain.REVIEWS)),
    FaultKind(
        "price_below_cost", "unit_price", _TRADE, (1, 2), -1, places.prices, _factor(Lever.PRICE),
        "改价时输错，售价低于成本", "A price was mistyped and lies below cost"),
    FaultKind(
        "broken_coupon", "merchant_discount_minor", _TRADE, (2, 3), 1, places.coupon_money, _factor(Lever.COUPON),
        "店铺券面额配错，一券多减", "A coupon of the store was set up wrongly: it takes off too much"),
    FaultKind(
        "region_delay", "transit_hours", _TRADE, (3, 7), 1, places.region_parcels, _added(Lever.TRANSIT_DELAY),
        "当地天气或管制，干线停运", "Weather or controls stop the trunk line of a region",
        chains=(Chain.DELIVERY, Chain.REVIEWS)),
    FaultKind(
        "bot_traffic", "sessions", _DATA, (1, 4), 1, places.own_sessions, _share(Lever.BOTS),
        "爬虫刷量，访问多而不买", "Crawlers: many visits, no orders"),
    FaultKind(
        "duplicate_export", "rows_received", _DATA, (1, 2), 1, places.store_orders(), _by_files,
        "同一时段的订单报表导出了两次", "The orders of the same days were exported twice",
        is_whole=True, dataset="orders"),
    FaultKind(
        "missing_day", "declared_buyers", _DATA, (1, 1), -1, places.declared_buyers, _by_files,
        "导出时漏选一天，流量报表缺一天", "A day was left out of the traffic report",
        is_whole=True, dataset="traffic"),
    FaultKind(
        "unmatched_settlement", "unmatched_lines", _DATA, (1, 3), 1, places.settlement_lines, _by_files,
        "结算单里有订单报表没有的订单号", "Settlement lines name orders that no order report has",
        dataset="settlements"),
    FaultKind(
        "supplier_delay", "lead_days", _TRADE, (21, 35), 1, places.deliveries, _added(Lever.LEAD_TIME),
        "供应商停产检修，交期拖长", "A supplier's line stands still: deliveries come late",
        chains=(Chain.SUPPLY,)),
    FaultKind(
        "refund_wave", "refunds", _TRADE, (3, 6), 1, places.refunds, _factor(Lever.RETURNS),
        "一批货有质量问题，退款集中出现", "A bad batch: refunds come in a wave",
        chains=(Chain.SALES, Chain.REVIEWS)),
    FaultKind(
        "negative_posts", "orders_created", _TRADE, (2, 5), -1, places.store_orders(1 / PAID_SHARE),
        _factor(Lever.CONVERSION),
        "论坛和小红书出现负面帖子，转化下滑", "Negative posts on forums: conversion falls"),
    FaultKind(
        "region_not_served", "orders_created", _TRADE, (1, 4), -1, places.store_region_orders,
        _factor(Lever.CONVERSION),
        "运费模板误设，该地区几乎下不了单", "A wrong freight template: hardly anyone there can order"),
    FaultKind(
        "off_shelf", "units_sold", _TRADE, (1, 3), -1, places.store_product_units, _off_shelf,
        "商品被误下架，库存还在", "A product was taken off the shelf by mistake; its stock is there",
        is_whole=True, chains=(Chain.SALES, Chain.REVIEWS)),
    FaultKind(
        "search_rank_drop", "visitors", _TRADE, (3, 7), -1, places.channel_visitors, _factor(Lever.VISITORS),
        "搜索排名或推荐流量被降权", "The store's rank in search or feed was cut"),
    FaultKind(
        "creative_fatigue", "click_rate", _TRADE, (5, 10), -1, places.ad_clicks, _factor(Lever.CLICK_RATE),
        "素材看腻了，点击率持续走低", "The creatives are worn out: fewer clicks per impression",
        chains=(Chain.ADS,)),
    FaultKind(
        "click_cost_jump", "cost_per_click_minor", _TRADE, (3, 7), 1, places.ad_costs, _click_cost,
        "竞品抬价，点击单价突增", "A rival bids up: clicks cost more",
        chains=(Chain.ADS,)),
    FaultKind(
        "budget_overspend", "spend_minor", _TRADE, (1, 3), 1, places.ad_spend, _factor(Lever.BUDGET),
        "日限额设错，花费超出计划", "A daily limit was mistyped: spend runs over plan",
        chains=(Chain.ADS,)),
    FaultKind(
        "warehouse_stop", "handling_hours", _TRADE, (1, 3), 1, places.warehouse_parcels, _added(Lever.SHIP_DELAY),
        "仓库盘点或停电，出库变慢", "A count or a power cut slows a warehouse",
        chains=(Chain.DELIVERY, Chain.REVIEWS)),
    FaultKind(
        "checkout_break", "step_passes", _TRADE, (1, 3), -1, places.own_steps, _factor(Lever.STEP_PASS),
        "改版后这一步的按钮在部分机型上点不动", "After a release the button of this step fails on some phones"),
    FaultKind(
        "slow_replies", "first_reply_minutes", _TRADE, (2, 5), 1, places.replies,
        lambda segment, change: iter(
            ((Lever.REPLY_TIME, 1.0 + change / segment.usual.expected, dict(segment.at)),)
        ),
        "客服请假或排班出错，回复变慢", "Staff missing: first replies are slow",
        chains=(Chain.SERVICE,)),
    FaultKind(
        "carrier_delay", "transit_hours", _TRADE, (3, 6), 1, places.carrier_parcels, _added(Lever.TRANSIT_DELAY),
        "快递公司爆仓", "A carrier is overloaded",
        chains=(Chain.DELIVERY, Chain.REVIEWS)),
    FaultKind(
        "bad_reviews", "bad_reviews", _TRADE, (4, 8), 1, places.bad_reviews, _quality,
        "配方或面料换了，差评集中出现", "A changed recipe or fabric: bad reviews pile up",
        chains=(Chain.REVIEWS,)),
)  # fmt: skip
"""All kinds; the plan goes through them in turn."""
