"""Facts of goods: costs, SKU maps, stock, purchases, counts."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import DATE, GOODS, NOTE, ORDER, REFUND, TITLE, WAREHOUSE
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

SKU_COSTS = Fact(
    name="sku_costs",
    table="sku_cost",
    label=Text.of("商品成本", "Unit costs"),
    grain="unit cost of one SKU from one day on",
    key=("internal_sku", "valid_from"),
    is_of_company=True,
    columns=(
        GOODS,
        column("valid_from", ValueKind.DAY, "生效日期", "Valid from", need=True),
        column("unit_cost", ValueKind.MONEY, "单位成本", "Unit cost", need=True),
        TITLE,
        column("cost_method", ValueKind.WORD, "计价方法", "Method", allowed=("standard", "fifo", "average")),
    ),
)

SKU_MAP = Fact(
    name="sku_map",
    table="sku_map",
    label=Text.of("商品对照表", "SKU map"),
    grain="one platform SKU's part of one of the seller's own SKUs, from one day on",
    key=("platform_sku_id", "internal_sku", "valid_from"),
    columns=(
        column("platform_sku_id", ValueKind.ID, "平台SKU", "Platform SKU id", need=True),
        GOODS,
        column(
            "units", ValueKind.QUANTITY, "包含件数", "Units", "How many of it one platform unit holds; 1 when empty."
        ),
        column("valid_from", ValueKind.DAY, "生效日期", "Valid from"),
        column("valid_to", ValueKind.DAY, "失效日期", "Valid to", ahead=True),
    ),
)

COSTS = Fact(
    name="costs",
    table="cost_entry",
    label=Text.of("其他费用", "Other costs"),
    grain="one cost of a period, shared out by a stated rule",
    key=("cost_id",),
    headline="amount_minor",
    is_of_company=True,
    columns=(
        column("cost_id", ValueKind.ID, "费用单号", "Cost id"),
        column(
            "cost_kind",
            ValueKind.WORD,
            "费用类型",
            "Kind",
            need=True,
            allowed=(
                "freight",
                "packaging",
                "labour",
                "rent",
                "insurance",
                "brushing",
                "creator_slot",
                "content",
                "sample",
                "tax",
                "other",
            ),
        ),
        column("period_from", ValueKind.DAY, "开始日期", "Period from", need=True),
        column("period_to", ValueKind.DAY, "结束日期", "Period to", ahead=True),
        column("amount", ValueKind.MONEY, "金额", "Amount", need=True, held_as="amount_minor"),
        column(
            "allocation", ValueKind.WORD, "分摊方式", "Shared by", allowed=("orders", "units", "paid_amount", "none")
        ),
        ORDER,
        NOTE,
    ),
)

STOCK_MOVEMENTS = Fact(
    name="stock_movements",
    table="stock_movement",
    label=Text.of("出入库流水", "Stock movements"),
    grain="one movement of one SKU in one warehouse",
    key=("movement_id",),
    is_of_company=True,
    columns=(
        column("movement_id", ValueKind.ID, "流水号", "Movement id"),
        column("occurred_at", ValueKind.TIME, "发生时间", "Occurred at", need=True),
        WAREHOUSE,
        GOODS,
        column("quantity", ValueKind.QUANTITY, "数量", "Quantity", "Signed: what comes in is positive.", need=True),
        column(
            "movement_reason",
            ValueKind.WORD,
            "类型",
            "Reason",
            held_as="reason",
            allowed=("sale", "return", "purchase", "transfer", "adjust", "damage", "other"),
        ),
        ORDER,
        REFUND,
        column("purchase_order_id", ValueKind.ID, "采购单号", "Purchase order id"),
        NOTE,
    ),
)

STOCK_SNAPSHOTS = Fact(
    name="stock_snapshots",
    table="stock_snapshot",
    label=Text.of("库存快照", "Stock on hand"),
    grain="stock of one SKU in one warehouse at the end of one day",
    key=("day", "warehouse", "internal_sku"),
    is_of_company=True,
    columns=(
        DATE,
        WAREHOUSE,
        GOODS,
        column("on_hand", ValueKind.QUANTITY, "库存数量", "On hand", need=True),
        column("committed", ValueKind.QUANTITY, "占用数量", "Committed"),
        column("on_order", ValueKind.QUANTITY, "在途数量", "On order"),
        column("oversold", ValueKind.QUANTITY, "超卖数量", "Oversold"),
        TITLE,
    ),
)

PURCHASE_ORDERS = Fact(
    name="purchase_orders",
    table="purchase_order",
    label=Text.of("采购单", "Purchase orders"),
    grain="one SKU of one purchase order for one warehouse",
    key=("purchase_order_id", "warehouse", "internal_sku"),
    is_of_company=True,
    columns=(
        column("purchase_order_id", ValueKind.ID, "采购单号", "Purchase order id", need=True),
        column("supplier", ValueKind.TEXT, "供应商", "Supplier"),
        WAREHOUSE,
        GOODS,
        column("ordered_quantity", ValueKind.QUANTITY, "采购数量", "Quantity ordered", need=True),
        column("received_quantity", ValueKind.QUANTITY, "入库数量", "Quantity received"),
        column("unit_cost", ValueKind.MONEY, "采购单价", "Unit cost"),
        column("ordered_at", ValueKind.TIME, "下单时间", "Ordered at", need=True),
        column("due_at", ValueKind.TIME, "预计到货时间", "Due at", ahead=True),
        column("received_at", ValueKind.TIME, "实际到货时间", "Received at"),
    ),
)

STOCK_COUNTS = Fact(
    name="stock_counts",
    table="stock_count",
    label=Text.of("盘点单", "Stock counts"),
    grain="one SKU of one count",
    key=("count_id", "warehouse", "internal_sku"),
    is_of_company=True,
    columns=(
        column("count_id", ValueKind.ID, "盘点单号", "Count id", need=True),
        WAREHOUSE,
        GOODS,
        column("counted_at", ValueKind.TIME, "盘点时间", "Counted at", need=True),
        column("book_quantity", ValueKind.QUANTITY, "账面数量", "Quantity in the books", need=True),
        column("counted_quantity", ValueKind.QUANTITY, "实盘数量", "Quantity counted", need=True),
        column("approved_by", ValueKind.TEXT, "审批人", "Approved by", "Role or initials; no full name is needed."),
    ),
)
