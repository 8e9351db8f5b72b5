"""The money ledger of Pinduoduo: lines above the header, expenses as negative numbers."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.pinduoduo.ledgers import BILL
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of("商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注,业务描述")
ORDER = "260901-400000000000001"
ABOVE = (
    ("#拼多多账务明细",),
    ("#商户名称：[测试店铺]",),
    ("#起始日期：[2026-09-01] 终止日期：[2026-09-30]",),
    ("#-----",),
)


def entry(income: str, expense: str, what: str, **cells: str) -> dict[str, str]:
    return {
        "商户订单号": ORDER,
        "发生时间": "2026-09-10 10:16:00",
        "收入金额（+元）": income,
        "支出金额（-元）": expense,
        "账务类型": what,
    } | cells


class TestBill(FormatSuite):
    layout = BILL
    sample = SampleFile(
        HEADER,
        (entry("179.00", "0.00", "交易收入"), entry("0.00", "-1.07", "技术服务费"), entry("0.00", "-500", "提现")),
        titles=ABOVE,
    )


def test_what_is_paid_counts_against_the_shop(till: Till) -> None:
    rows = (entry("179.00", "0.00", "交易收入"), entry("0.00", "-1.07", "技术服务费"), entry("", "-20.00", "退款"))

    found = till.taken("a.csv", SampleFile(HEADER, rows, titles=ABOVE).data())

    entries = till.rows("settlement_entry", "category", "amount_minor", "order_id")
    assert [tuple(row.values()) for row in entries] == [
        ("goods", 17900, ORDER),
        ("refund", -2000, ORDER),
        ("service_fee", -107, ORDER),
    ]
    # 179.00 - 1.07 - 20.00.
    assert str(found.ledger_total) == "157.93"
    assert classes(found) == (3, 0, 0, 0, 0)
