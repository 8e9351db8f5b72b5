"""The order and refund files of Pinduoduo (``docs/connectors/pinduoduo.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.connectors.pinduoduo.words import AFTER_SALE_WORDS, ORDER_WORDS, REFUND_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by, gift_lines

ORDERS = Layout(
    format_id="pinduoduo.orders",
    title_zh="拼多多订单导出",
    title_en="Pinduoduo order export",
    dataset="order_lines",
    platform="pinduoduo",
    required=(
        *("商品", "订单号", "订单状态", "商品总价(元)", "邮费(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)"),
        *("多多支付立减金额(元)", "用户实付金额(元)", "商家实收金额(元)", "商品数量(件)", "发货时间", "确认收货时间"),
        *("商品id", "商品规格", "商家编码-规格维度", "售后状态", "订单成交时间"),
    ),
    columns=carried_by(
        order_id="订单号",
        line_id="订单号",
        product_id="商品id",
        product_title="商品",
        sku_id="商家编码-规格维度",
        sku_spec="商品规格",
        category="商品三级类目",
        quantity="商品数量(件)",
        line_amount="商品总价(元)",
        shipping_amount="邮费(元)",
        merchant_discount="店铺优惠折扣(元)",
        platform_discount="平台优惠折扣(元)",
        paid_amount="用户实付金额(元)",
        receivable_amount="商家实收金额(元)",
        status="订单状态",
        refund_status="售后状态",
        created_at="订单成交时间",
        paid_at=("支付时间", "订单成交时间"),
        shipped_at="发货时间",
        completed_at="确认收货时间",
        province="省",
        city="市",
        channel="订单来源",
    ),
    added=MappingProxyType({"platform_discount": ("多多支付立减金额(元)",)}),
    status_words=ORDER_WORDS,
    refund_words=AFTER_SALE_WORDS,
    estimates_refunds=True,
    classings=gift_lines("商品总价(元)", "商品"),
    certainty="A: 27 columns; a wide form of about 80 has the same names and more",
    amounts="""\
One row per order, which has one SKU. Created = 商品总价 (before discounts, without postage), on the day of
订单成交时间, the only time that both forms have. Paid = 用户实付金额, gross of refunds. Receivable = 商家实收金额,
which includes what the platform bears (平台优惠折扣 and 多多支付立减金额); the merchant bears 店铺优惠折扣. The
file has no refund amount: 退款成功 counts as all that was paid, marked as estimated, until the refund file holds
the case. An order of 商品总价 0 that is titled 赠品 is a gift. There is no buyer id.""",
)

REFUNDS = Layout(
    format_id="pinduoduo.refunds",
    title_zh="拼多多售后退款",
    title_en="Pinduoduo refunds",
    dataset="refunds",
    platform="pinduoduo",
    required=("售后编号", "订单编号", "交易金额", "售后状态", "退款类型", "退款金额", "申请时间"),
    columns=carried_by(
        refund_id="售后编号",
        order_id="订单编号",
        refund_amount="退款金额",
        refund_status="售后状态",
        refund_type="退款类型",
        applied_at="申请时间",
    ),
    status_words=REFUND_WORDS,
    certainty="B: names from one parser; further columns are passed over",
    amounts="退款金额 counts where the case succeeded. The file does not say when the money went back.",
)

FORMATS = (ORDERS, REFUNDS)
