"""Order-level money on the order's lines, by largest remainder, so that lines sum to the order exactly."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Transaction
from zhanggui.ledger.schema.tables import SHARED_AMOUNTS

_ORDER = ["shop_id", "order_id"]
_LARGEST_WEIGHT = 3_000_000_000
"""Above it, the square of a weight would leave 64 bits; weights are then thinned, the total stays exact."""


def allocated(lines: ir.Table, headers: ir.Table) -> ir.Table:
    """Return the canonical lines: `lines` with their share of the order's created and paid money.

    Notes
    -----
    Weights are the lines' stated paid amounts where every line states one, else their amounts; lines without
    any weight share equally. Ties go to the smaller line key, so that the result does not depend on loading.
    """
    totals = headers.select(
        *_ORDER,
        order_created=headers.created_minor,
        order_paid=headers.paid_minor,
        order_lines=headers.lines_minor,
        order_lines_paid=headers.lines_paid_minor,
        order_currency=headers.currency,
    )
    joined = lines.inner_join(totals, _ORDER)
    joined = joined.mutate(
        weight=ibis.coalesce(joined.line_amount_minor, 0),
        paid_weight=ibis.coalesce(joined.stated_paid_minor, joined.line_amount_minor, 0),
        currency=ibis.coalesce(joined.currency, joined.order_currency),
    )
    is_plain = (joined.order_created == joined.order_lines) & (
        joined.order_paid.isnull()
        | (joined.order_paid == 0)
        | ((joined.order_paid == joined.order_lines) & joined.order_lines_paid.isnull())
    )
    is_plain = is_plain.fill_null(False)
    plain = joined.filter(is_plain)
    plain = plain.mutate(
        created_minor=plain.weight,
        paid_minor=(plain.order_paid == 0).ifelse(0, plain.order_paid.notnull().ifelse(plain.weight, None)),
    )
    shared = joined.filter(~is_plain)
    shared = _share(shared, "order_created", "weight", "created_minor")
    shared = _share(shared, "order_paid", "paid_weight", "paid_minor")
    return plain.union(shared.select(*plain.columns))


def with_shared_amounts(tx: Transaction, lines: ir.Table, headers: ir.Table) -> ir.Table:
    """Return canonical lines with each amount of :data:`SHARED_AMOUNTS`.

    Notes
    -----
    What no order states itself is each line's own. Else a line has its own amount where the lines together state
    what the order has, and its share of the order's amount where they do not.
    """
    stated = [name for name in SHARED_AMOUNTS if _is_stated(tx, headers, name)]
    own = {name: lines[f"stated_{name}"] for name in SHARED_AMOUNTS if name not in stated}
    lines = lines.mutate(**own)
    if not stated:
        return lines
    lines = tx.stage("lines_allocated", lines)
    totals = headers.select(*_ORDER, **{f"order_{name}": headers[name] for name in stated})
    lines = lines.inner_join(totals, _ORDER)
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    lines = lines.mutate(
        **{f"own_{name}": lines[f"stated_{name}"].sum().over(order).cast("int64") for name in stated},
        **{f"weight_{name}": ibis.coalesce(lines[f"stated_{name}"], lines.line_amount_minor, 0) for name in stated},
    )
    for name in stated:
        lines = _share(lines, f"order_{name}", f"weight_{name}", f"share_{name}")
    return lines.mutate(
        **{
            name: (lines[f"own_{name}"] == lines[f"order_{name}"])
            .fill_null(False)
            .ifelse(lines[f"stated_{name}"], lines[f"share_{name}"])
            for name in stated
        }
    )


def _is_stated(tx: Transaction, headers: ir.Table, name: str) -> bool:
    """Whether any order states the amount itself."""
    return bool(tx.query(headers.filter(headers[f"stated_{name}"].notnull()).limit(1)).num_rows)


def _share(lines: ir.Table, total: str, weight: str, name: str) -> ir.Table:
    """Add column `name`: the share of `total` that goes to each line of an order."""
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    whole = lines[weight].sum().over(order).cast("int64")
    thinning = ibis.greatest(whole.abs() // _LARGEST_WEIGHT + 1, 1)
    lines = lines.mutate(_w=(whole > 0).ifelse(lines[weight] // thinning, 1))
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    lines = lines.mutate(_sum=lines["_w"].sum().over(order).cast("int64"))
    quotient = _floor_divided(lines[total], lines["_sum"])
    lines = lines.mutate(_q=quotient, _r=lines[total] - quotient * lines["_sum"])
    product = lines["_r"] * lines["_w"]
    lines = lines.mutate(
        _base=lines["_q"] * lines["_w"] + _floor_divided(product, lines["_sum"]),
        _rest=((product % lines["_sum"]) + lines["_sum"]) % lines["_sum"],
    )
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    ranked = ibis.window(group_by=[lines[key] for key in _ORDER], order_by=[ibis.desc(lines["_rest"]), lines.line_key])
    left = lines[total] - lines["_base"].sum().over(order).cast("int64")
    extra = (ibis.row_number().over(ranked) < left).ifelse(1, 0)
    lines = lines.mutate(**{name: (lines["_base"] + extra).cast("int64")})
    return lines.drop("_w", "_sum", "_q", "_r", "_base", "_rest")


def _floor_divided(total: ir.Value, by: ir.Value) -> ir.Value:
    """Integer division towards minus infinity; the engine's own cuts towards zero."""
    quotient = (total - ((total % by) + by) % by) // by
    return quotient.cast("int64")
