"""The order and after-sale files of Douyin shop (``docs/connectors/douyin.md``)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from zhanggui.collect.connectors.douyin.words import AFTER_SALE_WORDS, ORDER_WORDS, REFUND_WORDS, UNPAID_REASONS
from zhanggui.collect.mapping.layout import Layout, carried_by, gift_lines

_OF_BOTH = (
    *("主订单编号", "子订单编号", "选购商品", "商品ID", "商家编码", "商品数量", "订单应付金额", "运费", "支付优惠"),
    *("平台实际承担优惠金额", "商家实际承担优惠金额", "达人实际承担优惠金额", "订单提交时间", "支付完成时间"),
    *("发货时间", "订单完成时间", "订单状态", "售后状态", "取消原因"),
)

ORDERS = Layout(
    format_id="douyin.orders",
    title_zh="抖店订单导出",
    title_en="Douyin shop order export",
    dataset="order_lines",
    platform="douyin",
    required=(*_OF_BOTH, "商品单价"),
    columns=carried_by(
        order_id="主订单编号",
        line_id="子订单编号",
        product_id="商品ID",
        product_title="选购商品",
        sku_id="商家编码",
        sku_spec="商品规格",
        quantity="商品数量",
        unit_price="商品单价",
        line_amount="商品金额",
        line_paid_amount="订单应付金额",
        line_shipping_amount="运费",
        line_merchant_discount="商家实际承担优惠金额",
        line_platform_discount="平台实际承担优惠金额",
        line_creator_discount="达人实际承担优惠金额",
        line_payment_discount="支付优惠",
        line_receivable_amount="订单应付金额",
        status="订单状态",
        item_status="订单状态",
        refund_status="售后状态",
        close_reason="取消原因",
        presale="订单类型",
        created_at="订单提交时间",
        paid_at="支付完成时间",
        shipped_at="发货时间",
        completed_at="订单完成时间",
        province="省",
        city="市",
        channel="流量体裁",
        creator_id="达人ID",
    ),
    added=MappingProxyType({"line_receivable_amount": ("平台实际承担优惠金额", "达人实际承担优惠金额")}),
    status_words=ORDER_WORDS,
    refund_words=AFTER_SALE_WORDS,
    unpaid_reasons=UNPAID_REASONS,
    states_of_lines=True,
    estimates_refunds=True,
    classings=gift_lines("商品单价", "选购商品"),
    certainty="A: names of a 74-column form; the set grows every year",
    amounts="""\
One row per sub-order; every amount is the row's own. Created = 商品单价 × 商品数量, or 商品金额 where the file has
it (before discounts, without postage). Paid = 订单应付金额 of paid orders, gross of refunds. Receivable =
订单应付金额 + 平台实际承担优惠金额 + 达人实际承担优惠金额. The file has no refund amount: 退款成功 counts as all
that was paid for the sub-order, marked as estimated, until the after-sale file holds the case. An order closed as
超时未支付 was not paid, whatever its paid time says. Each sub-order has a state of its own: an order is as far as the
least far of those that go on, partially shipped where some of them left, and closed when all are. A sub-order that
costs nothing and is titled 赠品 is a gift. 支付完成时间 of a pre-sale (订单类型) is that of the balance; the file
does not
state its deposit. Receivers are ciphertext and are not read; there is no buyer
id.""",
)

ORDERS_GOODS_AMOUNT = replace(
    ORDERS,
    format_id="douyin.orders_goods_amount",
    title_zh="抖店订单导出（商品金额）",
    title_en="Douyin shop order export (goods amount)",
    required=(*_OF_BOTH, "商品金额", "货号"),
    classings=gift_lines("商品金额", "选购商品"),
    certainty="A: names of a 75-column form, which states 商品金额 instead of 商品单价",
)

AFTER_SALES = Layout(
    format_id="douyin.after_sales",
    title_zh="抖店售后导出",
    title_en="Douyin shop after-sale export",
    dataset="refunds",
    platform="douyin",
    required=(
        *("售后单号", "订单号", "商品单号", "商品名称", "商品ID", "商品发货状态", "售后类型", "退商品金额(元)"),
        *("退运费金额(元)", "售后状态", "售后申请时间", "售后原因", "商家退款时间", "售后完结时间"),
    ),
    columns=carried_by(
        refund_id="售后单号",
        order_id="订单号",
        line_id="商品单号",
        product_id="商品ID",
        product_title="商品名称",
        sku_id="商家编码",
        refund_amount="退商品金额(元)",
        refund_status="售后状态",
        refund_type="售后类型",
        goods_status="商品发货状态",
        reason="售后原因",
        applied_at="售后申请时间",
        refunded_at=("商家退款时间", "售后完结时间"),
    ),
    added=MappingProxyType({"refund_amount": ("退运费金额(元)",)}),
    status_words=REFUND_WORDS,
    certainty="A: 50 columns",
    amounts="Refunded = 退商品金额 + 退运费金额 of the cases that succeeded; an exchange gives nothing back.",
)

FORMATS = (ORDERS, ORDERS_GOODS_AMOUNT, AFTER_SALES)
