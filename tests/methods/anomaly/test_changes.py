from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.anomaly import change_points, drift, sum_ahead
from zhanggui.methods.problems import NotEnoughDataError

WEEK = np.array([100.0, 104, 98, 101, 130, 160, 150])


def test_two_new_levels_are_found_where_they_begin() -> None:
    rng = np.random.default_rng(1)
    level = np.repeat([1.0, 1.4, 0.9], 35)

    found = change_points(rng.poisson(np.tile(WEEK, 15) * level))

    assert [each.step for each in found] == pytest.approx([35, 70], abs=1)
    assert [each.deviations > 0 for each in found] == [True, False]


def test_one_wild_day_and_a_weekly_pattern_are_no_new_level() -> None:
    orders = np.tile(WEEK, 10)
    orders[40] = 900

    assert change_points(orders) == ()


def test_luck_alone_has_no_level_changes() -> None:
    rng = np.random.default_rng(2)

    assert sum(len(change_points(rng.poisson(50, 90))) for _ in range(40)) <= 1


def test_gaps_do_not_move_the_day_of_a_change() -> None:
    rng = np.random.default_rng(3)
    orders = rng.poisson(np.repeat([80.0, 140.0], 40)).astype(float)
    orders[[5, 6, 7, 50]] = np.nan

    assert [each.step for each in change_points(orders)] == [40]


def test_levels_of_a_few_days_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="at least 14"):
        change_points([1.0] * 10)


def test_a_slow_loss_is_drift_and_luck_is_none() -> None:
    rng = np.random.default_rng(4)
    # A hundredth less each week.
    falling = rng.normal(np.tile(WEEK, 12) * np.repeat(1 - 0.01 * np.arange(12), 7), 3)

    found = drift(falling)

    assert found.relative == pytest.approx(-0.01, abs=0.004)
    assert found.probability < 0.001
    assert drift(rng.normal(np.tile(WEEK, 12), 3)).probability > 0.05
    with pytest.raises(NotEnoughDataError):
        drift(WEEK)


def test_the_rest_of_a_month_is_foreseen_weekday_by_weekday() -> None:
    found = sum_ahead(np.tile(WEEK, 6), 9, effects=[1, 1, 1, 1, 1, 1, 1, 1, 2])

    # One whole week, a Monday, and a Tuesday that counts twice.
    assert found.expected == pytest.approx(WEEK.sum() + 100 + 2 * 104, rel=0.01)


def test_bounds_hold_the_truth_about_as_often_as_asked() -> None:
    rng = np.random.default_rng(5)
    n_held = 0
    for _ in range(40):
        orders = rng.poisson(np.tile(WEEK, 20)).astype(float)
        found = sum_ahead(orders[:120], 10, confidence=0.9)
        n_held += found.low <= orders[120:130].sum() <= found.high

    assert n_held >= 30  # 36 are to be expected; fewer than 30 come once in 200 runs.


def test_a_forecast_from_two_weeks_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="at least 21"):
        sum_ahead(np.tile(WEEK, 2), 5)
