"""Pinduoduo's reports: subsidies in what the seller receives, two facts in one status, a bill under four lines."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.simulate.exports.made import DAY, HOUR, MIDNIGHT, Made, fen, store_on, view, world

from zhanggui.simulate.exports.pinduoduo import PinduoduoOrders
from zhanggui.simulate.exports.pinduoduo_money import PinduoduoMoney
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import RefundKind, Scene
from zhanggui.simulate.rows import NEVER

STORE = store_on(Platform.PINDUODUO)
UNPAID = {"paid_at": NEVER, "shipped_at": NEVER, "received_at": NEVER, "completed_at": NEVER}


@pytest.fixture
def made() -> Made:
    return Made(STORE)


def table(folder: Path, made: Made, dataset: str, days: int = 20) -> list[dict[str, str]]:
    files = made.written(PinduoduoOrders(folder, world(), STORE, view(days)), days)
    (path,) = (file.path for file in files if file.dataset == dataset)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_the_seller_receives_holds_the_platforms_subsidy(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 19_900)], off_minor=2_000, bonus_minor=500)

    (row,) = table(tmp_path, made, "orders")

    # 199.00 - 20.00 - 5.00 = 174.00 from the buyer, 5.00 from the platform; a tab after every number.
    assert (row["商品总价(元)"], row["用户实付金额(元)"], row["商家实收金额(元)"]) == (
        "199.00\t",
        "174.00\t",
        "179.00\t",
    )
    assert row["订单号"].startswith("260901-")
    assert row["快递单号"].endswith("\t")


@pytest.mark.parametrize(
    ("days", "status", "case_status"),
    [
        (1, "待发货", "无售后或售后取消"),
        (3, "已发货，待收货", "无售后或售后取消"),
        (6, "已签收", "售后处理中"),
        (8, "已签收，退款成功", "退款成功"),
    ],
)
def test_one_status_says_where_the_parcel_and_where_the_money_is(
    tmp_path: Path, made: Made, days: int, status: str, case_status: str
) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)], completed_at=NEVER)
    returns = {"kind": RefundKind.RETURN_AND_REFUND, "refunded_at": MIDNIGHT + 7 * DAY}
    made.refund(order, 9_900, after=5 * DAY, **returns)

    (row,) = table(tmp_path, made, "orders", days)

    assert (row["订单状态"], row["售后状态"]) == (status, case_status)


def test_a_part_given_back_leaves_the_status_of_the_parcel(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    made.refund(order, 1_000, after=5 * DAY)

    (row,) = table(tmp_path, made, "orders")

    assert (row["订单状态"], row["售后状态"]) == ("已收货", "退款成功")


def test_an_order_is_known_from_its_payment_on(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 9_900)], **UNPAID)
    made.order(2, lines=[(made.sku(), 1, 9_900)], **UNPAID, closed_at=MIDNIGHT + 11 * HOUR)
    made.order(3, lines=[(made.sku(), 1, 9_900)])

    (row,) = table(tmp_path, made, "orders")

    assert (row["订单状态"], row["订单成交时间"]) == ("已收货", "2026-09-01 10:01:05\t")


def test_refunds_are_listed_with_what_was_asked_until_they_are_paid(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    made.refund(order, 4_000, after=5 * DAY, requested_minor=5_000)

    assert [row["退款金额"] for row in table(tmp_path, made, "refunds", 6)] == ["50.00"]
    assert [row["退款金额"] for row in table(tmp_path, made, "refunds", 7)] == ["40.00"]


def test_the_bill_begins_in_its_fifth_line_and_counts_expenses_below_nought(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 17_900)], bonus_minor=500)
    made.entry(1, Scene.GOODS, 17_400, day=9, order=order)
    made.entry(2, Scene.SUBSIDY, 500, day=9, order=order)
    made.entry(3, Scene.SERVICE_FEE, -107, day=9, order=order)
    made.entry(4, Scene.WITHDRAWAL, -17_793, day=10)

    (file,) = made.written(PinduoduoMoney(tmp_path, world(), STORE, view()))
    lines = file.path.read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines[4:]))

    assert [line[0] for line in lines[:4]] == ["#"] * 4
    assert [(row["账务类型"], row["收入金额（+元）"], row["支出金额（-元）"]) for row in rows] == [
        ("交易收入", "174.00", "0.00"),
        ("优惠券结算", "5.00", "0.00"),
        ("技术服务费", "0.00", "-1.07"),
        ("提现", "0.00", "-177.93"),
    ]
    assert sum(fen(row["收入金额（+元）"]) + fen(row["支出金额（-元）"]) for row in rows) == 0
    assert [bool(row["商户订单号"]) for row in rows] == [True, True, True, False]
