"""The headers of reports, letter by letter as the platforms' own files have them."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import pytest

from zhanggui.simulate.exports import (
    douyin,
    douyin_ledger,
    jd,
    jd_bill,
    jd_reports,
    pinduoduo,
    pinduoduo_money,
    qianchuan,
)


@pytest.mark.parametrize(
    ("header", "n_columns", "checksum"),
    [
        (jd.ORDER_HEADER, 30, 0x4735334A),
        (jd_bill.HEADER, 20, 0xF40BED59),
        (jd_reports.PRODUCT_HEADER, 37, 0x30C3F993),
        (jd_reports.AD_HEADER, 7, 0xF79FB532),
        (pinduoduo.ORDER_HEADER, 27, 0xC6338C03),
        (pinduoduo.REFUND_HEADER, 7, 0x5494639B),
        (pinduoduo_money.BILL_HEADER, 7, 0x75360CAC),
        (pinduoduo_money.AD_HEADER, 26, 0xC4DC98D9),
        (douyin.ORDER_HEADER, 74, 0x2BC8C3EC),
        (douyin.CASE_HEADER, 50, 0x42965FE1),
        (douyin_ledger.HEADER, 39, 0xEBDC2F3E),
        (qianchuan.LIVE_HEADER, 15, 0x6C901734),
    ],
)
def test_a_header_is_that_of_the_platforms_file(header: Sequence[str], n_columns: int, checksum: int) -> None:
    assert (len(header), crc32(",".join(header).encode())) == (n_columns, checksum)
