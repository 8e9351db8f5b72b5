"""Pairs that last, pairs that a promotion makes, bundles and neighbours (M-GOODS-09, X-08, X-09)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.metrics.ledgers import line, store
from tests.understand.products.shelf import desk_of, sold, tables_of

from zhanggui.understand.desk import Desk
from zhanggui.understand.products.companions import bundles, companions, is_promotion, neighbours
from zhanggui.understand.products.companions_answer import companion_pairs, companions_of_pairs
from zhanggui.understand.products.product import product_of_pairs
from zhanggui.understand.view import View

N_DAYS = 70
"""From 2 March: the first week is a promotion (8 March), and until 20 May there is no other."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give orders of milk that bring nappies all year, and of tea and cake that meet only because both are promoted."""
    lines = []
    for n in range(N_DAYS):
        lines += [sold(f"m{n}", n, "milk-1", due=200_00)]
        lines += [sold(f"m{n}", n, "nappy-1", due=100_00, profit=30_00)] if n % 10 < 7 else []
        lines += [sold(f"s{n}-{k}", n, "soap-1", due=10_00) for k in range(8 if n > 6 else 0)]
        # In the promotion everybody buys tea and cake, independently: two orders in three each.
        for k in range(36 if n <= 6 else 0):
            lines += [sold(f"p{n}-{k}", n, "tea-1")] if k % 3 else []
            lines += [sold(f"p{n}-{k}", n, "cake-1")] if k // 3 % 3 else []
    bought = [
        line(str(each["order_id"]), n, str(each["product_id"]), 1, 100_00, 100_00) for n, each in enumerate(lines)
    ]
    with desk_of(tmp_path_factory.mktemp("pairs"), tables_of(lines, order_line=bought)) as opened:
        yield opened


def test_milk_brings_nappies_in_seven_orders_of_ten(desk: Desk) -> None:
    pair = next(each for each in companions(desk, View()) if each.a == "nappy")

    # All nappies come with milk: the surer direction is from nappies; 49 of the 70 orders of milk hold both.
    assert (pair.b, pair.orders, pair.orders_a, pair.orders_b, pair.confidence) == ("milk", 49, 49, 70, 1.0)
    assert pair.is_stable
    assert not pair.is_made_by_promotion


def test_what_only_a_promotion_brings_together_is_told(desk: Desk) -> None:
    pair = next(each for each in companions(desk, View()) if {each.a, each.b} == {"tea", "cake"})

    # In the promotion chance brings them together: 112 of 231 orders hold both, 168 each. Over all days they seem to
    # attract each other.
    assert pair.lift > 2
    assert pair.controlled_lift == pytest.approx(1, abs=0.2)
    assert not pair.is_stable


def test_bundles_are_made_of_lasting_pairs_and_count_what_they_give_away(desk: Desk) -> None:
    found = bundles(companions(desk, View()))

    assert {(each.pair.a, each.pair.b) for each in found} == {("nappy", "milk")}
    # 300 together less 5%; those who buy both anyway are given 15 each.
    assert found[0].price == pytest.approx(285_00)
    assert found[0].cannibalised == pytest.approx(49 * 15_00)


def test_strong_pairs_are_stored_side_by_side(desk: Desk) -> None:
    assert [(each.a, each.b) for each in neighbours(companions(desk, View()))] == [("nappy", "milk")]


def test_orders_with_both_are_worth_more(desk: Desk) -> None:
    found = companions_of_pairs(desk, [])
    row = next(each for each in found.pairs if each.a == "nappy")

    # The one bundle gives 49 buyers 15 each and wins nobody, for no nappies are bought alone: it is not proposed.
    assert (found.bundles, found.losing_bundles) == ((), 1)
    # No nappies are bought alone, so there is nothing to compare with.
    assert row.order_value_change is None
    assert "not because of" in found.warnings[0].en


def test_the_same_pair_in_two_stores_is_told_apart_by_its_store(tmp_path: Path) -> None:
    rows = [
        sold(f"{shop}-{n}", n, sku, shop_id=shop)
        for shop in (1, 2)
        for n in range(N_DAYS)
        for sku in (("milk-1", "nappy-1") if n % 10 < 7 else ("milk-1",) if n % 10 < 9 else ("soap-1",))
    ]
    bought = [
        line(str(row["order_id"]), n, str(row["product_id"]), 1, 100_00, 100_00, shop_id=row["shop_id"])
        for n, row in enumerate(rows)
    ]
    two = [store(1, "一店", platform="own_site"), store(2, "二店", platform="own_site")]
    with desk_of(tmp_path, tables_of(rows, order_line=bought, store=two)) as desk:
        found = companions_of_pairs(desk, [])
        shown = companion_pairs(desk, View())

    assert sorted(str(pair.store) for pair in found.pairs) == ["一店", "二店"]
    assert "store" in [column.key for column in shown.columns]


def test_one_store_needs_no_name(desk: Desk) -> None:
    assert {pair.store for pair in companions(desk, View())} == {None}
    assert "store" not in [column.key for column in companion_pairs(desk, View()).columns]


def test_days_of_promotions_are_known() -> None:
    assert [is_promotion(date(2026, 11, 11)), is_promotion(date(2026, 4, 1))] == [True, False]


def test_one_product_tells_partners_and_demand_of_the_same_days(desk: Desk) -> None:
    found = product_of_pairs(desk, [("product", "milk")])

    assert (found.units, found.net_revenue, found.profit) == (70, 14_000.0, 1_400.0)
    assert [(each.product_id, each.orders) for each in found.partners] == [("nappy", 49)]
    # One a day: 28 in four weeks.
    assert found.ahead.middle == pytest.approx(28, abs=1)
    assert found.traffic.visitors is None
    assert len(found.course) == N_DAYS
