"""How a ledger table is declared: as data, from which DDL, documentation and checks are generated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """The closed set of column types; every engine maps each of them once."""

    TEXT = "text"
    INTEGER = "integer"
    BIGINT = "bigint"
    HASH = "hash"
    QUANTITY = "quantity"
    RATIO = "ratio"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BLOB = "blob"


class PersonalClass(StrEnum):
    """Personal-data class of a column (``docs/concepts/privacy.md``)."""

    NONE = "none"
    PSEUDONYM = "pseudonym"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"


class Retention(StrEnum):
    """How long a row is kept."""

    LEDGER = "as long as the shop"
    RELATION = "as long as the relation, plus 3 years"
    QUARANTINE = "30 days after it was resolved"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, in which unit, and whose data it is."""

    name: str
    type: ColumnType
    note: str
    personal: PersonalClass
    nullable: bool = True
    unit: str | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the ledger.

    Attributes
    ----------
    view_of : str or None
        The table whose rows with ``is_current`` these are, for one that is stored there.
    is_sparse : bool
        Most files fill a part of its columns only: a column takes room from the first row on that fills it.

    Notes
    -----
    The engine builds no index on `key`: an index of ten million orders would not fit a laptop's memory.
    Loading keeps keys unique, and ``zhanggui check`` proves it with a query generated from this declaration.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    source: str
    retention: Retention
    columns: tuple[Column, ...]
    view_of: str | None = None
    is_sparse: bool = False
    references: Mapping[str, str] | None = None

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def column_names(self) -> tuple[str, ...]:
        """Column names in declared order."""
        return tuple(column.name for column in self.columns)
