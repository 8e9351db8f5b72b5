"""The profit report as a workbook: the figures of the page, numbers as numbers, texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.understand.finance.conftest import EVIL, hand_written, open_desk

from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.pnl_export import file_name, pnl_file
from zhanggui.understand.finance.profit_desk import statement_tile
from zhanggui.understand.view import View

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CELL = re.compile(r"('([^']|'')+'!)?\$?([A-Z]+)\$?(\d+)")


def opened(content: bytes, *, as_values: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=as_values)


def table_of(sheet: Worksheet) -> dict[str, list[object]]:
    """Return the lines of a statement by their label, without the share."""
    heads = [cell.value for cell in sheet[4]]
    n = len([head for head in heads if head]) - 1
    return {str(row[0].value): [cell.value for cell in row[1:n]] for row in sheet.iter_rows(min_row=5) if row[0].value}


def cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def reckoned(formula: str, values: Workbook, sheet: str) -> float:
    """Return what a formula of the workbook comes to: sums, differences and one quotient of cells."""

    def amount(match: re.Match[str]) -> str:
        place = (match.group(1) or f"'{sheet}'!")[1:-2].replace("''", "'")
        return repr(float(values[place][f"{match.group(3)}{match.group(4)}"].value or 0))

    text = formula.removeprefix("=")
    summed = re.fullmatch(r"SUM\((\w+):(\w+)\)", text)
    if summed:
        found = values[sheet][f"{summed.group(1)}:{summed.group(2)}"]
        # As a spreadsheet does it, texts are left out.
        return sum(cell.value for row in found for cell in row if isinstance(cell.value, int | float))
    plain = _CELL.sub(amount, text)
    first, *others = plain.split("/")
    total = sum(map(float, re.findall(r"(?:^|(?<=[+]))-?[\d.e-]+", first))) if "+" in first else _difference(first)
    return total / float(others[0]) if others else total


def _difference(text: str) -> float:
    parts = re.fullmatch(r"(-?[\d.e]+)(?:-(-?[\d.e]+))?", text)
    assert parts is not None, text
    return float(parts.group(1)) - float(parts.group(2) or 0)


def test_the_sheet_holds_the_figures_of_the_page_as_numbers(desk: Desk) -> None:
    book = opened(pnl_file(desk, View(), "zh"), as_values=True)
    page = statement_tile(desk, View())

    found = table_of(book.worksheets[0])

    lines = [line for line in page.lines if line.unit == "money"]
    assert [*found] == [line.label.zh for line in lines]
    for line in lines:
        shown = ["—" if value is None else value for value in (*line.values, line.total)]
        assert found[line.label.zh] == shown, line.key
        assert all(isinstance(value, int | float) or value == "—" for value in found[line.label.zh])


@pytest.mark.parametrize("by", ["platform", "shop", "category"])
def test_every_formula_comes_to_the_number_that_is_stored_beside_it(desk: Desk, by: str) -> None:
    content = pnl_file(desk, View(by=by), "zh")
    values, formulas = opened(content, as_values=True), opened(content, as_values=False)

    n_formulas = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    n_formulas += 1
                    held = values[sheet.title][cell.coordinate].value
                    assert reckoned(str(cell.value), values, sheet.title) == pytest.approx(held, abs=1e-9), cell
    assert n_formulas > 50


def test_the_parts_side_by_side_differ_from_the_statement_by_nothing(desk: Desk) -> None:
    sheet = opened(pnl_file(desk, View(by="shop"), "en"), as_values=True)["by store"]
    heads = [cell.value for cell in sheet[4]]

    place = heads.index("Differs from P&L by")
    differences = [row[place].value for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert len(differences) > 5
    assert {value for value in differences if value != "—"} == {0}


def test_names_that_look_like_formulas_stay_texts_on_every_sheet(tmp_path: Path) -> None:
    tables = hand_written()
    titles = ("+1", "@x", "-5 度手套", '=HYPERLINK("http://x","壶")', "\t=1+1")
    tables["product"] = [
        {"shop_id": 1, "product_id": f"p{n}", "title": title, "category": title, "is_declared": True}
        for n, title in enumerate(titles)
    ]
    tables["line_profit"] += [
        row | {"line_key": f"evil-{n}", "product_id": f"p{n}", "category": title, "sku_id": title, "shop_id": 1,
               "cost_known": False, "goods_cost_minor": None, "goods_back_minor": None, "contribution_minor": None}
        for n, title in enumerate(titles)
        for row in tables["line_profit"][:1]
    ]  # fmt: skip
    with open_desk(tmp_path / "shop", tables) as desk:
        for by in ("shop", "category"):
            book = opened(pnl_file(desk, View(by=by), "zh"), as_values=False)
            written = [cell for cell in cells(book) if cell.data_type == "s"]
            assert [cell.value for cell in written if str(cell.value).startswith(_STARTS)] == []
            assert [
                cell.value for cell in cells(book) if cell.data_type == "f" and "HYPERLINK" in str(cell.value)
            ] == []
            assert f"'{EVIL}" in {cell.value for cell in written} or by == "category"
            assert "'@x" in {cell.value for cell in written}


def test_goods_of_unknown_cost_are_listed_with_what_is_due_for_them(desk: Desk) -> None:
    sheet = opened(pnl_file(desk, View(), "zh"), as_values=True)["未匹配与缺成本"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    # The second store's one line of 50.00.
    assert [f"'{EVIL}", "", "", 1, 50] in [row[:5] for row in rows]


def test_every_language_has_its_own_words_and_the_same_numbers(desk: Desk) -> None:
    zh, en = (opened(pnl_file(desk, View(), tongue), as_values=True) for tongue in ("zh", "en"))

    assert [*table_of(zh.worksheets[0]).values()] == [*table_of(en.worksheets[0]).values()]
    assert "Receivable" in table_of(en.worksheets[0])
    assert file_name(desk, View(), "en") == "profit_2026-10-03_2026-11-05.xlsx"


def test_a_shop_without_orders_gives_a_workbook_that_opens(tmp_path: Path) -> None:
    with open_desk(tmp_path / "shop", {"store": []}) as desk:
        book = opened(pnl_file(desk, View(), "zh"), as_values=True)
        assert file_name(desk, View(), "zh") == "利润表.xlsx"

    assert book.worksheets[0].title == "利润表"
