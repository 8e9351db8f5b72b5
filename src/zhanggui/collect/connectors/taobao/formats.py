"""The order, item, sub-order and refund files of Taobao and Tmall (``docs/connectors/taobao.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.collect.connectors.taobao.words import ORDER_WORDS, REFUND_WORDS
from zhanggui.collect.mapping.layout import Layout, Options, gift_lines


def _columns(**names: str | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: (value,) if isinstance(value, str) else value for key, value in names.items()})


ORDERS = Layout(
    format_id="taobao.orders",
    title_zh="淘宝/天猫订单报表",
    title_en="Taobao/Tmall order report",
    dataset="orders",
    platform="taobao",
    required=("订单编号", "买家应付货款", "总金额", "买家实际支付金额", "订单状态", "订单创建时间", "订单付款时间"),
    columns=_columns(
        order_id="订单编号",
        buyer_id="买家会员名",
        account="买家支付宝账号",
        order_amount="总金额",
        receivable_amount="总金额",
        shipping_amount="买家应付邮费",
        paid_amount="买家实际支付金额",
        refund_amount="退款金额",
        status="订单状态",
        close_reason="订单关闭原因",
        receiver_name="收货人姓名",
        address="收货地址",
        province=("收货地址",),
        phone=("联系手机", "联系电话"),
        created_at="订单创建时间",
        paid_at="订单付款时间",
        shipped_at="发货时间",
        completed_at="确认收货时间",
        modified_at="修改时间",
        store_name="店铺名称",
        source_shop_id="店铺Id",
        parent_order_id="主订单编号",
        presale="预售订单",
    ),
    extracted=MappingProxyType(
        {
            "deposit_amount": (("分阶段订单信息", r"定金[^\d；;]*(?P<v>\d[\d,]*\.?\d*)"),),
            "deposit_status": (("分阶段订单信息", r"定金[^；;]*?(?P<v>已付款|未付款)"),),
            "balance_amount": (("分阶段订单信息", r"尾款[^\d；;]*(?P<v>\d[\d,]*\.?\d*)"),),
        }
    ),
    status_words=ORDER_WORDS,
    certainty="A: 61-, 54- and 41-column exports of 2018 to 2023, matched by name",
    amounts="""\
Created = 总金额, postage included. Paid = 买家实际支付金额, gross of refunds; refunds are 退款金额. 总金额 is also
what the
merchant is due: what it exceeds the paid amount by is borne by platform or creator, whom the report does not name.
Of a pre-sale, 分阶段订单信息 holds deposit (定金) and balance (尾款), as far as its words are known;
买家实际支付金额 is then
what was paid so far, and 订单付款时间 the time of the balance. 主订单编号 names the order that this one is part of.""",
)

ORDERS_PUBLIC = Layout(
    format_id="tmall.orders_7",
    title_zh="天猫订单报表（7 列）",
    title_en="Tmall order report (7 columns)",
    dataset="orders",
    platform="tmall",
    required=("订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "订单付款时间", "退款金额"),
    columns=_columns(
        order_id="订单编号",
        order_amount="总金额",
        paid_amount="买家实际支付金额",
        refund_amount="退款金额",
        province="收货地址",
        created_at="订单创建时间",
        paid_at="订单付款时间",
    ),
    # A wider report that lacks one column must not be read as this one: here paid is net of refunds.
    foreign=("订单状态", "买家会员名", "买家应付货款", "收货人姓名", "宝贝标题"),
    options=Options(paid_is_net_of_refunds=True),
    amounts="Created = 总金额. Paid = 买家实际支付金额 + 退款金额, which is what the buyer paid before refunds.",
    certainty="A: the public form of February 2020; its paid column is net of refunds in every paid row",
)

ITEMS = Layout(
    format_id="taobao.items",
    title_zh="淘宝/天猫宝贝报表",
    title_en="Taobao/Tmall item report",
    dataset="order_lines",
    platform="taobao",
    required=("订单编号", "标题", "价格", "购买数量", "外部系统编号", "商品属性", "订单状态", "商家编码"),
    columns=_columns(
        order_id="订单编号",
        product_title="标题",
        unit_price="价格",
        quantity="购买数量",
        sku_id="外部系统编号",
        sku_spec="商品属性",
        product_id="商家编码",
        status="订单状态",
        created_at="创建时间",
    ),
    status_words=ORDER_WORDS,
    states_of_lines=True,
    classings=gift_lines("价格", "标题"),
    certainty="A: 10 columns, an 11th (创建时间) in newer exports; it has no line id",
    amounts="""\
Line amount = 价格 × 购买数量, before discounts; what was paid stands in the order report. 订单状态 is the line's: a
line that
was given back does not close its order, and the order report says how a closed one was closed. A line at 价格 0 whose
标题 says 赠品 is a gift.""",
)

SUB_ORDERS = Layout(
    format_id="taobao.sub_orders",
    title_zh="淘宝/天猫子订单明细",
    title_en="Taobao/Tmall sub-order report",
    dataset="order_lines",
    platform="taobao",
    required=(
        "主订单编号",
        "子订单编号",
        "商品标题",
        "购买数量",
        "商品价格",
        "订单状态",
        "订单创建时间",
        "订单付款时间",
    ),
    columns=_columns(
        order_id="主订单编号",
        line_id="子订单编号",
        product_title="商品标题",
        product_id=("商品ID", "商品id"),
        sku_id="商家编码",
        sku_spec="商品属性",
        quantity="购买数量",
        unit_price="商品价格",
        line_paid_amount="买家实付金额",
        line_refund_amount="退款金额",
        status="订单状态",
        item_status="退款状态",
        created_at="订单创建时间",
        paid_at="订单付款时间",
        store_name="店铺名称",
    ),
    status_words=ORDER_WORDS,
    states_of_lines=True,
    classings=gift_lines("商品价格", "商品标题"),
    certainty="B: names attested, order and full set not; matched by name",
    amounts="""\
Created = 商品价格 × 购买数量. Paid = 买家实付金额 of each sub-order, gross of refunds; refunds are its 退款金额. Each
sub-order has a state of its own; the order's follows from all of them. A sub-order at 商品价格 0 whose 商品标题
says 赠品
is a gift.""",
)

REFUNDS = Layout(
    format_id="taobao.refunds",
    title_zh="淘宝/天猫退款明细",
    title_en="Taobao/Tmall refund report",
    dataset="refunds",
    platform="taobao",
    required=("订单编号", "退款编号", "退款状态", "退款的申请时间"),
    columns=_columns(
        refund_id="退款编号",
        order_id="订单编号",
        product_id=("商品编码", "商品 id", "商品id"),
        product_title="宝贝标题",
        refund_amount=("买家退款金额", "退款总额", "退款金额(元)", "退款金额"),
        refund_status="退款状态",
        refund_type=("售后类型",),
        needs_return="是否需要退货",
        goods_status="货物状态",
        reason="买家退款原因",
        applied_at="退款的申请时间",
        refunded_at=("退款完结时间", "完结时间"),
        store_name="店铺名称",
    ),
    status_words=REFUND_WORDS,
    certainty="A: 42 columns and two newer name sets, matched by name",
    amounts="Refunded = 买家退款金额, 退款总额 or 退款金额, whichever the file has, of the cases that succeeded.",
)

FORMATS = (ORDERS, ORDERS_PUBLIC, ITEMS, SUB_ORDERS, REFUNDS)
