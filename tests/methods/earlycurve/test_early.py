"""Totals forecast from their beginnings."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.earlycurve import back_test, early_curve
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError


def test_beginnings_that_are_luck_in_part_are_drawn_back() -> None:
    # Rates differ little, so that most of a strong first week is luck: a straight line of four weeks overrates it.
    rng = np.random.default_rng(7)
    rates = rng.gamma(20, 0.15, 200)
    begun, rest = rng.poisson(rates), rng.poisson(3 * rates)
    found = back_test(begun, begun + rest, np.zeros(200), times=4)

    assert found.curve < found.straight
    assert found.curve <= found.kin_mean


def test_beginnings_that_tell_everything_beat_the_mean() -> None:
    begun = np.arange(1, 31)
    found = back_test(begun, begun * 4, np.zeros(30), times=4)

    assert found.curve < 1e-9
    assert found.straight == 0
    assert found.kin_mean > 20


def test_the_range_of_a_forecast_holds_eight_in_ten() -> None:
    rng = np.random.default_rng(3)
    rates = rng.gamma(3, 4, 300)
    begun, rest = rng.poisson(rates), rng.poisson(3 * rates)

    assert 0.75 <= back_test(begun, begun + rest, np.zeros(300), times=4).coverage <= 0.95


def test_few_series_and_uneven_ones_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="at least 12 finished series; got 3"):
        early_curve([1, 2, 3], [4, 8, 12])
    with pytest.raises(ShapeMismatchError):
        early_curve([1] * 12, [1] * 13)
