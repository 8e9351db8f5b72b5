from __future__ import annotations

import numpy as np
import pytest
from scipy.special import hyp2f1
from tests.methods.lifetime.made_up import BG, MBG, PARETO, customers_of

from zhanggui.methods.lifetime import BgNbd, MbgNbd, ParetoNbd, discounted_purchases, histories
from zhanggui.methods.lifetime.fitting import Model

KNOWN = histories([0, 0, 1, 4, 60], [0, 0, 20, 70, 88], [10, 90, 90, 90, 90])
EACH = pytest.mark.parametrize("model", [BG, MBG, PARETO], ids=lambda model: model.name)


@EACH
def test_expected_purchases_and_chances_are_the_means_of_drawn_futures(model: Model) -> None:
    rng = np.random.default_rng(8)
    futures = np.array([model.draw(KNOWN, 45.0, rng) for _ in range(10_000)])

    error = futures.std(axis=0) / np.sqrt(len(futures))
    assert (abs(model.expected_purchases(KNOWN, 45.0) - futures.mean(axis=0)) < 4 * error).all()
    assert model.p_purchase(KNOWN, 45.0) == pytest.approx((futures > 0).mean(axis=0), abs=0.02)


def test_the_published_example_customer_of_bg_is_answered_as_published() -> None:
    # Fader, Hardie and Lee (2005), table of conditional expectations: x = 2, t_x = 30.43, T = 38.86, 39 weeks ahead.
    model = BgNbd(0.243, 4.414, 0.793, 2.426)

    assert model.expected_purchases(histories([2], [30.43], [38.86]), 39.0)[0] == pytest.approx(1.226, abs=5e-4)


@pytest.mark.parametrize("model", [BG, MBG], ids=lambda model: model.name)
def test_the_sum_over_chances_to_leave_is_the_published_hypergeometric_form(model: BgNbd) -> None:
    b = model.b + KNOWN.repeats + (1 if isinstance(model, MbgNbd) else 0)
    z = 45 / (model.alpha + KNOWN.watched + 45)
    r, a = model.r + KNOWN.repeats, model.a
    published = (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, a + b - 1, z)) * model.p_alive(KNOWN)

    assert model.expected_purchases(KNOWN, 45.0) == pytest.approx(published, rel=1e-9)


def test_a_thousand_purchases_are_answered_where_the_hypergeometric_form_fails() -> None:
    heavy = histories([1_000], [363], [364])

    [expected] = BG.expected_purchases(heavy, 91.0)

    # Somebody who never leaves would buy (r + x) / (alpha + T) * 91 times.
    assert 100 < expected < (BG.r + 1_000) / (BG.alpha + 364) * 91


@EACH
def test_no_time_ahead_brings_no_purchase_and_more_time_brings_more(model: Model) -> None:
    reached = np.array([model.expected_purchases(KNOWN, horizon) for horizon in (0.0, 1.0, 30.0, 3_000.0)])

    assert reached[0] == pytest.approx(0.0, abs=1e-12)
    assert (np.diff(reached, axis=0) > 0).all()
    chances = np.array([model.p_purchase(KNOWN, horizon) for horizon in (0.0, 30.0, 3_000.0)])
    assert chances[0] == pytest.approx(0.0, abs=1e-9)
    assert (np.diff(chances, axis=0) > 0).all()
    assert (chances[-1] <= model.p_alive(KNOWN) + 1e-12).all()


def test_without_leaving_every_model_is_the_same_plain_one() -> None:
    # Negative binomial: (r + x) / (alpha + T) * t purchases; silent with ((alpha + T) / (alpha + T + t)) ** (r + x).
    plain = (0.8 + KNOWN.repeats) / (60 + KNOWN.watched) * 30
    silent = ((60 + KNOWN.watched) / (90 + KNOWN.watched)) ** (0.8 + KNOWN.repeats)
    for model in (BgNbd(0.8, 60, 1e-9, 1), MbgNbd(0.8, 60, 1e-9, 1), ParetoNbd(0.8, 60, 1e-9, 1)):
        assert model.expected_purchases(KNOWN, 30.0) == pytest.approx(plain, rel=1e-6)
        assert model.p_purchase(KNOWN, 30.0) == pytest.approx(1 - silent, rel=1e-6)


def test_equal_leaving_shapes_of_one_are_no_gap_in_the_formula() -> None:
    near = [ParetoNbd(0.8, 60, s, 80).expected_purchases(KNOWN, 30.0) for s in (1 - 1e-6, 1.0, 1 + 1e-6)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2, rel=1e-9)
    near = [BgNbd(0.8, 60, a, 2).expected_purchases(KNOWN, 30.0) for a in (1 - 1e-6, 1.0, 1 + 1e-6)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2, rel=1e-9)


def test_a_one_time_buyer_of_bg_is_surely_there_and_so_no_score_of_churn() -> None:
    assert BG.p_alive(KNOWN)[:2].tolist() == [1.0, 1.0]
    # Silent for 90 days is worse than for 10, which the chance of a purchase knows.
    assert BG.p_purchase(KNOWN, 30.0)[0] > BG.p_purchase(KNOWN, 30.0)[1]


def test_discounting_takes_off_what_half_the_wait_costs() -> None:
    # A near even flow over a year at 10 %: between all at once and all at the end.
    whole = PARETO.expected_purchases(KNOWN, 365.0)

    today = discounted_purchases(PARETO, KNOWN, horizon=365.0, unit_days=1, yearly_discount=0.1)

    assert (today < whole).all()
    assert (today > whole / 1.1).all()
    assert discounted_purchases(PARETO, KNOWN, horizon=365.0, unit_days=1, yearly_discount=0.0) == pytest.approx(whole)


@EACH
def test_what_drawn_customers_do_next_is_what_the_model_expects(model: Model) -> None:
    # New customers over 200 days: the repeats of histories from an empty start.
    drawn = customers_of(model, 40_000, seed=4, least=200, most=200)

    [expected] = model.expected_purchases(histories([0], [0], [0]), 200.0)

    error = drawn.repeats.std() / np.sqrt(len(drawn))
    assert abs(drawn.repeats.mean() - expected) < 4 * error
