from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.money import allocate
from zhanggui.simulate.sale.amounts import apportioned, borne_back, running_totals


@given(
    st.lists(
        st.tuples(st.integers(0, 10**7), st.lists(st.integers(0, 10**7), min_size=1, max_size=6)),
        min_size=1,
        max_size=8,
    )
)
def test_many_groups_at_once_are_split_like_each_alone(groups: list[tuple[int, list[int]]]) -> None:
    totals = np.array([total for total, _ in groups])
    weights = np.array([weight for _, own in groups for weight in own])
    group = np.repeat(np.arange(len(groups)), [len(own) for _, own in groups])

    parts = apportioned(totals, weights, group)

    assert parts.tolist() == [part for total, own in groups for part in allocate(total, own)]


def test_no_rows_split_nothing() -> None:
    none = np.empty(0, np.int64)

    assert apportioned(none, none, none).size == 0
    assert running_totals(none, none).size == 0


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=5))
def test_a_discount_goes_back_whole_when_all_of_an_order_is_refunded(borne: int, refunds: list[int]) -> None:
    due = max(sum(refunds), 1)
    n = len(refunds)

    back = borne_back(np.full(n, borne), np.full(n, due), np.array(refunds), np.zeros(n, np.int64))

    assert back.sum() == (borne if sum(refunds) == due else 0)
    assert (back >= 0).all()
