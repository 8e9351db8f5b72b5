"""Taobao's and Tmall's formats keep the contract of formats."""

from __future__ import annotations

from tests.collect.loading.forms import (
    CLOSED,
    FIFTY_FOUR,
    ITEMS,
    PAID,
    REFUNDS,
    SEVEN,
    SHIPPED,
    SIXTY_ONE,
    SUB_ORDERS,
    item,
    order,
    refund,
    sub_order,
    unpaid,
)

from zhanggui.collect.connectors.taobao import formats
from zhanggui.testing import FormatSuite, SampleFile

_ORDERS = (
    order("1", 买家会员名="tb_1", 联系手机="13800138000"),
    order("2", 订单状态=PAID),
    order("3", 订单状态=SHIPPED, 退款金额="10.00"),
    order("4", 订单状态=CLOSED, 退款金额="100.00"),
    unpaid("5"),
)


class TestOrders(FormatSuite):
    layout = formats.ORDERS
    sample = SampleFile(SIXTY_ONE, _ORDERS, encoding="gb18030")


class TestOlderOrders(FormatSuite):
    layout = formats.ORDERS
    sample = SampleFile(FIFTY_FOUR, _ORDERS, encoding="gb18030")


class TestOrdersOfSevenColumns(FormatSuite):
    layout = formats.ORDERS_PUBLIC
    sample = SampleFile(SEVEN, (order("1"), order("2", 买家实际支付金额="60.00", 退款金额="40.00")), encoding="gb18030")


class TestItems(FormatSuite):
    layout = formats.ITEMS
    sample = SampleFile(
        (*ITEMS, "创建时间"), tuple(item(key, 创建时间="2026-09-01 10:00:00") for key in "112"), encoding="gb18030"
    )


class TestSubOrders(FormatSuite):
    layout = formats.SUB_ORDERS
    sample = SampleFile(SUB_ORDERS, (sub_order("1", "11"), sub_order("1", "12"), sub_order("2", "21", 订单状态=PAID)))


class TestRefunds(FormatSuite):
    layout = formats.REFUNDS
    sample = SampleFile(REFUNDS, (refund("r1", "1", "30.00"), refund("r2", "2", "5.00", 退款状态="退款关闭")))
