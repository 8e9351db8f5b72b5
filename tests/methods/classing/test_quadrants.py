"""Quadrants between two borders, classes by share and by steadiness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.methods.classing import CORNERS, middle, quadrants, share_classes, steadiness_classes
from zhanggui.methods.problems import NotEnoughDataError


def test_a_figure_at_the_border_lies_on_its_high_side() -> None:
    found = quadrants([10, 9.9], [5, 5.1], x_border=10, y_border=5)

    assert [CORNERS[code] for code in found.tolist()] == ["top_right", "top_left"]


def test_nothing_has_no_middle() -> None:
    with pytest.raises(NotEnoughDataError, match="nothing to divide"):
        middle([])


def test_equal_amounts_share_a_class_and_losses_are_last() -> None:
    # 40 + 40 = 80 of 100 reach the first cut, so what begins there is B; the last 10 begins at 90.
    assert share_classes([40, 40, 10, 10, -5]).tolist() == [0, 0, 1, 1, 2]


def test_a_total_of_nothing_has_no_first_class() -> None:
    assert share_classes([0, 0, -1]).tolist() == [2, 2, 2]


@given(st.lists(st.integers(0, 500), min_size=4, max_size=20))
def test_steadiness_follows_the_coefficient_of_variation(weeks: list[int]) -> None:
    values = np.array(weeks, dtype=float)
    found = steadiness_classes([values.sum()], [(values**2).sum()], [len(weeks)])

    if values.sum() == 0:
        assert found.tolist() == [-1]
    else:
        spread = values.std() / values.mean()
        near = min(abs(spread - cut) for cut in (0.5, 1.0)) < 1e-9
        assert near or found.tolist() == [int(spread > 0.5) + int(spread > 1.0)]


def test_three_weeks_say_nothing_of_steadiness() -> None:
    assert steadiness_classes([30], [300], [3]).tolist() == [-1]
