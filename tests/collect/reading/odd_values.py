"""Values that exports hold and hands type, each with what ``docs/reference/bad_input.md`` promises of it."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.collect.reading.bad_inputs import (
    GOOD,
    HEADER,
    BadInput,
    form,
    jsonl,
    rezipped,
    rows_of,
    with_value,
    xls,
    xlsx,
    zipped,
)

_IN, _KEPT, _REFUSED = 0, 1, 2
_Case = tuple[str, str, str | None]
"""Name, value, and the rule that it breaks; None where the row is taken."""

_AMOUNTS: tuple[_Case, ...] = (
    ("minus_zero", "-0", None),
    ("minus_zero_with_digits", "-0.00", None),
    ("leading_plus", "+178.80", None),
    ("no_digit_before_the_point", ".50", None),
    ("no_digit_after_the_point", "178.", None),
    ("leading_zeros", "000178.80", None),
    ("thousands", '"1,234,567.80"', None),
    ("thousands_in_full_width", "１，２３４．５０", None),
    ("yen_sign", "¥178.80", None),
    ("full_width_yen_sign", "￥178.80", None),
    ("currency_code", "CNY 178.80", None),
    ("yuan_after", "178.80元", None),
    ("blanks_around", " 178.80\u3000", None),
    ("trailing_zeros", "178.800000", None),
    ("float_drift", "178.79999999999998", None),
    ("billionth", "1e-9", "amount_scientific"),
    ("comma_as_point", '"178,80"', "not_an_amount"),
    ("badly_grouped", '"1,2345.00"', "not_an_amount"),
    ("infinity", "inf", "not_an_amount"),
    ("not_a_number", "NaN", None),
    ("hexadecimal", "0x1F", "not_an_amount"),
    ("fraction", "1/2", "not_an_amount"),
    ("two_signs", "--5.00", "not_an_amount"),
    ("range", "10~20", "not_an_amount"),
    ("words", "一百元", "not_an_amount"),
    ("stars", "***", "not_an_amount"),
    ("underscore", "1_000", "not_an_amount"),
)
_IDS: tuple[_Case, ...] = (
    ("id_of_forty_digits", "3" * 40, None),
    ("id_with_letters", "P781259-123456789", None),
    ("id_with_leading_zeros", "0000000000000000042", None),
    ("id_with_blanks_around", "  3300000000000000042\t", None),
    ("id_with_apostrophe", "'3300000000000000043", None),
    ("id_with_backtick", "`3300000000000000044", None),
    ("id_in_full_width", "３３００００００００００００００００４５", None),
    ("id_with_byte_order_mark", "\ufeff3300000000000000046", None),
    ("id_with_zero_width_space", "33000000000000\u200b00047", None),
    ("id_as_float", "3300000000000000048.0", None),
    ("id_with_small_exponent", "3.3e+17", "id_scientific"),
    ("id_blank", "", "missing_order_id"),
    ("id_of_blanks", "\u3000 ", "missing_order_id"),
    ("id_none", "--", "missing_order_id"),
)
_TIMES: tuple[_Case, ...] = (
    ("with_t", "2020-02-21T10:00:00", None),
    ("with_zone", "2020-02-21T10:00:00+08:00", None),
    ("with_z", "2020-02-21T02:00:00Z", None),
    ("with_milliseconds", "2020-02-21 10:00:00.123", None),
    ("compact", "20200221100000", None),
    ("compact_day", "20200221", None),
    ("points", "2020.02.21 10:00", None),
    ("chinese_with_time", "2020年2月21日 10时00分", None),
    ("seconds_since_1970", "1582250400", "not_a_date"),
    ("milliseconds_since_1970", "1582250400000", "not_a_date"),
    ("full_width_digits", "２０２０-０２-２１ １０:００:００", "not_a_date"),
    ("leap_day", "2020-02-29 10:00:00", None),
    ("end_of_day", "2020-02-21 24:00:00", "no_such_date"),
    ("no_leap_day", "2019-02-29 10:00:00", "no_such_date"),
    ("month_13", "2020-13-01 10:00:00", "no_such_date"),
    ("leap_second", "2020-02-21 23:59:60", "no_such_date"),
    ("year_zero", "0000-00-00 00:00:00", "missing_created_at"),
    ("year_9999", "9999-12-31 23:59:59", "date_out_of_range"),
    ("time_only", "10:00:00", "not_a_date"),
    ("english_month", "Feb 21 2020", "not_a_date"),
    ("word", "today", "not_a_date"),
    ("nanoseconds_since_1970", "1582250400000000000", "not_a_date"),
)
_TEXTS: tuple[_Case, ...] = (
    ("precomposed", "Zo\u00eb", None),
    ("decomposed", "Zoe\u0308", None),
    ("right_to_left_override", "浙\u202e江", None),
    ("zero_width_joiner", "浙\u200d江", None),
    ("zero_width_space", "浙\u200b江省", None),
    ("emoji_family", "👨\u200d👩\u200d👧", None),
    ("outside_the_first_plane", "𠮷野家", None),
    ("full_width", "ＺＨＥＪＩＡＮＧ", None),
    ("ideographic_blank", "\u3000浙江省\u3000", None),
    ("no_break_blank", "浙江\u00a0省", None),
    ("soft_hyphen", "浙\u00ad江", None),
    ("replacement_character", "浙\ufffd江", None),
    ("private_use", "浙\ue000江", None),
    ("noncharacter", "浙\ufdd0江", None),
    ("combining_pile", "z" + "\u0301" * 60, None),
    ("turkish_i", "İstanbul", None),
    ("look_alike", "Сhina", None),
    ("formula", "=1+1", None),
    ("at_formula", "@SUM(A1)", None),
    ("markup", "<script>alert(1)</script>", None),
    ("sql", "'; DROP TABLE order_header; --", None),
    ("path", "../../etc/passwd", None),
    ("template", "{{7*7}}${7*7}", None),
    ("quoted_line_end", '"浙江\n杭州"', None),
    ("quoted_quote", '"浙""江"', None),
    ("next_line", "浙\u0085江", None),
    ("line_separator", "浙\u2028江", None),
    ("vertical_tab", "浙\u000b江", None),
)


@dataclass(frozen=True, slots=True)
class OddCells:
    """One file in which every row holds one odd value.

    Attributes
    ----------
    group : str
        What is odd.
    column : str
        Where the values stand.
    cases : tuple of (str, str, str or None)
        Name, value, and the rule that it breaks; None where the row is taken.
    """

    group: str
    column: str
    cases: tuple[tuple[str, str, str | None], ...]

    def data(self) -> bytes:
        """Return the file: the good rows, then one row per case, each an order of its own."""
        rows = []
        for n, (_, value, _) in enumerate(self.cases):
            row = with_value(self.column, value).replace("3300000000000000009", f"44{n:017}")
            # Payment follows creation, whenever that was.
            rows.append(row.replace("2020-02-21 00:00:05", "") if self.column == "订单创建时间" else row)
        return form(*rows)


ODD_CELLS = (
    OddCells("amounts", "总金额", _AMOUNTS),
    OddCells("ids", "订单编号", _IDS),
    OddCells("times", "订单创建时间", _TIMES),
    OddCells("texts", "收货地址", _TEXTS),
)
"""Four files of odd values."""


def _parquet(columns: dict[str, pa.Array], **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def _columns() -> dict[str, pa.Array]:
    header, *rows = rows_of()
    return {name: pa.array(values) for name, values in zip(header, map(list, zip(*rows, strict=True)), strict=True)}


def _columnar() -> Iterator[BadInput]:
    columns = _columns()
    amounts = [178.8, 21.0, 37.0]
    typed = columns | {"总金额": pa.array(amounts)}
    exact = columns | {"总金额": pa.array(amounts).cast(pa.decimal128(12, 2))}
    nested = columns | {"收货地址": pa.array([{"省": "浙江"}] * 3)}
    lists = columns | {"收货地址": pa.array([["浙江"]] * 3)}
    binary = columns | {"收货地址": pa.array(["浙江".encode()] * 3)}
    words = columns | {"收货地址": pa.array(["浙江省"] * 3).dictionary_encode()}
    nothing = {name: values.slice(0, 0) for name, values in columns.items()}
    numbers = columns | {"订单编号": pa.array([3300000000000000001, 3300000000000000002, 3300000000000000003])}
    floats = columns | {"订单编号": pa.array([3.3e18, 3.4e18, 3.5e18])}
    for name, data, exit_code, code, good in (
        ("amounts_as_floats.parquet", _parquet(typed), _IN, None, 3),
        ("amounts_as_decimals.parquet", _parquet(exact), _IN, None, 3),
        ("whole_number_ids.parquet", _parquet(numbers), _IN, None, 3),
        ("ids_as_floats.parquet", _parquet(floats), _KEPT, "id_scientific", 0),
        ("dictionary_text.parquet", _parquet(words), _IN, None, 3),
        ("no_rows.parquet", _parquet(nothing), _IN, None, 0),
        ("small_row_groups.parquet", _parquet(columns, row_group_size=1), _IN, None, 3),
        ("zstd.parquet", _parquet(columns, compression="zstd"), _IN, None, 3),
        ("brotli.parquet", _parquet(columns, compression="brotli"), _IN, None, 3),
        ("nested_column.parquet", _parquet(nested), _IN, None, 3),
        ("list_column.parquet", _parquet(lists), _IN, None, 3),
        ("binary_column.parquet", _parquet(binary), _IN, None, 3),
        ("other_columns.parquet", _parquet({"a": pa.array([1])}), _REFUSED, "unknown_format", 0),
        ("mark_only.parquet", b"PAR1", _REFUSED, "truncated_file", 0),
        ("marks_around_noise.parquet", b"PAR1" + bytes(range(256)) + b"PAR1", _REFUSED, "truncated_file", 0),
    ):
        yield BadInput(name, data, exit_code, code, good)


def _lines() -> Iterator[BadInput]:
    header = HEADER.split(",")
    record = dict(zip(header, with_value("收货地址", "浙江省").split(","), strict=True))

    def line(**changed: Any) -> str:
        return json.dumps(record | changed, ensure_ascii=False)

    twice = line()[:-1] + ', "总金额": "1.00"}'
    for name, extra, rule in (
        ("number_values.jsonl", line(总金额=178.8), None),
        ("whole_number_id.jsonl", line(订单编号=3300000000000000009), None),
        ("null_value.jsonl", line(收货地址=None), None),
        ("true_as_text.jsonl", line(收货地址=True), None),
        ("object_as_text.jsonl", line(收货地址={"省": "浙江"}), None),
        ("escaped_text.jsonl", json.dumps(record), None),
        ("field_twice.jsonl", twice, "bad_json"),
        ("lone_surrogate.jsonl", line().replace("浙江省", "\\ud83d"), "bad_json"),
        ("constant_nan.jsonl", line().replace('"178.80"', "NaN", 1), "bad_json"),
        ("number_beyond_floats.jsonl", line().replace('"178.80"', "1e400", 1), "amount_scientific"),
        ("trailing_comma.jsonl", line()[:-1] + ",}", "bad_json"),
        ("a_list.jsonl", "[1, 2]", "bad_json"),
        ("a_number.jsonl", "7", "bad_json"),
        ("deep.jsonl", "[" * 10_000 + "]" * 10_000, "bad_json"),
        ("two_on_a_line.jsonl", line() + line(), "bad_json"),
    ):
        yield BadInput(name, jsonl(extra), _IN if rule is None else _KEPT, rule, 4 if rule is None else 3)


def _tables() -> Iterator[BadInput]:
    good = "\n".join(GOOD)
    doubled = f"{HEADER}\n{GOOD[0]}\n{HEADER}\n{GOOD[1]}\n"
    for name, data, exit_code, code, rows in (
        ("header_twice.csv", doubled.encode(), _IN, None, 2),
        ("one_column.csv", b"\xe8\xae\xa2\xe5\x8d\x95\xe7\xbc\x96\xe5\x8f\xb7\n1\n2\n", _REFUSED, "unknown_format", 0),
        ("column_named_twice.csv", f"{HEADER},总金额\n{GOOD[0]},9.99\n".encode(), _IN, None, 1),
        ("all_quoted.csv", "\n".join(f'"{row}"'.replace(",", '","') for row in (HEADER, *GOOD)).encode(), _IN, None, 3),
        ("windows_line_ends.csv", f"{HEADER}\n{good}\n".replace("\n", "\r\n").encode(), _IN, None, 3),
        ("mixed_line_ends.csv", f"{HEADER}\r\n{GOOD[0]}\n{GOOD[1]}\r\n".encode(), _IN, None, 2),
        ("no_last_line_end.csv", f"{HEADER}\n{good}".encode(), _IN, None, 3),
        ("pipes.txt", f"{HEADER}\n{good}".replace(",", "|").encode(), _IN, None, 3),
        ("utf16_with_mark_and_tabs.csv", f"{HEADER}\n{good}\n".replace(",", "\t").encode("utf-16"), _IN, None, 3),
        ("sep_line.csv", f"sep=,\n{HEADER}\n{good}\n".encode(), _IN, None, 3),
        ("sum_below.csv", f"{HEADER}\n{good}\n总计,236.80,199.80,,,,\n".encode(), _IN, None, 3),
        ("blank_cells_below.csv", f"{HEADER}\n{good}\n,,,,,,\n".encode(), _IN, None, 3),
        ("end_of_file_mark.csv", f"{HEADER}\n{good}\n\x1a".encode(), _KEPT, "ragged_row", 3),
    ):
        yield BadInput(name, data, exit_code, code, rows)


def _far_cell() -> bytes:
    """Return a workbook whose sheet is a few rows, and one cell as far out as a sheet goes."""

    def far(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    return xlsx(rows_of(), far)


def _running_in_circles() -> bytes:
    """Return an old workbook whose first part leads back to its own beginning."""
    data = bytearray(xls(rows_of()))
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    followers = struct.unpack_from("<8I", data, table)
    place = next(n for n, follower in enumerate(followers) if follower == n + 1)
    struct.pack_into("<I", data, table + 4 * (place + 1), place)
    return bytes(data)


def _workbooks() -> Iterator[BadInput]:
    sheet = "<office:document-content/>"
    for name, data, code in (
        ("far_cell.xlsx", _far_cell(), "too_large"),
        ("circle.xls", _running_in_circles(), "truncated_file"),
        ("open_document.ods", zipped(("mimetype", b"application/vnd.oasis"), ("content.xml", sheet.encode())),
         "unreadable_file"),
        ("binary.xlsb", zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\0")), "unreadable_file"),
        ("damaged_directory.xlsx", rezipped(xlsx(rows_of()), lambda name, old: old[:40] if "_rels" in name else old),
         "truncated_file"),
    ):  # fmt: skip
        yield BadInput(name, data, _REFUSED, code)


@cache
def odd_values() -> tuple[BadInput, ...]:
    """Return every case."""
    return (*_columnar(), *_lines(), *_tables(), *_workbooks())
