from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from zhanggui.occasions import SPRING_FESTIVALS, occasion_on, occasions


def test_no_day_of_eighteen_years_lies_in_two_phases() -> None:
    for year in range(2018, 2036):
        assert [(a.code, b.code) for a, b in pairwise(occasions(year)) if b.first <= a.last] == []


def test_a_festival_of_the_lunar_year_moves_with_it() -> None:
    # Lunar new year's day: 10 February 2024 and 29 January 2025.
    assert _code(date(2024, 2, 10)) == _code(date(2025, 1, 29)) == "spring_festival.closed"
    assert _code(date(2024, 1, 29)) == _code(date(2025, 1, 17)) == "new_year_goods.themed"


def test_goods_for_an_early_new_year_sell_in_the_year_before() -> None:
    # 22 January 2023, less 28 days.
    assert _code(date(2022, 12, 25)) == "new_year_goods.themed"
    assert _code(date(2022, 12, 24)) is None


def test_double_eleven_goes_through_its_five_phases() -> None:
    days = [date(2026, 10, 20) + timedelta(place) for place in range(25)]
    codes = list(dict.fromkeys(_code(day) for day in days))
    assert codes == [f"double11.{phase}" for phase in ("presale", "opening", "themed", "peak", "encore")]


def test_every_lunar_year_begins_between_21_january_and_20_february() -> None:
    assert all((1, 21) <= day <= (2, 20) for day in SPRING_FESTIVALS.values())


def _code(day: date) -> str | None:
    found = occasion_on(day)
    return None if found is None else found.code
