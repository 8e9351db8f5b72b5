"""Forecasts and stock of a year of grocery sales, against the published figures of other methods."""

from __future__ import annotations

import time

import numpy as np
import pytest
from tests.lengths import IS_LONG
from tests.methods.forecast.grocery import Floats, Weekly, weekly

from zhanggui.methods.forecast import QUANTILES, Demand, accuracy, scales, smooth, smooth_path
from zhanggui.methods.stocking import Economy, critical_fractile, replay, tune

ORIGINS = (41, 45, 49)
HORIZON = 4
LEAD, COVER = 2, 3
FIRST_TUNED, FIRST_TESTED, END = 13, 27, 53
MARGINS = {"durable": (0.3, 0.0048), "perishable": (0.3, 0.05), "fashion": (0.6, 0.01)}


@pytest.fixture(scope="module")
def sales() -> Weekly:
    return weekly()


def sample(units: Floats) -> Floats:
    """Return 150 products that sell nearly every week and 150 that do not."""
    eligible = units[(units[:, :29] > 0).sum(axis=1) >= 10]
    assert len(eligible) == 11_831
    fast = (eligible > 0).mean(axis=1) > 0.9
    rng = np.random.default_rng(7)
    chosen = [rng.choice(np.flatnonzero(kind), 150, replace=False) for kind in (fast, ~fast)]
    return np.asarray(eligible[np.concatenate(chosen)])


def test_weekly_products_are_forecast_as_well_as_by_the_best_of_fourteen_models(sales: Weekly) -> None:
    series = sample(sales.units)
    found = []
    spent = 0.0
    for origin in ORIGINS:
        past, came = series[:, :origin], series[:, origin : origin + HORIZON]
        began = time.process_time()
        demand = smooth(past).demand()
        quantiles = {share: np.repeat(demand.quantile(share)[:, None], HORIZON, axis=1) for share in QUANTILES}
        spent += time.process_time() - began
        mean = np.repeat(demand.mean[:, None], HORIZON, axis=1)
        found.append(accuracy(came, mean, quantiles, scale=scales(past)))

    mase, loss, coverage = (
        float(np.mean([getattr(at, name) for at in found])) for name in ("mase", "pinball", "coverage")
    )
    assert mase <= 0.83  # EWMA .1 in the published table: .827; naive: 1.028
    assert loss <= 0.295  # .294; AutoETS: .318
    assert 0.88 <= coverage <= 0.93
    assert spent > 0


@pytest.mark.slow
@pytest.mark.skipif(not IS_LONG, reason="half a minute; runs with ZHANGGUI_LONG=1")
def test_stock_that_chooses_between_formula_and_replay_earns_more_than_a_fixed_z(sales: Weekly) -> None:
    sold_often = (sales.units[:, :26] > 0).sum(axis=1) >= 8
    units, value = sales.units[sold_often], sales.value[sold_often]
    assert len(units) == 13_160
    price = value.sum(axis=1) / units.sum(axis=1)
    levels, spreads = (each[:, :-1] for each in smooth_path(units, since=0))
    tested = units[:, FIRST_TESTED:END]
    gains = {}
    for name, (margin, weekly_holding) in MARGINS.items():
        economy = Economy(margin * price, weekly_holding * (1 - margin) * price)
        formula = critical_fractile(margin, weekly_holding * (1 - margin))
        learning = slice(FIRST_TUNED, FIRST_TESTED)
        tuned = tune(
            units[:, learning], (levels[:, learning], spreads[:, learning]), economy, formula=formula, lead=LEAD
        )
        share = formula if tuned.fractile is None else tuned.fractile
        later = slice(FIRST_TESTED, END)
        filled = smooth_levels(levels[:, later], spreads[:, later], float(share))
        base = replay(tested, fixed_levels(units), economy, lead=LEAD)
        gains[name] = float(replay(tested, filled, economy, lead=LEAD).profit.sum() / base.profit.sum() - 1)
        assert round(base.fill_rate, 3) == 0.932  # the published figure of the same base

    assert gains["durable"] >= 0.012
    assert gains["perishable"] >= 0.24
    assert gains["fashion"] >= 0.025


def smooth_levels(levels: Floats, spreads: Floats, share: float) -> Floats:
    mean = levels * COVER
    return Demand(mean, spreads * mean).quantile(share)


def fixed_levels(units: Floats) -> Floats:
    """Return the base: mean of 13 weeks for the cover, and 1.645 standard deviations of 26."""
    columns = []
    for week in range(FIRST_TESTED, END):
        mean, spread = units[:, week - 13 : week].mean(axis=1), units[:, week - 26 : week].std(axis=1, ddof=1)
        columns.append(mean * COVER + 1.645 * spread * np.sqrt(COVER))
    return np.stack(columns, axis=1)
