"""The advertising reports of Qianchuan (``docs/connectors/qianchuan.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

_CLAIMED = """\
Spend is what was charged; orders and GMV are what the platform attributes to its own advertising, 整体 including what
came without a click. Rates and ROI are computed again from their parts. Each report is a scope of its own: its rows are
never added to those of another."""

FULL_DOMAIN_LIVE = Layout(
    format_id="qianchuan.full_domain_live",
    title_zh="千川全域推广·直播",
    title_en="Qianchuan: full-domain, live rooms by hour",
    dataset="ad_spend",
    platform="douyin",
    required=("时间-小时", "整体消耗", "整体成交金额", "整体成交订单数", "整体展现次数", "整体点击次数"),
    columns=carried_by(
        day="时间-小时",
        hour="时间-小时",
        creator_name="主播",
        item_id="商品ID",
        spend="整体消耗",
        impressions="整体展现次数",
        clicks="整体点击次数",
        attributed_orders="整体成交订单数",
        attributed_gmv="整体成交金额",
        net_gmv="净成交金额",
    ),
    constants=MappingProxyType({"report_scope": "qianchuan.full_domain_live"}),
    certainty="B: metric names of several parsers and of the open interface",
    amounts=_CLAIMED,
)

STANDARD = Layout(
    format_id="qianchuan.standard",
    title_zh="千川标准推广",
    title_en="Qianchuan: standard plans by day",
    dataset="ad_spend",
    platform="douyin",
    required=("日期", "计划ID", "消耗(元)", "直接成交订单数", "直接成交金额(元)"),
    columns=carried_by(
        day="日期",
        campaign_id="计划ID",
        campaign_name="计划名称",
        creative_id=("创意ID", "素材ID"),
        creative_name=("创意名称", "素材名称"),
        item_id="商品ID",
        spend="消耗(元)",
        impressions="展示次数",
        clicks="点击次数",
        direct_orders="直接成交订单数",
        direct_gmv="直接成交金额(元)",
        attributed_orders="直接成交订单数",
        attributed_gmv="直接成交金额(元)",
    ),
    constants=MappingProxyType({"report_scope": "qianchuan.standard"}),
    certainty="B: names of two parsers; the order of columns is not known",
    amounts=_CLAIMED,
)

CREATIVES = Layout(
    format_id="qianchuan.creatives",
    title_zh="千川素材报表",
    title_en="Qianchuan: creatives by day",
    dataset="ad_spend",
    platform="douyin",
    required=("日期", "素材ID", "所属计划", "消耗(元)", "直接成交订单数", "直接成交金额(元)"),
    # A report of plans that names creatives is one of plans.
    foreign=("计划ID",),
    columns=carried_by(
        day="日期",
        campaign_name="所属计划",
        creative_id="素材ID",
        creative_name="素材名称",
        item_id="商品ID",
        spend="消耗(元)",
        impressions="展示次数",
        clicks="点击次数",
        direct_orders="直接成交订单数",
        direct_gmv="直接成交金额(元)",
        attributed_orders="直接成交订单数",
        attributed_gmv="直接成交金额(元)",
    ),
    constants=MappingProxyType({"report_scope": "qianchuan.creatives"}),
    certainty="B: metrics as in the report of plans; which dimensions stand beside them varies",
    amounts=_CLAIMED,
)

FORMATS = (FULL_DOMAIN_LIVE, STANDARD, CREATIVES)
