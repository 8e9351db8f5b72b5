"""Profit follows from what was imported, whichever store imported it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.profit.trade import Item, Trade, trade_at

pytestmark = pytest.mark.slow

DAY = "2026-05-05"


@pytest.fixture
def trade(tmp_path: Path) -> Iterator[Trade]:
    """Two stores with one order each, 甲店 of 90.00 and 乙店 of 10.00; one unit costs 4.00."""
    with trade_at(tmp_path) as found:
        found.platforms["乙店"] = "taobao"
        found.cost("S1", "4.00")
        found.order("A", Item("A", "90.00"), paid="90.00", day=DAY)
        found.order("B", Item("B", "10.00"), paid="10.00", day=DAY, store="乙店")
        yield found


def shares(trade: Trade) -> dict[str, list[int]]:
    return {store: [row["amount_minor"] for row in trade.entries(store, DAY)] for store in ("甲店", "乙店")}


def test_cost_that_stores_share_is_shared_anew_in_all_of_them_when_one_imports_orders(trade: Trade) -> None:
    trade.add("costs", None, cost_kind="other", period_from=DAY, amount="10.00", allocation="paid_amount")
    trade.load()
    before = shares(trade)
    trade.order("B2", Item("B2", "100.00"), paid="100.00", day=DAY, store="乙店")
    trade.load()

    # 90 of 100, then 90 of 200: the 10.00 stay 10.00.
    assert before == {"甲店": [-9_00], "乙店": [-1_00]}
    assert shares(trade) == {"甲店": [-4_50], "乙店": [-5_50]}


def test_new_unit_cost_of_the_company_reaches_stores_that_imported_nothing_since(trade: Trade) -> None:
    trade.load()
    before = [trade.line(key)["goods_cost_minor"] for key in ("A", "B")]
    trade.cost("S1", "6.00", DAY)
    trade.load()

    assert before == [4_00, 4_00]
    assert [trade.line(key)["goods_cost_minor"] for key in ("A", "B")] == [6_00, 6_00]


def test_new_unit_cost_in_one_stores_list_leaves_the_other_store_as_it_was(trade: Trade) -> None:
    trade.load()
    trade.cost("S1", "6.00", store="甲店")
    trade.load()

    assert [trade.line(key)["goods_cost_minor"] for key in ("A", "B")] == [6_00, 4_00]
