"""The rules by which an order follows from what files say of it, of its lines and of its refunds."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.vocabulary import PAID_STATUS, UNPAID_STATUS

ORDER = ["shop_id", "order_id"]
"""Key of an order."""

_LINE_SUMS = {
    "lines_minor": "line_amount_minor",
    "lines_paid_minor": "stated_paid_minor",
    "lines_refund_minor": "stated_refund_minor",
    **{f"lines_{name}": f"stated_{name}" for name in SHARED_AMOUNTS},
}
_SUMS = {
    "line_count": "int32",
    "lines_currency": "string",
    **dict.fromkeys((*_LINE_SUMS, "cases_minor", "lines_estimate_minor"), "int64"),
}
"""What is said of an order's lines and refunds, with its type; an order without any has nothing there."""


@built_once
def order_rows(
    merged: ir.Table,
    marks: ir.Table | None,
    lines: ir.Table | None,
    refunds: ir.Table | None,
    estimates: ir.Table | None,
) -> ir.Table:
    """Return the canonical order rows, with the line and refund sums that they state.

    Parameters
    ----------
    merged : ibis Table
        One observation per order, complete.
    marks : ibis Table or None
        The company's own list of what orders are: ``mark``.
    lines, estimates : ibis Table or None
        The orders' lines; those of them that were given back without a stated amount.
    refunds : ibis Table or None
        ``cases_minor`` of the orders that have any case.
    """
    # All tables are joined at once and values stand in as few selections as they can: the planner looks at every
    # column of every selection, and orders have sixty.
    parts = (
        None if marks is None else marks.select(*ORDER, "mark"),
        None if lines is None else _sums_of(lines),
        refunds,
        None if estimates is None else _open_sums(estimates),
    )
    joined = merged
    for place, part in enumerate(parts):
        if part is not None:
            joined = joined.left_join(part, ORDER, rname=f"{{name}}_of_{place}")
    said = {name: joined[name] for name in (*merged.columns, *_SUMS) if name in joined.columns}
    said |= {name: ibis.null(type_) for name, type_ in _SUMS.items() if name not in said}
    said["cases_minor"] = ibis.coalesce(said["cases_minor"], 0)
    said["order_kind"] = ibis.coalesce(joined.mark, "ordinary") if marks is not None else ibis.literal("ordinary")
    said["status"] = _settled(joined)
    said["is_paid"] = _is_paid(joined, said["status"])
    said["is_current"] = ibis.literal(True)
    orders = joined.select(**said)
    return orders.mutate(**_payment(orders), **_deposit(orders), **_amounts(orders))


def _sums_of(lines: ir.Table) -> ir.Table:
    return lines.group_by(ORDER).aggregate(
        line_count=lines.count().cast("int32"),
        lines_currency=lines.currency.min(),
        **{name: lines[column].sum().cast("int64") for name, column in _LINE_SUMS.items()},
    )


def _open_sums(estimates: ir.Table) -> ir.Table:
    return estimates.group_by(ORDER).aggregate(
        lines_estimate_minor=estimates.estimated_refund_minor.sum().cast("int64")
    )


def _settled(orders: ir.Table) -> ir.Value:
    """Say how an order was closed where the file that closes it does not know whether it was paid."""
    return ibis.cases(
        (orders.is_close_open.isnull(), orders.status),
        (orders.paid_at.notnull(), "closed_refunded"),
        (orders.knows_paid_at, "closed_unpaid"),
        else_="closed_other",
    )


def _is_paid(orders: ir.Table, status: ir.Value) -> ir.Value:
    return ibis.cases(
        (orders.counts_as_paid, True),
        (status == "unknown", ibis.null("boolean")),
        (status.isin(sorted(UNPAID_STATUS)), False),
        (orders.paid_at.notnull(), True),
        (status.isin(sorted(PAID_STATUS)), True),
        (orders.knows_payment, False),
        else_=ibis.null("boolean"),
    )


def _deposit(orders: ir.Table) -> dict[str, ir.Value]:
    """Say on which day the first of two payments came; an order that says nothing of one has none."""
    has_deposit = orders.deposit_paid_at.notnull() | (orders.deposit_minor > 0).fill_null(False)
    is_paid = (
        orders.deposit_paid_at.notnull()
        | orders.is_deposit_paid.fill_null(False)
        | (has_deposit & orders.is_paid.fill_null(False))
    )
    return {
        "is_presale": has_deposit.ifelse(True, orders.says_presale),
        "deposit_paid_date": is_paid.ifelse(
            ibis.coalesce(orders.stated_deposit_date, orders.created_date), ibis.null("date")
        ),
    }


def _payment(orders: ir.Table) -> dict[str, ir.Value]:
    """Say when each order was paid, and in what."""
    return {
        "paid_date": orders.is_paid.fill_null(False).ifelse(
            ibis.coalesce(orders.stated_paid_date, orders.created_date), ibis.null("date")
        ),
        "paid_hour": orders.is_paid.fill_null(False).ifelse(
            orders.stated_paid_date.notnull().ifelse(orders.stated_paid_hour, orders.created_hour), ibis.null("int32")
        ),
        "n_lines": ibis.coalesce(orders.line_count, 0).cast("int32"),
        "currency": ibis.coalesce(orders.currency, orders.lines_currency),
    }


def _amounts(orders: ir.Table) -> dict[str, ir.Value]:
    """Say what was created, paid and refunded by the rules of the metric definitions."""
    stated_paid = ibis.coalesce(orders.stated_paid_minor, orders.lines_paid_minor)
    stated_refund = ibis.coalesce(orders.stated_refund_minor, orders.lines_refund_minor, 0)
    created = ibis.coalesce(orders.order_amount_minor, orders.lines_minor, 0)
    of_order = order_estimate(orders)
    lines_estimate = orders.is_paid.fill_null(False).ifelse(ibis.coalesce(orders.lines_estimate_minor, 0), 0)
    estimates = of_order + lines_estimate
    return {
        "created_minor": created,
        "paid_minor": ibis.cases(
            (orders.is_paid, ibis.coalesce(stated_paid, created)),
            (~orders.is_paid, 0),
            else_=ibis.null("int64"),
        ),
        "refunded_minor": ibis.greatest(orders.cases_minor, stated_refund) + estimates,
        "order_estimate_minor": of_order,
        "estimates_minor": estimates,
        **{name: ibis.coalesce(orders[f"stated_{name}"], orders[f"lines_{name}"]) for name in SHARED_AMOUNTS},
    }


def order_estimate(orders: ir.Table) -> ir.Value:
    """What a paid order without any case was given back as far as its status tells, no amount being stated."""
    is_open = orders.is_paid.fill_null(False) & (orders.cases_minor == 0) & orders.stated_refund_minor.isnull()
    return is_open.ifelse(ibis.coalesce(orders.estimated_refund_minor, 0), 0).cast("int64")
