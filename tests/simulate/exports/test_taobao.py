"""Order, item and refund reports and ledgers of Taobao stores, as they stand at the moment of the export."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.simulate.exports.made import DAY, HOUR, MIDNIGHT, Made, sheet, store_on, view, world

from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.taobao import TaobaoOrders
from zhanggui.simulate.exports.taobao_money import TaobaoMoney
from zhanggui.simulate.exports.taobao_refunds import TaobaoRefunds
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import RefundKind, Scene
from zhanggui.simulate.rows import NEVER

STORE = store_on(Platform.TMALL)
NAMES = {
    "asked": "总金额",
    "goods": "买家应付货款",
    "paid": "买家实际支付金额",
    "paid_at": "订单付款时间 ",
    "status": "订单状态",
    "why": "订单关闭原因",
    "back": "退款金额",
    "payout": "打款商家金额",
}


@pytest.fixture
def made() -> Made:
    return Made(STORE)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def orders(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    """The order report, by the short names above."""
    files = made.written(TaobaoOrders(folder, world(), STORE, view(days)))
    (path,) = (file.path for file in files if file.dataset == "orders")
    return [{short: row[name] for short, name in NAMES.items()} for row in table(path)]


def items(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    files = made.written(TaobaoOrders(folder, world(), STORE, view(days)))
    return [row for file in files if file.dataset == "items" for row in table(file.path)]


def refunds(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    files = made.written(TaobaoRefunds(folder, world(), STORE, view(days)), days)
    rows = [row for file in files for row in sheet(file.path)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_finished_order_pays_out_what_was_asked(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 2, 10_000)], off_minor=1_000, bonus_minor=500, shipping_minor=800)

    # 200.00 - 10.00 of the store + 8.00 postage = 198.00, of which the platform bears 5.00.
    assert orders(tmp_path, made) == [
        {
            "asked": "198.00",
            "goods": "190.00",
            "paid": "193.00",
            "paid_at": "2026-09-01 10:01:05",
            "status": "交易成功",
            "why": "订单未关闭",
            "back": "0.00",
            "payout": "198.00元",
        }
    ]


@pytest.mark.parametrize(
    ("days", "status", "payout"),
    [
        (1, "买家已付款，等待卖家发货", "0元"),
        (2, "卖家已发货，等待买家确认", "0元"),
        (5, "卖家已发货，等待买家确认", "0元"),
        (9, "交易成功", "100.00元"),
    ],
)
def test_an_order_is_shown_as_far_as_it_had_come(
    tmp_path: Path, made: Made, days: int, status: str, payout: str
) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])

    (order,) = orders(tmp_path, made, days)

    assert (order["status"], order["payout"], order["paid"]) == (status, payout, "100.00")


def test_an_unpaid_order_waits_and_is_then_closed_without_a_time_of_payment(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)], paid_at=NEVER, closed_at=MIDNIGHT + DAY + 10 * HOUR)
    (tmp_path / "late").mkdir()

    (early,), (late,) = orders(tmp_path, made, 1), orders(tmp_path / "late", made, 2)

    assert (early["status"], early["paid"], early["paid_at"]) == ("等待买家付款", "0.00", "")
    assert (late["status"], late["why"], late["paid"]) == ("交易关闭", "买家未付款", "0.00")


def test_money_back_in_full_before_the_buyer_confirms_closes_the_trade(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)], shipped_at=NEVER, received_at=NEVER, completed_at=NEVER)
    made.refund(1, 10_000, after=2 * DAY)

    (order,) = orders(tmp_path, made)

    assert (order["status"], order["why"], order["paid"], order["back"], order["payout"]) == (
        "交易关闭",
        "退款",
        "100.00",
        "100.00",
        "0元",
    )


def test_a_part_refund_leaves_the_trade_and_lowers_the_payout(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 2, 10_000)])
    made.refund(1, 3_000, after=5 * DAY)

    (order,) = orders(tmp_path, made)

    assert (order["status"], order["back"], order["payout"]) == ("交易成功", "30.00", "170.00元")


def test_a_refund_after_the_buyer_confirmed_leaves_trade_and_payout(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])
    made.refund(1, 10_000, after=10 * DAY)

    (order,) = orders(tmp_path, made)

    assert (order["status"], order["back"], order["payout"]) == ("交易成功", "100.00", "100.00元")


def test_a_refund_that_is_not_paid_yet_is_in_no_amount_of_the_order(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])
    made.refund(1, 10_000, after=2 * DAY)

    (order,) = orders(tmp_path, made, 3)

    assert (order["status"], order["back"]) == ("卖家已发货，等待买家确认", "0.00")


def test_a_deposit_without_its_final_payment_is_no_payment(tmp_path: Path, made: Made) -> None:
    paid = {"deposit_paid_at": MIDNIGHT + 11 * HOUR, "deposit_minor": 1_500}
    made.order(1, lines=[(made.sku(), 1, 10_000)], paid_at=NEVER, is_presale=True, closed_at=MIDNIGHT + 5 * DAY, **paid)
    files = made.written(TaobaoOrders(tmp_path, world(), STORE, view(4)))

    (order,) = table(files[0].path)

    assert (order["订单状态"], order["订单付款时间 "]) == ("等待买家付款", "")
    assert order["分阶段订单信息"] == "定金15.00元已付款；尾款85.00元未付款"


def test_items_are_listed_at_their_price_and_gifts_at_nothing(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 2, 10_000), (made.sku(3), 1, 0)], off_minor=1_000)

    rows = items(tmp_path, made)

    assert [(row["价格"], row["购买数量"]) for row in rows] == [("100.00", "2"), ("0.00", "1")]
    assert rows[0]["外部系统编号"] == world().shelf.merchant_code(made.sku())
    assert len({row["订单编号"] for row in rows}) == 1


def test_the_item_that_went_back_is_closed_and_the_other_is_not(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000), (made.sku(3), 1, 5_000)])
    made.refund(1, 5_000, after=2 * DAY, line=1, sku=made.sku(3))

    assert [row["订单状态"] for row in items(tmp_path, made, 5)] == ["卖家已发货，等待买家确认", "交易关闭"]


def test_reports_have_the_platforms_columns_quirks_and_no_person(tmp_path: Path, made: Made) -> None:
    for number in range(30):
        made.order(number, lines=[(made.sku(), 1, 10_000)], person=number % 10, carrier=3)
    files = made.written(TaobaoOrders(tmp_path, world(), STORE, view()))
    rows = table(files[0].path)

    assert [file.path.name for file in files] == [
        "ExportOrderList202609210900.csv",
        "ExportOrderDetailList202609210900.csv",
    ]
    assert len(rows[0]) == 61
    assert all(row["订单编号"] == row["主订单编号"] and row["订单编号"].startswith('="33') for row in rows)
    assert len({row["订单编号"] for row in rows}) == 30
    assert all(row["物流单号 "].startswith('="SF') and row["联系手机"].startswith("'1") for row in rows)
    assert all("*" in row[name] for row in rows for name in ("买家会员名", "收货人姓名", "联系手机", "收货地址 "))


def test_refunds_are_listed_by_the_day_they_are_asked_for(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])
    made.order(1_000_001, lines=[(made.sku(), 1, 10_000)])
    made.refund(1, 10_000, after=6 * DAY, kind=RefundKind.RETURN_AND_REFUND)
    made.refund(1_000_001, 2_000, after=2 * DAY)

    early, late = refunds(tmp_path, made)

    ids = Ids(Platform.TMALL, world().start)
    assert early["订单编号"] == ids.orders(np.array([1_000_001]))[0]
    assert (early["买家退款金额"], early["部分退款/全部退款"], early["是否需要退货"]) == ("20.00", "部分退款", "否")
    assert (late["买家退款金额"], late["部分退款/全部退款"], late["是否需要退货"]) == ("100.00", "全部退款", "是")
    assert {early["退款状态"], late["退款状态"]} == {"退款成功"}
    assert len(early) == 42


@pytest.mark.parametrize(
    ("days", "columns", "status"),
    [
        (3, {}, "退款中"),
        (3, {"agreed_at": NEVER, "refunded_at": NEVER}, "买家已经申请退款，等待卖家同意"),
        (3, {"kind": RefundKind.RETURN_AND_REFUND}, "卖家已经同意退款，等待买家退货"),
        (
            3,
            {"kind": RefundKind.RETURN_AND_REFUND, "returned_at": MIDNIGHT + 2 * DAY + 5 * HOUR},
            "买家已经退货，等待卖家确认收货",
        ),
        (4, {}, "退款成功"),
        (4, {"refunded_at": NEVER, "closed_at": MIDNIGHT + 3 * DAY}, "退款关闭"),
    ],
)
def test_a_refund_is_shown_as_far_as_it_had_come(
    tmp_path: Path, made: Made, days: int, columns: dict[str, int], status: str
) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])
    made.refund(1, 10_000, after=2 * DAY, **columns)

    assert [row["退款状态"] for row in refunds(tmp_path, made, days)] == [status]


def test_exchanges_are_no_refunds(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 10_000)])
    made.refund(1, 0, after=2 * DAY, kind=RefundKind.EXCHANGE)

    assert refunds(tmp_path, made) == []


def test_the_two_ledgers_hold_every_line_once_and_the_balance_runs_with_them(tmp_path: Path, made: Made) -> None:
    for number in range(40):
        made.order(number, lines=[(made.sku(), 1, 10_000)])
        made.entry(3 * number, Scene.GOODS, 10_000, day=9, order=number)
        made.entry(3 * number + 1, Scene.COMMISSION, -500, day=9, order=number)
    made.entry(200, Scene.WITHDRAWAL, -300_000, day=12)
    made.entry(201, Scene.GOODS, 10_000, day=25, order=1)
    files = {file.dataset: file.path for file in made.written(TaobaoMoney(tmp_path, world(), STORE, view()))}

    text = files["settlements"].read_text(encoding="gb18030").splitlines()
    alipay = list(csv.DictReader(text[:-2]))
    wechat = [
        dict(zip(sheet(files["settlements_wechat"])[0], row, strict=True))
        for row in sheet(files["settlements_wechat"])[1:]
    ]
    balance = sum(_fen(row["收入（+元）"]) + _fen(row["支出（-元）"]) for row in alipay)
    through_wechat = sum(_fen(row["收入金额(元)"]) - _fen(row["支出金额(元)"]) for row in wechat)
    assert text[-1] == f"#共{len(alipay)}笔"
    assert _fen(alipay[-1]["账户余额（元）"]) == balance
    # 40 x (100.00 - 5.00) - 3,000.00 = 800.00; WeChat's part was drawn first, and day 25 is not over.
    assert balance + through_wechat == 80_000
    assert through_wechat == 0
    assert len(wechat) > 2
    goods = [row for row in alipay if row["账务类型"] == "在线支付"]
    assert all(row["商户订单号"] == f"T200P{row['业务基础订单号']}" for row in goods)


def _fen(text: str) -> int:
    return round(float(text) * 100)
