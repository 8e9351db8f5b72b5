"""All reports of stores and of the company's own systems, of a world that lived fifty days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.simulate.conftest import Lived
from tests.simulate.exports.made import fen
from tests.simulate.exports.reports import OURS, Reports, Row, month, table, truth, written

from zhanggui.simulate.books import Item
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import AD_ROWS, LIVE_SESSIONS, ORDERS, SETTLEMENTS, Scene
from zhanggui.simulate.rows import NEVER

MOMENT = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d")
AHEAD = {"承诺发货时间", "预计到货时间", "过期时间"}
"""Columns that speak of the future."""


def bare(text: str) -> str:
    return text.strip("'\t")


PAID_AT = {Platform.JD: "付款确认时间", Platform.PINDUODUO: "订单成交时间", Platform.DOUYIN: "支付完成时间"}
ORDER_ID = {Platform.JD: "订单号", Platform.PINDUODUO: "订单号", Platform.DOUYIN: "主订单编号"}
PAID = {Platform.JD: "应付金额", Platform.PINDUODUO: "用户实付金额(元)", Platform.DOUYIN: "订单应付金额"}


def paid_rows(reports: Reports, platform: Platform) -> list[Row]:
    """The paid rows of an order report that hold an amount of their own: JD repeats the order's on each line."""
    rows = [row for row in reports.rows("orders", reports.store(platform)) if row[PAID_AT[platform]].strip("-")]
    return list({row["订单号"]: row for row in rows}.values()) if platform is Platform.JD else rows


@pytest.mark.parametrize("platform", OURS)
def test_what_was_paid_is_what_the_books_say_month_by_month(reports: Reports, lived: Lived, platform: Platform) -> None:
    amounts: Counter[int] = Counter()
    orders: dict[int, set[str]] = {}
    for row in paid_rows(reports, platform):
        paid_in = month(row[PAID_AT[platform]])
        amounts[paid_in] += fen(row[PAID[platform]])
        orders.setdefault(paid_in, set()).add(row[ORDER_ID[platform]])

    store = reports.store(platform)
    assert dict(amounts) == truth(lived, store, Item.GMV_PAID_MINOR)
    assert {paid_in: len(ids) for paid_in, ids in orders.items()} == truth(lived, store, Item.ORDERS_PAID)


def refunded(row: Row, platform: Platform) -> int:
    """What a row of an after-sale report says was given back."""
    match platform:
        case Platform.JD:
            return fen(row["退款金额"] or "0")
        case Platform.PINDUODUO:
            return fen(row["退款金额"]) if row["售后状态"] == "退款成功" else 0
        case _:
            is_done = row["售后状态"] == "同意退款，退款成功"
            return fen(row["退商品金额（元）"]) + fen(row["退运费金额（元）"]) if is_done else 0


@pytest.mark.parametrize("platform", OURS)
def test_what_was_given_back_is_what_the_books_say(reports: Reports, lived: Lived, platform: Platform) -> None:
    store = reports.store(platform)

    total = sum(refunded(row, platform) for row in reports.rows("refunds", store))

    assert total == sum(truth(lived, store, Item.REFUNDED_MINOR).values())
    assert total > 0


def settled(row: Row, platform: Platform) -> int:
    """What a line of a ledger adds to the account."""
    match platform:
        case Platform.JD:
            return fen(row["结算金额合计"])
        case Platform.PINDUODUO:
            return fen(row["收入金额（+元）"]) + fen(row["支出金额（-元）"])
        case _:
            return fen(row["动账金额"]) * (1 if row["动账方向"] == "入账" else -1)


@pytest.mark.parametrize("platform", OURS)
def test_ledgers_hold_all_that_was_booked(reports: Reports, lived: Lived, platform: Platform) -> None:
    store, entries = reports.store(platform), lived.all(SETTLEMENTS)
    is_booked = (entries["store"] == store.number) & (entries["booked_at"] < lived.as_of)
    if platform is Platform.JD:
        is_booked &= entries["scene"] != Scene.WITHDRAWAL

    total = sum(settled(row, platform) for row in reports.rows("settlements", store))

    assert total == int(entries["amount_minor"][is_booked].sum())
    assert is_booked.any()


@pytest.mark.parametrize(
    ("platform", "dataset", "column"),
    [
        (Platform.PINDUODUO, "orders", "订单号"),
        (Platform.DOUYIN, "orders", "子订单编号"),
        (Platform.JD, "refunds", "服务单号"),
        (Platform.PINDUODUO, "refunds", "售后编号"),
        (Platform.DOUYIN, "refunds", "售后单号"),
        (Platform.DOUYIN, "settlements", "动帐流水号"),
        (None, "shipments", "运单号"),
        (None, "reviews", "评价ID"),
        (None, "tickets", "会话ID"),
        (None, "stock_moves", "流水号"),
        (None, "purchases", "采购单号"),
        (None, "points", "流水号"),
        (None, "members", "会员编号"),
        (None, "messages", "记录号"),
        (None, "live_sessions", "场次号"),
    ],
)
def test_no_two_rows_have_one_id(reports: Reports, platform: Platform | None, dataset: str, column: str) -> None:
    rows = reports.rows(dataset, None if platform is None else reports.store(platform))

    assert rows
    assert [name for name, n in Counter(row[column] for row in rows).items() if n > 1] == []


def test_a_line_of_jd_is_one_sku_of_one_order(reports: Reports) -> None:
    rows = reports.rows("orders", reports.store(Platform.JD))

    assert len({(row["订单号"], row["商品ID"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("dataset", ["shipments", "reviews", "tickets", "stock_moves", "marked_orders"])
def test_whatever_names_an_order_names_one_that_exists(reports: Reports, lived: Lived, dataset: str) -> None:
    orders, known = lived.all(ORDERS), {""}
    for store in lived.world.stores:
        own = orders["order"][orders["store"] == store.number]
        known.update(Ids(store.platform, lived.world.start).orders(own))

    named = {row.get("订单编号", row.get("关联订单号")) for row in reports.rows(dataset)}

    assert named - known == set()
    assert len(named) > 1


def told_too_early(files: tuple[WrittenFile, ...], as_of: int) -> list[tuple[str, str, str]]:
    """Cells with a moment from `as_of` on, by file and column."""
    end = datetime.fromtimestamp(as_of, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return [
        (file.path.name, column, cell)
        for file in files
        for row in table(file)
        for column, cell in row.items()
        if column not in AHEAD and MOMENT.match(bare(str(cell))) and bare(str(cell)) >= end
    ]


def test_no_report_tells_what_comes_after_its_moment(reports: Reports, lived: Lived) -> None:
    assert told_too_early(reports.files, lived.as_of) == []


@pytest.mark.slow
def test_a_report_of_an_earlier_day_does_not_know_the_later_ones(lived: Lived, tmp_path: Path) -> None:
    as_of = lived.days[31].midnight

    assert told_too_early(written(lived, tmp_path, as_of), as_of) == []


def test_moves_lead_from_one_standing_to_the_next(reports: Reports) -> None:
    levels: dict[str, Counter[tuple[str, str]]] = {}
    for row in reports.rows("stock_levels"):
        levels.setdefault(row["日期"], Counter())[row["仓库"], row["商品编码"]] = int(row["实际库存"])
    moves = reports.rows("stock_moves")
    days = sorted(levels)

    assert len(days) > 5
    for before, after in pairwise(days):
        standing = Counter(levels[before])
        for row in moves:
            if before < row["时间"][:10] <= after:
                standing[row["仓库"], row["商品编码"]] += int(row["数量"])
        assert {cell: n for cell, n in standing.items() if n} == {c: n for c, n in levels[after].items() if n}


def test_a_members_points_are_the_sum_of_his_entries(reports: Reports) -> None:
    sums: Counter[str] = Counter()
    for row in reports.rows("points"):
        sums[row["会员编号"]] += int(row["积分变动"])

    balances = {row["会员编号"]: int(row["积分余额"]) for row in reports.rows("members")}

    assert {member: n for member, n in balances.items() if n} == {member: n for member, n in sums.items() if n}
    assert min(balances.values()) >= 0


def test_costs_hold_from_day_to_day_without_gap_or_overlap(reports: Reports) -> None:
    world = reports.world
    by_sku: dict[str, list[Row]] = {}
    for row in reports.rows("sku_costs"):
        by_sku.setdefault(row["商品编码"], []).append(row)

    for rows in by_sku.values():
        assert rows[-1]["失效日期"] == ""
        for old, new in pairwise(rows):
            days = date.fromisoformat(new["生效日期"]).toordinal() - date.fromisoformat(old["失效日期"]).toordinal()
            assert days == 1
    sku = int(np.flatnonzero(world.shelf.launched_day <= 0)[0])
    day = 20
    on = f"{View(world.start, 0).date_of(day):%Y-%m-%d}"
    (held,) = (
        row["成本价"]
        for row in by_sku[world.shelf.merchant_code(sku)]
        if row["生效日期"] <= on and (row["失效日期"] == "" or on <= row["失效日期"])
    )
    assert fen(held) == int(world.shelf.costs_on(day)[sku])


def test_live_sessions_sold_what_their_orders_paid(reports: Reports, lived: Lived) -> None:
    orders = lived.all(ORDERS)
    is_sold = (orders["live_session"] != NEVER) & (orders["paid_at"] != NEVER) & (orders["paid_at"] < lived.as_of)

    rows = reports.rows("live_sessions")

    assert sum(fen(row["成交金额"]) for row in rows) == int(orders["due_minor"][is_sold].sum())
    assert sum(int(row["成交订单数"]) for row in rows) == int(is_sold.sum())


def test_plans_and_creatives_are_the_same_spend_seen_twice(reports: Reports, lived: Lived) -> None:
    store, ads, sessions = reports.store(Platform.DOUYIN), lived.all(AD_ROWS), lived.all(LIVE_SESSIONS)
    plans, creatives, lives = (reports.rows(name, store) for name in ("ads_plans", "ads_creatives", "ads_live"))

    spent = int(ads["spend_minor"][ads["store"] == store.number].sum())
    assert sum(fen(row["消耗(元)"]) for row in plans) == sum(fen(row["消耗(元)"]) for row in creatives) == spent
    assert len({(row["日期"], row["计划ID"]) for row in plans}) == len(plans)
    on_air = int(sessions["ad_spend_minor"][sessions["store"] == store.number].sum())
    assert sum(fen(row["整体消耗"]) for row in lives) == on_air
    assert len({(row["主播"], row["时间-小时"]) for row in lives}) == len(lives)


@pytest.mark.parametrize(
    ("platform", "spend", "impressions"),
    [(Platform.JD, "花费", "展现数"), (Platform.PINDUODUO, "总花费(元)", "曝光量")],
)
def test_ad_reports_of_a_day_hold_all_ads_of_the_store(
    reports: Reports, lived: Lived, platform: Platform, spend: str, impressions: str
) -> None:
    store, ads = reports.store(platform), lived.all(AD_ROWS)
    own = ads.where(ads["store"] == store.number)

    rows = reports.rows("ads", store)

    assert len(rows) == len(lived.days)
    assert sum(fen(row[spend]) for row in rows) == int(own["spend_minor"].sum())
    assert sum(int(row[impressions]) for row in rows) == int(own["impressions"].sum())


def test_held_out_people_get_no_message(reports: Reports) -> None:
    rows = reports.rows("messages")

    assert {row["发送时间"] for row in rows if row["是否对照组"] == "是"} == {""}
    assert all(row["发送时间"] for row in rows if row["是否对照组"] == "否")


@pytest.mark.slow
def test_one_world_writes_the_same_bytes_twice(reports: Reports, lived: Lived, tmp_path: Path) -> None:
    again = written(lived, tmp_path, lived.as_of)

    assert list(digests(again)) == list(digests(reports.files))


def digests(files: tuple[WrittenFile, ...]) -> Iterator[tuple[str, str]]:
    for file in files:
        yield file.path.name, blake2b(file.path.read_bytes()).hexdigest()
