"""The order file of Kuaishou shop (``docs/connectors/kuaishou.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.connectors.kuaishou.words import ORDER_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by, gift_lines

ORDERS = Layout(
    format_id="kuaishou.orders",
    title_zh="快手小店订单导出",
    title_en="Kuaishou shop order export",
    dataset="order_lines",
    platform="kuaishou",
    required=(
        *("订单号", "订单创建时间", "订单支付时间", "订单状态", "实付款", "快递费", "店铺优惠", "平台补贴", "主播补贴"),
        *("支付优惠", "成交数量", "售后状态", "商品名称", "商品ID", "商品规格", "SKU编码", "商品单价", "CPS达人ID"),
    ),
    columns=carried_by(
        order_id="订单号",
        line_id="订单号",
        product_id="商品ID",
        product_title="商品名称",
        sku_id="SKU编码",
        sku_spec="商品规格",
        quantity="成交数量",
        unit_price="商品单价",
        shipping_amount="快递费",
        merchant_discount="店铺优惠",
        platform_discount="平台补贴",
        creator_discount="主播补贴",
        payment_discount="支付优惠",
        paid_amount="实付款",
        receivable_amount="实付款",
        status="订单状态",
        refund_status="售后状态",
        created_at="订单创建时间",
        paid_at="订单支付时间",
        deposit_paid_at="预售定金支付时间",
        shipped_at="发货时间",
        province="收货地址-省",
        city="收货地址-市",
        receiver_name="收货人姓名",
        phone="收货人电话",
        address="收货地址",
        channel="渠道",
        creator_id="CPS达人ID",
    ),
    added=MappingProxyType({"receivable_amount": ("平台补贴", "主播补贴")}),
    status_words=ORDER_WORDS,
    estimates_refunds=True,
    classings=gift_lines("商品单价", "商品名称"),
    certainty="B: 61 columns from one parser; only two status words are attested, every other one becomes an issue",
    amounts="""\
One row per order, which has one SKU. Created = 商品单价 × 成交数量. Paid = 实付款, gross of refunds. Receivable =
实付款 + 平台补贴 + 主播补贴. 预售定金支付时间 makes an order a pre-sale; how much its deposit was is not stated. An
order of 商品单价 0 that is titled 赠品 is a gift. No after-sale word is attested, so the file tells of no refund.
There is no buyer id.""",
)

FORMATS = (ORDERS,)
