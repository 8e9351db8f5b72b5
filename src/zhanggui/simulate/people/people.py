"""The people who buy: what each is like, and how he stands with the company."""

from __future__ import annotations

from copy import deepcopy
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.draws import Floats, Ints, Keys
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.stores import PLACES

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = (
    "梓涵",
    "雨桐",
    "子轩",
    "欣怡",
    "浩宇",
    "诗琪",
    "思远",
    "佳宁",
    "晓彤",
    "一诺",
    "嘉怡",
    "明轩",
    "静雯",
    "宇航",
)
_NICKNAMES = (
    "小鹿",
    "柠檬",
    "橘子",
    "星星",
    "微风",
    "云朵",
    "豆豆妈",
    "奶茶",
    "晚安",
    "海盐",
    "芒果",
    "青山",
    "知夏",
    "南风",
)
_STREETS = ("示例路", "样板街", "虚构大道", "模拟巷", "演示里")


class Uplift(IntEnum):
    """What a coupon does to a person."""

    PERSUADABLE = 0
    SURE_THING = 1
    LOST_CAUSE = 2
    SLEEPING_DOG = 3


class Tier(IntEnum):
    """Membership tier."""

    NORMAL = 0
    GOLD = 1
    BLACK = 2


TIER_NAMES: tuple[str, ...] = ("普通", "金会员", "黑卡")

SECOND_STORE_SHARE = 0.3
"""Part of his orders that a person with a second store makes there."""

NO_DAY = NEVER - 1_000_000
"""A day that is no day: `NEVER` itself is the day before the world begins."""

COLUMNS: dict[str, Any] = {
    "key": np.uint64,
    "home_store": np.int32,
    "second_store": np.int32,
    "trade": np.int32,
    "born_day": np.int32,
    "rate": np.float64,
    "drop": np.float64,
    "value": np.float32,
    "price_sensitivity": np.float32,
    "coupon_uplift": np.int8,
    "size": np.int8,
    "baby_born_day": np.int32,
    "place": np.int32,
    "hour_peak": np.float32,
    "has_consent": np.bool_,
    "is_staff": np.bool_,
    "is_abuser": np.bool_,
    "is_registered_at": np.int64,
    "member_no": np.int64,
    "wecom_at": np.int64,
    "tier": np.int8,
    "n_orders": np.int32,
    "last_order_day": np.int32,
    "last_sku": np.int32,
    "is_alive": np.bool_,
    "next_mission": np.int64,
}
"""Type of each column."""


class People:
    """Everybody who ever ordered, one position per person; positions never change.

    A column is an array of this length and may be written to. `add` replaces the arrays, so hold no column over it.

    Attributes
    ----------
    key : array of uint64
        Name of the person in random draws.
    home_store, second_store : array of int
        Store he buys at, and a second one or -1.
    trade : array of int
        What he buys, as a position in ``list(Trade)``.
    born_day : array of int
        Day of the world on which he was first seen; negative before its first day.
    rate : array of float
        Orders paid a day while he is a customer.
    drop : array of float
        Chance that he never comes back after a paid order.
    value : array of float
        Factor on what he spends, 1 in the middle.
    price_sensitivity : array of float
        Factor on the elasticity of his trade.
    coupon_uplift : array of int
        An `Uplift`.
    size : array of int
        Clothing size as a position in `SIZES`.
    baby_born_day : array of int
        Day of the world on which his baby was or will be born, or `NO_DAY` where there is none.
    place : array of int
        Position in `PLACES`.
    hour_peak : array of float
        Hour around which he is about, 0-24.
    has_consent : array of bool
        Whether he agreed to be written to.
    is_staff : array of bool
        Places brushing and test orders.
    is_abuser : array of bool
        Takes refunds without cause.
    is_registered_at, wecom_at : array of int
        Moment of registering on the own site, and of becoming a WeCom contact, or `NEVER`.
    member_no : array of int
        Number of membership on the own site, or `NEVER`.
    tier : array of int
        A `Tier`.
    n_orders, last_order_day : array of int
        Paid orders so far, those before the world began included, and the day of the last, or `NO_DAY`.
    last_sku : array of int
        What he bought last, or -1.
    is_alive : array of bool
        Whether he is still a customer, or may become one; nobody in the world can see it.
    next_mission : array of int
        Moment at which he will want something again, or `NEVER`.
    """

    key: Keys
    home_store: Column
    second_store: Column
    trade: Column
    born_day: Column
    rate: Floats
    drop: Floats
    value: Column
    price_sensitivity: Column
    coupon_uplift: Column
    size: Column
    baby_born_day: Column
    place: Column
    hour_peak: Column
    has_consent: Column
    is_staff: Column
    is_abuser: Column
    is_registered_at: Column
    member_no: Column
    wecom_at: Column
    tier: Column
    n_orders: Column
    last_order_day: Column
    last_sku: Column
    is_alive: Column
    next_mission: Column

    def __init__(self) -> None:
        self._held: dict[str, npt.NDArray[Any]] = {name: np.zeros(1024, kind) for name, kind in COLUMNS.items()}
        self._n = 0
        self._show()

    def __len__(self) -> int:
        return self._n

    def __deepcopy__(self, memo: dict[int, Any]) -> People:
        twin = People()
        twin._held = deepcopy(self._held, memo)
        twin._n = self._n
        twin._show()
        return twin

    def add(self, **columns: npt.ArrayLike) -> Ints:
        """Add people and return their positions; every column has to be given."""
        if set(columns) != set(COLUMNS):
            raise ValueError(f"people: columns do not match: {sorted(set(columns) ^ set(COLUMNS))}")
        n_new = int(np.asarray(columns["key"]).size)
        first, last = self._n, self._n + n_new
        if last > self._held["key"].size:
            room = max(last, self._held["key"].size * 3 // 2)
            for name, values in self._held.items():
                grown = np.zeros(room, values.dtype)
                grown[:first] = values[:first]
                self._held[name] = grown
        for name, values in self._held.items():
            values[first:last] = columns[name]
        self._n = last
        self._show()
        return np.arange(first, last)

    def purchase_chances(self, days: float) -> Floats:
        """Return the true chance of each person to pay for an order within so many days from now.

        Parameters
        ----------
        days : float
            Length of the time ahead.

        Returns
        -------
        array of float
            Within [0, 1]: 0 for whoever is no customer (any more, or yet), else ``1 - exp(-rate * days)``, leaving
            aside what a message, a promotion or a price may change.
        """
        chances: Floats = np.where(self.is_alive & (self.n_orders > 0), -np.expm1(-self.rate * days), 0.0)
        return chances

    def baby_months(self, people: Ints, day: int | Ints) -> Floats:
        """Return the age in months of each person's baby on a day, negative before birth, NaN without one."""
        born = self.baby_born_day[people]
        months: Floats = np.where(born == NO_DAY, np.nan, (day - born) / 30.4)
        return months

    def nicknames(self, people: Ints) -> list[str]:
        """Return what they call themselves on a platform."""
        keys = self.key[people].tolist()
        return [f"{_NICKNAMES[key % 14]}{key // 14 % 100000:05d}" for key in keys]

    def names(self, people: Ints) -> list[str]:
        """Return full names, made up."""
        keys = self.key[people].tolist()
        return [_SURNAMES[key // 7 % 30] + _GIVEN[key // 1000 % 14] for key in keys]

    def masked_names(self, people: Ints) -> list[str]:
        """Return names as platforms mask them: the surname and stars."""
        return [f"{name[0]}**" for name in self.names(people)]

    def phones(self, people: Ints) -> list[str]:
        """Return phone numbers with four noughts in the middle, which no network has given out."""
        return [f"1{3 + key % 7}{key // 7 % 10}0000{key // 70 % 10000:04d}" for key in self.key[people].tolist()]

    def addresses(self, people: Ints) -> list[str]:
        """Return addresses: a real district, a street that no town has."""
        found = []
        for key, place in zip(self.key[people].tolist(), self.place[people].tolist(), strict=True):
            where = PLACES[place]
            street = f"{_STREETS[key % 5]}{key // 5 % 300 + 1}号{key // 1500 % 30 + 1}室"
            found.append(f"{where.province} {where.city} {where.district} {street}")
        return found

    def _show(self) -> None:
        for name, values in self._held.items():
            setattr(self, name, values[: self._n])
