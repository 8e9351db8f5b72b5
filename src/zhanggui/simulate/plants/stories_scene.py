"""Worked examples about traffic, conversion and advertising."""

from __future__ import annotations

from datetime import date

import numpy as np

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
    share_change,
    weighted,
    within,
)
from zhanggui.simulate.records import Step
from zhanggui.simulate.scene.ads import AdGroup
from zhanggui.simulate.scene.channels import PAID_SHARE
from zhanggui.simulate.stores import CHANNEL_OF

_TRADES = list(Trade)
_OWN, _DOUYIN, _JD = 6, 5, 3
_BEAUTY, _HOME = _TRADES.index(Trade.BEAUTY), _TRADES.index(Trade.HOME)

# the beauty trade of the own site, three months after the cut.
_AFTER_DAYS = 91
_CAC_BEFORE_MINOR, _CAC_AFTER_MINOR = 12_000, 7_500
_WORKING_BEFORE, _WORKING_AFTER = 0.45, 0.80
_CUT = 0.5
_LIFT = 2.5
_LIFT_OF_STEPS = ((Step.ITEM, 1.25), (Step.VARIANT, 1.45), (Step.CART_ADD, _LIFT / 1.25 / 1.45))
"""The factor on conversion is spread over three steps, so that none of them comes near certainty."""
_WORKING = (CHANNEL_OF["search_ads"], CHANNEL_OF["feed_ads"])
_HARD = CHANNEL_OF["hard_ads"]


def _cut_day(ground: Ground) -> int:
    return ground.days - _AFTER_DAYS


def _beauty_groups(ground: Ground) -> list[AdGroup]:
    return [group for group in ground.volumes.ad_groups if (group.store, group.trade) == (_OWN, _BEAUTY)]


def _at_budget(group: AdGroup, budget: float) -> float:
    """Return the visitors of a group at a multiple of its planned budget, 1 at the planned one."""
    half = group.half_minor * (1 - group.carry) / group.budget_minor
    return budget / (half + budget) * (1 + half)


def _buyers(group: AdGroup, ground: Ground) -> float:
    return ground.volumes.first_orders(group.store, group.trade, group.channel) * PAID_SHARE


def _budgets(ground: Ground) -> tuple[dict[int, float], dict[int, float]]:
    """Return the multiples of the planned budgets by channel, before and after, that give the source's utilisation."""
    groups = _beauty_groups(ground)
    working = sum(group.budget_minor for group in groups if group.channel in _WORKING)
    hard = sum(group.budget_minor for group in groups if group.channel == _HARD)
    hard_before = working / hard * (1 - _WORKING_BEFORE) / _WORKING_BEFORE
    hard_after = _CUT * hard_before
    working_after = hard * hard_after * _WORKING_AFTER / (1 - _WORKING_AFTER) / working
    before = {group.channel: hard_before if group.channel == _HARD else 1.0 for group in groups}
    after = {group.channel: hard_after if group.channel == _HARD else working_after for group in groups}
    return before, after


def _cost_of_buyer(ground: Ground, budgets: dict[int, float]) -> float:
    groups = _beauty_groups(ground)
    spend = sum(group.budget_minor * budgets[group.channel] for group in groups)
    return spend / sum(_buyers(group, ground) * _at_budget(group, budgets[group.channel]) for group in groups)


def _beauty_pulls(ground: Ground) -> list[Pull]:
    day, last = _cut_day(ground), ground.days - 1
    before, after = _budgets(ground)
    # Fewer or more visitors for the same money close the gap to the source's costs of a buyer.
    reach_before = _cost_of_buyer(ground, before) / _CAC_BEFORE_MINOR
    reach_after = _cost_of_buyer(ground, after) / (_CAC_AFTER_MINOR * _LIFT)
    pulls = [Pull(Lever.STEP_PASS, x, day, last, {"step": int(s), "trade": _BEAUTY}) for s, x in _LIFT_OF_STEPS]
    for group in _beauty_groups(ground):
        at = {"ad_group": group.number}
        for first, to, budgets, reach in ((0, day - 1, before, reach_before), (day, last, after, reach_after)):
            pulls.append(Pull(Lever.BUDGET, budgets[group.channel], first, to, at))
            pulls.append(Pull(Lever.VISITORS, reach, first, to, at))
    pulls.append(Pull(Lever.RETURN_GAP, 2.4, 0, day - 1, {"trade": _BEAUTY}))
    return pulls


def _beauty_where(ground: Ground) -> Where:
    return {
        "store": ground.store_name(_OWN),
        "trade": Trade.BEAUTY.value,
        "action_day": _cut_day(ground),
        "before": [max(_cut_day(ground) - _AFTER_DAYS, 0), _cut_day(ground) - 1],
        "after": [_cut_day(ground), ground.days - 1],
        "hard_ads": [group.name for group in _beauty_groups(ground) if group.channel == _HARD],
        "working_ads": [group.name for group in _beauty_groups(ground) if group.channel in _WORKING],
    }


def _spend(seen: Seen, first: int, last: int, channels: tuple[int, ...]) -> float:
    groups = [group.number for group in _beauty_groups(seen.ground) if group.channel in channels]
    return float(seen.watch.spend_minor[first : last + 1, groups].sum())


def _measure_x01(seen: Seen) -> dict[str, Reading]:
    day, days = _cut_day(seen.ground), seen.ground.days
    found = {"acquisition_cost_change": _acquisition(seen)["acquisition_cost_change"]}
    log = seen.log
    is_new = log.is_new & (log.store == _OWN) & (log.trade == _BEAUTY)
    spans = (max(day - _AFTER_DAYS, 0), day - 1), (day, days - 1)
    counts = []
    for first, last in spans:
        visits = float(seen.watch.visitors[first : last + 1, _OWN, _BEAUTY].sum())
        counts.append((float((is_new & within(log.created_day, first, last)).sum()), visits))
    change = share_change(counts[0], counts[1])
    found["conversion_ratio"] = Reading(change.value + 1, change.error, change.n, change.parts)
    return found


def _acquisition(seen: Seen) -> dict[str, Reading]:
    day, days, log = _cut_day(seen.ground), seen.ground.days, seen.log
    ads = (*_WORKING, _HARD)
    is_new = log.is_new & (log.store == _OWN) & (log.trade == _BEAUTY) & np.isin(log.channel, ads)
    cost, n = [], []
    for first, last in ((max(day - _AFTER_DAYS, 0), day - 1), (day, days - 1)):
        n.append(float((is_new & within(log.created_day, first, last)).sum()))
        cost.append(_spend(seen, first, last, ads) / n[-1])
    error = float(np.sqrt(1 / n[0] + 1 / n[1]))
    ratio = cost[1] / cost[0]
    return {
        "acquisition_cost_before": Reading(cost[0] / 100, cost[0] / 100 / n[0] ** 0.5, n[0]),
        "acquisition_cost_after": Reading(cost[1] / 100, cost[1] / 100 / n[1] ** 0.5, n[1]),
        "acquisition_cost_change": Reading(
            ratio - 1, ratio * error, n[0] + n[1], {"before": cost[0] / 100, "after": cost[1] / 100}
        ),
    }


def _measure_x02(seen: Seen) -> dict[str, Reading]:
    day, days = _cut_day(seen.ground), seen.ground.days
    found = _acquisition(seen)
    for name, first, last in (("before", max(day - _AFTER_DAYS, 0), day - 1), ("after", day, days - 1)):
        working = _spend(seen, first, last, _WORKING)
        found[f"working_share_{name}"] = Reading(working / (working + _spend(seen, first, last, (_HARD,))))
        wait = seen.watch.waits[_BEAUTY]
        waited = np.concatenate([np.empty(0), *(wait[one] for one in range(first, last + 1) if one in wait)])
        if waited.size > 1:
            error = float(waited.std() / np.sqrt(waited.size))
            found[f"cycle_days_{name}"] = Reading(float(waited.mean()), error, waited.size)
    return found


# the page on which weight, cut and delivery slot of fresh food are chosen.
_VARIANT_LIFT = 1.17
_VARIANT_DAYS = 60


def _x06_where(ground: Ground) -> Where:
    day = ground.days - _VARIANT_DAYS
    return {
        "store": ground.store_name(_OWN),
        "trade": Trade.HOME.value,
        "step": Step.VARIANT.name.lower(),
        "action_day": day,
        "before": [max(day - _VARIANT_DAYS, 0), day - 1],
        "after": [day, ground.days - 1],
    }


def _x06_pulls(ground: Ground) -> list[Pull]:
    at = {"step": int(Step.VARIANT), "trade": _HOME}
    return [Pull(Lever.STEP_PASS, _VARIANT_LIFT, ground.days - _VARIANT_DAYS, ground.days - 1, at)]


def _measure_x06(seen: Seen) -> dict[str, Reading]:
    day = seen.ground.days - _VARIANT_DAYS
    sessions = seen.watch.sessions[:, _HOME].astype(np.float64)
    before, after = sessions[max(day - _VARIANT_DAYS, 0) : day].sum(axis=0), sessions[day:].sum(axis=0)
    change = share_change((before[Step.VARIANT], before[Step.ITEM]), (after[Step.VARIANT], after[Step.ITEM]))
    return {"step_pass_change": change}


# live sessions of the Douyin shop against the official account of the own site.


def _measure_x10(seen: Seen) -> dict[str, Reading]:
    log, live, account = seen.log, CHANNEL_OF["live"], CHANNEL_OF["official_account"]
    is_live = (log.store == _DOUYIN) & (log.channel == live) & log.is_new
    is_account = (log.store == _OWN) & (log.channel == account) & log.is_new
    came_live = float(seen.watch.visitors[:, _DOUYIN, :, live].sum())
    came_account = float(seen.watch.visitors[:, _OWN, :, account].sum())
    rate = share_change((float(is_account.sum()), came_account), (float(is_live.sum()), came_live))
    both = np.intersect1d(np.unique(log.trade[is_live]), np.unique(log.trade[is_account]))
    value = mean_change(
        log.due_minor[is_account & np.isin(log.trade, both)], log.due_minor[is_live & np.isin(log.trade, both)]
    )
    per_visitor = (1 + rate.value) * (1 + value.value)
    error = per_visitor * float(np.hypot(rate.error / (1 + rate.value), value.error / (1 + value.value)))
    return {
        "conversion_ratio": Reading(1 + rate.value, rate.error, rate.n, rate.parts),
        "order_value_change": value,
        "value_per_visitor_ratio": Reading(per_visitor, error, rate.n),
    }


# what a buyer costs whom a friend brings, in costs of a buyer whom ads bring.


def _measure_x18(seen: Seen) -> dict[str, Reading]:
    log, referral = seen.log, CHANNEL_OF["referral"]
    is_new = log.is_new & (log.store == _OWN)
    ads = (*_WORKING, _HARD)
    groups = [g.number for g in seen.ground.volumes.ad_groups if g.store == _OWN and g.trade != _BEAUTY]
    by_ads = float((is_new & np.isin(log.channel, ads) & (log.trade != _BEAUTY)).sum())
    by_friends = float((is_new & (log.channel == referral)).sum())
    cost_of_ads = float(seen.watch.spend_minor[:, groups].sum()) / by_ads
    cost_of_friends = float(seen.watch.rewards_minor[:, referral].sum()) / by_friends
    ratio = cost_of_friends / cost_of_ads
    parts = {"ads": cost_of_ads / 100, "friends": cost_of_friends / 100}
    return {"cost_ratio": Reading(ratio, ratio * float(np.sqrt(1 / by_ads + 1 / by_friends)), by_ads, parts)}


# tests on visitors of the own site.


def _tested(seen: Seen, number: int, arm: int, what: str) -> Reading | None:
    """Return the change that an arm makes against the first one: of clicks per viewer or of orders per visitor."""
    trials = seen.trials
    counts = trials.clickers[number] if what == "click" else trials.buyers[number]
    bases = trials.viewers[number] if what == "click" else trials.visitors[number]
    if min(counts[0], counts[arm]) == 0:
        return None
    return share_change((float(counts[0]), float(bases[0])), (float(counts[arm]), float(bases[arm])))


def _measure_x16(seen: Seen) -> dict[str, Reading]:
    asked = {"click_rate_change": _tested(seen, 16, 1, "click"), "conversion_change": _tested(seen, 16, 1, "order")}
    return {name: reading for name, reading in asked.items() if reading is not None}


def _measure_x23(seen: Seen) -> dict[str, Reading]:
    asked = {
        "discount_click_rate_change": _tested(seen, 23, 1, "click"),
        "novelty_conversion_change": _tested(seen, 23, 2, "order"),
    }
    return {name: reading for name, reading in asked.items() if reading is not None}


# in the middle of 618 the budgets of daily goods move to the channel that converts and earns.
_FMCG = (1, 3, 4)
_SHIFT = 0.8
"""Part of the feed ads' budget that moves to search ads."""
_ROI_CHANGE = 0.28
_VALUE_OF_LIST = 1.15
"""Value of a first order in list prices of one SKU: further lines on top, discounts off."""


def _shift_days(ground: Ground) -> tuple[int, int, int] | None:
    """Return first day, day of the shift and last day: the days of one phase, so that no discount changes between."""
    for year in (ground.options.end.year, ground.options.end.year - 1, ground.options.end.year - 2):
        first = (date(year, 6, 4) - ground.options.start).days
        if first >= 0 and first + 10 < ground.days:
            return first, first + 5, first + 10
    return None


def _fmcg_groups(ground: Ground) -> list[AdGroup]:
    return [
        group
        for group in ground.volumes.ad_groups
        if group.store in _FMCG and _TRADES[group.trade] in (Trade.BABY, Trade.HOME)
    ]


def _shifted(ground: Ground, group: AdGroup) -> float:
    """Return the multiple of a group's planned budget after the shift; all together spend as before."""
    own = [each for each in _fmcg_groups(ground) if each.store == group.store]
    feed = sum(each.budget_minor for each in own if each.channel == _WORKING[1])
    search = sum(each.budget_minor for each in own if each.channel == _WORKING[0])
    return 1 - _SHIFT if group.channel == _WORKING[1] else 1 + _SHIFT * feed / search


def _worth(ground: Ground, group: AdGroup, budget: float, feed_factor: float) -> float:
    """Return what the buyers of a group pay a day."""
    skus = ground.shelf.sold_in(group.store)
    own = skus[ground.shelf.trade[skus] == group.trade]
    value = weighted(ground.shelf.list_minor[own].astype(np.float64), ground.shelf.popularity[own]) * _VALUE_OF_LIST
    factor = feed_factor if group.channel == _WORKING[1] else 1.0
    return value * _buyers(group, ground) * _at_budget(group, budget) * factor


def _feed_factor(ground: Ground) -> float:
    """Return how badly the feed ads have to convert during 618 for the shift to raise the ROI as the source says."""
    groups = _fmcg_groups(ground)
    spend = sum(group.budget_minor for group in groups)

    def missing(feed_factor: float) -> float:
        before = sum(_worth(ground, group, 1.0, feed_factor) for group in groups) / spend - 1
        after = sum(_worth(ground, group, _shifted(ground, group), feed_factor) for group in groups) / spend - 1
        return after / before - 1 - _ROI_CHANGE if before > 0 else 1.0

    low, high = 0.02, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if missing(middle) > 0 else (low, middle)
    return high


def _x12_pulls(ground: Ground) -> list[Pull]:
    days = _shift_days(ground)
    assert days is not None
    first, shift, last = days
    factor = _feed_factor(ground)
    stores = sorted({group.store for group in _fmcg_groups(ground)})
    pulls = [Pull(Lever.CONVERSION, factor, first, last, {"store": s, "channel": _WORKING[1]}) for s in stores]
    for group in _fmcg_groups(ground):
        pulls.append(Pull(Lever.BUDGET, _shifted(ground, group), shift, last, {"ad_group": group.number}))
    return pulls


def _x12_where(ground: Ground) -> Where:
    days = _shift_days(ground)
    assert days is not None
    first, shift, last = days
    return {
        "stores": sorted({ground.store_name(group.store) for group in _fmcg_groups(ground)}),
        "promotion": "618",
        "channels": ["直通车", "引力魔方"],
        "before": [first, shift - 1],
        "after": [shift, last],
    }


def _x12_obstacle(ground: Ground) -> tuple[str, str] | None:
    if _shift_days(ground) is None:
        return "这段时间里没有 618（6月4日至14日）", "the days hold no 618 (4 to 14 June)"
    if not _fmcg_groups(ground):
        return "没有卖母婴或家居的店铺投广告", "no store with ads sells baby or home goods"
    return None


def _measure_x12(seen: Seen) -> dict[str, Reading]:
    days = _shift_days(seen.ground)
    assert days is not None
    first, shift, last = days
    log, groups = seen.log, _fmcg_groups(seen.ground)
    places = np.unique([group.store * len(_TRADES) + group.trade for group in groups])
    is_ours = np.isin(log.store * len(_TRADES) + log.trade, places) & np.isin(log.channel, _WORKING) & log.is_new
    is_ours &= within(log.created_day, first, last)
    value = float(log.due_minor[is_ours].mean())
    numbers = [group.number for group in groups]
    roi = []
    for start, end in ((first, shift - 1), (shift, last)):
        # Few orders: the chances of the visits say more than the dice that decided them.
        orders = float(seen.watch.expected_orders[start : end + 1, numbers].sum()) * PAID_SHARE
        roi.append(orders * value / float(seen.watch.spend_minor[start : end + 1, numbers].sum()) - 1)
    n = float(is_ours.sum())
    spread = float(log.due_minor[is_ours].std()) / value / n**0.5
    change = roi[1] / roi[0] - 1
    # The error of the mean value moves both ROIs the same way; what is left is its effect on their ratio.
    error = abs((1 + roi[1]) / roi[1] - (1 + roi[0]) / roi[0]) * (1 + change) * spread
    return {"roi_change": Reading(change, error, n, {"before": roi[0], "after": roi[1]})}


STORIES: tuple[Story, ...] = (
    Story(
        "X-01", "美妆削减一半硬广", "Beauty cuts half of its hard ads", _AFTER_DAYS + 28, ((_OWN, Trade.BEAUTY),),
        (
            Figure("acquisition_cost_change", "-40%", -0.375, 0.04,
                   "原文正文称 -40%，其表格 120→75 元为 -37.5%，按表格植入。",
                   "The text says -40%; its own table, 120 to 75 yuan, is -37.5%, which is planted."),
            Figure("conversion_ratio", "近2.5倍", 2.5, 0.2),
        ),
        _beauty_where, _measure_x01, _beauty_pulls,
    ),
    Story(
        "X-02", "获客成本、预算利用率与转化周期", "Cost of a buyer, share of working budget, days to convert",
        _AFTER_DAYS + 28, ((_OWN, Trade.BEAUTY),),
        (
            Figure("acquisition_cost_before", "¥120", 120.0, 8.0),
            Figure("acquisition_cost_after", "¥75", 75.0, 6.0),
            Figure("acquisition_cost_change", "-37.5%", -0.375, 0.04),
            Figure("working_share_before", "约45%", 0.45, 0.03),
            Figure("working_share_after", "约80%", 0.80, 0.03),
            Figure("cycle_days_before", "平均7-10天", 8.5, 1.5,
                   "指不止一次到访的买家，从首次触达到下单。", "Of buyers who came more than once, from first touch to order."),
            Figure("cycle_days_after", "3-5天", 4.0, 1.0),
        ),
        _beauty_where, _measure_x02,
    ),
    Story(
        "X-06", "生鲜规格选择页是流失重灾区", "The variant step of fresh food loses most", _VARIANT_DAYS + 28,
        ((_OWN, Trade.HOME),),
        (Figure("step_pass_change", "+17%", 0.17, 0.03, "相对提升。", "Relative."),),
        _x06_where, _measure_x06, _x06_pulls,
    ),
    Story(
        "X-10", "抖音直播与公众号", "Douyin live against the official account", 60, ((_DOUYIN, None), (_OWN, None)),
        (
            Figure("conversion_ratio", "3倍", 3.0, 0.3),
            Figure("order_value_change", "-15%", -0.15, 0.06),
            Figure("value_per_visitor_ratio", "3×0.85", 2.55, 0.3),
        ),
        lambda ground: {"live": ground.store_name(_DOUYIN), "official_account": ground.store_name(_OWN)},
        _measure_x10,
    ),
    Story(
        "X-12", "618 向高转化高毛利渠道倾斜", "618: budget moves to the channel that converts and earns", 30, (),
        (Figure("roi_change", "+28%", _ROI_CHANGE, 0.12),),
        _x12_where, _measure_x12, _x12_pulls, _x12_obstacle,
    ),
    Story(
        "X-16", "兴趣标签库推荐", "Recommendation by tags", 49, ((_OWN, None),),
        (Figure("click_rate_change", "+35%", 0.35, 0.05), Figure("conversion_change", "+12%", 0.12, 0.05)),
        lambda ground: {"store": ground.store_name(_OWN), "experiment": 16}, _measure_x16,
    ),
    Story(
        "X-18", "好友裂变获客成本", "What a buyer costs whom a friend brings", 60, ((_OWN, None),),
        (Figure("cost_ratio", "1/5", 0.2, 0.03),),
        lambda ground: {"store": ground.store_name(_OWN), "channels": ["好友裂变", "直通车", "引力魔方", "硬广"]},
        _measure_x18,
    ),
    Story(
        "X-23", "首页Banner 5%流量测试", "A banner test on 5% of the visitors", 49, ((_OWN, None),),
        (
            Figure("discount_click_rate_change", "+12%", 0.12, 0.05),
            Figure("novelty_conversion_change", "+8%", 0.08, 0.05),
        ),
        lambda ground: {"store": ground.store_name(_OWN), "experiment": 23}, _measure_x23,
    ),
)  # fmt: skip
