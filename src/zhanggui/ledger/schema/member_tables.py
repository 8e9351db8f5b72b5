"""The tables of members by day (``zhanggui.ledger.membership``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE = PersonalClass.NONE

ACTIVATION_DAYS = 30
"""Days after joining within which a first order counts as activation."""
DAYS_OF_YEAR = 365

_SOURCE = "derived from member, order_header and identity (docs/methods/customers/members.md)"
_REFERENCES = MappingProxyType({"shop_id": "store"})
_SHOP = Column("shop_id", ColumnType.INTEGER, "The store.", _NONE, False)
_DAY = Column("day", ColumnType.DATE, "The day.", _NONE, False, "business day of the store")
_TIER = Column("tier", ColumnType.TEXT, "Tier as the file names it now; null: it names none.", _NONE, True)
_IS_CONTACT = Column("is_contact", ColumnType.BOOLEAN, "Whether an employee has the member as a contact.", _NONE, False)
_CURRENCY = Column("currency", ColumnType.TEXT, "ISO 4217 code.", _NONE, False)

MEMBER_DAY = Table(
    name="member_day",
    grain="one member on one day on which he joined or paid",
    key=("shop_id", "member_key", "day"),
    source=_SOURCE,
    retention=Retention.LEDGER,
    references=_REFERENCES,
    columns=(
        _SHOP,
        Column("member_key", ColumnType.TEXT, "Keyed token of the member.", PersonalClass.PSEUDONYM, False),
        _DAY,
        _TIER,
        _IS_CONTACT,
        Column("is_joining", ColumnType.BOOLEAN, "Whether it is the day of joining.", _NONE, False),
        Column(
            "is_activated",
            ColumnType.BOOLEAN,
            f"Of that day: whether a first order was paid within {ACTIVATION_DAYS} days; null while they are not over, "
            "where one was paid before or the orders of the ledger begin later, and where nothing ties the member to a "
            "buyer.",
            _NONE,
            True,
        ),
        Column("is_buying", ColumnType.BOOLEAN, "Whether an order not given back whole was paid.", _NONE, False),
        Column("paid_minor", ColumnType.BIGINT, "What was paid.", _NONE, False, "minor units of `currency`"),
        Column(
            "year_minor",
            ColumnType.BIGINT,
            f"The same times {DAYS_OF_YEAR}: a year of such days.",
            _NONE,
            False,
            "minor units of `currency`",
        ),
        _CURRENCY,
    ),
)

MEMBER_COUNT = Table(
    name="member_count",
    grain="members of one store, tier and kind at the end of one day",
    key=("shop_id", "group_no", "day"),
    source=_SOURCE,
    retention=Retention.LEDGER,
    references=_REFERENCES,
    columns=(
        _SHOP,
        Column("group_no", ColumnType.INTEGER, "Number of the tier and kind within the store, from 0.", _NONE, False),
        _DAY,
        _TIER,
        _IS_CONTACT,
        Column("n_members", ColumnType.BIGINT, "Who had joined by then.", _NONE, False, "members"),
        _CURRENCY,
    ),
)
