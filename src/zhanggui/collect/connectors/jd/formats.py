"""The order and after-sale files of JD (``docs/connectors/jd.md``)."""

from __future__ import annotations

from zhanggui.collect.connectors.jd.words import ORDER_WORDS
from zhanggui.collect.mapping.layout import Layout, carried_by, gift_lines

ORDERS = Layout(
    format_id="jd.orders",
    title_zh="京东订单导出",
    title_en="JD order export",
    dataset="order_lines",
    platform="jd",
    required=(
        *("订单号", "商品ID", "商品名称", "订购数量", "下单时间", "京东价", "订单金额", "结算金额", "应付金额"),
        *("订单状态", "运费金额", "付款确认时间"),
    ),
    columns=carried_by(
        order_id="订单号",
        product_id="商品ID",
        product_title="商品名称",
        sku_id=("商家SKUID", "货号"),
        quantity="订购数量",
        unit_price="京东价",
        order_amount="订单金额",
        shipping_amount="运费金额",
        paid_amount="应付金额",
        receivable_amount=("商家应收", "结算金额"),
        status="订单状态",
        presale="订单类型",
        created_at="下单时间",
        paid_at="付款确认时间",
        completed_at="订单完成时间",
        buyer_id="下单帐号",
        receiver_name="客户姓名",
        address="客户地址",
        province=("客户地址",),
        phone="联系电话",
        channel="订单渠道",
    ),
    status_words=ORDER_WORDS,
    estimates_refunds=True,
    classings=gift_lines("京东价", "商品名称"),
    certainty="B: 30 columns of 2016; newer exports are known by some of their names only",
    amounts="""\
One row per product of an order; 订单金额, 应付金额, 结算金额 and 运费金额 are the order's and stand on each of its
rows: they are taken once and shared among its lines. Created = 订单金额 (at 京东价, before discounts). Paid =
应付金额, gross of refunds. Receivable = 商家应收, else 结算金额. The file has neither refunds nor who bears the
discounts; a paid order that was cancelled counts as refunded in full until an after-sale file says better. A row at
京东价 0 whose name says 赠品 is a gift. A pre-sale (订单类型) is paid when 付款确认时间 says so; its deposit is not
stated.""",
)

AFTER_SALES = Layout(
    format_id="jd.after_sales",
    title_zh="京东售后服务单",
    title_en="JD after-sale services",
    dataset="refunds",
    platform="jd",
    required=(
        *("服务单号", "订单号", "商品名称", "退款金额", "客户期望", "一级申请原因", "商家首次处理时间", "审核时间"),
    ),
    columns=carried_by(
        refund_id="服务单号",
        order_id="订单号",
        product_id="商品编号",
        product_title="商品名称",
        refund_amount="退款金额",
        refund_type="客户期望",
        goods_status="出库状态",
        reason="一级申请原因",
        applied_at="售后申请时间",
        refunded_at=("商家首次处理时间", "审核时间"),
    ),
    certainty="B: 47 columns below a row of group titles, eight of them named by one parser",
    amounts="""\
No status column is known: a service with 退款金额 counts as refunded, one without as asked for. Orders cancelled
before shipping are no services and do not stand here.""",
)

FORMATS = (ORDERS, AFTER_SALES)
