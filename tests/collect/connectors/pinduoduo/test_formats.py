"""Pinduoduo: two words in one status, and refunds whose amount another file knows."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, till_at

from zhanggui.collect.connectors.pinduoduo.formats import ORDERS, REFUNDS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_27 = header_of(
    """
    商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),
    用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,
    商家编码-规格维度,商家编码-商品维度,商家备注,售后状态,快递单号,快递公司,订单成交时间,是否分期,分期期数,
    手续费承担方,分期方式
    """
)
ORDERS_WIDE = (
    *(name for name in ORDERS_27 if name != "快递公司"),
    *header_of("支付时间,商品三级类目,订单来源,省,市,区,是否直播间成交,赠品名称,团ID,用户购买手机号"),
)
CASES = header_of("售后编号,订单编号,交易金额,售后状态,退款类型,退款金额,申请时间,商品名称")


def row(order_id: str, status: str = "待发货", after_sale: str = "无售后或售后取消", **cells: str) -> dict[str, str]:
    """Return an order of 199.00 with 20.00 off from the shop, 5.00 from the platform, 1.00 for the way of paying."""
    return {
        "商品": "测试商品A",
        "订单号": order_id,
        "订单状态": status,
        "商品总价(元)": "199.00\t",
        "邮费(元)": "3.00\t",
        "店铺优惠折扣(元)": "20.00\t",
        "平台优惠折扣(元)": "5.00\t",
        "多多支付立减金额(元)": "1.00\t",
        "用户实付金额(元)": "176.00\t",
        "商家实收金额(元)": "182.00\t",
        "商品数量(件)": "2\t",
        "商品id": "700000000001\t",
        "商品规格": "红色,M",
        "商家编码-规格维度": "SKU-A-RED\t",
        "售后状态": after_sale,
        "快递单号": "\t",
        "订单成交时间": "2026/9/1 10:01\t",
    } | cells


def case(number: str, order_id: str, amount: str, status: str = "退款成功") -> dict[str, str]:
    return {
        "售后编号": number,
        "订单编号": order_id,
        "交易金额": "176.00",
        "售后状态": status,
        "退款类型": "仅退款",
        "退款金额": amount,
        "申请时间": "2026-09-03 09:00:00",
    }


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_27,
        (
            row("260901-1"),
            row("260901-2", "已发货，待收货", 发货时间="2026-09-02 08:00:00\t"),
            row("260901-3", "已收货", 确认收货时间="2026-09-09 08:00:00\t"),
            row("260901-4", "未发货，退款成功", "退款成功"),
            row("260901-5", "已签收", "售后处理中"),
            row("260901-6", "已取消，退款成功", "退款成功"),
            row("260901-7", "未成交，退款成功", "退款成功"),
        ),
    )


class TestWideOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(ORDERS_WIDE, (row("260901-1", 支付时间="2026-09-01 10:00:30", 省="浙江省", 订单来源="APP"),))


class TestRefunds(FormatSuite):
    layout = REFUNDS
    sample = SampleFile(CASES, (case("A1", "260901-4", "176.00"), case("A2", "260901-5", "10.00", "已撤销")))


def orders(*rows: dict[str, str]) -> bytes:
    return SampleFile(ORDERS_27, rows).data()


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("待发货", "paid"),
        ("已发货，待收货", "shipped"),
        ("已收货", "delivered"),
        ("已签收", "delivered"),
        ("已取消", "closed_unpaid"),
        ("已取消，退款成功", "closed_refunded"),
        ("未成交，退款成功", "closed_refunded"),
        ("未发货，退款成功", "closed_refunded"),
        ("已发货，退款成功", "closed_refunded"),
        ("已签收，退款成功", "closed_refunded"),
        ("已收货，退款成功", "closed_refunded"),
        ("已发货，退款中", "shipped"),
        ("没见过，退款成功", "unknown"),
        ("退款成功", "unknown"),
    ],
)
def test_a_status_of_two_words_is_split_at_the_comma(word: str, status: str) -> None:
    import pyarrow as pa

    from zhanggui.collect.loading.status import StatusWords

    words = StatusWords(ORDERS.status_words, ORDERS.refund_words)

    assert words.translated(pa.array([word]), None).status.to_pylist() == [status]


def test_the_end_of_the_status_word_tells_of_a_refund_that_the_other_column_forgot(till: Till) -> None:
    till.taken(
        "orders.csv", orders(row("1", "已发货，退款成功", "无售后或售后取消"), row("2", "已发货，退款中", "退款中"))
    )

    assert till.rows("order_line", "order_id", "refund_status") == [
        {"order_id": "1", "refund_status": "succeeded"},
        {"order_id": "2", "refund_status": "processing"},
    ]


def test_who_bears_a_discount_and_what_the_merchant_is_due_stand_on_order_and_line(till: Till) -> None:
    till.taken("orders.csv", orders(row("1")))

    wanted = {
        "created_minor": 19900,
        "paid_minor": 17600,
        "shipping_minor": 300,
        "merchant_discount_minor": 2000,
        "platform_discount_minor": 600,  # 5.00 off and 1.00 for the way of paying
        "receivable_minor": 18200,
    }
    [line] = till.rows("order_line")
    assert {name: till.order("1")[name] for name in wanted} == wanted
    assert {name: line[name] for name in wanted} == wanted


def test_the_refund_file_takes_the_place_of_an_estimate_in_every_order_of_loading(tmp_path: Path) -> None:
    # Order 1: 50.00 of 176.00 went back. Order 2: the order file alone tells. Order 3: its only case was closed.
    done = [row(key, "已发货，退款成功", "退款成功") for key in "123"]
    files = {
        "orders.csv": orders(*done),
        "cases.csv": SampleFile(CASES, (case("A1", "1", "50.00"), case("A3", "3", "9.00", "已撤销"))).data(),
    }
    found = []
    for number, names in enumerate(permutations(files)):
        with till_at(tmp_path / str(number)) as till:
            for name in names:
                till.taken(name, files[name])
            till.check()
            found.append(till.contents())

    assert found[0] == found[1]
    assert sorted((r["order_id"], r["basis"], r["refunded_minor"]) for r in found[0]["refund"]) == [
        ("1", "case", 5000),
        ("2", "estimated", 17600),
        ("3", "case", 0),
        ("3", "estimated", 17600),
    ]
    assert [order["refunded_minor"] for order in found[0]["order_header"]] == [5000, 17600, 17600]


def test_the_wide_form_speaks_of_the_same_orders(till: Till) -> None:
    till.taken("orders_20260902120000.csv", orders(row("1", 发货时间="")))
    wide = SampleFile(
        ORDERS_WIDE, (row("1", "已发货，待收货", 支付时间="2026-09-01 09:59:00", 省="浙江省", 市="杭州市"),)
    )

    till.taken("wide_20260903120000.csv", wide.data())

    order = till.order("1")
    assert (order["status"], order["province"], order["n_lines"], order["paid_minor"]) == ("shipped", "浙江", 1, 17600)


def test_people_are_not_known(till: Till) -> None:
    till.taken("orders.csv", orders(row("1")))

    assert till.column("order_header", "buyer_key") == [None]
    assert till.rows("customer") == []
