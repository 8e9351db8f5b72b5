"""X-05 and X-25: leaner stock, and the fast-fashion story of sizes."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Ints
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
    dropout_for,
    share,
    share_change,
    within,
)
from zhanggui.simulate.stores import WAREHOUSES

Span = tuple[int, int]

_JOINT_DAY = 60
_SETTLED_DAYS = 70
"""Stock follows slowly: the figures are taken when the old stock has gone."""
_JOINT_LAST_DAY = 249
_JOINT_COVER = 0.4
"""Factor on the cover at which the stock of both together lasts as much less as the source says."""
_JOINT = ("风衣", "围巾")
_PILOT, _COMPARED = 1, 2

_STORY_DAYS = 150
_WINDOW_DAYS = 90
_LARGE, _SMALL = (3, 4), (0,)
_LARGE_RETURNS = 0.82
_LEAN_COVER, _SMALL_COVER = 0.25, 0.20
_SOONER = 1.5
_REPURCHASE = (0.22, 0.37)
"""Part of first buyers who come back by themselves; messages bring some more."""
_LEAN, _USUAL = (0, 2), (1,)
"""Warehouses that keep lean stock, and the one that they are compared with."""


def _stock_days(seen: Seen, skus: Ints, warehouses: tuple[int, ...], span: Span) -> float:
    """Return for how many days of its sales, by cost, the stock of some SKUs lasts; NaN without sales."""
    first, last = span
    cost = seen.ground.shelf.cost_minor[skus].astype(np.float64)
    chosen = np.isin(np.arange(len(WAREHOUSES)), warehouses)
    held, sold = (
        (units[first : last + 1, chosen][:, :, skus] * cost).sum() for units in (seen.watch.on_hand, seen.watch.sold)
    )
    return float(held / sold) if sold else float("nan")


def _stock_change(
    seen: Seen, own: tuple[Ints, tuple[int, ...]], rest: tuple[Ints, tuple[int, ...]], spans: tuple[Span, Span]
) -> Reading | None:
    """Return the change of days of stock beyond that of a comparison, each given as SKUs and warehouses."""
    days = [_stock_days(seen, *own, span) for span in spans]
    others = [_stock_days(seen, *rest, span) for span in spans]
    if np.isnan([*days, *others]).any():
        return None
    ratio = days[1] / days[0] / (others[1] / others[0])
    units = [float(seen.watch.sold[a : b + 1][:, w][:, :, k].sum()) for k, w in (own, rest) for a, b in spans]
    # Orders come in cases: stock swings about as much as a fifth of its units would by chance.
    error = ratio * float(np.sqrt(sum(5 / one for one in units)))
    return Reading(ratio - 1, error, sum(units), {"before": days[0], "after": days[1]})


def _fashion(ground: Ground, *, is_sized: bool) -> Ints:
    shelf = ground.shelf
    chosen = (shelf.trade == FASHION) & ~shelf.is_gift_sku
    return np.flatnonzero(chosen & (shelf.size >= 0) if is_sized else chosen)


def _x05_spans(ground: Ground) -> tuple[Span, Span]:
    last = min(ground.days - 1, _JOINT_LAST_DAY)
    return (20, _JOINT_DAY - 1), (_JOINT_DAY + _SETTLED_DAYS, last)


def _x05_where(ground: Ground) -> Where:
    before, after = _x05_spans(ground)
    return {
        "pair": list(_JOINT),
        "goods": "女装",
        "warehouse": WAREHOUSES[_PILOT],
        "compared_with": WAREHOUSES[_COMPARED],
        "action_day": _JOINT_DAY,
        "before": list(before),
        "after": list(after),
    }


def _x05_pulls(ground: Ground) -> list[Pull]:
    last = ground.days - 1
    skus = _fashion(ground, is_sized=False).tolist()
    return [Pull(Lever.COVER, _JOINT_COVER, _JOINT_DAY, last, {"warehouse": _PILOT, "sku": sku}) for sku in skus]


def _measure_x05(seen: Seen) -> Readings:
    skus = _fashion(seen.ground, is_sized=False)
    has_coat = seen.log.has(_JOINT[0])
    return {
        "stock_days_change": _stock_change(seen, (skus, (_PILOT,)), (skus, (_COMPARED,)), _x05_spans(seen.ground)),
        "coat_to_scarf_confidence": share(float((has_coat & seen.log.has(_JOINT[1])).sum()), float(has_coat.sum())),
    }


def _x25_spans(ground: Ground) -> tuple[Span, Span]:
    day, days = ground.days - _STORY_DAYS, ground.days
    return (day - _WINDOW_DAYS, day - 1), (days - _WINDOW_DAYS, days - 1)


def _x25_cohorts(ground: Ground) -> tuple[Span, Span]:
    """Return the days of the first orders that are followed up for as long as a window."""
    day = ground.days - _STORY_DAYS
    return (max(day - 2 * _WINDOW_DAYS, 0), day - _WINDOW_DAYS - 1), (day, ground.days - _WINDOW_DAYS - 1)


def _x25_where(ground: Ground) -> Where:
    before, after = _x25_spans(ground)
    return {
        "store": ground.store_name(TAOBAO),
        "action_day": ground.days - _STORY_DAYS,
        "before": list(before),
        "after": list(after),
        "cohorts": [list(span) for span in _x25_cohorts(ground)],
        "large_sizes": ["XL", "XXL"],
        "small_sizes": ["S"],
        "warehouses": [WAREHOUSES[each] for each in _LEAN],
        "compared_with": [WAREHOUSES[each] for each in _USUAL],
    }


def _x25_pulls(ground: Ground) -> list[Pull]:
    day, last = ground.days - _STORY_DAYS, ground.days - 1
    at = {"store": TAOBAO}
    rhythm = RHYTHMS[Trade.FASHION]
    pulls = [Pull(Lever.REPURCHASE, _SOONER, 0, last, at)]
    for first, to, again in ((0, day - 1, _REPURCHASE[0]), (day, last, _REPURCHASE[1])):
        pulls.append(Pull(Lever.DROPOUT, dropout_for(again, _WINDOW_DAYS, rhythm, _SOONER), first, to, at))
    for sku in _fashion(ground, is_sized=True).tolist():
        size = int(ground.shelf.size[sku])
        cover = _SMALL_COVER if size in _SMALL else _LEAN_COVER
        pulls += [Pull(Lever.COVER, cover, day, last, {"warehouse": each, "sku": sku}) for each in _LEAN]
        if size in _LARGE:
            pulls.append(Pull(Lever.RETURNS, _LARGE_RETURNS, day, last, {"sku": sku}))
    return pulls


def _return_change(seen: Seen, skus: Ints, spans: tuple[Span, Span]) -> Reading | None:
    watch = seen.watch
    counts = [
        (float(watch.returned[a : b + 1, skus].sum()), float(watch.delivered[a : b + 1, skus].sum())) for a, b in spans
    ]
    return share_change(*counts)


def _sold_out(seen: Seen, skus: Ints, warehouses: tuple[int, ...], span: Span) -> float:
    """Return units sold in a span as a part of those there at its beginning or received in it."""
    first, last = span
    at = np.isin(np.arange(len(WAREHOUSES)), warehouses)
    watch = seen.watch
    there = watch.on_hand[first - 1, at][:, skus].sum() + watch.received[first : last + 1, at][:, :, skus].sum()
    return float(watch.sold[first : last + 1, at][:, :, skus].sum() / max(there, 1))


def _sold_out_change(seen: Seen, skus: Ints, spans: tuple[Span, Span]) -> Reading | None:
    """Return the change of the sold-out rate of the lean warehouses beyond that of the other."""
    own, others = ([_sold_out(seen, skus, at, span) for span in spans] for at in (_LEAN, _USUAL))
    if min(*own, *others) == 0:
        return None
    ratio = own[1] / own[0] / (others[1] / others[0])
    units = [float(seen.watch.sold[a : b + 1][:, at][:, :, skus].sum()) for a, b in spans for at in (_LEAN, _USUAL)]
    error = ratio * float(np.sqrt(sum(5 / one for one in units)))
    return Reading(ratio - 1, error, sum(units), {"before": own[0], "after": own[1]})


def _measure_x25(seen: Seen) -> Readings:
    ground, shelf = seen.ground, seen.ground.shelf
    skus = _fashion(ground, is_sized=True)
    size, spans = shelf.size[skus], _x25_spans(ground)
    days = _stock_change(seen, (skus, _LEAN), (skus, _USUAL), spans)
    turns = None if days is None else Reading(
        1 / (1 + days.value) - 1, days.error / (1 + days.value) ** 2, days.n,
        {f"stock_days_{name}": value for name, value in days.parts.items()},
    )  # fmt: skip
    log, again = seen.log, []
    for span in _x25_cohorts(ground):
        cohort = (log.store == TAOBAO) & log.is_first & within(log.paid_day, *span)
        again.append((float(buys_again(log, cohort, _WINDOW_DAYS).sum()), float(cohort.sum())))
    return {
        "large_size_return_change": _return_change(seen, skus[np.isin(size, _LARGE)], spans),
        "small_size_sold_out_change": _sold_out_change(seen, skus[np.isin(size, _SMALL)], spans),
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
                "整个女装在试点仓的周转天数，相对未试点仓。",
                "Days of stock of all fashion goods in the pilot warehouse, against one without the pilot.",
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
                "90天售罄率，相对没有精简库存的仓。",
                "Sold-out rate of 90 days, against the warehouse that keeps its stock.",
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
            Figure("turnover_change", "+40%", 0.40, 0.10, "相对没有精简库存的仓。", "Against the other warehouse."),
        ),
        where=_x25_where,
        measure=_measure_x25,
        pulls=_x25_pulls,
    ),
)
"""X-05 and X-25."""
