"""What stock movements say of orders: goods sent beyond the lines, and goods that came back sellable."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.scope import ORDER, Scope, beside, total
from zhanggui.ledger.profit.unit_costs import WANTED

_CAME_BACK = ("return", "damage")
"""What came back for an order, and what of it was written off: the sum is what can be sold again."""
_EXACT, _MONEY = "decimal(18, 3)", "decimal(18, 6)"
_PART = ["order_no", "internal_sku"]


def movements(scope: Scope, orders: ir.Table) -> ir.Table | None:
    """Return by order and goods what stock movements sent and what came back; None where none were imported.

    Marked orders sell nothing, so nothing of them counts as goods.
    """
    if "stock_movements" not in scope.imported:
        return None
    real = orders.filter(orders.order_kind == "ordinary")
    real = real.select(*ORDER, "order_no", "created_on", "currency")
    rows = scope.rows_of_orders("stock_movement").drop("currency").inner_join(real, ORDER)
    sums = rows.group_by([*_PART, "shop_id", "created_on", "currency"]).aggregate(
        out=(-rows.quantity).sum(where=rows.reason == "sale").cast(_EXACT),
        back=rows.quantity.sum(where=rows.reason.isin(_CAME_BACK)).cast(_EXACT),
    )
    return scope.stage("movements", sums.rename(sku_id="internal_sku").mutate(internal_sku=lambda t: t.sku_id))


def moved_goods(scope: Scope, lines: ir.Table, parts: ir.Table, moves: ir.Table) -> ir.Table:
    """Return by line what stock movements sent beyond the order, and what they took back sellable, in money.

    A movement names an order and goods: it is the smallest line's that holds them, else the order's smallest line's, as
    with gifts that no report of orders lists.

    Parameters
    ----------
    scope : Scope
    lines : ibis Table
        With units that were ``sent`` and their ``unit_minor``.
    parts : ibis Table
        See `parts_of_skus`, for lines and movements.
    moves : ibis Table
        See `movements`.

    Returns
    -------
    ibis Table
        ``line_no``, ``beyond_minor``, ``back_minor``, ``has_sent`` (goods beyond the order left), ``has_unpriced``
        (goods without any known cost moved); one row per line of an order that any movement names.
    """
    lines = lines.semi_join(moves, "order_no")
    goods = scope.stage("goods_of_lines", _goods_of(lines, parts))
    first = lines.group_by("order_no").aggregate(first_line=lines.line_no.argmin(lines.line_key))
    by_code = parts.filter(parts.sku_id == parts.internal_sku).select(*WANTED, code_cost=parts.part_cost_minor)
    rows = beside(beside(moves, goods, _PART), first, ["order_no"])
    rows = beside(rows, by_code, WANTED)
    known = ibis.coalesce(rows.cost, rows.code_cost.cast(_MONEY))
    sent = ibis.greatest(ibis.coalesce(rows.out, 0) - ibis.coalesce(rows.expected, 0), 0).cast(_EXACT)
    back = ibis.coalesce(rows.back, 0).cast(_EXACT)
    cost = ibis.coalesce(known, 0).cast(_MONEY)
    rows = rows.select(
        line_no=ibis.coalesce(rows.line_no, rows.first_line),
        beyond=_whole(sent * cost),
        back=_whole(back * cost),
        is_beyond=sent != 0,
        is_unpriced=known.isnull() & ((sent != 0) | (back != 0)),
    )
    sums = rows.group_by("line_no").aggregate(
        beyond_minor=total(rows.beyond),
        back_minor=total(rows.back),
        has_sent=rows.is_beyond.any(),
        has_unpriced=rows.is_unpriced.any(),
    )
    return beside(lines.select("line_no"), sums, ["line_no"]).mutate(has_moved=ibis.literal(True))


def _goods_of(lines: ir.Table, parts: ir.Table) -> ir.Table:
    """Return of each order's goods the line that holds them, how many were sent with it and what one costs."""
    held = lines.inner_join(parts, WANTED)
    # Where no list knows what a part costs, it is its share of what the whole costs.
    share = held.unit_minor.cast(_MONEY) / held.n_units.cast(_EXACT)
    cost = ibis.coalesce(held.part_cost_minor.cast(_MONEY), share.cast(_MONEY))
    held = held.mutate(cost=cost, units_sent=held.sent * held.units.cast(_EXACT))
    return held.group_by(_PART).aggregate(
        line_no=held.line_no.argmin(held.line_key), expected=held.units_sent.sum(), cost=held.cost.max()
    )


def _whole(amount: ir.Value) -> ir.Value:
    return amount.round().cast("int64")
