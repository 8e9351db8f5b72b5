"""The experiments that the shop runs: who enters, which arms, and what each arm truly does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from zhanggui.simulate.draws import Draws, Ints, KeyLike
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.stores import Store


class Audience(StrEnum):
    """Who may enter an experiment."""

    VISITORS = "visitors"  # every visitor of the own site, by his anonymous key
    NEVER_BOUGHT = "never_bought"  # registered and without an order
    POTENTIAL = "potential"  # few orders, the last one recent
    SLEEPING = "sleeping"  # some time without an order, not yet given up
    LAPSED = "lapsed"  # 90 days without an order
    BEST = "best"  # recent, frequent and of high value
    MEMBERS = "members"  # every registered person


@dataclass(frozen=True, slots=True)
class Arm:
    """One treatment.

    Attributes
    ----------
    name : str
        As exports write it.
    weight : float
        Its part of those who enter.
    click, order, basket, complaint : float
        Factors on the chance of a click on the tested place, on the chance to order, on the order's value and on the
        chance of a complaint; 1 changes nothing.
    order_share : float or None
        Where given, the share of people who order within the window because of this arm or anyway; it stands above
        `order`.
    least_minor, value_minor, hours : int
        The coupon that comes with it: `value_minor` off an order of at least `least_minor` for so many hours; no
        coupon where the value is 0.
    message : str
        What people read; no message where it is empty.
    """

    name: str
    weight: float
    click: float = 1.0
    order: float = 1.0
    basket: float = 1.0
    complaint: float = 1.0
    order_share: float | None = None
    least_minor: int = 0
    value_minor: int = 0
    hours: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """People assigned to arms for some days; the first arm is the comparison.

    Attributes
    ----------
    number : int
        Its number in exports.
    name : str
        What is tried.
    example : str
        Catalogue id of the worked example that it plants.
    store : int
        Where.
    trade : int
        Position in `Trade` of what it is about, or -1 for all.
    audience : Audience
        Who may enter.
    first_day, last_day : int
        Days on which people enter.
    window_days : int
        For how long a person is watched after entering.
    share : float
        Part of the audience that enters.
    arms : tuple of Arm
        The first one is the comparison.
    """

    number: int
    name: str
    example: str
    store: int
    trade: int
    audience: Audience
    first_day: int
    last_day: int
    window_days: int
    share: float
    arms: tuple[Arm, ...]

    def enters(self, draws: Draws, keys: KeyLike) -> Ints:
        """Return the arm of each person or visitor by key, or -1 where he does not enter; it never changes."""
        arms = draws.pick([arm.weight for arm in self.arms], "experiment arm", self.number, keys)
        arms[draws.uniform("experiment entry", self.number, keys) >= self.share] = -1
        return arms


FIRST_DAY = 28
"""Experiments begin after four weeks of ordinary trade."""
LEAST_DAYS = 21
"""For so many days at least people enter."""

_BEAUTY, _BABY = (list(Trade).index(trade) for trade in (Trade.BEAUTY, Trade.BABY))
_ALL = -1
_TMALL_BEAUTY, _TMALL_BABY, _OWN_SITE = 0, 1, 6

_PLANNED: tuple[Experiment, ...] = (
    Experiment(
        13, "黑卡一对一导购与次日达", "X-13", _TMALL_BEAUTY, _BEAUTY, Audience.BEST, FIRST_DAY, 0, 30, 1.0,
        (
            Arm("常规服务", 0.4),
            Arm("一对一导购", 0.6, order_share=0.45, message="您的专属导购已就位，选品与次日达随时找我。"),
        ),
    ),
    Experiment(
        14, "第二件半价", "X-14", _ALL, _BEAUTY, Audience.POTENTIAL, FIRST_DAY, 0, 30, 1.0,
        (
            Arm("不发券", 0.5),
            Arm(
                "第二件半价", 0.5, order=1.20, least_minor=16_000, value_minor=4_000, hours=720,
                message="护肤好物第二件半价，30天内有效。",
            ),
        ),
    ),
    Experiment(
        15, "宝宝月龄专属商品", "X-15", _TMALL_BABY, _BABY, Audience.SLEEPING, FIRST_DAY, 0, 30, 1.0,
        (
            Arm("不打扰", 0.4),
            Arm(
                "月龄专属", 0.6, order_share=0.18, least_minor=9_900, value_minor=2_000, hours=72,
                message="宝宝又长大啦，为TA当前月龄挑好的用品限时折扣。",
            ),
        ),
    ),
    Experiment(
        16, "兴趣标签库推荐", "X-16", _OWN_SITE, _ALL, Audience.VISITORS, FIRST_DAY, 0, 14, 1.0,
        (Arm("热销推荐", 0.5), Arm("标签推荐", 0.5, click=1.35, order=1.12)),
    ),
    Experiment(
        17, "推荐加入冷门高匹配商品", "X-17", _OWN_SITE, _ALL, Audience.MEMBERS, FIRST_DAY, 0, 7, 1.0,
        (
            Arm("同质化推送", 0.5, complaint=25.0, message="爆款再来一波，点击抢购。"),
            Arm("多样化推荐", 0.5, complaint=15.0, message="为您找到几件少有人知、却很合适的好物。"),
        ),
    ),
    Experiment(
        19, "新人24小时满99减50", "X-19", _OWN_SITE, _ALL, Audience.NEVER_BOUGHT, FIRST_DAY, 0, 7, 1.0,
        (
            Arm("不发券", 0.5),
            Arm(
                "满99减50", 0.5, order=1.28, least_minor=9_900, value_minor=5_000, hours=24,
                message="注册有礼：满99减50，24小时内有效。",
            ),
        ),
    ),
    Experiment(
        21, "90天未下单挽回", "X-21", _ALL, _ALL, Audience.LAPSED, FIRST_DAY, 0, 30, 1.0,
        (
            Arm("不打扰", 0.4),
            Arm(
                "专属券", 0.6, order_share=0.22, least_minor=9_900, value_minor=3_000, hours=168,
                message="我们想念您了，送您一张专属券。",
            ),
        ),
    ),
    Experiment(
        23, "首页Banner", "X-23", _OWN_SITE, _ALL, Audience.VISITORS, FIRST_DAY, 0, 14, 0.05,
        (Arm("品牌形象", 0.34), Arm("限时折扣", 0.33, click=1.12), Arm("新品上市", 0.33, order=1.08)),
    ),
)  # fmt: skip


def experiments_of(options: Options, stores: tuple[Store, ...]) -> tuple[Experiment, ...]:
    """Return the experiments for which the world has the stores, the trades and the days."""
    found = []
    for one in _PLANNED:
        last_day = options.days - one.window_days - 1
        held = [each for each in stores if one.store in (_ALL, each.number)]
        sells = [each for each in held if one.trade == _ALL or list(Trade)[one.trade] in each.trades]
        if sells and last_day - one.first_day + 1 >= LEAST_DAYS:
            found.append(replace(one, last_day=last_day))
    return tuple(found)
