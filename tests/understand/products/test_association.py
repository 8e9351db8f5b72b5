"""What is bought together in a shop (catalogue M-GOODS-09)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.metrics.ledgers import ledger_of, line, order, store

from zhanggui.ledger.engine import Ledger
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.understand.products.association import SupportError, association

DAY = "2020-01-{:02d} 10"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Give ten paid orders of tea, cups and bags in two stores, one unpaid, and a gift.

    Orders 1-4 hold tea and a cup, 5-6 tea alone, 7 a cup alone, 8-9 a bag; order 10 is of the second store, whose p1 is
    another thing.
    """
    goods: dict[str, list[str]] = {
        **{f"o{n}": ["tea", "cup"] for n in range(1, 5)},
        **{f"o{n}": ["tea"] for n in (5, 6)},
        "o7": ["cup"],
        **{f"o{n}": ["bag", "tea"] for n in (8, 9)},
    }
    days = {f"o{n}": DAY.format(n) for n in range(1, 11)}
    shop_2: dict[str, Any] = {"shop_id": 2}
    tables = {
        "store": [store(1, "一店"), store(2, "二店")],
        "product": [
            {"shop_id": 1, "product_id": "tea", "title": "龙井", "category": "茶"},
            {"shop_id": 1, "product_id": "cup", "title": "盖碗", "category": "杯"},
            {"shop_id": 1, "product_id": "bag", "title": "手提袋", "category": "包装"},
        ],
        "order_header": [
            *(order(name, days[name], 10_00, paid=days[name]) for name in goods),
            order("o10", days["o10"], 10_00, paid=days["o10"], **shop_2),
            order("unpaid", DAY.format(1), 10_00),
        ],
        "order_line": [
            *(line(name, n, item, 1, 5_00, 5_00) for name, items in goods.items() for n, item in enumerate(items)),
            line("o1", 8, "free", 1, 0, 0, line_kind="gift"),
            *(line("o10", place, item, 1, 5_00, 5_00, **shop_2) for place, item in enumerate(("tea", "cup"))),
            *(line("unpaid", place, item, 1, 5_00, 0) for place, item in enumerate(("tea", "cup"))),
        ],
    }  # fmt: skip
    with ledger_of(tmp_path_factory.mktemp("together"), tables) as opened:
        yield opened


def test_pairs_of_paid_orders_are_counted_per_store(ledger: Ledger) -> None:
    found = association(ledger, min_support=0.1).to_json()

    # Ten paid orders; tea and cup are together in four of the first store and in one of the second.
    assert found["baskets"] == 10
    assert [(pair["a_name"], pair["b_name"], pair["count"]) for pair in found["pairs"][:1]] in (
        [("龙井", "盖碗", 4)],
        [("盖碗", "龙井", 4)],
    )
    assert sorted(pair["count"] for pair in found["pairs"]) == [1, 2, 4]
    assert {(pair["a"].split(":")[0], pair["store"]) for pair in found["pairs"]} == {("1", "一店"), ("2", "二店")}


def test_the_least_support_is_met_exactly(ledger: Ledger) -> None:
    assert [pair["count"] for pair in association(ledger, min_support=0.2).to_json()["pairs"]] == [4, 2]
    assert [pair["count"] for pair in association(ledger, min_support=0.201).to_json()["pairs"]] == [4]


def test_a_category_left_out_takes_its_orders_along(ledger: Ledger) -> None:
    found = association(ledger, min_support=0.1, without=("包装", "茶")).to_json()

    # Left are the five orders with a cup, and both lines of the second store, which has no categories.
    assert found["baskets"] == 6


def test_categories_are_paired_over_all_stores(ledger: Ledger) -> None:
    found = association(ledger, min_support=0.1, level="category").to_json()

    assert {frozenset((pair["a"], pair["b"])) for pair in found["pairs"]} == {
        frozenset(("茶", "杯")),
        frozenset(("茶", "包装")),
    }


def test_only_the_days_asked_for_count(ledger: Ledger) -> None:
    found = association(ledger, min_support=0.1, date_from=date(2020, 1, 3), date_to=date(2020, 1, 4)).to_json()

    assert (found["baskets"], [pair["count"] for pair in found["pairs"]]) == (2, [2])


def test_days_without_orders_are_refused_in_words(ledger: Ledger) -> None:
    with pytest.raises(NotEnoughDataError, match="No paid order"):
        association(ledger, date_from=date(2021, 1, 1))


@pytest.mark.parametrize("share", [0, -0.1, 1.5])
def test_a_share_that_is_none_is_refused(ledger: Ledger, share: float) -> None:
    with pytest.raises(SupportError, match="min-support"):
        association(ledger, min_support=share)


def test_reading_few_lines_at_a_time_changes_nothing(ledger: Ledger) -> None:
    whole = association(ledger, min_support=0.1).to_json()

    assert association(ledger, min_support=0.1, lines_at_once=3).to_json() == whole


def test_a_support_that_no_item_reaches_leaves_no_pair_and_every_basket(ledger: Ledger) -> None:
    assert association(ledger, min_support=1.0).to_json() == {"baskets": 10, "pairs": []}
