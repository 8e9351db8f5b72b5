"""The tables of matching: what each line of a settlement ledger belongs to, what orders brought, and what differs."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.vocabulary import DIFFERENCE_CAUSE, MATCH_RULE, MATCH_STATE

_NONE = PersonalClass.NONE


def _text(name: str, note: str, *, nullable: bool = True, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, note, _NONE, nullable, allowed=allowed)


def _money(name: str, note: str) -> Column:
    return Column(name, ColumnType.BIGINT, note, _NONE, nullable=False, unit="minor units of `currency`")


def _day(name: str, note: str) -> Column:
    return Column(name, ColumnType.DATE, note, _NONE, unit="business day of the store")


def _moment(name: str, note: str) -> Column:
    return Column(name, ColumnType.TIMESTAMP, note, _NONE, unit="UTC")


_SHOP = Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, nullable=False)
_CURRENCY = _text("currency", "ISO 4217 code.", nullable=False)
_LINEAGE = (
    Column("batch_id", ColumnType.INTEGER, "The import that holds the order's source row.", _NONE, nullable=False),
    Column("row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", _NONE, nullable=False),
)

SETTLEMENT_LINK = Table(
    name="settlement_link",
    grain="one line of a settlement ledger, and what it was matched with",
    key=("shop_id", "fact_key"),
    source="derived from settlement ledgers, orders, refunds (docs/concepts/reconciliation.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "fact_key": "settlement_entry"}),
    columns=(
        _SHOP,
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
        Column(
            "late_days",
            ColumnType.INTEGER,
            "Begun days beyond the time that the platform usually takes; null where it is in time, or not known.",
            _NONE,
            unit="days",
        ),
    ),
)

ORDER_SETTLEMENT = Table(
    name="order_settlement",
    grain="one order that was paid, or of which something is booked: what it should bring, and what it brought",
    key=("shop_id", "order_id"),
    source="derived from orders, refunds, settlement ledgers (docs/concepts/reconciliation.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "order_id": "order_header"}),
    columns=(
        _SHOP,
        _text("order_id", "The order.", nullable=False),
        Column("is_paid", ColumnType.BOOLEAN, "Whether it was paid; null when unknown.", _NONE),
        _day("paid_date", "Day it was paid."),
        _day("booked_date", "Day on which the ledger first names it."),
        _moment("settled_at", "When the platform first booked its sale, or what follows one."),
        _money("paid_minor", "What the buyer paid."),
        _money("receivable_minor", "What it should bring before refunds and fees: paid, and what others bear."),
        _money("refunded_minor", "Confirmed refunds."),
        _money("borne_back_minor", "What others bear and take back with refunds."),
        _money("goods_minor", "Booked: the sale."),
        _money("subsidy_minor", "Booked: what others bear."),
        _money("subsidy_back_minor", "Booked, negative: what they took back."),
        _money("refund_minor", "Booked, negative: refunds."),
        _money("commission_minor", "Booked: commission of the platform, signed as the ledger signs it."),
        _money("service_fee_minor", "Booked: service fees."),
        _money("creator_commission_minor", "Booked: commission of creators and agencies."),
        _money("insurance_minor", "Booked: premium of return insurance."),
        _money("compensation_minor", "Booked: penalties and compensation."),
        _money("freight_minor", "Booked: freight."),
        _money("ad_fee_minor", "Booked: promotion fees."),
        _money("other_minor", "Booked: what else was kept."),
        _money("deposit_minor", "Booked: deposits."),
        _money("booked_minor", "All that is booked of the order: the sum of the above."),
        _CURRENCY,
        *_LINEAGE,
    ),
)

SETTLEMENT_DIFFERENCE = Table(
    name="settlement_difference",
    grain="one cause for which an order and the ledger differ",
    key=("shop_id", "order_id", "cause", "detail"),
    source="derived from orders, refunds, settlement ledgers (docs/concepts/reconciliation.md)",
    retention=Retention.LEDGER,
    references=MappingProxyType({"shop_id": "store", "order_id": "order_header"}),
    columns=(
        _SHOP,
        _text("order_id", "The order.", nullable=False),
        _text("cause", "Why they differ.", nullable=False, allowed=DIFFERENCE_CAUSE),
        _text("detail", "Of a fee, the ledger's own word; else empty.", nullable=False),
        _money("amount_minor", "What should have come less what came; negative where a fee is missing."),
        _moment("since_at", "From when on it differs; null where nothing is due yet."),
        _day("paid_date", "Day the order was paid."),
        _CURRENCY,
        *_LINEAGE,
    ),
)
