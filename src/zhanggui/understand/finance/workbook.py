"""一键利润报表 (C-REPORT-07): the profit statement as a workbook, numbers as numbers and sums as formulas.

Names come from strangers' files, so texts are written as texts, and one that begins like a formula gets an apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from zhanggui.i18n import Language, Text
from zhanggui.money import currency_exponent, major
from zhanggui.understand.finance.profit_desk import month_text
from zhanggui.understand.finance.profit_statement import Part, Row, Statement
from zhanggui.understand.wording import safe_text

MOST_PARTS = 40
"""Parts that get a sheet of their own; the sheet that sets them side by side holds all."""

_SHEET_NAME_CHARS = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_FIRST = 1
"""Column of the first amount."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands beside the statement: a table of texts under a heading each.

    Attributes
    ----------
    title : Text
        Name of the sheet.
    tables : sequence of (heading, header, rows)
        Cells are texts or numbers; a number stays one.
    """

    title: Text
    tables: Sequence[tuple[Text, Sequence[Text], Sequence[Sequence[Text | str | float | int | None]]]]


def pnl_workbook(
    statement: Statement, *, company: str, split: Text | None, notes: Iterable[Notes], language: Language
) -> bytes:
    """Return the workbook of a statement.

    Parameters
    ----------
    statement : Statement
        With the parts it was split into.
    company : str
        Name of the company, for the head.
    split : Text, optional
        What it was split by.
    notes : iterable of Notes
        Further sheets.
    language : {"zh", "en"}
        Language of all texts.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        writer = _Writer(book, statement, company, language)
        writer.statement_sheet(Text("利润表", "P&L"), statement.rows)
        if split is not None and statement.parts:
            writer.side_by_side(split, statement.parts)
            for part in statement.parts[:MOST_PARTS]:
                writer.statement_sheet(part.name, part.rows)
        for sheet in notes:
            writer.notes_sheet(sheet)
    return out.getvalue()


class _Writer:
    """Writes sheets of one workbook; remembers where each line stands, for formulas."""

    def __init__(self, book: Any, statement: Statement, company: str, language: Language) -> None:
        self._book = book
        self._statement = statement
        self._company = company
        self._language = language
        self._names: set[str] = set()
        digits = currency_exponent(statement.currency or "CNY")
        money = "#,##0" + (f".{'0' * digits}" if digits else "")
        self._formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "align": "right", "text_wrap": True}),
            "head_left": book.add_format({"bold": True, "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "faint": book.add_format({"font_color": "#56616A"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "line": book.add_format({}),
            "part": book.add_format({"indent": 1}),
            "total": book.add_format({"bold": True, "top": 1}),
            "memo": book.add_format({"font_color": "#56616A"}),
            "money": book.add_format({"num_format": money}),
            "money_total": book.add_format({"num_format": money, "bold": True, "top": 1}),
            "money_memo": book.add_format({"num_format": money, "font_color": "#56616A"}),
            "ratio": book.add_format({"num_format": "0.0%"}),
            "ratio_total": book.add_format({"num_format": "0.0%", "bold": True, "top": 1}),
        }

    def statement_sheet(self, name: Text, rows: Sequence[Row]) -> None:
        """Write a statement with months as columns."""
        sheet = self._sheet(name)
        columns = self._statement.columns
        heads = [self._month(column) for column in columns]
        first = self._head(sheet, name, heads, with_total=len(columns) > 1)
        places = {row.key: first + n for n, row in enumerate(rows)}
        net = places.get("net_receivable")
        n_months = len(columns)
        for n, row in enumerate(rows):
            line = first + n
            self._label(sheet, line, row)
            for at, value in enumerate(row.values):
                self._amount(sheet, line, _FIRST + at, row, value, _sum_of(row, rows, places, _FIRST + at))
            last = _FIRST + n_months - 1
            if n_months > 1:
                cells = (
                    f"={_cell(line, _FIRST)}" if last == _FIRST else f"=SUM({_cell(line, _FIRST)}:{_cell(line, last)})"
                )
                self._amount(sheet, line, last + 1, row, row.total, cells)
            whole = last + 1 if n_months > 1 else last
            base = rows[net - first].total if net is not None else None
            if net is not None and base and row.total is not None and row.role != "memo":
                formula = f"={_cell(line, whole)}/{_cell(net, whole, is_row_fixed=True)}"
                kind = "ratio_total" if row.role == "total" else "ratio"
                sheet.write_formula(line, whole + 1, formula, self._formats[kind], row.total / base)

    def side_by_side(self, split: Text, parts: Sequence[Part]) -> None:
        """Write the parts as columns with their sum, and how far it is from the statement: nothing."""
        name = Text(f"按{split.zh}", f"by {split.en.lower()}")
        sheet = self._sheet(name)
        first = self._head(sheet, name, [self._say(part.name) for part in parts], with_total=True, with_check=True)
        rows = self._statement.rows
        places = {row.key: first + n for n, row in enumerate(rows)}
        columns = self._statement.columns
        own = {row.key: _HEAD_ROWS + n for n, row in enumerate(rows)}
        main = self._main_total_column(len(columns))
        for n, row in enumerate(rows):
            line = first + n
            self._label(sheet, line, row)
            totals = [next((each.total for each in part.rows if each.key == row.key), 0) for part in parts]
            for at, value in enumerate(totals):
                self._amount(sheet, line, _FIRST + at, row, value, _sum_of(row, rows, places, _FIRST + at))
            last = _FIRST + len(parts) - 1
            summed = sum(value or 0 for value in totals)
            self._amount(sheet, line, last + 1, row, summed, f"=SUM({_cell(line, _FIRST)}:{_cell(line, last)})")
            check = f"={_cell(line, last + 1)}-'{self._main}'!{_cell(own[row.key], main)}"
            self._amount(sheet, line, last + 2, row, summed - (row.total or 0), check)

    @staticmethod
    def _main_total_column(n_months: int) -> int:
        return _FIRST + n_months if n_months > 1 else _FIRST

    def notes_sheet(self, notes: Notes) -> None:
        """Write tables of texts and numbers below each other."""
        sheet = self._sheet(notes.title)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 8, 34)
        line = 0
        for heading, header, rows in notes.tables:
            sheet.write_string(line, 0, self._say(heading), self._formats["title"])
            line += 1
            for at, text in enumerate(header):
                sheet.write_string(line, at, self._say(text), self._formats["head_left"])
            for row in rows:
                line += 1
                for at, cell in enumerate(row):
                    self._note(sheet, line, at, cell)
            line += 2

    def _note(self, sheet: Any, line: int, at: int, cell: Text | str | float | int | None) -> None:
        if isinstance(cell, float | int):
            sheet.write_number(line, at, cell, self._formats["money"])
        elif cell is not None:
            sheet.write_string(line, at, self._say(cell), self._formats["text"])

    def _sheet(self, name: Text) -> Any:
        wanted = self._say(name).translate(_FORBIDDEN).strip(" '")[:_SHEET_NAME_CHARS] or "-"
        found, number = wanted, 1
        while found.casefold() in self._names:
            number += 1
            suffix = f" {number}"
            found = wanted[: _SHEET_NAME_CHARS - len(suffix)] + suffix
        if not self._names:
            self._main = found.replace("'", "''")
        self._names.add(found.casefold())
        return self._book.add_worksheet(found)

    def _head(self, sheet: Any, name: Text, heads: Sequence[str], *, with_total: bool, with_check: bool = False) -> int:
        """Write title, basis and column heads; return the first line below them."""
        is_zh = self._language == "zh"
        sheet.write_string(0, 0, safe_text(f"{self._company}  {self._say(name)}"), self._formats["title"])
        sheet.write_string(1, 0, self._about(), self._formats["faint"])
        shown = ["项目" if is_zh else "Line", *heads]
        if with_total:
            shown.append("合计" if is_zh else "Total")
        if with_check:
            shown.append("与利润表相差" if is_zh else "Differs from P&L by")
        else:
            shown.append("占净收入" if is_zh else "Of net revenue")
        for at, text in enumerate(shown):
            sheet.write_string(_HEAD_ROWS - 1, at, safe_text(text), self._formats["head" if at else "head_left"])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(shown) - 1, 16)
        sheet.freeze_panes(_HEAD_ROWS, 1)
        return _HEAD_ROWS

    def _about(self) -> str:
        found = self._statement
        first, last = (found.columns[0].first, found.columns[-1].last) if found.columns else (None, None)
        days = f"{first} – {last}" if first else "-"
        if self._language == "zh":
            basis = "退款完成口径（其余各项按付款日）" if found.by_completion else "付款口径"
            return f"{days}；{basis}；币种 {found.currency or '-'}；负数为支出"
        basis = "refunds by day of success, all else by day of payment" if found.by_completion else "by day of payment"
        return f"{days}; {basis}; currency {found.currency or '-'}; below zero: taken from profit"

    def _month(self, column: Any) -> str:
        text = self._say(month_text(column.month))
        return f"{text}\n{column.first:%m-%d} – {column.last:%m-%d}" if column.is_partial else text

    def _label(self, sheet: Any, line: int, row: Row) -> None:
        kind = "part" if row.parent is not None else row.role
        sheet.write_string(line, 0, self._say(row.label), self._formats[kind])
        if row.parent is not None:
            sheet.set_row(line, None, None, {"level": 1})

    def _amount(self, sheet: Any, line: int, at: int, row: Row, minor: int | None, formula: str | None) -> None:
        kind = {"total": "money_total", "memo": "money_memo"}.get(row.role, "money")
        value = major(minor, self._statement.currency)
        if value is None:
            sheet.write_string(line, at, "—", self._formats["head_left" if row.role == "total" else "memo"])
        elif formula is not None:
            sheet.write_formula(line, at, formula, self._formats[kind], value)
        else:
            sheet.write_number(line, at, value, self._formats[kind])

    def _say(self, text: Text | str) -> str:
        return safe_text(text if isinstance(text, str) else text.pick(self._language))


_HEAD_ROWS = 4


def _cell(line: int, at: int, *, is_row_fixed: bool = False) -> str:
    return str(xl_rowcol_to_cell(line, at, row_abs=is_row_fixed))


def _sum_of(row: Row, rows: Sequence[Row], places: Mapping[str, int], at: int) -> str | None:
    """Return the formula by which a line follows from others, or None where it is a number of its own."""
    if row.role == "total":
        above = rows[: next(n for n, each in enumerate(rows) if each.key == row.key)]
        before = next((each for each in reversed(above) if each.role == "total"), None)
        since = above[above.index(before) :] if before is not None else above
        summed = [each for each in since if each.parent is None and each.role in {"line", "total"}]
        if any(each.values and None in each.values for each in summed):
            return None
        return "=" + "+".join(_cell(places[each.key], at) for each in summed)
    parts = [each for each in rows if each.parent == row.key]
    if not parts or row.role != "line":
        return None
    return "=" + "+".join(_cell(places[each.key], at) for each in parts)
