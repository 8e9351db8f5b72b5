from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln, hyp2f1
from tests.lengths import IS_LONG
from tests.methods.lifetime.made_up import BG, MBG, PARETO, customers_of

from zhanggui.methods.lifetime import MODELS, Histories, HistoryError, fit, grouped, histories
from zhanggui.methods.lifetime.fitting import Model
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError


@pytest.fixture(scope="module")
def known() -> Histories:
    return customers_of(PARETO, 1_500, seed=5)


@pytest.mark.parametrize("name", MODELS)
def test_the_gradient_is_the_slope_of_the_likelihood(known: Histories, name: str) -> None:
    point = np.array([0.7, 40.0, 0.8, 3.0])
    step = point * 1e-5

    _, gradient = MODELS[name].likelihood(point, known)
    ups, downs = (
        [MODELS[name].likelihood(point + side * np.diag(step)[i], known)[0] for i in range(4)] for side in (1, -1)
    )

    assert gradient == pytest.approx((np.array(ups) - np.array(downs)) / (2 * step), rel=1e-6)


@pytest.mark.parametrize("name", MODELS)
def test_equal_histories_as_one_row_with_their_number_give_the_same_fit(known: Histories, name: str) -> None:
    thrice = Histories(*(np.repeat(each, 3) for each in (known.repeats, known.last_at, known.watched, known.customers)))
    weighted = Histories(known.repeats, known.last_at, known.watched, known.customers * 3)

    one, other = fit(thrice, model=name), fit(weighted, model=name)

    assert one.parameters == pytest.approx(other.parameters, rel=1e-9)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-12)


@pytest.mark.parametrize("name", MODELS)
def test_weeks_instead_of_days_change_the_unit_of_times_and_nothing_else(known: Histories, name: str) -> None:
    days, weeks = fit(known, model=name), fit(known.scaled(7), model=name)

    for parameter, value in days.parameters.items():
        in_weeks = value / 7 if parameter in days.model.TIMES else value
        assert weeks.parameters[parameter] == pytest.approx(in_weeks, rel=1e-7)
    # A density per week is seven times one per day, for each repeat.
    shift = known.repeats.sum() * np.log(7)
    assert weeks.log_likelihood == pytest.approx(days.log_likelihood + shift, rel=1e-9)
    assert weeks.model.expected_purchases(known.scaled(7), 13) == pytest.approx(
        days.model.expected_purchases(known, 91), rel=1e-6
    )


@pytest.mark.parametrize(("alpha", "beta"), [(10.6, 7.7), (6.6, 11.7)])
def test_the_likelihood_of_pareto_is_the_published_one(alpha: float, beta: float) -> None:
    # Fader and Hardie (2005), equation 18, for alpha above and below beta.
    known = histories([2, 0, 7], [30.43, 0, 12.0], [38.86, 38.86, 20.0])
    r, s, x, end = 0.55, 0.61, known.repeats, known.watched
    whole, most = r + s + x, max(alpha, beta)
    second = np.full(3, s + 1) if alpha >= beta else r + x
    until_last, until_end = (
        hyp2f1(whole, second, whole + 1, abs(alpha - beta) / (most + at)) / (most + at) ** whole
        for at in (known.last_at, end)
    )
    there = (alpha + end) ** -(r + x) * (beta + end) ** -s
    published = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    published += np.log(there + s / whole * (until_last - until_end))

    value, _ = MODELS["pareto_nbd"].likelihood(np.array([r, alpha, s, beta]), known)

    assert value == pytest.approx(float(published.sum()), rel=1e-10)


IN_THE_LONG_FORM = pytest.mark.skipif(not IS_LONG, reason="set ZHANGGUI_LONG=1")


@pytest.mark.parametrize(
    ("model", "n"),
    [
        *((model, 100_000) for model in (BG, MBG, PARETO)),
        *(pytest.param(model, 1_000_000, marks=IN_THE_LONG_FORM) for model in (BG, MBG, PARETO)),
    ],
    ids=lambda given: given if isinstance(given, int) else given.name,
)
def test_a_model_is_found_again_in_customers_drawn_from_it(model: Model, n: int) -> None:
    found = fit(customers_of(model, n, seed=11), model=model.name)

    for name, error in found.standard_errors.items():
        assert abs(found.parameters[name] - getattr(model, name)) < 3 * error, name
    assert not found.at_bound


def test_customers_who_never_leave_are_told_as_such() -> None:
    # The chance to leave has no lower bound to be found: its mean a / (a + b) goes to 0.
    stays = customers_of(replace(BG, a=1e-6, b=1.0), 2_000, seed=3)

    found = fit(stays)

    assert found.parameters["a"] / (found.parameters["a"] + found.parameters["b"]) < 0.01
    assert found.parameters["r"] == pytest.approx(BG.r, rel=0.1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (histories([1] * 29, [2] * 29, [9] * 29), "29 customers are too few"),
        (histories([0] * 50, [0] * 50, [9] * 50), "None of 50 customers bought on a second day"),
        (histories([0] * 50, [0] * 50, [0] * 50), "a single day"),
        (histories([], [], []), "0 customers"),
    ],
    ids=["few", "one-time buyers", "one day", "none"],
)
def test_too_thin_data_is_refused_with_its_reason(given: Histories, why: str) -> None:
    with pytest.raises(NotEnoughDataError, match=why):
        fit(given)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((1, 9, 5), "later than the end"),
        ((0, 3, 5), "without a repeat"),
        ((-1, 0, 5), "negative"),
        ((1, np.nan, 5), "missing"),
    ],
)
def test_a_history_that_nobody_can_have_is_refused(row: tuple[float, float, float], why: str) -> None:
    with pytest.raises(HistoryError, match=why):
        histories(*([each] for each in row))


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ShapeMismatchError):
        histories([1, 2], [1], [3])


def test_equal_histories_become_one_row() -> None:
    found = grouped(histories([1, 0, 1, 0], [2, 0, 2, 0], [9, 9, 9, 8], [1, 2, 3, 4]))

    # (0, 0) watched 8: 4; watched 9: 2; (1, 2) watched 9: 1 + 3 = 4.
    assert found.customers.tolist() == [4, 2, 4]
