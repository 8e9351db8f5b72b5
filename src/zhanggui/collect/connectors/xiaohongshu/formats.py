"""The order file of Xiaohongshu (``docs/connectors/xiaohongshu.md``)."""

from __future__ import annotations

from zhanggui.collect.connectors.xiaohongshu.words import AFTER_SALE_WORDS, ORDER_WORDS
from zhanggui.collect.mapping.layout import Classing, Layout, RowTest, carried_by

ORDERS = Layout(
    format_id="xiaohongshu.orders",
    title_zh="小红书订单查询（包裹详情）",
    title_en="Xiaohongshu order export (packages)",
    dataset="order_lines",
    platform="xiaohongshu",
    required=(
        *("订单号", "订单状态", "售后状态", "规格ID", "SKU规格", "SKU件数", "是否为赠品", "商品总价(元)"),
        *("用户应付金额(元)", "平台优惠(元)", "店铺优惠(元)", "支付渠道优惠(元)", "商家应收金额(元)(支付金额)"),
        *("包裹总运费(元)", "支付时间", "订单创建时间", "订单发货时间", "订单完成时间", "店铺名称", "用户编号"),
        *("商家编码", "商品ID", "商品名称"),
    ),
    columns=carried_by(
        order_id="订单号",
        product_id="商品ID",
        product_title="商品名称",
        sku_id="商家编码",
        sku_spec="SKU规格",
        quantity="SKU件数",
        line_amount="商品总价(元)",
        shipping_amount="包裹总运费(元)",
        package_id="快递单号",
        line_merchant_discount="店铺优惠(元)",
        line_platform_discount="平台优惠(元)",
        line_payment_discount="支付渠道优惠(元)",
        line_paid_amount="用户应付金额(元)",
        line_receivable_amount="商家应收金额(元)(支付金额)",
        status="订单状态",
        refund_status="售后状态",
        created_at="订单创建时间",
        paid_at="支付时间",
        shipped_at="订单发货时间",
        completed_at="订单完成时间",
        buyer_id="用户编号",
        receiver_name="收件人姓名",
        phone="收件人电话",
        address="收件人地址",
        province="省",
        city="市",
        store_name="店铺名称",
        creator_id="达人ID",
    ),
    classings=(Classing("gift", (RowTest("是否为赠品", is_one_of=("是",)),)),),
    status_words=ORDER_WORDS,
    refund_words=AFTER_SALE_WORDS,
    estimates_refunds=True,
    certainty="A: 72 names; three status words are attested, every other one becomes an issue",
    amounts="""\
One row per SKU of a package; its amounts are the row's own, but 包裹总运费 is the package's: it is taken once per
package, which its 快递单号 tells apart, and rows that have none yet count as one package. Created = 商品总价
(before discounts). Paid = 用户应付金额 of paid orders, gross of refunds. Receivable =
商家应收金额 (支付金额). Rows with 是否为赠品 = 是 are gifts. 用户编号 is the buyer's id. No after-sale word but
无售后 is attested, so the file tells of no refund, except that a paid order that was cancelled counts as refunded
in full, marked as estimated.""",
)

FORMATS = (ORDERS,)
