"""The advertising reports of Alimama (``docs/connectors/alimama.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

_CLAIMED = """\
Spend is what was charged. Orders and GMV are what the platform attributes to its own advertising, with and without
refunds (净成交); they are kept as claimed. Rates and ROI are computed again from their parts. Each report is a scope of
its own, and so is each kind of item (主体类型) in the report of items: their rows are never added to another's."""

ITEMS = Layout(
    format_id="alimama.items",
    title_zh="阿里妈妈主体报表",
    title_en="Alimama: advertised items by day",
    dataset="ad_spend",
    platform="taobao",
    required=("日期", "主体ID", "主体类型", "花费", "净成交金额", "总成交金额", "展现量", "点击量", "总成交笔数"),
    columns=carried_by(
        day="日期",
        item_type="主体类型",
        item_id="主体ID",
        item_name="主体名称",
        spend="花费",
        impressions="展现量",
        clicks="点击量",
        carts="总购物车数",
        favourites="收藏宝贝数",
        attributed_orders="总成交笔数",
        attributed_gmv="总成交金额",
        net_orders="净成交笔数",
        net_gmv="净成交金额",
        direct_orders="直接净成交笔数",
        direct_gmv="直接净成交金额",
    ),
    constants=MappingProxyType({"report_scope": "alimama.items"}),
    # Products, creatives and plans come as files of one layout, each with the whole spend.
    joined=MappingProxyType({"report_scope": ("主体类型",)}),
    certainty="A: a real file in its ZIP was decoded",
    amounts=_CLAIMED,
)

PLANS = Layout(
    format_id="alimama.plans",
    title_zh="阿里妈妈计划报表",
    title_en="Alimama: plans by day",
    dataset="ad_spend",
    platform="taobao",
    required=("日期", "场景ID", "场景名字", "计划ID", "计划名字", "展现量", "点击量", "花费", "总成交金额"),
    columns=carried_by(
        day="日期",
        scene_name="场景名字",
        campaign_id="计划ID",
        campaign_name="计划名字",
        item_id="主体ID",
        item_name="主体名称",
        spend="花费",
        impressions="展现量",
        clicks="点击量",
        attributed_gmv="总成交金额",
        net_gmv="净成交金额",
        direct_gmv="直接成交金额",
    ),
    constants=MappingProxyType({"report_scope": "alimama.plans"}),
    certainty="B: named by one parser",
    amounts=_CLAIMED,
)

FORMATS = (ITEMS, PLANS)
