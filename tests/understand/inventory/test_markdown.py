"""Markdown plans: expected sales, elasticity declared, estimated and assumed, what no plan can be made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import poisson
from tests.understand.inventory.shelves import bought, cost, day, desk_of, moved

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answers import markdown_of_pairs
from zhanggui.understand.inventory.book import read_book
from zhanggui.understand.inventory.markdown import expected_sold
from zhanggui.understand.inventory.price_response import ASSUMED_ELASTICITY, elasticity_of


@pytest.mark.parametrize("held", [1.0, 2.0, 7.0, 40.0])
def test_expected_sales_are_those_of_a_poisson_count_that_cannot_exceed_the_stock(held: float) -> None:
    means = np.array([0.1, 1.0, 6.5, 30.0])
    counts = np.arange(400)
    by_hand = [(np.minimum(counts, held) * poisson.pmf(counts, mean)).sum() for mean in means]

    assert expected_sold(held, means) == pytest.approx(by_hand, abs=1e-9)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give forty days of S, that sold 4 of 200 at 50.00 and costs 20.00, and of N, that sold none."""
    pairs = [bought("S", n, 1, 50_00, f"o{n}") for n in (2, 5, 8, 11)]
    tables = {
        "stock_movement": [moved("S", 1, 200, "purchase"), moved("N", 1, 30, "purchase"),
                           *(moved("S", n, -1) for n in (2, 5, 8, 11)), moved("S", 40, 1, "adjust")],
        "sku_cost": [cost("S", 20_00), cost("N", 7_00)],
        "order_header": [order for order, _ in pairs],
        "order_line": [line for _, line in pairs],
    }  # fmt: skip
    with desk_of(tmp_path_factory.mktemp("markdown"), tables) as found:
        yield found


def test_a_cut_is_proposed_where_it_beats_the_price_of_now(desk: Desk) -> None:
    terms = [("window_days", "40"), ("elasticity", "3"), ("leftover", "0.5"), ("horizon_days", "60"), ("holding", "0")]
    found = markdown_of_pairs(desk, terms)

    (row,) = found.rows
    # Four in forty days: 6 in sixty at 50.00. At the price p a unit brings p, and 10.00 if it is left: the mark-up
    # rule 3 / 2 x 10.00 = 15.00 lies below cost, so 20.00 is the floor: 6 x (50 / 20) ^ 3 = 93.75.
    assert (row.cut, row.new_price) == (0.6, 20.0)
    assert row.units_kept == pytest.approx(6, abs=1e-3)
    assert row.units == pytest.approx(93.75, abs=0.01)
    assert row.gain == pytest.approx(93.75 * (20 - 10) - 6 * (50 - 10), abs=0.2)
    assert row.gain_low is not None
    assert row.gain is not None
    assert row.gain_high is not None
    assert row.gain_low < row.gain < row.gain_high
    assert (found.elasticity.source, found.gain) == ("declared", row.gain)


def test_a_price_goes_below_cost_only_where_that_is_allowed(desk: Desk) -> None:
    terms = [("window_days", "40"), ("elasticity", "3"), ("leftover", "0.5"), ("below_cost", "true")]

    (row,) = markdown_of_pairs(desk, terms).rows

    assert row.new_price is not None
    assert row.new_price < 20


def test_where_demand_hardly_answers_the_price_is_left_alone(desk: Desk) -> None:
    found = markdown_of_pairs(desk, [("window_days", "40"), ("elasticity", "0.2")])

    assert (found.rows, found.keep) == ((), 1)


def test_goods_without_a_sale_are_listed_apart_and_no_number_is_made_up(desk: Desk) -> None:
    found = markdown_of_pairs(desk, [("window_days", "40")])

    assert [(row.sku, row.on_hand, row.value) for row in found.untold] == [("N", 30, 210.0)]
    assert any("没有一件销售" in text.zh for text in found.warnings)


def test_without_price_changes_the_elasticity_is_assumed_and_says_so(desk: Desk) -> None:
    found = markdown_of_pairs(desk, [("window_days", "40")])

    assert (found.elasticity.source, found.elasticity.value) == ("assumed", ASSUMED_ELASTICITY)
    assert any("假设值" in text.zh for text in found.warnings)


def test_price_changes_give_the_elasticity_back(tmp_path: Path) -> None:
    # Forty goods sell 8 a day at 10.00; every second falls to 8.00 on day 21 and sells 8 x .8 ^ -2 = 12.5.
    rng = np.random.default_rng(2)
    movements, orders, lines, prices = [], [], [], []
    for number in range(40):
        sku = f"S{number:02d}"
        movements.append(moved(sku, 1, 2000, "purchase"))
        prices.append({"internal_sku": sku, "day": day(1), "new_price_minor": 10_00})
        if number % 2:
            prices.append({"internal_sku": sku, "day": day(21), "new_price_minor": 8_00})
        for on in range(1, 41):
            units = int(rng.poisson(12.5 if number % 2 and on > 20 else 8))
            if units:
                order, line = bought(sku, on, units, 10_00, f"{sku}-{on}")
                orders.append(order)
                lines.append(line)
                movements.append(moved(sku, on, -units))
    tables = {"stock_movement": movements, "price_change": prices, "order_header": orders, "order_line": lines}
    with desk_of(tmp_path, tables) as desk:
        found = elasticity_of(desk.ledger, read_book(desk.ledger, None, None, 40), None)

    # The store as a whole sold more since the cuts; that is not taken for a busier time.
    assert (found.source, found.n_changes) == ("estimated", 20)
    assert abs(found.value - 2.0) < 0.3
    assert found.low < 2.0 < found.high


def test_terms_that_are_no_numbers_are_refused(desk: Desk) -> None:
    for pairs in ([("elasticity", "much")], [("leftover", "2")], [("horizon_days", "nan")]):
        with pytest.raises(BadFilterError, match="is no number"):
            markdown_of_pairs(desk, pairs)
