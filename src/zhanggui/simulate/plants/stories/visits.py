"""X-06, X-10, X-16 and X-23: what visitors of the own site and of a live room do."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.stories.advertising import AFTER_DAYS
from zhanggui.simulate.plants.stories.loyalty import RECOMMENDED_LEAST_DAYS
from zhanggui.simulate.plants.story import (
    BABY,
    BEAUTY,
    DOUYIN,
    FASHION,
    HOME,
    OWN_SITE,
    Figure,
    Ground,
    Reading,
    Readings,
    Seen,
    Story,
    Where,
    mean_change,
    ratio_of,
    share_change,
)
from zhanggui.simulate.records import Step
from zhanggui.simulate.stores import CHANNEL_OF

_MENDED_DAYS = 60
_STEP_LIFT = 1.145
"""Visits of customers pass the step more often than others, and fewer of them come where more order."""
_LIVE, _ACCOUNT = CHANNEL_OF["live"], CHANNEL_OF["official_account"]
_OWN_STORE = ((OWN_SITE, None),)


def _x06_where(ground: Ground) -> Where:
    day = ground.days - _MENDED_DAYS
    return {
        "store": ground.store_name(OWN_SITE),
        "trade": Trade.HOME.value,
        "step": Step.VARIANT.name.lower(),
        "action_day": day,
        "before": [max(day - _MENDED_DAYS, 0), day - 1],
        "after": [day, ground.days - 1],
    }


def _x06_pulls(ground: Ground) -> list[Pull]:
    at = {"step": int(Step.VARIANT), "trade": HOME}
    return [Pull(Lever.STEP_PASS, _STEP_LIFT, ground.days - _MENDED_DAYS, ground.days - 1, at)]


def _measure_x06(seen: Seen) -> Readings:
    day = seen.ground.days - _MENDED_DAYS
    sessions = seen.watch.sessions[:, HOME].astype(np.float64)
    before, after = sessions[max(day - _MENDED_DAYS, 0) : day].sum(axis=0), sessions[day:].sum(axis=0)
    change = share_change((before[Step.VARIANT], before[Step.ITEM]), (after[Step.VARIANT], after[Step.ITEM]))
    return {"step_pass_change": change}


def _untreated(ground: Ground) -> dict[int, int]:
    """Return, by trade, the last day on which nothing else that is planted changes the own site's conversion."""
    days = ground.days
    found = {BABY: days - 1, HOME: days - 1, BEAUTY: days - 1, FASHION: days - 1}
    if days >= AFTER_DAYS:
        found[BEAUTY] = days - AFTER_DAYS - 1
    if days >= _MENDED_DAYS:
        found[HOME] = days - _MENDED_DAYS - 1
    if days >= RECOMMENDED_LEAST_DAYS:
        found[FASHION] = -1
    return found


def _measure_x10(seen: Seen) -> Readings:
    log = seen.log
    last = _untreated(seen.ground)
    limit = np.array([last[trade] for trade in (BEAUTY, FASHION, BABY, HOME)])
    is_account = (log.store == OWN_SITE) & (log.channel == _ACCOUNT) & (log.created_day <= limit[log.trade])
    is_live = (log.store == DOUYIN) & (log.channel == _LIVE)
    came_account = sum(float(seen.watch.visitors[: last[trade] + 1, OWN_SITE, trade, _ACCOUNT].sum()) for trade in last)
    came_live = float(seen.watch.visitors[:, DOUYIN, :, _LIVE].sum())
    rate = ratio_of(
        share_change(
            (float((is_account & log.is_new).sum()), came_account), (float((is_live & log.is_new).sum()), came_live)
        )
    )
    is_beauty = log.trade == BEAUTY
    value = mean_change(log.due_minor[is_account & is_beauty], log.due_minor[is_live & is_beauty])
    found: Readings = {"conversion_ratio": rate, "order_value_change": value, "value_per_visitor_ratio": None}
    if rate is not None and value is not None:
        product = rate.value * (1 + value.value)
        error = product * float(np.hypot(rate.error / rate.value, value.error / (1 + value.value)))
        found["value_per_visitor_ratio"] = Reading(product, error, rate.n)
    return found


def _tested(seen: Seen, number: int, arm: int, what: str) -> Reading | None:
    """Return the change that an arm makes against the first: of clicks per viewer, or of orders per visitor."""
    trials = seen.trials
    counts = trials.clickers[number] if what == "click" else trials.buyers[number]
    bases = trials.viewers[number] if what == "click" else trials.visitors[number]
    return share_change((float(counts[0]), float(bases[0])), (float(counts[arm]), float(bases[arm])))


def _measure_x16(seen: Seen) -> Readings:
    return {"click_rate_change": _tested(seen, 16, 1, "click"), "conversion_change": _tested(seen, 16, 1, "order")}


def _measure_x23(seen: Seen) -> Readings:
    return {
        "discount_click_rate_change": _tested(seen, 23, 1, "click"),
        "novelty_conversion_change": _tested(seen, 23, 2, "order"),
    }


STORIES: tuple[Story, ...] = (
    Story(
        id="X-06",
        title_zh="生鲜规格选择页是流失重灾区",
        title_en="The variant step of fresh food loses most",
        least_days=_MENDED_DAYS + 28,
        stores=((OWN_SITE, Trade.HOME),),
        figures=(Figure("step_pass_change", "+17%", 0.17, 0.03, "相对提升。", "Relative."),),
        where=_x06_where,
        measure=_measure_x06,
        pulls=_x06_pulls,
    ),
    Story(
        id="X-10",
        title_zh="抖音直播与公众号",
        title_en="Douyin live against the official account",
        least_days=AFTER_DAYS + 42,
        stores=((DOUYIN, Trade.BEAUTY), (OWN_SITE, Trade.BEAUTY)),
        figures=(
            Figure(
                "conversion_ratio",
                "3倍",
                3.0,
                0.3,
                "公众号只取没有其他案例改动转化的行业和日子。",
                "Of the account, trades and days on which no other example changes the conversion.",
            ),
            Figure("order_value_change", "-15%", -0.15, 0.06, "同比美妆订单。", "Beauty orders of both."),
            Figure("value_per_visitor_ratio", "3×0.85", 2.55, 0.3),
        ),
        where=lambda ground: {
            "live": {"store": ground.store_name(DOUYIN), "channel": "直播"},
            "official_account": {"store": ground.store_name(OWN_SITE), "channel": "公众号"},
            "last_days_by_trade": {list(Trade)[trade].value: day for trade, day in _untreated(ground).items()},
        },
        measure=_measure_x10,
    ),
    Story(
        id="X-16",
        title_zh="兴趣标签库推荐",
        title_en="Recommendation by tags",
        least_days=63,
        stores=_OWN_STORE,
        figures=(Figure("click_rate_change", "+35%", 0.35, 0.05), Figure("conversion_change", "+12%", 0.12, 0.05)),
        where=lambda ground: {"store": ground.store_name(OWN_SITE), "experiment": 16},
        measure=_measure_x16,
    ),
    Story(
        id="X-23",
        title_zh="首页Banner 5%流量测试",
        title_en="A banner test on 5% of the visitors",
        least_days=63,
        stores=_OWN_STORE,
        figures=(
            Figure("discount_click_rate_change", "+12%", 0.12, 0.05),
            Figure("novelty_conversion_change", "+8%", 0.08, 0.05),
        ),
        where=lambda ground: {"store": ground.store_name(OWN_SITE), "experiment": 23},
        measure=_measure_x23,
    ),
)
"""X-06, X-10, X-16 and X-23."""
