"""The tables of stock day by day (``zhanggui.ledger.stock``)."""

from __future__ import annotations

from itertools import chain
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

SOLD_OUT_DAYS = (7, 14, 30, 60)
"""Days after the first receipt at which the sold-out rate is read."""

RECEIPT_BATCH = Table(
    name="receipt_batch",
    grain="one SKU that came in for the first time after the books began, over its first weeks",
    key=("shop_id", "internal_sku"),
    source="derived from stock movements (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=_STORE,
    columns=(
        _SHOP,
        _SKU,
        _column("day", ColumnType.DATE, "Day of the first receipt.", unit="business day of the store"),
        *chain.from_iterable(
            (
                _column(
                    f"received_{days}",
                    ColumnType.QUANTITY,
                    f"What came in within {days} days of it; null while they are not over.",
                    nullable=True,
                    unit="units",
                ),
                _column(
                    f"sold_{days}",
                    ColumnType.QUANTITY,
                    f"What was sent for orders within {days} days, less what came back; null while they are not over.",
                    nullable=True,
                    unit="units",
                ),
            )
            for days in SOLD_OUT_DAYS
        ),
        _column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)
