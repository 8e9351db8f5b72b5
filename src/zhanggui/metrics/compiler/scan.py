"""One pass over one fact: several measures, computed together, per cell of the answer.

Facts are never joined with one another. Each is brought down to the cells of the answer by itself, and the small
results are put side by side afterwards, so nothing can be counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics.compiler.needs import Needs, Spine, holder_of, tables_of
from zhanggui.metrics.compiler.relations import Rows, Source, microseconds_between, narrowed
from zhanggui.metrics.dimensions import DIMENSIONS, Dimension, path_of
from zhanggui.metrics.model import AnyOf, Distinct, Filters, Lapse, Leaf, Level, Sum, Test, Unit

_TRUNCATED = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}
MICROSECONDS = {Unit.MINUTES: 60_000_000, Unit.HOURS: 3_600_000_000, Unit.DAYS: 86_400_000_000}
"""Of the units in which a lapse is told."""


@dataclass(frozen=True, slots=True)
class FilterShape:
    """A filter without its values: the statement depends only on how many there are."""

    dim: str
    n_values: int
    has_null: bool
    is_on_key: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The shape of one pass; equal shapes share one compiled statement.

    Parameters
    ----------
    spine : tuple of str
        Tables that give the rows.
    date : str or None
        Business-day column; None where no day matters, so that facts dated differently share the pass.
    grain, date_name : str or None
        Step of the date column, and its name in the answer.
    by : tuple of str
        Dimensions.
    where : tuple of FilterShape
        Filters of the question.
    has_from, has_to : bool
        Whether the period is bounded.
    entity : tuple of str
        Columns that identify what is counted once per cell (an order, a buyer); empty when rows are.
    measures : tuple of Sum, Distinct, Lapse or Level
        What is computed.
    """

    spine: Spine
    date: str | None
    grain: str | None
    date_name: str | None
    by: tuple[str, ...]
    where: tuple[FilterShape, ...]
    has_from: bool
    has_to: bool
    entity: tuple[str, ...]
    measures: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class ScanExpression:
    """The expression of a scan and its open parameters by name."""

    table: ir.Table
    params: dict[str, ir.Scalar]


def parameter_name(place: int, value: int) -> str:
    """Return the name under which the value of a filter is bound."""
    return f"where_{place}_{value}"


def scan_expression(source: Source, scan: Scan) -> ScanExpression:
    """Return what a scan computes, as an expression over ledger tables."""
    rows = Rows(source, _needs(scan))
    params: dict[str, ir.Scalar] = {}
    common = _common(scan.measures)
    conditions = [
        rows.all_of(scan.measures[0].table, common),
        *_period(rows, scan, params),
        *_where(rows, scan, params),
    ]
    if scan.entity and isinstance(scan.measures[0], Distinct):
        conditions.append(rows.value(scan.spine[0], scan.entity[0]).notnull())
    kept = [condition for condition in conditions if condition is not None]
    if kept:
        rows.table = rows.table.filter(kept)
    keys = _keys(rows, scan)
    if scan.entity:
        cells = _per_entity(source, rows, scan, keys, common)
    else:
        measures = {leaf.name: _of_rows(rows, leaf, _rest(leaf, common)) for leaf in scan.measures}
        cells = rows.table.group_by(**keys).aggregate(**measures) if keys else rows.table.aggregate(**measures)
    return ScanExpression(_labelled(source, scan, cells), params)


def _needs(scan: Scan) -> Needs:
    needs = Needs(scan.spine, scan.date)
    for leaf in scan.measures:
        needs.add_filters(leaf.table, leaf.where)
        match leaf:
            case Sum(value=None):
                pass
            case Sum(value=str(value)) | Level(value=value):
                needs.add_amount(leaf.table, value)
            case Distinct():
                needs.add(leaf.table, leaf.entity)
                needs.add_day(leaf.date)
            case Lapse():
                needs.add(leaf.table, leaf.since)
                needs.add(leaf.table, leaf.until)
    for column in scan.entity:
        needs.add(scan.spine[0], column)
    if scan.date is not None and (scan.grain or scan.has_from or scan.has_to):
        needs.add_day()
    for name in scan.by:
        dimension = DIMENSIONS[name]
        needs.add_dimension(dimension)
        if dimension.is_per_store:
            needs.add(_reached_from(scan, dimension), "shop_id")
    for shape in scan.where:
        needs.add_dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
    return needs


def _reached_from(scan: Scan, dimension: Dimension) -> str:
    found = path_of(dimension, tables_of(scan.spine))
    assert found is not None, "the plan refuses dimensions that a table does not reach"
    return found[0]


def _common(measures: tuple[Leaf, ...]) -> Filters:
    """Return the filters that all measures share: they thin the rows out before anything is computed.

    Which day is the last of a cell is told by rows that do not count too.
    """
    first, *others = measures
    if isinstance(first, Level):
        return ()
    return tuple(
        each
        for each in first.where
        if all(each in other.where and _reads_alike(each, first.table, other.table) for other in others)
    )


def _reads_alike(each: Test | AnyOf, table: str, other: str) -> bool:
    """Return whether the same words mean the same columns for metrics over two tables."""
    columns = [test.column for test in (each.tests if isinstance(each, AnyOf) else (each,))]
    return table == other or all(holder_of(table, column) == holder_of(other, column) for column in columns)


def _rest(leaf: Leaf, common: Filters) -> Filters:
    return tuple(each for each in leaf.where if each not in common)


def _period(rows: Rows, scan: Scan, params: dict[str, ir.Scalar]) -> list[ir.BooleanValue]:
    conditions = []
    if scan.has_from:
        params["date_from"] = ibis.param("date")
        conditions.append(rows.day() >= params["date_from"])
    if scan.has_to:
        params["date_to"] = ibis.param("date")
        conditions.append(rows.day() <= params["date_to"])
    return conditions


def _where(rows: Rows, scan: Scan, params: dict[str, ir.Scalar]) -> list[ir.BooleanValue]:
    conditions = []
    for place, shape in enumerate(scan.where):
        column = rows.dimension(DIMENSIONS[shape.dim], for_filter=not shape.is_on_key)
        type_ = "int64" if column.type().is_integer() else "string"
        values = {parameter_name(place, value): ibis.param(type_) for value in range(shape.n_values)}
        params |= values
        tests = [column.isnull()] if shape.has_null else []
        if values:
            tests.append(column.isin(list(values.values())))
        conditions.append(tests[0] if len(tests) == 1 else tests[0] | tests[1])
    return conditions


def _keys(rows: Rows, scan: Scan) -> dict[str, ir.Column]:
    keys: dict[str, ir.Column] = {}
    if scan.grain is not None and scan.date_name is not None:
        day = rows.day()
        unit = _TRUNCATED.get(scan.grain)
        keys[scan.date_name] = day if unit is None else day.truncate(unit)
    for name in scan.by:
        dimension = DIMENSIONS[name]
        keys[dimension.key] = rows.dimension(dimension)
    per_store = [DIMENSIONS[name] for name in scan.by if DIMENSIONS[name].is_per_store]
    if per_store and "shop_id" not in keys:
        store = rows.value(_reached_from(scan, per_store[0]), "shop_id")
        # A line without a product is the same cell in every store; one that names any of them is its store's own.
        is_of_none = reduce(and_, (keys[dimension.key].isnull() for dimension in per_store))
        keys["shop_id"] = ibis.ifelse(is_of_none, ibis.null("int32"), store)
    return keys


def lapse_of(rows: Rows, leaf: Lapse) -> ir.FloatingValue:
    """Return how long it took in each row, in the metric's unit."""
    return _in_unit(_microseconds(rows, leaf), leaf)


def _in_unit(taken: ir.IntegerColumn | ir.IntegerScalar, leaf: Lapse) -> ir.FloatingValue:
    return taken / MICROSECONDS[leaf.unit]


def _microseconds(rows: Rows, leaf: Lapse) -> ir.IntegerColumn:
    return microseconds_between(rows.value(leaf.table, leaf.since), rows.value(leaf.table, leaf.until))


def _of_rows(rows: Rows, leaf: Leaf, rest: Filters) -> ir.Scalar:
    match leaf:
        case Sum():
            return _sum(rows, leaf, rest)
        case Lapse():
            taken = _microseconds(rows, leaf).quantile(leaf.share, where=rows.all_of(leaf.table, rest))
            return _in_unit(taken.round().cast("int64"), leaf)
    raise TypeError(f"rows alone do not answer a metric of kind {leaf.kind}")


def _sum(rows: Rows, leaf: Sum, rest: Filters) -> ir.Scalar:
    condition = rows.all_of(leaf.table, rest)
    if leaf.value is None:
        return rows.table.count(where=condition)
    return rows.amount(leaf.table, leaf.value).sum(where=condition)


def _per_entity(source: Source, rows: Rows, scan: Scan, keys: dict[str, ir.Column], common: Filters) -> ir.Table:
    """Bring rows down to one per cell and entity, then count the entities of each cell."""
    identity = {f"entity_{column}": rows.value(scan.spine[0], column) for column in scan.entity}
    inner: dict[str, ir.Scalar] = {}
    for leaf in scan.measures:
        assert not isinstance(leaf, Lapse), "the plan gives a lapse rows of its own"
        inner |= _inner(rows, leaf, _rest(leaf, common))
    found = (
        rows.table.group_by(**keys, **identity).aggregate(**inner)
        if inner
        else (rows.table.select(**keys, **identity).distinct())
    )
    for leaf in scan.measures:
        if isinstance(leaf, Distinct) and leaf.is_first_ever:
            ever = _first_ever(source, leaf, found if scan.has_from or scan.has_to else None)
            found = found.left_join(ever, found[f"entity_{leaf.entity}"] == ever["first_of"])
            break
    if isinstance(scan.measures[0], Level):
        days = found[f"entity_{scan.entity[0]}"]
        found = found.mutate(is_last=days == days.max().over(group_by=list(keys)))
    outer = {leaf.name: _outer(found, leaf) for leaf in scan.measures}
    return found.group_by(list(keys)).aggregate(**outer) if keys else found.aggregate(**outer)


def _inner(rows: Rows, leaf: Sum | Distinct | Level, rest: Filters) -> dict[str, ir.Scalar]:
    condition = rows.all_of(leaf.table, rest)
    if isinstance(leaf, Level):
        amount = rows.amount(leaf.table, leaf.value)
        # What does not count is none of it, while an amount that is not known stays so.
        return {leaf.name: (amount if condition is None else condition.ifelse(amount, 0)).sum()}
    if isinstance(leaf, Sum):
        if leaf.value is not None:
            return {leaf.name: _sum(rows, leaf, rest)}
        return {} if condition is None else {leaf.name: condition.any()}
    day = rows.day(leaf.date)
    if leaf.is_first_ever:
        return {leaf.name: day.min(where=condition)}
    if leaf.min_days == 2:
        # Two different days exist exactly when the first is not the last; no set of days has to be kept.
        return {leaf.name: day.min(where=condition), f"{leaf.name}_last": day.max(where=condition)}
    if leaf.min_days > 2:
        return {leaf.name: day.nunique(where=condition)}
    return {} if condition is None else {leaf.name: condition.any()}


def _outer(found: ir.Table, leaf: Leaf) -> ir.Scalar:
    if isinstance(leaf, Sum) and leaf.value is not None:
        return found[leaf.name].sum()
    if isinstance(leaf, Level):
        return found[leaf.name].sum(where=found.is_last)
    if leaf.name not in found.columns:
        return found.count()
    if isinstance(leaf, Distinct):
        if leaf.is_first_ever:
            return found.count(where=found[leaf.name] == found["first_day_ever"])
        if leaf.min_days == 2:
            return found.count(where=found[leaf.name] < found[f"{leaf.name}_last"])
        if leaf.min_days > 2:
            return found.count(where=found[leaf.name] >= leaf.min_days)
    return found.count(where=found[leaf.name])


def _first_ever(source: Source, leaf: Distinct, found: ir.Table | None) -> ir.Table:
    """Return the first day over all history of each entity, of those `found` at least, whatever the filters are."""
    needs = Needs((leaf.table,), leaf.date)
    needs.add_day()
    needs.add(leaf.table, leaf.entity)
    needs.add_filters(leaf.table, leaf.where)
    rows = Rows(source, needs)
    entity = rows.value(leaf.table, leaf.entity)
    conditions = [entity.notnull(), rows.all_of(leaf.table, leaf.where)]
    rows.table = rows.table.filter([condition for condition in conditions if condition is not None])
    if found is not None:  # Of a short period only few are looked for.
        rows.table = rows.table.filter(rows.value(leaf.table, leaf.entity).isin(found[f"entity_{leaf.entity}"]))
    return rows.table.group_by(first_of=rows.value(leaf.table, leaf.entity)).aggregate(first_day_ever=rows.day().min())


def _labelled(source: Source, scan: Scan, cells: ir.Table) -> ir.Table:
    for name in scan.by:
        dimension = DIMENSIONS[name]
        label = dimension.label_from
        if label is None:
            continue
        keys = ALL_TABLES[label.table].key
        names = narrowed(source(label.table), [*keys, label.column])
        on = [cells["shop_id" if key == "shop_id" else dimension.key] == names[key] for key in keys]
        kept = {column: cells[column] for column in cells.columns}
        cells = cells.left_join(names, on).select(**kept, **{label.shown_as: names[label.column]})
    return cells
