"""The tables of stock day by day (``zhanggui.ledger.stock``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE = PersonalClass.NONE
_STORE = MappingProxyType({"shop_id": "store"})


def _column(name: str, type_: ColumnType, note: str, *, nullable: bool = False, unit: str | None = None) -> Column:
    return Column(name, type_, note, _NONE, nullable, unit)


def _money(name: str, note: str, *, nullable: bool = True) -> Column:
    return _column(name, ColumnType.BIGINT, note, nullable=nullable, unit="minor units of `currency`")


_SHOP = _column("shop_id", ColumnType.INTEGER, "The store; the company itself where no store is meant.")
_SKU = _column("internal_sku", ColumnType.TEXT, "The seller's own code of the goods.")

STOCK_DAY = Table(
    name="stock_day",
    grain="one SKU in one warehouse on one day on which it was there or on sale",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock movements, stock on hand, stock counts, unit costs (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _column("warehouse", ColumnType.TEXT, "Warehouse."),
        _SKU,
        _column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        _column("on_hand", ColumnType.QUANTITY, "Stock at its end.", unit="units"),
        _money("unit_cost_minor", "Cost of one unit on the day; null: unknown."),
        _money("value_minor", "Stock at that cost, less than nothing counted as nothing; null: unknown."),
        _money("slow_value_minor", "Of it, where no warehouse sold the SKU for 30 days; null: sales are not known."),
        _column("is_there", ColumnType.BOOLEAN, "Whether any was there at its beginning or end, or was sold on it."),
        _column("is_in_stock", ColumnType.BOOLEAN, "Whether any was there at its end."),
        _column("is_on_sale", ColumnType.BOOLEAN, "Whether any was there on the day or on one of the 90 before."),
        _column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)

STOCK_SALE = Table(
    name="stock_sale",
    grain="one SKU in one warehouse on one day on which it was sent for orders or came back",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock movements, unit costs (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _column("warehouse", ColumnType.TEXT, "Warehouse."),
        _SKU,
        _column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        _column("sold", ColumnType.QUANTITY, "Sent for orders, less what came back sellable.", unit="units"),
        _money("sold_cost_minor", "Its cost on the day; null: unknown."),
        _money("year_cost_minor", "365 times that: what a year of such days would cost."),
        _column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)
