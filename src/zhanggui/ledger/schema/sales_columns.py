"""Columns that tables of sales share, and how a column is written in one line."""

from __future__ import annotations

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass

NONE = PersonalClass.NONE
PSEUDONYM = PersonalClass.PSEUDONYM


def text(
    name: str,
    note: str,
    *,
    personal: PersonalClass = NONE,
    nullable: bool = True,
    allowed: tuple[str, ...] = (),
) -> Column:
    """Return a column of text."""
    return Column(name, ColumnType.TEXT, note, personal, nullable, allowed=allowed)


def money(name: str, note: str, *, nullable: bool = True) -> Column:
    """Return a column of money in minor units."""
    return Column(name, ColumnType.BIGINT, note, NONE, nullable, unit="minor units of `currency`")


def plain(name: str, type_: ColumnType, note: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    """Return a column of a type that needs no more words."""
    return Column(name, type_, note, NONE, nullable, unit=unit)


def time(name: str, note: str) -> Column:
    """Return a column of a moment."""
    return Column(name, ColumnType.TIMESTAMP, note, NONE, unit="UTC")


def day(name: str, note: str) -> Column:
    """Return a column of a business day."""
    return Column(name, ColumnType.DATE, note, NONE, unit="business day of the store")


def hour(name: str, note: str) -> Column:
    """Return a column of an hour of the day."""
    return Column(name, ColumnType.INTEGER, note, NONE, unit="hour 0-23, store's local time")


SHOP = plain("shop_id", ColumnType.INTEGER, "The store.", nullable=False)
LINEAGE = (
    plain("batch_id", ColumnType.INTEGER, "The import that holds the source row.", nullable=False),
    plain("row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", nullable=False),
)
CURRENCY = text("currency", "ISO 4217 code.", nullable=False)
REGION = (
    text("province", "Canonical province name (江苏, 内蒙古)."),
    text("city", "City as the file writes it."),
    text("country", "Country as the file writes it."),
)
ITEM = (
    text("product_id", "Platform product id."),
    text("sku_id", "Platform or merchant SKU id."),
    text("product_title", "Title on the order."),
    text("sku_spec", "Variant text such as colour and size."),
    text("category", "Category as the file writes it."),
    text("brand", "Brand as the file writes it."),
)
BUYER = text("buyer_key", "Keyed token of a stable buyer id; null when nothing identifies.", personal=PSEUDONYM)

SHARED_AMOUNTS = (
    "shipping_minor",
    "merchant_discount_minor",
    "platform_discount_minor",
    "creator_discount_minor",
    "payment_discount_minor",
    "receivable_minor",
)
"""Amounts of an order that its lines share: what a file states of lines, or the order's own by allocation."""

BEARERS = (
    money("merchant_discount_minor", "Discount that the merchant bears."),
    money("platform_discount_minor", "Discount that the platform bears."),
    money("creator_discount_minor", "Discount that a creator bears."),
    money("payment_discount_minor", "Discount that the payment channel bears."),
    money("receivable_minor", "What the merchant is due, gross of refunds, before fees."),
)
