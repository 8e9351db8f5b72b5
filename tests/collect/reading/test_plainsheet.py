"""Sheets of plain cells are read as the reader of all workbooks reads them, and other sheets are left to it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.collect.reading.tables_of import only_table, whole

from zhanggui.collect.reading import Hints, Limits, open_tables
from zhanggui.collect.reading.plainbook import plain_sheet
from zhanggui.collect.reading.workbook import cell_text

Fill = Callable[[Any, Any], None]
TEXTS = (
    "a",
    "  before",
    "after ",
    "&<>\"'",
    "多 行\n二",
    "x&amp;y",
    "00123",
    "3300000000000000099",
    "☃😀",
    "_x",
    " ",
    "\t1",
)
NUMBERS = (0, 1, -2.5, 0.1 + 0.2, 3.3e18, 1e-7, 123456789012345678, 12.0, 7.86, -0.0, 0.00001, 999999999.12345)
DAYS = (45000, 45000.5, 43831.41666666666, 44000.25, 61, 70000.99999)


def book(fill: Fill, **options: Any) -> bytes:
    """Return a workbook with a header of four names and what `fill` writes beneath."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, ["甲", "乙", "丙", "丁"])
        fill(workbook, sheet)
    return out.getvalue()


def plain_rows(data: bytes) -> list[tuple[str, ...]] | None:
    """Return the rows of a plain sheet."""
    found = plain_sheet(data, "a.xlsx", Limits(), Hints(), cell_text)
    if found is None:
        return None
    columns = [column.to_pylist() for column in found[1].columns(0, found[1].n_rows)]
    return list(zip(*columns, strict=True))


def anything(rng: random.Random) -> Fill:
    """Fill rows with texts, numbers, days and blank cells."""

    def fill(workbook: Any, sheet: Any) -> None:
        bold, share = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "0.00%"})
        day = workbook.add_format({"num_format": rng.choice((14, 22, "yyyy/m/d h:mm;@", "d.m.yy"))})
        for row in range(1, rng.randint(2, 30)):
            sheet.write_string(row, 0, f"{row}")
            for column in range(1, 4):
                kind = rng.randrange(6)
                if kind < 2:
                    sheet.write_string(row, column, rng.choice(TEXTS), rng.choice((None, bold)))
                elif kind == 2:
                    sheet.write_number(row, column, rng.choice(NUMBERS), rng.choice((None, share)))
                elif kind == 3:
                    sheet.write_number(row, column, rng.choice(DAYS), day)
                elif kind == 4:
                    sheet.write_blank(row, column, None, bold)

    return fill


@pytest.mark.parametrize("seed", range(12))
def test_a_plain_sheet_is_read_as_the_reader_of_all_workbooks_reads_it(seed: int) -> None:
    rng = random.Random(seed)
    data = book(anything(rng), constant_memory=seed % 2 == 0)

    cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()

    assert plain_rows(data) == [tuple(map(cell_text, row)) for row in cells]


def _dated_from_1904(workbook: Any, sheet: Any) -> None:
    sheet.write_datetime(1, 0, datetime(2026, 9, 1), workbook.add_format({"num_format": 14}))  # noqa: DTZ001 - a cell


NOT_PLAIN: dict[str, tuple[Fill, dict[str, Any]]] = {
    "formula": (lambda _, sheet: sheet.write_formula(1, 0, "=1+1", None, 2), {}),
    "error": (lambda _, sheet: sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!"), {}),
    "truth": (lambda _, sheet: sheet.write_boolean(1, 0, True), {}),
    "missing row": (lambda _, sheet: sheet.write_string(3, 0, "x"), {}),
    "blank edge": (lambda book, sheet: sheet.write_blank(1, 0, None, book.add_format({"bold": True})), {}),
    "rich text": (lambda book, sheet: sheet.write_rich_string(1, 0, "a", book.add_format({"bold": True}), "b"), {}),
    "lapse of time": (
        lambda book, sheet: sheet.write_number(1, 0, 1.5, book.add_format({"num_format": "[h]:mm"})),
        {},
    ),
    "time of day": (lambda book, sheet: sheet.write_number(1, 0, 0.5, book.add_format({"num_format": 22})), {}),
    "days from 1904": (_dated_from_1904, {"date_1904": True}),
    "coded sign": (lambda _, sheet: sheet.write_string(1, 0, "a\r\nb"), {}),
    "second sheet": (lambda book, _: book.add_worksheet("二").write_string(0, 0, "x"), {}),
}


@pytest.mark.parametrize("case", NOT_PLAIN)
def test_a_sheet_with_something_else_is_left_to_the_reader_of_all_workbooks(case: str) -> None:
    fill, options = NOT_PLAIN[case]

    assert plain_rows(book(fill, **options)) is None


def test_titles_above_the_header_and_a_footer_are_no_data_in_a_plain_sheet() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 3, "九月账单", workbook.add_format({"bold": True}))
        sheet.write_row(1, 0, ["订单编号", "金额", "时间", "备注"])
        sheet.write_row(2, 0, ["0012", "1.50", "2026-09-01", ""])
        sheet.write_row(3, 0, ["合计", "1.50"])

    data = book(fill, strings_to_numbers=False)
    read = only_table(data, "a.xlsx")

    assert plain_rows(data) is not None
    assert read.table.header == ("订单编号", "金额", "时间", "备注")
    assert read.rows == [["0012", "1.50", "2026-09-01", ""]]
    assert (read.row_no, read.non_data) == ([3], 2)


def test_a_sheet_of_several_blocks_is_cut_into_batches_of_any_size() -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(1, 6_001):
            sheet.write_row(row, 0, [f"{row}", "茶" * 40, f"{row % 7}", "b" if row > 5_000 else ""])

    data = book(fill, constant_memory=True)
    rows = plain_rows(data)

    assert rows is not None
    assert len(rows) == 6_001
    assert [rows[at][0] for at in (1, 3_000, 6_000)] == ["1", "3000", "6000"]
    [table] = open_tables(io.BytesIO(data), "a.xlsx")
    read = whole(table, 999)
    assert [row[0] for row in read.rows] == [str(row) for row in range(1, 6_001)]
    assert [row[3] for row in read.rows][4_998:5_002] == ["", "", "b", "b"]
