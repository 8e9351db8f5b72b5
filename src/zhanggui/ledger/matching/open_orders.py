"""The last key: a line that names nothing, and the only open order or refund of its amount within the cycle."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.scope import Scope
from zhanggui.ledger.matching.terms import with_terms

_ENTRY = ["shop_id", "fact_key"]
_DAY_SECONDS = 86_400


def by_amount_and_time(scope: Scope, lines: ir.Table, found: ir.Table) -> ir.Table:
    """Return the order, and the refund, of lines without any id.

    A pair counts only where amount and time leave one order to the line and one line to the order.

    Parameters
    ----------
    lines : ibis Table
        Ledger lines that name nothing.
    found : ibis Table
        The ledger lines that were matched by what they name.
    """
    of_goods = lines.filter((lines.category == "goods") & (lines.amount_minor > 0))
    of_refunds = lines.filter((lines.category == "refund") & (lines.amount_minor < 0))
    pairs = _pairs(of_goods, _orders(scope, found)).union(_pairs(of_refunds, _refunds(scope, found)))
    return pairs.select(*_ENTRY, order="guessed_order", line=ibis.null("string"), refund="guessed_refund")


def _pairs(lines: ir.Table, open_ones: ir.Table) -> ir.Table:
    met = lines.select(*_ENTRY, "currency", "booked_at", amount=lines.amount_minor.abs())
    met = met.inner_join(open_ones, ["shop_id", "currency", "amount"])
    days = (met.booked_at.epoch_seconds() - met.moment.epoch_seconds()) / _DAY_SECONDS
    met = met.filter((days >= 0) & (days <= met.within_days))
    met = met.group_by(_ENTRY).mutate(n_orders=met.count())
    met = met.group_by(["shop_id", "guessed_order", "guessed_refund"]).mutate(n_lines=met.count())
    return met.filter((met.n_orders == 1) & (met.n_lines == 1)).select(*_ENTRY, "guessed_order", "guessed_refund")


def _orders(scope: Scope, found: ir.Table) -> ir.Table:
    """Return paid orders of which no goods money is booked yet."""
    order = scope.rows("order_header")
    booked = found.filter((found.category == "goods") & found.order_id.notnull()).select("shop_id", "order_id")
    due = order.filter(order.is_paid & (order.paid_minor > 0)).anti_join(booked, ["shop_id", "order_id"])
    rows = with_terms(scope.ledger, due)
    begins = (rows.begins == "completed").ifelse(rows.completed_at, rows.paid_at)
    return rows.select(
        *("shop_id", "currency"),
        within_days=rows.latest_days,
        amount=rows.paid_minor,
        moment=begins,
        guessed_order=rows.order_id,
        guessed_refund=ibis.null("string"),
    )


def _refunds(scope: Scope, found: ir.Table) -> ir.Table:
    """Return refunds that succeeded and of whose order no money back is booked yet."""
    refund = scope.rows("refund")
    booked = found.filter((found.category == "refund") & found.order_id.notnull()).select("shop_id", "order_id")
    due = refund.filter(refund.has_order & (refund.refunded_minor > 0)).anti_join(booked, ["shop_id", "order_id"])
    rows = with_terms(scope.ledger, due)
    return rows.select(
        *("shop_id", "currency"),
        within_days=rows.refund_days,
        amount=rows.refunded_minor,
        moment=rows.refunded_at,
        guessed_order=rows.order_id,
        guessed_refund=rows.refund_id,
    )
