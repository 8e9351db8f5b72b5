"""The settled bill of JD."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.jd.ledgers import SETTLED_BILL
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of(
    """
    商家ID,公司ID,公司名称,钱包账户,订单编号,业务单据编号,父单号,订单状态,下单时间,完成时间,商品编号,商品名称,商品单价,商品数量,
    结算时间,结算金额合计,收入金额合计,支出金额合计,商户订单号,资金动账备注
    """
)


def settled(order_id: str, total: str, income: str, expense: str, **cells: str) -> dict[str, str]:
    return {
        "钱包账户": "18900",
        "订单编号": order_id,
        "业务单据编号": order_id,
        "下单时间": "2026-08-06 15:43:37",
        "商品编号": "100012345678",
        "商品名称": "茶",
        "结算时间": "2026-08-20 12:41:09",
        "结算金额合计": total,
        "收入金额合计": income,
        "支出金额合计": expense,
        "商户订单号": "202600001",
        "资金动账备注": "2026年8月19日商家结算款",
    } | cells


class TestSettledBill(FormatSuite):
    layout = SETTLED_BILL
    sample = SampleFile(
        HEADER,
        (settled("358000001963", "170.05", "179.00", "-8.95"), settled("358000001964", "-9.00", "0", "-9.00")),
        titles=(("结算账单明细",),),
    )


def test_a_row_is_what_came_in_less_what_was_kept(till: Till) -> None:
    rows = (settled("1", "170.05", "179.00", "-8.95"), settled("2", "-9.00", "0.00", "-9.00"))

    found = till.taken("a.csv", SampleFile(HEADER, rows, titles=(("结算账单明细",),)).data())

    entries = till.rows("settlement_entry", "order_id", "amount_minor", "goods_minor", "other_fee_minor")
    assert [tuple(row.values()) for row in entries] == [("1", 17005, 17900, -895), ("2", -900, 0, -900)]
    assert all(row["amount_minor"] == row["goods_minor"] + row["other_fee_minor"] for row in entries)
    assert classes(found) == (2, 0, 0, 0, 0)
