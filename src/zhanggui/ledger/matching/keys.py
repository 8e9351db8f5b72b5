"""The ids by which a line of a settlement ledger finds its order, one function per key.

Each returns at most one row per line: ``shop_id``, ``fact_key``, ``order``, and ``line`` and ``refund`` where it knows
them. An id that fits several orders fits none.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import Scope

_ENTRY = ["shop_id", "fact_key"]


def by_refund(scope: Scope, entries: ir.Table) -> ir.Table:
    """Find the order of the after-sale case that a line names."""
    refund = scope.rows("refund")
    cases = refund.filter(refund.order_id.notnull() & refund.has_order)
    cases = cases.select("shop_id", "refund_id", order=cases.order_id, line=cases.line_key, refund=cases.refund_id)
    named = entries.filter(entries.refund_id.notnull()).select(*_ENTRY, "refund_id")
    return named.inner_join(cases, ["shop_id", "refund_id"]).select(*_ENTRY, "order", "line", "refund")


def by_sub_order(scope: Scope, entries: ir.Table) -> ir.Table:
    """Find the sub-order that a line names, in the order that it names if it names one."""
    named = entries.filter(entries.line_id.notnull()).select(*_ENTRY, "line_id", named_order="order_id")
    lines = _lines(scope)
    found = named.inner_join(lines, ["shop_id", named.line_id == lines.line])
    fits = found.named_order.isnull() | (found.named_order == found.order)
    return _single(found.filter(fits).select(*_ENTRY, "order", "line"))


def by_order(scope: Scope, entries: ir.Table) -> ir.Table:
    """Find the order that a line names."""
    orders = scope.rows("order_header").select("shop_id", "order_id")
    named = entries.filter(entries.order_id.notnull()).select(*_ENTRY, "order_id")
    return named.inner_join(orders, ["shop_id", "order_id"]).select(*_ENTRY, order="order_id")


def by_product(scope: Scope, entries: ir.Table) -> ir.Table:
    """Find, in the order that a line names, the only sub-order of the product that it names."""
    line = scope.rows("order_line")
    lines = line.filter(line.product_id.notnull())
    lines = lines.select("shop_id", "order_id", "product_id", order="order_id", line="line_key")
    named = entries.filter(entries.order_id.notnull() & entries.product_id.notnull() & entries.line_id.isnull())
    named = named.select(*_ENTRY, "order_id", "product_id")
    found = named.inner_join(lines, ["shop_id", "order_id", "product_id"])
    return _single(found.select(*_ENTRY, "order", "line"))


def by_order_that_is_a_line(scope: Scope, entries: ir.Table) -> ir.Table:
    """Find the sub-order whose id stands where the order's should."""
    named = _unknown_orders(scope, entries)
    lines = _lines(scope)
    found = named.inner_join(lines, ["shop_id", named.order_id == lines.line])
    return _single(found.select(*_ENTRY, "order", "line"))


def by_merchant_order(scope: Scope, entries: ir.Table) -> ir.Table:
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
    named = _unknown_orders(scope, entries)
    found = named.inner_join(pairs, named.order_id == pairs.other).select(*_ENTRY, "order")
    return _single(found.semi_join(orders, ["shop_id", "order"]))


def _lines(scope: Scope) -> ir.Table:
    return scope.rows("order_line").select("shop_id", order="order_id", line="line_key")


def _unknown_orders(scope: Scope, entries: ir.Table) -> ir.Table:
    """Return the lines that name an order which no report holds."""
    orders = scope.rows("order_header").select("shop_id", "order_id")
    named = entries.filter(entries.order_id.notnull()).select(*_ENTRY, "order_id")
    return named.anti_join(orders, ["shop_id", "order_id"])


def _single(found: ir.Table) -> ir.Table:
    """Return the rows of lines that lead to one place alone."""
    counted = found.group_by(_ENTRY).mutate(n_found=found.count())
    return counted.filter(counted.n_found == 1).drop("n_found")
