"""From the sums of each cell to the values of metrics: differences, ratios re-divided, money, and honest nulls."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.metrics.coverage import (
    COSTED,
    IDENTIFIED,
    KNOWN,
    LINED,
    PAID,
    TYPED,
    UNCOSTED,
    UNDATED,
    UNKNOWN,
    UNTYPED,
    needs_buyer,
    needs_cost,
    needs_lines,
    needs_payment,
    needs_refund_day,
    needs_refund_type,
)
from zhanggui.metrics.model import Awaited, Difference, Distinct, Lapse, Leaf, Level, Metric, Ratio, Sum, Total, Unit
from zhanggui.money import currency_exponent


class Cells:
    """The merged cells of a question, from which metrics are derived.

    Parameters
    ----------
    table : pyarrow.Table
        One row per cell with a column per leaf, money in minor units.
    prefix : str
        What stands before the leaf names; the period compared with has its own.
    minor_per_major : pyarrow.Array of int64
        For each cell, minor units per major unit of its currency.
    is_one_currency : bool
        Whether each cell holds money of one currency; if not, money has no meaning and is null.
    absent : frozenset of str, default empty
        Tables that no file has filled: what is computed from them is not known.
    """

    def __init__(
        self,
        table: pa.Table,
        *,
        prefix: str,
        minor_per_major: pa.Array,
        is_one_currency: bool,
        absent: frozenset[str] = frozenset(),
    ) -> None:
        self._table = table
        self._absent = absent
        self._prefix = prefix
        self._minor_per_major = minor_per_major
        self._is_one_currency = is_one_currency
        self._derived: dict[str, pa.Array] = {}

    def value(self, metric: Metric) -> pa.Array:
        """Return the values of a metric to show: money in major units, ratios as they are, counts as numbers."""
        exact = self._exact(metric)
        if isinstance(metric, Ratio):
            return exact
        if metric.unit is Unit.MONEY:
            return _divided(exact, self._minor_per_major)
        return _number(exact)

    def _exact(self, metric: Metric) -> pa.Array:
        found = self._derived.get(metric.name)
        if found is None:
            found = self._derived[metric.name] = self._computed(metric)
        return found

    def _computed(self, metric: Metric) -> pa.Array:
        match metric:
            case Sum() | Distinct() | Lapse() | Level():
                return self._leaf(metric)
            case Awaited():
                return pa.nulls(self._table.num_rows, pa.float64())
            case Difference():
                return pc.subtract(self._exact(metric.minuend), self._exact(metric.subtrahend))
            case Total():
                return reduce(pc.add, (self._exact(part) for part in metric.addends))
            case Ratio():
                below = self._exact(metric.denominator)
                if metric.unit is Unit.MONEY and metric.denominator.unit is not Unit.MONEY:
                    # Units have decimals, whose product would need more digits than there are.
                    whole = below.cast(pa.float64()) if pa.types.is_decimal(below.type) else below
                    below = pc.multiply(whole, self._minor_per_major)
                return _divided(self._exact(metric.numerator), below)
        raise TypeError(f"no rule for a metric of kind {metric.kind}")

    def _leaf(self, leaf: Leaf) -> pa.Array:
        if isinstance(leaf, Lapse):  # Where nothing happened there is no time that it took.
            return self._found(leaf.name)
        # Nor does anything stand on the last of no days.
        values = self._found(leaf.name) if isinstance(leaf, Level) else self._column(leaf.name)
        nothing = pa.scalar(None, values.type)
        if leaf.table in self._absent or (leaf.unit is Unit.MONEY and not self._is_one_currency):
            return pa.array([None] * len(values), values.type)
        for missing in self._missing(leaf):
            values = pc.if_else(missing, nothing, values)
        return values

    def _missing(self, leaf: Leaf) -> Iterable[pa.Array]:
        """Give, for each reason, the cells where nothing was counted because nothing could be seen."""
        if needs_payment(leaf) and self._has(UNKNOWN.name):
            yield self._all_zero((KNOWN, PAID), but=UNKNOWN)
        if needs_buyer(leaf) and self._has(IDENTIFIED.name):
            yield self._all_zero((IDENTIFIED,), but=PAID)
        if needs_lines(leaf) and self._has(LINED.name):
            yield self._all_zero((LINED,), but=PAID)
        if needs_cost(leaf) and self._has(UNCOSTED.name):
            yield self._all_zero((COSTED,), but=UNCOSTED)
        if needs_refund_day(leaf) and self._has(UNDATED.name):
            yield self._all_zero((), but=UNDATED)
        if needs_refund_type(leaf) and self._has(UNTYPED.name):
            yield self._all_zero((TYPED,), but=UNTYPED)

    def _all_zero(self, leaves: tuple[Sum, ...], *, but: Sum) -> pa.Array:
        result = pc.greater(self._column(but.name), 0)
        for leaf in leaves:
            result = pc.and_(result, pc.equal(self._column(leaf.name), 0))
        return result

    def _has(self, name: str) -> bool:
        return f"{self._prefix}{name}" in self._table.column_names

    def _column(self, name: str) -> pa.Array:
        column = self._found(name)
        # A cell that a scan does not know holds none of what the scan sums.
        return pc.fill_null(column, pa.scalar(0).cast(column.type))

    def _found(self, name: str) -> pa.Array:
        return self._table[f"{self._prefix}{name}"].combine_chunks()


def minor_per_major(table: pa.Table, currency_column: str | None, one: int) -> pa.Array:
    """Return, for each row, the minor units per major unit: of its own currency, or of the only one."""
    if currency_column is None:
        return pa.array([one] * table.num_rows, pa.int64())
    codes = table[currency_column].to_pylist()
    return pa.array([one if code is None else 10 ** currency_exponent(code) for code in codes], pa.int64())


def _divided(above: pa.Array, below: pa.Array) -> pa.Array:
    # Both are whole and below 2**53, so one division of floats gives the nearest number.
    divisor = below.cast(pa.float64(), safe=False)
    divisor = pc.if_else(pc.equal(divisor, 0.0), pa.scalar(None, pa.float64()), divisor)
    return pc.divide(above.cast(pa.float64(), safe=False), divisor)


def _number(values: pa.Array) -> pa.Array:
    """Return decimals as whole numbers where they all are."""
    if not pa.types.is_decimal(values.type):
        return values
    whole = pc.all(pc.equal(values, pc.floor(values))).as_py()
    return values.cast(pa.int64()) if whole in (True, None) else values.cast(pa.float64())
