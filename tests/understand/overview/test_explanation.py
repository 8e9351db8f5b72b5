"""The explanation on the page of a metric: February against January of a shop worked by hand."""

from __future__ import annotations

from datetime import date

from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.explanation import why_drivers, why_segments, why_sentence
from zhanggui.understand.overview.pages import METRIC, METRIC_TILES
from zhanggui.understand.view import View

# February has 29 days in 2020, so the period before begins on 3 January: 28 of its 30 orders of 100.00.
FEBRUARY = View(date_from=date(2020, 2, 1), date_to=date(2020, 2, 29), name="gmv_paid")


def test_bars_of_drivers_sum_to_the_change(desk: Desk) -> None:
    found = why_drivers(desk, FEBRUARY)

    # 2,800.00 of 28 orders → 2,000.00 of 40 orders of 50.00.
    assert sum(value or 0 for value in found.series[0].values) == -800
    assert {label.zh for label in found.x if not isinstance(label, str)} == {"支付订单数", "笔单价"}
    assert found.currency == "CNY"


def test_bars_of_segments_open_the_metric_of_their_segment(desk: Desk) -> None:
    found = why_segments(desk, FEBRUARY)

    assert found.href is not None
    assert len(found.href) == len(found.x) > 0
    assert all(each is not None and each.startswith("/metrics/gmv_paid?where=") for each in found.href)


def test_the_sentence_names_both_periods_and_the_change(desk: Desk) -> None:
    told = why_sentence(desk, FEBRUARY).text

    assert told.zh.startswith("2020年2月比2020年1月3日至1月31日：")
    assert "-¥800.00" in told.zh
    assert "CNY 2,800.00 to CNY 2,000.00" in told.en


def test_without_two_periods_the_tiles_say_so(desk: Desk) -> None:
    before_all = View(date_from=date(2019, 1, 1), date_to=date(2019, 1, 31), name="refund_rate")

    assert why_drivers(desk, before_all).empty is not None
    assert why_segments(desk, before_all).empty is not None
    assert "没有可比较的两期" in why_sentence(desk, before_all).text.zh


def test_every_tile_of_the_metric_page_is_answered() -> None:
    sources = [tile.source for row in METRIC.rows for tile in row.tiles if "/tiles/metric/" in str(tile.source)]

    assert {str(source).rsplit("/", 1)[1].partition("?")[0] for source in sources} <= set(METRIC_TILES)
