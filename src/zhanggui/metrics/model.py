"""What a metric is: data, of one of nine kinds. The compiler owns joins, grain and money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from zhanggui.i18n import Text

Good = Literal["up", "down", "none"]
"""Which direction a shopkeeper is glad of."""


class Unit(StrEnum):
    """What a value counts. Money is answered in major units, a ratio between 0 and 1."""

    MONEY = "money"
    COUNT = "count"
    RATIO = "ratio"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"


class Evidence(StrEnum):
    """How sure a number is."""

    MEASURED = "measured"
    COUNTED = "counted"
    ATTRIBUTED = "attributed"
    ESTIMATED = "estimated"
    DECLARED = "declared"


class Chain(StrEnum):
    """The chain of the business that a metric belongs to; each has one file in the catalogue."""

    TRAFFIC = "traffic"
    CONVERSION = "conversion"
    CUSTOMERS = "customers"
    MARKETING = "marketing"
    FINANCE = "finance"
    PRODUCTS = "products"
    INVENTORY = "inventory"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Column:
    """Another column of the same table, as the right side of a condition."""

    name: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one column; rows where it is not true (also where it is null) do not count."""

    column: str
    operator: Literal["=", "!=", "<", "<=", ">", ">="]
    value: bool | int | str | Column


@dataclass(frozen=True, slots=True)
class IsNull:
    """The column holds nothing."""

    column: str


@dataclass(frozen=True, slots=True)
class NotNull:
    """The column holds something."""

    column: str


@dataclass(frozen=True, slots=True)
class WithinDays:
    """A day of the table lies no more than so many days after another; false where one of them is not known."""

    column: str
    since: str
    days: int


@dataclass(frozen=True, slots=True)
class TakesLonger:
    """A moment of the table lies more than so long after another; not true where one of them is not known."""

    column: str
    since: str
    microseconds: int


Test = Condition | IsNull | NotNull | WithinDays | TakesLonger


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the tests is true."""

    tests: tuple[Test, ...]


Filters = tuple[Test | AnyOf, ...]
"""All of them must be true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What every kind of metric says about itself.

    Parameters
    ----------
    name : str
        Name used by pages, commands and the API.
    label_zh, label_en : str
        What a person reads.
    unit : Unit
        Unit of the value.
    good : {"up", "down", "none"}
        Which direction is good.
    definition_zh, definition_en : str
        One or two sentences that a merchant can check.
    formula : str
        The definition as a formula over columns or metrics.
    chain : Chain
        Chain of the business.
    catalogue_ids : tuple of str, default ()
        Requirements that the metric answers.
    owner_zh, owner_en : str, optional
        Who answers for the number in a shop.
    evidence : Evidence, default COUNTED
        How sure the number is.
    version : int, default 1
        Raised whenever the same data would give another number.
    rules : tuple of str, default ()
        Names of the rules of profit by which its numbers were made.
    """

    name: str
    label_zh: str
    label_en: str
    unit: Unit
    good: Good
    definition_zh: str
    definition_en: str
    formula: str
    chain: Chain
    catalogue_ids: tuple[str, ...] = ()
    owner_zh: str = "运营"
    owner_en: str = "operations"
    evidence: Evidence = Evidence.COUNTED
    version: int = 1
    rules: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        """The label in both languages."""
        return Text(self.label_zh, self.label_en)

    @property
    def definition(self) -> Text:
        """The definition in both languages."""
        return Text(self.definition_zh, self.definition_en)

    @property
    def kind(self) -> str:
        """Name of the kind: such as ``Sum`` or ``Ratio``."""
        return type(self).__name__

    @property
    def parts(self) -> tuple[Metric, ...]:
        """The metrics it is made of, empty for what is computed from rows."""
        return ()

    @property
    def is_additive(self) -> bool:
        """Whether its values over the parts of a whole add up to the value of the whole."""
        return False

    def leaves(self) -> Iterator[Leaf]:
        """Give what the value is computed from."""
        for part in self.parts:
            yield from part.leaves()

    def awaits(self) -> Iterator[Awaited]:
        """Give what of it no table holds yet: while there is any, it has no value."""
        for part in self.parts:
            yield from part.awaits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Metric):
    """A column summed, or rows counted, over one table.

    Parameters
    ----------
    table : str
        Ledger table, which fixes the grain.
    date : str
        Its business-day column, which decides the period a row falls into. For a table of parts of an order it may
        be a column of the order.
    value : str, optional
        Column to sum; without it rows are counted.
    where : Filters, default ()
        Rows that count.
    """

    table: str
    date: str
    value: str | None = None
    where: Filters = ()

    @property
    def is_additive(self) -> bool:
        """Sums add up."""
        return True

    def leaves(self) -> Iterator[Leaf]:
        """Give the metric itself."""
        yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Metric):
    """Different values of a column, such as buyers, among the rows of one table.

    Parameters
    ----------
    entity : str
        Column whose values are counted; rows where it is null are not counted.
    table, date, where
        As for :class:`Sum`.
    min_days : int, default 1
        Count a value only when its rows fall on at least so many different days of the cell.
    is_first_ever : bool, default False
        Count a value only when its first day of all history lies in the cell.
    is_per_day : bool, default False
        Count a value once for each day on which it is found.
    """

    entity: str
    table: str
    date: str
    where: Filters = ()
    min_days: int = 1
    is_first_ever: bool = False
    is_per_day: bool = False

    def leaves(self) -> Iterator[Leaf]:
        """Give the metric itself."""
        yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse(Metric):
    """How long it takes from one moment of a row to another: the time within which a share of the rows is done.

    Parameters
    ----------
    since, until : str
        Columns of moments; rows where one of them is null do not count.
    share : float
        0.5 for the median, 0.9 for the time that nine in ten keep; between two rows it is interpolated.
    table, date, where
        As for :class:`Sum`.
    """

    table: str
    date: str
    since: str
    until: str
    share: float
    where: Filters = ()

    def leaves(self) -> Iterator[Leaf]:
        """Give the metric itself."""
        yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Metric):
    """A column summed over the rows of the last day of a cell: what stands there then. Days do not add up.

    Parameters
    ----------
    value : str
        Column to sum.
    table, date, where
        As for :class:`Sum`; rows that do not count may still say which day is the last.
    """

    table: str
    date: str
    value: str
    where: Filters = ()

    def leaves(self) -> Iterator[Leaf]:
        """Give the metric itself."""
        yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited(Metric):
    """A metric whose card is written, while no table holds what it is to be computed from: it has no value.

    Parameters
    ----------
    table : str
        Name of the table that it needs.
    needs_zh, needs_en : str
        What that table is to hold.
    """

    table: str
    needs_zh: str
    needs_en: str

    def awaits(self) -> Iterator[Awaited]:
        """Give the metric itself."""
        yield self


Leaf = Sum | Distinct | Lapse | Level
"""What is computed from rows; everything else is computed from leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Metric):
    """One metric divided by another, both summed first; null where the denominator is zero."""

    numerator: Metric
    denominator: Metric

    @property
    def parts(self) -> tuple[Metric, ...]:
        """Numerator and denominator."""
        return (self.numerator, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Metric):
    """One metric minus another of the same unit."""

    minuend: Metric
    subtrahend: Metric

    @property
    def parts(self) -> tuple[Metric, ...]:
        """What is subtracted from, and what is subtracted."""
        return (self.minuend, self.subtrahend)

    @property
    def is_additive(self) -> bool:
        """A difference adds up when both sides do."""
        return self.minuend.is_additive and self.subtrahend.is_additive


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Metric):
    """Several metrics of one unit, added up."""

    addends: tuple[Metric, ...]

    @property
    def parts(self) -> tuple[Metric, ...]:
        """What is added up."""
        return self.addends

    @property
    def is_additive(self) -> bool:
        """A total adds up when all of its parts do."""
        return all(part.is_additive for part in self.addends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted(Metric):
    """Several metrics of one unit, each times its weight, added up; it is no part of any other metric.

    Parameters
    ----------
    terms : tuple of (Metric, float)
        Sums and counts with their weights.
    """

    terms: tuple[tuple[Metric, float], ...]

    @property
    def parts(self) -> tuple[Metric, ...]:
        """The metrics, without their weights."""
        return tuple(part for part, _ in self.terms)

    @property
    def is_additive(self) -> bool:
        """It adds up when all of its parts do."""
        return all(part.is_additive for part in self.parts)
