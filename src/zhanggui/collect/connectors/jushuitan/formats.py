"""The order file of Jushuitan (``docs/connectors/jushuitan.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.connectors.jushuitan.words import ORDER_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by

ORDERS = Layout(
    format_id="jushuitan.orders",
    title_zh="聚水潭订单导出",
    title_en="Jushuitan order export",
    dataset="erp_orders",
    required=("内部订单号", "线上订单号", "店铺名称", "下单时间", "状态", "商品编码", "数量"),
    columns=carried_by(
        erp_order_id="内部订单号",
        erp_line_id="子订单编号",
        order_id="线上订单号",
        line_id="线上子订单编号",
        original_order_id="原始线上订单号",
        erp_store="店铺名称",
        erp_platform="平台站点",
        ordered_at="下单时间",
        erp_status="状态",
        order_type="订单类型",
        merchant_sku_code="商品编码",
        product_title="商品名称",
        quantity="数量",
        unit_price="商品单价",
        line_amount="商品金额",
        erp_payable="应付金额",
        erp_paid="已付金额",
        line_paid_amount="买家实付",
        shipping_income="收入运费",
        shipping_cost="支出运费",
        unit_cost="成本价",
        tracking_no="快递单号",
    ),
    words=MappingProxyType({"erp_status": ORDER_WORDS}),
    certainty="A: names; every company chooses its own columns, so only seven are asked for",
    amounts="""\
An ERP's orders are a second view of orders that the platforms' own files hold. They fill a table of their own
(`erp_order_line`), which no figure of orders, sales or refunds reads: nothing is counted twice, and an order that the
platform's file lacks is not invented from here. The rows belong to the company; 店铺名称 stays what the ERP calls the
store. They meet the platforms' orders by 线上子订单编号 and 线上订单号, else by 原始线上订单号, in reconciliation.
应付金额 and 已付金额 are the order's, on each of its rows.""",
)

FORMATS = (ORDERS,)
