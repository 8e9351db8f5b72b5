"""Stock counts: differences in money, approval, adjustments that load, the sheet to count with."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from tests.ledger.quality.stores import at
from tests.metrics.ledgers import Row
from tests.understand.inventory.shelves import cost, day, desk_of, moved

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answers import counts_of_pairs
from zhanggui.understand.inventory.count_files import adjustments_of_pairs, approve_count, count_sheet_of_pairs
from zhanggui.understand.inventory.problems import UnapprovedCountError, UnknownCountError


def counted(sku: str, book: int, found: int, name: str = "PD1", **more: object) -> Row:
    """Return one row of a count of day 5."""
    row: Row = {"count_id": name, "warehouse": "主仓", "internal_sku": sku, "counted_at": at(day(5)),
                "counted_date": day(5), "book_quantity": book, "counted_quantity": found}  # fmt: skip
    return row | more


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a count of three goods, none approved: A two short, B one over and adjusted since, C as it should be."""
    tables = {
        "stock_movement": [
            moved("A", 1, 10, "purchase"), moved("B", 1, 4, "purchase"), moved("C", 1, 6, "purchase"),
            moved("=1+1", 1, 3, "purchase"), moved("B", 6, 1, "adjust"),
        ],
        "stock_count": [counted("A", 10, 8), counted("B", 4, 5), counted("C", 6, 6),
                        counted("C", 6, 6, "PD0", approved_by="主管")],
        "sku_cost": [cost("A", 3_00), cost("B", 2_00)],
    }  # fmt: skip
    with desk_of(tmp_path_factory.mktemp("counts"), tables) as found:
        yield found


def test_differences_are_told_in_units_and_money(desk: Desk) -> None:
    found = counts_of_pairs(desk, [("count", "PD1")])
    count = next(each for each in found.counts if each.count_id == "PD1")

    assert (count.goods, count.off, count.surplus, count.shortage, count.adjusted) == (3, 2, 2.0, -6.0, 1)
    assert [(row.sku, row.difference, row.money, row.is_adjusted) for row in found.rows] == [
        ("A", -2, -6.0, False), ("B", 1, 2.0, True),
    ]  # fmt: skip


def test_a_count_that_nobody_approved_adjusts_nothing_and_one_that_was_what_is_left(desk: Desk) -> None:
    with pytest.raises(UnapprovedCountError, match="PD1"):
        adjustments_of_pairs(desk, [("count", "PD1")])

    approve_count(desk, "PD1", " 仓储主管 ")
    first, second = (adjustments_of_pairs(desk, [("count", "PD1")]).decode("utf-8-sig") for _ in range(2))

    header, *rows = first.splitlines()
    assert header.endswith("掌柜模板:出入库流水")
    assert len(rows) == 1
    assert {"主仓", "A", "-2", "PD1-主仓-A", "调整"} <= set(rows[0].split(","))
    # Its number follows from the count: loaded twice it is one movement.
    assert first == second
    assert {each.count_id: each.approved_by for each in counts_of_pairs(desk, []).counts} == {
        "PD1": "仓储主管", "PD0": "主管",
    }  # fmt: skip


def test_unknown_counts_and_nameless_approvals_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownCountError, match="PD9"):
        approve_count(desk, "PD9", "主管")
    with pytest.raises(BadFilterError, match="no name"):
        approve_count(desk, "PD1", " ")


def test_the_sheet_holds_what_lies_there_in_the_columns_that_loading_knows(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(BytesIO(count_sheet_of_pairs(desk, [("blind", "true")]))).worksheets[0]
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at_sku, at_book = header.index("商家SKU编码"), header.index("账面数量")

    assert header[-1] == "掌柜模板:盘点单"
    assert {row[at_sku]: row[at_book] for row in rows} == {"'=1+1": 3, "A": 10, "B": 5, "C": 6}
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(at_book + 1)].hidden
