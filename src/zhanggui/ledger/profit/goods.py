"""What the goods of each line cost: those that left, those sent again, less those that came back sellable."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.moves import moved_goods
from zhanggui.ledger.profit.rules import NO_GOODS
from zhanggui.ledger.profit.scope import ORDER, Scope, beside
from zhanggui.ledger.profit.unit_costs import WANTED, parts_of_skus, unit_costs

_AGAIN = ("exchange", "reship")
_REFUSED = ("rejected", "closed", "requested")
_EXACT, _MONEY = "decimal(18, 3)", "decimal(18, 6)"


def goods_costs(
    scope: Scope, lines: ir.Table, charged: ir.Table, left: ir.Table, cases: ir.Table, moves: ir.Table | None
) -> ir.Table:
    """Return the cost of the goods of each line.

    Parameters
    ----------
    scope : Scope
    lines : ibis Table
        The lines of the orders.
    charged : ibis Table
        What each line is charged, with refunds before shipping.
    left : ibis Table
        ``order_no`` and ``has_left`` (null: unknown).
    cases : ibis Table
        After-sale cases with their lines.
    moves : ibis Table or None
        See `movements`.

    Returns
    -------
    ibis Table
        ``line_no``, ``listed_cost_minor``, ``goods_cost_minor``, ``goods_back_minor`` (null: unknown),
        ``cost_source``.
    """
    early = charged.filter(charged.refunded_before_shipping_minor != 0)
    early = early.select("line_no", called_off=early.refunded_before_shipping_minor)
    rows = beside(beside(lines, early, ["line_no"]), left.select("order_no", "has_left"), ["order_no"])
    is_called_off = (rows.paid_minor > 0) & (ibis.coalesce(rows.called_off, 0) >= rows.paid_minor)
    holds_goods = ~rows.line_kind.isin(NO_GOODS) & (rows.order_kind == "ordinary")
    may_be_sent = holds_goods & ~is_called_off
    sent = ibis.cases(
        (may_be_sent & rows.has_left, rows.quantity),
        (may_be_sent & rows.has_left.isnull(), ibis.null("int64")),
        else_=0,
    )
    rows = rows.select(
        "line_no", "order_no", "line_key", *WANTED, "order_id", "quantity", "stated_cost_minor",
        ordered=holds_goods.ifelse(rows.quantity, 0).cast(_EXACT),
        sent=sent.cast(_EXACT),
    )  # fmt: skip
    parts = parts_of_skus(scope, rows, moves)
    rows = beside(_with_unit_cost(scope, rows, parts), _sent_again(cases), ["line_no"])
    nothing, no = ibis.literal(0, "int64"), ibis.literal(False)
    moved: dict[str, ir.Value] = {
        "beyond_minor": nothing, "back_minor": nothing, "has_moved": no, "has_sent": no, "has_unpriced": no,
    }  # fmt: skip
    if parts is not None and moves is not None:
        rows = scope.stage("sent", rows)
        rows = beside(rows, moved_goods(scope, rows, parts, moves), ["line_no"])
        moved = {name: ibis.coalesce(rows[name], value) for name, value in moved.items()}
    return _priced(rows.mutate(**moved))


def _priced(rows: ir.Table) -> ir.Table:
    # What stock movements say of an order goes before what its after-sale cases say.
    again = rows.has_moved.ifelse(0, ibis.coalesce(rows.again, 0)).cast(_EXACT)
    # How many units a line holds may be unknown: its goods are then what stock movements sent for the order, if any.
    units = ibis.coalesce(rows.sent, rows.has_sent.ifelse(0, None))
    is_stated = (rows.cost_source == "order_line").fill_null(False) & (units == rows.quantity)
    sent = is_stated.fill_null(False).ifelse(rows.stated_cost_minor, _whole(units * rows.unit_minor))
    has_own = (units != 0) | (again != 0)
    own = has_own.ifelse(sent + _whole(again * rows.unit_minor), 0)
    cost = own + rows.beyond_minor - rows.back_minor
    is_known = ~rows.has_unpriced & units.notnull() & (rows.unit_minor.notnull() | ~has_own)
    has_stated = (rows.cost_source == "order_line").fill_null(False) & (rows.ordered == rows.quantity)
    listed = has_stated.fill_null(False).ifelse(rows.stated_cost_minor, _whole(rows.ordered * rows.unit_minor))
    return rows.select(
        "line_no",
        listed_cost_minor=(rows.ordered == 0).ifelse(0, listed).cast("int64"),
        goods_cost_minor=is_known.ifelse(cost, None).cast("int64"),
        goods_back_minor=is_known.ifelse(rows.back_minor, None).cast("int64"),
        cost_source=rows.unit_minor.notnull().ifelse(rows.cost_source, None),
    )


def _whole(amount: ir.Value) -> ir.Value:
    return amount.round().cast("int64")


def _sent_again(cases: ir.Table) -> ir.Table:
    """Return by line how many units exchanges and parcels sent again brought to their way."""
    again = cases.filter(
        cases.refund_type.isin(_AGAIN) & ~cases.status.isin(_REFUSED).fill_null(False) & cases.line_no.notnull()
    )
    return again.group_by("line_no").aggregate(again=ibis.coalesce(again.quantity, 1).sum())


def _with_unit_cost(scope: Scope, rows: ir.Table, parts: ir.Table | None) -> ir.Table:
    """Add the unit cost of the first source that knows it, and which that is."""
    sources: list[tuple[str, ir.Value]] = []
    if parts is not None:
        rows = beside(rows, unit_costs(parts), WANTED)
        sources.append(("sku_cost", rows.listed_minor))
    sources.append(("order_line", rows.stated_cost_minor.cast(_MONEY) / rows.quantity.nullif(0).cast(_EXACT)))
    if "products" in scope.imported:
        declared = scope.rows("sku").filter(lambda t: t.cost_minor.notnull())
        declared = declared.select("shop_id", "sku_id", declared_minor=declared.cost_minor)
        rows = beside(rows, declared, ["shop_id", "sku_id"])
        sources.append(("sku", rows.declared_minor))
    if "erp_orders" in scope.imported:
        rows = beside(rows, _erp_costs(scope), [*ORDER, "sku_id"])
        sources.append(("erp_order_line", rows.erp_minor))
    values = [(name, value.cast("decimal(24, 6)")) for name, value in sources]
    named = [(value.notnull(), name) for name, value in values]
    return rows.select(
        "line_no", "order_no", "line_key", *WANTED, "quantity", "stated_cost_minor", "ordered", "sent",
        unit_minor=ibis.coalesce(*(value for _, value in values)),
        cost_source=ibis.cases(*named, else_=ibis.null("string")),
    )  # fmt: skip


def _erp_costs(scope: Scope) -> ir.Table:
    """Return the unit cost that the stock system states of an order's SKU."""
    rows = scope.rows_of_orders("erp_order_line")
    rows = rows.filter(rows.unit_cost_minor.notnull() & rows.merchant_sku_code.notnull())
    costs = rows.group_by([*ORDER, "merchant_sku_code"]).aggregate(erp_minor=rows.unit_cost_minor.max())
    return costs.rename(sku_id="merchant_sku_code")
