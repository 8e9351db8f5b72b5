from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.collect.reading.tables_of import all_tables, only_table

from zhanggui.collect.reading import Limits, TooManyColumnsError, header_signature, normalise_header


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_parquet_numbers_and_times_keep_their_types() -> None:
    at = datetime(2026, 9, 1)  # noqa: DTZ001 - Parquet holds a wall clock
    columns = {"n": [1], "f": [0.1], "d": [Decimal("1.5")], "t": [at], "s": ["x"], "b": [True], "l": [[1, 2]]}
    read = only_table(parquet(pa.table(columns)))

    assert read.rows == [[1, 0.1, Decimal("1.5"), at, "x", "TRUE", "[1, 2]"]]
    assert read.table.header_row == 0
    assert read.row_no == [1]


def test_parquet_dictionaries_are_text() -> None:
    table = pa.table({"s": pa.array(["x", "y", "x"]).dictionary_encode(), "n": [1, 2, 3]})

    assert [row[0] for row in only_table(parquet(table)).rows] == ["x", "y", "x"]


def test_parquet_is_numbered_on_over_batches() -> None:
    table = only_table(parquet(pa.table({"n": range(10), "m": range(10)}))).table

    assert [batch.row_no.to_pylist() for batch in table.batches(4)] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


def test_json_numbers_stay_as_written() -> None:
    read = only_table(b'{"id": 3300000000000000001, "a": 0.10, "b": 1e3}\n')

    assert read.rows == [["3300000000000000001", "0.10", "1000"]]


def test_json_objects_within_objects_are_joined_by_a_dot() -> None:
    read = only_table('{"id": "1", "buyer": {"city": "杭州"}, "tags": ["a"], "ok": false, "x": null}\n'.encode())

    assert read.table.header == ("id", "buyer.city", "tags", "ok", "x")
    assert read.rows == [["1", "杭州", '["a"]', "FALSE", None]]


def test_a_json_field_of_a_later_line_is_a_column_too() -> None:
    read = only_table(b'{"id": "1"}\n\n{"id": "2", "a": "x"}\n')

    assert read.rows == [["1", None], ["2", "x"]]
    assert read.row_no == [1, 3]
    assert read.non_data == 1


def test_json_lines_that_are_no_objects_are_problems() -> None:
    read = only_table(b'{"id": "1"}\n[1]\n{"id": \n{"id": "2"}\n')

    assert [row[0] for row in read.rows] == ["1", "2"]
    assert read.rules == [(2, "bad_json"), (3, "bad_json")]


def test_too_many_json_fields_are_refused() -> None:
    with pytest.raises(TooManyColumnsError):
        only_table(b'{"a": 1, "b": 2, "c": 3}\n', limits=Limits(max_columns=2))


def test_an_html_table_is_read_with_its_spans_and_entities() -> None:
    page = (
        "<html><meta charset=gb2312><table><tr><td colspan=3>账单</td></tr>"
        "<tr><th>订单号<th>金额<th>备注</tr><tr><td>1</td><td>&yen;5</td><td>a<br>b</td></tr>"
        "<tr><td>2</td><td>6</td></tr></table></html>"
    )
    read = only_table(page.encode("gbk"))

    assert read.table.kind == "html"
    assert read.table.header == ("订单号", "金额", "备注")
    assert read.rows == [["1", "¥5", "a\nb"]]
    assert read.rules == [(4, "ragged_row")]


def test_each_table_of_a_page_is_a_table() -> None:
    page = b"<table><tr><td>a<td>b<tr><td>1<td>2</table><p>x<table><tr><td>c<td>d<tr><td>3<td>4</table>"

    assert [read.rows for read in all_tables(page)] == [[["1", "2"]], [["3", "4"]]]


def test_header_names_are_compared_without_width_blanks_and_line_ends() -> None:
    one = normalise_header(["收货地址 ", "生产日期\n(格式：年)", "收入（+元）", "\ufeff商家编码", "商家编码"])

    assert one == ("收货地址", "生产日期 (格式:年)", "收入(+元)", "商家编码", "商家编码#2")
    assert header_signature(one) == header_signature(normalise_header(list(one)))
