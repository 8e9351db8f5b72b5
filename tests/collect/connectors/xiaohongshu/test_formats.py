"""Xiaohongshu: packages, gifts, and a buyer's id."""

from __future__ import annotations

from tests.collect.loading.shops import Till, rules

from zhanggui.collect.connectors.xiaohongshu.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_72 = header_of(
    """
    订单号,订单状态,售后状态,订单类型,订单标记,收件人姓名,收件人电话,收件人地址,省,市,区,区域编码,小红书编码,
    条形码,规格ID,达人ID,达人名称,SKU名称,SKU规格,SKU件数,是否为赠品,发票/Invoice,商品总价(元),用户应付金额(元),
    平台优惠(元),店铺优惠(元),支付渠道优惠(元),SKU商家改价(元),商家应收金额(元)（支付金额）,支付方式,
    支付渠道订单号,支付期数,利息费用,手续费承担方,支付时间,sku净重(kg),包裹总净重(kg),包裹总运费(元),快递公司,
    快递单号,发货链接,大头笔/Paint Marker,集包地/Express Extend 1,三段码/Express Extend 2,
    订购人身份证姓名/ID Name,订购人身份证号/ID Number,收件人身份证姓名,收件人身份证号,订单创建时间,
    预售订单开始发货时间,预售订单截止发货时间,承诺发货时间,订单发货时间,订单完成时间,发货仓库,确认收货类型,
    是否延迟收货,用户备注,包裹备注标记,包裹备注信息,异常原因,店铺名称,用户编号,运费模版名称,物流方案名称,
    第三方机构订单号,国补模式,供应商id,供应商名称,商家编码,商品ID,商品名称
    """
)


def row(order_id: str, status: str = "待配货", **cells: str) -> dict[str, str]:
    return {
        "订单号": order_id,
        "订单状态": status,
        "售后状态": "无售后",
        "收件人姓名": "王小二",
        "收件人电话": "13800138000",
        "省": "浙江省",
        "市": "杭州市",
        "规格ID": "66f000000000000000000001",
        "SKU名称": "测试商品A",
        "SKU规格": "红色",
        "SKU件数": "1",
        "是否为赠品": "否",
        "商品总价(元)": "199",
        "用户应付金额(元)": "174",
        "平台优惠(元)": "5",
        "店铺优惠(元)": "20",
        "商家应收金额(元)（支付金额）": "179",
        "支付时间": "2026-09-01 10:01:05",
        "包裹总运费(元)": "8",
        "订单创建时间": "2026-09-01 10:00:00",
        "店铺名称": "测试店铺",
        "用户编号": "65a000000000000000000009",
        "商家编码": "SKU-A-RED",
        "商品ID": "66f000000000000000000000",
        "商品名称": "测试商品A",
    } | cells


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_72,
        (
            row("P800000000000000001"),
            row("P800000000000000002", "已完成", 订单完成时间="2026-09-09 10:00:00"),
            row("P800000000000000002", "已完成", 规格ID="66f000000000000000000002", 商家编码="SKU-B"),
            row("P800000000000000003", "已取消", 支付时间=""),
        ),
    )


def test_the_rows_of_an_order_add_up_and_its_freight_counts_once(till: Till) -> None:
    other = {"商家编码": "SKU-B", "商品ID": "66f000000000000000000007"}
    other |= {"商品总价(元)": "10", "用户应付金额(元)": "9.5", "商家应收金额(元)（支付金额）": "9.7"}
    till.taken("orders.csv", SampleFile(ORDERS_72, (row("P1"), row("P1", **other))).data())

    order = till.order("P1")
    assert [order[name] for name in ("created_minor", "paid_minor", "receivable_minor")] == [20900, 18350, 18870]
    assert (order["shipping_minor"], order["merchant_discount_minor"], order["n_lines"]) == (800, 4000, 2)


def test_two_packages_of_the_same_goods_are_two_lines(till: Till) -> None:
    found = till.taken(
        "orders.csv", SampleFile(ORDERS_72, (row("P1", 快递单号="SF1"), row("P1", 快递单号="SF2"))).data()
    )

    assert (till.order("P1")["n_lines"], till.order("P1")["paid_minor"]) == (2, 34800)
    assert "identical_lines" in rules(found)


def test_a_gift_is_a_line_of_its_own_kind(till: Till) -> None:
    gift = {"是否为赠品": "是", "商品总价(元)": "0", "用户应付金额(元)": "0", "商家应收金额(元)（支付金额）": "0"}
    till.taken("orders.csv", SampleFile(ORDERS_72, (row("P1"), row("P1", **gift))).data())

    assert sorted(till.column("order_line", "line_kind")) == ["gift", "product"]
    assert till.order("P1")["paid_minor"] == 17400


def test_the_buyer_is_known_by_a_keyed_token_and_the_store_by_its_name(till: Till) -> None:
    till.taken("orders.csv", SampleFile(ORDERS_72, (row("P1"), row("P2"))).data())

    [first, second] = till.column("order_header", "buyer_key")
    assert first == second
    assert "65a0" not in first
    assert till.column("store", "name") == ["测试店铺"]
