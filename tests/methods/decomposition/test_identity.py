"""The split of a product over its factors: exact, alike in both directions, defined at zero."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from zhanggui.methods.decomposition import product_effects
from zhanggui.methods.decomposition.identity import UndefinedRatioError
from zhanggui.methods.problems import ShapeMismatchError

N_CASES = 10_000


def drawn_factors(rng: np.random.Generator, n_factors: int, n_cases: int) -> npt.NDArray[np.float64]:
    """Factors over twelve orders of magnitude, a tenth of them zero and a tenth below zero."""
    size = (n_cases, n_factors)
    found = 10.0 ** rng.uniform(-6, 6, size)
    return np.asarray(found * rng.choice([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, -1.0], size), np.float64)


@pytest.mark.parametrize("n_factors", [1, 2, 3, 4, 5])
def test_effects_sum_to_the_change_with_zeros_and_changes_of_sign(n_factors: int) -> None:
    rng = np.random.default_rng()
    before, after = drawn_factors(rng, n_factors, N_CASES // 5), drawn_factors(rng, n_factors, N_CASES // 5)
    # One case in ten hardly moves: that is where differences of logarithms lose their digits.
    still = rng.random(len(before)) < 0.1
    after[still] = before[still] * (1 + rng.uniform(-1e-9, 1e-9, (int(still.sum()), n_factors)))

    effects = product_effects(before, after)

    v0, v1 = before.prod(axis=1), after.prod(axis=1)
    error = np.abs(effects.sum(axis=1) - (v1 - v0))
    # Effects of opposite sign may dwarf the values: no sum of floats is exact below the last digit of its largest.
    last_digit = np.spacing(np.abs(effects).max(axis=1)) * n_factors
    assert (error <= 1e-9 * np.maximum(np.abs(v0), np.abs(v1)) + last_digit).all()


def test_effects_of_ratios_sum_to_the_change() -> None:
    rng = np.random.default_rng()
    before, after = drawn_factors(rng, 3, N_CASES), drawn_factors(rng, 3, N_CASES)
    before[:, 2], after[:, 2] = np.abs(before[:, 2]) + 0.1, np.abs(after[:, 2]) + 0.1

    effects = product_effects(before, after, exponents=[1, 1, -1])

    change = after[:, 0] * after[:, 1] / after[:, 2] - before[:, 0] * before[:, 1] / before[:, 2]
    largest = np.maximum(np.abs(effects).max(axis=1), 1e-300)
    assert (np.abs(effects.sum(axis=1) - change) <= 1e-9 * largest).all()


def test_two_positive_factors_are_split_by_the_logarithmic_mean() -> None:
    # 100 × 50 = 5000 → 110 × 45 = 4950. L = (4950 − 5000) / ln(0.99) = 4974.958; × ln 1.1 = 474.16, × ln 0.9 = −524.16.
    effects = product_effects([100.0, 50.0], [110.0, 45.0])

    mean = -50 / np.log(0.99)
    assert effects.tolist() == pytest.approx([mean * np.log(1.1), mean * np.log(0.9)], rel=1e-12)


def test_a_change_of_sign_is_split_at_the_mid_point() -> None:
    # Two factors: each effect is its own change times the mean of the other: (−4) × (10 + 12) / 2, 2 × (3 − 1) / 2.
    assert product_effects([3.0, 10.0], [-1.0, 12.0]).tolist() == [-44.0, 2.0]


def test_three_factors_at_zero_take_the_mean_over_all_orders() -> None:
    # x: 0 → 2, y: 3 → 5, z: 7 → 7. x alone makes 42 of 0 → 70 where y is old, 70 where it is new: the mean is 56.
    assert product_effects([0.0, 3.0, 7.0], [2.0, 5.0, 7.0]).tolist() == pytest.approx([56.0, 14.0, 0.0], abs=1e-12)


def test_a_factor_that_is_not_defined_drives_nothing() -> None:
    # No orders have no average; the first four, of 25 each, are all due to orders.
    assert product_effects([0.0, np.nan], [4.0, 25.0]).tolist() == [100.0, 0.0]
    assert product_effects([4.0, 25.0], [0.0, np.nan]).tolist() == [-100.0, 0.0]
    assert product_effects([0.0, np.nan], [0.0, np.nan]).tolist() == [0.0, 0.0]


def test_swapping_the_periods_swaps_every_sign() -> None:
    rng = np.random.default_rng()
    before, after = drawn_factors(rng, 3, 500), drawn_factors(rng, 3, 500)

    there, back = product_effects(before, after), product_effects(after, before)

    scale = np.maximum(np.abs(there).max(axis=1, keepdims=True), 1e-300)
    assert np.allclose(there / scale, -back / scale, rtol=0, atol=1e-9)


def test_a_factor_that_stands_still_has_no_effect_where_logarithms_exist() -> None:
    assert product_effects([4.0, 25.0, 3.0], [4.0, 20.0, 6.0])[0] == 0.0


def test_a_divisor_of_zero_is_refused() -> None:
    with pytest.raises(UndefinedRatioError, match="factor 1"):
        product_effects([1.0, 0.0], [1.0, 2.0], exponents=[1, -1])


def test_periods_of_different_length_are_refused() -> None:
    with pytest.raises(ShapeMismatchError, match="before: 2, after: 3"):
        product_effects([1.0, 2.0], [1.0, 2.0, 3.0])
