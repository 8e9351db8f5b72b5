"""Alimama: what advertising costs and claims, by item and by plan."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.alimama.formats import ITEMS, PLANS
from zhanggui.testing import FormatSuite, SampleFile, header_of

ITEM_HEADER = header_of(
    """
    日期,主体ID,主体类型,主体名称,花费,净成交金额,总成交金额,净实际投产比,实际投产比,展现量,点击量,点击率,平均点击花费,
    千次展现花费,净成交笔数,总成交笔数,点击转化率,直接净成交金额,直接净成交笔数,总购物车数,直接购物车数,收藏宝贝数,
    直接收藏宝贝数,宝贝收藏加购数
    """
)
PLAN_HEADER = header_of("日期,场景ID,场景名字,计划ID,计划名字,展现量,点击量,花费,直接成交金额,间接成交金额,总成交金额")


def item(number: str, **cells: str) -> dict[str, str]:
    return {
        "日期": "2026-09-01",
        "主体ID": number,
        "主体类型": "商品",
        "主体名称": "茶",
        "花费": "81.91",
        "净成交金额": "120.00",
        "总成交金额": "200.00",
        "净实际投产比": "1.47",
        "展现量": "2350",
        "点击量": "180",
        "点击率": "7.66%",
        "总成交笔数": "2",
    } | cells


def plan(number: str, **cells: str) -> dict[str, str]:
    return {
        "日期": "2026-09-01",
        "场景ID": "1",
        "场景名字": "关键词推广",
        "计划ID": number,
        "计划名字": "日常",
        "展现量": "1000",
        "点击量": "30",
        "花费": "25.50",
        "直接成交金额": "60.00",
        "间接成交金额": "40.00",
        "总成交金额": "100.00",
    } | cells


class TestItems(FormatSuite):
    layout = ITEMS
    sample = SampleFile(ITEM_HEADER, (item("10001"), item("10002", 花费="nan", 净实际投产比="nan")), encoding="gb18030")


class TestPlans(FormatSuite):
    layout = PLANS
    sample = SampleFile(PLAN_HEADER, (plan("71"), plan("72", 日期="2026-09-02")), encoding="gb18030")


def test_nothing_spent_is_not_a_spend_of_nothing(till: Till) -> None:
    rows = (item("1", 花费="nan"), item("2", 花费="0"), item("3", 花费="1,234.50"))

    found = till.taken("a.csv", SampleFile(ITEM_HEADER, rows).data())

    assert classes(found) == (3, 0, 0, 0, 0)
    assert [(row["item_id"], row["spend_minor"]) for row in till.rows("ad_spend", "item_id", "spend_minor")] == [
        ("1", None),
        ("2", 0),
        ("3", 123450),
    ]


def test_reports_of_two_scopes_stand_beside_each_other(till: Till) -> None:
    till.taken("items.csv", SampleFile(ITEM_HEADER, (item("1"),)).data())
    till.taken("plans.csv", SampleFile(PLAN_HEADER, (plan("71"),)).data())

    found = till.rows("ad_spend", "report_scope", "campaign_name", "scene_name", "spend_minor", "direct_gmv_minor")
    assert [tuple(row.values()) for row in found] == [
        ("alimama.items > 商品", None, None, 8191, None),
        ("alimama.plans", "日常", "关键词推广", 2550, 6000),
    ]


def test_a_plan_that_stands_twice_on_a_day_counts_twice(till: Till) -> None:
    # The report is finer than the columns it shows: two creatives of one plan.
    found = till.taken("a.csv", SampleFile(PLAN_HEADER, (plan("71"), plan("71", 花费="4.50"))).data())

    assert classes(found) == (2, 0, 0, 0, 0)
    assert sum(till.column("ad_spend", "spend_minor")) == 2550 + 450


def test_products_and_creatives_are_scopes_of_their_own_although_their_files_look_alike(till: Till) -> None:
    # Either file has all that was spent: 81.91 on one product, through two creatives.
    products = SampleFile(ITEM_HEADER, (item("1"),))
    creatives = SampleFile(
        ITEM_HEADER, (item("91", 主体类型="创意", 花费="50.00"), item("92", 主体类型="创意", 花费="31.91"))
    )

    till.taken("商品报表.csv", products.data())
    till.taken("创意报表.csv", creatives.data())

    found = [(row["report_scope"], row["spend_minor"]) for row in till.rows("ad_spend", "report_scope", "spend_minor")]
    assert sorted(found) == [
        ("alimama.items > 创意", 3191),
        ("alimama.items > 创意", 5000),
        ("alimama.items > 商品", 8191),
    ]
