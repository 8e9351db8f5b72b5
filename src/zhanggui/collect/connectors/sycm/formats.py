"""The traffic reports of Shengyi canmou (``docs/connectors/sycm.md``): declared figures, counted by the platform."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

_DECLARED = """\
Declared by the platform and kept as declared: people are counted once per day and object, so visitors of two days or of
two sources cannot be added. Rates in the file are computed again from their parts and not imported."""
_PEOPLE = carried_by(
    visitors=("商品访客数", "访客数"),
    page_views=("商品浏览量", "浏览量"),
    favourites=("商品收藏人数", "收藏人数"),
    carts="加购人数",
    cart_units="商品加购件数",
    ordered_buyers="下单买家数",
    ordered_amount="下单金额",
    paid_buyers="支付买家数",
    paid_units="支付件数",
    paid_amount="支付金额",
    refund_amount="成功退款金额",
    search_visitors="搜索引导访客数",
    returning_buyers="支付老买家数",
)

PRODUCTS = Layout(
    format_id="sycm.products",
    title_zh="生意参谋商品明细",
    title_en="Shengyi canmou: products by day",
    dataset="shop_metrics",
    platform="taobao",
    required=("统计日期", "商品ID", "商品访客数", "支付买家数", "支付金额"),
    columns={**carried_by(day="统计日期", object_path="商品ID", product_title="商品名称"), **_PEOPLE},
    constants=MappingProxyType({"object_type": "product"}),
    certainty="B: read field by field by published connectors",
    amounts=_DECLARED,
)

SOURCES = Layout(
    format_id="sycm.sources",
    title_zh="生意参谋流量来源",
    title_en="Shengyi canmou: sources of traffic",
    dataset="shop_metrics",
    platform="taobao",
    required=("统计日期", "一级来源", "二级来源", "访客数", "支付买家数"),
    columns={**carried_by(day="统计日期"), **_PEOPLE},
    joined=MappingProxyType({"object_path": ("一级来源", "二级来源", "三级来源", "四级来源")}),
    constants=MappingProxyType({"object_type": "source"}),
    certainty="B: the first columns are known, the real file has more",
    amounts=_DECLARED,
)

WORDS = Layout(
    format_id="sycm.words",
    title_zh="生意参谋搜索词",
    title_en="Shengyi canmou: search words",
    dataset="shop_metrics",
    platform="taobao",
    required=("统计日期", "搜索词", "访客数", "支付买家数", "支付金额"),
    columns={**carried_by(day="统计日期", object_path="搜索词"), **_PEOPLE},
    constants=MappingProxyType({"object_type": "search_word"}),
    certainty="B: read field by field by published connectors",
    amounts=_DECLARED,
)

HOURS = Layout(
    format_id="sycm.hours",
    title_zh="生意参谋分时数据",
    title_en="Shengyi canmou: hours",
    dataset="shop_metrics",
    platform="taobao",
    required=("统计时间", "访客数", "浏览量", "支付买家数", "支付金额", "客单价"),
    columns={**carried_by(day="统计时间", hour="统计时间", object_path="统计时间"), **_PEOPLE},
    constants=MappingProxyType({"object_type": "hour"}),
    certainty="B: read field by field by published connectors",
    amounts=_DECLARED,
)

FORMATS = (PRODUCTS, SOURCES, WORDS, HOURS)
