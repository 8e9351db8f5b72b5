"""What sets a group apart: lift, exact test, false-discovery control."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from zhanggui.methods.association import contrast
from zhanggui.methods.problems import NotEnoughDataError


def test_lift_is_the_share_of_the_group_over_that_of_all() -> None:
    found = contrast([8, 2, 0], [20, 20, 10], n_group=10, n_all=100)

    # 8/10 ÷ 20/100 = 4; 2/10 ÷ 20/100 = 1; nobody of the group.
    assert found.lift.tolist() == [4.0, 1.0, 0.0]
    assert found.low[0] < 4.0 < found.high[0]
    assert found.low[2] == 0.0
    assert found.q_value[0] < 0.01 < found.q_value[1]


def test_a_trait_that_nobody_has_has_no_lift() -> None:
    assert np.isnan(contrast([0], [0], n_group=5, n_all=50).lift[0])


def test_no_traits_give_no_findings() -> None:
    assert contrast([], [], n_group=5, n_all=50).q_value.tolist() == []


@pytest.mark.parametrize("n_group", [0, 50])
def test_nobody_and_everybody_have_nobody_to_be_held_against(n_group: int) -> None:
    with pytest.raises(NotEnoughDataError, match=f"A group of {n_group} of 50"):
        contrast([1], [1], n_group=n_group, n_all=50)


@given(st.integers(2, 60), st.data())
def test_the_test_is_never_bolder_than_fishers(n_all: int, data: st.DataObject) -> None:
    n_group = data.draw(st.integers(1, n_all - 1))
    n_with = data.draw(st.integers(0, n_all))
    k = data.draw(st.integers(max(0, n_with + n_group - n_all), min(n_with, n_group)))

    found = contrast([k], [n_with], n_group=n_group, n_all=n_all)

    table = np.array([[k, n_group - k], [n_with - k, n_all - n_group - (n_with - k)]])
    # The smaller of both one-sided values doubled.
    sides = [fisher_exact(table, alternative=side)[1] for side in ("less", "greater")]
    assert found.p_value[0] == pytest.approx(min(1.0, 2 * min(sides)), rel=1e-7)


def test_groups_drawn_at_random_are_seldom_called_distinct() -> None:
    rng = np.random.default_rng(7)
    has = rng.random((1_000, 40)) < rng.uniform(0.05, 0.9, 40)
    n_called = 0
    for _ in range(200):
        chosen = rng.choice(1_000, 150, replace=False)
        found = contrast(has[chosen].sum(axis=0), has.sum(axis=0), n_group=150, n_all=1_000)
        n_called += bool((found.q_value <= 0.05).any())

    # Without any true difference at most 5 % of the groups may show one: 10 of 200, and three deviations of chance.
    assert n_called <= 10 + 3 * (200 * 0.05 * 0.95) ** 0.5
