"""The size of the default world; the short form asks one of another seed, the long form that of the demo itself."""

from __future__ import annotations

import numpy as np
import pytest
from tests.lengths import IS_LONG
from tests.simulate.plants.twins import Twins

from zhanggui.simulate.options import Options
from zhanggui.simulate.records import ORDERS, REFUNDS, OrderKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World

pytestmark = pytest.mark.slow


def test_the_default_world_is_as_large_and_as_real_as_it_says(half_year: Twins) -> None:
    days = half_year.days
    if IS_LONG:
        world = World(Options())
        days = [world.step() for _ in range(180)]
    orders = Rows.together(ORDERS, [records[ORDERS] for records in days])
    refunds = Rows.together(REFUNDS, [records[REFUNDS] for records in days])
    orders = orders.where(orders["kind"] == OrderKind.ORDINARY)
    is_paid = orders["paid_at"] != NEVER
    refunded = np.isin(orders["order"], refunds["order"][refunds["refunded_minor"] > 0])

    assert is_paid.sum() >= 40_000
    assert 235 <= is_paid.sum() / 180 <= 270
    assert 0.12 <= 1 - is_paid.mean() <= 0.14
    assert 0.25 <= 1 - orders["is_first"][is_paid].mean() <= 0.40
    for store in STORES:
        own = is_paid & (orders["store"] == store.number)
        assert 0.07 <= refunded[own].mean() <= 0.28, store.name
