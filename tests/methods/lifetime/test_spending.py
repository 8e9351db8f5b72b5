from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.lifetime import fit_drawn_mean, fit_gamma_gamma
from zhanggui.methods.problems import NotEnoughDataError


def test_gamma_gamma_is_found_again_in_values_drawn_from_it() -> None:
    rng = np.random.default_rng(6)
    n = rng.integers(1, 12, 40_000)
    rate = rng.gamma(4.0, 1 / 16.0, len(n))
    mean = rng.gamma(6.0 * n) / rate / n

    found = fit_gamma_gamma(n, mean)

    assert found.p == pytest.approx(6.0, rel=0.05)
    assert found.q == pytest.approx(4.0, rel=0.05)
    assert found.gamma == pytest.approx(16.0, rel=0.08)
    assert found.mean == pytest.approx(6 * 16 / 3, rel=0.02)


def test_a_mean_is_drawn_towards_that_of_all_the_less_it_is_of_more_purchases() -> None:
    rng = np.random.default_rng(6)
    found = fit_gamma_gamma(rng.integers(1, 9, 500), rng.gamma(3.0, 12.0, 500))

    few, many = found.expected_value([1, 500], [200.0, 200.0])

    assert found.mean < few < many < 200.0
    assert found.expected_value([0], [0.0])[0] == pytest.approx(found.mean)


def test_fen_instead_of_yuan_change_the_rate_and_nothing_else() -> None:
    rng = np.random.default_rng(6)
    n, mean = rng.integers(1, 9, 500), rng.gamma(3.0, 12.0, 500)

    yuan, fen = fit_gamma_gamma(n, mean), fit_gamma_gamma(n, mean * 100)

    assert (fen.p, fen.q, fen.gamma) == pytest.approx((yuan.p, yuan.q, yuan.gamma * 100), rel=1e-6)


@pytest.mark.parametrize(
    ("n", "mean", "why"), [([1] * 29, [5.0] * 29, "29 customers"), ([1] * 40, [5.0] * 39 + [-1.0], "1 customers have")]
)
def test_values_that_gamma_gamma_cannot_hold_are_refused(n: list[int], mean: list[float], why: str) -> None:
    with pytest.raises(NotEnoughDataError, match=why):
        fit_gamma_gamma(n, mean)


def test_a_drawn_mean_splits_the_variance_within_and_between_customers() -> None:
    rng = np.random.default_rng(9)
    own = rng.normal(20.0, 6.0, 4_000)
    who = np.repeat(np.arange(4_000), rng.integers(1, 8, 4_000))

    found = fit_drawn_mean(who, rng.normal(own[who], 10.0))

    assert found.mean == pytest.approx(20.0, abs=0.5)
    assert found.within == pytest.approx(100.0, rel=0.05)
    assert found.between == pytest.approx(36.0, rel=0.1)
    # 4 purchases: 4 * 36 / (4 * 36 + 100) of the way from the mean of all to -10.
    assert found.expected_value([4], [-10.0])[0] == pytest.approx(20 - 30 * 144 / 244, abs=1.5)


def test_customers_who_do_not_differ_are_all_worth_the_mean_of_all() -> None:
    found = fit_drawn_mean([0, 0, 1, 1], [1.0, 9.0, 9.0, 1.0])

    assert found.between == 0.0
    assert found.expected_value([2, 2], [1.0, 9.0]).tolist() == [5.0, 5.0]
