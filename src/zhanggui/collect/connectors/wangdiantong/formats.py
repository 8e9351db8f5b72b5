"""The order file of Wangdiantong (``docs/connectors/wangdiantong.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.connectors.wangdiantong.words import ORDER_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by

ORDERS = Layout(
    format_id="wangdiantong.orders",
    title_zh="旺店通订单导出",
    title_en="Wangdiantong order export",
    dataset="erp_orders",
    required=("订单编号", "店铺", "子单原始单号", "订单状态", "交易时间", "付款时间", "订单支付金额", "应收金额"),
    columns=carried_by(
        erp_order_id="订单编号",
        order_id="子单原始单号",
        erp_store="店铺",
        erp_platform="订单来源",
        ordered_at="交易时间",
        paid_at="付款时间",
        erp_status="订单状态",
        order_type="订单类型",
        merchant_sku_code="商家编码",
        product_title="货品名称",
        sku_spec="规格名称",
        quantity=("下单数量", "实发数量"),
        erp_payable="应收金额",
        erp_paid="订单支付金额",
        shipping_income="邮费",
        tracking_no="物流单号",
    ),
    words=MappingProxyType({"erp_status": ORDER_WORDS}),
    certainty="B: the first 32 names of a field dictionary; one status word is attested, any other becomes an issue",
    amounts="""\
An ERP's orders are a second view of orders that the platforms' own files hold. They fill a table of their own
(`erp_order_line`), which no figure of orders, sales or refunds reads: nothing is counted twice. A merged parcel
repeats 订单编号 with one 子单原始单号 per platform order: each is a row of its own. 订单支付金额 and 应收金额 are
the order's, on each of its rows.""",
)

FORMATS = (ORDERS,)
