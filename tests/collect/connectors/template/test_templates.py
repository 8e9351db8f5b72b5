"""Templates: each is written, filled in with the examples of its own guide, loaded, and never mistaken."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.collect.loading.shops import Till, classes, rules

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.connectors.template.formats import FORMATS, mark_of, template_columns
from zhanggui.collect.connectors.template.words import WORDS
from zhanggui.collect.connectors.template.workbook import (
    TemplateExistsError,
    UnknownTemplateError,
    table_named,
    write_template,
)
from zhanggui.collect.loading.recognise import UnknownFormatError, recognised
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping.layout import comparable
from zhanggui.collect.reading.tables import normalise_header
from zhanggui.columns import FACTS, INPUT_TABLES, ValueKind

HELD_IN = {
    "orders": "order_header",
    "order_lines": "order_line",
    "refunds": "refund",
    "products": "product",
    "customers": "customer",
}


def ledger_table(table: str) -> str:
    return FACTS[table].table if table in FACTS else HELD_IN[table]


def filled(path: Path, table: str, *rows: dict[str, Any]) -> Path:
    """Write a template with rows, each a value by the canonical name of its column."""
    write_template(table, path)
    book = openpyxl.load_workbook(path)
    places = {column.name: place for place, column in enumerate(template_columns(table), start=1)}
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book.worksheets[0].cell(row=number, column=places[name], value=value)
    book.save(path)
    return path


def example(table: str) -> dict[str, Any]:
    """Return the row that the guide of a template shows."""
    return {column.name: column.example for column in template_columns(table)}


def load(till: Till, path: Path) -> FileReport:
    [report] = till.load_all([path]).files
    assert report.error is None, str(report.error)
    return report


@pytest.mark.parametrize("table", INPUT_TABLES)
def test_a_template_filled_with_its_own_example_is_taken(till: Till, tmp_path: Path, table: str) -> None:
    found = load(till, filled(tmp_path / "a.xlsx", table, example(table)))

    assert (found.exit_code, found.format) == (0, f"template.{table}")
    assert classes(found) == (1, 0, 0, 0, 0)
    assert rules(found) & {"unknown_word", "unknown_status"} == set()
    assert len(till.rows(ledger_table(table))) == 1


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.format_id)
def test_the_header_of_a_template_is_taken_for_nothing_else(layout: Any) -> None:
    header = normalise_header(
        [*(column.header for column in template_columns(layout.dataset)), mark_of(layout.dataset)]
    )

    assert recognised(header, "a.xlsx") == layout
    present = comparable(header)
    assert [known.format_id for known in known_formats() if known.mark and known.fits(present)] == [layout.format_id]
    assert layout.bound(header).keys() == layout.columns.keys()


def test_a_platform_s_file_is_never_taken_for_a_template() -> None:
    labels = {column.header for table in INPUT_TABLES for column in template_columns(table)}
    for layout in known_formats():
        if layout.is_platform:
            header = normalise_header([*layout.required, *sorted(labels)])
            assert recognised(header, "a.csv").is_platform, layout.format_id


def test_a_template_that_lost_its_last_header_is_named(till: Till, tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", "stock_counts", example("stock_counts"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_cols(len(template_columns("stock_counts")) + 1)
    book.save(path)

    refused = till.load_all([path]).files[0].error

    assert isinstance(refused, UnknownFormatError)
    assert refused.near[0].missing == (mark_of("stock_counts"),)


def test_an_empty_cell_that_is_required_keeps_its_row_apart(till: Till, tmp_path: Path) -> None:
    good, bad = example("stock_counts"), example("stock_counts") | {"count_id": "A2", "counted_quantity": None}

    found = load(till, filled(tmp_path / "a.xlsx", "stock_counts", good, bad))

    assert (found.exit_code, classes(found)) == (1, (1, 0, 0, 1, 0))
    assert [(issue.rule, issue.column) for issue in found.issues] == [("missing_value", "实盘数量")]


def test_cells_that_excel_knows_as_dates_and_numbers_are_the_same(till: Till, tmp_path: Path) -> None:
    row = {"internal_sku": "0012", "valid_from": date(2026, 9, 1), "unit_cost": 12.5, "cost_method": "移动平均"}
    moved = {
        "occurred_at": datetime.fromisoformat("2026-09-01T10:00:00"),
        "warehouse": "杭州仓",
        "internal_sku": "0012",
        "quantity": -3,
        "movement_reason": "报损",
    }

    load(till, filled(tmp_path / "a.xlsx", "sku_costs", row))
    load(till, filled(tmp_path / "b.xlsx", "stock_movements", moved))

    [cost], [movement] = till.rows("sku_cost"), till.rows("stock_movement")
    assert (cost["internal_sku"], str(cost["valid_from"]), cost["unit_cost_minor"]) == ("0012", "2026-09-01", 1250)
    assert cost["cost_method"] == "average"
    assert (str(movement["occurred_date"]), movement["quantity"], movement["reason"]) == ("2026-09-01", -3, "damage")


def test_rows_of_several_stores_go_where_they_say(till: Till, tmp_path: Path) -> None:
    rows = [example("reviews") | {"review_id": str(n), "store_name": name} for n, name in enumerate(["甲店", "乙店"])]

    reports = till.load_all([filled(tmp_path / "a.xlsx", "reviews", *rows)]).files

    assert sorted((report.store, report.exit_code) for report in reports) == [("乙店", 0), ("甲店", 0)]


def test_an_unfilled_template_holds_nothing(till: Till, tmp_path: Path) -> None:
    found = load(till, write_template("costs", tmp_path / "a.xlsx"))

    assert (found.exit_code, found.received) == (0, 0)


def test_every_word_of_a_closed_set_has_a_name_of_its_own_in_its_column() -> None:
    for fact in FACTS.values():
        for column in fact.columns:
            names = [WORDS[word] for word in column.allowed]
            assert len({*names}) == len(names), column.name


def test_the_sheet_marks_what_is_required_and_the_guide_explains_every_column(tmp_path: Path) -> None:
    path = write_template("purchase_orders", tmp_path / "a.xlsx")
    sheet, guide = openpyxl.load_workbook(path).worksheets
    columns = template_columns("purchase_orders")

    header = sheet[1]
    assert [cell.value for cell in header] == [*(column.header for column in columns), mark_of("purchase_orders")]
    assert all(cell.font.bold for cell in header[:-1])
    assert all(cell.comment is not None for cell in header)
    coloured = [cell.value for cell in header if cell.fill.fgColor.rgb == "FFFFE699"]
    assert coloured == [column.header for column in columns if column.is_required]
    assert sheet.max_row == 1
    explained = list(guide.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in explained] == [column.header for column in columns]
    assert all(row[1] and row[3] and row[4] and row[6] for row in explained)


def test_a_template_is_never_written_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(TemplateExistsError, match=r"a\.xlsx"):
        write_template("costs", path)

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_template_that_does_not_exist_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownTemplateError, match="stock_counts"):
        table_named("stock_count")

    assert table_named("盘点单") == table_named("stock_counts") == "stock_counts"


def test_templates_have_a_column_for_everything_that_a_fact_takes() -> None:
    for name, fact in FACTS.items():
        assert {column.name for column in fact.columns} <= {column.name for column in template_columns(name)}
        kinds = {column.kind for column in template_columns(name)}
        assert ValueKind.STATUS not in kinds
