"""The table of matching: which order, line and refund each line of a settlement ledger belongs to."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.vocabulary import MATCH_RULE, MATCH_STATE

_NONE = PersonalClass.NONE


def _text(name: str, note: str, *, nullable: bool = True, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, note, _NONE, nullable, allowed=allowed)


SETTLEMENT_LINK = Table(
    name="settlement_link",
    grain="one line of a settlement ledger, and what it was matched with",
    key=("shop_id", "fact_key"),
    source="derived from settlement ledgers, orders, refunds (docs/concepts/reconciliation.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "fact_key": "settlement_entry"}),
    columns=(
        Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, nullable=False),
        _text("fact_key", "The ledger line, as settlement_entry identifies it.", nullable=False),
        _text("order_id", "Order that it was matched with; null where there is none."),
        _text("line_key", "Line of that order; null where it is about the whole order."),
        _text("refund_id", "Refund that it was matched with."),
        _text("match_rule", "By which key it was matched.", allowed=MATCH_RULE),
        _text(
            "match_state",
            "linked; unmatched: of an order, and none was found; no_order: of none by its kind.",
            nullable=False,
            allowed=MATCH_STATE,
        ),
        Column("matched", ColumnType.BOOLEAN, "Whether an order was found.", _NONE, nullable=False),
        Column(
            "lag_days",
            ColumnType.INTEGER,
            "Days from what it settles to its booking: completion, else payment; a refund's success where later.",
            _NONE,
            unit="days",
        ),
    ),
)
