from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.collect.reading.tables_of import Whole, only_table

from zhanggui.collect.reading import EmptyFileError, Hints, Limits, NoHeaderError, TooManyColumnsError, textrows

SMALL = Limits(block_bytes=48, max_record_bytes=4096)

# What a cell may hold without being a blank row, a footer or a comment.
CELL = st.text(st.sampled_from(list("ab1\",;\t\n\r '=店é|")), max_size=6)


def csv_bytes(rows: list[list[str]], encoding: str, line_end: str, quoting: int) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]  # an enum member
    return out.getvalue().encode(encoding)


@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=20),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    limits=st.sampled_from([SMALL, Limits()]),
)
def test_whatever_the_csv_module_writes_is_read_back(
    rows: list[list[str]], encoding: str, line_end: str, quoting: int, limits: Limits
) -> None:
    # The csv module leaves a lone carriage return unquoted, which no reader can tell from a line end.
    rows = [[f"x{n}", *(cell.replace("\r", "") for cell in row)] for n, row in enumerate(rows)]

    read = only_table(
        csv_bytes([["id", "名", "c"], *rows], encoding, line_end, quoting),
        limits=limits,
        hints=Hints(delimiter=",", header_row=1, encoding=None if encoding != "gb18030" else "gb18030"),
    )

    assert read.rows == rows
    assert read.row_no == list(range(2, len(rows) + 2))
    assert read.problems == []


def everything(read: Whole) -> tuple[object, ...]:
    return read.rows, read.row_no, read.problems, read.non_data


@given(st.text(st.sampled_from(list('ax",,\n\n\r="')), max_size=120))
@example('\n"a\n\nb",x,y\n1,2,3')
@example('a,"b"c,d\n="1",2,3\n"a,b\n1,2,3\n')
@example('=",="","')
def test_the_quick_parser_agrees_with_the_exact_one_at_every_block_size(body: str) -> None:
    data = f"h1,h2,h3\n{body}\n".encode()
    hints = Hints(delimiter=",", header_row=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textrows, "regular_cut", lambda *_, **__: None)
        exact = only_table(data, hints=hints)

    assert everything(only_table(data, hints=hints)) == everything(exact)
    assert everything(only_table(data, limits=SMALL, hints=hints)) == everything(exact)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    read = only_table("a,b,c\n1,2,3.5\n".replace(",", delimiter).encode())

    assert read.table.header == ("a", "b", "c")
    assert read.rows == [["1", "2", "3.5"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    # Row 1 title, 2 header, 3 data, 4 blank, 5 a cell of two lines, 6 ragged, 7 data.
    read = only_table('账单\nid,note\n1,a\n\n2,"b\nc"\n3\n4,d\n'.encode())

    assert read.row_no == [3, 5, 7]
    assert read.rules == [(6, "ragged_row")]
    assert read.non_data == 2


def test_rows_with_too_few_or_too_many_cells_are_kept_as_problems_with_their_text() -> None:
    read = only_table(b"id,a,b\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n")

    assert [row[0] for row in read.rows] == ["1", "10"]
    assert [(p.row_no, p.text) for p in read.problems] == [(3, "4,5"), (4, "6,7,8,9")]


def test_blank_cells_beyond_the_header_lose_nothing() -> None:
    assert only_table(b"id,a\n1,2\n3,4,,\n").rows == [["1", "2"], ["3", "4"]]


def test_a_delimiter_at_the_end_of_every_data_row_is_an_unnamed_column() -> None:
    read = only_table(b"id,a\n1,2,\n3,4,\n")

    assert read.table.header == ("id", "a", "#3")
    assert read.rows == [["1", "2", ""], ["3", "4", ""]]


def test_a_header_with_more_names_than_every_row_has_cells_loses_no_row() -> None:
    read = only_table(b"id,a,b,c\n1,2,3\n4,5,6\n")

    assert read.table.header == ("id", "a", "b")
    assert read.rows == [["1", "2", "3"], ["4", "5", "6"]]


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    read = only_table(b'id,a\n1,x\n2,"y\n3,z\n')

    assert [row[0] for row in read.rows] == ["1", "3"]
    assert read.rules == [(3, "unterminated_quote")]


def test_a_quote_within_a_cell_is_an_ordinary_character() -> None:
    assert only_table(b'id,a\n1,5" pipe\n2,"5" pipe\n').rows == [["1", '5" pipe'], ["2", "5 pipe"]]


def test_ids_wrapped_as_formulas_keep_their_wrapping_as_text() -> None:
    read = only_table(b'id,a\n"=""3300""",1\n="3301",2\n')

    assert read.rows == [['="3300"', "1"], ['="3301"', "2"]]


def test_a_file_with_carriage_returns_only_is_read() -> None:
    read = only_table(b"id,a\r1,2\r3,4\r", limits=SMALL)

    assert read.rows == [["1", "2"], ["3", "4"]]
    assert read.row_no == [2, 3]


def test_a_bad_byte_rejects_its_row_and_says_where_it_stands() -> None:
    data = "订单编号,收货地址\n1,上海\n2,广".encode() + b"\xff" + "东\n3,浙江\n".encode()
    read = only_table(data)

    assert read.table.encoding == "utf-8"
    assert [row[0] for row in read.rows] == ["1", "3"]
    assert read.rules == [(3, "bad_encoding")]
    assert read.problems[0].at_byte == data.index(b"\xff")


def test_gb18030_after_a_long_ascii_beginning_is_still_found() -> None:
    data = b"id,a\n" + b"1,x\n" * 50 + "2,上海\n".encode("gb18030")
    read = only_table(data, limits=Limits(head_bytes=64, block_bytes=64))

    assert read.rows[-1] == ["2", "上海"]
    assert read.problems == []


def test_a_nul_byte_rejects_its_row() -> None:
    read = only_table(b"id,a\n1,x\n2,y\0z\n3,w\n")

    assert [row[0] for row in read.rows] == ["1", "3"]
    assert read.rules == [(3, "control_character")]


def test_footers_comments_and_a_repeated_header_are_no_data() -> None:
    read = only_table("id,金额\n1,2\nid,金额\n合计,2\n#----结束\n,,\n".encode())

    assert read.rows == [["1", "2"]]
    assert read.non_data == 4
    assert read.problems == []


def test_a_row_with_an_id_is_no_footer_where_the_id_column_is_known() -> None:
    data = "类目,订单编号\n全部,9\n全部,\n".encode()

    assert only_table(data, hints=Hints(id_columns=frozenset({"订单编号"}))).rows == [["全部", "9"]]


def test_the_wanted_score_chooses_the_header() -> None:
    data = "分组一,分组二,分组三\n订单编号,金额,\n1,2,x\n".encode()
    read = only_table(data, hints=Hints(wanted=lambda names: float("订单编号" in names)))

    assert read.table.header == ("订单编号", "金额", "#3")
    assert read.rows == [["1", "2", "x"]]


def test_a_named_header_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoHeaderError, match="Row 9"):
        only_table(b"a,b\n1,2\n", hints=Hints(header_row=9))


def test_a_header_alone_is_a_table_without_rows() -> None:
    read = only_table(b"id,a\n")

    assert read.table.header == ("id", "a")
    assert read.rows == []


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"   \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyFileError):
        only_table(data)


def test_ten_thousand_columns_are_refused() -> None:
    with pytest.raises(TooManyColumnsError, match="10,000 columns; at most 1,000"):
        only_table(",".join(f"c{n}" for n in range(10_000)).encode() + b"\n")


def test_a_table_can_be_read_twice() -> None:
    table = only_table(b"id,a\n1,2\n").table

    assert [b.columns.num_rows for b in table.batches()] == [b.columns.num_rows for b in table.batches()] == [1]


def test_a_quoted_cell_over_many_lines_that_breaks_its_row_gives_its_lines_back() -> None:
    lines = "".join(f"{n},v\n" for n in range(30))
    read = only_table(f'id,a\n0,"open\n{lines}99,"closed"\n'.encode())

    # The stray quote on row 2 is closed, by accident, at row 33; rows 3 to 32 are read all the same.
    assert len(read.rows) == 31
    assert read.rules == [(2, "unterminated_quote")]
