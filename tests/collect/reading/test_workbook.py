from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.collect.reading.bad_inputs import xls, xlsx, zipped
from tests.collect.reading.tables_of import all_tables, only_table

from zhanggui.collect.reading import EmptyFileError, Hints, Limits, TooLargeError, UnknownSheetError


def add_sheet(title: str, *rows: list[Any], state: str = "visible") -> Any:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet(title)
        other.sheet_state = state
        for row in rows:
            other.append(row)

    return change


def test_numbers_and_times_become_the_text_that_a_spreadsheet_shows() -> None:
    at = datetime(2026, 9, 1, 10, 1, 5)  # noqa: DTZ001 - a workbook's times have no zone
    read = only_table(xlsx([["a", "b", "c", "d", "e"], [1.0, 0.1 + 0.2, at, date(2026, 9, 1), True]]))

    assert read.rows == [["1", "0.3", "2026-09-01 10:01:05", "2026-09-01", "TRUE"]]


def test_a_number_with_lost_digits_is_shown_in_scientific_notation() -> None:
    # 2**53 is the last whole number of a spreadsheet's number type without a gap to its neighbour.
    assert only_table(xlsx([["id", "n"], [3.3e18, 9_007_199_254_740_991]])).rows == [["3.3E+18", "9007199254740991"]]


def test_rows_count_from_the_top_of_the_sheet_although_it_begins_empty() -> None:
    read = only_table(xlsx([[], [], ["标题"], ["id", "金额"], ["1", "2"], [], ["3", "4"], ["合计", "6"]]))

    assert read.table.header_row == 4
    assert read.row_no == [5, 7]
    assert read.non_data == 5


def test_each_visible_sheet_with_cells_is_a_table() -> None:
    data = xlsx([["id", "n"], ["1", "2"]], add_sheet("退款", ["id", "m"], ["7", "8"]))
    tables = all_tables(data, "f.xlsx")

    assert [(read.table.name, read.rows) for read in tables] == [
        ("f.xlsx!Sheet", [["1", "2"]]),
        ("f.xlsx!退款", [["7", "8"]]),
    ]


def test_a_hidden_sheet_is_read_only_when_it_is_asked_for() -> None:
    data = xlsx([["id", "n"], ["1", "2"]], add_sheet("藏", ["id", "m"], ["7", "8"], state="hidden"))

    assert [read.rows for read in all_tables(data)] == [[["1", "2"]]]
    assert only_table(data, hints=Hints(sheet="藏")).rows == [["7", "8"]]


def test_an_unknown_sheet_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(UnknownSheetError, match="set `sheet` to one of: Sheet"):
        only_table(xlsx([["a", "b"]]), hints=Hints(sheet="订单"))


def test_error_cells_and_uncalculated_formulas_are_shown_and_not_blank() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = "#DIV/0!"
        sheet["B2"].data_type = "e"
        sheet["C2"] = "=A2*2"

    read = only_table(xlsx([["id", "a", "b"], ["1", None, None]], change))

    assert read.rows == [["1", "#DIV/0!", "#NOT_CALCULATED!"]]


def test_an_id_that_was_written_as_a_formula_of_one_text_is_that_text() -> None:
    def change(sheet: Any) -> None:
        sheet["A2"] = '="3300000000000000001"'
        sheet["B2"] = '="a"&"b"'

    read = only_table(xlsx([["id", "a", "n"], [None, None, "1"]], change))

    assert read.rows == [["3300000000000000001", "#NOT_CALCULATED!", "1"]]


def test_an_old_workbook_is_read() -> None:
    read = only_table(xls([["统计日期", "支付金额"], ["2026-09-01", 12.5]]))

    assert read.table.kind == "xls"
    assert read.rows == [["2026-09-01", "12.5"]]


def test_a_workbook_beyond_the_memory_limit_is_refused() -> None:
    with pytest.raises(TooLargeError, match="too large to be read at once"):
        only_table(xlsx([["a", "b"]]), limits=Limits(max_in_memory_bytes=100))


def test_a_workbook_within_a_zip_keeps_the_name_of_its_entry() -> None:
    read = only_table(zipped(("订单.xlsx", xlsx([["id", "n"], ["1", "2"]]))), "f.zip")

    assert read.table.member == "订单.xlsx"
    assert read.table.name == "f.zip/订单.xlsx"


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        only_table(xlsx([]))


def test_batches_of_a_sheet_are_bounded() -> None:
    table = only_table(xlsx([["id", "n"], *([str(n), "x"] for n in range(10))])).table

    assert [batch.columns.num_rows for batch in table.batches(4)] == [4, 4, 2]
