"""The advertising report of Pinduoduo (``docs/connectors/pinduoduo.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

ADS = Layout(
    format_id="pinduoduo.ads",
    title_zh="拼多多推广报表",
    title_en="Pinduoduo advertising by day",
    dataset="ad_spend",
    platform="pinduoduo",
    required=("日期", "交易额(元)", "净交易额(元)", "净成交笔数", "成交笔数", "曝光量", "点击量"),
    columns=carried_by(
        day="日期",
        spend=("总花费(元)", "花费(元)", "成交花费(元)"),
        impressions="曝光量",
        clicks="点击量",
        attributed_orders="成交笔数",
        attributed_gmv="交易额(元)",
        net_orders="净成交笔数",
        net_gmv="净交易额(元)",
    ),
    constants=MappingProxyType({"report_scope": "pinduoduo.ads"}),
    certainty="A: 26 columns; the name of the spend column varies",
    amounts="Spend = 总花费, else the spend column that the file has. Orders and GMV are the platform's claim.",
)

FORMATS = (ADS,)
