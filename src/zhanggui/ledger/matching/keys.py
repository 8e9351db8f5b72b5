"""How a line of a settlement ledger finds an order that it does not name, or not by its id; one function per key.

Each takes such lines and returns at most one row per line: ``shop_id``, ``fact_key``, ``order``, and ``line`` and
``refund`` where it knows them. An id that fits several orders fits none.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import Scope

_ENTRY = ["shop_id", "fact_key"]


def by_refund(scope: Scope, lines: ir.Table) -> ir.Table:
    """Find the order of the after-sale case that a line names."""
    refund = scope.rows("refund")
    cases = refund.filter(refund.order_id.notnull() & refund.has_order)
    cases = cases.select("shop_id", "refund_id", order=cases.order_id, line=cases.line_key, refund=cases.refund_id)
    named = lines.filter(lines.refund_id.notnull()).select(*_ENTRY, "refund_id")
    return named.inner_join(cases, ["shop_id", "refund_id"]).select(*_ENTRY, "order", "line", "refund")


def by_sub_order(scope: Scope, lines: ir.Table) -> ir.Table:
    """Find the order of the sub-order that a line names, where it names no order."""
    named = lines.filter(lines.line_id.notnull() & lines.order_id.isnull()).select(*_ENTRY, "line_id")
    sub_orders = _sub_orders(scope)
    return _single(named.inner_join(sub_orders, ["shop_id", named.line_id == sub_orders.line]))


def by_order_that_is_a_line(scope: Scope, lines: ir.Table) -> ir.Table:
    """Find the sub-order whose id stands where the order's should."""
    named = lines.filter(lines.order_id.notnull()).select(*_ENTRY, "order_id")
    sub_orders = _sub_orders(scope)
    return _single(named.inner_join(sub_orders, ["shop_id", named.order_id == sub_orders.line]))


def by_merchant_order(scope: Scope, lines: ir.Table) -> ir.Table:
    """Find the order that the stock system knows by another id: its own, or that of a split or merged order."""
    erp, orders = scope.ledger.table("erp_order_line"), scope.rows("order_header").select("shop_id", order="order_id")
    known = (
        (erp.order_id, erp.original_order_id),
        (erp.erp_order_id, erp.order_id),
        (erp.erp_order_id, erp.original_order_id),
    )
    # As columns that may be empty: the ids of a table and of a union have to be of one type.
    parts = [erp.select(other=other.cast("string"), order=order.cast("string")) for other, order in known]
    pairs = ibis.union(*parts, distinct=True).filter(lambda pair: pair.other.notnull() & pair.order.notnull())
    named = lines.filter(lines.order_id.notnull()).select(*_ENTRY, "order_id")
    found = named.inner_join(pairs, named.order_id == pairs.other).select(*_ENTRY, "order", line=ibis.null("string"))
    return _single(found.semi_join(orders, ["shop_id", "order"]))


def _sub_orders(scope: Scope) -> ir.Table:
    return scope.rows("order_line").select("shop_id", order="order_id", line="line_key")


def _single(found: ir.Table) -> ir.Table:
    """Return the rows of lines that lead to one place alone."""
    found = found.select(*_ENTRY, "order", "line", refund=ibis.null("string"))
    counted = found.group_by(_ENTRY).mutate(n_found=found.count())
    return counted.filter(counted.n_found == 1).drop("n_found")
