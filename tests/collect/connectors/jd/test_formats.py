"""JD: totals that stand on every row of an order, cancelled orders, and services."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.jd.formats import AFTER_SALES, ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ORDERS_30 = header_of(
    """
    订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,
    订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,
    商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道
    """
)
SERVICES = header_of("服务单号,订单号,商品编号,商品名称,退款金额,客户期望,一级申请原因,商家首次处理时间,审核时间")
GROUPS = ("申请信息", "", "商品信息", "", "处理信息", "", "", "", "")


def row(order_id: str, **cells: str) -> dict[str, str]:
    """Return a paid order of one product at 100.00, written as JD writes ids."""
    return {
        "订单号": f"'{order_id}\t",
        "商品ID": "'100012345678\t",
        "商品名称": "茶",
        "订购数量": "1",
        "下单时间": "2026-09-01 10:00:00",
        "京东价": "100.00",
        "订单金额": "100.00",
        "结算金额": "100.00",
        "应付金额": "90.00",
        "运费金额": "0.00",
        "订单状态": "等待出库",
        "下单帐号": "jd_****",
        "客户姓名": "王小二",
        "联系电话": "13800138000",
        "付款确认时间": "2026-09-01 10:01:00",
        "货号": "ITEM-1",
    } | cells


def service(number: str, order_id: str, amount: str, **cells: str) -> dict[str, str]:
    return {
        "服务单号": number,
        "订单号": order_id,
        "商品名称": "茶",
        "退款金额": amount,
        "客户期望": "退货",
        "商家首次处理时间": "2026-09-05 10:00:00",
    } | cells


def orders(*rows: dict[str, str]) -> bytes:
    return SampleFile(ORDERS_30, rows, encoding="gb18030").data()


def services(*rows: dict[str, str]) -> bytes:
    return SampleFile(SERVICES, rows, titles=(GROUPS,)).data()


class TestOrders(FormatSuite):
    layout = ORDERS
    sample = SampleFile(
        ORDERS_30,
        (
            row("300000000001"),
            row("300000000002", 订单状态="等待确认收货"),
            row("300000000003", 订单状态="完成", 订单完成时间="2026-09-09 08:00:00"),
            row("300000000004", 订单状态="(删除)等待出库"),
            row("300000000005", 订单状态="等待付款", 付款确认时间=""),
            row("300000000006", 订单状态="（锁定）等待出库"),
        ),
        encoding="gb18030",
    )


class TestAfterSales(FormatSuite):
    layout = AFTER_SALES
    sample = SampleFile(
        SERVICES, (service("S1", "300000000001", "90.00"), service("S2", "300000000002", "")), titles=(GROUPS,)
    )


def test_totals_that_stand_on_each_line_are_counted_once_and_shared(till: Till) -> None:
    totals = {"订单金额": "150.00", "应付金额": "100.01", "结算金额": "140.00", "运费金额": "6.00"}
    second = row("1", **totals) | {"商品ID": "2", "商品名称": "杯", "京东价": "25.00", "订购数量": "2"}

    till.taken("orders.csv", orders(row("1", **totals), second))

    order = till.order("1")
    lines = till.rows(
        "order_line", "product_title", "created_minor", "paid_minor", "receivable_minor", "shipping_minor"
    )
    assert [order[name] for name in ("created_minor", "paid_minor", "receivable_minor", "shipping_minor")] == [
        *(15000, 10001, 14000, 600)
    ]
    # Tea is 100.00 of 150.00, cups 2 x 25.00: 10001 x 2/3 = 6667.33 and 3333.67, the fen goes to the larger rest.
    assert sorted(tuple(line.values()) for line in lines) == [
        ("杯", 5000, 3334, 4667, 200),
        ("茶", 10000, 6667, 9333, 400),
    ]


def test_a_paid_order_that_was_cancelled_counts_as_refunded_until_a_service_says_better(till: Till) -> None:
    cancelled = till.taken(
        "orders.csv", orders(row("1", 订单状态="(删除)等待出库"), row("2", 订单状态="(删除)等待付款", 付款确认时间=""))
    )
    before = till.rows("refund", "basis", "order_id", "refunded_minor")
    till.taken("services.csv", services(service("S1", "1", "30.00")))

    assert [till.order(key)["status"] for key in "12"] == ["closed_refunded", "closed_unpaid"]
    assert before == [{"basis": "estimated", "order_id": "1", "refunded_minor": 9000}]
    [issue] = [issue for issue in cancelled.issues if issue.rule == "refund_estimated"]
    assert (issue.n_rows, str(issue.money)) == (1, "90.00")
    assert till.rows("refund", "basis", "refunded_minor") == [{"basis": "case", "refunded_minor": 3000}]
    assert till.order("1")["refunded_minor"] == 3000


def test_a_service_without_an_amount_is_asked_for_and_gives_nothing_back(till: Till) -> None:
    found = till.taken("services.csv", services(service("S1", "1", ""), service("S2", "2", "5.00", 客户期望="换货")))

    assert classes(found) == (2, 0, 0, 0, 0)
    assert [(row["status"], row["refund_type"], row["refunded_minor"]) for row in till.rows("refund")] == [
        ("requested", "return_and_refund", 0),
        ("succeeded", "exchange", 500),
    ]


def test_masked_accounts_are_nobody(till: Till) -> None:
    found = till.taken("orders.csv", orders(row("1"), row("2")))

    assert till.column("order_header", "buyer_key") == [None, None]
    assert "masked_buyer" in {issue.rule for issue in found.issues}
