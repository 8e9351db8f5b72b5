"""What each order should bring, and since when: what its buyer paid and others bear, less what went back."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.booked import SUMS
from zhanggui.ledger.matching.lags import begins_at
from zhanggui.ledger.matching.scope import ORDER, Scope, beside
from zhanggui.ledger.matching.terms import with_terms

_BEARERS = ("platform_discount_minor", "creator_discount_minor", "payment_discount_minor")


def successful_refunds(scope: Scope) -> ir.Table:
    """Return the refunds that paid something back: ``refund_id``, ``refunded_minor``, ``refunded_at``, ``stage``."""
    refund = scope.rows("refund")
    paid = refund.filter((refund.refunded_minor != 0) & refund.order_id.notnull() & refund.has_order)
    return paid.select(*ORDER, "refund_id", "refunded_minor", "refunded_at", "stage")


def orders_due(scope: Scope, booked: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return every order that was paid or of which something is booked, with both sides of it.

    What it should bring is 0 for an order that was not paid. ``begins_at`` is the moment from which the platform's
    days count, null while it has not come.
    """
    rows = beside(_orders(scope), booked, ORDER)
    is_paid = rows.is_paid.fill_null(False)
    rows = rows.filter(is_paid | rows.n_lines_booked.notnull())
    sums = {f"{name}_minor": ibis.coalesce(rows[f"{name}_minor"], 0) for name in SUMS}
    rows = rows.mutate(**sums, booked_minor=ibis.coalesce(rows.booked_minor, 0))
    back = part_back(rows.receivable_minor, rows.paid_minor, rows.refunded_minor)
    # Where no report says what others bear, the ledger's own word stands for it.
    rows = rows.mutate(
        receivable_minor=rows.receivable_minor + rows.bearers_known.ifelse(0, rows.subsidy_minor),
        borne_back_minor=rows.bearers_known.ifelse(back, -rows.subsidy_back_minor),
    )
    last = refunds.group_by(list(ORDER)).aggregate(last_refund_at=refunds.refunded_at.max())
    rows = with_terms(scope.ledger, beside(rows, last, ORDER))
    return scope.stage("orders", rows.mutate(begins_at=begins_at(rows)))


def _orders(scope: Scope) -> ir.Table:
    order = scope.rows("order_header")
    is_paid = order.is_paid.fill_null(False)
    borne = sum((ibis.coalesce(order[name], 0) for name in _BEARERS), ibis.literal(0, "int64"))
    receivable = ibis.coalesce(order.receivable_minor, order.paid_minor + borne, 0)
    return order.select(
        *(*ORDER, "currency", "status", "is_paid", "paid_date", "paid_at", "shipped_at", "completed_at", "n_lines"),
        *("batch_id", "row_no"),
        bearers_known=order.receivable_minor.notnull() | ibis.or_(*(order[name].notnull() for name in _BEARERS)),
        paid_minor=is_paid.ifelse(ibis.coalesce(order.paid_minor, 0), 0).cast("int64"),
        receivable_minor=is_paid.ifelse(receivable, 0).cast("int64"),
        refunded_minor=is_paid.ifelse(order.refunded_minor, 0).cast("int64"),
    )


def part_back(receivable: ir.Value, paid: ir.Value, refunded: ir.Value) -> ir.Value:
    """Return what others take back of what they bear, when so much of what was paid goes back."""
    part = ibis.greatest(ibis.least(refunded, paid), 0)
    return ((receivable - paid) * part // ibis.greatest(paid, 1)).cast("int64")


def coverage(scope: Scope) -> ir.Table:
    """Return from when to when the ledger of each store reaches."""
    entry = scope.rows("settlement_entry")
    return entry.group_by("shop_id").aggregate(covered_from=entry.booked_at.min(), covered_to=entry.booked_at.max())
