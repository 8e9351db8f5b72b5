"""The rows that a scan reads: one table, or orders with their lines, with what the dimensions need joined on.

A table is joined by the whole of its own key, which the schema declares unique, so no row can match twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics.compiler.needs import Needs, allocated_column, holder_of, tables_of
from zhanggui.metrics.dimensions import PARENT, Dimension, path_of
from zhanggui.metrics.model import AnyOf, Column, Filters, IsNull, NotNull, TakesLonger, Test, WithinDays
from zhanggui.metrics.reach import BuyerKind, ByDate, FirstOf, Grouped, Own, Path, Via, Weekday

Source = Callable[[str], ir.Table]
"""Gives a ledger table by name."""

_COMPARE: dict[str, Callable[[ir.Value, object], ir.BooleanValue]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def microseconds_between(since: ir.Column, until: ir.Column) -> ir.IntegerColumn:
    """Return how long it took in each row, in whole microseconds, of which every engine says the same."""
    return until.cast("timestamp").delta(since.cast("timestamp"), unit="microsecond")


class Rows:
    """Joined rows, read through the names of the ledger.

    Parameters
    ----------
    source : Source
        Gives a ledger table by name.
    needs : Needs
        Which columns will be read.
    """

    def __init__(self, source: Source, needs: Needs) -> None:
        self._spine = needs.spine
        self._date = needs.date
        self._needs = needs
        self._names: dict[tuple[str, str], str] = {}
        self._tests: dict[tuple[ir.Table, str, Test], ir.BooleanValue] = {}
        first = self._spine[0]
        table = self._first(source, first)
        for other in tables_of(self._spine):
            if other != first:
                is_part = PARENT.get(other) == first
                table = self._joined(source, table, other, of=first, how="left" if is_part else "inner")
        for other, of in needs.lookups.items():
            table = self._joined(source, table, other, of=of, how="left")
        if needs.buyers_of is not None:
            firsts = _first_paid_days(source)
            table = table.left_join(firsts, table[self._names[(needs.buyers_of, "buyer_key")]] == firsts.first_of)
        self.table = table

    def value(self, table: str, column: str) -> ir.Column:
        """Return a column of one of the joined tables."""
        return self.table[self._names[(table, column)]]

    def amount(self, table: str, column: str) -> ir.Column:
        """Return a metric's column; where orders are split into lines, the part allocated to the line."""
        holder = holder_of(table, column)
        part = allocated_column(self._spine, holder, column)
        whole = self.value(holder, column)
        # An order without lines keeps its money on the row that stands for the whole of it.
        return whole if part is None else ibis.coalesce(self.value(self._spine[1], part), whole)

    def day(self, date: str | None = None) -> ir.Column:
        """Return the business day that dates the rows."""
        name = date or self._date
        assert name is not None, "the plan gives a scan its date wherever one is needed"
        return self.value(holder_of(self._spine[-1], name), name)

    def dimension(self, dimension: Dimension, *, for_filter: bool = False) -> ir.Column:
        """Return the value of a dimension."""
        found = path_of(dimension, tables_of(self._spine), for_filter=for_filter)
        assert found is not None, "the plan refuses dimensions that a table does not reach"
        return self._along(*found)

    def all_of(self, table: str, filters: Filters) -> ir.BooleanValue | None:
        """Return the condition that all `filters` of a metric over `table` hold, or None when there are none."""
        result: ir.BooleanValue | None = None
        for each in filters:
            tests = each.tests if isinstance(each, AnyOf) else (each,)
            one = self._test(table, tests[0])
            for test in tests[1:]:
                one = one | self._test(table, test)
            result = one if result is None else result & one
        return result

    def _test(self, table: str, test: Test) -> ir.BooleanValue:
        """Return one test; measures share most of theirs, and an expression is dear to build."""
        key = (self.table, table, test)
        if key not in self._tests:
            self._tests[key] = self._fresh_test(table, test)
        return self._tests[key]

    def _fresh_test(self, table: str, test: Test) -> ir.BooleanValue:
        column = self.value(holder_of(table, test.column), test.column)
        match test:
            case IsNull():
                return column.isnull()
            case NotNull():
                return column.notnull()
            case WithinDays(since=since, days=days):
                return column.delta(self.value(holder_of(table, since), since), unit="day") <= days
            case TakesLonger(since=since, microseconds=longest):
                return microseconds_between(self.value(holder_of(table, since), since), column) > longest
        right = test.value
        if isinstance(right, Column):
            right = self.value(holder_of(table, right.name), right.name)
        return column if right is True and test.operator == "=" else _COMPARE[test.operator](column, right)

    def _along(self, table: str, path: Path) -> ir.Column:
        match path:
            case Own(column):
                return self.value(table, column)
            case Via(other, column):
                return self.value(other, column)
            case Grouped(place, group_of):
                return self._along(table, place).cases(*group_of.items())
            case FirstOf(places):
                return ibis.coalesce(*(self._along(table, place) for place in places))
            case ByDate(columns):
                assert self._date is not None, "the plan dates a scan that is split by hour"
                return self.value(table, columns[self._date])
            case Weekday():
                return (self.day().day_of_week.index() + 1).cast("int32")
            case BuyerKind(days):
                day = ibis.coalesce(*(self.value(table, column) for column in days))
                kind = ibis.ifelse((day > self.table.first_paid_day).fill_null(False), "returning", "new")
                return ibis.ifelse(self.value(table, "buyer_key").isnull(), ibis.null("string"), kind)

    def _first(self, source: Source, table: str) -> ir.Table:
        narrow = narrowed(source(table), self._columns(table))
        self._names |= {(table, column): column for column in narrow.columns}
        return narrow

    def _joined(self, source: Source, left: ir.Table, other: str, *, of: str, how: str) -> ir.Table:
        right = narrowed(source(other), self._columns(other))
        on = [left[self._names[(of, key)]] == right[key] for key in _keys(other, of)]
        joined = left.join(right, on, how=how, rname=f"{other}__{{name}}")
        taken, present = set(left.columns), set(joined.columns)
        for column in right.columns:
            apart = f"{other}__{column}"
            # An inner join keeps one copy of the columns it joins by: those of the left.
            self._names[(other, column)] = apart if column in taken and apart in present else column
        return joined

    def _columns(self, table: str) -> list[str]:
        """Return the columns to read of a table: what is needed of it, and what joins it."""
        wanted = {column: None for owner, column in self._needs.columns if owner == table}
        wanted |= dict.fromkeys(self._join_columns(table))
        return list(wanted) or [ALL_TABLES[table].key[0]]

    def _join_columns(self, table: str) -> Iterator[str]:
        first = self._spine[0]
        for other in tables_of(self._spine):
            if other != first and table in (other, first):
                yield from _keys(other, first)
        for other, of in self._needs.lookups.items():
            if table in (other, of):
                yield from _keys(other, of)


def _first_paid_days(source: Source) -> ir.Table:
    """Return the first day on which each buyer paid an ordinary order, over all history."""
    orders = narrowed(source("order_header"), ["buyer_key", "paid_date", "is_paid", "order_kind"])
    orders = orders.filter(orders.is_paid, orders.order_kind == "ordinary", orders.buyer_key.notnull())
    return orders.group_by(first_of=orders.buyer_key).aggregate(first_paid_day=orders.paid_date.min())


def narrowed(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return the same table declared with these columns only: statements over narrow tables compile much faster."""
    schema = table.schema()
    return ibis.table({column: schema[column] for column in columns}, name=table.get_name())


def _keys(table: str, of: str) -> tuple[str, ...]:
    # The key of the whole joins it to its parts, whichever of the two comes first.
    return ALL_TABLES[of].key if PARENT.get(table) == of else ALL_TABLES[table].key
