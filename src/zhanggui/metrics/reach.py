"""How a dimension is reached from the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Own:
    """A column of the table itself."""

    column: str


@dataclass(frozen=True, slots=True)
class Via:
    """A column of another table, found by that table's whole key, so that no row can match twice."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first of several places that holds something."""

    places: tuple[Own | Via, ...]


@dataclass(frozen=True, slots=True)
class ByDate:
    """The column that goes with the business-day column a metric is dated by."""

    columns: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Weekday:
    """Weekday of the business day a metric is dated by: 1 is Monday."""


@dataclass(frozen=True, slots=True)
class BuyerKind:
    """Whether the buyer of a row had paid on an earlier day: ``returning``, else ``new``; null where nobody is named.

    Parameters
    ----------
    days : tuple of str
        Business-day columns; the first that is known dates the row.
    """

    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a value belongs to; null where it belongs to nothing."""

    place: Path
    group_of: Mapping[str, str] = field(hash=False)


Path = Own | Via | FirstOf | ByDate | Weekday | BuyerKind | Grouped
