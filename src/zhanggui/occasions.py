"""The trade's promotions and festivals with their phases, year by year: days on which sales are not as ever.

The dates are trade knowledge of the big platforms. They move a phase by some days from year to year, and not every
platform takes part in each; so a phase says where a shop's own history has to be asked, never how much it will sell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal


@dataclass(frozen=True, slots=True)
class Promotion:
    """Days of the year within which a promotion lies on every platform and in every year.

    Attributes
    ----------
    zh, en : str
        Its name.
    first_month, first_day, last_month, last_day : int
        First and last day, of the same year.
    """

    zh: str
    en: str
    first_month: int
    first_day: int
    last_month: int
    last_day: int


PROMOTIONS: tuple[Promotion, ...] = (
    Promotion("年货节", "New year's goods festival", 1, 1, 2, 15),
    Promotion("38 节", "8 March", 3, 1, 3, 8),
    Promotion("618", "18 June", 5, 20, 6, 20),
    Promotion("99 大促", "9 September", 9, 5, 9, 10),
    Promotion("双11", "11 November", 10, 14, 11, 13),
    Promotion("双12", "12 December", 12, 5, 12, 12),
)
"""The widest days of each promotion, for whoever only asks whether there may be one (trade knowledge). The first one
follows the lunar year."""

SPRING_FESTIVALS: dict[int, tuple[int, int]] = {
    2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1),
    2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13),
    2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
"""Month and day of the first day of the lunar year (Purple Mountain Observatory); other years have no such days."""

Lift = Literal["strong", "moderate", "mild"]
"""How far from ever a day may lie: a strong phase doubles or halves sales, a moderate one moves them by a third, a mild
one by a part that may not be seen at all."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One phase of a promotion or festival in one year.

    Attributes
    ----------
    code : str
        The same every year, such as ``double11.peak``; days of one code are compared with each other.
    zh, en : str
        Name of the promotion or festival.
    phase_zh, phase_en : str
        Name of the phase.
    first, last : date
        Its days, both included.
    lift : {"strong", "moderate", "mild"}
        How far from ever sales may lie.
    """

    code: str
    zh: str
    en: str
    phase_zh: str
    phase_en: str
    first: date
    last: date
    lift: Lift


_Fixed = tuple[str, str, str, tuple[int, int], tuple[int, int], Lift]
"""Code, phase in both languages, first and last day, lift."""

_FIXED: tuple[tuple[str, str, str, tuple[_Fixed, ...]], ...] = (
    ("march8", "38 女王节", "8 March", (
        ("warm_up", "预热期", "warm-up", (3, 1), (3, 3), "mild"),
        ("peak", "狂欢日", "peak days", (3, 4), (3, 8), "strong"),
    )),
    ("june618", "618", "18 June", (
        ("presale", "预售期", "pre-sale", (5, 20), (5, 30), "mild"),
        ("opening", "开门红", "opening", (5, 31), (6, 3), "strong"),
        ("themed", "专场", "themed days", (6, 4), (6, 14), "moderate"),
        ("peak", "狂欢日", "peak days", (6, 15), (6, 18), "strong"),
        ("encore", "返场", "encore", (6, 19), (6, 20), "moderate"),
    )),
    ("september99", "99 大促", "9 September", (
        ("warm_up", "预热期", "warm-up", (9, 5), (9, 8), "mild"),
        ("peak", "狂欢日", "peak days", (9, 9), (9, 10), "moderate"),
    )),
    ("national_day", "国庆", "National Day", (
        ("holiday", "假期", "holiday", (10, 1), (10, 7), "mild"),
    )),
    ("double11", "双11", "11 November", (
        ("presale", "预售期", "pre-sale", (10, 20), (10, 31), "moderate"),
        ("opening", "开门红", "opening", (11, 1), (11, 3), "strong"),
        ("themed", "专场", "themed days", (11, 4), (11, 9), "moderate"),
        ("peak", "狂欢日", "peak days", (11, 10), (11, 11), "strong"),
        ("encore", "返场", "encore", (11, 12), (11, 13), "moderate"),
    )),
    ("double12", "双12", "12 December", (
        ("warm_up", "预热期", "warm-up", (12, 5), (12, 9), "mild"),
        ("peak", "狂欢日", "peak days", (12, 10), (12, 12), "strong"),
    )),
)  # fmt: skip

_AROUND_NEW_YEAR: tuple[tuple[str, str, str, str, str, int, int, Lift], ...] = (
    ("new_year_goods.themed", "年货节", "New year's goods festival", "专场", "themed days", -28, -12, "moderate"),
    ("spring_festival.before", "春节", "Spring Festival", "节前停发", "parcels stop", -11, -6, "moderate"),
    ("spring_festival.closed", "春节", "Spring Festival", "打烊", "closed", -5, 6, "strong"),
    ("spring_festival.after", "春节", "Spring Festival", "开工", "back to work", 7, 9, "moderate"),
)
"""Code, festival and phase in both languages, first and last day counted from the first day of the lunar year, lift."""


@lru_cache(maxsize=64)
def occasions(year: int) -> tuple[Occasion, ...]:
    """Return the phases of a year in order of time; no two of them share a day.

    Examples
    --------
    >>> [(each.phase_zh, str(each.first)) for each in occasions(2026) if each.zh == "春节"]
    [('节前停发', '2026-02-06'), ('打烊', '2026-02-12'), ('开工', '2026-02-24')]
    """
    found = [
        Occasion(f"{code}.{phase}", zh, en, phase_zh, phase_en, date(year, *first), date(year, *last), lift)
        for code, zh, en, phases in _FIXED
        for phase, phase_zh, phase_en, first, last, lift in phases
    ]
    if year in SPRING_FESTIVALS:
        new_year = date(year, *SPRING_FESTIVALS[year])
        found += [
            Occasion(code, zh, en, phase_zh, phase_en, new_year + timedelta(first), new_year + timedelta(last), lift)
            for code, zh, en, phase_zh, phase_en, first, last, lift in _AROUND_NEW_YEAR
        ]
    return tuple(sorted(found, key=lambda each: each.first))


def occasion_on(day: date) -> Occasion | None:
    """Return the phase that a day lies in, or None.

    Examples
    --------
    >>> occasion_on(date(2026, 11, 11)).code, occasion_on(date(2026, 9, 30))
    ('double11.peak', None)
    """
    # What follows the lunar year may begin in the calendar year before it.
    for each in (*occasions(day.year), *occasions(day.year + 1)):
        if each.first <= day <= each.last:
            return each
    return None
