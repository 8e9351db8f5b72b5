"""Cases of the textbook; the values of (r, Q) and (s, S) were worked out with the package stockpyl as well."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.stocking import (
    best_level_policy,
    best_quantity_policy,
    newsvendor_counts,
    newsvendor_normal,
    poisson_chances,
)

EXACT = 1e-6


def test_the_newsvendor_with_normal_demand_is_the_textbooks() -> None:
    level = newsvendor_normal(50, 8, under=0.70, over=0.18)

    assert level.quantity == pytest.approx(56.60395592743389, abs=EXACT)
    assert level.cost == pytest.approx(1.9976051931766445, abs=EXACT)


def test_goods_that_take_three_periods_are_a_newsvendor_of_four() -> None:
    level = newsvendor_normal(200, 8 * 4**0.5, under=0.70, over=0.18)

    assert level.quantity == pytest.approx(213.20791185486777, abs=EXACT)
    assert level.cost == pytest.approx(3.995210386353289, abs=EXACT)


def test_the_newsvendor_with_poisson_demand_is_the_textbooks() -> None:
    level = newsvendor_counts(poisson_chances(50), under=0.70, over=0.18)

    assert level.quantity == 56
    assert level.cost == pytest.approx(1.7972352118091772, abs=EXACT)


@pytest.mark.parametrize(
    ("costs", "rate", "lead", "point", "quantity", "cost"),
    [
        ({"holding": 20, "shortage": 150, "fixed": 100}, 1.5, 2, 3, 5, 107.92358063314975),
        ({"holding": 1, "shortage": 25, "fixed": 10}, 6, 2, 14, 13, 15.547091073604275),
    ],
)
def test_r_and_q_are_the_textbooks(
    costs: dict[str, float], rate: float, lead: float, point: int, quantity: int, cost: float
) -> None:
    best = best_quantity_policy(rate, lead, **costs)

    assert (best.reorder_point, best.quantity) == (point, quantity)
    assert best.cost == pytest.approx(cost, abs=EXACT)


@pytest.mark.parametrize(
    ("costs", "mean", "point", "level", "cost"),
    [
        ({"holding": 1, "shortage": 4, "fixed": 5}, 6, 4, 10, 8.034111561471642),
        ({"holding": 1, "shortage": 9, "fixed": 64}, 10, 6, 40, 35.021555272320384),
    ],
)
def test_s_and_big_s_are_the_textbooks(
    costs: dict[str, float], mean: float, point: int, level: int, cost: float
) -> None:
    best = best_level_policy(poisson_chances(mean), **costs)

    assert (best.reorder_point, best.level) == (point, level)
    assert best.cost == pytest.approx(cost, abs=EXACT)


def test_chances_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="do not sum to 1"):
        newsvendor_counts(np.array([0.5, 0.2]), under=1, over=1)
