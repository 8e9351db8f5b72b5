"""Wangdiantong: merged parcels repeat their number, one row per platform order."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.wangdiantong.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_32 = header_of(
    """
    订单编号,店铺,订单来源,仓库,子单原始单号,订单状态,订单类型,货到付款,订单退款状态,交易时间,付款时间,客户网名,
    收件人,收货地区,收货地址,收件人手机,分销商,来源组合装编号,收件人电话,邮编,区域,物流公司,物流单号,买家留言,
    客服备注,打印备注,订单支付金额,邮费,订单总优惠,应收金额,款到发货金额,货到付款金额
    """
)


def row(number: str, order_id: str, **cells: str) -> dict[str, str]:
    return {
        "订单编号": number,
        "店铺": "抖音店",
        "子单原始单号": order_id,
        "订单状态": "已完成",
        "交易时间": "2026-09-05 10:00:00",
        "付款时间": "2026-09-05 10:00:05",
        "收件人": "王小二",
        "收件人手机": "13800138000",
        "订单支付金额": "19.80",
        "应收金额": "35.70",
    } | cells


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(ORDERS_32, (row("JY0001", "69301"), row("JY0001", "69302"), row("JY0002", "69303")))


def test_a_merged_parcel_keeps_a_row_for_each_of_its_orders(till: Till) -> None:
    found = till.taken("erp.csv", SampleFile(ORDERS_32, (row("JY0001", "69301"), row("JY0001", "69302"))).data())

    assert classes(found) == (2, 0, 0, 0, 0)
    assert till.rows("erp_order_line", "order_id", "erp_payable_minor", "erp_paid_minor") == [
        {"order_id": "69301", "erp_payable_minor": 3570, "erp_paid_minor": 1980},
        {"order_id": "69302", "erp_payable_minor": 3570, "erp_paid_minor": 1980},
    ]
    assert till.rows("order_header") == []
