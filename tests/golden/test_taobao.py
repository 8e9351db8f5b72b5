"""Taobao's own files: the attested samples, and a file that is none of its reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.collect.loading.shops import classes, till_at
from tests.golden.conftest import SharedFile

from zhanggui.collect.loading.recognise import UnknownFormatError
from zhanggui.collect.reading import open_tables

SAMPLES = "formats/samples/taobao"
COSMETICS = "data/taobao_1111_cosmetics/双十一淘宝美妆数据.csv"
FORMATS = {
    "ExportOrderList.csv": "taobao.orders",
    "ExportOrderDetailList.csv": "taobao.items",
    "orders_new_suborder.xlsx": "taobao.sub_orders",
    "refunds.xlsx": "taobao.refunds",
}


@pytest.mark.parametrize("is_backwards", [False, True])
def test_the_sample_reports_load_into_one_store(tmp_path: Path, shared: SharedFile, is_backwards: bool) -> None:
    names = list(FORMATS)[::-1] if is_backwards else list(FORMATS)
    with till_at(tmp_path) as till:
        reports = till.load_all([shared(f"{SAMPLES}/{name}") for name in names]).files
        orders = {row["order_id"][-1]: row for row in till.rows("order_header")}
        refunds = till.rows("refund", "order_id", "refunded_minor", "has_order")
        lines = till.column("order_line", "order_id")
        stores = till.column("store", "name")
        till.check()

    assert {report.file: report.format for report in reports} == FORMATS
    assert all(report.exit_code == 0 for report in reports)
    assert {report.file: classes(report)[0] for report in reports} == dict(zip(FORMATS, (5, 3, 1, 1), strict=True))
    assert stores == ["测试旗舰店"]
    assert [orders[key]["status"] for key in "12345"] == [
        *("completed", "shipped", "paid", "pending_payment", "closed_refunded")
    ]
    # Four orders were paid 179.00; the fifth of them was given all of it back.
    assert [orders[key]["paid_minor"] for key in "12345"] == [17900, 17900, 17900, 0, 17900]
    assert refunds == [{"order_id": "3300000000000000005", "refunded_minor": 17900, "has_order": True}]
    assert sorted(key[-1] for key in lines) == ["1", "2", "3"]


def test_the_cosmetics_file_is_read_without_loss_of_a_row(shared: SharedFile) -> None:
    with shared(COSMETICS).open("rb") as stream:
        [table] = open_tables(stream, "美妆.csv")
        batches = list(table.batches())

    assert table.encoding == "gb18030"
    assert sum(batch.columns.num_rows for batch in batches) == 27598
    assert not any(batch.problems for batch in batches)


def test_the_cosmetics_file_is_refused_as_orders_with_what_it_lacks(tmp_path: Path, shared: SharedFile) -> None:
    with till_at(tmp_path) as till:
        [report] = till.load_all([shared(COSMETICS)]).files

    refused = report.error
    assert isinstance(refused, UnknownFormatError)
    assert refused.exit_code == 2
    assert "sale_count" in str(refused)
    assert "order_id" in refused.what
    assert "created_at" in (report.draft_map or "")
