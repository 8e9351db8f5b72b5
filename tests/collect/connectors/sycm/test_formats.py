"""Shengyi canmou: declared traffic by product, source, search word and hour."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.sycm.formats import HOURS, PRODUCTS, SOURCES, WORDS
from zhanggui.testing import FormatSuite, SampleFile, header_of

PRODUCT_HEADER = header_of(
    """
    统计日期,商品ID,商品名称,货号,商品访客数,商品浏览量,商品收藏人数,商品加购件数,支付买家数,支付件数,支付金额,
    商品支付转化率,成功退款金额,搜索引导访客数
    """
)
SOURCE_HEADER = header_of(
    """
    统计日期,一级来源,二级来源,三级来源,四级来源,访客数,浏览量,加购人数,商品收藏人数,支付买家数,支付转化率
    """
)
WORD_HEADER = header_of("统计日期,搜索词,访客数,加购人数,商品收藏人数,支付买家数,支付转化率,支付件数,支付金额")
HOUR_HEADER = header_of("统计时间,访客数,浏览量,加购人数,商品收藏人数,支付买家数,支付转化率,支付金额,客单价")
TITLE = (("生意参谋",),)


def product(number: str, **cells: str) -> dict[str, str]:
    return {
        "统计日期": "2026-09-01",
        "商品ID": number,
        "商品名称": "茶",
        "商品访客数": "1,010",
        "商品浏览量": "2,500",
        "支付买家数": "10",
        "支付件数": "12",
        "支付金额": "4,918.00",
        "商品支付转化率": "0.99%",
        "成功退款金额": "-",
    } | cells


def source(*levels: str, **cells: str) -> dict[str, str]:
    names = ("一级来源", "二级来源", "三级来源", "四级来源")
    return {"统计日期": "2026-09-01", "访客数": "25", "支付买家数": "1"} | dict(zip(names, levels, strict=True)) | cells


def hour(at: str, **cells: str) -> dict[str, str]:
    return {"统计时间": at, "访客数": "40", "浏览量": "90", "支付买家数": "2", "支付金额": "120.00"} | cells


class TestProducts(FormatSuite):
    layout = PRODUCTS
    sample = SampleFile(PRODUCT_HEADER, (product("10001"), product("10002", 统计日期="2026-09-02")), titles=TITLE)


class TestSources(FormatSuite):
    layout = SOURCES
    sample = SampleFile(
        SOURCE_HEADER, (source("免费流量", "手淘搜索", "-", "-"), source("店内流转", "商品导流", "详情", "详情"))
    )


class TestWords(FormatSuite):
    layout = WORDS
    sample = SampleFile(
        WORD_HEADER,
        (
            {"统计日期": "2026-09-01", "搜索词": "奶瓶", "访客数": "7", "支付买家数": "1", "支付金额": "99.00"},
            {"统计日期": "2026-09-01", "搜索词": "奶瓶 防胀气", "访客数": "3", "支付买家数": "0", "支付金额": "-"},
        ),
    )


class TestHours(FormatSuite):
    layout = HOURS
    sample = SampleFile(HOUR_HEADER, (hour("2026-09-01 00:00"), hour("2026-09-01 23:00")))


def test_thousands_are_read_a_dash_is_nothing_and_rates_are_not_imported(till: Till) -> None:
    till.taken("a.csv", SampleFile(PRODUCT_HEADER, (product("1", 支付买家数="-"),), titles=TITLE).data())

    [row] = till.rows("shop_metric_daily")
    assert (row["visitors"], row["page_views"], row["paid_minor"]) == (1010, 2500, 491800)
    assert (row["paid_buyers"], row["refund_minor"]) == (None, None)
    assert (row["object_type"], row["object_path"], row["product_title"]) == ("product", "1", "茶")


def test_levels_of_a_source_are_one_path_up_to_the_last_that_says_something(till: Till) -> None:
    rows = (source("免费流量", "手淘搜索", "-", ""), source("免费流量", "", "", ""), source("甲", "乙", "丙", "丁"))

    till.taken("a.csv", SampleFile(SOURCE_HEADER, rows).data())

    found = sorted(till.column("shop_metric_daily", "object_path"))
    assert found == ["免费流量", "免费流量 > 手淘搜索", "甲 > 乙 > 丙 > 丁"]


def test_hours_of_a_day_are_rows_of_their_own(till: Till) -> None:
    till.taken("a.csv", SampleFile(HOUR_HEADER, (hour("2026-09-01 00:00"), hour("2026-09-01 23:00"))).data())

    found = till.rows("shop_metric_daily", "day", "hour", "object_type")
    assert [(str(row["day"]), row["hour"], row["object_type"]) for row in found] == [
        ("2026-09-01", 0, "hour"),
        ("2026-09-01", 23, "hour"),
    ]


def test_a_report_that_comes_again_with_later_figures_replaces_them(till: Till) -> None:
    before = SampleFile(PRODUCT_HEADER, (product("1"), product("2")), titles=TITLE)
    after = SampleFile(PRODUCT_HEADER, (product("1", 成功退款金额="179.00"), product("2")), titles=TITLE)
    till.taken("生意参谋_20260902_100000.csv", before.data())

    found = till.taken("生意参谋_20260903_100000.csv", after.data())

    assert classes(found) == (1, 1, 0, 0, 0)
    assert till.column("shop_metric_daily", "refund_minor", object_path="1") == [17900]
