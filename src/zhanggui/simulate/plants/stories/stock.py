"""X-05 and X-25: leaner stock, and the fast-fashion story of sizes."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
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
    beyond,
    buys_again,
    dropout_for,
    ratio_of_sums_change,
    share,
    share_change,
    within,
)

Span = tuple[int, int]

_JOINT_DAY = 60
_SETTLED_DAYS = 70
"""Stock follows slowly: the figures are taken when the old stock has gone."""
_JOINT_LAST_DAY = 249
_JOINT_COVER = 0.5
"""Factor on the cover at which the stock of both together lasts as much less as the source says."""
_JOINT = ("风衣", "围巾")

_STORY_DAYS = 150
_WINDOW_DAYS = 90
_LARGE, _SMALL = (3, 4), (0,)
_LARGE_RETURNS = 0.82
_LEAN_COVER, _SMALL_COVER = 0.30, 0.20
_SOONER = 1.5
_REPURCHASE = (0.22, 0.37)
"""Part of first buyers who come back by themselves; messages bring some more."""


def _bound(ground: Ground) -> tuple[Ints, Ints]:
    """Return the fashion products that are stocked as pairs from the first weeks on, and all other ones.

    Every second product of each category is, coats and scarves among them, so that the two groups have one season.
    What comes out or goes off the shelf on the way is in neither.
    """
    shelf = ground.shelf
    first = shelf.first_sku
    is_steady = (shelf.launched_day[first] <= 0) & (shelf.retired_day[first] < 0)
    own = np.flatnonzero((shelf.trade[first] == FASHION) & ~shelf.is_gift_sku[first] & is_steady)
    category = shelf.category[first[own]]
    turn = np.arange(own.size) - np.searchsorted(category, category)
    is_bound = (turn + category) % 2 == 0
    return own[is_bound], own[~is_bound]


def _by_product(seen: Seen, units: Ints, products: Ints, *, sizes: tuple[int, ...] | None, is_by_cost: bool) -> Floats:
    """Return the sum of units of each product, of some sizes only where these are given."""
    shelf = seen.ground.shelf
    worth = units.astype(np.float64) * (shelf.cost_minor if is_by_cost else 1)
    if sizes is not None:
        worth = np.where(np.isin(shelf.size, sizes), worth, 0.0)
    return np.asarray(np.bincount(shelf.product, worth, shelf.products)[products], np.float64)


def _stock_change(seen: Seen, own: Ints, rest: Ints, spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of the days for which the stock of products lasts, by cost, beyond that of other products."""
    watch, found = seen.watch, []
    for products in (own, rest):
        sums = []
        for first, last in spans:
            for units in (watch.on_hand, watch.sold):
                whole = units[first : last + 1].sum(axis=(0, 1))
                sums.append(_by_product(seen, whole, products, sizes=None, is_by_cost=True))
        found.append(ratio_of_sums_change((sums[0], sums[1]), (sums[2], sums[3])))
    return beyond(found[0], found[1])


def _sold_out_change(
    seen: Seen, own: Ints, rest: Ints, spans: tuple[Span, Span], sizes: tuple[int, ...]
) -> Reading | None:
    """Return the change of units sold as a part of those there or received, beyond that of other products."""
    watch, found = seen.watch, []
    for products in (own, rest):
        sums = []
        for first, last in spans:
            sold = watch.sold[first : last + 1].sum(axis=(0, 1))
            there = watch.on_hand[max(first - 1, 0)].sum(axis=0) + watch.received[first : last + 1].sum(axis=(0, 1))
            sums += [_by_product(seen, units, products, sizes=sizes, is_by_cost=False) for units in (sold, there)]
        found.append(ratio_of_sums_change((sums[0], sums[1]), (sums[2], sums[3])))
    return beyond(found[0], found[1])


def _x05_spans(ground: Ground) -> tuple[Span, Span]:
    last = min(ground.days - 1, _JOINT_LAST_DAY)
    return (20, _JOINT_DAY - 1), (_JOINT_DAY + _SETTLED_DAYS, last)


def _codes(ground: Ground, products: Ints) -> list[str]:
    return [ground.shelf.product_code(product) for product in products.tolist()]


def _x05_where(ground: Ground) -> Where:
    before, after = _x05_spans(ground)
    bound, rest = _bound(ground)
    return {
        "pair": list(_JOINT),
        "products": _codes(ground, bound),
        "compared_with": _codes(ground, rest),
        "action_day": _JOINT_DAY,
        "before": list(before),
        "after": list(after),
    }


def _x05_pulls(ground: Ground) -> list[Pull]:
    skus = ground.volumes.skus(_bound(ground)[0].tolist())
    return [Pull(Lever.COVER, _JOINT_COVER, _JOINT_DAY, ground.days - 1, {"sku": sku}) for sku in skus]


def _measure_x05(seen: Seen) -> Readings:
    return {"stock_days_change": _stock_change(seen, *_bound(seen.ground), _x05_spans(seen.ground))}


def _x25_spans(ground: Ground) -> tuple[Span, Span]:
    day, days = ground.days - _STORY_DAYS, ground.days
    return (day - _WINDOW_DAYS, day - 1), (days - _WINDOW_DAYS, days - 1)


def _x25_cohorts(ground: Ground) -> tuple[Span, Span]:
    """Return the days of the first orders that are followed up for as long as a window."""
    day = ground.days - _STORY_DAYS
    return (max(day - 2 * _WINDOW_DAYS, 0), day - _WINDOW_DAYS - 1), (day, ground.days - _WINDOW_DAYS - 1)


def _x25_where(ground: Ground) -> Where:
    before, after = _x25_spans(ground)
    bound, own = _bound(ground)
    return {
        "store": ground.store_name(TAOBAO),
        "action_day": ground.days - _STORY_DAYS,
        "before": list(before),
        "after": list(after),
        "cohorts": [list(span) for span in _x25_cohorts(ground)],
        "large_sizes": ["XL", "XXL"],
        "small_sizes": ["S"],
        "products": _codes(ground, own),
        "compared_with": _codes(ground, bound),
    }


def _x25_pulls(ground: Ground) -> list[Pull]:
    day, last = ground.days - _STORY_DAYS, ground.days - 1
    at, shelf = {"store": TAOBAO}, ground.shelf
    rhythm = RHYTHMS[Trade.FASHION]
    pulls = [Pull(Lever.REPURCHASE, _SOONER, 0, last, at)]
    for first, to, again in ((0, day - 1, _REPURCHASE[0]), (day, last, _REPURCHASE[1])):
        pulls.append(Pull(Lever.DROPOUT, dropout_for(again, _WINDOW_DAYS, rhythm, _SOONER), first, to, at))
    for sku in ground.volumes.skus(_bound(ground)[1].tolist()):
        cover = _SMALL_COVER if shelf.size[sku] in _SMALL else _LEAN_COVER
        pulls.append(Pull(Lever.COVER, cover, day, last, {"sku": sku}))
    for sku in np.flatnonzero((shelf.trade == FASHION) & np.isin(shelf.size, _LARGE)).tolist():
        pulls.append(Pull(Lever.RETURNS, _LARGE_RETURNS, day, last, {"sku": sku}))
    return pulls


def _return_change(seen: Seen, sizes: tuple[int, ...], spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of the part of delivered units that comes back, of some sizes."""
    watch, shelf = seen.watch, seen.ground.shelf
    skus = np.flatnonzero((shelf.trade == FASHION) & np.isin(shelf.size, sizes))
    counts = [
        (float(watch.returned[a : b + 1, skus].sum()), float(watch.delivered[a : b + 1, skus].sum())) for a, b in spans
    ]
    return share_change(*counts)


def _measure_x25(seen: Seen) -> Readings:
    ground, log, again = seen.ground, seen.log, []
    bound, own = _bound(ground)
    spans = _x25_spans(ground)
    days = _stock_change(seen, own, bound, spans)
    turns = None
    if days is not None:
        parts = {f"stock_days_{name}": value for name, value in days.parts.items() if name in ("before", "after")}
        turns = Reading(1 / (1 + days.value) - 1, days.error / (1 + days.value) ** 2, days.n, parts)
    for span in _x25_cohorts(ground):
        cohort = (log.store == TAOBAO) & log.is_first & within(log.paid_day, *span)
        again.append((float(buys_again(log, cohort, _WINDOW_DAYS).sum()), float(cohort.sum())))
    return {
        "large_size_return_change": _return_change(seen, _LARGE, spans),
        "small_size_sold_out_change": _sold_out_change(seen, own, bound, spans, _SMALL),
        "repurchase_before": share(*again[0]),
        "repurchase_after": share(*again[1]),
        "turnover_change": turns,
    }


STORIES: tuple[Story, ...] = (
    Story(
        id="X-05",
        title_zh="风衣带围巾，虚拟捆绑备货",
        title_en="Coats bring scarves and are stocked with them",
        least_days=_JOINT_DAY + _SETTLED_DAYS + 40,
        stores=((TAOBAO, Trade.FASHION),),
        figures=(
            Figure(
                "stock_days_change",
                "近-15%",
                -0.15,
                0.08,
                "捆绑备货款的周转天数，相对其余女装。",
                "Days of stock of what is stocked together, against the other fashion goods.",
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
            Figure("large_size_return_change", "-18%", -0.18, 0.05),
            Figure(
                "small_size_sold_out_change",
                "+30%",
                0.30,
                0.08,
                "90天售罄率，相对其余女装。",
                "Sold-out rate of 90 days, against the other fashion goods.",
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
            Figure("turnover_change", "+40%", 0.40, 0.10, "相对其余女装。", "Against the other fashion goods."),
        ),
        where=_x25_where,
        measure=_measure_x25,
        pulls=_x25_pulls,
    ),
)
"""X-05 and X-25."""
