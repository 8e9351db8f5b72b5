"""Declared traffic and advertising of JD."""

from __future__ import annotations

import pytest
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.jd.reports import ADS, PRODUCTS
from zhanggui.testing import FormatSuite, SampleFile, header_of

PRODUCT_HEADER = header_of(
    """
    时间,SKU,SKU名称,一级类目,二级类目,三级类目,货号,成交金额,成交商品件数,成交单量,成交客户数,成交转化率,客单价,件单价,UV价值,
    商品浏览量,商品访客数,商品人均浏览量,加购商品件数,加购客户数,下单金额,下单商品件数,下单单量,下单客户数,取消及售后退款金额
    """
)
ADS_HEADER = header_of("点击时间,展现数,点击数,花费,总订单行,总订单金额,总加购数")


def product(sku: str, **cells: str) -> dict[str, str]:
    return {
        "时间": "2026-09-01",
        "SKU": sku,
        "SKU名称": "茶 红",
        "成交金额": "4012.17",
        "成交商品件数": "1",
        "成交单量": "1",
        "成交客户数": "1",
        "成交转化率": "50.00%",
        "商品浏览量": "2",
        "商品访客数": "2",
    } | cells


def ad(at: str, spend: str) -> dict[str, str]:
    return {"点击时间": at, "展现数": "1200", "点击数": "35", "花费": spend, "总订单行": "2", "总订单金额": "398.00"}


class TestProducts(FormatSuite):
    layout = PRODUCTS
    sample = SampleFile(PRODUCT_HEADER, (product("100012345678"), product("100012345679", 成交金额="-")))


class TestAds(FormatSuite):
    layout = ADS
    sample = SampleFile(
        ADS_HEADER,
        (ad("20260901000000~20260901005959", "41.20"), ad("20260901010000~20260901015959", "8.80")),
        titles=(("京准通报表",),),
    )


@pytest.mark.parametrize(
    ("written", "day", "hour"),
    [
        ("20260901000000~20260901005959", "2026-09-01", 0),
        ("20260901230000~20260901235959", "2026-09-01", 23),
        ("2026-09-01", "2026-09-01", 0),
    ],
)
def test_the_beginning_of_a_stretch_of_time_is_its_hour(till: Till, written: str, day: str, hour: int) -> None:
    till.taken("a.csv", SampleFile(ADS_HEADER, (ad(written, "41.20"),)).data())

    [row] = till.rows("ad_spend")
    assert (str(row["day"]), row["hour"]) == (day, hour)


def test_lines_of_totals_are_no_hours(till: Till) -> None:
    rows = (ad("20260901000000~20260901005959", "41.20"), ad("汇总", "41.20"), ad("合计", "41.20"))

    found = till.taken("a.csv", SampleFile(ADS_HEADER, rows, titles=(("京准通报表",),)).data())

    assert (classes(found), found.non_data) == ((1, 0, 0, 0, 0), 3)
    assert till.column("ad_spend", "spend_minor") == [4120]
