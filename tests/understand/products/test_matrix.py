"""The sales-profit matrix over a shelf whose every figure is worked by hand (T-06, SEG-15, PIT-06)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.understand.products.shelf import STORE, back, day, desk_of, sold, tables_of

from zhanggui.methods.classing import BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.borders import Borders, borders_in, keep_borders, kept_borders
from zhanggui.understand.products.levers import hot_but_poor
from zhanggui.understand.products.matrix import NAMES, matrix, moves
from zhanggui.understand.products.matrix_answer import matrix_of_pairs
from zhanggui.understand.products.matrix_desk import matrix_quadrants
from zhanggui.understand.products.meetings import Decision, decide, freeze, meeting_of, read_back
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.view import View

# By SKU: units and contribution of each line, one line a week over thirteen weeks.
SHELF = {"star-1": (10, 50_00), "lure-1": (12, 1_00), "earn-1": (1, 40_00), "poor-1": (2, -5_00)}
WEEKS = 13


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give thirteen weeks of four SKUs, a gift, a brushing order, and a SKU whose cost nobody knows."""
    lines = [
        sold(f"{sku}-{week}", week * 7, sku, units, profit=profit)
        for sku, (units, profit) in SHELF.items()
        for week in range(WEEKS)
    ]
    lines += [
        sold("blind", 3, "blind-1", 5, profit=None),
        sold("gift", 3, "gift-1", 99, due=0, profit=-1_00, line_kind="gift"),
        sold("fake", 3, "star-1", 500, order_kind="brushing"),
        sold("gone", 84, "poor-1", 2, profit=-30_00, **back()),
    ]
    ads = {
        "shop_id": 1, "entry_key": "ad", "day": day(10), "account": "ad_spend", "amount_minor": -130_00,
        "outlay_minor": 130_00, "product_id": "lure", "evidence": "counted", "rule": "ads", "currency": "CNY",
        "source_table": "ad_spend", "source_key": "1", "batch_id": 1, "row_no": 1,
    }  # fmt: skip
    other = {**ads, "entry_key": "brand", "product_id": None, "amount_minor": -77_00}
    with desk_of(tmp_path_factory.mktemp("shelf"), tables_of(lines, profit_entry=[ads, other])) as opened:
        yield opened


def test_each_sku_lies_in_the_quadrant_of_its_units_and_contribution(desk: Desk) -> None:
    found = matrix(desk, View(), Borders())
    quadrant = {sku: int(code) for (_, sku), code in zip(found.keys(), found.quadrant, strict=True)}

    # Units 130, 156, 13, 28: half of 28 + 130 is 79.  Contribution 650, 13 - 130 of ads, 520, -95: half of 520 - 95.
    assert (found.units_border, found.profit_border) == (79, 212_50)
    assert quadrant == {
        "star-1": TOP_RIGHT,
        "lure-1": BOTTOM_RIGHT,
        "earn-1": TOP_LEFT,
        "poor-1": BOTTOM_LEFT,
        "blind-1": -1,
    }


def test_gifts_and_brushing_are_not_sales_and_what_names_no_product_is_shared_by_none(desk: Desk) -> None:
    found = matrix_of_pairs(desk, [])
    units = {row.sku_id: row.units for row in found.skus}

    assert "gift-1" not in units
    assert units["star-1"] == 10 * WEEKS
    assert found.unshared == -77.0
    assert any("1 SKUs have lines of unknown cost" in text.en for text in found.warnings)


def test_quadrants_add_up_to_everything_of_known_cost(desk: Desk) -> None:
    found = matrix_of_pairs(desk, [])

    assert sum(each.skus for each in found.quadrants) == 4
    assert sum(each.profit for each in found.quadrants) == pytest.approx(650 + (13 - 130) + 520 - 95)


def test_lines_given_back_leave_net_units(desk: Desk) -> None:
    poor = next(row for row in matrix_of_pairs(desk, []).skus if row.sku_id == "poor-1")

    assert (poor.units, poor.net_units, poor.return_share) == (28, 26, 1 / 14)


def test_a_steady_sku_is_x_and_the_largest_are_a(desk: Desk) -> None:
    rows = {row.sku_id: row for row in matrix_of_pairs(desk, []).skus}

    assert rows["star-1"].xyz == "X"
    assert rows["star-1"].abc == "A"


def test_a_hot_but_poor_sku_names_what_advertising_could_bring(desk: Desk) -> None:
    (poor,) = hot_but_poor(matrix(desk, View(), Borders()))

    # 130 of ads on 1,300; all goods together bear 130 of 5,400 due, so 31.30 would be usual.
    assert poor.best == "ads"
    assert poor.gains["ads"] == pytest.approx(130_00 - 130_00 * 1_300 / 5_400)


def test_borders_of_the_shop_stand_until_taken_back(desk: Desk) -> None:
    keep_borders(desk, Borders(units=140, profit=None))
    moved = matrix_of_pairs(desk, [])
    tried = borders_in(desk, [("profit_border", "600")])
    keep_borders(desk, Borders())

    assert moved.borders["units"].set_by == "shop"
    assert [row.quadrant for row in moved.skus if row.sku_id == "star-1"] == ["earner"]
    assert tried == Borders(140, 600)
    assert kept_borders(desk) == Borders()


def test_a_move_between_months_is_in_the_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    # In April a sells 9 and b 1; in May they change places. Days 30-59 are April, 60-90 May.
    lines = [sold(f"a{n}", n, "a-1", units, profit=units * 100) for n, units in ((0, 1), (35, 9), (65, 1), (91, 1))]
    lines += [sold(f"b{n}", n, "b-1", units, profit=units * 100) for n, units in ((0, 1), (35, 1), (65, 9), (91, 1))]
    with desk_of(tmp_path_factory.mktemp("moves"), tables_of(lines)) as desk:
        found = moves(desk, View(), Borders())

    assert {(move.sku_id, NAMES[move.before].name, NAMES[move.after].name) for move in found} == {
        ("a-1", "star", "question"),
        ("b-1", "question", "star"),
    }
    assert {move.month.isoformat() for move in found} == {"2026-05-01"}


def test_every_sku_has_an_advice_with_more_than_one_reason(desk: Desk) -> None:
    found = {row.sku_id: row for row in matrix_of_pairs(desk, []).selection}

    assert (found["earn-1"].advice, found["poor-1"].advice, found["blind-1"].advice) == ("push", "drop", "unknown")
    assert all(len(row.reasons) >= 2 for row in found.values() if row.advice != "unknown")


def test_a_frozen_list_keeps_its_figures_and_is_read_back(desk: Desk) -> None:
    before = View(None, day(48))
    meeting = freeze(desk, before, "春季选品", day(48))
    decide(desk, meeting.meeting_id, Decision(store=STORE, sku_id="poor-1", decision="清仓", owner="小王", due=day(60)))
    (result,) = read_back(desk, meeting.meeting_id, day(84)).results

    # Seven lines of two units in 49 days; then six, and the one given back, in 36.
    assert result.units_a_day_before == pytest.approx(14 / 49)
    assert result.units_a_day_since == pytest.approx(14 / 36)
    assert (result.owner, result.is_overdue) == ("小王", True)
    assert meeting_of(desk, meeting.meeting_id).items[0].units == meeting.items[0].units
    with pytest.raises(ThinGoodsError, match="no such meeting"):
        meeting_of(desk, 99)


def test_an_empty_shop_says_what_is_missing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with desk_of(tmp_path_factory.mktemp("bare"), tables_of([])) as desk:
        told = matrix_quadrants(desk, View())

    assert told.empty is not None
    assert "no order line" in told.empty.en.lower()


def test_goods_without_any_cost_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = tables_of([sold("o", 0, "a-1", profit=None)])
    with (
        desk_of(tmp_path_factory.mktemp("blind"), tables) as desk,
        pytest.raises(ThinGoodsError, match="No SKU has all its costs"),
    ):
        matrix(desk, View(), Borders())


def test_sums_equal_an_independent_computation(desk: Desk) -> None:
    found = matrix(desk, View(), Borders())
    squares = {sku: value for (_, sku), value in zip(found.keys(), found.sales.of("squares"), strict=True)}

    # Ten units in each of thirteen weeks; of poor-1 the last week holds two lines of two.
    assert squares["star-1"] == WEEKS * 100
    assert squares["poor-1"] == 12 * 4 + 16
    assert np.isfinite(found.sales.profit).sum() == 4
