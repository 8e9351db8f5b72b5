"""The advertising report of Pinduoduo, whose column of spend has several names."""

from __future__ import annotations

import pytest
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.pinduoduo.reports import ADS
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of(
    """
    日期,成交花费(元),交易额(元),实际投产比,总花费(元),净交易额(元),净实际投产比,净成交笔数,每笔净成交花费(元),净交易额占比,
    净成交笔数占比,每笔净成交金额(元),结算交易额(元),结算投产比,结算成交笔数,退款豁免率,退单豁免率,每笔结算成交花费(元),
    交易额结算率,订单结算率,每笔结算成交金额(元),成交笔数,每笔成交花费(元),每笔成交金额(元),曝光量,点击量
    """
)


def day(date: str, **cells: str) -> dict[str, str]:
    return {
        "日期": date,
        "成交花费(元)": "81.91",
        "总花费(元)": "85.00",
        "交易额(元)": "600.00",
        "净交易额(元)": "500.00",
        "净成交笔数": "5",
        "净交易额占比": "83%",
        "成交笔数": "6",
        "曝光量": "2350",
        "点击量": "180",
    } | cells


class TestAds(FormatSuite):
    layout = ADS
    sample = SampleFile(HEADER, (day("2026-09-01"), day("2026-09-02")))


@pytest.mark.parametrize(
    ("names", "spend"),
    [(HEADER, 8500), ([name for name in HEADER if name != "总花费(元)"], 8191)],
    ids=["with 总花费", "without it"],
)
def test_spend_is_all_that_was_spent_where_the_file_says_it(till: Till, names: list[str], spend: int) -> None:
    till.taken("a.csv", SampleFile(tuple(names), (day("2026-09-01"),)).data())

    assert till.column("ad_spend", "spend_minor") == [spend]


def test_the_footer_is_no_day(till: Till) -> None:
    found = till.taken("a.csv", SampleFile(HEADER, (day("2026-09-01"), {"日期": "合计"}, {"日期": "汇总"})).data())

    assert (classes(found), found.non_data) == ((1, 0, 0, 0, 0), 2)
