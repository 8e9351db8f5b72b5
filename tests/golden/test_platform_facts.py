"""The attested samples of ledgers, traffic, advertising and contacts, against what their rows say by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import Till, classes, rules, till_at, utc
from tests.golden.conftest import SharedFile

from zhanggui.columns import FACTS

SAMPLES = "formats/samples"
PARTS = [column.held_as for column in FACTS["settlements"].columns if column.name.endswith("_amount")]


@dataclass(frozen=True)
class Golden:
    """What a sample comes to.

    `rows` are those of its table in the order of the file, each by the columns that it names; `total` is its headline
    amount, 0 where it has none; `non_data` counts titles and footers.
    """

    file: str
    format_id: str
    table: str
    rows: tuple[Mapping[str, Any], ...]
    store: str
    total: str = "0"
    non_data: int = 0


def ad(scope: str, **held: Any) -> dict[str, Any]:
    return {"day": "2026-09-01", "report_scope": scope, **held}


def traffic(kind: str, path: str, **held: Any) -> dict[str, Any]:
    return {"day": "2026-09-01", "hour": None, "object_type": kind, "object_path": path, **held}


GOLDENS = (
    Golden(
        file="taobao/settlement_wechat_v1.xlsx",
        format_id="taobao.wechat_ledger",
        table="settlement_entry",
        rows=(
            {
                # 09:00:01 in Shanghai.
                "booked_at": utc(2026, 9, 10, 1, 0, 1),
                "booked_date": "2026-09-10",
                "entry_id": "420000",
                "order_id": "3300000000000000001",
                "line_id": "3300000000000000001",
                "category": "goods",
                "scene_raw": "交易收款",
                "wallet": "微信",
                "amount_minor": 17900,
            },
        ),
        store="测试旗舰店",
        total="179.00",
    ),
    Golden(
        file="jd/settled_bill.xlsx",
        format_id="jd.settled_bill",
        table="settlement_entry",
        rows=(
            {
                "order_id": "358000001963",
                "booked_date": "2026-08-20",
                "ordered_date": "2026-08-06",
                "category": "goods",
                # 179.00 - 8.95.
                "amount_minor": 17005,
                "goods_minor": 17900,
                "other_fee_minor": -895,
                "product_id": "100012345678",
            },
        ),
        store="jd",
        total="170.05",
        non_data=1,
    ),
    Golden(
        file="pdd/bill.csv",
        format_id="pinduoduo.bill",
        table="settlement_entry",
        rows=(
            {"order_id": "260901-400000000000001", "category": "goods", "amount_minor": 17900},
            {"order_id": "260901-400000000000001", "category": "service_fee", "amount_minor": -107},
        ),
        store="pinduoduo",
        # 179.00 - 1.07.
        total="177.93",
        non_data=4,
    ),
    Golden(
        file="douyin/dongzhang_39col.csv",
        format_id="douyin.ledger",
        table="settlement_entry",
        rows=(
            {
                "entry_id": "1",
                "order_id": "6917926768823643704",
                "line_id": "6917926768823643704",
                "category": "goods",
                "scene_raw": "货款结算入账",
                # 28.90 of the buyer + 21.00 of the platform - 2.50 of fees.
                "amount_minor": 4740,
                "goods_minor": 2890,
                "platform_subsidy_minor": 2100,
                "service_fee_minor": -250,
            },
        ),
        store="douyin",
        total="47.40",
    ),
    Golden(
        file="sycm/product_daily.xls",
        format_id="sycm.products",
        table="shop_metric_daily",
        rows=(
            traffic(
                "product",
                "10001",
                product_title="测试商品A",
                visitors=1010,
                page_views=2500,
                favourites=20,
                cart_units=30,
                paid_buyers=10,
                paid_units=12,
                # 4,918.00 in the file.
                paid_minor=491800,
                refund_minor=17900,
                search_visitors=400,
            ),
        ),
        store="taobao",
        non_data=1,
    ),
    Golden(
        file="sycm/traffic_source.xlsx",
        format_id="sycm.sources",
        table="shop_metric_daily",
        rows=(
            traffic("source", "店内流转 > 商品导流 > 商品导流 > 商品导流", visitors=25, carts=1, paid_buyers=1),
            # The third and the fourth level are dashes.
            traffic("source", "免费流量 > 手淘搜索", visitors=1204, page_views=3055, carts=96, paid_buyers=31),
        ),
        store="taobao",
    ),
    Golden(
        file="alimama/商品报表_20260901_110000.zip",
        format_id="alimama.items",
        table="ad_spend",
        rows=(
            ad(
                "alimama.items > 商品",
                item_id="10001",
                item_type="商品",
                spend_minor=8191,
                impressions=2350,
                clicks=180,
                carts=3,
                attributed_orders=2,
                attributed_gmv_minor=20000,
                net_orders=1,
                net_gmv_minor=12000,
                direct_gmv_minor=8000,
            ),
            # nan is not 0.00.
            ad("alimama.items > 商品", item_id="10002", spend_minor=None, impressions=0, attributed_gmv_minor=0),
        ),
        store="taobao",
        total="81.91",
    ),
    Golden(
        file="jd/jdsz_product_detail.xlsx",
        format_id="jd.products",
        table="shop_metric_daily",
        rows=(
            traffic(
                "product",
                "100012345678",
                visitors=2,
                page_views=2,
                carts=1,
                cart_units=2,
                ordered_minor=401217,
                paid_orders=1,
                paid_minor=401217,
                refund_minor=None,
            ),
        ),
        store="jd",
    ),
    Golden(
        file="jd/jzt_non_full_site.xlsx",
        format_id="jd.ads",
        table="ad_spend",
        # 20260901000000~20260901005959: the first hour of the day; 汇总 below it says the same again.
        rows=(
            ad(
                "jd.ads",
                hour=0,
                spend_minor=4120,
                impressions=1200,
                clicks=35,
                attributed_orders=2,
                attributed_gmv_minor=39800,
                carts=5,
            ),
        ),
        store="jd",
        total="41.20",
        non_data=2,
    ),
    Golden(
        file="pdd/ads_daily.xlsx",
        format_id="pinduoduo.ads",
        table="ad_spend",
        rows=(
            ad(
                "pinduoduo.ads",
                hour=None,
                # 总花费, not 成交花费 (81.91).
                spend_minor=8500,
                attributed_gmv_minor=60000,
                net_gmv_minor=50000,
                net_orders=5,
                attributed_orders=6,
            ),
        ),
        store="pinduoduo",
        total="85.00",
        non_data=1,
    ),
    Golden(
        file="qianchuan/full_domain_live.xlsx",
        format_id="qianchuan.full_domain_live",
        table="ad_spend",
        rows=(
            ad(
                "qianchuan.full_domain_live",
                hour=10,
                creator_name="测试直播间",
                spend_minor=8191,
                attributed_orders=6,
                attributed_gmv_minor=60000,
                net_gmv_minor=50000,
            ),
        ),
        store="douyin",
        total="81.91",
        non_data=1,
    ),
    Golden(
        file="wecom/customers.xlsx",
        format_id="wecom.customers",
        table="contact",
        rows=({"employee": "lisi", "contact_source": "扫描二维码", "added_at": utc(2026, 9, 1, 2)},),
        store="公司",
        non_data=1,
    ),
)


def said(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row that a golden row names; days as text."""
    return {name: str(row[name]) if name.endswith(("day", "_date")) else row[name] for name in wanted}


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.file)
def test_a_sample_comes_to_what_its_rows_say(tmp_path: Path, shared: SharedFile, golden: Golden) -> None:
    path = shared(f"{SAMPLES}/{golden.file}")
    with till_at(tmp_path) as till:
        first, again = (till.load_all([path]).files[0] for _ in range(2))
        till.check()
        held = sorted(till.rows(golden.table), key=lambda row: int(row["row_no"]))
        stores = till.column("store", "name")
        others = {fact.table: len(till.rows(fact.table)) for fact in FACTS.values()} | {
            name: len(till.rows(name)) for name in ("order_header", "refund")
        }

    n_rows = len(golden.rows)
    found = [said(row, wanted) for row, wanted in zip(held, golden.rows, strict=True)]
    assert (first.error, first.exit_code, first.format, stores) == (None, 0, golden.format_id, [golden.store])
    assert (classes(first), classes(again)) == ((n_rows, 0, 0, 0, 0), (0, n_rows, 0, 0, 0))
    assert rules(first) == set()
    assert found == [dict(row) for row in golden.rows]
    assert (first.file_total, first.ledger_total, first.non_data) == (
        *(Decimal(golden.total), Decimal(golden.total)),
        golden.non_data,
    )
    assert {name for name, count in others.items() if count} == {golden.table}


def test_the_parts_of_a_douyin_settlement_make_its_amount(tmp_path: Path, shared: SharedFile) -> None:
    with till_at(tmp_path) as till:
        till.load_all([shared(f"{SAMPLES}/douyin/dongzhang_39col.csv")])
        [row] = till.rows("settlement_entry")

    # 28.90 + 21.00 - 2.50, and nothing else.
    assert sum(row[part] or 0 for part in PARTS) == row["amount_minor"] == 4740


def test_the_name_and_the_phone_of_a_contact_are_tokens(tmp_path: Path, shared: SharedFile) -> None:
    with till_at(tmp_path) as till:
        till.load_all([shared(f"{SAMPLES}/wecom/customers.xlsx")])
        [row] = till.rows("contact")

    assert "小明" not in str(row)
    assert "13800000000" not in str(row)
    assert None not in (row["contact_name_token"], row["phone_token"])


def test_settlements_meet_the_orders_of_their_platform(tmp_path: Path, shared: SharedFile) -> None:
    names = (
        *("taobao/ExportOrderList.csv", "taobao/settlement_wechat_v1.xlsx"),
        *("douyin/orders_74col.csv", "douyin/dongzhang_39col.csv"),
        *("jd/orders.csv", "jd/settled_bill.xlsx"),
    )
    with till_at(tmp_path) as till:
        reports = till.load_all([shared(f"{SAMPLES}/{name}") for name in names]).files
        till.check()
        orders = {(row["shop_id"], row["order_id"]) for row in till.rows("order_header", "shop_id", "order_id")}
        entries = till.rows("settlement_entry", "shop_id", "order_id")

    assert [report.exit_code for report in reports] == [0] * len(names)
    # The order of JD's bill is in no order file: it is kept all the same.
    assert sorted((row["order_id"], (row["shop_id"], row["order_id"]) in orders) for row in entries) == [
        ("3300000000000000001", True),
        ("358000001963", False),
        ("6917926768823643704", True),
    ]


def _tables(till: Till) -> dict[str, int]:
    return {fact.table: len(till.rows(fact.table)) for fact in FACTS.values() if till.rows(fact.table)}


def test_all_samples_beside_orders_live_in_one_shop(tmp_path: Path, shared: SharedFile) -> None:
    with till_at(tmp_path) as till:
        reports = till.load_all([shared(f"{SAMPLES}/{golden.file}") for golden in GOLDENS]).files
        till.check()
        held = _tables(till)

    assert [report.exit_code for report in reports] == [0] * len(GOLDENS)
    assert held == {"settlement_entry": 5, "shop_metric_daily": 4, "ad_spend": 5, "contact": 1}
