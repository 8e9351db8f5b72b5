"""Through Excel and back: what a spreadsheet keeps of a file is what the ledger keeps of it."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.collect.loading.shops import Till, classes, layout, till_at

from zhanggui.collect.connectors.template.formats import template_columns
from zhanggui.collect.connectors.template.workbook import write_template

HEADER = ["单号", "行号", "下单", "商品", "数量", "金额", "买家", "备注"]
LINES = layout(
    "order_lines",
    {
        "order_id": "单号",
        "line_id": "行号",
        "created_at": "下单",
        "product_title": "商品",
        "quantity": "数量",
        "line_amount": "金额",
        "buyer_id": "买家",
    },
)
Cell = str | int | Decimal | datetime | None
MORNING, LAST_SECOND, FIRST_SECOND = (
    datetime.fromisoformat(text) for text in ("2026-09-01T10:00:00", "2026-02-28T23:59:59", "2026-12-31T00:00:01")
)
ID = "3300000000000000001"
# Ids of nineteen digits, with leading zeros, with a sign that begins a formula; cells of two lines; odd letters.
ROWS: list[list[Cell]] = [
    [ID, "0007", MORNING, "茶\n礼盒", 1, Decimal("168.00"), "b1", None],
    [ID, "0008", MORNING, "=茶", 2, Decimal("0.10"), "b1", "x"],
    ["=1+1", "1", LAST_SECOND, "杯 & <盘> \U00020bb7", 3, Decimal("1234567.89"), "b2", "-"],
    ["007", "1", FIRST_SECOND, "@锅", 1, Decimal("-5.05"), None, "'"],
]


def as_text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)


def workbook(header: list[str], rows: list[list[Cell]]) -> bytes:
    """Return the rows as a seller keeps them in Excel: dates as dates, numbers as numbers, ids as text."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell, moment)
                elif isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif cell is not None:
                    sheet.write_number(at, place, cell)
    return out.getvalue()


def saved_again(data: bytes) -> bytes:
    """Return a workbook as another program opens and saves it."""
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(out)
    return out.getvalue()


def text(header: list[str], rows: list[list[Cell]]) -> bytes:
    """Return the rows as text, cells of two lines in quotes."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


TEXT = text(HEADER, ROWS)
BOOK = workbook(HEADER, ROWS)


@pytest.mark.parametrize(("first", "second"), [("a.csv", "b.xlsx"), ("b.xlsx", "a.csv"), ("b.xlsx", "c.xlsx")])
def test_a_file_and_its_copy_in_excel_say_the_same(till: Till, first: str, second: str) -> None:
    files = {"a.csv": TEXT, "b.xlsx": BOOK, "c.xlsx": saved_again(BOOK)}
    one = till.taken(first, files[first], layout=LINES)
    before = till.contents()

    other = till.taken(second, files[second], layout=LINES)

    assert classes(one) == (4, 0, 0, 0, 0)
    # 168.00 + 0.10 + 1,234,567.89 − 5.05
    assert one.file_total == one.ledger_total == Decimal("1234730.94")
    assert classes(other) == (0, 4, 0, 0, 0)
    assert till.contents() == before


def test_the_ledger_of_a_workbook_is_the_ledger_of_its_text(tmp_path: Path) -> None:
    found = []
    for name, data in (("a.csv", TEXT), ("b.xlsx", BOOK)):
        with till_at(tmp_path / name) as till:
            till.taken(name, data, layout=LINES)
            found.append(till.contents())

    assert found[0] == found[1]


def test_a_filled_template_that_is_saved_again_brings_nothing_new(till: Till) -> None:
    path = write_template("orders", till.write("orders.xlsx", b"").with_name("template.xlsx"))
    columns = [column.name for column in template_columns("orders")]
    row = {"platform": "own_site", "store_name": "官网", "order_id": "00123", "order_amount": 99.9}
    row |= {"created_at": datetime.fromisoformat("2026-09-01T10:00:00")}
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append([row.get(name) for name in columns])
    book.save(path)

    first = till.load_all([path]).files
    again = till.load("again.xlsx", saved_again(path.read_bytes()))

    assert [classes(done) for done in first] == [(1, 0, 0, 0, 0)]
    assert classes(again) == (0, 1, 0, 0, 0)
    assert till.column("order_header", "order_id") == ["00123"]
