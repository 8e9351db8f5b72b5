"""The funnel of the own site: pass rates, the lever on them, and where visits without an order end."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import Step
from zhanggui.simulate.scene.channels import OFFICIAL_ACCOUNT_CONVERSION
from zhanggui.simulate.scene.steps import FUNNEL, PASS_RATES, FunnelTruth, Passing, passing

HOME = list(Trade).index(Trade.HOME)


def ordinary(n: int, trade: int, levers: Levers | None = None) -> Passing:
    return passing(levers or Levers(), np.full(n, trade), np.ones(n), np.ones(n))


@pytest.mark.parametrize("trade", list(Trade))
def test_an_ordinary_visit_ends_in_an_order_equally_often_in_every_trade(trade: Trade) -> None:
    chance = ordinary(1, list(Trade).index(trade)).order[0]

    assert chance == pytest.approx(np.prod(PASS_RATES[trade]))
    assert chance == pytest.approx(OFFICIAL_ACCOUNT_CONVERSION, rel=0.02)


def test_fresh_food_loses_most_where_the_variant_is_chosen() -> None:
    rates = PASS_RATES[Trade.HOME]

    assert FUNNEL[int(np.argmin(rates))] is Step.VARIANT
    assert min(rates) == min(min(of_trade) for of_trade in PASS_RATES.values())


def test_a_better_variant_page_raises_that_step_of_that_trade_only() -> None:
    # the step passes 17% more often.
    better = Levers([Pull(Lever.STEP_PASS, 1.17, 0, 0, {"step": int(Step.VARIANT), "trade": HOME})])
    before, after = ordinary(1, HOME).reach[0], ordinary(1, HOME, better).reach[0]

    assert after[0] == before[0]
    assert after[1:] / before[1:] == pytest.approx(np.full(4, 1.17))
    assert (ordinary(1, 0, better).reach == ordinary(1, 0).reach).all()


def test_visits_without_an_order_end_at_each_step_as_often_as_the_chances_say() -> None:
    n = 100_000
    chances = ordinary(n, 0)
    depth = chances.depth_without_order((np.arange(n) + 0.5) / n)
    reach = chances.reach[0]

    # Evenly spread numbers fall into each span by its length:
    # P(depth > k | no order) = (reach_k - order) / (1 - order).
    expected = (reach - reach[-1]) / (1 - reach[-1])
    assert [(depth > step).mean() for step in range(5)] == pytest.approx(expected, abs=2 / n)


def test_a_wish_beyond_certainty_shows_at_the_next_step() -> None:
    n = 2
    eager = passing(Levers(), np.zeros(n, np.int64), np.ones(n), np.array([1.0, 4.0]))

    # 0.34 * 4 = 1.36, of which the cart takes 0.98 and the checkout the rest.
    assert eager.order[1] / eager.order[0] == pytest.approx(4.0)


def test_true_rates_are_ratios_of_sums_over_all_visits() -> None:
    truth = FunnelTruth()
    trade, depth = np.array([0, 0, 0, 3]), np.array([0, 2, 6, 1])
    truth.add(trade, depth, np.array([[0.5, 0.25, 0.1, 0.05, 0.02]] * 4))

    assert truth.visits.tolist() == [3, 0, 0, 1]
    assert truth.reached[0].tolist() == [2, 2, 1, 1, 1, 1]
    assert truth.rates()["beauty"] == pytest.approx(
        {"item": 0.5, "variant": 0.5, "cart_add": 0.4, "checkout": 0.5, "payment": 0.4}
    )
    assert sorted(truth.rates()) == ["beauty", "home"]
