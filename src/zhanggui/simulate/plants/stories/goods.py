"""X-07, X-08, X-09 and X-11: returns and reviews, what is bought together, and a promotion."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.story import (
    DOUYIN,
    JD,
    TAOBAO,
    TMALL_BABY,
    TMALL_BEAUTY,
    Figure,
    Ground,
    Readings,
    Seen,
    Story,
    Where,
    mean_change,
    same_mix_change,
    same_mix_margin_change,
    share,
    within,
)
from zhanggui.simulate.sale.baskets import pull_for
from zhanggui.simulate.sale.prices import PRICE_LEVELS
from zhanggui.simulate.seasons import phase_of
from zhanggui.simulate.service.reviews import quality_factor
from zhanggui.simulate.stores import STORES

_RETURN_RATE, _GOOD_SHARE = 0.25, 0.60
_USUAL_RETURNS = 0.176
"""Part of the delivered garments with a wrong size chart that come back anyway."""
_BAD_ANYWAY = 0.33
"""Part of their reviews that wrong sizes, returns and late parcels make bad anyway."""

PROMOTION_DAYS = 28
PROMOTED = (TMALL_BEAUTY, TMALL_BABY, TAOBAO, JD, DOUYIN)
"""Of these, those that the world has; on Pinduoduo nobody fills a basket, and the own site has other examples."""
_BULK_MINOR = 500_000
"""Larger orders are those of companies and say nothing of a promotion."""
_AOV_CHANGE, _MARGIN_CHANGE = 0.05, -0.08
_LISTED_FOR_PAID = 1.09
"""What the usual prices come to for each yuan that is paid: coupons, quiet price moves, members."""
_WORTH_OF_MORE = 0.9
"""What a further choice is worth beside a first one."""


def _ill_described(ground: Ground) -> int:
    """Return the best seller of the fashion store among those with a wrong size chart."""
    hits = ground.volumes.hits(TAOBAO, 60)
    return next((product for product in hits if ground.shelf.size_fault[product]), hits[0])


def _x07_where(ground: Ground) -> Where:
    product = _ill_described(ground)
    return {
        "product": ground.shelf.title(product),
        "merchant_code": ground.shelf.product_code(product),
        "cause": "尺码标注、面料描述",
        "size_shift": int(ground.shelf.size_shift[product]),
    }


def _x07_pulls(ground: Ground) -> list[Pull]:
    at = {"product": _ill_described(ground)}
    last = ground.days - 1
    return [
        Pull(Lever.RETURNS, round(_RETURN_RATE / _USUAL_RETURNS, 6), 0, last, at),
        Pull(Lever.QUALITY, round(quality_factor(1 - _GOOD_SHARE, _BAD_ANYWAY), 6), 0, last, at),
    ]


def _measure_x07(seen: Seen) -> Readings:
    skus = np.asarray(seen.ground.volumes.skus([_ill_described(seen.ground)]))
    watch = seen.watch
    return {
        "return_rate": share(float(watch.returned[:, skus].sum()), float(watch.delivered[:, skus].sum())),
        "good_review_share": share(float(watch.good_reviews[skus].sum()), float(watch.reviews[skus].sum())),
    }


def _measure_x08(seen: Seen) -> Readings:
    has_milk = seen.log.has("奶粉")
    return {"confidence": share(float((has_milk & seen.log.has("纸尿裤")).sum()), float(has_milk.sum()))}


def _measure_x09(seen: Seen) -> Readings:
    own = (seen.log.store == JD) & seen.log.has("床垫")
    has_bedding, due = seen.log.has("床品"), seen.log.due_minor
    return {"order_value_change": mean_change(due[own & ~has_bedding], due[own & has_bedding])}


def _promoted(ground: Ground) -> list[int]:
    return [store for store in PROMOTED if ground.sells(store)]


def promotion_day(ground: Ground) -> int | None:
    """Return the first of four weeks that are, with the four before, free of all other promotions."""
    free = [
        all(phase_of(ground.options.start + timedelta(days=day), STORES[store]) is None for store in PROMOTED)
        for day in range(ground.days)
    ]
    for day in range(28 + PROMOTION_DAYS, ground.days - PROMOTION_DAYS):
        if all(free[day - PROMOTION_DAYS : day + PROMOTION_DAYS]):
            return day
    return None


def _x11_spans(ground: Ground) -> tuple[tuple[int, int], tuple[int, int]]:
    day = promotion_day(ground)
    assert day is not None
    return (day - PROMOTION_DAYS, day - 1), (day, day + PROMOTION_DAYS - 1)


def _x11_where(ground: Ground) -> Where:
    before, promotion = _x11_spans(ground)
    stores = [ground.store_name(store) for store in _promoted(ground)]
    return {"stores": stores, "before": list(before), "promotion": list(promotion)}


def _margin(ground: Ground, day: int) -> float:
    """Return the usual margin of what the stores of the promotion sell around a day."""
    shelf, sales, costs = ground.shelf, 0.0, 0.0
    appeal = shelf.appeal(day, ground.options.start + timedelta(days=day))
    for store in (STORES[number] for number in _promoted(ground)):
        own = shelf.sold_in(store.number)
        for trade in np.unique(shelf.trade[own]).tolist():
            skus = own[shelf.trade[own] == trade]
            units = appeal[skus] / max(float(appeal[skus].sum()), 1e-9)
            units *= ground.volumes.orders(store.number) / len(store.trades)
            sales += float((units * shelf.list_minor[skus]).sum()) * PRICE_LEVELS.get(store.platform, 1.0)
            costs += float((units * shelf.cost_minor[skus]).sum())
    return 1 - _LISTED_FOR_PAID * costs / sales


def _x11_pulls(ground: Ground) -> list[Pull]:
    """Return the prices at which margins fall and the baskets at which order values rise as the source says.

    Before it and in it the stores move no other price: it would be taken for the promotion's.
    """
    (start, _), (first, last) = _x11_spans(ground)
    margin = _margin(ground, first)
    price = (1 - margin) / (1 - (1 + _MARGIN_CHANGE) * margin)
    growth = 1 + ((1 + _AOV_CHANGE) / price - 1) / _WORTH_OF_MORE
    pulls = []
    for store in _promoted(ground):
        pulls.append(Pull(Lever.PRICE_MOVES, 0.0, start, last, {"store": store}))
        pulls.append(Pull(Lever.PRICE, round(price, 6), first, last, {"store": store}))
        for trade in STORES[store].trades:
            at = {"store": store, "trade": list(Trade).index(trade)}
            pulls.append(Pull(Lever.BASKET, round(pull_for(trade, growth), 6), first, last, at))
    return pulls


def _x11_obstacle(ground: Ground) -> tuple[str, str] | None:
    if not _promoted(ground):
        return "没有做促销的店铺", "no store of those that run the promotion"
    if promotion_day(ground) is None:
        return "找不到连续八周没有其他大促的日子", "no eight weeks in a row without another promotion"
    return None


def _measure_x11(seen: Seen) -> Readings:
    log = seen.log
    own = np.isin(log.store, PROMOTED) & (log.due_minor < _BULK_MINOR)
    before, after = (own & within(log.created_day, *span) for span in _x11_spans(seen.ground))
    kind = log.store * seen.ground.shelf.skus + log.sku
    taken = (kind[before], kind[after])
    return {
        "order_value_change": same_mix_change(taken, (log.due_minor[before], log.due_minor[after])),
        "margin_change": same_mix_margin_change(
            taken, (log.due_minor[before], log.due_minor[after]), (log.cost_minor[before], log.cost_minor[after])
        ),
    }


STORIES: tuple[Story, ...] = (
    Story(
        id="X-07",
        title_zh="服饰退货率25%、好评率60%",
        title_en="A garment with 25% returns and 60% good reviews",
        least_days=60,
        stores=((TAOBAO, Trade.FASHION),),
        figures=(
            Figure("return_rate", "25%", _RETURN_RATE, 0.04),
            Figure("good_review_share", "60%", _GOOD_SHARE, 0.06),
        ),
        where=_x07_where,
        measure=_measure_x07,
        pulls=_x07_pulls,
    ),
    Story(
        id="X-08",
        title_zh="奶粉带纸尿裤",
        title_en="Milk powder brings nappies",
        least_days=30,
        stores=((TMALL_BABY, Trade.BABY),),
        figures=(Figure("confidence", "70%", 0.70, 0.03),),
        where=lambda ground: {"from": "奶粉", "to": "纸尿裤", "rule": "含奶粉的已付订单中同时含纸尿裤的比例"},
        measure=_measure_x08,
    ),
    Story(
        id="X-09",
        title_zh="床垫加床品",
        title_en="Mattress and bedding",
        least_days=60,
        stores=((JD, Trade.HOME),),
        figures=(
            Figure(
                "order_value_change",
                "+23%",
                0.23,
                0.05,
                "组合订单相对只买床垫的订单。",
                "Orders of both against orders of a mattress without bedding.",
            ),
        ),
        where=lambda ground: {"store": ground.store_name(JD), "bundle": ["床垫", "床品"]},
        measure=_measure_x09,
    ),
    Story(
        id="X-11",
        title_zh="促销抬高客单价、压低毛利率",
        title_en="A promotion lifts the order value and lowers the margin",
        least_days=110,
        stores=(),
        figures=(
            Figure(
                "order_value_change",
                "+5%",
                _AOV_CHANGE,
                0.03,
                "按促销前的店铺与商品结构计算，五千元以上的团购单除外。",
                "At the mix of stores and goods before the promotion, orders of over 5,000 yuan left out.",
            ),
            Figure(
                "margin_change",
                "-8%",
                _MARGIN_CHANGE,
                0.03,
                "原文未说是百分点还是相对；按相对植入，单均毛利为 1.05×0.92=0.966 倍。",
                "The source does not say whether points; planted as relative: 1.05 × 0.92 = 0.966 per order.",
            ),
        ),
        where=_x11_where,
        measure=_measure_x11,
        pulls=_x11_pulls,
        obstacle=_x11_obstacle,
    ),
)
"""X-07, X-08, X-09 and X-11."""
