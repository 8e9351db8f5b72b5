from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.anomaly import seasonal_bands
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

WEEK = np.array([100.0, 104, 98, 101, 130, 160, 150])


def test_a_saturday_at_the_level_of_a_monday_is_low_and_a_monday_there_is_not() -> None:
    orders = np.tile(WEEK, 6)
    orders[-2] = 100  # A Saturday, on which 160 are usual.

    found = seasonal_bands(orders, is_count=True)

    assert found.expected[-2] == pytest.approx(160, rel=0.02)
    assert found.is_outside.nonzero()[0].tolist() == [len(orders) - 2]
    assert found.deviations[-2] < 0


def test_what_comes_later_changes_nothing_of_what_was_said_earlier() -> None:
    rng = np.random.default_rng(5)
    orders = rng.poisson(np.tile(WEEK, 8)).astype(float)
    told_then = seasonal_bands(orders[:40], is_count=True)

    orders[40:] *= 7
    told_later = seasonal_bands(orders, is_count=True)

    assert np.array_equal(told_then.low, told_later.low[:40], equal_nan=True)
    assert np.array_equal(told_then.deviations, told_later.deviations[:40], equal_nan=True)


def test_a_past_of_less_than_three_weeks_says_that_it_is_too_short() -> None:
    found = seasonal_bands(np.tile(WEEK, 4), is_count=True)

    # Two weeks teach a guess, and one more how far such guesses stray.
    assert found.is_short[:21].all()
    assert not found.is_short[21:].any()
    assert np.isnan(found.deviations[:21]).all()


def test_days_without_a_value_are_neither_outside_nor_learned_from() -> None:
    orders = np.tile(WEEK, 6)
    orders[30:33] = np.nan

    found = seasonal_bands(orders, is_count=True)

    assert np.isnan(found.deviations[30:33]).all()
    assert found.expected[-1] == pytest.approx(150, rel=0.02)


def test_a_new_level_is_taken_for_normal_after_five_days() -> None:
    rng = np.random.default_rng(1)
    orders = rng.poisson(np.repeat([100.0, 180.0], 50)).astype(float)

    found = seasonal_bands(orders, is_count=True)

    assert found.is_outside[50:53].all()
    assert found.expected[56:70] == pytest.approx(180, rel=0.16)
    assert found.is_outside[56:].sum() == 0


def test_a_ratio_of_few_strays_further_than_one_of_many() -> None:
    rng = np.random.default_rng(2)
    visitors = np.tile([2000.0, 100.0], 30)
    rate = rng.binomial(visitors.astype(int), 0.1) / visitors

    found = seasonal_bands(rate, exposures=visitors, is_count=True)

    # Deviation of a share: the root of 0.1 · 0.9 / n, so the root of 20 times as wide.
    of_many, of_few = found.high[-2] - found.expected[-2], found.high[-1] - found.expected[-1]
    assert 2.5 < of_few / of_many < 7


def test_none_of_half_a_thing_a_day_is_ordinary_and_nine_are_not() -> None:
    rng = np.random.default_rng(3)
    returns = rng.poisson(0.5, 60).astype(float)
    returns[-2:] = 0, 9

    found = seasonal_bands(returns, is_count=True)

    assert not found.is_outside[-2]
    assert found.is_outside[-1]


def test_the_second_promotion_is_expected_as_the_first_one_was_and_its_first_day_was_not_judged_narrowly() -> None:
    rng = np.random.default_rng(4)
    orders = rng.poisson(60.0, 160).astype(float)
    labels = np.zeros(160, np.int64)
    for first in (60, 130):
        labels[first : first + 4] = 1
        orders[first : first + 4] *= 2
    spreads = np.full(160, 0.7)

    found = seasonal_bands(orders, labels=labels, spreads=spreads, is_count=True)

    assert not found.is_outside[[60, 61, 62, 63, 130, 131, 132, 133]].any()
    assert found.expected[130] == pytest.approx(120, rel=0.15)
    assert found.expected[134] == pytest.approx(60, rel=0.15)  # The level has not learned from the promotion.


def test_profit_may_lie_below_zero() -> None:
    rng = np.random.default_rng(6)
    profit = rng.normal(-50, 100, 80)
    profit[-1] = -2_000

    found = seasonal_bands(profit)

    assert found.is_outside[-1]
    assert found.low[-1] < -50 < found.high[-1]


def test_ordinary_luck_leaves_its_band_about_as_often_as_a_normal_law_says() -> None:
    rng = np.random.default_rng(7)
    orders = rng.poisson(np.tile(30.0 * WEEK / WEEK.mean(), (120, 20))).astype(float)

    deviations = seasonal_bands(orders, is_count=True, first=139).deviations[:, 21:]

    # 0.27 % of a normal law lie beyond three deviations; what is learned from weeks costs a little more.
    assert 0.0005 < (np.abs(deviations) > 3).mean() < 0.006
    assert deviations.std() == pytest.approx(1.0, abs=0.1)


def test_series_side_by_side_are_answered_as_each_alone() -> None:
    rng = np.random.default_rng(8)
    many = rng.poisson(40.0, (3, 50)).astype(float)

    together = seasonal_bands(many, is_count=True)

    assert together.low[1] == pytest.approx(seasonal_bands(many[1], is_count=True).low, nan_ok=True)


def test_arrays_of_different_lengths_and_nothing_at_all_are_refused() -> None:
    with pytest.raises(ShapeMismatchError):
        seasonal_bands([1.0, 2.0], labels=[0])
    with pytest.raises(NotEnoughDataError):
        seasonal_bands([])
