"""Files that take rows a batch at a time."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulate.exports.made import sheet

from zhanggui.simulate.exports.files import SheetFile, TextFile

AT = datetime.fromisoformat("2026-11-16T09:00:00+00:00")
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), fixed=CELL, is_quoted=st.booleans())
def test_whatever_a_cell_holds_the_csv_module_reads_it_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], fixed: str, is_quoted: bool
) -> None:
    path = tmp_path_factory.mktemp("text") / "report.csv"
    file = TextFile(path, ("a", "b %s", "c"), is_quoted=is_quoted)
    file.add({"a": [a for a, _ in rows], "c": [c for _, c in rows], "b %s": fixed})
    file.close()

    text = path.read_bytes().decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found == [["a", "b %s", "c"], *([a, fixed, c] for a, c in rows)]


def test_lines_above_and_below_are_printed_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    file = TextFile(path, ("号",), encoding="gb18030", above=("#标题",), below=("#共{n_rows}笔",))
    file.add({"号": ["1", "2"]})
    file.close()

    assert path.read_bytes().decode("gb18030") == "#标题\r\n号\r\n1\r\n2\r\n#共2笔\r\n"


def test_an_archive_holds_one_entry_with_the_given_time(tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    file = TextFile(path, ("a",), entry=("商品报表.csv", AT))
    file.add({"a": ["1"]})
    file.close()

    with zipfile.ZipFile(path) as archive:
        (entry,) = archive.infolist()
        assert (entry.filename, entry.date_time) == ("商品报表.csv", (2026, 11, 16, 9, 0, 0))
        assert archive.read(entry) == b"\xef\xbb\xbfa\r\n1\r\n"


def test_a_workbook_keeps_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "report.xls"
    file = SheetFile(path, ("id", "n", "blank", "all"), made_at=AT, above=(("标题",),), below=(("合计", "3"),))
    file.add({"id": ["3300000000000000001", "=SUM(1)"], "n": [1, 2], "all": "x"})
    file.close()

    assert sheet(path) == [
        ["标题", "", "", ""],
        ["id", "n", "blank", "all"],
        ["3300000000000000001", 1.0, "", "x"],
        ["=SUM(1)", 2.0, "", "x"],
        ["合计", "3", "", ""],
    ]


def test_other_programs_open_the_workbook_and_see_when_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    file = SheetFile(path, tuple(f"列{place}" for place in range(30)), made_at=AT, sheet="包裹 & 详情")
    file.add({"列0": [" <a> & b", ""], "列29": [0.5, -1]})
    file.close()

    book = openpyxl.load_workbook(path)
    rows = list(book["包裹 & 详情"].values)
    assert book.properties.created == AT.replace(tzinfo=None)
    assert [(row[0], row[29]) for row in rows] == [("列0", "列29"), (" <a> & b", 0.5), (None, -1)]
    assert book["包裹 & 详情"].cell(2, 30).coordinate == "AD2"


def test_the_same_rows_make_the_same_workbook(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        file = SheetFile(tmp_path / name, ("a",), made_at=AT)
        file.add({"a": ["1", "2"]})
        file.close()

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("columns", [{"z": ["1"]}, {"a": ["1"], "b": ["1", "2"]}, {"a": "1"}])
def test_columns_that_do_not_fit_the_report_are_refused(tmp_path: Path, columns: dict[str, list[str] | str]) -> None:
    file = TextFile(tmp_path / "report.csv", ("a", "b"))

    with pytest.raises(ValueError, match="column"):
        file.add(columns)
    file.close()
