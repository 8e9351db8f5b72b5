"""The tables of the days on which buyers bought, and of what first buyers left (``zhanggui.ledger.purchases``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE = PersonalClass.NONE

FOLLOWED_DAYS = 30
"""Days after a first purchase within which a second one counts as bought again."""
SECOND_MONTH = (31, 60)
"""First and last day after a first purchase on which buying means to have stayed."""
LOST_DAYS = 90
"""Days without another purchase after which a buyer counts as lost."""
VALUE_DAYS = 90
"""Days from the first purchase on whose orders make up what a buyer was worth."""

PURCHASE_DAY = Table(
    name="purchase_day",
    grain="one buyer of one store on one day on which they paid",
    key=("shop_id", "buyer_key", "day"),
    source="derived from order_header (docs/methods/customers/repurchase.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, False),
        Column("buyer_key", ColumnType.TEXT, "Keyed token of the buyer.", PersonalClass.PSEUDONYM, False),
        Column("day", ColumnType.DATE, "The day.", _NONE, False, "business day of the store"),
        Column(
            "day_before", ColumnType.DATE, "The buyer's paid day before this one; null: there is none.", _NONE, True
        ),
        Column("is_first", ColumnType.BOOLEAN, "Whether there is none.", _NONE, False),
        Column(
            "is_back",
            ColumnType.BOOLEAN,
            f"Whether the buyer paid again within {FOLLOWED_DAYS} days; null while they are not over.",
            _NONE,
            True,
        ),
        Column(
            "is_retained",
            ColumnType.BOOLEAN,
            f"Whether the buyer paid {SECOND_MONTH[0]} to {SECOND_MONTH[1]} days later; null while they are not over.",
            _NONE,
            True,
        ),
        Column(
            "is_lost",
            ColumnType.BOOLEAN,
            f"Whether the buyer paid on no other day for {LOST_DAYS} days; null while they are not over.",
            _NONE,
            True,
        ),
    ),
)

COHORT = Table(
    name="cohort",
    grain="one buyer of one store, on the day of the first purchase",
    key=("shop_id", "buyer_key"),
    source="derived from purchase_day, order_header and line_profit (docs/methods/customers/cohorts.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, False),
        Column("buyer_key", ColumnType.TEXT, "Keyed token of the buyer.", PersonalClass.PSEUDONYM, False),
        Column("day", ColumnType.DATE, "First paid day.", _NONE, False, "business day of the store"),
        Column(
            "channel",
            ColumnType.TEXT,
            "Sales channel of the first order; of several on that day the largest decides.",
            _NONE,
            True,
        ),
        Column(
            "value_minor",
            ColumnType.BIGINT,
            f"Contribution before advertising of orders paid within {VALUE_DAYS} days; null while they are not over "
            "and where the cost of a line is unknown.",
            _NONE,
            True,
            "minor units of `currency`",
        ),
        Column("currency", ColumnType.TEXT, "ISO 4217 code.", _NONE, False),
    ),
)
