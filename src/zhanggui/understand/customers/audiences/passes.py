"""One pass over one ledger table: several measures of each person, computed together.

A metric is computed from its own definition in the catalogue, so that the sum over all people is the metric's value
over the rows that name a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import ibis.expr.types as ir

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics.compiler.needs import Needs, holder_of
from zhanggui.metrics.compiler.relations import Rows, Source
from zhanggui.metrics.model import Difference, Metric, Ratio, Sum, Total

PERSON = "buyer_key"
_PERSON_OF = {"event": "user_key", "session": "user_key"}

Measure = Callable[[Rows], ir.Value]
AsPerson = Callable[[ir.Table, str], ir.Table]
"""Gives rows with the person in a column that named a buyer."""


class NoMetricOfPeopleError(ZhangguiError):
    """A metric whose rows name no person, or that is no sum."""

    code = "no_metric_of_people"

    def __init__(self, metric: str) -> None:
        self.metric = metric
        super().__init__(
            f"Metric {metric!r} cannot be computed for one person: its rows name nobody, or it is no sum.",
            where="the condition of the audience",
            next_step="`zhanggui customers audience choices` lists the metrics that can",
        )


@dataclass(slots=True)
class Pass:
    """What is computed of one table.

    Attributes
    ----------
    table : str
        Ledger table; a table of parts of an order finds the person on the order.
    needs : Needs
        Columns that are read.
    measures : dict of str to callable
        By the name of the answer's column.
    """

    table: str
    needs: Needs = field(init=False)
    measures: dict[str, Measure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.needs = Needs((self.table,), None)
        self.needs.add(*self._person)
        self.needs.add(self.table, "shop_id")

    @property
    def _person(self) -> tuple[str, str]:
        column = _PERSON_OF.get(self.table, PERSON)
        return holder_of(self.table, column), column

    def add_sum(self, name: str, leaf: Sum, first: date | None, last: date) -> None:
        """Compute a sum of the catalogue over the days that count."""
        self.needs.add_filters(leaf.table, leaf.where)
        self.needs.add_day(leaf.date)
        if leaf.value is not None:
            self.needs.add_amount(leaf.table, leaf.value)

        def measure(rows: Rows) -> ir.Value:
            day = rows.day(leaf.date)
            counts = day <= last
            if first is not None:
                counts = counts & (day >= first)
            of_metric = rows.all_of(leaf.table, leaf.where)
            counts = counts if of_metric is None else of_metric & counts
            if leaf.value is None:
                return rows.table.count(where=counts)
            return rows.amount(leaf.table, leaf.value).sum(where=counts)

        self.measures[name] = measure

    def add(self, name: str, columns: Iterable[str], measure: Measure) -> None:
        """Compute something else of these columns of the table."""
        for column in columns:
            self.needs.add(self.table, column)
        self.measures[name] = measure

    def built(self, source: Source, shop_ids: list[int] | None, as_person: AsPerson) -> ir.Table:
        """Return one row per person, whom `as_person` makes of ids: ``buyer_key`` and the measures."""
        rows = Rows(source, self.needs)
        kept: list[ir.BooleanValue] = [rows.value(*self._person).notnull()]
        if shop_ids is not None:
            kept.append(rows.value(self.table, "shop_id").isin(shop_ids))
        rows.table = as_person(rows.table.filter(kept), rows.value(*self._person).get_name())
        measures = {name: measure(rows) for name, measure in self.measures.items()}
        return rows.table.group_by(**{PERSON: rows.value(*self._person)}).aggregate(**measures)


def names_people(table: str) -> bool:
    """Return whether the rows of a ledger table, or the orders that they are parts of, name a person."""
    column = _PERSON_OF.get(table, PERSON)
    return column in ALL_TABLES[holder_of(table, column)].column_names


def is_of_people(metric: Metric) -> bool:
    """Return whether a metric can be computed for one person: a sum of rows that name people, or made of such."""
    if isinstance(metric, Sum):
        return metric.table in ALL_TABLES and names_people(metric.table)
    if isinstance(metric, Ratio | Difference | Total):
        return all(is_of_people(part) for part in metric.parts)
    return False


def sums_of(metric: Metric) -> list[Sum]:
    """Return the sums that a metric of people is made of.

    Raises
    ------
    NoMetricOfPeopleError
        It is none.
    """
    if not is_of_people(metric):
        raise NoMetricOfPeopleError(metric.name)
    return [leaf for leaf in metric.leaves() if isinstance(leaf, Sum)]


def value_of(metric: Metric, sums: Callable[[Sum], ir.NumericValue]) -> ir.NumericValue:
    """Return the value of a metric of one person from the person's sums; a ratio over nothing is null."""
    match metric:
        case Sum():
            return sums(metric)
        case Ratio(numerator=above, denominator=below):
            return value_of(above, sums).cast("float64") / value_of(below, sums).cast("float64").nullif(0.0)
        case Difference(minuend=whole, subtrahend=part):
            return value_of(whole, sums) - value_of(part, sums)
        case Total(addends=parts):
            first, *others = (value_of(part, sums) for part in parts)
            for other in others:
                first = first + other
            return first
    raise NoMetricOfPeopleError(metric.name)
