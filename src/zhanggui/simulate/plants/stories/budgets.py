"""X-12: in the middle of 618 the budgets of daily goods move to the channel that converts and earns."""

from __future__ import annotations

from datetime import date

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.plants.stories.advertising import WORKING, at_budget, planned_buyers
from zhanggui.simulate.plants.story import (
    BABY,
    HOME,
    JD,
    PINDUODUO,
    TMALL_BABY,
    Figure,
    Ground,
    Reading,
    Readings,
    Seen,
    Story,
    Where,
    weighted,
    within,
)
from zhanggui.simulate.scene.ads import AdGroup
from zhanggui.simulate.scene.channels import PAID_SHARE

_SEARCH, _FEED = WORKING
_SHIFT = 0.8
"""Part of the feed ads' budget that moves to search ads."""
_ROI_CHANGE = 0.28
_PLANNED_CHANGE = 0.19
"""Change that steady days promise; the days right after a shift bring more: what carries over is still there."""
_VALUE_OF_LIST = 1.15
"""Value of a first order in list prices of one SKU: further lines on top, discounts off."""
_DAYS_BEFORE, _DAYS_AFTER = 5, 6
_CONVERSION = 0.03
"""Orders per visitor, near enough to tell how many visitors a figure rests on."""


def _days(ground: Ground) -> tuple[int, int, int] | None:
    """Return first day, day of the shift and last day: all of one phase, so that no discount changes between."""
    for year in range(ground.options.end.year, ground.options.start.year - 1, -1):
        first = (date(year, 6, 4) - ground.options.start).days
        last = first + _DAYS_BEFORE + _DAYS_AFTER - 1
        if first >= 0 and last < ground.days:
            return first, first + _DAYS_BEFORE, last
    return None


def spans(ground: Ground) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the days before and after the shift; there have to be such days."""
    days = _days(ground)
    assert days is not None
    first, shift, last = days
    return (first, shift - 1), (shift, last)


def _groups(ground: Ground) -> list[AdGroup]:
    stores = (TMALL_BABY, JD, PINDUODUO)
    return [each for each in ground.volumes.ad_groups if each.store in stores and each.trade in (BABY, HOME)]


def _shifted(ground: Ground, group: AdGroup) -> float:
    """Return the multiple of a group's planned budget after the shift; a store spends as much as before."""
    own = [each for each in _groups(ground) if each.store == group.store]
    feed = sum(each.budget_minor for each in own if each.channel == _FEED)
    search = sum(each.budget_minor for each in own if each.channel == _SEARCH)
    return 1 - _SHIFT if group.channel == _FEED else 1 + _SHIFT * feed / search


def _worth_minor(ground: Ground, group: AdGroup, budget: float, feed_factor: float) -> float:
    """Return what the buyers of a group pay a day."""
    shelf = ground.shelf
    skus = shelf.sold_in(group.store)
    own = skus[shelf.trade[skus] == group.trade]
    value = weighted(shelf.list_minor[own].astype(np.float64), shelf.popularity[own]) * _VALUE_OF_LIST
    factor = feed_factor if group.channel == _FEED else 1.0
    return value * planned_buyers(group, ground) * at_budget(group, budget) * factor


def _feed_factor(ground: Ground) -> float:
    """Return how badly the feed ads have to convert during 618 for the shift to raise the ROI as the source says."""
    groups = _groups(ground)

    def gain(feed_factor: float) -> float:
        before = sum(_worth_minor(ground, group, 1.0, feed_factor) for group in groups)
        after = sum(_worth_minor(ground, group, _shifted(ground, group), feed_factor) for group in groups)
        return after / before - 1

    low, high = 0.02, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if gain(middle) > _PLANNED_CHANGE else (low, middle)
    return high


def _pulls(ground: Ground) -> list[Pull]:
    (first, _), (shift, last) = spans(ground)
    factor = round(_feed_factor(ground), 6)
    stores = sorted({group.store for group in _groups(ground)})
    pulls = [Pull(Lever.CONVERSION, factor, first, last, {"store": s, "channel": _FEED}) for s in stores]
    for group in _groups(ground):
        pulls.append(Pull(Lever.BUDGET, _shifted(ground, group), shift, last, {"ad_group": group.number}))
    return pulls


def _where(ground: Ground) -> Where:
    before, after = spans(ground)
    return {
        "stores": sorted({ground.store_name(group.store) for group in _groups(ground)}),
        "promotion": "618",
        "channels": ["直通车", "引力魔方"],
        "before": list(before),
        "after": list(after),
    }


def _obstacle(ground: Ground) -> tuple[str, str] | None:
    if _days(ground) is None:
        return "这段时间里没有 618（6月4日至14日）", "the days hold no 618 (4 to 14 June)"
    if not _groups(ground):
        return "没有卖母婴或家居的店铺投广告", "no store with ads sells baby or home goods"
    return None


def _measure(seen: Seen) -> Readings:
    log, groups = seen.log, _groups(seen.ground)
    both = spans(seen.ground)
    places = np.unique([group.store * 10 + group.trade for group in groups])
    is_ours = np.isin(log.store * 10 + log.trade, places) & np.isin(log.channel, WORKING) & log.is_new
    is_ours &= within(log.created_day, both[0][0], both[1][1])
    n = int(is_ours.sum())
    if n < 2:
        return {"roi_change": None}
    value = float(log.due_minor[is_ours].mean()) * PAID_SHARE
    numbers = [group.number for group in groups]
    roi, came = [], []
    for first, last in both:
        # Few orders: the chances of the visits say more than the dice that decided them.
        orders = float(seen.watch.expected_orders[first : last + 1, numbers].sum())
        roi.append(orders * value / float(seen.watch.spend_minor[first : last + 1, numbers].sum()))
        came.append(orders / _CONVERSION)
    change = roi[1] / roi[0] - 1
    error = (1 + change) * float(np.sqrt(1 / came[0] + 1 / came[1]))
    return {"roi_change": Reading(change, error, sum(came), {"before": roi[0], "after": roi[1]})}


STORIES: tuple[Story, ...] = (
    Story(
        id="X-12",
        title_zh="618 向高转化高毛利渠道倾斜",
        title_en="618: budget moves to the channel that converts and earns",
        least_days=_DAYS_BEFORE + _DAYS_AFTER,
        stores=(),
        figures=(
            Figure(
                "roi_change",
                "+28%",
                _ROI_CHANGE,
                0.10,
                "ROI 指投入产出比=广告首单金额/花费，订单数取访问的成交概率之和。",
                "ROI as ad platforms show it: value of first orders by ads / spend, orders as their chances promise.",
            ),
        ),
        where=_where,
        measure=_measure,
        pulls=_pulls,
        obstacle=_obstacle,
    ),
)
"""X-12."""
