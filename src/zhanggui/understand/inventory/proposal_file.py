"""The purchase proposal as a workbook: a sheet to adjust and send, one by supplier, one with what it stands on."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from zhanggui.i18n import Language, Text
from zhanggui.understand.inventory.replenish_answer import ReplenishAnswer

MONEY, UNITS = "#,##0.00", "#,##0"

_ROWS: tuple[tuple[str, Text, int], ...] = (
    ("supplier", Text("供应商", "Supplier"), 22),
    ("sku", Text("商品编码", "SKU"), 16),
    ("name", Text("名称", "Name"), 28),
    ("quantity", Text("建议数量", "Quantity"), 11),
    ("case_units", Text("箱规", "Carton"), 8),
    ("unit_cost", Text("单位成本", "Unit cost"), 11),
    ("order_on", Text("下单日", "Order on"), 12),
    ("expected_on", Text("预计到货", "Expected"), 12),
    ("position", Text("含在途库存", "Position"), 11),
    ("reorder_point", Text("订货点", "Reorder point"), 11),
    ("order_up_to", Text("补到", "Up to"), 9),
    ("safety_stock", Text("安全库存", "Safety stock"), 11),
    ("weekly_demand", Text("周需求", "A week"), 10),
    ("lead_days", Text("交期（天）", "Lead days"), 10),
    ("expected_profit", Text("预计利润", "Profit expected"), 13),
)
_SUPPLIERS: tuple[tuple[str, Text, int], ...] = (
    ("supplier", Text("供应商", "Supplier"), 22),
    ("skus", Text("SKU 数", "SKUs"), 9),
    ("units", Text("件数", "Units"), 10),
    ("cash", Text("金额", "Cash"), 14),
    ("lead_days", Text("平均交期（天）", "Mean lead days"), 14),
    ("least_units", Text("起订量", "Least order"), 11),
)


def proposal_workbook(answer: ReplenishAnswer, language: Language) -> bytes:
    """Return the proposal as a workbook; quantities can be changed, amounts follow them."""
    # A text that begins with = is data of the shop: a formula is written by us alone.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "money": book.add_format({"num_format": MONEY}),
            "units": book.add_format({"num_format": UNITS}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "input": book.add_format({"num_format": UNITS, "bg_color": "#FFF8E1", "border": 1}),
            "bold": book.add_format({"bold": True, "num_format": MONEY, "top": 1}),
        }
        _orders(book, styles, answer, language)
        _suppliers(book, styles, answer, language)
        _notes(book, styles, answer, language)
    return buffer.getvalue()


def _orders(book: xlsxwriter.Workbook, styles: dict[str, object], answer: ReplenishAnswer, language: Language) -> None:
    sheet = book.add_worksheet(Text("采购建议", "Proposal").pick(language))
    amount = len(_ROWS)
    for column, (_, label, width) in enumerate(_ROWS):
        sheet.write_string(0, column, label.pick(language), styles["head"])
        sheet.set_column(column, column, width)
    sheet.write_string(0, amount, Text("金额", "Cash").pick(language), styles["head"])
    sheet.set_column(amount, amount, 14)
    sheet.freeze_panes(1, 3)
    rows = [row for row in answer.rows if row.quantity > 0]
    for line, row in enumerate(sorted(rows, key=lambda each: (each.supplier, each.sku)), start=1):
        for column, (key, _, _) in enumerate(_ROWS):
            value = getattr(row, key)
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(line, column, value)
            elif key in ("order_on", "expected_on"):
                sheet.write_datetime(line, column, value, styles["date"])
            else:
                style = "input" if key == "quantity" else "money" if key in ("unit_cost", "expected_profit") else None
                sheet.write_number(line, column, value, styles[style] if style else None)
        sheet.write_formula(line, amount, f"=D{line + 1}*F{line + 1}", styles["money"], row.cash)
    if rows:
        last = len(rows) + 1
        sheet.write_formula(last, amount, f"=SUM(P2:P{last})", styles["bold"], round(sum(row.cash for row in rows), 2))
        sheet.autofilter(0, 0, last - 1, amount)


def _suppliers(
    book: xlsxwriter.Workbook, styles: dict[str, object], answer: ReplenishAnswer, language: Language
) -> None:
    sheet = book.add_worksheet(Text("按供应商", "By supplier").pick(language))
    for column, (_, label, width) in enumerate(_SUPPLIERS):
        sheet.write_string(0, column, label.pick(language), styles["head"])
        sheet.set_column(column, column, width)
    for line, row in enumerate((each for each in answer.suppliers if each.skus), start=1):
        for column, (key, _, _) in enumerate(_SUPPLIERS):
            value = getattr(row, key)
            if isinstance(value, str):
                sheet.write_string(line, column, value)
            elif value is not None:
                sheet.write_number(line, column, value, styles["money" if key == "cash" else "units"])


def _notes(book: xlsxwriter.Workbook, styles: dict[str, object], answer: ReplenishAnswer, language: Language) -> None:
    sheet = book.add_worksheet(Text("说明", "Notes").pick(language))
    sheet.set_column(0, 0, 110)
    lines = [
        Text(
            f"截至 {answer.last}；建议为预估，金额按最近单位成本；{answer.currency}。",
            f"As of {answer.last}; quantities are estimates, amounts at the newest unit cost; {answer.currency}.",
        ),
        Text(
            "黄色数量可以改，金额随之更新；数量是整箱。",
            "Yellow quantities may be changed and amounts follow; they are whole cartons.",
        ),
        *answer.warnings,
    ]
    sheet.write_string(0, 0, Text("说明", "Notes").pick(language), styles["head"])
    for line, text in enumerate(lines, start=1):
        sheet.write_string(line, 0, text.pick(language))
