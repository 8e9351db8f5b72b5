"""Every combination of dimension values that occurs, with what it holds in both periods: one statement per period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.compiler.plan import is_additive_over, planned, possible_dimensions
from zhanggui.metrics.compiler.run import run_scan
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.model import Difference, Leaf, Metric, Ratio, Sum, Total, Weighted
from zhanggui.metrics.problems import CannotSplitError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Value = str | int | None

SEARCHED = (
    *("platform", "shop", "channel", "category", "brand", "province", "region", "product", "sku", "country", "city"),
    *("campaign", "carrier", "warehouse", "stock_code", "device", "tier", "topic"),
)
"""Dimensions that are searched unless others are asked for. States of orders, hours and weekdays differ between
periods for reasons of their own: younger orders are further from done, and months have other weekdays."""

_SIDES = ("before", "after")


@dataclass(frozen=True)
class Cube:
    """The leaves of a cube in both periods.

    Parameters
    ----------
    dims : tuple of str
        Its dimensions.
    codes : list of array of int, each of shape (n_leaves,)
        The value of every leaf in each dimension, as a place in `values`.
    values : tuple of tuple
        The values of each dimension; None for "not known".
    labels : tuple of mapping
        Readable names of values, where a dimension has them.
    top, base : mapping of str to array of float, shape (n_leaves,)
        By side (``before``, ``after``) the metric, or its numerator, and the denominator of a ratio (else None).
    """

    dims: tuple[str, ...]
    codes: list[Ints]
    values: tuple[tuple[Value, ...], ...]
    labels: tuple[Mapping[Value, str], ...]
    top: Mapping[str, Floats]
    base: Mapping[str, Floats] | None

    def __len__(self) -> int:
        return len(self.top["before"])


def weights_of(metric: Metric) -> dict[Leaf, float]:
    """Return a metric as a weighted sum of leaves.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> {leaf.name: weight for leaf, weight in weights_of(CATALOGUE["net_revenue"]).items()}
    {'gmv_paid': 1, 'refund_amount': -1}
    """
    match metric:
        case Difference():
            signed: tuple[tuple[float, Metric], ...] = ((1, metric.minuend), (-1, metric.subtrahend))
        case Total():
            signed = tuple((1, part) for part in metric.addends)
        case Weighted():
            signed = tuple((weight, part) for part, weight in metric.terms)
        case _:
            return dict.fromkeys(metric.leaves(), 1)
    found: dict[Leaf, float] = {}
    for sign, part in signed:
        for leaf, weight in weights_of(part).items():
            found[leaf] = found.get(leaf, 0) + sign * weight
    return found


def is_additive(metric: Metric, dims: tuple[str, ...] = ()) -> bool:
    """Return whether the metric, or both sides of a ratio, are sums over rows that add up over `dims`."""
    return all(isinstance(leaf, Sum) and all(is_additive_over(leaf, name) for name in dims) for leaf in metric.leaves())


def searched_dimensions(asked: Asked) -> tuple[str, ...]:
    """Return the dimensions to search: those asked for, else those worth it over which a sum adds up.

    Raises
    ------
    CannotSplitError
        A dimension was asked for that the metric has no relation to.
    """
    metric = asked.metric
    if any(isinstance(part, Ratio) for part in metric.parts):
        return ()  # A ratio of ratios has no parts that add up to its change.
    possible = possible_dimensions(tuple(metric.leaves()))
    for name in asked.by:
        if name not in possible:
            raise CannotSplitError(metric.name, name, possible=possible)
    if asked.by:
        return asked.by
    usual = tuple(name for name in SEARCHED if name in possible)
    return tuple(name for name in usual if is_additive(metric, (name,))) if is_additive(metric) else usual


def cube_of(ledger: Ledger, asked: Asked, dims: tuple[str, ...]) -> Cube:
    """Return the cube of a metric, or of both sides of a ratio; only leaves of sums add up to the whole."""
    metric = asked.metric
    sides = (metric.numerator, metric.denominator) if isinstance(metric, Ratio) else (metric,)
    leaves = tuple(dict.fromkeys(leaf for side in sides for leaf in weights_of(side)))
    keys = [DIMENSIONS[name].key for name in dims]
    stacked, named = [], []
    for place, period in zip(_SIDES, (asked.before, asked.after), strict=True):
        question = asked.question(metric.name, period=period, by=dims).checked({metric.name: metric})
        plan = planned(question, leaves)
        for scan in plan.scans:
            bound = {**plan.values, "date_from": period.first, "date_to": period.last}
            found = run_scan(ledger, scan, bound)
            held = {leaf: _column(found, leaf.name) for leaf in leaves if leaf.name in found.column_names}
            columns = {key: found[key] for key in keys}
            for number, side in enumerate(sides):
                total = sum((weight * held[leaf] for leaf, weight in weights_of(side).items() if leaf in held), 0.0)
                columns[f"{place}_{number}"] = pa.array(np.broadcast_to(total, found.num_rows))
            stacked.append(pa.table(columns))
            named.append(found)
    whole = pa.concat_tables(stacked, promote_options="default")
    return _packed(whole, dims, keys, n_sides=len(sides), labels=_labels(named, dims))


def _column(table: pa.Table, name: str) -> Floats:
    column = pc.fill_null(pc.cast(table[name], pa.float64()), 0.0)
    return np.asarray(column.to_numpy(), np.float64)


def _packed(
    whole: pa.Table, dims: tuple[str, ...], keys: list[str], *, n_sides: int, labels: tuple[Mapping[Value, str], ...]
) -> Cube:
    """Give every value a number, and every combination that occurs one leaf."""
    codes, values = [], []
    for key in keys:
        column = whole[key].combine_chunks().dictionary_encode(null_encoding="encode")
        codes.append(np.asarray(column.indices.to_numpy(zero_copy_only=False), np.int64))
        values.append(tuple(column.dictionary.to_pylist()))
    names = [f"{side}_{number}" for side in _SIDES for number in range(n_sides)]
    numbered = pa.table(
        {
            **{f"dim_{place}": each for place, each in enumerate(codes)},
            **{name: pc.fill_null(whole[name], 0.0) for name in names},
        }
    )
    grouped = numbered.group_by([f"dim_{place}" for place in range(len(dims))]).aggregate(
        [(name, "sum") for name in names]
    )
    sums = {name: np.asarray(grouped[f"{name}_sum"].to_numpy(), np.float64) for name in names}
    return Cube(
        dims=dims,
        codes=[np.asarray(grouped[f"dim_{place}"].to_numpy(), np.int64) for place in range(len(dims))],
        values=tuple(values),
        labels=labels,
        top={side: sums[f"{side}_0"] for side in _SIDES},
        base={side: sums[f"{side}_1"] for side in _SIDES} if n_sides == 2 else None,
    )


def _labels(tables: Sequence[pa.Table], dims: tuple[str, ...]) -> tuple[Mapping[Value, str], ...]:
    found: list[Mapping[Value, str]] = []
    for name in dims:
        dimension, names = DIMENSIONS[name], {}
        label = dimension.label_from
        for table in tables if label is not None else ():
            assert label is not None, "only labelled dimensions are read"
            pairs = table.select([dimension.key, label.shown_as]).group_by([dimension.key, label.shown_as])
            for row in pairs.aggregate([]).to_pylist():
                if row[label.shown_as] is not None:
                    names[row[dimension.key]] = str(row[label.shown_as])
        found.append(names)
    return tuple(found)
