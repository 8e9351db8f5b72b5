"""The tables of stock day by day (``zhanggui.ledger.stock``)."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE = PersonalClass.NONE
OF_STORE = MappingProxyType({"shop_id": "store"})


def plain_column(name: str, type_: ColumnType, note: str, *, nullable: bool = False, unit: str | None = None) -> Column:
    """Return a column that says nothing of a person."""
    return Column(name, type_, note, _NONE, nullable, unit)


def money_column(name: str, note: str, *, nullable: bool = True) -> Column:
    """Return a column of amounts in the row's currency."""
    return plain_column(name, ColumnType.BIGINT, note, nullable=nullable, unit="minor units of `currency`")


SHOP = plain_column("shop_id", ColumnType.INTEGER, "The store; the company itself where no store is meant.")
SKU = plain_column("internal_sku", ColumnType.TEXT, "The seller's own code of the goods.")

STOCK_DAY = Table(
    name="stock_day",
    grain="one SKU in one warehouse on one day on which it was there or on sale",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock movements, stock on hand, stock counts, unit costs (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        plain_column("warehouse", ColumnType.TEXT, "Warehouse."),
        SKU,
        plain_column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        plain_column("on_hand", ColumnType.QUANTITY, "Stock at its end.", unit="units"),
        money_column("unit_cost_minor", "Cost of one unit on the day; null: unknown."),
        money_column("value_minor", "Stock at that cost, less than nothing counted as nothing; null: unknown."),
        money_column(
            "slow_value_minor", "Of it, where no warehouse sold the SKU for 30 days; null: sales are not known."
        ),
        plain_column(
            "is_there", ColumnType.BOOLEAN, "Whether any was there at its beginning or end, or was sold on it."
        ),
        plain_column("is_in_stock", ColumnType.BOOLEAN, "Whether any was there at its end."),
        plain_column("is_on_sale", ColumnType.BOOLEAN, "Whether any was there on the day or on one of the 90 before."),
        plain_column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)

STOCK_SALE = Table(
    name="stock_sale",
    grain="one SKU in one warehouse on one day on which it was sent for orders or came back",
    key=("shop_id", "warehouse", "internal_sku", "day"),
    source="derived from stock movements, unit costs (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        plain_column("warehouse", ColumnType.TEXT, "Warehouse."),
        SKU,
        plain_column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        plain_column("sold", ColumnType.QUANTITY, "Sent for orders, less what came back sellable.", unit="units"),
        money_column("sold_cost_minor", "Its cost on the day; null: unknown."),
        money_column("year_cost_minor", "365 times that: what a year of such days would cost."),
        plain_column("currency", ColumnType.TEXT, "ISO 4217 code."),
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
    references=OF_STORE,
    columns=(
        SHOP,
        SKU,
        plain_column("day", ColumnType.DATE, "Day of the first receipt.", unit="business day of the store"),
        *chain.from_iterable(
            (
                plain_column(
                    f"received_{days}",
                    ColumnType.QUANTITY,
                    f"What came in within {days} days of it; null while they are not over.",
                    nullable=True,
                    unit="units",
                ),
                plain_column(
                    f"sold_{days}",
                    ColumnType.QUANTITY,
                    f"What was sent for orders within {days} days, less what came back; null while they are not over.",
                    nullable=True,
                    unit="units",
                ),
            )
            for days in SOLD_OUT_DAYS
        ),
        plain_column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)

STOCK_COVER = Table(
    name="stock_cover",
    grain="one SKU of a store's books on one day on which it was there or on sale, all warehouses together",
    key=("shop_id", "internal_sku", "day"),
    source="derived from stock_day and stock movements (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        SKU,
        plain_column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        plain_column("on_hand", ColumnType.QUANTITY, "Stock at its end.", unit="units"),
        plain_column(
            "demand_a_day",
            ColumnType.RATIO,
            "Sent for orders on days of the last 90 that ended with stock, over their number; null: there were none.",
            nullable=True,
            unit="units a day",
        ),
        plain_column(
            "demand_spread",
            ColumnType.RATIO,
            "Standard deviation of what these days sold; null: fewer than 14 of them.",
            nullable=True,
            unit="units",
        ),
        money_column("value_minor", "Stock at cost of the day; null: unknown."),
        money_column(
            "healthy_value_minor",
            "Of it, where it is not slow and lasts for 14 to 90 days of that demand; null: unknown.",
        ),
        plain_column("currency", ColumnType.TEXT, "ISO 4217 code."),
    ),
)

STOCK_POLICY = Table(
    name="stock_policy",
    grain="one SKU of a store's books on one day on which the lead time of its supplier was known",
    key=("shop_id", "internal_sku", "day"),
    source="derived from stock_cover, purchase orders and suppliers (docs/concepts/stock.md)",
    retention=Retention.LEDGER,
    references=OF_STORE,
    columns=(
        SHOP,
        SKU,
        plain_column("day", ColumnType.DATE, "The day.", unit="business day of the store"),
        plain_column("supplier", ColumnType.TEXT, "Of whom it was ordered last."),
        plain_column(
            "lead_days",
            ColumnType.RATIO,
            "Mean days from order to receipt of ten or more lines received by then, else as the supplier states.",
            unit="days",
        ),
        plain_column("lead_spread", ColumnType.RATIO, "Their standard deviation.", unit="days"),
        plain_column(
            "safety_units",
            ColumnType.QUANTITY,
            "1.645 standard deviations of the demand over the lead time; nothing of goods without demand, null while "
            "its spread is not known.",
            nullable=True,
            unit="units",
        ),
        plain_column(
            "running_out",
            ColumnType.INTEGER,
            "1: what is there and on order is less than the demand of a lead time; otherwise 0.",
        ),
        plain_column("currency", ColumnType.TEXT, "ISO 4217 code of the store's costs."),
    ),
)
