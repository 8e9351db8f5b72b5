"""Jushuitan: a second view of orders, which no figure of sales may read."""

from __future__ import annotations

from tests.collect.loading.forms import order, report
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.jushuitan.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_24 = header_of(
    """
    内部订单号,线上订单号,店铺名称,下单时间,应付金额,已付金额,状态,快递单号,订单类型,旗帜,平台站点,子订单编号,
    线上子订单编号,原始线上订单号,商品编码,商品名称,数量,商品单价,商品金额,原价,买家实付,收入运费,支出运费,成本价
    """
)


def row(number: str, order_id: str, status: str = "已发货", **cells: str) -> dict[str, str]:
    return {
        "内部订单号": number,
        "线上订单号": f'="{order_id}"',
        "店铺名称": "测试旗舰店",
        "下单时间": "2026-09-01 10:00:00",
        "应付金额": "179.00",
        "已付金额": "179.00",
        "状态": status,
        "平台站点": "淘宝",
        "子订单编号": f"{number}-1",
        "线上子订单编号": order_id,
        "原始线上订单号": order_id,
        "商品编码": "SKU-A-RED",
        "商品名称": "测试商品A",
        "数量": "1",
        "商品单价": "199.00",
        "商品金额": "199.00",
        "买家实付": "179.00",
        "成本价": "88.50",
    } | cells


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_24,
        (row("10001", "33001"), row("10002", "33005", "取消"), row("10002", "33005", "已取消", 子订单编号="10002-2")),
    )


class TestOrdersWithTheColumnsOfOneCompany(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        header_of("数量,商品编码,状态,下单时间,店铺名称,线上订单号,内部订单号,成本价"), (row("10001", "33001"),)
    )


def test_the_orders_of_an_erp_are_in_no_figure_of_orders(till: Till) -> None:
    till.taken("orders.csv", report(order("33001", 店铺名称="测试旗舰店")))
    before = till.contents()

    till.taken("erp.csv", SampleFile(ORDERS_24, (row("10001", "33001"), row("10009", "33009"))).data())

    assert till.contents() == before
    assert till.column("erp_order_line", "order_id") == ["33001", "33009"]


def test_an_erp_file_makes_no_store_of_its_own_whatever_comes_first(till: Till) -> None:
    till.taken("erp.csv", SampleFile(ORDERS_24, (row("10001", "33001"),)).data())
    till.taken("orders.csv", report(order("33001", 店铺名称="测试旗舰店")))

    assert sorted(till.column("store", "platform")) == ["company", "taobao"]


def test_both_ways_of_writing_cancelled_are_cancelled(till: Till) -> None:
    rows = (row("10001", "33001", "取消"), row("10002", "33002", "已取消"), row("10003", "33003", "没见过"))
    till.taken("erp.csv", SampleFile(ORDERS_24, rows).data())

    assert till.column("erp_order_line", "erp_status") == ["cancelled", "cancelled", "unknown"]


def test_a_later_export_of_an_order_takes_the_place_of_the_earlier(till: Till) -> None:
    till.taken("erp_20260901120000.csv", SampleFile(ORDERS_24, (row("10001", "33001", "没见过"),)).data())
    newer = till.taken("erp_20260902120000.csv", SampleFile(ORDERS_24, (row("10001", "33001"),)).data())

    assert classes(newer) == (1, 0, 0, 0, 0)
    assert till.rows("erp_order_line", "erp_status", "unit_cost_minor") == [
        {"erp_status": "shipped", "unit_cost_minor": 8850}
    ]
