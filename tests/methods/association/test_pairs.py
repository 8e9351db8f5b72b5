"""Pairs in baskets: counted exactly, whatever the blocks (catalogue M-GOODS-09)."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from zhanggui.methods.association import Baskets, false_discovery_rates, pairs_above

N_ITEMS = 6


def baskets_of(baskets: list[list[int]], first: int = 0) -> Baskets:
    number = [first + place for place, items in enumerate(baskets) for _ in items]
    items = [item for items in baskets for item in items]
    return Baskets(np.array(number, np.int64), np.array(items, np.int64), N_ITEMS)


some_baskets = st.lists(st.lists(st.integers(0, N_ITEMS - 1), min_size=1, max_size=8), min_size=1, max_size=40)


@given(some_baskets, st.integers(1, 5))
def test_pairs_are_those_that_counting_one_by_one_finds(baskets: list[list[int]], least: int) -> None:
    together = Counter(pair for items in baskets for pair in combinations(sorted(set(items)), 2))

    found = pairs_above([baskets_of(baskets)], min_count=least, n_items=N_ITEMS)

    pairs = zip(found.a.tolist(), found.b.tolist(), found.count.tolist(), strict=True)
    assert [((a, b), n) for a, b, n in pairs] == sorted((pair, n) for pair, n in together.items() if n >= least)
    assert found.n_baskets == len(baskets)


@given(some_baskets, st.integers(0, 40))
def test_baskets_in_two_blocks_give_what_one_block_gives(baskets: list[list[int]], cut: int) -> None:
    whole = pairs_above([baskets_of(baskets)], min_count=1, n_items=N_ITEMS)
    halves = [baskets_of(baskets[:cut]), baskets_of(baskets[cut:], first=cut)]
    split = pairs_above(halves, min_count=1, n_items=N_ITEMS)

    for name in ("a", "b", "count", "count_a", "count_b"):
        assert getattr(whole, name).tolist() == getattr(split, name).tolist()
    assert whole.n_baskets == split.n_baskets


def test_figures_of_a_pair_are_as_worked_by_hand() -> None:
    # Ten baskets: six with tea, five with cups, four with both.
    baskets = [[0, 1]] * 4 + [[0]] * 2 + [[1]] + [[2]] * 3

    found = pairs_above([baskets_of(baskets)], min_count=1, n_items=N_ITEMS)

    assert (len(found), found.support.tolist()) == (1, [0.4])
    assert found.confidence_ab[0] == pytest.approx(4 / 6)
    assert found.confidence_ba[0] == pytest.approx(4 / 5)
    # 4 · 10 / (6 · 5), and 4/10 − 6/10 · 5/10.
    assert found.lift[0] == pytest.approx(4 / 3)
    assert found.leverage[0] == pytest.approx(0.1)
    # With both 4, tea alone 2, cups alone 1, neither 3.
    expected = fisher_exact(np.array([[4, 2], [1, 3]]), alternative="greater").pvalue
    assert found.p_values()[0] == pytest.approx(expected)


def test_an_item_twice_in_a_basket_is_there_once() -> None:
    found = pairs_above([baskets_of([[0, 0, 1], [0, 1, 1]])], min_count=2, n_items=N_ITEMS)

    assert (found.count.tolist(), found.count_a.tolist()) == ([2], [2])


def test_no_pair_at_all_is_an_empty_answer() -> None:
    found = pairs_above([baskets_of([[0], [1]])], min_count=1, n_items=N_ITEMS)

    assert (len(found), found.n_baskets) == (0, 2)
    assert false_discovery_rates(found.p_values()).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_are_no_smaller_than_p_values_and_keep_their_order(p: list[float]) -> None:
    q = false_discovery_rates(np.array(p))

    assert (q >= np.array(p) - 1e-12).all()
    order = np.argsort(p)
    assert (np.diff(q[order]) >= -1e-12).all()
