"""Kuaishou shop: one SKU per order, and what the merchant is due."""

from __future__ import annotations

from tests.collect.loading.shops import Till, rules

from zhanggui.collect.connectors.kuaishou.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_61 = header_of(
    """
    订单号,赠品订单号,活动订单编号,订单创建时间,订单支付时间,预售定金支付时间,订单状态,实付款,快递费,店铺优惠,
    平台补贴,主播补贴,混资活动优惠,支付优惠,支付方式,成交数量,买家留言,账号类型,账号明细,订单备注,旗帜颜色,
    售后状态,活动订单,预售/承诺发货时间,订单载体,商品名称,商品ID,商品规格,SKU编码,商品单价,渠道,CPS达人ID,
    CPS达人昵称,预估推广佣金,预估推广者分佣比例,团长ID,团长昵称,快赚客ID,快赚客昵称,授权推广者ID,授权推广者昵称,
    收货人姓名,收货人电话,收货地址-省,收货地址-市,收货地址-区,收货地址-街道,收货地址,发货时间,快递公司,快递单号,
    物流信息,集运类型,直邮类型,仓库名称,仓库地址,实名姓名,服务门店ID,服务门店名称,服务门店地址,
    国补/类国补/消费券
    """
)


def row(order_id: str, status: str = "交易成功", **cells: str) -> dict[str, str]:
    return {
        "订单号": order_id,
        "订单创建时间": "2026-09-01 10:00:00",
        "订单支付时间": "2026-09-01 10:01:05",
        "订单状态": status,
        "实付款": "170.00",
        "快递费": "0.00",
        "店铺优惠": "20.00",
        "平台补贴": "6.00",
        "主播补贴": "3.00",
        "成交数量": "1",
        "商品名称": "测试商品A",
        "商品ID": "21000000000001",
        "商品规格": "红色",
        "SKU编码": "SKU-A-RED",
        "商品单价": "199.00",
        "CPS达人ID": "88001",
        "收货人姓名": "王小二",
        "收货人电话": "13800138000",
        "收货地址-省": "浙江省",
    } | cells


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(ORDERS_61, (row("2612300000000001"), row("2612300000000002", "已发货", 平台补贴="")))


def test_the_merchant_is_due_what_the_buyer_pays_and_what_platform_and_creator_bear(till: Till) -> None:
    till.taken("orders.csv", SampleFile(ORDERS_61, (row("1"), row("2", 平台补贴="", 主播补贴=""))).data())

    # 170.00 + 6.00 + 3.00; without either it is the payment alone.
    assert [till.order(key)["receivable_minor"] for key in "12"] == [17900, 17000]
    assert [till.order("1")[f"{who}_discount_minor"] for who in ("merchant", "platform", "creator")] == [2000, 600, 300]
    assert till.order("1")["creator_id"] == "88001"


def test_a_word_that_nobody_attests_is_unknown_and_leaves_the_order_out_of_paid_figures(till: Till) -> None:
    found = till.taken("orders.csv", SampleFile(ORDERS_61, (row("1", "交易关闭"), row("2", 售后状态="退款中"))).data())

    assert "unknown_status" in rules(found)
    assert [till.order(key)["is_paid"] for key in "12"] == [None, True]
    assert till.column("order_line", "refund_status", order_id="2") == ["unknown"]
