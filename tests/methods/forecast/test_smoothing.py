"""Levels, seasons, young series, sums that agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.methods.forecast import Demand, reconciled, smooth, smooth_path, time_factors, with_kin
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError


def test_the_level_is_a_weighted_mean_in_which_newer_periods_count_more() -> None:
    # weights .81, .9, 1 from the oldest on: (.81 * 3 + .9 * 0 + 1 * 6) / 2.71 = 8.43 / 2.71
    assert smooth([[3, 0, 6]], alpha=0.1).level[0] == pytest.approx(8.43 / 2.71)


def test_an_empty_shelf_is_left_out_and_not_taken_for_no_demand() -> None:
    counts, is_open = [[5, 5, 0, 0, 5, 5, 5, 5]], [[1, 1, 0, 0, 1, 1, 1, 1]]

    assert smooth(counts, exposure=is_open).level[0] == pytest.approx(5)
    assert smooth(counts).level[0] < 4.5


def test_a_season_of_two_is_half_as_much_of_an_ordinary_week() -> None:
    known = smooth([[4, 8, 4, 8, 4, 8]], exposure=[1, 2, 1, 2, 1, 2])

    assert known.level[0] == pytest.approx(4)
    assert known.demand(2.0).mean[0] == pytest.approx(8)


def test_nothing_sold_gives_no_demand_and_no_quantile_above_zero() -> None:
    demand = smooth(np.zeros((1, 12))).demand()

    assert demand.mean[0] == 0
    assert demand.quantile(0.99)[0] == 0


def test_no_period_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="at least one period"):
        smooth(np.zeros((3, 0)))
    with pytest.raises(ShapeMismatchError):
        smooth([[1, 2, 3]], exposure=[1, 1])


@given(st.lists(st.integers(0, 40), min_size=2, max_size=20))
def test_what_stood_before_a_period_knows_nothing_of_it(counts: list[int]) -> None:
    levels, spreads = smooth_path([counts])
    part = smooth([counts[:-1]])

    assert (levels[0, -2], spreads[0, -2]) == (part.level[0], part.spread[0])


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 30), st.floats(1, 3), st.integers(0, 40))
def test_the_expected_shortfall_is_the_sum_over_all_greater_counts(mean: float, spread: float, count: int) -> None:
    demand = Demand(np.array([mean]), np.array([mean * spread]))
    # E[(X - c)+] = sum over k >= c of P(X > k)
    tail = float((1 - demand.at_most(np.arange(count, count + 400))).sum())

    assert demand.shortfall(count)[0] == pytest.approx(tail, abs=1e-6)


def test_an_uncertain_lead_time_adds_its_own_variance() -> None:
    # 2 a day over 10 days: 20, variance 20; a lead that varies by 3 days adds (2 * 3)^2 = 36.
    demand = Demand(np.array([20.0]), np.array([20.0])).with_lead(3.0, 2.0)

    assert demand.variance.tolist() == [56.0]


def test_a_promotion_day_gets_its_factor_and_a_kind_never_seen_gets_one() -> None:
    kinds = [1 if day % 30 == 0 else 0 for day in range(120)]
    factors = time_factors([3000.0 if kind else 1000.0 for kind in kinds], kinds, n_kinds=3)

    assert factors[1] / factors[0] == pytest.approx(3, rel=0.05)
    assert factors[2] == 1


def test_a_new_product_takes_the_level_of_its_kind_until_it_has_one_of_its_own() -> None:
    known = smooth([[10] * 20, [10] * 20, [10] * 20, [0] * 19 + [4]])
    leaning, is_young = with_kin(known, [20, 20, 20, 1], [0, 0, 0, 0])

    assert is_young.tolist() == [False, False, False, True]
    assert known.level[3] < leaning.level[3] < 10
    assert leaning.level[:3].tolist() == known.level[:3].tolist()


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=12), st.floats(0.1, 200))
def test_parts_sum_to_their_wholes(means: list[float], whole: float) -> None:
    parts = Demand(np.array(means), np.array(means) * 2)
    agreed, sums = reconciled(parts, Demand(np.array([whole]), np.array([whole * 3])), np.zeros(len(means), np.int64))

    assert agreed.mean.sum() == pytest.approx(sums[0])
    assert min(sum(means), whole) - 1e-9 <= sums[0] <= max(sum(means), whole) + 1e-9
