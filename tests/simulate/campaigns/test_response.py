"""What an arm of an experiment truly does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.simulate.campaigns.response import DOG_LOSS, Pool, offer_lift
from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.people import Uplift


def pool_of(kinds: Ints, chances: Floats) -> Pool:
    pool = Pool()
    pool.add(kinds, chances)
    return pool


def share_that_orders(kinds: Ints, chances: Floats, by_kind: Floats, loss: float) -> float:
    """Share of people who order, by themselves or brought, when dogs are disturbed by whatever moves others."""
    lost = np.where((kinds == Uplift.SLEEPING_DOG) & bool(by_kind.any()), DOG_LOSS, loss)
    return float((1 - (1 - chances * (1 - lost)) * (1 - by_kind[kinds])).mean())


@given(st.floats(0.02, 0.5), st.floats(0.0, 0.7))
def test_people_order_as_often_as_planned(natural: float, planned: float) -> None:
    kinds = np.arange(1_000) % 4
    chances = np.full(1_000, natural)

    by_kind, loss = pool_of(kinds, chances).push(planned, 1.0)

    assert share_that_orders(kinds, chances, by_kind, loss) == pytest.approx(planned)


def test_a_factor_multiplies_what_would_come_anyway() -> None:
    kinds, chances = np.arange(1_000) % 4, np.full(1_000, 0.1)

    by_kind, loss = pool_of(kinds, chances).push(None, 1.28)

    assert share_that_orders(kinds, chances, by_kind, loss) == pytest.approx(0.128, abs=0.001)


def test_only_persuadable_people_are_moved_while_they_suffice() -> None:
    by_kind, _ = pool_of(np.arange(1_000) % 4, np.full(1_000, 0.1)).push(0.15, 1.0)

    assert by_kind[Uplift.PERSUADABLE] > 0
    assert by_kind[[Uplift.SURE_THING, Uplift.LOST_CAUSE, Uplift.SLEEPING_DOG]].sum() == 0


def test_a_coupon_of_twice_the_value_moves_more_people_but_not_twice_as_many() -> None:
    assert offer_lift(0) < offer_lift(2_500) < offer_lift(5_000) < 2 * offer_lift(2_500)
