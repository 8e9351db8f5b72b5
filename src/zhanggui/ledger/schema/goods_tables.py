"""The tables of goods as they sold (``zhanggui.ledger.goods``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE = PersonalClass.NONE
_STORE = MappingProxyType({"shop_id": "store"})


def _column(name: str, type_: ColumnType, note: str, *, nullable: bool = False, unit: str | None = None) -> Column:
    return Column(name, type_, note, _NONE, nullable, unit)


def _money(name: str, note: str) -> Column:
    return _column(name, ColumnType.BIGINT, note, unit="minor units of `currency`")


_SHOP = _column("shop_id", ColumnType.INTEGER, "The store; the company itself where no store is meant.")
_SKU = _column("internal_sku", ColumnType.TEXT, "The seller's own code of the goods.")
_DAY = _column("day", ColumnType.DATE, "The day.", unit="business day of the store")
_CURRENCY = _column("currency", ColumnType.TEXT, "ISO 4217 code.")
_CATEGORY = _column("category", ColumnType.TEXT, "Category as the file writes it.", nullable=True)
_BRAND = _column("brand", ColumnType.TEXT, "Brand as the file writes it.", nullable=True)

PRODUCT_CLASS = Table(
    name="product_class",
    grain="one product on one day on which it was paid for",
    key=("shop_id", "product_id", "currency", "day"),
    source="derived from line_profit (docs/concepts/goods.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _column("product_id", ColumnType.TEXT, "Platform product id; the SKU's where a line names no product."),
        _DAY,
        _CATEGORY,
        _BRAND,
        _money("paid_minor", "What buyers paid for it on the day, refunds not deducted."),
        _money("paid_lately_minor", "What they paid for it on the day and the 29 before."),
        _money("store_paid_minor", "What they paid for all products of the store on these days."),
        _column(
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
    references=_STORE,
    columns=(_SHOP, _SKU, _CATEGORY, _BRAND),
)

GOODS_DAY = Table(
    name="goods_day",
    grain="one stock code in one warehouse on one day on which it was there, and was sold or is no part of the range",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock_day and line_profit (docs/concepts/goods.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _column("warehouse", ColumnType.TEXT, "Warehouse."),
        _SKU,
        _DAY,
        _column("is_sold", ColumnType.BOOLEAN, "Whether a buyer paid for it on the day and kept it."),
        _column("is_apart", ColumnType.BOOLEAN, "Whether it is no part of the range: a gift, or listed nowhere."),
        _CURRENCY,
    ),
)
