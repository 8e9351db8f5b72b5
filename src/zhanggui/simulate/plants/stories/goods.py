"""X-07, X-08, X-09 and X-11: returns and reviews, what is bought together, and a promotion."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.story import (
    JD,
    TAOBAO,
    TMALL_BABY,
    Figure,
    Ground,
    Reading,
    Readings,
    Seen,
    Story,
    Where,
    mean_change,
    share,
    within,
)
from zhanggui.simulate.seasons import phase_of
from zhanggui.simulate.service.reviews import quality_factor
from zhanggui.simulate.stores import STORES

_RETURN_RATE, _GOOD_SHARE = 0.25, 0.60
_USUAL_RETURNS = 0.185
"""Part of the delivered garments with a wrong size chart that come back anyway."""
_BAD_ANYWAY = 0.30
"""Part of their reviews that wrong sizes, returns and late parcels make bad anyway."""

PROMOTION_DAYS = 14
_AOV_CHANGE, _MARGIN_CHANGE = 0.05, -0.08
_PROMOTION_PRICE, _PROMOTION_BASKET = 0.948, 1.62
"""Factors on prices and on further items at which the margin falls and the order value rises as the source says."""


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


def promotion_day(ground: Ground) -> int | None:
    """Return the first day of a fortnight that is, with the one before, free of all other promotions."""
    for day in range(28 + PROMOTION_DAYS, ground.days - PROMOTION_DAYS):
        span = range(day - PROMOTION_DAYS, day + PROMOTION_DAYS)
        if all(phase_of(ground.options.start + timedelta(days=each), STORES[TMALL_BABY]) is None for each in span):
            return day
    return None


def _x11_spans(ground: Ground) -> tuple[tuple[int, int], tuple[int, int]]:
    day = promotion_day(ground)
    assert day is not None
    return (day - PROMOTION_DAYS, day - 1), (day, day + PROMOTION_DAYS - 1)


def _x11_where(ground: Ground) -> Where:
    before, promotion = _x11_spans(ground)
    return {"store": ground.store_name(TMALL_BABY), "before": list(before), "promotion": list(promotion)}


def _x11_pulls(ground: Ground) -> list[Pull]:
    _, (first, last) = _x11_spans(ground)
    at = {"store": TMALL_BABY}
    return [
        Pull(Lever.PRICE, round(_PROMOTION_PRICE, 6), first, last, at),
        Pull(Lever.BASKET, _PROMOTION_BASKET, first, last, at),
    ]


def _x11_obstacle(ground: Ground) -> tuple[str, str] | None:
    if promotion_day(ground) is None:
        return "找不到连续四周没有其他大促的日子", "no four weeks in a row without another promotion"
    return None


def _measure_x11(seen: Seen) -> Readings:
    log = seen.log
    before, after = ((log.store == TMALL_BABY) & within(log.created_day, *span) for span in _x11_spans(seen.ground))
    n = float(before.sum() + after.sum())
    if min(before.sum(), after.sum()) < 2:
        return {"order_value_change": None, "margin_change": None}
    margin = [1 - float(log.cost_minor[one].sum() / log.due_minor[one].sum()) for one in (before, after)]
    # Two means of orders' margins, each weighted by what was paid.
    spread = float((log.cost_minor[before] / np.maximum(log.due_minor[before], 1)).std())
    error = margin[1] / margin[0] * spread / margin[0] * 2 / n**0.5
    parts = {"before": margin[0], "after": margin[1]}
    return {
        "order_value_change": mean_change(log.due_minor[before], log.due_minor[after]),
        "margin_change": Reading(margin[1] / margin[0] - 1, error, n, parts),
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
        least_days=80,
        stores=((TMALL_BABY, Trade.BABY),),
        figures=(
            Figure("order_value_change", "+5%", _AOV_CHANGE, 0.03),
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
