"""Qianchuan: full-domain live rooms by hour, standard plans by day."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.qianchuan.formats import CREATIVES, FULL_DOMAIN_LIVE, STANDARD
from zhanggui.collect.loading.recognise import recognised
from zhanggui.collect.reading.tables import normalise_header
from zhanggui.testing import FormatSuite, SampleFile, header_of

LIVE_HEADER = header_of(
    """
    主播,时间-小时,整体消耗,整体支付ROI,整体成交金额,整体成交订单数,整体成交订单成本,净成交金额,
    整体成交智能优惠券金额,整体展现次数,整体点击次数,整体点击率,整体转化率,整体千次展现费用,整体点击单价
    """
)
STANDARD_HEADER = header_of(
    """
    日期,计划ID,计划名称,消耗(元),展示次数,点击次数,点击率(%),转化率(%),转化成本(元),7日总支付ROI,直接成交订单数,
    直接成交金额(元),直接支付ROI
    """
)

CREATIVE_HEADER = header_of(
    """
    日期,素材ID,素材名称,所属计划,消耗(元),展示次数,点击次数,点击率(%),转化率(%),转化成本(元),7日总支付ROI,直接成交订单数,
    直接成交金额(元),直接支付ROI
    """
)


def live(at: str, **cells: str) -> dict[str, str]:
    return {
        "主播": "小禾直播间",
        "时间-小时": at,
        "整体消耗": "81.91",
        "整体支付ROI": "7.33",
        "整体成交金额": "600.00",
        "整体成交订单数": "6",
        "净成交金额": "500.00",
        "整体展现次数": "2350",
        "整体点击次数": "180",
    } | cells


def standard(number: str, **cells: str) -> dict[str, str]:
    return {
        "日期": "2026-09-01",
        "计划ID": number,
        "计划名称": "测款",
        "消耗(元)": "50.00",
        "展示次数": "900",
        "点击次数": "45",
        "直接成交订单数": "3",
        "直接成交金额(元)": "297.00",
        "直接支付ROI": "5.94",
    } | cells


class TestFullDomainLive(FormatSuite):
    layout = FULL_DOMAIN_LIVE
    sample = SampleFile(LIVE_HEADER, (live("2026-09-01 10:00"), live("2026-09-01 11:00")))


class TestStandard(FormatSuite):
    layout = STANDARD
    sample = SampleFile(STANDARD_HEADER, (standard("1700000000000000001"), standard("1700000000000000002")))


class TestCreatives(FormatSuite):
    layout = CREATIVES
    sample = SampleFile(
        CREATIVE_HEADER,
        tuple(
            {"日期": "2026-09-01", "素材ID": number, "素材名称": "开箱", "所属计划": "测款", "消耗(元)": "25.00"}
            for number in ("7300000000000000001", "7300000000000000002")
        ),
    )


def test_a_report_of_plans_that_names_creatives_stays_one_of_plans() -> None:
    assert recognised(normalise_header([*STANDARD_HEADER, "素材ID", "所属计划"]), "a.csv") == STANDARD


def test_the_line_of_totals_is_no_hour(till: Till) -> None:
    total = live("-", 主播="全部", 整体消耗="163.82")
    data = SampleFile(LIVE_HEADER, (live("2026-09-01 10:00"), live("2026-09-01 23:00"), total)).data()

    found = till.taken("a.csv", data)

    assert (classes(found), found.non_data) == ((2, 0, 0, 0, 0), 1)
    rows = till.rows("ad_spend", "hour", "creator_name", "spend_minor", "net_gmv_minor")
    assert [tuple(row.values()) for row in rows] == [
        (10, "小禾直播间", 8191, 50000),
        (23, "小禾直播间", 8191, 50000),
    ]


def test_ids_of_plans_keep_all_their_digits(till: Till) -> None:
    till.taken("a.csv", SampleFile(STANDARD_HEADER, (standard("1700000000000000001"),)).data())

    [row] = till.rows("ad_spend")
    assert (row["campaign_id"], row["direct_orders"], row["attributed_gmv_minor"]) == ("1700000000000000001", 3, 29700)
