"""The attested samples of every platform's order and after-sale files, against what their rows say by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, classes, rules, till_at
from tests.golden.conftest import SharedFile

SAMPLES = "formats/samples"


@dataclass(frozen=True)
class Golden:
    """What a sample of orders comes to.

    `statuses` are those of its rows from first to last; the sums are over its orders, in fen.
    """

    file: str
    format_id: str
    statuses: tuple[str, ...]
    created: int
    paid: int
    refunded: int
    receivable: int
    discounts: tuple[int | None, ...] = (None, None, None, None)
    store: str = ""
    has_line_amounts: bool = True
    issues: frozenset[str] = field(default_factory=frozenset)


GOLDENS = (
    Golden(
        file="jd/orders.csv",
        format_id="jd.orders",
        # The fourth is (删除)等待出库 and was paid: cancelled, and the money went back.
        statuses=("paid", "shipped", "completed", "closed_refunded"),
        created=4 * 19900,
        paid=4 * 17900,
        refunded=17900,
        receivable=4 * 19900,
        store="jd",
        issues=frozenset({"refund_estimated", "masked_buyer"}),
    ),
    Golden(
        file="pdd/orders_27col.csv",
        format_id="pinduoduo.orders",
        statuses=("paid", "shipped", "delivered", "closed_refunded", "closed_refunded"),
        created=5 * 19900,
        paid=5 * 17400,
        refunded=2 * 17400,
        receivable=5 * 17900,
        discounts=(5 * 2000, 5 * 500, None, None),
        store="pinduoduo",
        issues=frozenset({"refund_estimated"}),
    ),
    Golden(
        file="douyin/orders_74col.csv",
        format_id="douyin.orders",
        # The fifth says 超时未支付, so its paid time is none; the fourth stays completed while its refund succeeded.
        statuses=("pending_payment", "paid", "shipped", "completed", "closed_unpaid"),
        created=5 * 19900,
        paid=3 * 2890,
        refunded=2890,
        # 28.90 + 21.00 of the platform + 0.00 of a creator.
        receivable=5 * 4990,
        discounts=(5 * 2500, 5 * 2100, 0, 0),
        store="douyin",
        issues=frozenset({"refund_estimated"}),
    ),
    Golden(
        file="kuaishou/orders_61col.xlsx",
        format_id="kuaishou.orders",
        statuses=("completed",),
        created=19900,
        paid=17900,
        refunded=0,
        receivable=17900,
        discounts=(2000, None, None, None),
        store="kuaishou",
    ),
    Golden(
        file="xiaohongshu/orders.xlsx",
        format_id="xiaohongshu.orders",
        statuses=("paid",),
        created=19900,
        paid=17400,
        refunded=0,
        receivable=17900,
        discounts=(2000, 500, None, None),
        store="测试店铺",
    ),
    Golden(
        file="weixin_store/orders_57col.xlsx",
        format_id="weixin_store.orders",
        statuses=("paid",),
        created=19900,
        paid=17900,
        refunded=0,
        receivable=17900,
        store="weixin_store",
        # The sample leaves 商品价格(单件) empty: its total stands on the order alone.
        has_line_amounts=False,
    ),
)


def sums(till: Till, table: str, *columns: str) -> tuple[int | None, ...]:
    """Return the sum of each column, null where no row has a value."""
    rows = till.rows(table, *columns)
    found = ([row[name] for row in rows if row[name] is not None] for name in columns)
    return tuple(sum(values) if values else None for values in found)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.file)
def test_a_sample_of_orders_comes_to_what_its_rows_say(tmp_path: Path, shared: SharedFile, golden: Golden) -> None:
    path = shared(f"{SAMPLES}/{golden.file}")
    bearers = [f"{who}_discount_minor" for who in ("merchant", "platform", "creator", "payment")]
    with till_at(tmp_path) as till:
        first, again = (till.load_all([path]).files[0] for _ in range(2))
        till.check()
        orders = sorted(till.rows("order_header"), key=lambda row: str(row["order_id"]))
        amounts = sums(till, "order_header", "created_minor", "paid_minor", "refunded_minor", "receivable_minor")
        on_lines = sums(till, "order_line", "created_minor", "paid_minor", "receivable_minor")
        discounts = sums(till, "order_header", *bearers)
        given_back = sums(till, "refund", "refunded_minor")[0] or 0
        stores = till.column("store", "name")

    n_rows = len(golden.statuses)
    assert (first.exit_code, first.format, stores) == (0, golden.format_id, [golden.store])
    assert (classes(first), classes(again)) == ((n_rows, 0, 0, 0, 0), (0, n_rows, 0, 0, 0))
    assert rules(first) == golden.issues
    assert tuple(order["status"] for order in orders) == golden.statuses
    assert amounts == (golden.created, golden.paid, golden.refunded, golden.receivable)
    assert on_lines == (golden.created, golden.paid, golden.receivable)
    assert discounts == golden.discounts
    assert given_back == golden.refunded
    assert (first.file_total, first.has_total) == (first.ledger_total, golden.has_line_amounts)


@pytest.mark.parametrize("is_backwards", [False, True])
def test_the_after_sale_file_of_douyin_says_how_much_and_when(
    tmp_path: Path, shared: SharedFile, is_backwards: bool
) -> None:
    names = ["orders_74col.csv", "aftersale_50col.xlsx"]
    with till_at(tmp_path) as till:
        reports = till.load_all([shared(f"{SAMPLES}/douyin/{name}") for name in names[:: -1 if is_backwards else 1]])
        till.check()
        [refund] = till.rows("refund")
        order = till.order("6917926768823643704")

    assert reports.exit_code == 0
    assert (refund["basis"], refund["refund_id"], refund["line_key"]) == (
        *("case", "140000000000000001", "6917926768823643704"),
    )
    # 28.90 for goods + 0.00 for postage.
    assert (refund["refunded_minor"], refund["refund_type"], refund["stage"]) == (
        2890,
        "return_and_refund",
        "after_ship",
    )
    assert [str(refund[name]) for name in ("cohort_date", "refunded_date")] == ["2026-09-22", "2026-09-26"]
    assert (order["status"], order["refunded_minor"]) == ("completed", 2890)


def test_all_samples_of_orders_live_in_one_shop_without_meeting(tmp_path: Path, shared: SharedFile) -> None:
    paths = [shared(f"{SAMPLES}/{golden.file}") for golden in GOLDENS]
    with till_at(tmp_path) as till:
        reports = till.load_all([*paths, shared(f"{SAMPLES}/taobao/ExportOrderList.csv")]).files
        till.check()
        totals = sums(till, "order_header", "paid_minor", "refunded_minor")
        platforms = sorted(till.column("store", "platform"))

    assert all(report.exit_code == 0 for report in reports)
    # Taobao's five: four were paid 179.00, one of them was given all of it back.
    assert totals == (
        sum(golden.paid for golden in GOLDENS) + 4 * 17900,
        sum(golden.refunded for golden in GOLDENS) + 17900,
    )
    assert platforms == ["douyin", "jd", "kuaishou", "pinduoduo", "taobao", "weixin_store", "xiaohongshu"]


def test_the_orders_of_the_erps_stand_beside_the_platforms_and_in_no_figure(tmp_path: Path, shared: SharedFile) -> None:
    names = ("jushuitan_orders.xlsx", "wangdiantong_orders.xlsx")
    with till_at(tmp_path) as till:
        reports = till.load_all([shared(f"{SAMPLES}/erp/{name}") for name in names]).files
        till.check()
        rows = till.rows(
            "erp_order_line", "erp_order_id", "order_id", "erp_status", "unit_cost_minor", "erp_paid_minor"
        )
        orders = till.rows("order_header")

    assert [(report.format, report.exit_code, classes(report)[0]) for report in reports] == [
        ("jushuitan.orders", 0, 2),
        ("wangdiantong.orders", 0, 1),
    ]
    assert [rules(report) for report in reports] == [set(), set()]
    assert [tuple(row.values()) for row in rows] == [
        ("10001", "3300000000000000001", "shipped", 8850, 17900),
        ("10002", "3300000000000000005", "cancelled", 8850, 17900),
        ("JY0001", "6930162745589599991", "completed", None, 1980),
    ]
    assert orders == []
