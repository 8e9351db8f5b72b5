"""The tables of matching, made of orders, refunds and settlement ledgers (``docs/concepts/reconciliation.md``)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.matching.booked import sums_by_order
from zhanggui.ledger.matching.differences import differences
from zhanggui.ledger.matching.due import orders_due, successful_refunds
from zhanggui.ledger.matching.lags import DAY_SECONDS, limits, with_lags, within
from zhanggui.ledger.matching.links import has_open_lines, matched_lines, named_lines
from zhanggui.ledger.matching.scope import Scope, beside

_TABLES = ("settlement_link", "order_settlement", "settlement_difference")


def matching_rows(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    """Return the rows of each table of matching for some stores; a store without a settlement ledger has none."""
    scope = Scope(tx, ledger).of(stores)
    entry = scope.rows("settlement_entry").select("shop_id").distinct().order_by("shop_id")
    with_ledger = tx.query(entry).column("shop_id").to_pylist()
    if not with_ledger:
        return {name: ledger.table(name).filter(ibis.literal(False)) for name in _TABLES}
    scope.of(with_ledger)
    named = scope.planned("named", lambda: scope.stage("named", named_lines(scope)))
    has_open = has_open_lines(scope, named)
    return scope.planned(has_open, lambda: _matched(scope, named, has_open=has_open))


def _matched(scope: Scope, named: ir.Table, *, has_open: bool) -> Mapping[str, ir.Table]:
    refunds = scope.stage("refunds", successful_refunds(scope))
    lines = with_lags(scope, matched_lines(scope, named, has_open=has_open), refunds)
    orders = orders_due(scope, sums_by_order(lines), refunds)
    late_after = limits(scope, lines)
    return {
        "settlement_link": _links(lines, late_after),
        "order_settlement": orders,
        "settlement_difference": differences(scope, orders, lines, refunds, late_after),
    }


def _links(lines: ir.Table, late_after: ir.Table) -> ir.Table:
    rows = beside(lines, late_after, ("shop_id", "category", "is_back"))
    declared = within(rows.is_back.ifelse(rows.refund_days, rows.latest_days), rows.late_after)
    # Declared cycles do not count the days that the store took to send the parcel; its own ledger does.
    allowed = rows.is_from_payment.ifelse(rows.late_after, declared)
    beyond = rows.lag_seconds - allowed
    return rows.mutate(
        matched=rows.order_id.notnull(),
        lag_days=_days(rows.lag_seconds),
        late_days=(beyond > 0).ifelse(_days(beyond) + 1, ibis.null("int32")),
    )


def _days(seconds: ir.Value) -> ir.Value:
    return (seconds / DAY_SECONDS).floor().cast("int32")


SETTLEMENT_LINKS = Derivation(
    subject="settlement_link",
    tables=_TABLES,
    reads=("settlements", "orders", "order_lines", "refunds", "products", "erp_orders"),
    rules="4",
    make=matching_rows,
)
