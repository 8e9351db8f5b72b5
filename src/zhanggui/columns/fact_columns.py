"""Columns that several facts have."""

from __future__ import annotations

from zhanggui.columns.fact import column
from zhanggui.columns.model import ValueKind

ORDER = column("order_id", ValueKind.ID, "订单编号", "Order id")
LINE = column("line_id", ValueKind.ID, "子订单编号", "Order line id")
REFUND = column("refund_id", ValueKind.ID, "退款编号", "Refund id")
PRODUCT = column("product_id", ValueKind.ID, "商品ID", "Product id")
TITLE = column("product_title", ValueKind.TEXT, "商品标题", "Product title")
SKU = column("sku_id", ValueKind.ID, "SKU编码", "SKU id")
WAREHOUSE = column("warehouse", ValueKind.TEXT, "仓库", "Warehouse", need=True)
NOTE = column("note", ValueKind.TEXT, "备注", "Note")
GOODS = column(
    "internal_sku", ValueKind.ID, "商家SKU编码", "Merchant SKU code", "The seller's own code of the goods.", need=True
)
DATE = column("day", ValueKind.DAY, "日期", "Day", "Day that the row is about.", need=True)
CREATOR = column("creator_id", ValueKind.ID, "达人ID", "Creator id")
CREATOR_NAME = column("creator_name", ValueKind.TEXT, "达人名称", "Creator name")
PERSON = column(
    "buyer_id",
    ValueKind.ID,
    "买家ID",
    "Buyer id",
    "Keyed token of a stable id.",
    held_as="buyer_key",
    personal="personal",
)
