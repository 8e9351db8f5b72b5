"""The order file of WeChat shop (``docs/connectors/weixin_store.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.connectors.weixin_store.words import ORDER_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by, gift_lines

ORDERS = Layout(
    format_id="weixin_store.orders",
    title_zh="微信小店订单导出",
    title_en="WeChat shop order export",
    dataset="order_lines",
    platform="weixin_store",
    required=(
        *("订单号", "订单下单时间", "订单发货时间", "订单完成结算时间", "订单状态", "商品总价", "订单实际支付金额"),
        *("订单实际收款金额", "订单运费", "商品优惠", "跨店优惠", "积分抵扣", "支付时间", "商品名称", "商品编码(平台)"),
        *("SKU编码(自定义)", "商品价格(单件)", "商品数量", "商品平台券优惠", "商品售后", "商品已退款金额"),
    ),
    columns=carried_by(
        order_id="订单号",
        product_id="商品编码(平台)",
        product_title="商品名称",
        sku_id="SKU编码(自定义)",
        sku_spec="商品属性",
        quantity="商品数量",
        unit_price="商品价格(单件)",
        order_amount="商品总价",
        shipping_amount="订单运费",
        discount_amount="商品优惠",
        merchant_discount="商品优惠",
        payment_discount="积分抵扣",
        line_platform_discount="商品平台券优惠",
        paid_amount="订单实际支付金额",
        receivable_amount="订单实际收款金额",
        line_refund_amount="商品已退款金额",
        status="订单状态",
        refund_status="商品售后",
        created_at="订单下单时间",
        paid_at="支付时间",
        shipped_at="订单发货时间",
        completed_at="订单完成结算时间",
        receiver_name="收件人姓名",
        phone="收件人手机",
        address="收件人地址",
        province="省",
        city="市",
        creator_id="带货账号昵称",
        presale="是否预售",
    ),
    classings=gift_lines("商品价格(单件)", "商品名称"),
    added=MappingProxyType({"discount_amount": ("跨店优惠", "积分抵扣")}),
    status_words=ORDER_WORDS,
    certainty="B: 57 columns from one parser; newer forms have more",
    amounts="""\
One row per product of an order; 商品总价, 订单实际支付金额, 订单实际收款金额, 订单运费, 商品优惠, 跨店优惠 and
积分抵扣 are the order's and stand on each of its rows: they are taken once and shared among its lines. Created =
商品总价 (before discounts). Paid = 订单实际支付金额, gross of refunds; refunds are 商品已退款金额 of each row.
Receivable = 订单实际收款金额. Nobody says who bears 跨店优惠: it is in the order's discount and with no bearer.
A product at 商品价格 0 that is titled 赠品 is a gift. There is no buyer id.""",
)

FORMATS = (ORDERS,)
