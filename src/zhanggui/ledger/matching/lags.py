"""How long each store's platform takes: what it declares, sharpened by what the store's own ledger shows."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import ORDER, Scope, beside

DAY_SECONDS = 86_400
ENOUGH_LINES = 20
"""From so many lines on, a store's own ledger says how long its platform takes."""

_USUAL, _SLOW = 0.5, 0.95
_GRACE_SECONDS = 3_600
_KIND = ("shop_id", "category", "is_back")


def seconds(moment: ir.Value) -> ir.Value:
    """Return a moment as seconds, for differences."""
    return moment.epoch_seconds().cast("int64")


def dated_lines(scope: Scope, lines: ir.Table, orders: ir.Table, refunds: ir.Table) -> ir.Table:
    """Return the ledger lines with ``lag_seconds``: from what each settles to its booking; null where not known.

    What a refund brings settles with the later of its success and the completion of its order, insurance with the
    parcel that leaves, where it is known when.
    """
    rows = beside(lines, orders.select(*ORDER, "begins_at", "shipped_at", "last_refund_at"), ORDER)
    own = refunds.select("shop_id", "refund_id", own_refund_at="refunded_at")
    rows = beside(rows, own, ("shop_id", "refund_id"))
    is_taken = rows.category.isin(("goods", "subsidy", "refund"))
    comes_back = (rows.amount_minor < 0) == is_taken
    is_back = (rows.refund_id.notnull() | comes_back).fill_null(False) & (rows.amount_minor != 0)
    refunded = ibis.coalesce(rows.own_refund_at, rows.last_refund_at)
    after_refund = refunded.notnull().ifelse(ibis.greatest(refunded, rows.begins_at), ibis.null("timestamp"))
    parcel_left = ibis.coalesce(rows.shipped_at, rows.begins_at)
    begins = (rows.category == "insurance").ifelse(parcel_left, rows.begins_at)
    moment = is_back.ifelse(after_refund, begins)
    return scope.stage("dated", rows.mutate(lag_seconds=seconds(rows.booked_at) - seconds(moment), is_back=is_back))


def limits(scope: Scope, dated: ir.Table) -> ir.Table:
    """Return by store, category and direction the lag after which a line is late: ``late_after``, in seconds.

    The lag of the slowest twentieth, and as much again as it lies above the usual one; null where lines are few.
    """
    known = dated.filter(dated.lag_seconds.notnull() & dated.category.notnull())
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
