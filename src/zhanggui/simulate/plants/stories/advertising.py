"""X-01, X-02 and X-18: what a buyer costs, before and after half of the hard ads went."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.story import (
    BEAUTY,
    OWN_SITE,
    Figure,
    Ground,
    Reading,
    Readings,
    Seen,
    Story,
    Where,
    ratio_of,
    share_change,
    within,
)
from zhanggui.simulate.records import Step
from zhanggui.simulate.rows import Column
from zhanggui.simulate.scene.ads import AdGroup
from zhanggui.simulate.scene.channels import PAID_SHARE
from zhanggui.simulate.stores import CHANNEL_OF

AFTER_DAYS = 91
"""Three months."""
_QUIET_DAYS = 30
"""Who came before the first day cannot be known: the first weeks say nothing of the days from touch to order."""
_COST_BEFORE_MINOR, _COST_AFTER_MINOR = 12_000, 7_500
_WORKING_BEFORE, _WORKING_AFTER = 0.45, 0.80
_CUT = 0.5
_LIFT_OF_STEPS = ((Step.ITEM, 1.25), (Step.VARIANT, 1.42), (Step.CART_ADD, 1.31))
"""Factors on three steps, none of which comes near certainty; together with the better mix of ads they make 2.5."""
_LIFT_OF_BUYERS = 2.145
"""What they make of the visitors of ads."""
_GAP_BEFORE, _GAP_AFTER = 3.9, 0.75
"""Factors on the days between visits at which buyers take as long as the source says."""
_FEWER_RETURN = 1.10
"""Visitors needed where gaps are long: more of them never come again."""
_MORE_BUYERS, _MORE_OF_OTHERS = 1.08, 1.22
"""Buyers of the ads for each that is planned, of beauty and of the rest: promotions, tests and other examples convert
better than plain days."""

WORKING = (CHANNEL_OF["search_ads"], CHANNEL_OF["feed_ads"])
_HARD = CHANNEL_OF["hard_ads"]
_ADS = (*WORKING, _HARD)
_REFERRAL = CHANNEL_OF["referral"]


def cut_day(ground: Ground) -> int:
    """Return the day on which the budgets of the beauty trade change."""
    return ground.days - AFTER_DAYS


def at_budget(group: AdGroup, budget: float) -> float:
    """Return the visitors of a group at a multiple of its planned budget, as a multiple of the planned ones."""
    half = group.half_minor * (1 - group.carry) / group.budget_minor
    return budget / (half + budget) * (1 + half)


def planned_buyers(group: AdGroup, ground: Ground) -> float:
    """Return the buyers that a group brings a day at its planned budget."""
    first_orders = ground.volumes.first_orders(group.store, group.trade, group.channel)
    siblings = [
        each.budget_minor
        for each in ground.volumes.ad_groups
        if (each.store, each.trade, each.channel) == (group.store, group.trade, group.channel)
    ]
    return first_orders * PAID_SHARE * group.budget_minor / sum(siblings)


def _groups(ground: Ground, *, is_beauty: bool) -> list[AdGroup]:
    own = [group for group in ground.volumes.ad_groups if group.store == OWN_SITE]
    return [group for group in own if (group.trade == BEAUTY) is is_beauty]


def _budgets(ground: Ground) -> tuple[dict[int, float], dict[int, float]]:
    """Return the multiples of the planned budgets by channel, before and after, that give the source's utilisation."""
    groups = _groups(ground, is_beauty=True)
    working = sum(group.budget_minor for group in groups if group.channel in WORKING)
    hard = sum(group.budget_minor for group in groups if group.channel == _HARD)
    hard_before = working / hard * (1 - _WORKING_BEFORE) / _WORKING_BEFORE
    hard_after = _CUT * hard_before
    working_after = hard * hard_after * _WORKING_AFTER / (1 - _WORKING_AFTER) / working
    before = {group.channel: hard_before if group.channel == _HARD else 1.0 for group in groups}
    after = {group.channel: hard_after if group.channel == _HARD else working_after for group in groups}
    return before, after


def _cost_minor(ground: Ground, budgets: dict[int, float]) -> float:
    groups = _groups(ground, is_beauty=True)
    spend = sum(group.budget_minor * budgets[group.channel] for group in groups)
    buyers = sum(planned_buyers(group, ground) * at_budget(group, budgets[group.channel]) for group in groups)
    return spend / buyers / _MORE_BUYERS


def _beauty_pulls(ground: Ground) -> list[Pull]:
    day, last = cut_day(ground), ground.days - 1
    before, after = _budgets(ground)
    # Fewer or more visitors for the same money close the gap to the source's costs of a buyer.
    reach_before = _cost_minor(ground, before) / _COST_BEFORE_MINOR * _FEWER_RETURN
    reach_after = _cost_minor(ground, after) / (_COST_AFTER_MINOR * _LIFT_OF_BUYERS)
    pulls = [Pull(Lever.STEP_PASS, x, day, last, {"step": int(s), "trade": BEAUTY}) for s, x in _LIFT_OF_STEPS]
    for first, to, budgets, reach in ((0, day - 1, before, reach_before), (day, last, after, reach_after)):
        for group in _groups(ground, is_beauty=True):
            at = {"ad_group": group.number}
            pulls.append(Pull(Lever.BUDGET, budgets[group.channel], first, to, at))
            pulls.append(Pull(Lever.VISITORS, reach, first, to, at))
    for first, to, gap in ((0, day - 1, _GAP_BEFORE), (day, last, _GAP_AFTER)):
        pulls.append(Pull(Lever.RETURN_GAP, gap, first, to, {"trade": BEAUTY}))
    return pulls


def _spans(ground: Ground) -> tuple[tuple[int, int], tuple[int, int]]:
    day = cut_day(ground)
    return (max(day - AFTER_DAYS, 0), day - 1), (day, ground.days - 1)


def _where(ground: Ground) -> Where:
    before, after = _spans(ground)
    groups = _groups(ground, is_beauty=True)
    return {
        "store": ground.store_name(OWN_SITE),
        "trade": Trade.BEAUTY.value,
        "action_day": cut_day(ground),
        "before": list(before),
        "after": list(after),
        "hard_ads": [group.name for group in groups if group.channel == _HARD],
        "working_ads": [group.name for group in groups if group.channel in WORKING],
    }


def _new_buyers(seen: Seen, span: tuple[int, int]) -> Column:
    log = seen.log
    found: Column = log.is_new & (log.store == OWN_SITE) & within(log.created_day, *span)
    return found


def _spend(seen: Seen, span: tuple[int, int], groups: list[AdGroup]) -> float:
    return float(seen.watch.spend_minor[span[0] : span[1] + 1, [group.number for group in groups]].sum())


def _measure_x01(seen: Seen) -> Readings:
    counts = []
    for span in _spans(seen.ground):
        visits = float(seen.watch.visitors[span[0] : span[1] + 1, OWN_SITE, BEAUTY].sum())
        counts.append((float((_new_buyers(seen, span) & (seen.log.trade == BEAUTY)).sum()), visits))
    return {
        "acquisition_cost_change": _acquisition(seen)["acquisition_cost_change"],
        "conversion_ratio": ratio_of(share_change(*counts)),
    }


def _acquisition(seen: Seen) -> Readings:
    groups = _groups(seen.ground, is_beauty=True)
    log = seen.log
    by_ads = np.isin(log.channel, _ADS) & (log.trade == BEAUTY)
    n = [float((_new_buyers(seen, span) & by_ads).sum()) for span in _spans(seen.ground)]
    if min(n) == 0:
        return dict.fromkeys(("acquisition_cost_before", "acquisition_cost_after", "acquisition_cost_change"))
    cost = [_spend(seen, span, groups) / k / 100 for span, k in zip(_spans(seen.ground), n, strict=True)]
    ratio, error = cost[1] / cost[0], float(np.sqrt(1 / n[0] + 1 / n[1]))
    parts = {"before": cost[0], "after": cost[1]}
    return {
        "acquisition_cost_before": Reading(cost[0], cost[0] / n[0] ** 0.5, n[0]),
        "acquisition_cost_after": Reading(cost[1], cost[1] / n[1] ** 0.5, n[1]),
        "acquisition_cost_change": Reading(ratio - 1, ratio * error, n[0] + n[1], parts),
    }


def _measure_x02(seen: Seen) -> Readings:
    found = _acquisition(seen)
    groups = _groups(seen.ground, is_beauty=True)
    working = [group for group in groups if group.channel in WORKING]
    spans = dict(zip(("before", "after"), _spans(seen.ground), strict=True))
    for name, span in spans.items():
        found[f"working_share_{name}"] = Reading(_spend(seen, span, working) / _spend(seen, span, groups))
    first, last = spans["before"]
    found["cycle_days_before"] = _cycle(seen, max(first, _QUIET_DAYS), last)
    # Who came before the change came at the old pace: they are let pass.
    first, last = spans["after"]
    found["cycle_days_after"] = _cycle(seen, first + _QUIET_DAYS, last)
    return found


def _cycle(seen: Seen, first: int, last: int) -> Reading | None:
    waits = seen.watch.waits[BEAUTY]
    waited = np.concatenate([np.empty(0), *(waits[day] for day in range(first, last + 1) if day in waits)])
    if waited.size < 2:
        return None
    return Reading(float(waited.mean()), float(waited.std() / np.sqrt(waited.size)), waited.size)


def _x18_pulls(ground: Ground) -> list[Pull]:
    at = [{"ad_group": group.number} for group in _groups(ground, is_beauty=False)]
    return [Pull(Lever.VISITORS, 1 / _MORE_OF_OTHERS, 0, ground.days - 1, each) for each in at]


def _measure_x18(seen: Seen) -> Readings:
    log, span = seen.log, (0, seen.ground.days - 1)
    is_new = _new_buyers(seen, span)
    by_ads = float((is_new & np.isin(log.channel, _ADS) & (log.trade != BEAUTY)).sum())
    by_friends = float((is_new & (log.channel == _REFERRAL)).sum())
    if min(by_ads, by_friends) == 0:
        return {"cost_ratio": None}
    ads = _spend(seen, span, _groups(seen.ground, is_beauty=False)) / by_ads / 100
    friends = float(seen.watch.rewards_minor[:, _REFERRAL].sum()) / by_friends / 100
    error = friends / ads * float(np.sqrt(1 / by_ads + 1 / by_friends))
    return {"cost_ratio": Reading(friends / ads, error, by_ads + by_friends, {"ads": ads, "friends": friends})}


STORIES: tuple[Story, ...] = (
    Story(
        id="X-01",
        title_zh="美妆削减一半硬广",
        title_en="Beauty cuts half of its hard ads",
        least_days=AFTER_DAYS + 42,
        stores=((OWN_SITE, Trade.BEAUTY),),
        figures=(
            Figure(
                "acquisition_cost_change",
                "-40%",
                -0.375,
                0.04,
                "正文称 -40%，同文表格 120→75 元为 -37.5%；按表格植入。",
                "The text says -40%; its own table, 120 to 75 yuan, is -37.5%, which is planted.",
            ),
            Figure("conversion_ratio", "近2.5倍", 2.5, 0.2),
        ),
        where=_where,
        measure=_measure_x01,
        pulls=_beauty_pulls,
    ),
    Story(
        id="X-02",
        title_zh="获客成本、预算利用率与转化周期",
        title_en="Cost of a buyer, share of working budget, days to convert",
        least_days=AFTER_DAYS + 42,
        stores=((OWN_SITE, Trade.BEAUTY),),
        figures=(
            Figure("acquisition_cost_before", "¥120", 120.0, 8.0, "广告带来的新买家。", "New buyers by ads."),
            Figure("acquisition_cost_after", "¥75", 75.0, 6.0),
            Figure("acquisition_cost_change", "-37.5%", -0.375, 0.04),
            Figure("working_share_before", "约45%", 0.45, 0.03, "有效：直通车与引力魔方。", "Search and feed."),
            Figure("working_share_after", "约80%", 0.80, 0.03),
            Figure(
                "cycle_days_before",
                "平均7-10天",
                8.5,
                1.5,
                "不止一次到访的买家，从首次触达到下单。",
                "Buyers who came more than once, from first touch to order.",
            ),
            Figure("cycle_days_after", "3-5天", 4.0, 1.0),
        ),
        where=_where,
        measure=_measure_x02,
    ),
    Story(
        id="X-18",
        title_zh="好友裂变获客成本",
        title_en="What a buyer costs whom a friend brings",
        least_days=60,
        stores=((OWN_SITE, None),),
        figures=(Figure("cost_ratio", "1/5", 0.2, 0.03, "对比除美妆外的广告。", "Beauty left out."),),
        where=lambda ground: {
            "store": ground.store_name(OWN_SITE),
            "channels": ["好友裂变", "直通车", "引力魔方", "硬广"],
        },
        measure=_measure_x18,
        pulls=_x18_pulls,
        obstacle=lambda ground: (
            None if _groups(ground, is_beauty=False) else ("除美妆外没有投广告的行业", "no trade but beauty has ads")
        ),
    ),
)
"""X-01, X-02 and X-18."""
