"""Whole amounts shared out by weight, by largest remainder, so that the parts sum to the whole exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

_LARGEST_WEIGHT = 3_000_000_000
"""Above it, the square of a weight would leave 64 bits; weights are then thinned, the total stays exact."""


@dataclass(frozen=True, slots=True)
class Share:
    """One amount that the rows of a group share.

    Attributes
    ----------
    name : str
        Column that each row's part is added as.
    total : str
        Column of the amount, the same on all rows of a group; may be negative or null.
    weight : str
        Column of the weights.
    otherwise : str, optional
        Column of the weights, small ones, of groups whose weights come to nothing; without it their rows share equally.
    """

    name: str
    total: str
    weight: str
    otherwise: str | None = None


def shared(rows: ir.Table, shares: Sequence[Share], *, group: Sequence[str], ties: Sequence[str]) -> ir.Table:
    """Add a column for each share: what of its total goes to each row of a group.

    Parameters
    ----------
    rows : ibis Table
        No two rows of a group agree in all columns of `ties`.
    shares : sequence of Share
        Rows whose weights come to nothing, or less, share equally, or as the share says.
    group : sequence of str
        Columns that identify the group.
    ties : sequence of str
        Columns by which equal remainders are settled: the smaller comes first, whatever the order of the rows.

    Notes
    -----
    Each part is within one unit of its exact quota, and the parts of a group sum to its total.
    """
    kept = rows.columns
    rows = rows.mutate(**{f"_whole_{s.name}": _over(rows, group, rows[s.weight]) for s in shares})
    thinned = {s.name: _thinned(rows, s) for s in shares}
    rows = rows.mutate(
        **{f"_w_{name}": weight for name, weight in thinned.items()},
        **{f"_sum_{name}": _over(rows, group, weight) for name, weight in thinned.items()},
    )
    rows = rows.mutate(**{f"_q_{s.name}": _floor_divided(rows[s.total], rows[f"_sum_{s.name}"]) for s in shares})
    rows = rows.mutate(**{name: column for s in shares for name, column in _quotas(rows, s).items()})
    return rows.select(
        *kept, **{s.name: (rows[f"_base_{s.name}"] + _extra(rows, s, group, ties)).cast("int64") for s in shares}
    )


def _over(rows: ir.Table, group: Sequence[str], amount: ir.Value) -> ir.Value:
    return amount.sum().over(ibis.window(group_by=[rows[name] for name in group])).cast("int64")


def _thinned(rows: ir.Table, share: Share) -> ir.Value:
    """Return the weights, small enough that their squares fit; others where they come to nothing or less."""
    whole = rows[f"_whole_{share.name}"]
    thinning = ibis.greatest(whole.abs() // _LARGEST_WEIGHT + 1, 1)
    otherwise = ibis.literal(1) if share.otherwise is None else rows[share.otherwise]
    return (whole > 0).ifelse(rows[share.weight] // thinning, otherwise)


def _quotas(rows: ir.Table, share: Share) -> dict[str, ir.Value]:
    """Return the whole part of each row's quota and what is left of it."""
    weight, weights = rows[f"_w_{share.name}"], rows[f"_sum_{share.name}"]
    quotient = rows[f"_q_{share.name}"]
    product = (rows[share.total] - quotient * weights) * weight
    return {
        f"_base_{share.name}": quotient * weight + _floor_divided(product, weights),
        f"_rest_{share.name}": ((product % weights) + weights) % weights,
    }


def _extra(rows: ir.Table, share: Share, group: Sequence[str], ties: Sequence[str]) -> ir.Value:
    """Return the one unit more that the rows with the largest rests get, as far as units are left."""
    left = rows[share.total] - _over(rows, group, rows[f"_base_{share.name}"])
    rest = ibis.desc(rows[f"_rest_{share.name}"])
    ranked = ibis.window(group_by=[rows[name] for name in group], order_by=[rest, *(rows[name] for name in ties)])
    return (ibis.row_number().over(ranked) < left).ifelse(1, 0)


def _floor_divided(total: ir.Value, by: ir.Value) -> ir.Value:
    """Integer division towards minus infinity; the engine's own cuts towards zero."""
    quotient = (total - ((total % by) + by) % by) // by
    return quotient.cast("int64")
