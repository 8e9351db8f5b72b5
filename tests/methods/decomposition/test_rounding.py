"""Whole units by largest remainder."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.decomposition import whole_parts
from zhanggui.methods.problems import NotEnoughDataError


def test_rounded_parts_sum_to_the_total_and_are_within_a_unit() -> None:
    rng = np.random.default_rng()
    for _ in range(1_000):
        parts = rng.normal(0, 10.0 ** rng.integers(0, 8), int(rng.integers(1, 9)))
        total = round(float(parts.sum()))
        parts[0] += total - parts.sum()

        found = whole_parts(parts, total)

        assert found.sum() == total
        assert (np.abs(found - parts) < 1 + 1e-6).all()


def test_the_largest_remainders_take_the_units_left_over() -> None:
    # Rounded down: 33, 33, −1, 34 make 99; the one left goes to the remainder of .4.
    assert whole_parts([33.4, 33.3, -0.7, 34.0], 100).tolist() == [34, 33, -1, 34]


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert whole_parts([1.5, 1.5], 3).tolist() == [2, 1]


def test_a_part_of_zero_stays_zero() -> None:
    assert whole_parts([0.0, 2.5, -1.5], 1).tolist() == [0, 3, -2]


def test_nothing_rounds_to_nothing_and_to_no_amount() -> None:
    assert whole_parts([], 0).tolist() == []
    with pytest.raises(NotEnoughDataError, match="no parts"):
        whole_parts([], 5)
