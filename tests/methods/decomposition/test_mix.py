"""Volume, rate and mix over segments that come, go and stand Simpson's paradox."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.decomposition import rate_and_mix, volume_rate_and_mix
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

N_CASES = 10_000
Columns = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def drawn_segments(rng: np.random.Generator, n: int) -> list[Columns]:
    """Numerator and denominator of segments in both periods: some appear, some vanish, some have one without other."""
    found = []
    for _ in range(2):
        base = rng.integers(0, 50, n) * rng.choice([0.0, 1.0, 1.0, 1.0, 100.0], n)
        amount = base * rng.uniform(-1, 3, n) + (rng.random(n) < 0.1) * rng.uniform(0, 9, n)
        found += [amount, base]
    return found


def test_rate_and_mix_sum_to_the_change_of_the_ratio() -> None:
    rng = np.random.default_rng()
    for _ in range(N_CASES // 20):
        n0, d0, n1, d1 = drawn_segments(rng, 20)
        if d0.sum() == 0 or d1.sum() == 0:
            continue

        found = rate_and_mix(n0, d0, n1, d1)

        change = n1.sum() / d1.sum() - n0.sum() / d0.sum()
        assert found.total.sum() == pytest.approx(change, rel=1e-9, abs=1e-12)


def test_volume_rate_and_mix_sum_to_the_change_of_every_segment() -> None:
    rng = np.random.default_rng()
    a0, b0, a1, b1 = drawn_segments(rng, N_CASES)

    found = volume_rate_and_mix(a0, b0, a1, b1)

    assert found.total == pytest.approx(a1 - a0, rel=1e-9, abs=1e-9)


def test_simpsons_paradox_shows_as_rates_that_rise_and_a_mix_that_falls() -> None:
    # Return rates: 10 % → 11 % and 30 % → 32 %, both worse; the whole goes from 25 % down to 14 % as the first grows.
    found = rate_and_mix([10, 90], [100, 300], [66, 32], [600, 100])

    assert (found.rate > 0).all()
    assert found.total.sum() == pytest.approx(98 / 700 - 100 / 400)
    # rate: mean share × change of rate. Shares 1/4 → 6/7 and 3/4 → 1/7.
    assert found.rate.tolist() == pytest.approx([(1 / 4 + 6 / 7) / 2 * 0.01, (3 / 4 + 1 / 7) / 2 * 0.02])
    # mix: (mean rate − mean of the whole) × change of share, negative for both.
    assert found.mix.tolist() == pytest.approx([(0.105 - 0.195) * (6 / 7 - 1 / 4), (0.31 - 0.195) * (1 / 7 - 3 / 4)])


def test_a_segment_that_appears_or_vanishes_has_no_change_of_rate() -> None:
    # The second appears with 40 %, the third vanishes with 5 %; the first keeps its 20 %.
    found = rate_and_mix([20, 0, 5], [100, 0, 100], [20, 40, 0], [100, 100, 0])

    assert found.rate.tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-15)
    assert found.total.sum() == pytest.approx(60 / 200 - 25 / 200)


def test_amounts_of_a_growing_whole_are_volume() -> None:
    # Twice as many orders everywhere at the same value: nothing but volume.
    found = volume_rate_and_mix([1000, 400], [10, 8], [2000, 800], [20, 16])

    assert found.volume.tolist() == pytest.approx([1000.0, 400.0])
    assert found.rate.tolist() == pytest.approx([0.0, 0.0], abs=1e-12)
    assert found.mix.tolist() == pytest.approx([0.0, 0.0], abs=1e-12)


def test_money_without_any_base_is_rate() -> None:
    # A refund of no order has no share of the orders.
    assert volume_rate_and_mix([0, 50], [0, 5], [9, 50], [0, 5]).rate.tolist() == [9.0, 0.0]


def test_a_ratio_without_denominator_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="the period after"):
        rate_and_mix([1, 2], [3, 4], [1, 2], [0, 0])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ShapeMismatchError, match="denominator_after: 1"):
        rate_and_mix([1, 2], [3, 4], [1, 2], [5])
