"""X-05 and X-25: leaner stock, and the fast-fashion story of sizes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.goods.families import SIZES
from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people import RHYTHMS
from zhanggui.simulate.plants.story import (
    FASHION,
    TAOBAO,
    Figure,
    Ground,
    Reading,
    Readings,
    Seen,
    Story,
    Where,
    buys_again,
    double_ratio_change,
    dropout_for,
    same_mix_share_change,
    share,
    within,
)
from zhanggui.simulate.stores import WAREHOUSES

Span = tuple[int, int]

_PLAIN, _JOINT_PILOT, _LEAN_PILOT = range(len(WAREHOUSES))
"""X-05 is tried in one warehouse, X-25 in another; the third goes on as ever. All hold the same goods, so that what
sells more or less, comes or goes makes no difference between them."""
_STARTED_DAYS = 20
_BEFORE_DAYS, _SETTLED_DAYS = 70, 50
"""Stock follows slowly: figures are taken when the old stock has gone."""
_JOINT_COVER = 0.68
"""Factor on the cover at which the stock of the pilot is as much less as the source says."""
_JOINT = ("风衣", "围巾")

_STORY_DAYS = 150
_WINDOW_DAYS = 90
_STOCK_BEFORE_DAYS, _LEAN_SETTLED_DAYS, _SOLD_OUT_SETTLED_DAYS = 220, 60, 40
_SOLD_OUT_DAYS = 28
_LARGE, _SMALL = (2, 3, 4), (0, 1)
_LARGE_RETURNS = 0.82
_LEAN_COVER = 0.36
"""Factor on the cover at which stock turns faster and small sizes sell out more as the source says."""
_SOONER = 1.5
_REPURCHASE = (0.22, 0.37)
"""Part of first buyers who come back by themselves; messages bring some more."""


def _fashion(ground: Ground, sizes: tuple[int, ...] | None = None) -> Ints:
    """Return the SKUs of the fashion trade, of some sizes only where these are given."""
    shelf = ground.shelf
    found = (shelf.trade == FASHION) & ~shelf.is_gift_sku
    return np.flatnonzero(found if sizes is None else found & np.isin(shelf.size, sizes))


def _by_product(seen: Seen, units: Ints, skus: Ints) -> Floats:
    """Return the sum of units of each product that these SKUs are of."""
    product = seen.ground.shelf.product[skus]
    first = int(product.min(initial=0))
    return np.asarray(np.bincount(product - first, units[skus].astype(np.float64)), np.float64)


def _stock_change(seen: Seen, warehouse: int, spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of the days of all sales that the stock of a warehouse lasts, beyond that of the plain one."""
    watch, skus, found = seen.watch, _fashion(seen.ground), []
    for place in (warehouse, _PLAIN):
        sums = []
        for first, last in spans:
            sums.append(_by_product(seen, watch.on_hand[first : last + 1, place].sum(axis=0), skus))
            sums.append(_by_product(seen, watch.sold[first : last + 1].sum(axis=(0, 1)), skus))
        found.append(sums)
    return double_ratio_change(found[0], found[1])


def _sold_out_change(seen: Seen, warehouse: int, spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of what is sold in four weeks for each small piece there or received then.

    It is that beyond the change of the plain warehouse.
    """
    watch, skus, found = seen.watch, _fashion(seen.ground, _SMALL), []
    for place in (warehouse, _PLAIN):
        sums = []
        for first, last in spans:
            sold, there = np.zeros(watch.sold.shape[2], np.int64), np.zeros(watch.sold.shape[2], np.int64)
            for start in range(max(first, 1), last + 2 - _SOLD_OUT_DAYS, _SOLD_OUT_DAYS):
                days = slice(start, start + _SOLD_OUT_DAYS)
                sold += watch.sold[days].sum(axis=(0, 1))
                there += watch.on_hand[start - 1, place] + watch.received[days, place].sum(axis=0)
            sums.append(_by_product(seen, sold, skus))
            sums.append(_by_product(seen, there, skus))
        found.append(sums)
    return double_ratio_change(found[0], found[1])


def _joint_day(ground: Ground) -> int:
    return ground.days // 3


def _x05_spans(ground: Ground) -> tuple[Span, Span]:
    day = _joint_day(ground)
    return (max(day - _BEFORE_DAYS, _STARTED_DAYS), day - 1), (day + _SETTLED_DAYS, ground.days - 1)


def _x05_where(ground: Ground) -> Where:
    before, after = _x05_spans(ground)
    return {
        "pair": list(_JOINT),
        "trade": Trade.FASHION.value,
        "warehouse": WAREHOUSES[_JOINT_PILOT],
        "compared_with": WAREHOUSES[_PLAIN],
        "action_day": _joint_day(ground),
        "before": list(before),
        "after": list(after),
    }


def _x05_pulls(ground: Ground) -> list[Pull]:
    at = {"trade": FASHION, "warehouse": _JOINT_PILOT}
    return [Pull(Lever.COVER, _JOINT_COVER, _joint_day(ground), ground.days - 1, at)]


def _measure_x05(seen: Seen) -> Readings:
    return {"stock_days_change": _stock_change(seen, _JOINT_PILOT, _x05_spans(seen.ground))}


def _story_day(ground: Ground) -> int:
    return ground.days - _STORY_DAYS


def _x25_spans(ground: Ground, settled_days: int) -> tuple[Span, Span]:
    day = _story_day(ground)
    return (max(day - _STOCK_BEFORE_DAYS, _STARTED_DAYS), day - 1), (day + settled_days, ground.days - 1)


def _x25_cohorts(ground: Ground) -> tuple[Span, Span]:
    """Return the days of the first orders that are followed up for as long as a window."""
    day = _story_day(ground)
    return (max(day - 2 * _WINDOW_DAYS, 0), day - _WINDOW_DAYS - 1), (day, ground.days - _WINDOW_DAYS - 1)


def _x25_where(ground: Ground) -> Where:
    stock, sold_out, sent_back = (_x25_spans(ground, days) for days in (_LEAN_SETTLED_DAYS, _SOLD_OUT_SETTLED_DAYS, 0))
    return {
        "store": ground.store_name(TAOBAO),
        "trade": Trade.FASHION.value,
        "warehouse": WAREHOUSES[_LEAN_PILOT],
        "compared_with": WAREHOUSES[_PLAIN],
        "action_day": _story_day(ground),
        "before": list(stock[0]),
        "after": list(stock[1]),
        "sold_out_after": list(sold_out[1]),
        "returns_after": list(sent_back[1]),
        "cohorts": [list(span) for span in _x25_cohorts(ground)],
        "large_sizes": [SIZES[size] for size in _LARGE],
        "small_sizes": [SIZES[size] for size in _SMALL],
    }


def _x25_pulls(ground: Ground) -> list[Pull]:
    day, last = _story_day(ground), ground.days - 1
    at = {"store": TAOBAO}
    rhythm = RHYTHMS[Trade.FASHION]
    pulls = [Pull(Lever.REPURCHASE, _SOONER, 0, last, at)]
    for first, to, again in ((0, day - 1, _REPURCHASE[0]), (day, last, _REPURCHASE[1])):
        pulls.append(Pull(Lever.DROPOUT, dropout_for(again, _WINDOW_DAYS, rhythm, _SOONER), first, to, at))
    pulls.append(Pull(Lever.COVER, _LEAN_COVER, day, last, {"trade": FASHION, "warehouse": _LEAN_PILOT}))
    for size in _LARGE:
        pulls.append(Pull(Lever.RETURNS, _LARGE_RETURNS, day, last, {"trade": FASHION, "size": size}))
    return pulls


def _return_change(seen: Seen, sizes: tuple[int, ...], spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of the part of delivered units that comes back, of some sizes, product by product."""
    watch, skus = seen.watch, _fashion(seen.ground, sizes)
    counts = [
        (
            _by_product(seen, watch.returned[a : b + 1].sum(axis=0), skus),
            _by_product(seen, watch.delivered[a : b + 1].sum(axis=0), skus),
        )
        for a, b in spans
    ]
    return same_mix_share_change(*counts)


def _measure_x25(seen: Seen) -> Readings:
    ground, log, again = seen.ground, seen.log, []
    days = _stock_change(seen, _LEAN_PILOT, _x25_spans(ground, _LEAN_SETTLED_DAYS))
    turns = None
    if days is not None:
        turns = replace(days, value=1 / (1 + days.value) - 1, error=days.error / (1 + days.value) ** 2)
    for span in _x25_cohorts(ground):
        cohort = (log.store == TAOBAO) & log.is_first & within(log.paid_day, *span)
        again.append((float(buys_again(log, cohort, _WINDOW_DAYS).sum()), float(cohort.sum())))
    return {
        "large_size_return_change": _return_change(seen, _LARGE, _x25_spans(ground, 0)),
        "small_size_sold_out_change": _sold_out_change(seen, _LEAN_PILOT, _x25_spans(ground, _SOLD_OUT_SETTLED_DAYS)),
        "repurchase_before": share(*again[0]),
        "repurchase_after": share(*again[1]),
        "turnover_change": turns,
    }


STORIES: tuple[Story, ...] = (
    Story(
        id="X-05",
        title_zh="风衣带围巾，虚拟捆绑备货",
        title_en="Coats bring scarves and are stocked with them",
        least_days=170,
        stores=((TAOBAO, Trade.FASHION),),
        figures=(
            Figure(
                "stock_days_change",
                "近-15%",
                -0.15,
                0.06,
                "试点仓女装的周转天数（按件数，除以各仓合计的日销），相对照常备货的仓库。",
                "Days of all sales that the pilot warehouse's fashion goods last, in pieces, against the plain one.",
            ),
        ),
        where=_x05_where,
        measure=_measure_x05,
        pulls=_x05_pulls,
    ),
    Story(
        id="X-25",
        title_zh="快时尚：诊断、行动、结果",
        title_en="Fast fashion: diagnosis, action, result",
        least_days=_STORY_DAYS + _WINDOW_DAYS + 30,
        stores=((TAOBAO, Trade.FASHION),),
        figures=(
            Figure(
                "large_size_return_change",
                "-18%",
                -0.18,
                0.05,
                "逐款比较后合并（Mantel-Haenszel），款式更替不计。",
                "Product by product, pooled (Mantel-Haenszel): other products in other seasons make no difference.",
            ),
            Figure(
                "small_size_sold_out_change",
                "+30%",
                0.30,
                0.08,
                "试点仓 S、M 码每四周期初加入库的每件对应的销量，相对照常备货的仓库。",
                "Pieces in S and M sold in four weeks for each there or received, in the pilot against the plain one.",
            ),
            Figure(
                "repurchase_before",
                "25%",
                0.25,
                0.03,
                "首购后90天内再次付款。",
                "First buyers who pay again in 90 days.",
            ),
            Figure("repurchase_after", "38%", 0.38, 0.03),
            Figure(
                "turnover_change",
                "+40%",
                0.40,
                0.12,
                "试点仓，相对照常备货的仓库。",
                "Of the pilot warehouse, against the plain one.",
            ),
        ),
        where=_x25_where,
        measure=_measure_x25,
        pulls=_x25_pulls,
    ),
)
"""X-05 and X-25."""
