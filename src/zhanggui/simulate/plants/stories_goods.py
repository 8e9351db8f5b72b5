"""Worked examples about goods, baskets, prices and stock."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.story import (
    Figure,
    Ground,
    Reading,
    Seen,
    Story,
    Where,
    mean_change,
    share,
    share_change,
    within,
)
from zhanggui.simulate.seasons import phase_of
from zhanggui.simulate.service.reviews import quality_factor
from zhanggui.simulate.stores import STORES

_TRADES = list(Trade)
_TMALL_BABY, _TAOBAO = 1, 2
_BABY, _FASHION = _TRADES.index(Trade.BABY), _TRADES.index(Trade.FASHION)

# coats and scarves are stocked as one; half of the days before, half after.
_JOINT_DAYS = 120
_SETTLED_DAYS = 60
"""Stock follows slowly: the figures are taken when the old stock has gone."""
_JOINT_COVER = 0.80
_JOINT = ("风衣", "围巾")


def _joint_where(ground: Ground) -> Where:
    day = ground.days - _JOINT_DAYS
    return {
        "categories": list(_JOINT),
        "action_day": day,
        "before": [max(day - _SETTLED_DAYS, 0), day - 1],
        "after": [ground.days - _SETTLED_DAYS, ground.days - 1],
        "compared_with": "女装其他品类",
    }


def _joint_pulls(ground: Ground) -> list[Pull]:
    first, last = ground.days - _JOINT_DAYS, ground.days - 1
    return [Pull(Lever.COVER, _JOINT_COVER, first, last, {"sku": int(sku)}) for sku in ground.skus_of(*_JOINT)]


def _stock_days(seen: Seen, skus: Ints, first: int, last: int) -> float:
    """Return for how many days of sales the stock of some SKUs lasts, by cost."""
    cost = seen.ground.shelf.cost_minor[skus].astype(np.float64)
    held = (seen.watch.on_hand[first : last + 1, skus] * cost).sum() / (last - first + 1)
    sold = (seen.watch.sold[first : last + 1, skus] * cost).sum() / (last - first + 1)
    return float(held / sold)


def _stock_change(seen: Seen, skus: Ints, others: Ints, spans: tuple[tuple[int, int], tuple[int, int]]) -> Reading:
    """Return the change of days of stock beyond that of the goods which nothing was done to."""
    own = [_stock_days(seen, skus, *span) for span in spans]
    rest = [_stock_days(seen, others, *span) for span in spans]
    ratio = own[1] / own[0] / (rest[1] / rest[0])
    units = [float(seen.watch.sold[first : last + 1, skus].sum()) for first, last in spans]
    error = ratio * float(np.sqrt(sum(4 / max(one, 1.0) for one in units)))
    return Reading(ratio - 1, error, sum(units), {"before": own[0], "after": own[1]})


def _measure_x05(seen: Seen) -> dict[str, Reading]:
    ground, log = seen.ground, seen.log
    skus = ground.skus_of(*_JOINT)
    shelf = ground.shelf
    others = np.setdiff1d(np.flatnonzero((shelf.trade == _FASHION) & ~shelf.is_gift_sku), skus)
    day, days = ground.days - _JOINT_DAYS, ground.days
    spans = (max(day - _SETTLED_DAYS, 0), day - 1), (days - _SETTLED_DAYS, days - 1)
    has_coat = log.has(_JOINT[0])
    found = {"stock_days_change": _stock_change(seen, skus, others, spans)}
    if has_coat.any():
        found["coat_to_scarf_confidence"] = share(float((has_coat & log.has(_JOINT[1])).sum()), float(has_coat.sum()))
    return found


# a dress whose size chart and fabric are described wrongly.
_RETURN_RATE, _GOOD_SHARE = 0.25, 0.60
_USUAL_RETURNS = 0.16
"""Part of the delivered garments with a wrong size chart that come back anyway."""
_BAD_ANYWAY = 0.08
"""Part of the reviews that returns and late parcels make bad anyway."""


def _ill_described(ground: Ground) -> int:
    """Return the best seller of the fashion store among those with a wrong size chart."""
    hits = ground.volumes.hits(_TAOBAO, 60)
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
        Pull(Lever.RETURNS, _RETURN_RATE / _USUAL_RETURNS, 0, last, at),
        Pull(Lever.QUALITY, round(quality_factor(1 - _GOOD_SHARE, _BAD_ANYWAY), 6), 0, last, at),
    ]


def _measure_x07(seen: Seen) -> dict[str, Reading]:
    skus = np.asarray(seen.ground.volumes.skus([_ill_described(seen.ground)]))
    delivered = float(seen.watch.delivered[:, skus].sum())
    written = float(seen.watch.reviews[skus].sum())
    found = {}
    if delivered:
        found["return_rate"] = share(float(seen.watch.returned[:, skus].sum()), delivered)
    if written:
        found["good_review_share"] = share(float(seen.watch.good_reviews[skus].sum()), written)
    return found


# what is bought together.


def _measure_x08(seen: Seen) -> dict[str, Reading]:
    has_milk = seen.log.has("奶粉")
    return {"confidence": share(float((has_milk & seen.log.has("纸尿裤")).sum()), float(has_milk.sum()))}


def _measure_x09(seen: Seen) -> dict[str, Reading]:
    has_mattress, has_bedding = seen.log.has("床垫"), seen.log.has("床品")
    due = seen.log.due_minor
    return {"order_value_change": mean_change(due[has_mattress & ~has_bedding], due[has_mattress & has_bedding])}


# a fortnight of lower prices and fuller baskets in the baby store.
_PROMOTION_DAYS = 14
_AOV_CHANGE, _MARGIN_CHANGE = 0.05, -0.08
_USUAL_COST = 0.66
"""Cost of the goods as a part of what baby goods bring, discounts taken off."""
_PROMOTION_PRICE = _USUAL_COST / (1 - (1 + _MARGIN_CHANGE) * (1 - _USUAL_COST))
_PROMOTION_BASKET = 1.62
"""Factor on further items at which the order value rises although the prices fall."""


def _promotion_day(ground: Ground) -> int | None:
    """Return the first day of the first two fortnights after the fourth week that no other promotion touches."""
    for day in range(28 + _PROMOTION_DAYS, ground.days - _PROMOTION_DAYS):
        span = range(day - _PROMOTION_DAYS, day + _PROMOTION_DAYS)
        if all(phase_of(ground.options.start + timedelta(days=each), STORES[_TMALL_BABY]) is None for each in span):
            return day
    return None


def _x11_where(ground: Ground) -> Where:
    day = _promotion_day(ground)
    assert day is not None
    return {
        "store": ground.store_name(_TMALL_BABY),
        "before": [day - _PROMOTION_DAYS, day - 1],
        "promotion": [day, day + _PROMOTION_DAYS - 1],
    }


def _x11_pulls(ground: Ground) -> list[Pull]:
    day = _promotion_day(ground)
    assert day is not None
    last, at = day + _PROMOTION_DAYS - 1, {"store": _TMALL_BABY}
    return [
        Pull(Lever.PRICE, round(_PROMOTION_PRICE, 6), day, last, at),
        Pull(Lever.BASKET, _PROMOTION_BASKET, day, last, at),
    ]


def _x11_obstacle(ground: Ground) -> tuple[str, str] | None:
    if _promotion_day(ground) is None:
        return "找不到连续四周没有其他大促的日子", "no four weeks in a row without another promotion"
    return None


def _measure_x11(seen: Seen) -> dict[str, Reading]:
    day = _promotion_day(seen.ground)
    assert day is not None
    log = seen.log
    own = log.store == _TMALL_BABY
    before = own & within(log.created_day, day - _PROMOTION_DAYS, day - 1)
    after = own & within(log.created_day, day, day + _PROMOTION_DAYS - 1)
    margin = [1 - log.cost_minor[one].sum() / log.due_minor[one].sum() for one in (before, after)]
    n = float(before.sum() + after.sum())
    spread = float((log.cost_minor[before] / log.due_minor[before]).std())
    error = margin[1] / margin[0] * spread / margin[0] * 2 / n**0.5
    parts = {"before": float(margin[0]), "after": float(margin[1])}
    return {
        "order_value_change": mean_change(log.due_minor[before], log.due_minor[after]),
        "margin_change": Reading(float(margin[1] / margin[0] - 1), float(error), n, parts),
    }


# the fast-fashion story: size charts mended, small sizes made to order, stock kept leaner, people won back.
_STORY_DAYS = 150
_LARGE, _SMALL = (3, 4), (0,)
_LARGE_RETURNS = 0.82
_LEAN_COVER, _SMALL_COVER = 0.62, 0.45
_SOONER = 1.9
"""How much sooner buyers come back."""
_WINDOW_DAYS = 90


def _story_skus(ground: Ground) -> Ints:
    shelf = ground.shelf
    return np.flatnonzero((shelf.trade == _FASHION) & (shelf.size >= 0))


def _x25_spans(ground: Ground) -> tuple[tuple[int, int], tuple[int, int]]:
    day, days = ground.days - _STORY_DAYS, ground.days
    return (max(day - _WINDOW_DAYS, 0), day - 1), (days - _WINDOW_DAYS, days - 1)


def _x25_where(ground: Ground) -> Where:
    before, after = _x25_spans(ground)
    return {
        "store": ground.store_name(_TAOBAO),
        "action_day": ground.days - _STORY_DAYS,
        "before": list(before),
        "after": list(after),
        "large_sizes": ["XL", "XXL"],
        "small_sizes": ["S"],
    }


def _x25_pulls(ground: Ground) -> list[Pull]:
    first, last = ground.days - _STORY_DAYS, ground.days - 1
    shelf, skus = ground.shelf, _story_skus(ground)
    pulls = [Pull(Lever.REPURCHASE, _SOONER, first, last, {"store": _TAOBAO})]
    for sku in skus.tolist():
        size = int(shelf.size[sku])
        cover = _SMALL_COVER if size in _SMALL else _LEAN_COVER
        pulls.append(Pull(Lever.COVER, cover, first, last, {"sku": sku}))
        if size in _LARGE:
            pulls.append(Pull(Lever.RETURNS, _LARGE_RETURNS, first, last, {"sku": sku}))
    return pulls


def _return_change(seen: Seen, skus: Ints, spans: tuple[tuple[int, int], tuple[int, int]]) -> Reading:
    counts = [
        (float(seen.watch.returned[a : b + 1, skus].sum()), float(seen.watch.delivered[a : b + 1, skus].sum()))
        for a, b in spans
    ]
    return share_change(counts[0], counts[1])


def _sold_out(seen: Seen, skus: Ints, span: tuple[int, int]) -> tuple[float, float]:
    """Return units sold in a span, and units there at its beginning or received in it."""
    first, last = span
    there = seen.watch.on_hand[max(first - 1, 0), skus].sum() + seen.watch.received[first : last + 1, skus].sum()
    return float(seen.watch.sold[first : last + 1, skus].sum()), float(there)


def _buys_twice(seen: Seen, store: int, span: tuple[int, int]) -> tuple[float, float]:
    """Return the buyers of a store who bought on two days or more of a span, and all its buyers."""
    log = seen.log
    own = (log.store == store) & within(log.paid_day, *span)
    days = np.unique(log.person[own] * 10_000 + log.paid_day[own])
    counts = np.unique(days // 10_000, return_counts=True)[1]
    return float((counts >= 2).sum()), float(counts.size)


def _measure_x25(seen: Seen) -> dict[str, Reading]:
    ground, skus = seen.ground, _story_skus(seen.ground)
    size = ground.shelf.size[skus]
    spans = _x25_spans(ground)
    small = skus[np.isin(size, _SMALL)]
    counts = [_sold_out(seen, small, span) for span in spans]
    ratio = counts[1][0] / counts[1][1] / (counts[0][0] / counts[0][1])
    error = ratio * float(np.sqrt(1 / counts[0][0] + 1 / counts[1][0]))
    days = [_stock_days(seen, skus, *span) for span in spans]
    units = [float(seen.watch.sold[a : b + 1, skus].sum()) for a, b in spans]
    turns = days[0] / days[1]
    twice = [_buys_twice(seen, _TAOBAO, span) for span in spans]
    return {
        "large_size_return_change": _return_change(seen, skus[np.isin(size, _LARGE)], spans),
        "small_size_sold_out_change": Reading(ratio - 1, error, counts[0][0] + counts[1][0]),
        "repurchase_before": share(*twice[0]),
        "repurchase_after": share(*twice[1]),
        "turnover_change": Reading(
            turns - 1, turns * float(np.sqrt(4 / units[0] + 4 / units[1])), sum(units),
            {"stock_days_before": days[0], "stock_days_after": days[1]},
        ),
    }  # fmt: skip


STORIES: tuple[Story, ...] = (
    Story(
        "X-05", "风衣带围巾，虚拟捆绑备货", "Coats bring scarves and are stocked with them", _JOINT_DAYS + 60,
        ((_TAOBAO, Trade.FASHION),),
        (
            Figure("stock_days_change", "近-15%", -0.15, 0.06, "相对女装其他品类。", "Against the other goods of the trade."),
        ),
        _joint_where, _measure_x05, _joint_pulls,
    ),
    Story(
        "X-07", "服饰退货率25%、好评率60%", "A garment with 25% returns and 60% good reviews", 60,
        ((_TAOBAO, Trade.FASHION),),
        (Figure("return_rate", "25%", _RETURN_RATE, 0.04), Figure("good_review_share", "60%", _GOOD_SHARE, 0.05)),
        _x07_where, _measure_x07, _x07_pulls,
    ),
    Story(
        "X-08", "奶粉带纸尿裤", "Milk powder brings nappies", 30, ((_TMALL_BABY, Trade.BABY),),
        (Figure("confidence", "70%", 0.70, 0.02),),
        lambda ground: {"from": "奶粉", "to": "纸尿裤", "rule": "置信度：含奶粉的已付订单中同时含纸尿裤的比例"},
        _measure_x08,
    ),
    Story(
        "X-09", "床垫加床品", "Mattress and bedding", 60, ((3, Trade.HOME),),
        (Figure("order_value_change", "+23%", 0.23, 0.05, "组合订单相对只买床垫的订单。", "Against orders of a mattress alone."),),
        lambda ground: {"bundle": ["床垫", "床品"]}, _measure_x09,
    ),
    Story(
        "X-11", "促销抬高客单价、压低毛利率", "A promotion lifts the order value and lowers the margin", 90,
        ((_TMALL_BABY, Trade.BABY),),
        (
            Figure("order_value_change", "+5%", _AOV_CHANGE, 0.03),
            Figure("margin_change", "-8%", _MARGIN_CHANGE, 0.03,
                   "原文未说是百分点还是相对，按相对植入：单均毛利 1.05×0.92=0.966。",
                   "The source does not say whether points; planted as relative: 1.05 × 0.92 = 0.966 per order."),
        ),
        _x11_where, _measure_x11, _x11_pulls, _x11_obstacle,
    ),
    Story(
        "X-25", "快时尚：诊断、行动、结果", "Fast fashion: diagnosis, action, result", _STORY_DAYS + 90,
        ((_TAOBAO, Trade.FASHION),),
        (
            Figure("large_size_return_change", "-18%", -0.18, 0.04),
            Figure("small_size_sold_out_change", "+30%", 0.30, 0.08),
            Figure("repurchase_before", "25%", 0.25, 0.03, "90天内两次及以上付款的买家占比。", "Buyers of 90 days who paid on two days."),
            Figure("repurchase_after", "38%", 0.38, 0.04),
            Figure("turnover_change", "+40%", 0.40, 0.10),
        ),
        _x25_where, _measure_x25, _x25_pulls,
    ),
)  # fmt: skip
