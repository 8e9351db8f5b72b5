"""The ledger tables of facts, made from their declarations in ``zhanggui.columns``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.columns import FACTS, ValueKind
from zhanggui.columns.fact import Fact, FactColumn
from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

FACT_KEY = "fact_key"
"""What identifies a fact within its store: its key columns as text, or its content and occurrence."""

_TYPES: Mapping[ValueKind, ColumnType] = MappingProxyType(
    {
        ValueKind.ID: ColumnType.TEXT,
        ValueKind.TEXT: ColumnType.TEXT,
        ValueKind.WORD: ColumnType.TEXT,
        ValueKind.REGION: ColumnType.TEXT,
        ValueKind.MONEY: ColumnType.BIGINT,
        ValueKind.QUANTITY: ColumnType.QUANTITY,
        ValueKind.RATIO: ColumnType.RATIO,
        ValueKind.COUNT: ColumnType.BIGINT,
        ValueKind.HOUR: ColumnType.INTEGER,
        ValueKind.TIME: ColumnType.TIMESTAMP,
        ValueKind.DAY: ColumnType.DATE,
    }
)
_UNITS: Mapping[ValueKind, str] = MappingProxyType(
    {ValueKind.MONEY: "minor units of `currency`", ValueKind.TIME: "UTC", ValueKind.DAY: "business day of the store"}
)


def date_of(column: FactColumn) -> str:
    """Return the name of the business day beside a moment.

    Examples
    --------
    >>> date_of(FACTS["settlements"].column("booked_at"))
    'booked_date'
    """
    return f"{column.held_as.removesuffix('_at')}_date"


def _plain(name: str, type_: ColumnType, note: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    return Column(name, type_, note, PersonalClass.NONE, nullable, unit)


def _columns(column: FactColumn) -> tuple[Column, ...]:
    held = Column(
        column.held_as,
        _TYPES[column.kind],
        column.note,
        PersonalClass.PSEUDONYM if column.personal != "none" else PersonalClass.NONE,
        nullable=not column.is_required,
        unit=_UNITS.get(column.kind),
        allowed=column.allowed,
    )
    if column.as_buyer is not None:
        note = f"{column.held_as} of the same id keyed as a buyer id of the store."
        return (held, Column(column.as_buyer, ColumnType.TEXT, note, PersonalClass.PSEUDONYM))
    if column.kind is not ValueKind.TIME:
        return (held,)
    day = _plain(date_of(column), ColumnType.DATE, f"Day of {column.held_as}.", unit=_UNITS[ValueKind.DAY])
    return (held, day)


def _table(fact: Fact, version: tuple[Column, ...]) -> Table:
    return Table(
        name=fact.table,
        grain=fact.grain,
        key=("shop_id", FACT_KEY),
        source=f"input table `{fact.name}`: {fact.label.en.lower()}",
        retention=Retention.LEDGER,
        columns=(
            _plain(
                "shop_id", ColumnType.INTEGER, "The store; the company itself where no store is meant.", nullable=False
            ),
            _plain(FACT_KEY, ColumnType.TEXT, "What identifies the row within its store.", nullable=False),
            *(made for column in fact.columns for made in _columns(column)),
            _plain("currency", ColumnType.TEXT, "ISO 4217 code.", nullable=False),
            *version,
            _plain("batch_id", ColumnType.INTEGER, "The import that holds the source row.", nullable=False),
            _plain("row_no", ColumnType.BIGINT, "Row of the source file, as a spreadsheet counts it.", nullable=False),
        ),
    )


def fact_tables(version: tuple[Column, ...]) -> Mapping[str, Table]:
    """Return the table of every fact by name; `version` says how new a row is."""
    return MappingProxyType({fact.table: _table(fact, version) for fact in FACTS.values()})
