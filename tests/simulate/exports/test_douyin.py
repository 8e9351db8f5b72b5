"""Douyin's reports: sub-orders whose amounts sum to the order, ciphertext, an account in the direction money goes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from tests.simulate.exports.made import DAY, HOUR, MIDNIGHT, Made, fen, sheet, store_on, view, world

from zhanggui.simulate.exports.douyin import DouyinOrders
from zhanggui.simulate.exports.douyin_ledger import DouyinLedger
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import RefundKind, Scene
from zhanggui.simulate.rows import NEVER

STORE = store_on(Platform.DOUYIN)
PARTS = ("订单实付应结", "实际平台补贴", "订单退款", "平台服务费", "佣金")


@pytest.fixture
def made() -> Made:
    return Made(STORE)


def orders(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    files = made.written(DouyinOrders(folder, world(), STORE, view(days)), days)
    (path,) = (file.path for file in files if file.dataset == "orders")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cases(folder: Path, made: Made, days: int = 20) -> list[dict[str, Any]]:
    files = made.written(DouyinOrders(folder, world(), STORE, view(days)), days)
    rows = [row for file in files if file.dataset == "refunds" for row in sheet(file.path)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def account(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    files = made.written(DouyinLedger(folder, world(), STORE, view(days)), days)
    rows = []
    for written in files:
        with written.path.open(encoding="utf-8-sig", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def test_sub_orders_sum_to_their_order(tmp_path: Path, made: Made) -> None:
    made.order(
        1, lines=[(made.sku(0), 2, 10_000), (made.sku(1), 1, 5_000)], off_minor=900, bonus_minor=300, shipping_minor=500
    )

    rows = orders(tmp_path, made)

    # 200.00 - 9.00 - 3.00 = 188.00 and 50.00; 5.00 of postage as 188 to 50: 3.95 and 1.05.
    assert [row["订单应付金额"] for row in rows] == ["191.95", "51.05"]
    assert [(row["平台优惠"], row["商家优惠"], row["优惠总金额"]) for row in rows] == [
        ("3.00", "9.00", "12.00"),
        ("0.00", "0.00", "0.00"),
    ]
    assert len({row["主订单编号"] for row in rows}) == 1
    assert len({row["子订单编号"] for row in rows}) == 2


def test_texts_begin_with_a_tab_and_persons_are_ciphertext(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 9_900)])

    (row,) = orders(tmp_path, made)

    assert {row[name][0] for name in ("主订单编号", "子订单编号", "选购商品", "商品ID", "商家编码", "达人ID")} == {"\t"}
    assert (row["收件人"][:2], row["收件人手机号"][:2], row["详细地址"][:2]) == ("##", "$$", "##")
    assert row["达人ID"] == "\t0"


def test_the_name_of_the_order_report_is_the_second_of_its_export(tmp_path: Path, made: Made) -> None:
    made.order(1, lines=[(made.sku(), 1, 9_900)])

    (file,) = made.written(DouyinOrders(tmp_path, world(), STORE, view()))

    # Nine in the morning of 21 September in Shanghai, which is one o'clock in Greenwich.
    assert file.path.name == f"{MIDNIGHT + 20 * DAY + HOUR}_new.csv"


@pytest.mark.parametrize(
    ("days", "status", "completed_at"),
    [(1, "待发货", "-"), (3, "已发货", "-"), (12, "已完成", "2026-09-09 10:00:00")],
)
def test_a_status_is_that_of_the_moment_of_the_export(
    tmp_path: Path, made: Made, days: int, status: str, completed_at: str
) -> None:
    made.order(1, lines=[(made.sku(), 1, 9_900)])

    (row,) = orders(tmp_path, made, days)

    assert (row["订单状态"], row["订单完成时间"]) == (status, completed_at)


def test_a_sub_order_given_back_on_the_way_is_closed_by_itself(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(0), 1, 9_900), (made.sku(1), 1, 5_000)], completed_at=NEVER)
    made.refund(order, 5_000, after=3 * DAY, line=1)

    rows = orders(tmp_path, made)

    assert [(row["订单状态"], row["售后状态"], row["取消原因"]) for row in rows] == [
        ("已发货", "-", ""),
        ("已关闭", "退款成功", "用户申请退款"),
    ]


@pytest.mark.parametrize(
    ("course", "status", "amount"),
    [
        ({"kind": RefundKind.RETURN_AND_REFUND}, "同意退款，退款成功", "40.00"),
        ({"kind": RefundKind.RETURN_AND_REFUND, "refunded_at": NEVER}, "待买家退货", "50.00"),
        ({"refunded_at": NEVER}, "退款中", "50.00"),
        ({"refunded_at": NEVER, "agreed_at": NEVER}, "待商家处理", "50.00"),
        ({"refunded_at": NEVER, "agreed_at": NEVER, "closed_at": MIDNIGHT + 7 * DAY}, "售后关闭", "50.00"),
    ],
)
def test_a_case_says_what_was_asked_for_until_the_money_is_back(
    tmp_path: Path, made: Made, course: dict[str, int], status: str, amount: str
) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    made.refund(order, 4_000, after=6 * DAY, requested_minor=5_000, line=0, **course)

    (case,) = cases(tmp_path, made)

    assert (case["售后状态"], case["退商品金额（元）"]) == (status, amount)


def test_an_exchange_ends_when_the_other_goods_are_sent(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    back = MIDNIGHT + 8 * DAY
    made.refund(
        order, 0, after=6 * DAY, line=0, kind=RefundKind.EXCHANGE, returned_at=back, refunded_at=NEVER,
        closed_at=back + 2 * DAY,
    )  # fmt: skip

    (early,) = cases(tmp_path, made, 9)
    (late,) = cases(tmp_path, made, 12)

    assert (early["售后状态"], late["售后状态"]) == ("待商家收货", "换货成功")


def test_a_settled_sub_order_is_one_line_of_the_account(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 4_990)], bonus_minor=2_100)
    made.entry(1, Scene.GOODS, 2_890, day=12, order=order)
    made.entry(2, Scene.SUBSIDY, 2_100, day=12, order=order)
    made.entry(3, Scene.COMMISSION, -250, day=12, order=order)

    (row,) = account(tmp_path, made)

    # 28.90 + 21.00 - 2.50 = 47.40.
    assert (row["动账方向"], row["动账金额"], row["动账场景"]) == ("入账", "47.40", "货款结算入账")
    assert [row[name] for name in PARTS] == ["28.90", "21.00", "0.00", "-2.50", "0.00"]
    assert row["子订单号"] == row["订单号"] == "'" + row["订单号"][1:]


def test_the_account_of_an_order_of_two_lines_loses_no_fen(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(0), 1, 10_000), (made.sku(1), 1, 5_001)])
    refund = made.refund(order, 5_001, after=14 * DAY, line=1)
    made.entry(1, Scene.GOODS, 15_001, day=12, order=order)
    made.entry(2, Scene.COMMISSION, -751, day=12, order=order)
    made.entry(3, Scene.REFUND, -5_001, day=15, order=order, refund=refund)
    made.entry(4, Scene.COMMISSION_BACK, 250, day=15, order=order, refund=refund)

    rows = account(tmp_path, made)

    signed = [fen(row["动账金额"]) * (1 if row["动账方向"] == "入账" else -1) for row in rows]
    assert sum(signed) == 15_001 - 751 - 5_001 + 250
    assert [row["动账场景"] for row in rows] == [
        "货款结算入账",
        "货款结算入账",
        "退款-结算后退款-退用户",
        "退款-订单退款触发-退分账",
    ]
    # Both lines of the case are about the second sub-order, which was sent back.
    assert rows[2]["子订单号"] == rows[3]["子订单号"] == rows[1]["子订单号"]
    assert len({row["动帐流水号"] for row in rows}) == 4
