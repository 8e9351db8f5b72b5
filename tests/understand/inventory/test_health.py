"""Health of stock: days, turns, stock-outs with what they lost, bands, ages (M-INV-01 to 05, 09, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.metrics.ledgers import Row
from tests.understand.inventory.shelves import bought, cost, day, desk_of, moved, sold_daily

from zhanggui.metrics import Question, answer
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import Rules, read_book, rules_in
from zhanggui.understand.inventory.health import BANDS, Health, health_of, score_of
from zhanggui.understand.inventory.health_answer import health_of_pairs
from zhanggui.understand.inventory.problems import NoStockError
from zhanggui.understand.inventory.stock_pages import STOCK_TILES
from zhanggui.understand.view import View

RULES = Rules(window_days=40, low_days=5, high_days=60, slow_days=15, dead_days=30, new_days=10)


def movements() -> list[Row]:
    """Return forty days of five goods.

    A: 200 come, 4 a day leave. B: 10 come, one a day leaves, 15 come again on day 21. C: 50 come and stay, the last
    sale on day 20. D: 30 come on day 38. E: 20 come, and never leave.
    """
    return [
        moved("A", 1, 200, "purchase"), *sold_daily("A", 1, 40, 4),
        moved("B", 1, 10, "purchase"), *sold_daily("B", 1, 10),
        moved("B", 21, 15, "purchase"), *sold_daily("B", 21, 34),
        moved("C", 1, 50, "purchase"), moved("C", 20, -5),
        moved("D", 38, 30, "purchase"),
        moved("E", 1, 20, "purchase"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the shop of these movements; B sells at 30.00 and costs 12.00; of E no cost is known."""
    order, line = bought("B", 5, 2, 30_00, "o1")
    tables = {
        "stock_movement": movements(),
        "sku_cost": [cost("A", 10_00), cost("B", 12_00), cost("C", 5_00), cost("D", 1_00)],
        "order_header": [order],
        "order_line": [line],
    }
    with desk_of(tmp_path_factory.mktemp("health"), tables) as found:
        yield found


@pytest.fixture(scope="module")
def health(desk: Desk) -> Health:
    return health_of(read_book(desk.ledger, None, None, 40), RULES)


def of(health: Health, values: object, sku: str) -> float:
    return float(np.asarray(values)[health.book.course.skus.index(sku)])


def test_days_of_stock_and_turns_are_one_figure_said_twice(health: Health) -> None:
    # A holds 196, 192, … 40: mean 118. B holds 9 … 0 (sum 45), 0 for ten days, 14 … 1 (sum 105), 1 for six: 156 ÷ 40.
    # C holds 50 for 19 days and 45 for 21; D 30 for 3.
    mean = 118 * 10 + 156 / 40 * 12 + (50 * 19 + 45 * 21) / 40 * 5 + 90 / 40 * 1
    goods = 160 * 10 + 24 * 12 + 5 * 5

    assert health.mean_value == pytest.approx(mean * 100)
    assert health.cost_of_goods == goods * 100
    assert health.days_of_stock == pytest.approx(mean / (goods / 40))
    assert health.turns is not None
    assert health.days_of_stock is not None
    assert health.turns * health.days_of_stock == pytest.approx(365)


def test_a_day_that_ends_with_nothing_in_stock_is_a_day_out(health: Health) -> None:
    # B ends days 10 to 20 with nothing. D is there for 3 days, the others for 40.
    assert of(health, health.days_out, "B") == 11
    assert health.stock_out_rate == pytest.approx(11 / (4 * 40 + 3))


def test_the_metrics_of_stock_say_what_the_page_of_health_says(desk: Desk, health: Health) -> None:
    names = ("stock_value", "days_of_stock", "stock_turns", "stock_out_rate", "stock_value_days", "cost_of_units_sold")
    (row,) = answer(desk.ledger, Question(names, date_from=health.book.first, date_to=health.book.last)).rows

    assert row["stock_value"] == health.stock_value / 100
    assert row["stock_value_days"] == pytest.approx(health.mean_value * 40 / 100)
    assert row["cost_of_units_sold"] == health.cost_of_goods / 100
    assert row["days_of_stock"] == pytest.approx(health.days_of_stock)
    assert row["stock_turns"] == pytest.approx(health.turns)
    assert row["stock_out_rate"] == pytest.approx(health.stock_out_rate)


def test_lost_sales_are_the_rate_of_days_with_stock_on_days_without(health: Health) -> None:
    # B sold 9 + 14 units on 9 + 20 days with stock, and one at least on the day it ran out.
    rate, lost = of(health, health.demand.rate, "B"), of(health, health.demand.lost, "B")
    value, low, high = health.lost_money(health.book.goods.price)

    assert 24 / 30 < rate < 26 / 30
    assert lost == pytest.approx(10 * rate + (30 * rate - 24), abs=1e-3)
    assert value == pytest.approx(lost * 30_00)
    assert 0 < low < value < high
    assert of(health, health.demand.lost, "A") == 0


def test_every_sku_stands_in_one_band(health: Health) -> None:
    bands = {sku: BANDS[at] for sku, at in zip(health.book.course.skus, health.band, strict=True)}

    # A: 40 left at 4 a day are 10 days. B: one left at .83. C: none sold for 20 days. E: none for 40, in no money.
    assert bands == {"A": "healthy", "B": "low", "C": "slow", "D": "new", "E": "dead"}
    assert health.stock_value == (40 * 10 + 1 * 12 + 45 * 5 + 30 * 1) * 100
    assert health.value_of("slow", "dead") == 45 * 5_00


def test_what_is_left_came_in_last(health: Health) -> None:
    ages = dict(zip(health.book.course.skus, health.ages.tolist(), strict=True))

    # 30 days back lies day 11: B's one unit came on day 21, A's 40 on day 1.
    assert ages["A"] == [0, 40, 0, 0, 0, 0]
    assert ages["B"] == [1, 0, 0, 0, 0, 0]
    assert health.ages.sum(axis=1) == pytest.approx(health.on_hand)


def test_the_score_is_the_mean_of_its_parts(health: Health) -> None:
    score = score_of(health)

    assert score is not None
    whole = 40 * 10 + 12 + 45 * 5 + 30
    assert score.available == pytest.approx(1 - 11 / 163)
    assert score.right_sized == pytest.approx((40 * 10 + 12 + 30) / whole)
    assert score.moving == pytest.approx(1 - 45 * 5 / whole)
    assert score.points == pytest.approx(100 * (score.available + score.right_sized + score.moving) / 3)


def test_a_set_counts_as_its_parts_and_its_money_is_shared(tmp_path: Path) -> None:
    order, line = bought("set", 2, 2, 90_00, "o1")
    parts = [{"platform_sku_id": "set", "internal_sku": sku, "units": n} for sku, n in (("A", 2), ("B", 1))]
    tables = {
        "stock_movement": [moved("A", 1, 9, "purchase"), moved("B", 2, 9, "purchase")],
        "sku_map": parts, "order_header": [order], "order_line": [line],
    }  # fmt: skip
    with desk_of(tmp_path, tables) as desk:
        goods = read_book(desk.ledger, None, day(2)).goods

    # Two sets of 90.00: four A and two B, 30.00 each.
    assert (goods.ordered.tolist(), goods.price.tolist()) == ([4.0, 2.0], [30_00.0, 30_00.0])


def test_without_issues_for_sales_demand_comes_from_orders_and_is_said_so(tmp_path: Path) -> None:
    order, line = bought("A", 4, 3, 10_00, "o1")
    stated = [{"day": day(n), "warehouse": "主仓", "internal_sku": "A", "on_hand": 20 - 3 * (n > 3)} for n in (1, 8)]
    tables = {"stock_snapshot": stated, "order_header": [order], "order_line": [line]}
    with desk_of(tmp_path, tables) as desk:
        book = read_book(desk.ledger, None, None)
        health = health_of(book, Rules())

    assert book.demand_source == "orders"
    assert any("已付订单" in text.zh for text in book.warnings)
    assert (health.sold.tolist(), health.on_hand.tolist()) == ([3.0], [17.0])


def test_zero_demand_gives_no_turnover_and_says_that_demand_is_unknown(tmp_path: Path) -> None:
    with desk_of(tmp_path, {"stock_movement": [moved("A", 1, 5, "purchase")], "sku_cost": [cost("A", 1_00)]}) as desk:
        found = health_of_pairs(desk, [])

    assert (found.days_of_stock, found.turns, found.score) == (None, None, None)
    assert any("需求未知" in text.zh for text in found.warnings)
    assert {part.key: part.skus for part in found.bands if part.skus} == {"unmoved": 1}


def test_a_shop_without_stock_is_refused_and_its_tiles_say_what_helps(tmp_path: Path) -> None:
    with desk_of(tmp_path, {}) as desk:
        with pytest.raises(NoStockError, match="neither stock movements"):
            health_of_pairs(desk, [])
        said = {name: tile(desk, View()).empty for name, tile in STOCK_TILES.items()}

    assert all(text is not None and "库存快照" in text.zh for text in said.values()), said


def test_every_tile_answers_and_parts_add_up_to_the_whole(desk: Desk) -> None:
    answers = {name: tile(desk, View(by="abc")) for name, tile in STOCK_TILES.items()}
    found = health_of_pairs(desk, [])

    assert {name for name, answer in answers.items() if answer.empty is not None} == {
        "stock_count/counts", "stock_count/differences", "warehouses/transfers", "warehouses/guard", "markdown/plan",
    }  # fmt: skip
    for parts in (found.bands, found.ages, found.by_warehouse, found.by_category, found.by_abc):
        assert sum(part.value or 0 for part in parts) == pytest.approx(found.stock_value)


def test_rules_out_of_order_or_out_of_bounds_are_refused() -> None:
    with pytest.raises(BadFilterError, match="not in order"):
        rules_in([("low_days", "90"), ("high_days", "30")])
    with pytest.raises(BadFilterError, match="no number of days"):
        rules_in([("slow_days", "-1")])
