"""X-13, X-14, X-15, X-17, X-19 and X-21: what experiments on people bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from zhanggui.simulate.options import Trade
from zhanggui.simulate.plants.experiments import FIRST_DAY, LEAST_DAYS
from zhanggui.simulate.plants.story import (
    OWN_SITE,
    TMALL_BABY,
    TMALL_BEAUTY,
    Figure,
    Readings,
    Seen,
    Story,
    share,
    share_change,
)

_MONTH, _WEEK = 30, 7


def _bought(seen: Seen, number: int, days: int) -> list[tuple[float, float]]:
    """Return, for each arm, who paid for an order within so many days after entering, and who entered."""
    person, arm, day = seen.trials.entrants(number)
    is_over = day + days <= seen.ground.days
    person, arm, day = person[is_over], arm[is_over], day[is_over]
    keys = np.unique(seen.log.person * 10_000 + seen.log.paid_day)
    since = np.searchsorted(keys, person * 10_000 + day)
    until = np.searchsorted(keys, person * 10_000 + day + days)
    n_arms = len(seen.trials.visitors[number])
    buyers = np.bincount(arm[until > since], minlength=n_arms)
    return [(float(k), float(n)) for k, n in zip(buyers, np.bincount(arm, minlength=n_arms), strict=True)]


def _treated_share(number: int, days: int, name: str) -> Callable[[Seen], Readings]:
    """Return how to read the share of the treated who pay within so many days; the control's stands beside it."""

    def measured(seen: Seen) -> Readings:
        control, treated = _bought(seen, number, days)
        reading = share(*treated)
        if reading is None or control[1] == 0:
            return {name: reading}
        return {name: replace(reading, parts={"control": control[0] / control[1]})}

    return measured


def _treated_change(number: int, days: int, name: str) -> Callable[[Seen], Readings]:
    """Return how to read the change that the treatment makes against the control."""
    return lambda seen: {name: share_change(*_bought(seen, number, days))}


def _measure_x17(seen: Seen) -> Readings:
    counts = zip(seen.trials.complaints[17], seen.trials.delivered[17], strict=True)
    return {"complaint_change": share_change(*((float(k), float(n)) for k, n in counts))}


def _least_days(window_days: int) -> int:
    return FIRST_DAY + LEAST_DAYS + window_days


STORIES: tuple[Story, ...] = (
    Story(
        id="X-13",
        title_zh="黑卡一对一导购与次日达",
        title_en="A personal guide for the best customers",
        least_days=_least_days(_MONTH),
        stores=((TMALL_BEAUTY, Trade.BEAUTY),),
        figures=(Figure("repurchase", "45%", 0.45, 0.04, "30天内再次付款的比例。", "Who pay again within 30 days."),),
        where=lambda ground: {"experiment": 13},
        measure=_treated_share(13, _MONTH, "repurchase"),
    ),
    Story(
        id="X-14",
        title_zh="第二件半价",
        title_en="The second piece at half price",
        least_days=_least_days(_MONTH),
        stores=((TMALL_BEAUTY, Trade.BEAUTY),),
        figures=(Figure("repurchase_change", "+20%", 0.20, 0.05, "相对不发券的对照组。", "Relative to no coupon."),),
        where=lambda ground: {"experiment": 14},
        measure=_treated_change(14, _MONTH, "repurchase_change"),
    ),
    Story(
        id="X-15",
        title_zh="宝宝月龄专属商品",
        title_en="Goods for the baby's age in months",
        least_days=_least_days(_MONTH),
        stores=((TMALL_BABY, Trade.BABY),),
        figures=(
            Figure(
                "wake_up_share",
                "18%",
                0.18,
                0.03,
                "被触达的沉睡用户30天内付款的比例。",
                "Part of the sleepers written to who pay within 30 days.",
            ),
        ),
        where=lambda ground: {"experiment": 15},
        measure=_treated_share(15, _MONTH, "wake_up_share"),
    ),
    Story(
        id="X-17",
        title_zh="推荐多样性",
        title_en="Diversity of recommendations",
        least_days=_least_days(_WEEK),
        stores=((OWN_SITE, None),),
        figures=(Figure("complaint_change", "-40%", -0.40, 0.08),),
        where=lambda ground: {"experiment": 17},
        measure=_measure_x17,
    ),
    Story(
        id="X-19",
        title_zh="24小时满99减50",
        title_en="50 off 99 for a day",
        least_days=_least_days(_WEEK),
        stores=((OWN_SITE, None),),
        figures=(Figure("activation_change", "+28%", 0.28, 0.08, "相对不发券的对照组。", "Relative to no coupon."),),
        where=lambda ground: {"experiment": 19},
        measure=_treated_change(19, _WEEK, "activation_change"),
    ),
    Story(
        id="X-21",
        title_zh="90天未下单挽回",
        title_en="Winning back after 90 days",
        least_days=_least_days(_MONTH),
        stores=(),
        figures=(
            Figure(
                "win_back_share",
                "22%",
                0.22,
                0.03,
                "被触达的流失预警用户30天内付款的比例。",
                "Part of those written to who pay within 30 days.",
            ),
        ),
        where=lambda ground: {"experiment": 21},
        measure=_treated_share(21, _MONTH, "win_back_share"),
    ),
)
"""The experiments on people; what they do stands in ``experiments``."""
