"""Published figures of CDNOW's sample of a tenth: 2,357 customers of early 1997, followed for 78 weeks."""

from __future__ import annotations

import numpy as np
import pytest
from tests.methods.lifetime.cdnow import CALIBRATION_END, HOLDOUT_END, bought

from zhanggui.methods.lifetime import (
    BackTest,
    Occasions,
    back_test,
    fit_gamma_gamma,
    forecast_range,
    past_forecasts,
    tenths,
)


@pytest.fixture(scope="module")
def known() -> Occasions:
    return bought()


@pytest.fixture(scope="module")
def tried(known: Occasions) -> BackTest:
    return back_test(known, end=CALIBRATION_END.toordinal(), until=HOLDOUT_END.toordinal(), unit_days=7)


def test_bg_is_what_fader_hardie_and_lee_published(tried: BackTest) -> None:
    found = tried.tried["bg_nbd"].fit

    assert found.parameters == pytest.approx({"r": 0.24259, "alpha": 4.4135, "a": 0.7929, "b": 2.4259}, rel=1e-4)
    assert found.log_likelihood >= -9582.430


def test_pareto_is_what_was_published(tried: BackTest) -> None:
    found = tried.tried["pareto_nbd"].fit

    assert {name: round(value, 3) for name, value in found.parameters.items()} == {
        "r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669
    }  # fmt: skip
    assert found.log_likelihood == pytest.approx(-9594.976, abs=1e-3)


def test_gamma_gamma_is_what_was_published(tried: BackTest) -> None:
    back = tried.window.known.repeats > 0

    found = fit_gamma_gamma(tried.window.known.repeats[back], tried.window.mean_repeat["revenue"][back])

    assert (round(found.p, 2), round(found.q, 2), round(found.gamma, 2)) == (6.25, 3.74, 15.44)
    assert back.sum() == 946


def test_weeks_40_to_78_are_forecast_as_well_as_the_best_model_can(tried: BackTest) -> None:
    assert tried.chosen == "pareto_nbd"
    assert tried.window.later.sum() == 1882
    assert tried.best.score.mae <= 0.755
    assert tried.best.score.auc is not None
    assert tried.best.score.auc >= 0.778
    assert tried.best.score.bias is not None
    assert abs(tried.best.score.bias) <= 0.12
    assert tried.best.churn_auc is not None
    assert tried.best.churn_auc >= 0.77


def test_the_level_of_earlier_forecasts_takes_most_of_the_bias_off(known: Occasions, tried: BackTest) -> None:
    past = past_forecasts(known, end=CALIBRATION_END.toordinal(), model=tried.chosen, unit_days=7)

    calibrated = tried.best.expected.sum() * past.level / tried.window.later.sum() - 1

    assert abs(calibrated) <= 0.08


def test_tenths_get_what_they_were_promised_in_proportion(tried: BackTest) -> None:
    slope = tenths(tried.best.expected, tried.window.later).slope

    assert slope is not None
    assert 0.9 <= slope <= 1.1


def test_the_bounds_of_the_total_hold_what_came(known: Occasions, tried: BackTest) -> None:
    past = past_forecasts(known, end=CALIBRATION_END.toordinal(), model=tried.chosen, unit_days=7)
    ones = np.ones(len(tried.window.known))

    found = forecast_range(
        tried.best.fit, tried.window.known, ones, horizon=39, rng=np.random.default_rng(1), wrong_by=past.spread()
    )

    assert found.low < 1882 < found.high
    # Bounds that hold everything would say nothing.
    assert (found.high - found.low) / found.middle < 0.8
