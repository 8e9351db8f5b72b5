"""Which columns of which tables a scan reads, found by walking the definitions."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics.dimensions import ALLOCATED, PARENT, Dimension, path_of
from zhanggui.metrics.model import AnyOf, Column, Condition, Filters, TakesLonger, WithinDays
from zhanggui.metrics.reach import BuyerKind, ByDate, FirstOf, Grouped, Own, Path, Via, Weekday

Spine = tuple[str, ...]
"""Tables that give the rows. One table: its rows. A whole and its parts: the parts, and wholes without parts."""


def holder_of(table: str, column: str) -> str:
    """Return which table holds a metric's column: its own, else that of the whole it is a part of.

    Examples
    --------
    >>> holder_of("order_line", "quantity"), holder_of("order_line", "paid_date")
    ('order_line', 'order_header')
    """
    if column not in ALL_TABLES[table].column_names and table in PARENT:
        return PARENT[table]
    return table


def allocated_column(spine: Spine, table: str, column: str) -> str | None:
    """Return the column in which the parts carry a whole's amount, when `spine` splits wholes into parts."""
    return ALLOCATED.get((table, column)) if len(spine) > 1 and table == spine[0] else None


def tables_of(spine: Spine) -> tuple[str, ...]:
    """Return the tables whose columns a dimension may reach directly, the whole before its parts.

    Examples
    --------
    >>> tables_of(("order_line",)), tables_of(("refund",))
    (('order_header', 'order_line'), ('refund',))
    """
    return spine if len(spine) > 1 or spine[0] not in PARENT else (PARENT[spine[0]], spine[0])


@dataclass(slots=True)
class Needs:
    """The columns that one scan reads, by table, the tables it looks things up in, and whose buyers' first days."""

    spine: Spine
    date: str | None
    columns: dict[tuple[str, str], None] = field(default_factory=dict)
    lookups: dict[str, str] = field(default_factory=dict)
    buyers_of: str | None = None

    def add(self, table: str, column: str) -> None:
        """Note a column."""
        self.columns[(table, column)] = None

    def add_day(self, date: str | None = None) -> None:
        """Note the business day that dates the rows."""
        day = date or self.date
        if day is not None:
            self.add(holder_of(self.spine[-1], day), day)

    def add_amount(self, table: str, column: str) -> None:
        """Note a metric's column, and the part of it that lines carry."""
        holder = holder_of(table, column)
        self.add(holder, column)
        part = allocated_column(self.spine, holder, column)
        if part is not None:
            self.add(self.spine[1], part)

    def add_filters(self, table: str, filters: Filters) -> None:
        """Note what a metric's own filters read."""
        for each in filters:
            for test in each.tests if isinstance(each, AnyOf) else (each,):
                self.add(holder_of(table, test.column), test.column)
                match test:
                    case Condition(value=Column(name)) | WithinDays(since=name) | TakesLonger(since=name):
                        self.add(holder_of(table, name), name)

    def add_dimension(self, dimension: Dimension, *, for_filter: bool = False) -> None:
        """Note what a dimension reads."""
        found = path_of(dimension, tables_of(self.spine), for_filter=for_filter)
        if found is not None:
            self._add_path(*found)

    def _add_path(self, table: str, path: Path) -> None:
        match path:
            case Own(column):
                self.add(table, column)
            case Via(other, column):
                if other not in tables_of(self.spine):
                    self.lookups[other] = table
                self.add(other, column)
            case Grouped(place):
                self._add_path(table, place)
            case FirstOf(places):
                for place in places:
                    self._add_path(table, place)
            case ByDate(columns):
                if self.date is not None:
                    self.add(table, columns[self.date])
            case Weekday():
                self.add_day()
            case BuyerKind(days):
                self.buyers_of = table
                for column in ("buyer_key", *days):
                    self.add(table, column)
