"""What files of orders, lines, refunds, products and customers may say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.columns.model import InputColumn, InputTable, PersonalWord, ValueKind
from zhanggui.i18n import Text

SALES_TABLES: tuple[InputTable, ...] = ("orders", "order_lines", "refunds", "products", "customers")
"""Tables of sales, of what is sold, and of who buys."""

_ORDERS: tuple[InputTable, ...] = ("orders", "order_lines")
_SALES: tuple[InputTable, ...] = ("orders", "order_lines", "refunds")
_ITEMS: tuple[InputTable, ...] = ("order_lines", "refunds", "products")
_LINES: tuple[InputTable, ...] = ("order_lines",)
_REFUNDS: tuple[InputTable, ...] = ("refunds",)
_PEOPLE: tuple[InputTable, ...] = ("orders", "order_lines", "customers")

_ID, _TEXT, _MONEY, _QUANTITY = ValueKind.ID, ValueKind.TEXT, ValueKind.MONEY, ValueKind.QUANTITY
_TIME, _STATUS, _REGION = ValueKind.TIME, ValueKind.STATUS, ValueKind.REGION


def _column(
    name: str,
    kind: ValueKind,
    zh: str,
    en: str,
    tables: tuple[InputTable, ...],
    personal: PersonalWord = "none",
) -> InputColumn:
    return InputColumn(name, kind, Text.of(zh, en), tables, personal)


SALES_COLUMNS: tuple[InputColumn, ...] = (
    # What the row is about.
    _column("order_id", _ID, "订单编号", "Order id", _SALES),
    _column("line_id", _ID, "子订单编号", "Order line id", ("order_lines", "refunds")),
    _column("refund_id", _ID, "退款编号", "Refund id", _REFUNDS),
    _column("parent_order_id", _ID, "主单号", "Order that it was split from, or paid with", _ORDERS),
    _column("package_id", _ID, "包裹号", "Package that the line went in", _LINES),
    # When.
    _column("created_at", _TIME, "下单时间", "Order created at", _SALES),
    _column("paid_at", _TIME, "付款时间", "Order paid at", _SALES),
    _column("shipped_at", _TIME, "发货时间", "Shipped at", _SALES),
    _column("completed_at", _TIME, "确认收货时间", "Receipt confirmed at", _ORDERS),
    _column("deposit_paid_at", _TIME, "定金支付时间", "Deposit paid at", _ORDERS),
    _column("applied_at", _TIME, "退款申请时间", "Refund applied for at", _REFUNDS),
    _column("refunded_at", _TIME, "退款完成时间", "Refunded at", _REFUNDS),
    _column("modified_at", _TIME, "更新时间", "Row modified at", SALES_TABLES),
    # In which state.
    _column("status", _STATUS, "订单状态", "Order status", _ORDERS),
    _column("item_status", _STATUS, "商品状态", "Line status", _LINES),
    _column("refund_status", _STATUS, "退款状态", "Refund status", ("orders", "order_lines", "refunds")),
    _column("refund_type", _STATUS, "售后类型", "Refund type", _REFUNDS),
    _column("needs_return", _STATUS, "是否需要退货", "Whether goods come back", _REFUNDS),
    _column("goods_status", _STATUS, "货物状态", "Where the goods are", _REFUNDS),
    _column("reason", _TEXT, "退款原因", "Refund reason", _REFUNDS),
    _column("presale", _STATUS, "是否预售", "Whether it is a pre-sale", _ORDERS),
    _column("deposit_status", _STATUS, "定金状态", "Whether the deposit is paid", _ORDERS),
    _column("close_reason", _TEXT, "订单关闭原因", "Close reason", _ORDERS),
    # What was sold.
    _column("product_id", _ID, "商品ID", "Product id", _ITEMS),
    _column("product_title", _TEXT, "商品标题", "Product title", ("orders", *_ITEMS)),
    _column("sku_id", _ID, "SKU编码", "SKU id", _ITEMS),
    _column("sku_spec", _TEXT, "商品规格", "SKU specification", _ITEMS),
    _column("category", _TEXT, "类目", "Category", _ITEMS),
    _column("brand", _TEXT, "品牌", "Brand", _ITEMS),
    _column("quantity", _QUANTITY, "数量", "Quantity", ("orders", "order_lines", "refunds")),
    # For how much.
    _column("unit_price", _MONEY, "单价", "Unit price", ("order_lines", "products")),
    _column("line_amount", _MONEY, "商品行金额", "Line amount", _LINES),
    _column("order_amount", _MONEY, "订单金额", "Order amount", _ORDERS),
    _column("discount_amount", _MONEY, "优惠金额", "Discount amount", _ORDERS),
    _column("shipping_amount", _MONEY, "运费", "Shipping amount", _ORDERS),
    _column("paid_amount", _MONEY, "实付金额（退款前）", "Paid amount, before refunds", _ORDERS),
    _column("deposit_amount", _MONEY, "定金", "Deposit", _ORDERS),
    _column("balance_amount", _MONEY, "尾款", "Balance due after the deposit", _ORDERS),
    _column("refund_amount", _MONEY, "退款金额", "Refund amount", _SALES),
    _column("line_paid_amount", _MONEY, "子订单实付金额（退款前）", "Paid for the line, before refunds", _LINES),
    _column("line_refund_amount", _MONEY, "子订单退款金额", "Refunded on the line", _LINES),
    _column("line_shipping_amount", _MONEY, "子订单运费", "Shipping of the line", _LINES),
    # Who bears which part of the discount, and what is left for the merchant; of the order, or of the line.
    _column("merchant_discount", _MONEY, "商家承担优惠", "Discount that the merchant bears", _ORDERS),
    _column("platform_discount", _MONEY, "平台承担优惠", "Discount that the platform bears", _ORDERS),
    _column("creator_discount", _MONEY, "达人承担优惠", "Discount that the creator bears", _ORDERS),
    _column("payment_discount", _MONEY, "支付渠道优惠", "Discount that the payment channel bears", _ORDERS),
    _column("receivable_amount", _MONEY, "商家应收（退款前）", "Merchant receivable, before refunds", _ORDERS),
    _column("line_merchant_discount", _MONEY, "子订单商家承担优惠", "Merchant's discount on the line", _LINES),
    _column("line_platform_discount", _MONEY, "子订单平台承担优惠", "Platform's discount on the line", _LINES),
    _column("line_creator_discount", _MONEY, "子订单达人承担优惠", "Creator's discount on the line", _LINES),
    _column("line_payment_discount", _MONEY, "子订单支付渠道优惠", "Payment discount on the line", _LINES),
    _column(
        "line_receivable_amount",
        _MONEY,
        "子订单商家应收（退款前）",
        "Receivable for the line, before refunds",
        _LINES,
    ),
    _column("cost_amount", _MONEY, "成本", "Cost", ("order_lines", "products")),
    _column("currency", _TEXT, "币种", "Currency", SALES_TABLES),
    # Where.
    _column("province", _REGION, "省份", "Province", (*_SALES, "customers")),
    _column("city", _REGION, "城市", "City", (*_SALES, "customers")),
    _column("country", _REGION, "国家", "Country", (*_SALES, "customers")),
    _column("channel", _TEXT, "渠道", "Channel", _SALES),
    _column("campaign", _TEXT, "活动", "Campaign", _ORDERS),
    _column("creator_id", _ID, "达人ID", "Creator id", _ORDERS),
    # In which store.
    _column("platform", _TEXT, "平台", "Platform", SALES_TABLES),
    _column("shop", _TEXT, "店铺", "Store", SALES_TABLES),
    _column("store_name", _TEXT, "店铺名称", "Store name in the file", SALES_TABLES),
    _column("source_shop_id", _ID, "平台店铺ID", "Store id of the platform", SALES_TABLES),
    # Who: each of these cells becomes a keyed token at intake.
    _column("buyer_id", _ID, "买家ID", "Buyer id", (*_SALES, "customers"), "personal"),
    _column("account", _TEXT, "支付账号", "Account", _PEOPLE, "personal"),
    _column("name", _TEXT, "姓名", "Name", ("customers",), "personal"),
    _column("receiver_name", _TEXT, "收货人姓名", "Receiver name", _ORDERS, "personal"),
    _column("phone", _TEXT, "手机号", "Phone", _PEOPLE, "personal"),
    _column("email", _TEXT, "邮箱", "Email", _PEOPLE, "personal"),
    _column("address", _TEXT, "收货地址", "Address", _PEOPLE, "personal"),
)
"""Input columns of orders, lines, refunds, products and customers."""

SALES_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "orders": (("order_id",), ("created_at",)),
        "order_lines": (
            ("order_id",),
            ("created_at",),
            ("product_id", "product_title"),
            ("quantity", "line_amount"),
        ),
        "refunds": (("refund_id", "order_id"), ("refund_amount",)),
        "products": (("product_id",),),
        "customers": (("buyer_id",),),
    }
)
"""What a file must have: every group must be met; any one name of a group meets it."""
