"""Facts of stock systems: orders as an ERP sees them, beside the platforms' own word."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import LINE, ORDER, TITLE
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

ERP_STATUS = ("waiting", "shipped", "completed", "cancelled", "unknown")

ERP_ORDERS = Fact(
    name="erp_orders",
    table="erp_order_line",
    label=Text.of("ERP 订单", "ERP orders"),
    grain="one line of one order as an ERP sees it: a second view, in no figure of orders or sales",
    key=("erp_order_id", "erp_line_id", "order_id", "line_id", "merchant_sku_code"),
    is_of_company=True,
    columns=(
        column("erp_order_id", ValueKind.ID, "内部订单号", "ERP order id", need=True),
        column("erp_line_id", ValueKind.ID, "内部子订单号", "ERP line id"),
        column("order_id", ValueKind.ID, ORDER.label.zh, ORDER.label.en, "The platform's own id, as the ERP has it."),
        column("line_id", ValueKind.ID, LINE.label.zh, LINE.label.en, "The platform's own id, as the ERP has it."),
        column(
            "original_order_id",
            ValueKind.ID,
            "原始线上订单号",
            "Original order id",
            "Of a split or merged order: the id before, where `order_id` finds nothing.",
        ),
        column("erp_store", ValueKind.TEXT, "ERP店铺名称", "Store in the ERP", "As the ERP calls it."),
        column("erp_platform", ValueKind.TEXT, "ERP平台站点", "Platform in the ERP", "As the ERP calls it."),
        column("ordered_at", ValueKind.TIME, "下单时间", "Ordered at", need=True),
        column("paid_at", ValueKind.TIME, "付款时间", "Order paid at"),
        column("erp_status", ValueKind.WORD, "ERP订单状态", "Status in the ERP", need=True, allowed=ERP_STATUS),
        column("order_type", ValueKind.TEXT, "订单类型", "Kind of order"),
        column("merchant_sku_code", ValueKind.ID, "商家SKU编码", "Merchant SKU code", "The seller's own code."),
        TITLE,
        column("sku_spec", ValueKind.TEXT, "商品规格", "SKU specification"),
        column("quantity", ValueKind.QUANTITY, "数量", "Quantity"),
        column("unit_price", ValueKind.MONEY, "单价", "Unit price"),
        column("line_amount", ValueKind.MONEY, "商品行金额", "Line amount", held_as="line_amount_minor"),
        column("erp_payable", ValueKind.MONEY, "ERP应付金额", "Payable", "The order's, on each of its rows."),
        column("erp_paid", ValueKind.MONEY, "ERP已付金额", "Paid", "The order's, on each of its rows."),
        column("line_paid_amount", ValueKind.MONEY, "买家实付", "Paid for the line"),
        column("shipping_income", ValueKind.MONEY, "收入运费", "Postage received"),
        column("shipping_cost", ValueKind.MONEY, "支出运费", "Freight paid"),
        column("unit_cost", ValueKind.MONEY, "单位成本", "Unit cost"),
        column("tracking_no", ValueKind.ID, "快递单号", "Waybill number"),
    ),
)
