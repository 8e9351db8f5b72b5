"""The ids that platforms print, made from the world's own numbers: each order, refund and trade has one of each."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.options import Platform
from zhanggui.simulate.rows import Column

ORDERS_OF_A_DAY = 1_000_000
"""An order's number is its day times this, and its place in the day."""
_REFUNDS_OF_AN_ORDER = 10
_SPREAD = 0x9E3779B1
"""Odd, and far from any pattern: spreads neighbouring numbers over the last digits of an id."""


class Ids:
    """Ids of one platform.

    Parameters
    ----------
    platform : Platform
        Whose pattern they follow.
    start : date
        First day of the world.
    """

    def __init__(self, platform: Platform, start: date) -> None:
        self._platform = platform
        self._start = start

    def orders(self, orders: Column) -> list[str]:
        """Return the id of each order.

        Examples
        --------
        >>> Ids(Platform.TMALL, date(2026, 9, 1)).orders(np.array([2_000_007]))
        ['3300002000007806201']
        >>> Ids(Platform.PINDUODUO, date(2026, 9, 1)).orders(np.array([2_000_007]))
        ['260903-000000700806201']
        """
        match self._platform:
            case Platform.PINDUODUO:
                rest = orders % ORDERS_OF_A_DAY * 100_000_000 + _tail(orders)
                return self._dated(orders, "%y%m%d-", rest, 15)
            case Platform.OWN_SITE:
                return self._dated(orders, "HM%Y%m%d", orders % ORDERS_OF_A_DAY, 6)
            case _:
                return _texts(self._numbers(orders))

    def lines(self, orders: Column, lines: Column) -> list[str]:
        """Return the sub-order id of each line; that of the first is the order's own, as on Taobao and Douyin."""
        if self._platform in (Platform.PINDUODUO, Platform.OWN_SITE):
            pairs = zip(self.orders(orders), lines.tolist(), strict=True)
            return [f"{order}-{line + 1}" for order, line in pairs]
        return _texts(self._numbers(orders) + lines)

    def refunds(self, refunds: Column) -> list[str]:
        """Return the id of each after-sale case."""
        tail = _tail(refunds)
        match self._platform:
            case Platform.TAOBAO | Platform.TMALL:
                return _texts(200_000_000_000_000_000 + refunds * 1_000_000 + tail)
            case Platform.JD:
                return _texts(2_000_000_000 + refunds)
            case Platform.DOUYIN:
                return _texts(140_000_000_000_000_000 + refunds * 100_000 + tail % 100_000)
            case Platform.PINDUODUO:
                return _texts(900_000_000_000 + refunds * 10 + tail % 10)
            case _:
                return [f"RF{text}" for text in _texts(refunds)]

    def trades(self, orders: Column) -> list[str]:
        """Return the payment number of each order: the day and the number of the payment service."""
        return self._dated(orders, "%Y%m%d2200119", orders * 100 + _tail(orders) % 100, 13)

    def _numbers(self, orders: Column) -> Column:
        if self._platform is Platform.JD:
            return np.asarray(300_000_000_000 + orders * 10 + _tail(orders) % 10, np.int64)
        first = 6_900_000_000_000_000_000 if self._platform is Platform.DOUYIN else 3_300_000_000_000_000_000
        return np.asarray(first + orders * 1_000_000 + _tail(orders), np.int64)

    def _dated(self, orders: Column, pattern: str, rest: Column, digits: int) -> list[str]:
        days = orders // ORDERS_OF_A_DAY
        distinct, places = np.unique(days, return_inverse=True)
        heads = [f"{self._start + timedelta(days=day):{pattern}}" for day in distinct.tolist()]
        pairs = zip(places.tolist(), rest.tolist(), strict=True)
        return [f"{heads[place]}{number:0{digits}d}" for place, number in pairs]


_NO_SUCH_ORDER = 900_000
"""No day has as many orders."""


def stranger(orders: Column) -> Column:
    """Return the numbers of orders that do not exist, one for each."""
    return np.asarray(orders + _NO_SUCH_ORDER, np.int64)


_WAYBILLS = ("7", "YT", "46", "SF", "JD", "11")
"""How the numbers of each of `CARRIERS` begin."""


def waybills(orders: Column, carriers: Column, shown: Column) -> list[str]:
    """Return the number of each order's parcel; blank where not `shown`."""
    rows = zip(orders.tolist(), carriers.tolist(), shown.tolist(), strict=True)
    return [f"{_WAYBILLS[carrier]}{order:013d}" if is_shown else "" for order, carrier, is_shown in rows]


def _tail(numbers: Column) -> Column:
    tail: Column = numbers % 999_983 * _SPREAD % 999_000
    return tail


def _texts(numbers: Column) -> list[str]:
    return list(map(str, numbers.tolist()))
