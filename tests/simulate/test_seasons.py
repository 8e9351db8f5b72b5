from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.seasons import factor, hours, phase_of, phases, presale_days
from zhanggui.simulate.stores import STORES

_TMALL, _PINDUODUO, _OWN = STORES[0], STORES[4], STORES[6]


def test_the_half_year_for_which_worlds_are_sized_averages_one() -> None:
    days = [date(2026, 11, 15) - timedelta(place) for place in range(180)]

    assert np.mean([factor(day, Trade.BEAUTY, _TMALL) for day in days]) == pytest.approx(1.0)


def test_phases_of_double_eleven_follow_each_other_from_the_first_deposit() -> None:
    of_it = [phase for phase in phases(2026) if phase.promotion == "双11"]

    assert [phase.name for phase in of_it] == ["预售期", "开门红", "专场", "狂欢日", "返场"]
    assert (of_it[0].first, of_it[0].last) == presale_days(2026)[:2] == (date(2026, 10, 24), date(2026, 10, 31))
    assert all(one.last + timedelta(1) == other.first for one, other in pairwise(of_it))


def test_the_lunar_year_moves_the_holiday() -> None:
    assert phase_of(date(2026, 2, 17), _TMALL) is not None
    assert phase_of(date(2027, 2, 17), _TMALL) is None


def test_a_promotion_of_other_platforms_leaves_a_store_alone() -> None:
    assert phase_of(date(2026, 12, 11), _TMALL) is not None
    assert phase_of(date(2026, 12, 11), _PINDUODUO) is None
    assert Platform.OWN_SITE is _OWN.platform


def test_beauty_is_bought_late_and_home_before_noon() -> None:
    assert int(np.argmax(hours(Trade.BEAUTY))) in (21, 22, 23)
    assert int(np.argmax(hours(Trade.HOME))) in (10, 11)
    assert all(hours(trade).sum() == pytest.approx(1.0) for trade in Trade)
