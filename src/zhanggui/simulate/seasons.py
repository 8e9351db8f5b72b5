"""The year of the trade: promotions with their phases, the week and the hours at which people buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from zhanggui.simulate.draws import Floats
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.stores import STORES, Store

_TRADES = list(Trade)
_HALF_YEAR_DAYS = 180

_SPRING_FESTIVALS = {
    2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10),
    2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23),
    2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
"""First day of the lunar year."""

_TAKING_PART = {
    "618": (Platform.TAOBAO, Platform.TMALL, Platform.JD, Platform.PINDUODUO, Platform.DOUYIN, Platform.OWN_SITE),
    "双11": (Platform.TAOBAO, Platform.TMALL, Platform.JD, Platform.PINDUODUO, Platform.DOUYIN, Platform.OWN_SITE),
    "双12": (Platform.TAOBAO, Platform.TMALL),
    "年货节": (Platform.TAOBAO, Platform.TMALL, Platform.JD, Platform.PINDUODUO, Platform.DOUYIN),
}


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a promotion.

    Attributes
    ----------
    promotion, name : str
        Such as 双11 and 开门红.
    first, last : date
        Its days, both included.
    lift : float
        Factor on first-time visitors.
    discount : float
        Part of the price that the merchant takes off.
    every_minor, off_minor : int
        跨店满减: of every so much, so much is taken off; 0 where there is none.
    is_presale : bool
        Whether deposits are taken.
    """

    promotion: str
    name: str
    first: date
    last: date
    lift: float
    discount: float
    every_minor: int = 0
    off_minor: int = 0
    is_presale: bool = False


def presale_days(year: int) -> tuple[date, date, date]:
    """Return first and last day of deposits for 11.11, and the day of the final payment."""
    return date(year, 10, 24), date(year, 10, 31), date(year, 11, 1)


@lru_cache(maxsize=64)
def phases(year: int) -> tuple[Phase, ...]:
    """Return the phases of the promotions that begin in a year, in order of time."""
    new_year = date(year, *_SPRING_FESTIVALS[year]) if year in _SPRING_FESTIVALS else date(year, 2, 5)
    first_deposit, last_deposit, _ = presale_days(year)
    return (
        Phase("年货节", "专场", new_year - timedelta(28), new_year - timedelta(12), 1.25, 0.08, 30_000, 3_000),
        Phase("春节", "打烊", new_year - timedelta(5), new_year + timedelta(6), 0.45, 0.0),
        Phase("618", "开门红", date(year, 5, 31), date(year, 6, 3), 1.9, 0.10, 30_000, 5_000),
        Phase("618", "专场", date(year, 6, 4), date(year, 6, 14), 1.15, 0.08, 30_000, 5_000),
        Phase("618", "狂欢日", date(year, 6, 15), date(year, 6, 18), 2.2, 0.12, 30_000, 5_000),
        Phase("618", "返场", date(year, 6, 19), date(year, 6, 20), 0.95, 0.06),
        Phase("双11", "预售期", first_deposit, last_deposit, 0.85, 0.0, is_presale=True),
        Phase("双11", "开门红", date(year, 11, 1), date(year, 11, 3), 2.0, 0.12, 30_000, 5_000),
        Phase("双11", "专场", date(year, 11, 4), date(year, 11, 9), 1.2, 0.10, 30_000, 5_000),
        Phase("双11", "狂欢日", date(year, 11, 10), date(year, 11, 11), 3.6, 0.14, 30_000, 5_000),
        Phase("双11", "返场", date(year, 11, 12), date(year, 11, 13), 0.85, 0.08),
        Phase("双12", "专场", date(year, 12, 10), date(year, 12, 12), 1.6, 0.08, 30_000, 3_000),
    )


def phase_of(on: date, store: Store) -> Phase | None:
    """Return the phase that a store is in on a date, if any."""
    for phase in phases(on.year):
        if phase.first <= on <= phase.last:
            taking_part = _TAKING_PART.get(phase.promotion, tuple(Platform))
            return phase if store.platform in taking_part else None
    return None


_WEEK: dict[Trade, tuple[float, ...]] = {
    Trade.BEAUTY: (0.97, 0.97, 0.98, 1.02, 1.06, 1.02, 0.98),
    Trade.FASHION: (0.95, 0.95, 0.97, 1.0, 1.02, 1.06, 1.05),
    Trade.BABY: (1.06, 1.05, 1.03, 1.02, 1.0, 0.92, 0.92),
    Trade.HOME: (0.94, 0.94, 0.95, 1.0, 1.06, 1.08, 1.03),
}
"""Factor of each weekday, Monday first."""

_HOURS: dict[Trade, tuple[float, ...]] = {
    # Beauty late at night, fashion in the evening, baby while the baby sleeps, home and fresh food before noon.
    Trade.BEAUTY: (4.6, 2.4, 1.0, 0.5, 0.3, 0.3, 0.7, 1.6, 2.6, 3.6, 4.4, 4.4,
                   4.6, 4.3, 4.0, 4.0, 4.1, 4.0, 4.3, 5.4, 7.2, 8.8, 9.6, 8.0),
    Trade.FASHION: (2.9, 1.4, 0.7, 0.4, 0.3, 0.4, 0.9, 2.0, 3.4, 4.8, 5.6, 5.2,
                    5.3, 5.2, 4.9, 4.9, 4.8, 4.5, 4.9, 6.2, 7.6, 8.2, 7.4, 5.1),
    Trade.BABY: (1.7, 0.9, 0.5, 0.4, 0.5, 0.8, 1.6, 3.0, 5.2, 6.8, 7.2, 5.8,
                 5.6, 6.6, 6.0, 5.2, 4.6, 4.0, 4.2, 5.4, 6.6, 6.8, 5.0, 3.2),
    Trade.HOME: (1.2, 0.6, 0.4, 0.3, 0.4, 0.9, 2.4, 4.4, 6.2, 7.6, 8.8, 9.0,
                 7.8, 5.6, 4.8, 4.8, 5.2, 5.4, 4.8, 4.8, 5.0, 4.6, 3.4, 2.2),
}  # fmt: skip


def hours(trade: Trade) -> Floats:
    """Return the share of a day's orders in each of its 24 hours."""
    profile = np.array(_HOURS[trade])
    found: Floats = profile / profile.sum()
    return found


def factor(on: date, trade: Trade, store: Store) -> float:
    """Return the factor on first-time visitors of a trade in a store on a date.

    It is 1 on average over the half-year from 618 to 11.11, for which worlds are sized.
    """
    return _raw(on, trade, store) / _mean_of_half_year(on.year, trade, store)


def factors(on: date) -> Floats:
    """Return `factor` for all of `STORES` and trades, shape (stores, trades)."""
    return np.array([[factor(on, trade, store) for trade in _TRADES] for store in STORES])


def _raw(on: date, trade: Trade, store: Store) -> float:
    phase = phase_of(on, store)
    return _WEEK[trade][on.weekday()] * (phase.lift if phase else 1.0)


@lru_cache(maxsize=1024)
def _mean_of_half_year(year: int, trade: Trade, store: Store) -> float:
    last = date(year, 11, 15)
    days = [last - timedelta(place) for place in range(_HALF_YEAR_DAYS)]
    return sum(_raw(day, trade, store) for day in days) / len(days)
