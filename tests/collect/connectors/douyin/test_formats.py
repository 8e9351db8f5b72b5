"""Douyin shop: sub-orders with amounts of their own, and refunds on an axis of their own."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.douyin.formats import AFTER_SALES, ORDERS, ORDERS_GOODS_AMOUNT
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_74 = header_of(
    """
    主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,
    平台优惠,商家优惠,达人优惠,商家改价,支付优惠,红包抵扣,支付方式,手续费,收件人,收件人手机号,省,市,区,街道,
    详细地址,是否修改过地址,地址修改时段,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间,
    APP渠道,流量来源,订单状态,承诺发货时间,订单类型,鲁班落地页ID,达人ID,达人昵称,所属门店ID,售后状态,取消原因,
    预约发货时间,仓库ID,仓库名称,序列号,是否安心购,广告渠道,流量类型,流量体裁,流量渠道,发货主体,发货主体明细,
    发货时间,降价类优惠,平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额,预计送达时间,
    是否平台仓自流转,车型,商品69码,发货SN码,发货IMEI码1,发货IMEI码2,预约送达时间,建议发货时间（起）,
    建议发货时间（止）,物流SN码,物流IMEI码1,物流IMEI码2
    """
)
CASES_50 = header_of(
    """
    售后单号,订单号,商品单号,商品名称,商品ID,应付金额（元）,商品运费（元）,支付优惠（元）,商品税费（元）,
    商品发货状态,售后类型,退商品金额（元）,退运费金额（元）,退支付优惠（元）,退税费金额（元）,售后状态,
    售后申请时间,退款方式,是否已上传退款凭证,售后原因,售后原因标签,退货物流单号,退货异常,退货发货时间,
    退货物流公司,自动处理截止时间,同意售后申请时间,商家退款时间,用户到账时间,售后关闭时间,商家退货地址,
    商家退货联系人姓名,商家退货联系人电话,仲裁状态,纠纷责任方,是否极速退款,是否拒签后退款,发货物流单号,
    发货物流状态,换货物流单号,退货物流状态,售后完结时间,订单备注,用户售后说明,售后备注,操作人,协商记录,
    换货商品信息,商家编码,门店名称
    """
)
_DROPPED = {"商品规格", "商品单价", "地址修改时段", "商品69码"}
ORDERS_75 = (
    *(name for name in ORDERS_74 if name not in _DROPPED and not name.endswith(("码1", "码2", "SN码"))),
    *header_of("货号,商品金额,快递信息,拼团订单团编号,商品单价是否含税,税费,教育优惠,是否是渠道商品"),
)


def row(
    order_id: str, line_id: str | None = None, status: str = "已发货", after_sale: str = "-", **cells: str
) -> dict[str, str]:
    """Return a sub-order of 199.00: 25.00 borne by the shop, 21.00 by the platform, 3.00 by the creator."""
    return {
        "主订单编号": f"\t{order_id}",
        "子订单编号": f"\t{line_id or order_id}",
        "选购商品": "\t测试商品A",
        "商品规格": "\t红色",
        "商品数量": "1",
        "商品ID": "\t3500000000000000001",
        "商家编码": "\tSKU-A-RED",
        "商品单价": "199.00",
        "商品金额": "199.00",
        "订单应付金额": "150.00",
        "运费": "0.00",
        "支付优惠": "2.00",
        "收件人": "##密文",
        "收件人手机号": "$$密文",
        "详细地址": "##密文",
        "省": "浙江省",
        "市": "杭州市",
        "订单提交时间": "2026-09-22 00:54:10",
        "支付完成时间": "-" if status == "待支付" else "2026-09-22 00:54:20",
        "订单完成时间": "-",
        "发货时间": "-",
        "订单状态": status,
        "售后状态": after_sale,
        "达人ID": "\t0",
        "流量体裁": "商品卡",
        "平台实际承担优惠金额": "21.00",
        "商家实际承担优惠金额": "25.00",
        "达人实际承担优惠金额": "3.00",
    } | cells


def case(number: str, order_id: str, line_id: str, goods: str, **cells: str) -> dict[str, str]:
    return {
        "售后单号": f"\t{number}",
        "订单号": f"\t{order_id}",
        "商品单号": f"\t{line_id}",
        "商品名称": "测试商品A",
        "商品发货状态": "已发货",
        "售后类型": "退货退款",
        "退商品金额（元）": goods,
        "退运费金额（元）": "0.00",
        "售后状态": "同意退款，退款成功",
        "售后申请时间": "2026-09-25 10:00:00",
        "商家退款时间": "2026-09-26 10:00:00",
    } | cells


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_74,
        (
            row("6917926768823643701", status="待支付"),
            row("6917926768823643702", status="待发货"),
            row("6917926768823643703", status="备货中"),
            row("6917926768823643704", status="已完成", after_sale="退款成功"),
            row("6917926768823643705", status="已关闭", 取消原因="超时未支付", 支付完成时间="-"),
            row("6917926768823643706", "6917926768823643707", after_sale="售后关闭"),
            row("6917926768823643706", "6917926768823643708"),
        ),
        name="1791430000_new.csv",
    )


class TestOrdersWithGoodsAmount(FormatSuite):
    layout = ORDERS_GOODS_AMOUNT
    sample = SampleFile(ORDERS_75, (row("1", 货号="A-1"), row("2", "3"), row("2", "4")))


class TestAfterSales(FormatSuite):
    layout = AFTER_SALES
    sample = SampleFile(
        CASES_50,
        (
            case("14001", "1", "1", "150.00"),
            case("14002", "2", "3", "0.00", 售后状态="售后关闭"),
            case("14003", "2", "4", "0.00", 售后状态="换货成功", 售后类型="换货"),
        ),
    )


def orders(*rows: dict[str, str]) -> bytes:
    return SampleFile(ORDERS_74, rows).data()


def test_the_amounts_of_sub_orders_add_up_to_their_order(till: Till) -> None:
    till.taken("orders.csv", orders(row("1", "2"), row("1", "3", 商品单价="50.00", 订单应付金额="11.10", 运费="1.10")))

    order, lines = (
        till.order("1"),
        till.rows("order_line", "line_key", "paid_minor", "receivable_minor", "shipping_minor"),
    )
    # Receivable of a line = payable + 21.00 of the platform + 3.00 of the creator: 174.00 and 35.10.
    assert [order[name] for name in ("created_minor", "paid_minor", "receivable_minor", "shipping_minor")] == [
        *(24900, 16110, 20910, 110)
    ]
    assert [order[f"{who}_discount_minor"] for who in ("merchant", "platform", "creator", "payment")] == [
        *(5000, 4200, 600, 400)
    ]
    assert [tuple(line.values()) for line in lines] == [("2", 15000, 17400, 0), ("3", 1110, 3510, 110)]


def test_a_refund_leaves_the_order_completed_and_stands_on_the_second_axis(till: Till) -> None:
    till.taken("orders.csv", orders(row("1", status="已完成", after_sale="退款成功")))

    [line] = till.rows("order_line", "line_status_raw", "refund_status")
    assert (till.order("1")["status"], till.order("1")["refunded_minor"]) == ("completed", 15000)
    assert line == {"line_status_raw": "已完成", "refund_status": "succeeded"}


def test_a_case_takes_the_place_of_the_estimate_of_its_own_sub_order_only(till: Till) -> None:
    both = {"status": "已完成", "after_sale": "退款成功"}
    till.taken("orders.csv", orders(row("1", "2", **both), row("1", "3", **both)))
    estimated = till.order("1")["refunded_minor"]
    cases = SampleFile(CASES_50, (case("14001", "1", "2", "40.00", **{"退运费金额（元）": "0.50"}),))

    till.taken("cases.csv", cases.data())

    assert estimated == 30000
    assert [(row["basis"], row["line_key"], row["refunded_minor"]) for row in till.rows("refund")] == [
        ("case", "2", 4050),
        ("estimated", "3", 15000),
    ]
    assert till.order("1")["refunded_minor"] == 19050


def test_a_case_of_goods_for_goods_needs_no_amount_and_one_of_money_does(till: Till) -> None:
    empty = {"退运费金额（元）": ""}
    rows = (
        case("1", "1", "1", "", 售后状态="换货成功", 售后类型="换货", **empty),
        case("2", "1", "1", "", 售后状态="售后关闭", **empty),
        case("3", "1", "1", "", **empty),
    )

    found = till.taken("cases.csv", SampleFile(CASES_50, rows).data())

    assert classes(found) == (2, 0, 0, 1, 0)
    assert [(row["status"], row["refunded_minor"]) for row in till.rows("refund")] == [("succeeded", 0), ("closed", 0)]


def test_an_order_closed_for_want_of_payment_was_not_paid_whatever_its_paid_time_says(till: Till) -> None:
    till.taken(
        "orders.csv",
        orders(row("1", status="已关闭", 取消原因="超时未支付"), row("2", status="已关闭", after_sale="退款成功")),
    )

    found = [(order["status"], order["paid_minor"], order["refunded_minor"]) for order in till.rows("order_header")]
    assert found == [("closed_unpaid", 0, 0), ("closed_refunded", 15000, 15000)]


def test_no_creator_is_no_creator_and_ciphertext_is_not_kept(till: Till) -> None:
    till.taken("orders.csv", orders(row("1"), row("2", 达人ID="\t88001")))

    assert [till.order(key)["creator_id"] for key in "12"] == [None, "88001"]
    assert till.rows("party_pii") == []
    assert till.column("order_header", "buyer_key") == [None, None]


def test_the_export_time_in_the_name_decides_which_file_is_newer(till: Till) -> None:
    till.taken("1791430000_new.csv", orders(row("1", status="已完成")))
    older = till.taken("1791400000_new.csv", orders(row("1", status="待发货")))

    assert classes(older) == (0, 0, 1, 0, 0)
    assert till.order("1")["status"] == "completed"
