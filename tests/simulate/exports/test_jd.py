"""JD's reports: order totals on every line, statuses of the moment, bills whose lines sum to what was settled."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.simulate.exports.made import DAY, HOUR, MIDNIGHT, Made, fen, sheet, store_on, view, world

from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.jd import JdOrders
from zhanggui.simulate.exports.jd_bill import JdBill
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import RefundKind, Scene
from zhanggui.simulate.rows import NEVER

STORE = store_on(Platform.JD)


@pytest.fixture
def made() -> Made:
    return Made(STORE)


def orders(folder: Path, made: Made, days: int = 20) -> list[dict[str, str]]:
    files = made.written(JdOrders(folder, world(), STORE, view(days)), days)
    (path,) = (file.path for file in files if file.dataset == "orders")
    with path.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def cases(folder: Path, made: Made, days: int = 20) -> list[dict[str, Any]]:
    files = made.written(JdOrders(folder, world(), STORE, view(days)), days)
    rows = [row for file in files if file.dataset == "refunds" for row in sheet(file.path)]
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def bill(folder: Path, made: Made, days: int = 20) -> list[dict[str, Any]]:
    files = made.written(JdBill(folder, world(), STORE, view(days)), days)
    rows = [row for file in files for row in sheet(file.path)]
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def test_totals_of_an_order_stand_on_each_of_its_lines(tmp_path: Path, made: Made) -> None:
    made.order(
        1,
        lines=[(made.sku(0), 2, 10_000), (made.sku(1), 1, 5_000)],
        off_minor=1_000,
        bonus_minor=500,
        shipping_minor=600,
    )

    rows = orders(tmp_path, made)

    # 250.00 - 10.00 of the store - 5.00 of the platform + 6.00 postage; the platform pays its 5.00 to the store.
    assert [(r["订单金额"], r["应付金额"], r["结算金额"], r["运费金额"]) for r in rows] == [
        ("250.00", "241.00", "246.00", "6.00")
    ] * 2
    assert [(row["京东价"], row["订购数量"]) for row in rows] == [("100.00", "2"), ("50.00", "1")]


def test_ids_stand_between_an_apostrophe_and_a_tab(tmp_path: Path, made: Made) -> None:
    made.order(7, lines=[(made.sku(), 1, 9_900)])

    (row,) = orders(tmp_path, made)

    assert row["订单号"][0] == "'"
    assert row["订单号"][-1] == "\t"
    assert len(row["订单号"][1:-1]) == 12
    assert row["商品ID"] == f"'{world().shelf.platform_sku_id(STORE, made.sku())}\t"


@pytest.mark.parametrize(
    ("days", "status", "paid_at"),
    [
        (1, "等待出库", "2026-09-01 10:01:05"),
        (3, "等待确认收货", "2026-09-01 10:01:05"),
        (6, "等待确认收货", "2026-09-01 10:01:05"),
        (12, "完成", "2026-09-01 10:01:05"),
    ],
)
def test_a_status_is_that_of_the_moment_of_the_export(
    tmp_path: Path, made: Made, days: int, status: str, paid_at: str
) -> None:
    made.order(1, lines=[(made.sku(), 1, 9_900)])

    (row,) = orders(tmp_path, made, days)

    assert (row["订单状态"], row["付款确认时间"]) == (status, paid_at)


def test_orders_that_came_to_nothing_say_at_which_step(tmp_path: Path, made: Made) -> None:
    unpaid = {"paid_at": NEVER, "shipped_at": NEVER, "received_at": NEVER, "completed_at": NEVER}
    made.order(1, lines=[(made.sku(), 1, 9_900)], **unpaid)
    made.order(2, lines=[(made.sku(), 1, 9_900)], **unpaid, closed_at=MIDNIGHT + DAY)
    made.order(3, lines=[(made.sku(), 1, 9_900)], shipped_at=NEVER, received_at=NEVER, completed_at=NEVER)
    made.refund(3, 9_900, after=11 * HOUR, kind=RefundKind.BEFORE_SHIPPING)
    made.order(4, lines=[(made.sku(), 1, 9_900)], completed_at=NEVER)
    made.refund(4, 9_900, after=4 * DAY)

    statuses = [row["订单状态"] for row in orders(tmp_path, made)]

    assert statuses == ["等待付款", "已取消", "(删除)等待出库", "(删除)等待确认收货"]


def test_a_case_has_no_amount_until_the_money_is_back(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    made.refund(order, 4_000, after=9 * DAY + 12 * HOUR, kind=RefundKind.RETURN_AND_REFUND)

    (early,) = cases(tmp_path, made, 10)
    (late,) = cases(tmp_path, made, 12)

    assert (early["服务单状态"], early["退款金额"], early["客户期望"]) == ("待收货", "", "退货")
    assert (late["服务单状态"], late["退款金额"], late["客户期望"]) == ("完成", "40.00", "退货")


def test_a_case_of_a_whole_order_is_a_case_of_each_line(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(0), 1, 10_000), (made.sku(1), 1, 5_000)], shipping_minor=600)
    made.refund(order, 15_600, after=12 * HOUR, kind=RefundKind.BEFORE_SHIPPING)

    rows = cases(tmp_path, made)

    assert len({row["服务单号"] for row in rows}) == 2
    # 6.00 of postage go to the lines as 100 to 50.
    assert [row["退款金额"] for row in rows] == ["104.00", "52.00"]


def test_lines_of_the_bill_sum_to_what_was_settled(tmp_path: Path, made: Made) -> None:
    order = made.order(
        1, lines=[(made.sku(0), 1, 10_000), (made.sku(1), 1, 5_000)], bonus_minor=500, shipping_minor=600
    )
    made.entry(11, Scene.GOODS, 15_100, day=9, order=order)
    made.entry(12, Scene.SUBSIDY, 500, day=9, order=order)
    made.entry(13, Scene.COMMISSION, -1_093, day=9, order=order)
    made.entry(14, Scene.PENALTY, -755, day=4, order=order)
    made.entry(15, Scene.WITHDRAWAL, -9_999, day=10)

    rows = bill(tmp_path, made)

    notes = [row["资金动账备注"] for row in rows]
    # What is drawn from the wallet is no settlement.
    assert notes == ["2026年9月5日履约违约赔付"] * 2 + ["2026年9月10日商家结算款"] * 2
    assert {row["订单编号"] for row in rows} == set(Ids(Platform.JD, world().start).orders(np.array([order])))
    settled = [row for row in rows if row["资金动账备注"].endswith("结算款")]
    assert sum(fen(row["收入金额合计"]) for row in settled) == 15_600
    assert sum(fen(row["支出金额合计"]) for row in settled) == -1_093
    assert [fen(row["结算金额合计"]) for row in settled] == [
        fen(row["收入金额合计"]) + fen(row["支出金额合计"]) for row in settled
    ]


def test_the_bill_does_not_know_what_is_booked_after_the_export(tmp_path: Path, made: Made) -> None:
    order = made.order(1, lines=[(made.sku(), 1, 9_900)])
    made.entry(1, Scene.GOODS, 9_900, day=9, order=order)

    assert bill(tmp_path, made, 9) == []
    assert len(bill(tmp_path, made, 10)) == 1
