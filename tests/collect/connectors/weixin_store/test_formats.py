"""WeChat shop: totals that stand on every row of an order, and refunds that stand on one."""

from __future__ import annotations

from tests.collect.loading.shops import Till

from zhanggui.collect.connectors.weixin_store.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_57 = header_of(
    """
    订单号,订单下单时间,订单发货时间,订单确认收货时间,订单完成结算时间,订单状态,发货方式,收件人姓名,收件人地址,
    省,市,区,收件人手机,买家备注,商家备注,打标颜色,商品总价,订单实际支付金额,订单实际收款金额,订单运费,商品优惠,
    跨店优惠,商品改价,积分抵扣,支付方式,支付时间,交易单号,物流公司,快递单号,技术服务费,
    技术服务费（将以人气卡形式返还）,运费险预计投保费用,带货方式,带货账号类型,带货账号昵称,带货费用渠道,
    带货费用类型,带货费用,带货佣金率,礼物单号,商品名称,商品编码(平台),商品编码(自定义),SKU编码(自定义),商品属性,
    商品价格(单件),商品实际价格(单件),商品实际价格(总共),是否预售,商品数量,商品平台券优惠,商品平均运费,定制信息,
    定制预览图,商品发货,商品售后,商品已退款金额
    """
)


def row(order_id: str, status: str = "待发货", **cells: str) -> dict[str, str]:
    """Return a line of an order of 300.00, paid with 270.00: 20.00 off its goods, 7.00 across shops, 3.00 points."""
    return {
        "订单号": order_id,
        "订单下单时间": "2026-09-01 10:00:00",
        "订单状态": status,
        "收件人姓名": "王小二",
        "收件人手机": "13800138000",
        "省": "浙江省",
        "商品总价": "300.00",
        "订单实际支付金额": "270.00",
        "订单实际收款金额": "280.00",
        "订单运费": "0.00",
        "商品优惠": "20.00",
        "跨店优惠": "7.00",
        "积分抵扣": "3.00",
        "支付时间": "2026-09-01 10:01:05",
        "带货账号昵称": "茶馆",
        "商品名称": "测试商品A",
        "商品编码(平台)": "10001",
        "SKU编码(自定义)": "SKU-A-RED",
        "商品价格(单件)": "200.00",
        "商品数量": "1",
        "商品平台券优惠": "4.00",
        "商品已退款金额": "0.00",
    } | cells


OTHER = {"商品编码(平台)": "10002", "商品价格(单件)": "50.00", "商品数量": "2", "商品平台券优惠": ""}


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_57,
        (
            row("3700000000000000001"),
            row("3700000000000000001", **OTHER),
            row("3700000000000000002", "待付款", 支付时间=""),
            row("3700000000000000003", "已完成", 订单完成结算时间="2026-09-19 10:00:00"),
        ),
    )


def test_totals_that_stand_on_each_line_are_counted_once_and_shared(till: Till) -> None:
    till.taken("orders.csv", SampleFile(ORDERS_57, (row("1"), row("1", **OTHER))).data())

    order = till.order("1")
    lines = till.rows("order_line", "product_id", "paid_minor", "receivable_minor", "merchant_discount_minor")
    assert [order[name] for name in ("created_minor", "paid_minor", "receivable_minor")] == [30000, 27000, 28000]
    # 200.00 and 100.00 of 300.00: two thirds and one third; 28000 x 2/3 = 18666.67, the fen goes to the larger rest.
    assert [tuple(line.values()) for line in lines] == [("10001", 18000, 18667, 1333), ("10002", 9000, 9333, 667)]


def test_a_discount_that_nobody_is_said_to_bear_stays_without_a_bearer(till: Till) -> None:
    till.taken("orders.csv", SampleFile(ORDERS_57, (row("1"), row("1", **OTHER))).data())

    order = till.order("1")
    bearers = ("merchant", "platform", "creator", "payment")
    # 20.00 + 7.00 + 3.00 off in all; the 4.00 of the platform's coupon are the first line's own.
    assert order["discount_minor"] == 3000
    assert [order[f"{who}_discount_minor"] for who in bearers] == [2000, 400, None, 300]


def test_a_refund_of_one_line_is_a_refund_of_that_line(till: Till) -> None:
    till.taken("orders.csv", SampleFile(ORDERS_57, (row("1"), row("1", **OTHER | {"商品已退款金额": "30.00"}))).data())

    [refund] = till.rows("refund")
    [line] = till.rows("order_line", product_id="10002")
    assert (refund["basis"], refund["refunded_minor"], refund["line_key"]) == ("line", 3000, line["line_key"])
    assert till.order("1")["refunded_minor"] == 3000
