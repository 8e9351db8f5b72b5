"""Refunds by kind, on the line they name where they name one."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once
from zhanggui.ledger.profit.charges import charge_rows
from zhanggui.ledger.profit.scope import ORDER, Scope, beside

_BACK = ("return_and_refund", "exchange", "reship", "repair")
_KEPT = ("refund_type", "stage", "status", "basis", "refunded_minor", "refunded_at", "applied_at", "quantity")


def refund_cases(scope: Scope, orders: ir.Table, lines: ir.Table) -> ir.Table:
    """Return the refund rows of the orders with the line of each: of its sub-order, or the only one of its SKU."""
    rows = scope.rows("refund").inner_join(orders.select(*ORDER, "order_no"), ORDER)
    by_key = lines.select("order_no", "line_key", of_key=lines.line_no)
    rows = beside(rows, by_key, ["order_no", "line_key"])
    by_sku = lines.filter(lines.sku_id.notnull()).group_by(["order_no", "sku_id"])
    by_sku = by_sku.aggregate(of_sku=lambda t: t.line_no.min(), n_of_sku=lambda t: t.count())
    rows = beside(rows, by_sku, ["order_no", "sku_id"])
    line_no = ibis.coalesce(rows.of_key, (rows.n_of_sku == 1).ifelse(rows.of_sku, None))
    return rows.select("order_no", *_KEPT, line_no=line_no)


def orders_left_by_refunds(cases: ir.Table) -> ir.Table:
    """Return the orders whose after-sale cases say that goods had left."""
    said = cases.filter(cases.stage.isin(("after_ship", "after_receipt")) | cases.refund_type.isin(_BACK))
    return said.select("order_no")


@built_once
def refund_charges(cases: ir.Table, departures: ir.Table) -> ir.Table:
    """Return what refunds take back, by kind.

    Parameters
    ----------
    cases : ibis Table
        See `refund_cases`.
    departures : ibis Table
        ``order_no``, ``has_left``, ``left_at``.
    """
    rows = beside(cases.filter(cases.refunded_minor != 0), departures, ["order_no"])
    moment = ibis.coalesce(rows.refunded_at, rows.applied_at)
    is_early = ibis.cases(
        (rows.stage.notnull(), rows.stage == "before_ship"),
        (rows.refund_type == "cancel", True),
        (rows.refund_type.isin(_BACK), False),
        (~rows.has_left.fill_null(False), True),
        else_=(moment < rows.left_at).fill_null(False),
    )
    amount = rows.refunded_minor
    is_known = rows.refund_type.notnull() | rows.stage.notnull()
    is_back = rows.refund_type.isin(_BACK).fill_null(False)

    def where(test: ir.BooleanValue) -> ir.Value:
        return (test & is_known).ifelse(amount, 0)

    return charge_rows(
        rows,
        {
            "refunded_minor": amount,
            "refunded_before_shipping_minor": where(is_early),
            "refunded_only_minor": where(~is_early & ~is_back),
            "refunded_with_return_minor": where(~is_early & is_back),
            "n_estimated": (rows.basis == "estimated").ifelse(1, 0),
        },
        rows.line_no,
    )
