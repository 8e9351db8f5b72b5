from __future__ import annotations

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.lifetime.conftest import OpenDesk

from zhanggui.understand.customers.lifetime.acquisition import light
from zhanggui.understand.customers.lifetime.asking import lifetime_of_pairs
from zhanggui.understand.desk import Desk


def test_a_channel_at_2_9_is_amber_and_at_3_1_green() -> None:
    assert (light(2.9), light(3.0), light(3.1)) == ("amber", "amber", "green")
    assert (light(3.1, threshold=4), light(1.0), light(0.4), light(None)) == ("amber", "red", "red", "unknown")


def test_without_ad_spend_the_ratio_is_unknown_and_worth_is_told_all_the_same(desk: Desk) -> None:
    found = lifetime_of_pairs(desk, []).acquisition

    assert found is not None
    [row] = found.rows
    assert (row.name, row.cost_each, row.ratio, row.light) == ("own_site", None, None, "unknown")
    assert row.revenue_each is not None


def test_customers_belong_to_the_channel_of_their_first_order(open_desk: OpenDesk, bought: list[Row]) -> None:
    seen: set[object] = set()
    orders = []
    for row in bought:
        first = row["buyer_key"] not in seen
        seen.add(row["buyer_key"])
        # Even buyers come by search, odd ones by feed; all return directly.
        even = int(str(row["buyer_key"])[1:]) % 2 == 0
        orders.append({**row, "channel": ("search" if even else "feed") if first else "direct"})
    with open_desk(orders) as desk:
        whole = lifetime_of_pairs(desk, [("by", "channel"), ("threshold", "2")])
    found = whole.acquisition

    assert found is not None
    assert {row.name: row.customers for row in found.rows} == {"search": 150, "feed": 150}
    assert found.threshold == 2
    assert whole.revenue is not None
    in_parts = sum((row.revenue_each or 0) * row.customers for row in found.rows)
    assert in_parts == pytest.approx(whole.revenue.historic + whole.revenue.within_horizon.forecast)
