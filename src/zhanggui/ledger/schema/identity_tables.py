"""The tables of identity: which ids are one person, and what says so (``docs/methods/customers/one_person.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

ID_KIND = ("buyer", "member", "contact", "union", "phone")
"""Kinds of ids, in the order in which one of them stands for the person."""

MERGE_RULE = ("buyer_stated", "points_order", "same_number", "union_id", "phone")
MERGE_STATE = ("used", "undone", "ambiguous", "no_consent", "unproven")

_NONE, _PSEUDONYM = PersonalClass.NONE, PersonalClass.PSEUDONYM


def _text(
    name: str, note: str, *, nullable: bool = False, allowed: tuple[str, ...] = (), personal: PersonalClass = _NONE
) -> Column:
    return Column(name, ColumnType.TEXT, note, personal, nullable, allowed=allowed)


def _token(name: str, note: str) -> Column:
    return _text(name, note, personal=_PSEUDONYM)


_SURENESS = Column(
    "confidence",
    ColumnType.RATIO,
    "How sure it is, 0-1: 1 where a file states it, less where equal numbers or phones say it.",
    _NONE,
    nullable=False,
)

IDENTITY = Table(
    name="identity",
    grain="one id that evidence ties to another; an id that none ties to anything is a person by itself",
    key=("id_kind", "id_key"),
    source="derived from members, contacts, points, orders, events (docs/methods/customers/one_person.md)",
    retention=Retention.RELATION,
    columns=(
        _text("id_kind", "What kind of id it is.", allowed=ID_KIND),
        _token("id_key", "The id: buyer_key, store and member_key, contact, union_key, phone_token."),
        _token("person_key", "The person: its first buyer_key; where it has none, its first member, else contact."),
        _SURENESS,
    ),
)

IDENTITY_MERGE = Table(
    name="identity_merge",
    grain="one piece of evidence that two ids are one person, and whether it is used",
    key=("shop_id", "merge_id"),
    source="derived from members, contacts, points, orders, events, and what the operator undid",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _text("merge_id", "Digest of rule and ids; the same after every replay."),
        Column("shop_id", ColumnType.INTEGER, "The store whose file says so.", _NONE, nullable=False),
        _text("left_kind", "Kind of the one id.", allowed=ID_KIND),
        _token("left_key", "The one id."),
        _text("right_kind", "Kind of the other id.", allowed=ID_KIND),
        _token("right_key", "The other id."),
        _text("rule", "What says that they are one.", allowed=MERGE_RULE),
        _text("state", "Whether it is used, and if not, why not.", allowed=MERGE_STATE),
        _SURENESS,
        Column("batch_id", ColumnType.INTEGER, "The first import that says so.", _NONE, nullable=False),
        Column("row_no", ColumnType.BIGINT, "First row there that says so.", _NONE, nullable=False),
    ),
)

IDENTITY_TABLES: tuple[Table, ...] = (IDENTITY, IDENTITY_MERGE)
