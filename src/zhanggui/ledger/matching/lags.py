"""How long each store's platform takes: what it declares, sharpened by what the store's own ledger shows."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import ORDER, Scope, beside
from zhanggui.ledger.matching.terms import with_terms

DAY_SECONDS = 86_400
ENOUGH_LINES = 20
"""From so many lines on, a store's own ledger says how long its platform takes."""

_USUAL, _SLOW = 0.5, 0.95
_GRACE_SECONDS = 3_600
_KIND = ("shop_id", "category", "is_back")


def seconds(moment: ir.Value) -> ir.Value:
    """Return a moment as seconds, for differences."""
    return moment.epoch_seconds().cast("int64")


def begins_at(rows: ir.Table) -> ir.Value:
    """Return the moment from which the platform's days count, null while it has not come."""
    return (rows.begins == "completed").ifelse(rows.completed_at, rows.paid_at)


def with_lags(scope: Scope, lines: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return the ledger lines with ``lag_seconds``: from what each settles to its booking; null where not known.

    What a refund brings settles with the later of its success and the completion of its order, insurance with the
    parcel that leaves; where no report tells when it left, ``is_from_payment``, with the payment.
    """
    last = refunds.group_by(list(ORDER)).aggregate(last_refund_at=refunds.refunded_at.max())
    rows = beside(with_terms(scope.ledger, lines), last, ORDER)
    is_taken = rows.category.isin(("goods", "subsidy", "refund"))
    comes_back = (rows.amount_minor < 0) == is_taken
    is_back = (rows.refund_id.notnull() | comes_back).fill_null(False) & (rows.amount_minor != 0)
    begins = begins_at(rows)
    refunded = ibis.coalesce(rows.refunded_at, rows.last_refund_at)
    after_refund = refunded.notnull().ifelse(ibis.greatest(refunded, begins), ibis.null("timestamp"))
    is_insurance = (rows.category == "insurance").fill_null(False)
    of_parcel = is_insurance.ifelse(ibis.coalesce(rows.shipped_at, rows.paid_at), begins)
    moment = is_back.ifelse(after_refund, of_parcel)
    lag = rows.order_id.notnull().ifelse(seconds(rows.booked_at) - seconds(moment), ibis.null("int64"))
    rows = rows.mutate(lag_seconds=lag, is_back=is_back, is_from_payment=is_insurance & rows.shipped_at.isnull())
    return scope.stage("lines", rows.drop("completed_at", "paid_at", "shipped_at", "refunded_at", "last_refund_at"))


def limits(scope: Scope, lines: ir.Table) -> ir.Table:
    """Return by store, category and direction the lag after which a line is late: ``late_after``, in seconds.

    The lag of the slowest twentieth, and as much again as it lies above the usual one; null where lines are few.
    """
    known = lines.filter(lines.lag_seconds.notnull() & lines.category.notnull())
    found = known.group_by(list(_KIND)).aggregate(
        n_lines=known.count(),
        slow=known.lag_seconds.quantile(_SLOW).cast("int64"),
        usual=known.lag_seconds.quantile(_USUAL).cast("int64"),
    )
    late_after = 2 * found.slow - found.usual + _GRACE_SECONDS
    enough = found.filter(found.n_lines >= ENOUGH_LINES)
    return scope.stage("limits", enough.select(*_KIND, late_after=late_after.cast("int64")))


def within(said_days: ir.Value, late_after: ir.Value) -> ir.Value:
    """Return the seconds after which something is late: what the store's ledger shows, at most what is declared."""
    said = said_days.cast("int64") * DAY_SECONDS
    return ibis.least(ibis.coalesce(late_after, said), said)
