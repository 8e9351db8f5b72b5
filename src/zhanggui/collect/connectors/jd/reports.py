"""Declared traffic (商智) and advertising (京准通) of JD (``docs/connectors/jd.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

PRODUCTS = Layout(
    format_id="jd.products",
    title_zh="京东商智商品明细",
    title_en="JD Shangzhi: products by day",
    dataset="shop_metrics",
    platform="jd",
    required=("时间", "SKU", "成交金额", "成交商品件数", "成交单量", "成交客户数", "商品浏览量", "商品访客数"),
    columns=carried_by(
        day="时间",
        object_path="SKU",
        product_title="SKU名称",
        visitors="商品访客数",
        page_views="商品浏览量",
        carts="加购客户数",
        cart_units="加购商品件数",
        ordered_buyers="下单客户数",
        ordered_amount="下单金额",
        paid_buyers="成交客户数",
        paid_orders="成交单量",
        paid_units="成交商品件数",
        paid_amount="成交金额",
        refund_amount="取消及售后退款金额",
    ),
    constants=MappingProxyType({"object_type": "product"}),
    certainty="B: both the daily and the realtime columns are known from one published connector",
    amounts="""\
Declared by the platform, per SKU; 成交 counts orders as JD does. People of two days or SKUs cannot be added. Rates are
computed again from their parts.""",
)

ADS = Layout(
    format_id="jd.ads",
    title_zh="京准通非全站推广",
    title_en="JD advertising, by day or hour",
    dataset="ad_spend",
    platform="jd",
    required=("点击时间", "展现数", "点击数", "花费", "总订单行", "总订单金额"),
    columns=carried_by(
        day="点击时间",
        hour="点击时间",
        impressions="展现数",
        clicks="点击数",
        spend="花费",
        carts="总加购数",
        attributed_orders="总订单行",
        attributed_gmv="总订单金额",
    ),
    constants=MappingProxyType({"report_scope": "jd.ads"}),
    certainty="B: names of one parser; the order of columns is not known",
    amounts="点击时间 may be a stretch of time; its beginning counts. Orders and GMV are the platform's claim.",
)

FORMATS = (PRODUCTS, ADS)
