"""One slope shared by groups with levels of their own."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError
from zhanggui.methods.slopes import pooled_slope


def test_the_planted_slope_comes_back_whatever_the_levels() -> None:
    rng = np.random.default_rng(3)
    groups = np.repeat(np.arange(300), 3)
    x = np.tile(np.log([1.0, 0.9, 0.7]), 300)
    size = rng.uniform(10, 40, 900)
    level = np.repeat(rng.lognormal(-1, 1, 300), 3)

    found = pooled_slope(groups, x, rng.poisson(level * size * np.exp(-1.8 * x)), size)

    assert found.n_groups > 250
    assert abs(found.slope + 1.8) < 3 * found.error < 0.3


def test_multiplying_a_group_by_any_level_moves_nothing() -> None:
    x, n = [0.0, 1.0] * 3, np.array([9.0, 3.0, 8.0, 4.0, 6.0, 1.0])

    plain = pooled_slope([0, 0, 1, 1, 2, 2], x, n, np.ones(6))
    scaled = pooled_slope([0, 0, 1, 1, 2, 2], x, n, [5.0, 5.0, 0.1, 0.1, 2.0, 2.0])

    assert scaled.slope == pytest.approx(plain.slope, abs=1e-9)


def test_groups_that_never_vary_or_never_sold_cannot_tell() -> None:
    with pytest.raises(NotEnoughDataError, match="Only 1 groups"):
        pooled_slope([0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 0, 1], [4, 2, 5, 5, 0, 0], np.ones(6))
    with pytest.raises(NotEnoughDataError, match="Only 0 groups"):
        pooled_slope([], [], [], [])


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ShapeMismatchError, match="count: 1"):
        pooled_slope([0, 0], [0.0, 1.0], [1.0], [1.0, 1.0])
