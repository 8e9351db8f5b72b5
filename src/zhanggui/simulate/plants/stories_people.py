"""Worked examples about people: coming back, being won, staying."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people import RHYTHMS, Tier
from zhanggui.simulate.plants.story import (
    Figure,
    Ground,
    Reading,
    Seen,
    Story,
    Where,
    buys_again,
    chance_to_come_back,
    mean_change,
    pace,
    share,
    share_change,
    within,
)
from zhanggui.simulate.records import Step
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import CHANNEL_OF, REGIONS

_TRADES = list(Trade)
_TMALL_BEAUTY, _TMALL_BABY, _PINDUODUO, _OWN = 0, 1, 4, 6
_BABY, _FASHION, _HOME = (_TRADES.index(trade) for trade in (Trade.BABY, Trade.FASHION, Trade.HOME))
_MONTH, _YEAR = 30, 365

# X-03 is arithmetic and takes no world.
_OLD_COST, _NEW_COST, _NEW_USERS = 100, 70, 10_000

# half a year of recommendations in the fashion trade of the own site.
_RECOMMENDED_DAYS = 180
_CONVERSION = (0.025, 0.038)
_USUAL_CONVERSION = 0.0230
"""First orders per visit that the mix of channels brings the own site when nothing is done."""
_REPURCHASE = (0.15, 0.22)
_FULLER_BASKETS = 2.35
"""Factor on further items at which the order value rises as the source says."""


def _start_day(ground: Ground) -> int:
    return ground.days - _RECOMMENDED_DAYS


def _sooner(chance: float, trade: Trade) -> float:
    """Return how much sooner people have to come so that this part of first buyers comes back within a month."""
    rhythm = RHYTHMS[trade]
    stays = rhythm.b / (rhythm.a + rhythm.b)
    return pace(chance / stays, _MONTH, rhythm.days, rhythm.shape)


def _x04_pulls(ground: Ground) -> list[Pull]:
    day, last = _start_day(ground), ground.days - 1
    at = {"store": _OWN, "trade": _FASHION}
    pulls = [Pull(Lever.BASKET, _FULLER_BASKETS, day, last, at)]
    for first, to, rate, again in ((0, day - 1, *_pair(0)), (day, last, *_pair(1))):
        step = (rate / _USUAL_CONVERSION) ** 0.5
        for one in (Step.VARIANT, Step.CART_ADD):
            pulls.append(Pull(Lever.STEP_PASS, step, first, to, {"step": int(one), "trade": _FASHION}))
        pulls.append(Pull(Lever.REPURCHASE, _sooner(again, Trade.FASHION), first, to, at))
    return pulls


def _pair(which: int) -> tuple[float, float]:
    return _CONVERSION[which], _REPURCHASE[which]


def _x04_where(ground: Ground) -> Where:
    day = _start_day(ground)
    return {
        "store": ground.store_name(_OWN),
        "trade": Trade.FASHION.value,
        "action_day": day,
        "before": [0, day - 1],
        "after": [day, ground.days - 1],
    }


def _measure_x04(seen: Seen) -> dict[str, Reading]:
    log, day, days = seen.log, _start_day(seen.ground), seen.ground.days
    own = (log.store == _OWN) & (log.trade == _FASHION)
    rates, again, values = [], [], []
    for first, last in ((0, day - 1), (day, days - 1)):
        visits = float(seen.watch.visitors[first : last + 1, _OWN, _FASHION].sum())
        rates.append((float((own & log.is_new & within(log.created_day, first, last)).sum()), visits))
        values.append(own & within(log.created_day, first, last))
        # Only those whom a month has passed since.
        cohort = own & log.is_first & within(log.paid_day, first, last - _MONTH)
        again.append((float(buys_again(log, cohort, _MONTH).sum()), float(cohort.sum())))
    return {
        "conversion_before": share(*rates[0]),
        "conversion_after": share(*rates[1]),
        "conversion_change": share_change(*rates),
        "order_value_change": mean_change(log.due_minor[values[0]], log.due_minor[values[1]]),
        "repurchase_before": share(*again[0]),
        "repurchase_after": share(*again[1]),
        "repurchase_change": share_change(*again),
    }


# fresh food reaches the far regions the next day.
_REGION_DAYS = 120
_FAR = (4, 5)
_RETENTION_CHANGE = 0.15
_HOURS_SAVED = -24.0


def _x22_pulls(ground: Ground) -> list[Pull]:
    rhythm = RHYTHMS[Trade.HOME]
    usual = chance_to_come_back(_MONTH, rhythm.days, rhythm.shape)
    sooner = pace(usual * (1 + _RETENTION_CHANGE), _MONTH, rhythm.days, rhythm.shape)
    first, last = ground.days - _REGION_DAYS, ground.days - 1
    pulls = []
    for region in _FAR:
        pulls.append(Pull(Lever.REPURCHASE, sooner, first, last, {"store": _PINDUODUO, "region": region}))
        pulls.append(Pull(Lever.TRANSIT_DELAY, _HOURS_SAVED, first, last, {"region": region}))
    return pulls


def _x22_where(ground: Ground) -> Where:
    day = ground.days - _REGION_DAYS
    return {
        "store": ground.store_name(_PINDUODUO),
        "regions": [REGIONS[region] for region in _FAR],
        "action_day": day,
        "before": [0, day - 1],
        "after": [day, ground.days - 1],
    }


def _measure_x22(seen: Seen) -> dict[str, Reading]:
    log, day, days = seen.log, seen.ground.days - _REGION_DAYS, seen.ground.days
    own = (log.store == _PINDUODUO) & np.isin(log.region, _FAR) & log.is_first
    counts = []
    # Who bought shortly before is met by the better delivery on his way back and says nothing of either time.
    for first, last in ((0, day - _MONTH - 1), (day, days - 1 - _MONTH)):
        cohort = own & within(log.paid_day, first, last)
        counts.append((float(buys_again(log, cohort, _MONTH).sum()), float(cohort.sum())))
    return {"retention_change": share_change(*counts)}


# experiments on people.


def _bought(seen: Seen, number: int, days: int) -> list[tuple[float, float]]:
    """Return, for each arm, who paid for an order within so many days after entering, and who entered."""
    person, arm, day = seen.trials.entrants(number)
    is_over = day + days < seen.ground.days
    person, arm, day = person[is_over], arm[is_over], day[is_over]
    keys = np.unique(seen.log.person * 10_000 + seen.log.paid_day)
    since = np.searchsorted(keys, person * 10_000 + day)
    until = np.searchsorted(keys, person * 10_000 + day + days)
    n_arms = len(seen.trials.visitors[number])
    buyers, all_ = (
        np.bincount(arm, weights, n_arms) for weights in ((until > since).astype(np.float64), np.ones(arm.size))
    )
    return [(float(k), float(n)) for k, n in zip(buyers, all_, strict=True)]


def _treated_share(seen: Seen, number: int, days: int, name: str) -> dict[str, Reading]:
    control, treated = _bought(seen, number, days)
    reading = share(*treated)
    return {name: Reading(reading.value, reading.error, treated[1], {"control": control[0] / max(control[1], 1.0)})}


def _treated_change(seen: Seen, number: int, days: int, name: str) -> dict[str, Reading]:
    control, treated = _bought(seen, number, days)
    return {name: share_change(control, treated)} if min(control[0], treated[0]) > 0 else {}


def _measure_x17(seen: Seen) -> dict[str, Reading]:
    complaints, delivered = seen.trials.complaints[17], seen.trials.delivered[17]
    if min(complaints) == 0:
        return {}
    counts = [(float(k), float(n)) for k, n in zip(complaints, delivered, strict=True)]
    return {"complaint_change": share_change(*counts)}


# what people spend in a year.


def _spent(seen: Seen, chosen: Column) -> Column:
    """Return what each person paid in the last year for the chosen orders."""
    log = seen.log
    own = chosen & within(log.paid_day, seen.ground.days - _YEAR, seen.ground.days - 1)
    return np.bincount(log.person[own], log.due_minor[own], len(seen.people))


def _ratio(of: Column, to: Column) -> Reading:
    change = mean_change(to, of)
    parts = {"of": float(of.mean()) / 100, "to": float(to.mean()) / 100}
    return Reading(1 + change.value, change.error, change.n, parts)


def _measure_x20(seen: Seen) -> dict[str, Reading]:
    spent = _spent(seen, seen.log.store == _OWN)
    tier = seen.people.tier
    gold, normal = spent[(tier == Tier.GOLD) & (spent > 0)], spent[(tier == Tier.NORMAL) & (spent > 0)]
    return {"spending_ratio": _ratio(gold, normal)} if gold.size > 1 else {}


def _measure_x24(seen: Seen) -> dict[str, Reading]:
    log, people = seen.log, seen.people
    spent = _spent(seen, log.trade == _BABY)
    is_private = (people.wecom_at >= 0) & (spent > 0)
    found = {"spending_ratio": _ratio(spent[is_private], spent[(people.wecom_at < 0) & (spent > 0)])}
    group = CHANNEL_OF["wecom_group"]
    n = float((log.is_first & (log.channel == group)).sum())
    cost = float(seen.watch.rewards_minor[:, group].sum()) / 100
    found["acquisition_cost"] = Reading(cost / max(n, 1.0), 0.0, n)
    return found


def _experiment(number: int) -> Where:
    return {"experiment": number}


STORIES: tuple[Story, ...] = (
    Story(
        "X-03", "获客成本 100→70 元，一万名新用户", "A buyer costs 70 yuan instead of 100", 1, (),
        (Figure("saved_yuan", "300,000元", 300_000.0, 0.0),),
        lambda ground: {"old_cost": _OLD_COST, "new_cost": _NEW_COST, "new_users": _NEW_USERS},
        lambda seen: {"saved_yuan": Reading(float((_OLD_COST - _NEW_COST) * _NEW_USERS))},
    ),
    Story(
        "X-04", "推荐上线六个月", "Six months of recommendations", _RECOMMENDED_DAYS + 60, ((_OWN, Trade.FASHION),),
        (
            Figure("conversion_before", "2.5%", 0.025, 0.002),
            Figure("conversion_after", "3.8%", 0.038, 0.003),
            Figure("conversion_change", "+52%", 0.52, 0.10),
            Figure("order_value_change", "+30.5%", 235 / 180 - 1, 0.06,
                   "原文截断为 +30.5%，180→235 为 +30.6%；按变化植入，金额水平是本店自己的。",
                   "The source truncates: 180 to 235 is +30.6%. Planted as a change; the levels are the shop's own."),
            Figure("repurchase_before", "15%", 0.15, 0.02, "首购后30天内再次付款的比例。", "First buyers who pay again in 30 days."),
            Figure("repurchase_after", "22%", 0.22, 0.02),
            Figure("repurchase_change", "+46.7%", 22 / 15 - 1, 0.15),
        ),
        _x04_where, _measure_x04, _x04_pulls,
    ),
    Story(
        "X-13", "黑卡一对一导购与次日达", "A personal guide for the best customers", 109, ((_TMALL_BEAUTY, Trade.BEAUTY),),
        (Figure("repurchase", "45%", 0.45, 0.04, "60天内再次付款。", "Pay again within 60 days."),),
        lambda ground: _experiment(13), lambda seen: _treated_share(seen, 13, 60, "repurchase"),
    ),
    Story(
        "X-14", "第二件半价", "The second piece at half price", 79, ((_TMALL_BEAUTY, Trade.BEAUTY),),
        (Figure("repurchase_change", "+20%", 0.20, 0.05, "相对提升，对照不发券。", "Relative, against no coupon."),),
        lambda ground: _experiment(14), lambda seen: _treated_change(seen, 14, 30, "repurchase_change"),
    ),
    Story(
        "X-15", "宝宝月龄专属商品", "Goods for the baby's age in months", 79, ((_TMALL_BABY, Trade.BABY),),
        (Figure("wake_up_share", "18%", 0.18, 0.03, "被触达的沉睡用户30天内付款的比例。", "Sleepers written to who pay in 30 days."),),
        lambda ground: _experiment(15), lambda seen: _treated_share(seen, 15, 30, "wake_up_share"),
    ),
    Story(
        "X-17", "推荐多样性", "Diversity of recommendations", 56, ((_OWN, None),),
        (Figure("complaint_change", "-40%", -0.40, 0.08),),
        lambda ground: _experiment(17), _measure_x17,
    ),
    Story(
        "X-19", "24小时满99减50", "50 off 99 for a day", 56, ((_OWN, None),),
        (Figure("activation_change", "+28%", 0.28, 0.08, "相对提升，对照不发券。", "Relative, against no coupon."),),
        lambda ground: _experiment(19), lambda seen: _treated_change(seen, 19, 7, "activation_change"),
    ),
    Story(
        "X-20", "金会员年消费额", "What gold members spend in a year", _YEAR, ((_OWN, None),),
        (Figure("spending_ratio", "3倍", 3.0, 0.3, "最近365天有购买的会员。", "Members who bought in the last 365 days."),),
        lambda ground: {"store": ground.store_name(_OWN), "tiers": ["金会员", "普通"]}, _measure_x20,
    ),
    Story(
        "X-21", "90天未下单挽回", "Winning back after 90 days", 79, (),
        (Figure("win_back_share", "22%", 0.22, 0.03, "被触达的流失预警用户30天内付款的比例。", "Those written to who pay in 30 days."),),
        lambda ground: _experiment(21), lambda seen: _treated_share(seen, 21, 30, "win_back_share"),
    ),
    Story(
        "X-22", "生鲜次日达进偏远地区", "Fresh food reaches far regions the next day", _REGION_DAYS + 60,
        ((_PINDUODUO, Trade.HOME),),
        (Figure("retention_change", "+15%", 0.15, 0.05, "首购后30天内再次付款比例的相对提升。", "Relative, of first buyers who pay again in 30 days."),),
        _x22_where, _measure_x22, _x22_pulls,
    ),
    Story(
        "X-24", "母婴私域", "The private domain of baby goods", _YEAR, ((_TMALL_BABY, Trade.BABY),),
        (
            Figure("spending_ratio", "2.5倍", 2.5, 0.25, "直接比较，未做匹配。", "A plain comparison, not a matched one."),
            Figure("acquisition_cost", "趋近0", 0.0, 1.0),
        ),
        lambda ground: {"trade": Trade.BABY.value, "channel": "企微社群"}, _measure_x24,
    ),
)  # fmt: skip
