"""Position, transfers, the oversell guard, balances, and what is said of bad data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.quality.stores import at
from tests.metrics.ledgers import Row
from tests.understand.inventory.shelves import bought, cost, day, desk_of, moved, sold_daily

from zhanggui.metrics.problems import BadChoiceError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answers import balance_of_pairs, position_of_pairs, transfers_of_pairs
from zhanggui.understand.inventory.book import read_book
from zhanggui.understand.inventory.count_files import count_sheet_of_pairs
from zhanggui.understand.inventory.warehouses import shared_out


def purchase(name: str, sku: str, units: int, *, due: int | None, **more: object) -> Row:
    """Return a line of a purchase order of day 1."""
    row: Row = {"purchase_order_id": name, "internal_sku": sku, "warehouse": "主仓", "ordered_quantity": units,
                "ordered_at": at(day(1)), "ordered_date": day(1), "due_date": due and day(due)}  # fmt: skip
    return row | more


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give twenty days of A: 100 come, 1 a day leaves the first warehouse; 30 moved on, 24 of them arrived."""
    waiting = bought("A", 19, 3, 20_00, "o1", status="paid")
    sent = bought("A", 10, 5, 20_00, "o2", status="paid")
    elsewhere = bought("A", 12, 1, 20_00, "o4")
    deposit = bought("A", 20, 2, 20_00, "o3", is_paid=False, paid_date=None, is_presale=True,
                     status="pending_payment", deposit_paid_date=day(20))  # fmt: skip
    orders = [waiting[0], sent[0], deposit[0], elsewhere[0] | {"shop_id": 1}]
    back: Row = {"refund_id": "r1", "sku_id": "A", "quantity": 4, "refund_type": "return_and_refund",
                 "status": "returning", "cohort_date": day(18)}  # fmt: skip
    tables = {
        "stock_movement": [
            moved("A", 1, 100, "purchase"), *sold_daily("A", 1, 20),
            moved("A", 15, -30, "transfer"), moved("A", 17, 24, "transfer", "分仓"),
            # Of four that came back one was written off.
            moved("A", 8, 4, "return", order_id="o2"), moved("A", 8, -1, "damage", order_id="o2"),
        ],
        "stock_snapshot": [{"day": day(20), "warehouse": "主仓", "internal_sku": "A", "on_hand": 53, "committed": 9}],
        "purchase_order": [
            purchase("p1", "A", 40, due=30), purchase("p2", "A", 25, due=10), purchase("p3", "A", 8, due=None),
            purchase("p4", "A", 50, due=5, received_quantity=50, received_at=at(day(1))),
        ],
        "sku_cost": [cost("A", 5_00)],
        "order_header": orders,
        "order_line": [waiting[1], sent[1], deposit[1], elsewhere[1]],
        "shipment": [{"order_id": "o2", "shipped_at": at(day(11))}],
        "refund": [back],
    }  # fmt: skip
    with desk_of(tmp_path_factory.mktemp("position"), tables) as found:
        yield found


def test_the_position_is_the_sum_that_the_trade_rule_says(desk: Desk) -> None:
    found = position_of_pairs(desk, []).total

    # 100 - 20 - 30 + 24 + 3 lie there; 30 - 24 are on the way; 3 of 4 returns came back sellable.
    assert (found.on_hand, found.in_transit, found.coming_back) == (77, 6, 3)
    # Nine are stated as committed: three unshipped, two pre-sold, four locked beyond these.
    assert (found.unshipped, found.presale, found.locked) == (3, 2, 4)
    assert (found.on_order, found.overdue) == (48, 25)
    assert found.position == 77 + 48 + 6 + 3 - 9
    assert found.available == 77 - 9


def test_past_due_and_undated_purchases_are_said(desk: Desk) -> None:
    told = " ".join(text.zh for text in position_of_pairs(desk, []).warnings)

    assert "1 行采购单已过预计到货日仍未入库（25 件）" in told
    assert "1 行采购单没有预计到货日" in told


def test_without_purchase_orders_there_is_no_position(tmp_path: Path) -> None:
    with desk_of(tmp_path, {"stock_movement": [moved("A", 1, 5, "purchase")]}) as desk:
        found = position_of_pairs(desk, [])

    assert (found.total.on_order, found.total.position, found.total.on_hand) == (None, None, 5)
    assert any("不按 0 计" in text.zh for text in found.warnings)


def test_balances_add_up_and_differences_stand_apart(desk: Desk) -> None:
    found = balance_of_pairs(desk, [("from", day(11).isoformat())])
    main = next(row for row in found.warehouses if row.warehouse == "主仓")
    by_day = balance_of_pairs(desk, [("sku", "A"), ("warehouse", "主仓")])

    # Ten sold and three net returns before day 11: 93. Ten sold and thirty moved on since.
    assert (main.opening, main.received, main.issued, main.difference, main.closing) == (93, 0, 40, 0, 53)
    assert found.adds_up
    assert by_day.adds_up
    assert [row.day for row in by_day.rows] == [day(n) for n in range(1, 21)]


def test_stock_that_no_movement_explains_is_a_column_of_its_own_with_its_money(tmp_path: Path) -> None:
    stated = [
        {"day": day(n), "warehouse": "主仓", "internal_sku": "A", "on_hand": units} for n, units in ((1, 10), (5, 7))
    ]
    tables = {"stock_movement": [moved("A", 1, 10, "purchase"), moved("A", 3, -1)], "stock_snapshot": stated,
              "sku_cost": [cost("A", 6_00)]}  # fmt: skip
    with desk_of(tmp_path, tables) as desk:
        row = balance_of_pairs(desk, []).warehouses[0]
        told = balance_of_pairs(desk, []).warnings

    assert (row.received, row.issued, row.difference, row.closing, row.difference_money) == (10, 1, -2, 7, -12.0)
    assert any("-2 件" in text.zh for text in told)


def test_goods_go_from_where_they_lie_long_to_where_they_run_out(tmp_path: Path) -> None:
    tables = {
        "stock_movement": [
            moved("A", 1, 100, "purchase"), *sold_daily("A", 1, 20),
            moved("A", 1, 40, "purchase", "分仓"), *sold_daily("A", 1, 20, 2, "分仓"),
        ],
        "sku_cost": [cost("A", 5_00)], "order_header": [bought("A", 3, 1, 20_00, "o")[0]],
        "order_line": [bought("A", 3, 1, 20_00, "o")[1]],
    }  # fmt: skip
    with desk_of(tmp_path, tables) as desk:
        found = transfers_of_pairs(desk, [("horizon_days", "10")])

    # The second sends 2 a day and has none: it lacks 20 in ten days. The first keeps 20 of 80.
    (move,) = found.rows
    assert (move.source, move.destination, move.units, move.cover_to) == ("主仓", "分仓", 20, 0)
    assert move.saved_money == 20 * 15.0
    assert move.cover_from == 60


def test_what_stores_may_show_is_never_more_than_there_is() -> None:
    assert shared_out(7, {1: 1.0, 2: 1.0, 3: 1.0}) == {1: 3, 2: 2, 3: 2}
    assert sum(shared_out(11, {1: 5.0, 2: 0.3, 3: 2.2}).values()) == 11
    assert shared_out(0, {1: 1.0}) == {1: 0}


def test_bad_data_is_named_and_nothing_is_put_right_in_silence(tmp_path: Path) -> None:
    twice = {"order_id": "o9"}
    tables = {
        "stock_movement": [
            moved("A", 1, -3), moved("B", 1, 9, "purchase"), moved("B", 2, -1, **twice), moved("B", 2, -1, **twice),
            moved("C", 2, 60, "purchase", purchase_order_id="p1"),
        ],
        "purchase_order": [purchase("p1", "C", 5, due=2, received_quantity=5, received_at=at(day(2)))],
        "sku_cost": [cost("A", 1_00), cost("C", 10_00), cost("C", 120_00, day(2)), cost("A", 9_00, currency="USD")],
    }  # fmt: skip
    with desk_of(tmp_path, tables) as desk:
        book = read_book(desk.ledger, None, None)
    told = " ".join(text.zh for text in book.warnings)

    for said in (
        "1 个 SKU·仓库的账面库存为负（共 3 件）", "1 条出入库流水疑似重复", "p1 C ×12",
        "1 个有库存的 SKU 没有单位成本（7 件）",
        "C ×12.0", "1 条成本不是 CNY",
    ):  # fmt: skip
        assert said in told


def test_a_name_that_stands_nowhere_is_said_with_those_that_do(desk: Desk) -> None:
    known = balance_of_pairs(desk, [])
    warehouse, sku = known.rows[0].warehouse, known.rows[0].sku

    for pairs, name in (([("sku", "ZZ")], "ZZ"), ([("sku", sku), ("warehouse", "月球仓")], "月球仓")):
        found = balance_of_pairs(desk, pairs)
        assert (found.rows, found.warehouses) == ((), ())
        assert name in found.warnings[0].zh
        assert sku in found.warnings[0].zh or warehouse in found.warnings[0].en
    assert "ZZ" in position_of_pairs(desk, [("sku", "ZZ")]).warnings[0].en
    assert balance_of_pairs(desk, [("sku", sku), ("warehouse", warehouse)]).warnings == known.warnings


def test_goods_that_never_lay_in_a_warehouse_are_told_apart_from_unknown_ones(tmp_path: Path) -> None:
    moves = [moved("A", 1, 9, "purchase"), moved("B", 1, 9, "purchase", "分仓")]
    with desk_of(tmp_path, {"stock_movement": moves}) as desk:
        found = balance_of_pairs(desk, [("sku", "A"), ("warehouse", "分仓")])

    assert found.rows == ()
    assert any("never lay in the warehouse" in each.en for each in found.warnings)


def test_a_count_or_a_warehouse_to_count_that_nobody_has_is_said(desk: Desk) -> None:
    with pytest.raises(BadChoiceError, match="月球仓"):
        count_sheet_of_pairs(desk, [("warehouse", "月球仓")])
