"""A header that was mapped once is read with its map the next time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.collect.loading.shops import Till, csv, till_at

from zhanggui.collect.loading.recognise import UnknownFormatError
from zhanggui.collect.mapping.shape import shape_of
from zhanggui.collect.reading import normalise_header

HEADER = ["No", "When", "Sum (CNY)"]
ROWS = [("A1", "2026-09-01 10:00:00", "9.90"), ("A2", "2026-09-02 10:00:00", "5.00")]
DOCUMENT: dict[str, Any] = {
    "table": "orders",
    "options": {"paid": "all"},
    "columns": {"order_id": "No", "created_at": "When", "order_amount": "Sum (CNY)"},
    "constants": {"platform": "own_site", "shop": "官网"},
}


def save(till: Till, header: list[str] | None = None, name: str = "批发", **document: Any) -> None:
    shape = shape_of(normalise_header(header or HEADER))
    till.shop.maps.save(name, shapes=[shape], header=header or HEADER, document={**DOCUMENT, **document})


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (HEADER, ROWS),
        (["Sum（CNY）", " no ", "WHEN"], [(total, number, when) for number, when, total in ROWS]),
        ([*HEADER, ""], [(*row, "") for row in ROWS]),
    ],
    ids=["as it was", "other order, widths and case", "with a column without a name"],
)
def test_a_mapped_header_loads_by_itself(tmp_path: Path, header: list[str], rows: list[tuple[str, ...]]) -> None:
    with till_at(tmp_path) as till:
        save(till)
        report = till.taken("mine.csv", csv(header, *rows))

        assert (report.format, report.classes["accepted"]) == ("map:批发", 2)
        assert report.title is not None
        assert report.title.en == "file read by the saved map 批发"
        assert till.column("order_header", "order_amount_minor") == [500, 990]
        till.check()


@pytest.mark.parametrize("header", [[*HEADER, "Note"], HEADER[:2]])
def test_a_header_with_more_or_fewer_columns_is_not_read_silently(tmp_path: Path, header: list[str]) -> None:
    with till_at(tmp_path) as till:
        save(till)
        report = till.load("mine.csv", csv(header, *[(*row, "x")[: len(header)] for row in ROWS]))

        assert isinstance(report.error, UnknownFormatError)


def test_a_forgotten_map_reads_no_more_and_an_undo_brings_it_back(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        save(till)
        till.shop.maps.delete("批发")
        assert till.load("mine.csv", csv(HEADER, *ROWS)).error is not None

        till.shop.maps.undo()
        assert till.taken("mine.csv", csv(HEADER, *ROWS)).classes["accepted"] == 2


def test_a_saved_map_stands_before_a_format_that_would_fit(tmp_path: Path) -> None:
    header = ["订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "订单付款时间", "退款金额"]
    row = ("A1", "9.90", "9.90", "浙江省", "2026-09-01 10:00:00", "2026-09-01 10:01:00", "0")
    columns = {"order_id": "订单编号", "created_at": "订单创建时间", "order_amount": "总金额"}
    with till_at(tmp_path) as till:
        save(till, header, columns=columns)

        assert till.taken("a.csv", csv(header, row)).format == "map:批发"


def test_a_file_below_titles_is_known_by_the_row_that_was_mapped(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        save(till)
        lines = [["一份很长的标题", "第二个标题", "第三个标题"], ["甲", "乙", "丙"], HEADER, *ROWS]
        report = till.taken("mine.csv", csv(lines[0], *lines[1:]))

        assert report.classes["accepted"] == 2


def test_the_reading_that_a_map_asks_for_is_taken_again(tmp_path: Path) -> None:
    data = "No;When;Sum (CNY);Who\nA1;2026-09-01 10:00;9,90;J\xf6rg\nA2;2026-09-02 10:00;5,00;\xc5sa\n".encode("cp1252")
    with till_at(tmp_path) as till:
        save(
            till,
            [*HEADER, "Who"],
            options={"paid": "all", "encoding": "cp1252", "decimal": ","},
            columns={**DOCUMENT["columns"], "city": "Who"},
        )
        till.taken("mine.csv", data)

        assert till.column("order_header", "city") == ["Jörg", "Åsa"]


def test_a_map_for_one_of_two_sheets_with_one_header_reads_that_sheet(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "two.xlsx"
    path.parent.mkdir()
    with xlsxwriter.Workbook(str(path)) as book:
        for sheet_name, total in (("草稿", "1.00"), ("明细", "9.90")):
            sheet = book.add_worksheet(sheet_name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, ["A1", "2026-09-01 10:00:00", total])
    with till_at(tmp_path) as till:
        save(till, options={"paid": "all", "sheet": "明细"})
        [report] = [each for each in till.load_all([path]).files if each.error is None]

        assert report.classes["accepted"] == 1
        assert till.column("order_header", "order_amount_minor") == [990]


def test_a_renamed_or_changed_map_adds_nothing_twice(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        save(till)
        till.taken("mine.csv", csv(HEADER, *ROWS))
        till.shop.maps.rename("批发", "批发订单")
        again = till.taken("mine.csv", csv(HEADER, *ROWS))
        save(till, name="批发订单", columns={**DOCUMENT["columns"], "paid_amount": "Sum (CNY)"})
        changed = till.taken("mine.csv", csv(HEADER, *ROWS))

        assert (again.format, again.classes["duplicate"]) == ("map:批发", 2)
        assert changed.classes["accepted"] == 2
        assert till.column("order_header", "order_amount_minor") == [500, 990]
        till.check()
