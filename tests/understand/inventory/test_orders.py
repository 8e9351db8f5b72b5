"""Demand to come, and what to order for it, in a shop of five goods."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.understand.inventory.orders_shop import DAYS, TOMORROW, received, sales, shop
from tests.understand.inventory.shelves import bought, day, desk_of

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.forecast_answer import forecast_of_pairs
from zhanggui.understand.inventory.forecast_desk import forecast_trials
from zhanggui.understand.inventory.order_pages import ORDER_PAGES, ORDER_TILES
from zhanggui.understand.inventory.problems import NoStockError, ThinPastError
from zhanggui.understand.inventory.proposal_file import proposal_workbook
from zhanggui.understand.inventory.replenish_answer import ProposalRow, ReplenishAnswer, replenish_of_pairs
from zhanggui.understand.inventory.stress import next_promotion
from zhanggui.understand.view import View


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(tmp_path_factory.mktemp("orders"), shop()) as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(desk: Desk) -> ReplenishAnswer:
    return replenish_of_pairs(desk, ())


def row_of(answer: ReplenishAnswer, sku: str) -> ProposalRow:
    return next(row for row in answer.rows if row.sku == sku)


def test_a_steady_product_is_forecast_at_what_it_sells(desk: Desk) -> None:
    found = forecast_of_pairs(desk, ())
    tea = next(row for row in found.rows if row.sku == "tea")

    # 6 and 9 in turn: 7.5 a day, 210 in 28 days; the promotions before it moved nothing.
    assert tea.expected == pytest.approx(210, rel=0.05)
    assert tea.q50 <= tea.q80 <= tea.q90 <= tea.q95
    assert sum(tea.weeks) == pytest.approx(tea.expected, rel=0.01)
    assert found.history_weeks == DAYS // 7


def test_a_product_of_ten_days_leans_on_its_kin(desk: Desk) -> None:
    [row] = forecast_of_pairs(desk, (("sku", "new"),)).rows

    assert row.model == "kin"
    assert row.expected > 0


def test_accuracy_is_told_beside_naive_for_all_and_by_category(desk: Desk) -> None:
    found = forecast_of_pairs(desk, ())
    table = forecast_trials(desk, View())

    assert found.trials[0].category is None
    assert found.trials[0].forecast.coverage is not None
    assert table.n_rows == len(found.trials)


def test_what_runs_out_is_ordered_and_what_lies_in_plenty_is_not(answer: ReplenishAnswer) -> None:
    tea = row_of(answer, "tea")

    # Lead time 10 and review 7 days at 7.5 a day: 127.5 are asked for, 5 are there.
    assert tea.lead_days == 10
    assert tea.position == 5
    assert tea.order_up_to == pytest.approx(127.5 + tea.safety_stock, abs=1)
    assert tea.quantity == tea.order_up_to - 5
    assert tea.order_on == TOMORROW
    assert tea.cash == tea.quantity * 60
    assert "pot" not in {row.sku for row in answer.rows}


def test_goods_without_cost_price_or_supplier_are_named_and_get_no_number(answer: ReplenishAnswer) -> None:
    reasons = {row.sku: row.reason for row in answer.left_out}

    assert reasons == {"new": "no_supplier", "free": "no_price"}
    assert answer.n_left_out == {"no_supplier": 1, "no_price": 1}


def test_an_empty_shelf_is_warned_of(answer: ReplenishAnswer) -> None:
    assert {row.sku for row in answer.warned} == {"tea", "cup"}
    assert answer.record.days > 0


def test_a_budget_is_kept_and_earns_no_more_than_its_bound(desk: Desk, answer: ReplenishAnswer) -> None:
    half = replenish_of_pairs(desk, (("share", "50"),))
    small = replenish_of_pairs(desk, (("budget", "1000"),))

    assert half.cash <= answer.cash / 2
    assert small.cash <= 1000
    assert small.profit <= small.profit_bound <= answer.profit_bound
    assert [point.cash for point in answer.curve] == sorted(point.cash for point in answer.curve)


def test_quantities_that_somebody_set_hold_and_money_follows(desk: Desk, answer: ReplenishAnswer) -> None:
    changed = replenish_of_pairs(desk, (("set", "tea=12"),))

    assert row_of(changed, "tea").quantity == 12
    assert row_of(changed, "tea").wanted == row_of(answer, "tea").wanted
    assert changed.cash == answer.cash - (row_of(answer, "tea").quantity - 12) * 60


def test_goods_that_spoil_are_not_ordered_beyond_their_life(desk: Desk, answer: ReplenishAnswer) -> None:
    # All goods are of the category without a name here, which no term can name: a named one changes nothing.
    same = replenish_of_pairs(desk, (("shelf_life", "茶=3"),))

    assert same.units == answer.units


def test_terms_that_make_no_sense_are_refused(desk: Desk) -> None:
    for pair in (
        ("budget", "-1"),
        ("review_days", "x"),
        ("holding", "nan"),
        ("shelf_life", "茶"),
        ("share", "0"),
        ("set", "tea=-1"),
    ):
        with pytest.raises(BadFilterError):
            replenish_of_pairs(desk, (pair,))


def test_the_workbook_opens_with_quantities_to_change_and_sums_that_follow(answer: ReplenishAnswer) -> None:
    book = openpyxl.load_workbook(BytesIO(proposal_workbook(answer, "zh")))
    sheet = book["采购建议"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))

    assert [cell.value for cell in sheet[1]][:5] == ["供应商", "商品编码", "名称", "建议数量", "箱规"]
    assert {row[1]: row[3] for row in rows if row[1]} == {row.sku: row.quantity for row in answer.rows if row.quantity}
    assert rows[0][15] == "=D2*F2"
    assert str(rows[-1][15]).startswith("=SUM(")
    assert book.sheetnames == ["采购建议", "按供应商", "说明"]


def test_a_name_that_looks_like_a_formula_stays_text(answer: ReplenishAnswer) -> None:
    bad = answer.rows[0].model_copy(update={"name": "=1+1"})
    book = openpyxl.load_workbook(BytesIO(proposal_workbook(answer.model_copy(update={"rows": (bad,)}), "en")))
    cell = book["Proposal"]["C2"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_tile_of_both_pages_answers(desk: Desk) -> None:
    asked = {tile.source.removeprefix("/api/v1/tiles/") for page in ORDER_PAGES for tile in page.tiles()}

    assert asked == set(ORDER_TILES)
    for name in sorted(asked):
        assert ORDER_TILES[name](desk, View()).empty is None or name == "replenish/stress"


def test_an_empty_shop_says_on_every_tile_what_is_missing(tmp_path: Path) -> None:
    with desk_of(tmp_path, {}) as empty:
        for make in ORDER_TILES.values():
            assert make(empty, View()).empty is not None
        with pytest.raises(ThinPastError, match="No paid order names a SKU"):
            forecast_of_pairs(empty, ())
        with pytest.raises(NoStockError):
            replenish_of_pairs(empty, ())


def test_one_week_of_history_is_refused(tmp_path: Path) -> None:
    week = sales("tea", last=8)
    tables = {"order_header": [order for order, _ in week], "order_line": [line for _, line in week]}
    with (
        desk_of(tmp_path, tables) as desk,
        pytest.raises(ThinPastError, match="orders of 1 whole weeks; a forecast needs 3"),
    ):
        forecast_of_pairs(desk, ())


def test_without_purchase_orders_nothing_is_proposed_until_a_lead_time_is_declared(tmp_path: Path) -> None:
    with desk_of(tmp_path, shop(purchase_order=[])) as desk:
        silent = replenish_of_pairs(desk, ())
        declared = replenish_of_pairs(desk, (("lead_days", "10"),))

    assert silent.rows == ()
    assert silent.n_left_out["no_stock"] == 5
    assert any("no purchase orders" in text.en.lower() for text in silent.warnings)
    # No supplier is needed to say how much, once the lead time is declared.
    assert {row.sku for row in declared.rows} >= {"tea", "cup"}
    assert any("the lead time is yours" in text.en for text in declared.warnings)


def test_orders_past_due_are_not_counted_on_and_told(tmp_path: Path) -> None:
    late = received("tea", 100, ordered_quantity=400, received_quantity=None, received_date=None, received_at=None)
    coming = received("cup", 139, ordered_quantity=40, received_quantity=None, received_date=None, received_at=None)
    orders = [*shop()["purchase_order"], late, coming]
    with desk_of(tmp_path, shop(purchase_order=orders)) as desk:
        found = replenish_of_pairs(desk, ())

    assert row_of(found, "tea").position == 5
    assert row_of(found, "cup").position == 40
    assert any("past due" in text.en for text in found.warnings)


def test_nothing_sold_lately_brings_no_order(tmp_path: Path) -> None:
    early = [bought("old", number, 1, 50_00, f"old-{number}") for number in range(1, 4)]
    with desk_of(
        tmp_path,
        {
            "order_header": [order for order, _ in (*early, *sales("tea"))],
            "order_line": [line for _, line in (*early, *sales("tea"))],
        },
    ) as desk:
        [old] = forecast_of_pairs(desk, (("sku", "old"),)).rows

    assert old.expected < 1
    assert old.q50 == 0


def test_the_promotion_ahead_is_618_in_may_and_double_eleven_in_september() -> None:
    spring, autumn = next_promotion(day(40)), next_promotion(day(180))

    assert spring is not None
    assert autumn is not None
    assert (spring[0].zh, str(spring[1]), str(spring[2])) == ("618", "2026-05-20", "2026-06-20")
    assert autumn[0].zh == "双11"
