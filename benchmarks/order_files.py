"""Large order files in the platforms' own forms, for measurements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from numpy.typing import NDArray
from pyarrow import csv

from zhanggui.simulate.exports.taobao import ORDER_HEADER

SEVEN = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
PROVINCES = np.array(["上海", "江苏省", "浙江省", "广东省", "内蒙古自治区", "北京"])
_PART = 500_000


def write_seven_columns(path: Path, n_rows: int) -> Path:
    """Write the 7-column form, without quotes as it is published: a fifth unpaid, one in eleven refunded."""
    parts = (_seven(start, min(_PART, n_rows - start)) for start in range(0, n_rows, _PART))
    _write(path, SEVEN, parts, quoting_style="none")
    return path


def write_sixty_one_columns(path: Path, n_rows: int) -> Path:
    """Write the 61-column report with names, phones and addresses that are not masked, each a person's own."""
    parts = (_sixty_one(start, min(_PART, n_rows - start)) for start in range(0, n_rows, _PART))
    _write(path, ORDER_HEADER, parts, quoting_style="needed")
    return path


def write_workbook(path: Path, n_rows: int) -> Path:
    """Write the 61-column report as a workbook, every cell a text, as the platform does."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("订单")
        sheet.write_row(0, 0, ORDER_HEADER)
        for start in range(0, n_rows, _PART):
            columns = [column.to_pylist() for column in _sixty_one(start, min(_PART, n_rows - start)).columns]
            for at, cells in enumerate(zip(*columns, strict=True), start=start + 1):
                for place, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(at, place, cell)
    return path


def _write(path: Path, header: tuple[str, ...], parts: Iterator[pa.Table], *, quoting_style: str) -> None:
    with path.open("wb") as file:
        file.write((",".join(header) + "\n").encode())
        options = csv.WriteOptions(include_header=False, quoting_style=quoting_style)
        for part in parts:
            csv.write_csv(part, file, options)


def _seven(start: int, n_rows: int) -> pa.Table:
    number = np.arange(start, start + n_rows)
    values = _values(number)
    net = np.where(values["is_paid"], values["cents"] - values["refund"], 0)
    columns = [
        pa.array(10_000_000 + number),
        _yuan(values["cents"]),
        _yuan(net),
        pa.array(PROVINCES[number % len(PROVINCES)]),
        _moment(number % 2_000_000),
        _moment(number % 2_000_000 + 9, is_null=~values["is_paid"]),
        _yuan(values["refund"]),
    ]
    return pa.table(columns, names=list(SEVEN))


def _sixty_one(start: int, n_rows: int) -> pa.Table:
    number = np.arange(start, start + n_rows)
    values = _values(number)
    empty = pa.array([""] * n_rows)
    text = number.astype(str)
    known = {
        "订单编号": pa.array(np.char.add("33000000000", np.char.zfill(text, 8))),
        "买家会员名": pa.array(np.char.add("buyer_", (number // 3).astype(str))),
        "买家支付宝账号": pa.array(np.char.add((number // 3).astype(str), "@example.com")),
        "买家应付货款": _yuan(values["cents"]),
        "买家应付邮费": pa.array(["0.00"] * n_rows),
        "总金额": _yuan(values["cents"]),
        "买家实际支付金额": _yuan(np.where(values["is_paid"], values["cents"], 0)),
        "订单状态": pa.array(np.where(values["is_paid"], "交易成功", "等待买家付款")),
        "收货人姓名": pa.array(np.char.add("收货人", (number // 3).astype(str))),
        "收货地址": pa.array(
            np.char.add(np.char.add("浙江省 杭州市 余杭区 文一西路", (number // 3).astype(str)), "号")
        ),
        "联系手机": pa.array(np.char.add("139", np.char.zfill((number // 3).astype(str), 8))),
        "订单创建时间": _moment(number % 2_000_000),
        "订单付款时间": _moment(number % 2_000_000 + 9, is_null=~values["is_paid"]),
        "宝贝标题": pa.array(np.char.add("一件商品的标题，长度和真实的差不多 ", (number % 997).astype(str))),
        "店铺名称": pa.array(["测试旗舰店"] * n_rows),
        "退款金额": _yuan(values["refund"]),
    }
    return pa.table([known.get(name.strip(), empty) for name in ORDER_HEADER], names=list(ORDER_HEADER))


def _values(number: NDArray[np.int64]) -> dict[str, Any]:
    cents = number * 7 % 100_000 + 100
    is_paid = number % 5 != 0
    return {"cents": cents, "is_paid": is_paid, "refund": np.where(is_paid & (number % 11 == 0), cents, 0)}


def _yuan(cents: NDArray[np.int64]) -> pa.Array:
    text = np.char.add(np.char.add((cents // 100).astype(str), "."), np.char.zfill((cents % 100).astype(str), 2))
    return pa.array(text)


def _moment(seconds: NDArray[np.int64], is_null: NDArray[np.bool_] | None = None) -> pa.Array:
    moments = np.datetime64("2020-02-01T00:00:00") + seconds.astype("timedelta64[s]")
    text = pc.strftime(pa.array(moments), "%Y-%m-%d %H:%M:%S")
    return text if is_null is None else pc.if_else(pa.array(is_null), "", text)
