"""The past chooses a model, and judges it."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.forecast import DEFAULT, Model, Past, accuracy, choose, judge, known_now
from zhanggui.methods.problems import NotEnoughDataError

SEASONAL = Model("seasonal", pattern="weeks")


def swinging(n_series: int = 12, n_periods: int = 40) -> Past:
    """Return series that sell three times as much in every fourth period."""
    season = np.where(np.arange(n_periods) % 4 == 3, 3.0, 1.0)
    counts = np.random.default_rng(3).poisson(5 * season, (n_series, n_periods)).astype(np.float64)
    return Past(counts, np.ones_like(counts), np.zeros(n_series, np.int64), {"weeks": season[None, :]})


def test_a_group_with_a_season_takes_the_seasonal_model_and_beats_naive() -> None:
    past = swinging()
    chosen = choose(past, (DEFAULT, SEASONAL), origins=(28, 32, 36), horizon=4)

    assert (chosen.model == 1).all()
    found, naive = judge(past, chosen, origin=36, horizon=4)
    assert found.mase < 0.7 < naive.mase
    assert known_now(past, chosen).level == pytest.approx(5, rel=0.35)


def test_a_group_without_a_season_keeps_the_default() -> None:
    counts = np.random.default_rng(4).poisson(5, (12, 40)).astype(np.float64)
    past = Past(counts, np.ones_like(counts), swinging().groups, swinging().patterns)
    chosen = choose(past, (DEFAULT, SEASONAL), origins=(28, 32, 36), horizon=4)

    assert (chosen.model == 0).all()


def test_a_group_of_few_takes_the_default_whatever_its_past_says() -> None:
    chosen = choose(swinging(4), (DEFAULT, SEASONAL), origins=(28, 32, 36), horizon=4)

    assert chosen.loss[0, 1] < chosen.loss[0, 0]
    assert (chosen.model == 0).all()


def test_one_week_of_history_is_refused() -> None:
    past = Past(np.ones((3, 1)), np.ones((3, 1)), np.zeros(3, np.int64), {})

    with pytest.raises(NotEnoughDataError, match="too short to try a forecast"):
        choose(past, (DEFAULT,), origins=(1,), horizon=1)


def test_the_figures_of_accuracy_are_those_of_a_hand_count() -> None:
    # Errors 1 and 3 over a scale of 2: MASE (1 + 3) / 2 / 2 = 1. Forecast 10 + 10 against 11 + 7: bias 2 / 18.
    quantile = np.array([[12.0, 12.0]])
    found = accuracy([[11, 7]], [[10, 10]], {0.9: quantile}, scale=[2])

    assert (found.mase, found.bias, found.wape, found.coverage) == (1.0, 2 / 18, 4 / 18, 1.0)
    # Both lie below 12: (1 - .9) * (1 + 5) / 2 = .3, over 2
    assert found.pinball == pytest.approx(0.15)


def test_series_that_never_changed_have_no_scale_and_are_left_out() -> None:
    found = accuracy([[1], [5]], [[2], [5]], {0.9: np.array([[3.0], [6.0]])}, scale=[1, 0])

    assert found.n_series == 1
    assert found.mase == 1
