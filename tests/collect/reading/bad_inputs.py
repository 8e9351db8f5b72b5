"""Files that are damaged, disguised or hostile, each with the outcome that ``docs/reference/bad_input.md`` promises."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

HEADER = "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额"
NAMES = HEADER.split(",")
ORDERS_HEADER = "订单编号,买家应付货款,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额"
GOOD = (
    "3300000000000000001,178.80,178.80,上海,2020-02-21 00:00:00,2020-02-21 00:00:05,0.00",
    "3300000000000000002,21.00,21.00,内蒙古自治区,2020-02-20 23:59:54,2020-02-21 00:00:02,0.00",
    "3300000000000000003,37.00,0.00,安徽省,2020-02-20 23:59:35,,0.00",
)


@dataclass(frozen=True, slots=True)
class BadInput:
    """One file and what loading it must come to.

    Attributes
    ----------
    name : str
        File name; its ending is part of the case.
    data : bytes
    exit_code : int
        Of ``zhanggui load``: 2 the file is refused, 1 some rows are kept aside, 0 all rows are in.
    code : str or None
        The error's code where the file is refused, else the rule that a row breaks or the finding; None where
        nothing is to be said.
    good_rows : int
        Rows that are in the ledger afterwards.
    """

    name: str
    data: bytes
    exit_code: int
    code: str | None
    good_rows: int = 0


def form(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return ("\n".join([header, *GOOD, *rows]) + "\n").encode(encoding)


def with_value(column: str, value: str) -> str:
    cells = GOOD[0].split(",")
    cells[0] = "3300000000000000009"
    cells[[name.strip() for name in NAMES].index(column)] = value
    return ",".join(cells)


def rows_of(*extra: str) -> list[list[str]]:
    return [row.split(",") for row in (HEADER, *GOOD, *extra)]


def xlsx(rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: list[list[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("订单")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped(*((name, change(name, archive.read(name))) for name in archive.namelist()))


def parquet() -> bytes:
    header, *rows = rows_of()
    out = io.BytesIO()
    pq.write_table(pa.table(dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))), out)
    return out.getvalue()


def jsonl(*lines: str) -> bytes:
    header, *rows = rows_of()
    records = [json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows]
    return ("\n".join([*records, *lines]) + "\n").encode()


def html(rows: list[list[str]]) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset=gbk></head><body><table>{body}</table></body></html>".encode("gbk")


def _refused_by_their_kind() -> Iterator[BadInput]:
    noise = random.Random(1).randbytes(20_000)
    for name, data, code in (
        ("empty.csv", b"", "empty_file"),
        ("blank_lines.csv", b"\n\n  \n", "empty_file"),
        ("byte_order_mark_only.csv", b"\xef\xbb\xbf", "empty_file"),
        ("empty_workbook.xlsx", xlsx([]), "empty_file"),
        ("empty_archive.zip", zipped(), "empty_file"),
        ("noise.csv", noise, "unreadable_file"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + noise, "unreadable_file"),
        ("document.csv", b"%PDF-1.7\n" + noise, "unreadable_file"),
        ("archive_of_another_kind.zip", b"Rar!\x1a\x07\x00" + noise, "unreadable_file"),
        ("database.csv", b"SQLite format 3\0" + noise, "unreadable_file"),
        ("utf16_without_mark.csv", form().decode().encode("utf-16-le"), "unreadable_file"),
        ("login_page.xls", b"<html><body><form>login</form></body></html>", "unreadable_file"),
        ("spreadsheet_2003.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:ms:spreadsheet"/>', "unreadable_file"),
        ("list.json", b'[{"a": 1}, {"a": 2}]', "unreadable_file"),
        ("broken.jsonl", b'{"a": 1\n{"a": 2\n', "unreadable_file"),
        ("ten_thousand_columns.csv", ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n", "too_many_columns"),
        ("ten_thousand_columns.xlsx", xlsx([[f"c{n}" for n in range(10_000)]]), "too_many_columns"),
        ("one_endless_line.csv", b"x" * 3_000_000, "no_header"),
        ("numbers_only.csv", b"1,2\n3,4\n", "no_header"),
        ("no_header.csv", "\n".join(GOOD).encode(), "unknown_format"),
        ("unknown_columns.csv", "update_time,店名,sale\n2016/11/14,自然堂,5\n".encode("gbk"), "unknown_format"),
    ):  # fmt: skip
        yield BadInput(name, data, 2, code)


def _cut_off() -> Iterator[BadInput]:
    many = form(*(with_value("订单编号", f"44{n:017}") for n in range(2_000)))
    for name, data in (
        ("cut.xlsx", xlsx(rows_of())),
        ("cut.xls", xls(rows_of())),
        ("cut.zip", zipped(("orders.csv", many))),
        ("cut.csv.gz", gzip.compress(many)),
        ("cut.parquet", parquet()),
    ):
        yield BadInput(name, data[: len(data) // 2], 2, "truncated_file")
    damaged = bytearray(zipped(("orders.csv", many)))
    damaged[200] ^= 0xFF
    yield BadInput("damaged.zip", bytes(damaged), 2, "truncated_file")


def _hostile_archives() -> Iterator[BadInput]:
    zeros = form() + b"0,0,0,0,0,0,0\n" * 1_000_000
    yield BadInput("bomb.zip", zipped(("orders.csv", zeros)), 2, "too_large")
    yield BadInput("bomb.csv.gz", gzip.compress(zeros), 2, "too_large")
    bomb = rezipped(xlsx(rows_of()), lambda name, old: old + zeros if name == "xl/worksheets/sheet1.xml" else old)
    yield BadInput("bomb.xlsx", bomb, 2, "too_large")
    crowd = zipped(*((f"{n}.csv", b"a") for n in range(1_001)))
    link = zipfile.ZipInfo("orders.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    for name, data in (
        ("thousand_entries.zip", crowd),
        ("archive_in_archive.zip", zipped(("inner.zip", zipped(("orders.csv", form()))))),
        ("absolute_name.zip", zipped(("/etc/orders.csv", form()))),
        ("drive_name.zip", zipped(("C:\\orders.csv", form()))),
        ("parent_name.zip", zipped(("../orders.csv", form()))),
        ("link.zip", zipped((link, b"/etc/passwd"))),
    ):
        yield BadInput(name, data, 2, "archive_refused")
    yield BadInput("password.zip", _with_password_flag(zipped(("orders.csv", form()))), 2, "password_protected")


def _with_password_flag(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def _bad_cells() -> Iterator[BadInput]:
    for name, column, value, rule in (
        ("no_such_day", "订单创建时间", "2020-02-30 10:00:00", "no_such_date"),
        ("no_such_hour", "订单创建时间", "2020-02-21 25:61:00", "no_such_date"),
        ("no_date", "订单创建时间", "昨天", "not_a_date"),
        ("date_without_year", "订单创建时间", "02/21", "date_without_year"),
        ("day_or_month", "订单创建时间", "03/04/2020", "ambiguous_date"),
        ("medieval_date", "订单付款时间", "1020-02-21", "date_out_of_range"),
        ("no_creation_time", "订单创建时间", "", "missing_created_at"),
        ("letters_in_amount", "总金额", "abc", "not_an_amount"),
        ("unit_in_amount", "总金额", "1.2万", "not_an_amount"),
        ("percent_as_amount", "总金额", "7.66%", "not_an_amount"),
        ("two_points_in_amount", "总金额", "1.2.3", "not_an_amount"),
        ("formula_as_text", "总金额", "=SUM(B2:B4)", "not_an_amount"),
        ("tenth_of_a_fen", "总金额", "178.805", "excess_digits"),
        ("scientific_amount", "总金额", "1.8E+02", "amount_scientific"),
        ("amount_of_twenty_digits", "总金额", "17880000000000000000.00", "amount_too_large"),
        ("negative_payment", "买家实际支付金额", "-5.00", "negative_amount"),
        ("scientific_id", "订单编号", "3.3E+18", "id_scientific"),
        ("empty_id", "订单编号", "-", "missing_order_id"),
        ("control_character_in_id", "订单编号", "33\x0700", "id_control_character"),
    ):
        yield BadInput(f"{name}.csv", form(with_value(column, value)), 1, rule, 3)


def _bad_rows() -> Iterator[BadInput]:
    good = form()
    for name, data, rule in (
        ("too_few_cells.csv", form("3300000000000000009,178.80,178.80"), "ragged_row"),
        ("too_many_cells.csv", form(GOOD[0] + ",1,2"), "ragged_row"),
        ("comma_in_an_address.csv", form(with_value("收货地址", "浙江省,杭州市")), "ragged_row"),
        ("cut_in_the_last_row.csv", good + b"3300000000000000009,17", "ragged_row"),
        ("open_quote.csv", form(with_value("收货地址", '"浙江省')), "unterminated_quote"),
        ("cut_in_a_quote.csv", good + '3300000000000000009,17,17,"浙'.encode(), "unterminated_quote"),
        ("bad_byte_in_utf8.csv", good + with_value("收货地址", "浙").encode().replace("浙".encode(), b"\xe6\xb5"),
         "bad_encoding"),
        ("bad_byte_in_gb18030.csv",
         form(encoding="gb18030") + with_value("收货地址", "@").encode().replace(b"@", b"\xff"), "bad_encoding"),
        ("nul_byte.csv", form(with_value("收货地址", "浙\0江")), "control_character"),
        ("endless_cell.csv", form(with_value("收货地址", "浙" * 140_000)), "cell_too_long"),
        ("one_bad_line.jsonl", jsonl('{"订单编号": '), "bad_json"),
    ):  # fmt: skip
        yield BadInput(name, data, 1, rule, 3)
    orders = "\n".join(
        [
            ORDERS_HEADER,
            "3300000000000000001,199.00,199.00,179.00,交易成功,2026-09-01 10:00:00,2026-09-01 10:01:05,0.00",
            "3300000000000000002,199.00,199.00,179.00,交易成功,2026-09-01 10:00:00,2026-09-01 10:01:05,199.00",
        ]
    )
    yield BadInput("refund_above_paid.csv", orders.encode("gb18030"), 1, "refund_above_paid", 1)


def _bad_workbook_cells() -> Iterator[BadInput]:
    last = [*with_value("总金额", "@").split(",")]

    def error_cell(sheet: Any) -> None:
        sheet["B5"] = "#REF!"
        sheet["B5"].data_type = "e"

    def formula(sheet: Any) -> None:
        sheet["B5"] = "=B2+B3"

    yield BadInput("error_cell.xlsx", xlsx([*rows_of(), last], error_cell), 1, "not_an_amount", 3)
    yield BadInput("formula_never_calculated.xlsx", xlsx([*rows_of(), last], formula), 1, "not_an_amount", 3)
    numeric_id: list[Any] = [3.3e18, *with_value("总金额", "1.00").split(",")[1:]]
    yield BadInput("id_as_number.xlsx", xlsx([*rows_of(), numeric_id]), 1, "id_scientific", 3)


def _odd_but_good() -> Iterator[BadInput]:
    plain = form()
    lines = [HEADER, *GOOD]
    created = datetime(2020, 2, 21)  # noqa: DTZ001 - a workbook's times have no zone
    typed: list[list[Any]] = [
        NAMES,
        ["3300000000000000001", 178.8, 178.8, "上海", created, created + timedelta(seconds=5), 0],
    ]
    for name, data, good_rows in (
        ("text_named_as_workbook.xls", form(encoding="gb18030"), 3),
        ("workbook_named_as_text.csv", xlsx(rows_of()), 3),
        ("web_table_named_as_workbook.xls", html(rows_of()), 3),
        ("old_workbook.xls", xls(rows_of()), 3),
        ("typed_cells.xlsx", xlsx(typed), 1),
        ("wrong_dimension.xlsx", _with_wrong_dimension(xlsx(rows_of())), 3),
        ("formula_with_value.xlsx", _with_stored_value(), 3),
        ("utf16.txt", plain.decode().encode("utf-16"), 3),
        ("byte_order_mark.csv", b"\xef\xbb\xbf" + plain, 3),
        ("carriage_returns.csv", plain.replace(b"\n", b"\r"), 3),
        ("tabs.tsv", plain.replace(b",", b"\t"), 3),
        ("semicolons.csv", plain.replace(b",", b";"), 3),
        ("packed.csv.gz", gzip.compress(plain), 3),
        ("packed_with_rubbish.zip", zipped(("__MACOSX/._orders.csv", b"\0\5\x16\7"), ("orders.csv", plain)), 3),
        ("workbook_in_archive.zip", zipped(("订单.xlsx", xlsx(rows_of()))), 3),
        ("columns.parquet", parquet(), 3),
        ("objects.jsonl", jsonl(), 3),
        ("titles_and_footers.csv", "\n".join(["天猫订单", "时间：2020-03-01", *lines, "合计,236,,,,,"]).encode(), 3),
        ("blank_lines_between.csv", "\n\n".join(lines).encode(), 3),
        ("delimiter_at_the_end.csv", "\n".join([HEADER, *(row + "," for row in GOOD)]).encode(), 3),
        ("ids_as_formulas.csv", form('"=""3300000000000000009""",1.00,1.00,上海,2020-02-21 00:00:00,2020-02-21,0'), 4),
        ("amounts_as_shown.csv", form(with_value("总金额", '"￥1,178.80元"'), with_value("总金额", "１７８.８")
                                      .replace("09,", "08,", 1)), 5),
        ("dates_of_many_forms.csv", form(with_value("订单创建时间", "2020/2/21 0:00"),
                                         with_value("订单创建时间", "2020年2月21日").replace("09,", "08,", 1),
                                         with_value("订单创建时间", "43882.5").replace("09,", "07,", 1)), 6),
        ("header_only.csv", (HEADER + "\n").encode(), 0),
    ):  # fmt: skip
        yield BadInput(name, data, 0, None, good_rows)
    unknown = f"{ORDERS_HEADER}\n33,1.00,1.00,1.00,等待外星人签收,2026-09-01 10:00:00,2026-09-01 10:01:05,0.00\n"
    yield BadInput("unknown_status.csv", unknown.encode("gb18030"), 0, "unknown_status", 1)


def _with_wrong_dimension(data: bytes) -> bytes:
    return rezipped(data, lambda _, old: old.replace(b'<dimension ref="A1:G4"', b'<dimension ref="A1:A1"'))


def _with_stored_value() -> bytes:
    def formula(sheet: Any) -> None:
        sheet["B4"] = "=1+36"

    stored = re.compile(rb"(<f>1\+36</f>)<v ?/>|(<f>1\+36</f>)<v></v>")
    return rezipped(xlsx(rows_of(), formula), lambda _, old: stored.sub(rb"<f>1+36</f><v>37</v>", old))


@cache
def bad_inputs() -> tuple[BadInput, ...]:
    """Return every case."""
    return (
        *_refused_by_their_kind(),
        *_cut_off(),
        *_hostile_archives(),
        *_bad_cells(),
        *_bad_rows(),
        *_bad_workbook_cells(),
        *_odd_but_good(),
    )


def write_bad_inputs(directory: Path) -> dict[str, BadInput]:
    """Write each case into a file of its own; return the cases by path name."""
    for case in bad_inputs():
        (directory / case.name).write_bytes(case.data)
    return {case.name: case for case in bad_inputs()}
