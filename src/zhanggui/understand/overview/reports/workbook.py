"""A report as an Excel workbook: the figures of the page as numbers, with what they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from zhanggui.i18n import Language, Text
from zhanggui.money import currency_exponent
from zhanggui.pagespec import ColumnSpec, Finding, TableData
from zhanggui.understand.overview.reports.answer import Report
from zhanggui.understand.overview.reports.spec import REPORTS
from zhanggui.understand.wording import safe_text

_FIGURES, _STORES, _TARGET, _MOVES, _PROMOTION, _MISSING = (
    Text("总览", "Figures"),
    Text("各店", "Stores"),
    Text("目标", "Targets"),
    Text("异动与待办", "Moves and tasks"),
    Text("大促分阶段", "Promotion by phase"),
    Text("缺数据", "Missing data"),
)
_HEADS = (
    Text("指标", "Metric"),
    Text("本期", "This time"),
    Text("对比期", "Held against"),
    Text("变化", "Change"),
    Text("依据", "Evidence"),
    Text("说明", "To know"),
)
_EVIDENCE: Mapping[str, Text] = {
    "counted": Text("计数", "counted"),
    "estimated": Text("预估", "estimated"),
    "declared": Text("平台口径", "declared"),
    "attributed": Text("归因", "attributed"),
    "measured": Text("实测", "measured"),
}


def report_workbook(found: Report, *, company: str, language: Language) -> bytes:
    """Return the workbook of a report.

    Parameters
    ----------
    found : Report
        The report.
    company : str
        Name of the company, for the head.
    language : {"zh", "en"}
        Language of all texts.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        writer = _Writer(book, found, company, language)
        writer.figures()
        writer.table(_STORES, found.by_store)
        writer.table(_TARGET, found.to_target)
        writer.findings(_MOVES, (*found.movements, *found.stock_outs, *found.alerts))
        if found.promotion is not None:
            writer.table(_PROMOTION, found.promotion)
        writer.texts(_MISSING, found.missing)
    return out.getvalue()


def workbook_name(found: Report, language: Language) -> str:
    """Return what the workbook is called.

    The name holds the report and its days, such as ``日报_2026-11-15.xlsx``.
    """
    title = REPORTS[found.length].title.pick(language)
    days = dict.fromkeys((found.days.first.isoformat(), found.days.last.isoformat()))
    return f"{'_'.join((title.replace(' ', '_'), *days))}.xlsx"


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, found: Report, company: str, language: Language) -> None:
        self._book, self._found, self._company, self._language = book, found, company, language
        digits = currency_exponent(found.currency or "CNY")
        money = "#,##0" + (f".{'0' * digits}" if digits else "")
        self._formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "group": book.add_format({"bold": True, "top": 1}),
            "faint": book.add_format({"font_color": "#56616A"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "money": book.add_format({"num_format": money}),
            "ratio": book.add_format({"num_format": "0.0%"}),
            "points": book.add_format({"num_format": '+0.0"pp";-0.0"pp";0.0"pp"'}),
            "count": book.add_format({"num_format": "#,##0.##"}),
        }

    def figures(self) -> None:
        """Write the figures, group by group."""
        found = self._found
        sheet, line = self._sheet(_FIGURES)
        for text in (found.text, found.partial):
            if text is not None:
                sheet.write_string(line, 0, self._say(text), self._formats["faint"])
                line += 1
        line = self._heads(sheet, line, _HEADS)
        for group in found.groups:
            sheet.write_string(line, 0, self._say(group.title), self._formats["group"])
            line += 1
            for item in group.items:
                sheet.write_string(line, 0, self._say(item.label), self._formats["text"])
                self._cell(sheet, line, 1, item.value, item.unit)
                self._cell(sheet, line, 2, item.before, item.unit)
                if item.change is not None and item.change_kind == "pp":
                    sheet.write_number(line, 3, 100 * item.change, self._formats["points"])
                else:
                    self._cell(sheet, line, 3, item.change, "ratio")
                sheet.write_string(line, 4, self._say(_EVIDENCE[item.evidence]), self._formats["faint"])
                if item.warning is not None:
                    sheet.write_string(line, 5, self._say(item.warning), self._formats["faint"])
                line += 1
            if group.note is not None:
                sheet.write_string(line, 0, self._say(group.note), self._formats["faint"])
                line += 1
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 4, 16)

    def table(self, title: Text, data: TableData) -> None:
        """Write a table of the page with its total."""
        sheet, line = self._sheet(title)
        if data.partial is not None:
            sheet.write_string(line, 0, self._say(data.partial), self._formats["faint"])
            line += 1
        line = self._heads(sheet, line, [column.label for column in data.columns])
        for row in (*data.rows, *([data.total] if data.total else [])):
            self._row(sheet, line, data.columns, row)
            line += 1
        if data.empty is not None:
            sheet.write_string(line, 0, self._say(data.empty), self._formats["faint"])
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, len(data.columns), 16)

    def findings(self, title: Text, items: Iterable[Finding]) -> None:
        """Write what moved, what is out of stock, which alerts wait."""
        sheet, line = self._sheet(title)
        line = self._heads(sheet, line, (Text("事项", "What"), Text("金额", "Money"), Text("说明", "In words")))
        for item in items:
            sheet.write_string(line, 0, self._say(item.title or item.text), self._formats["text"])
            self._cell(sheet, line, 1, item.money, "money")
            cause = f" {self._say(item.cause)}" if item.cause is not None else ""
            sheet.write_string(line, 2, self._say(item.text) + cause, self._formats["text"])
            line += 1
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 16)
        sheet.set_column(2, 2, 110)

    def texts(self, title: Text, texts: Sequence[Text]) -> None:
        """Write lines of text."""
        sheet, line = self._sheet(title)
        for text in texts or (Text("没有缺的数据。", "Nothing is missing."),):
            sheet.write_string(line, 0, self._say(text), self._formats["text"])
            line += 1
        sheet.set_column(0, 0, 110)

    def _sheet(self, title: Text) -> tuple[Any, int]:
        """Add a sheet with company, report and days on top; return it with the first line below them."""
        found, sheet = self._found, self._book.add_worksheet(title.pick(self._language))
        stores = "、".join(found.stores) if self._language == "zh" else ", ".join(found.stores)
        whose = f"{self._company} {stores}".strip()
        sheet.write_string(0, 0, safe_text(f"{whose}  {found.title.pick(self._language)}"), self._formats["title"])
        against = found.against_label.pick(self._language)
        days = " – ".join(dict.fromkeys((str(found.against.first), str(found.against.last))))
        about = (
            f"对比 {against}（{days}）；币种 {found.currency or '-'}"
            if self._language == "zh"
            else f"held against {against} ({days}); currency {found.currency or '-'}"
        )
        sheet.write_string(1, 0, about, self._formats["faint"])
        return sheet, 3

    def _heads(self, sheet: Any, line: int, heads: Sequence[Text]) -> int:
        for at, text in enumerate(heads):
            sheet.write_string(line, at, self._say(text), self._formats["head"])
        sheet.freeze_panes(line + 1, 1)
        return line + 1

    def _row(self, sheet: Any, line: int, columns: Sequence[ColumnSpec], row: Mapping[str, object]) -> None:
        for at, column in enumerate(columns):
            self._cell(sheet, line, at, row.get(column.key), column.unit)

    def _cell(self, sheet: Any, line: int, at: int, value: object, unit: str) -> None:
        if isinstance(value, int | float):
            sheet.write_number(line, at, value, self._formats.get(unit, self._formats["count"]))
        elif isinstance(value, Text | str):
            sheet.write_string(line, at, self._say(value), self._formats["text"])
        elif value is None and unit not in {"text", "status"}:
            sheet.write_string(line, at, "—", self._formats["faint"])

    def _say(self, text: Text | str) -> str:
        return safe_text(text if isinstance(text, str) else text.pick(self._language))
