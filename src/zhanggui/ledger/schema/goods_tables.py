"""The tables of goods as they sold (``zhanggui.ledger.goods``)."""

from __future__ import annotations

from zhanggui.ledger.schema.model import ColumnType, Retention, Table
from zhanggui.ledger.schema.stock_tables import OF_STORE, SHOP, SKU, money_column, plain_column

_DAY = plain_column("day", ColumnType.DATE, "The day.", unit="business day of the store")
_CURRENCY = plain_column("currency", ColumnType.TEXT, "ISO 4217 code.")
_CATEGORY = plain_column("category", ColumnType.TEXT, "Category as the file writes it.", nullable=True)
_BRAND = plain_column("brand", ColumnType.TEXT, "Brand as the file writes it.", nullable=True)

PRODUCT_CLASS = Table(
    name="product_class",
    grain="one product on one day on which it was paid for",
    key=("shop_id", "product_id", "currency", "day"),
    source="derived from line_profit (docs/concepts/goods.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        plain_column("product_id", ColumnType.TEXT, "Platform product id; the SKU's where a line names no product."),
        _DAY,
        _CATEGORY,
        _BRAND,
        money_column("paid_minor", "What buyers paid for it on the day, refunds not deducted.", nullable=False),
        money_column("paid_lately_minor", "What they paid for it on the day and the 29 before.", nullable=False),
        money_column("store_paid_minor", "What they paid for all products of the store on these days.", nullable=False),
        plain_column(
            "is_hit",
            ColumnType.BOOLEAN,
            "Whether that is 2 % of it or more; null while the store's books are shorter than 30 days.",
            nullable=True,
        ),
        _CURRENCY,
    ),
)

STOCK_CODE = Table(
    name="stock_code",
    grain="one stock code in the books of one store",
    key=("shop_id", "internal_sku"),
    source="derived from SKU lists and stock (docs/concepts/goods.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(SHOP, SKU, _CATEGORY, _BRAND),
)

GOODS_DAY = Table(
    name="goods_day",
    grain="one stock code in one warehouse on one day on which it was there, and was sold or is no part of the range",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock_day and line_profit (docs/concepts/goods.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        plain_column("warehouse", ColumnType.TEXT, "Warehouse."),
        SKU,
        _DAY,
        plain_column("is_sold", ColumnType.BOOLEAN, "Whether a buyer paid for it on the day and kept it."),
        plain_column("is_apart", ColumnType.BOOLEAN, "Whether it is no part of the range: a gift, or listed nowhere."),
        _CURRENCY,
    ),
)
