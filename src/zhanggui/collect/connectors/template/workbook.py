"""Write a template as a workbook: a sheet to fill in, and one that explains its columns in both languages."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import xlsxwriter

from zhanggui.collect.connectors.template.formats import TemplateColumn, label_of, mark_of, template_columns
from zhanggui.columns import INPUT_TABLES, ValueKind
from zhanggui.errors import ZhangguiError

_GUIDE_HEADER = ("列", "Column", "必填 Required", "填写说明", "How to fill", "可选值 Words", "示例 Example")
_GUIDE_WIDTHS = (20, 26, 12, 34, 46, 40, 22)
_CELL_FORMATS = {
    ValueKind.ID: "@",
    ValueKind.TEXT: "@",
    ValueKind.TIME: "yyyy-mm-dd hh:mm:ss",
    ValueKind.DAY: "yyyy-mm-dd",
    ValueKind.MONEY: "0.00",
}
_LONGEST_LIST = 255
"""What Excel holds of the words of one list."""


class UnknownTemplateError(ZhangguiError):
    """There is no template of this name."""

    code = "unknown_template"

    def __init__(self, name: str) -> None:
        self.name = name
        known = [*INPUT_TABLES, *(label_of(table).zh for table in INPUT_TABLES)]
        near = get_close_matches(name, known, n=1)
        more = "`zhanggui load --template list` lists them"
        super().__init__(
            f"There is no template {name!r}.",
            where=f"--template {name}",
            next_step=f"did you mean {near[0]!r}? {more}" if near else more,
        )


class TemplateExistsError(ZhangguiError):
    """A template is never written over a file."""

    code = "template_exists"

    def __init__(self, path: Path) -> None:
        super().__init__("There is a file of that name already.", where=str(path), next_step="say another: --out FILE")


def table_named(name: str) -> str:
    """Return the input table that a person names, in our words or in Chinese.

    Raises
    ------
    UnknownTemplateError
        There is none.

    Examples
    --------
    >>> table_named("库存快照")
    'stock_snapshots'
    """
    for table in INPUT_TABLES:
        if name in (table, label_of(table).zh):
            return table
    raise UnknownTemplateError(name)


def write_template(table: str, path: Path) -> Path:
    """Write the template of an input table.

    Parameters
    ----------
    table : str
        One of ``INPUT_TABLES``.
    path : Path
        Where to write; no file may be there.

    Returns
    -------
    Path
        As given.

    Raises
    ------
    TemplateExistsError
        A file is there.
    """
    if path.exists():
        raise TemplateExistsError(path)
    columns = template_columns(table)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        _fill_sheet(book, table, columns)
        _guide_sheet(book, table, columns)
    return path


def _fill_sheet(book: Any, table: str, columns: tuple[TemplateColumn, ...]) -> None:
    sheet = book.add_worksheet(label_of(table).zh[:31])
    bold = book.add_format({"bold": True, "border": 1})
    needed = book.add_format({"bold": True, "border": 1, "bg_color": "#FFE699"})
    faint = book.add_format({"font_color": "#808080", "border": 1})
    for place, column in enumerate(columns):
        pattern = _CELL_FORMATS.get(column.kind)
        width = max(12, 2 * len(column.header) + 2)
        sheet.set_column(place, place, width, book.add_format({"num_format": pattern}) if pattern else None)
        sheet.write_string(0, place, column.header, needed if column.is_required else bold)
        sheet.write_comment(0, place, _comment(column), {"x_scale": 1.6})
        if column.words and len(",".join(column.words)) <= _LONGEST_LIST:
            # Other words stay possible: what is not known is said when the file is loaded.
            rule = {"validate": "list", "source": list(column.words), "error_type": "information"}
            sheet.data_validation(1, place, 1_048_575, place, rule)
    sheet.write_string(0, len(columns), mark_of(table), faint)
    sheet.write_comment(
        0, len(columns), "请保留此列表头，系统凭它识别模板。\nKeep this header: the template is known by it."
    )
    sheet.freeze_panes(1, 0)


def _comment(column: TemplateColumn) -> str:
    needed = "必填 required\n" if column.is_required else ""
    return f"{needed}{column.how.zh}\n{column.label.en}: {column.how.en}"


def _guide_sheet(book: Any, table: str, columns: tuple[TemplateColumn, ...]) -> None:
    sheet = book.add_worksheet("说明 Guide")
    bold = book.add_format({"bold": True, "border": 1})
    for place, (name, width) in enumerate(zip(_GUIDE_HEADER, _GUIDE_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, bold)
    for number, column in enumerate(columns, start=1):
        cells = (
            *(column.header, column.label.en, "是 yes" if column.is_required else ""),
            *(column.how.zh, column.how.en, "、".join(column.words), column.example),
        )
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
