"""Price tags below cost are found, sold or not, and no price that covers its cost is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.collect.loading.shops import Row
from tests.ledger.profit.trade import Item, Trade, trade_at

from zhanggui.ledger.quality.running import check_all

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """Goods S1 cost 40.00, from the tenth of October 60.00."""
    with trade_at(tmp_path_factory.mktemp("prices")) as found:
        found.cost("S1", "40.00")
        found.cost("S1", "60.00", "2026-10-10")
        found.cost("S2", "3.00")
        found.cost("S3", "45.00")
        for sku, day, price in (
            ("S1", "2026-10-01", "39.99"),
            ("S1", "2026-10-03", "40.00"),
            ("S1", "2026-10-11", "59.00"),
            ("S2", "2026-10-01", "2.00"),
            ("NOBODY-KNOWS", "2026-10-01", "0.01"),
        ):
            found.add("price_changes", internal_sku=sku, day=day, new_price=price)
        found.add("price_changes", internal_sku="S3", day="2026-10-02", new_price="39.00", list_price="69.00")
        found.add("price_changes", internal_sku="S3", day="2026-10-04", new_price="20.00", list_price="69.00")
        found.order("A", Item("A", "2.00", sku="S2"), paid="2.00", day="2026-10-05")
        found.load()
        check_all(found.till.ledger)
        yield found


def findings(trade: Trade, check: str) -> list[Row]:
    rows = trade.till.rows("quality_result", check_name=check)
    return sorted((row for row in rows if row["subject"]), key=lambda row: row["day"])


def test_price_below_the_cost_of_its_day_is_found_though_nobody_bought(trade: Trade) -> None:
    found = findings(trade, "prices.below_cost")

    # 39.99 under 40.00 and 59.00 under 60.00; 40.00 covers 40.00, and goods of unknown cost are not judged.
    assert [(row["subject"], str(row["day"]), row["money_minor"]) for row in found] == [
        ("S1", "2026-10-01", 1),
        ("S3", "2026-10-02", 6_00),
        ("S3", "2026-10-04", 25_00),
        ("S1", "2026-10-11", 1_00),
    ]


def test_price_at_which_goods_were_sold_is_told_once_with_what_it_lost(trade: Trade) -> None:
    [sold] = findings(trade, "items.below_cost")

    assert (sold["subject"], str(sold["day"]), sold["money_minor"]) == ("S2", "2026-10-05", 1_00)
