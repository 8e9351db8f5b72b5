"""The rules by which an order follows from what files say of it, of its lines and of its refunds."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.vocabulary import PAID_STATUS, UNPAID_STATUS

ORDER = ["shop_id", "order_id"]
"""Key of an order."""


@built_once
def order_rows(
    merged: ir.Table, lines: ir.Table | None, refunds: ir.Table | None, estimates: ir.Table | None
) -> ir.Table:
    """Return the canonical order rows, with the line and refund sums that they state."""
    orders = merged
    sums = {"lines_minor": "line_amount_minor", "lines_paid_minor": "stated_paid_minor"}
    sums |= {"lines_refund_minor": "stated_refund_minor"}
    sums |= {f"lines_{name}": f"stated_{name}" for name in SHARED_AMOUNTS}
    if lines is not None:
        stated = lines.group_by(ORDER).aggregate(
            line_count=lines.count().cast("int32"),
            lines_currency=lines.currency.min(),
            **{name: lines[column].sum().cast("int64") for name, column in sums.items()},
        )
        orders = _left(orders, stated)
    else:
        nothing = ibis.null("int64")
        orders = orders.mutate(
            line_count=ibis.literal(0, "int32"),
            lines_currency=ibis.null("string"),
            **dict.fromkeys(sums, nothing),
        )
    orders = _left(orders, refunds) if refunds is not None else orders.mutate(cases_minor=ibis.null("int64"))
    if estimates is not None:
        open_sums = estimates.group_by(ORDER).aggregate(
            lines_estimate_minor=estimates.estimated_refund_minor.sum().cast("int64")
        )
        orders = _left(orders, open_sums)
    else:
        orders = orders.mutate(lines_estimate_minor=ibis.null("int64"))
    return _with_amounts(_with_deposit(_with_payment(_settled(orders))))


@built_once
def with_kind(orders: ir.Table, marks: ir.Table | None) -> ir.Table:
    """Add what each order is, as the company's own list marks it."""
    if marks is None:
        return orders.mutate(order_kind=ibis.literal("ordinary"))
    joined = _left(orders, marks.select(*ORDER, "mark"))
    return joined.mutate(order_kind=ibis.coalesce(joined.mark, "ordinary")).drop("mark")


def _settled(orders: ir.Table) -> ir.Table:
    """Say how an order was closed where the file that closes it does not know whether it was paid."""
    status = ibis.cases(
        (orders.is_close_open.isnull(), orders.status),
        (orders.paid_at.notnull(), "closed_refunded"),
        (orders.knows_paid_at, "closed_unpaid"),
        else_="closed_other",
    )
    return orders.mutate(status=status)


def _with_deposit(orders: ir.Table) -> ir.Table:
    """Add on which day the first of two payments came; an order that says nothing of one has none."""
    has_deposit = orders.deposit_paid_at.notnull() | (orders.deposit_minor > 0).fill_null(False)
    is_paid = (
        orders.deposit_paid_at.notnull()
        | orders.is_deposit_paid.fill_null(False)
        | (has_deposit & orders.is_paid.fill_null(False))
    )
    return orders.mutate(
        is_presale=has_deposit.ifelse(True, orders.says_presale),
        deposit_paid_date=is_paid.ifelse(
            ibis.coalesce(orders.stated_deposit_date, orders.created_date), ibis.null("date")
        ),
    )


def _with_payment(orders: ir.Table) -> ir.Table:
    """Add whether and when each order was paid."""
    is_paid = ibis.cases(
        (orders.counts_as_paid, True),
        (orders.status == "unknown", ibis.null("boolean")),
        (orders.status.isin(sorted(UNPAID_STATUS)), False),
        (orders.paid_at.notnull(), True),
        (orders.status.isin(sorted(PAID_STATUS)), True),
        (orders.knows_payment, False),
        else_=ibis.null("boolean"),
    )
    orders = orders.mutate(is_paid=is_paid, is_current=ibis.literal(True))
    return orders.mutate(
        paid_date=orders.is_paid.fill_null(False).ifelse(
            ibis.coalesce(orders.stated_paid_date, orders.created_date), ibis.null("date")
        ),
        paid_hour=orders.is_paid.fill_null(False).ifelse(
            orders.stated_paid_date.notnull().ifelse(orders.stated_paid_hour, orders.created_hour), ibis.null("int32")
        ),
        n_lines=ibis.coalesce(orders.line_count, 0).cast("int32"),
        currency=ibis.coalesce(orders.currency, orders.lines_currency),
    )


def _with_amounts(orders: ir.Table) -> ir.Table:
    """Add created, paid and refunded money by the rules of the metric definitions."""
    stated_paid = ibis.coalesce(orders.stated_paid_minor, orders.lines_paid_minor)
    stated_refund = ibis.coalesce(orders.stated_refund_minor, orders.lines_refund_minor, 0)
    created = ibis.coalesce(orders.order_amount_minor, orders.lines_minor, 0)
    cases = ibis.coalesce(orders.cases_minor, 0)
    orders = orders.mutate(cases_minor=cases)
    of_order = order_estimate(orders)
    lines_estimate = orders.is_paid.fill_null(False).ifelse(ibis.coalesce(orders.lines_estimate_minor, 0), 0)
    estimates = of_order + lines_estimate
    return orders.mutate(
        created_minor=created,
        paid_minor=ibis.cases(
            (orders.is_paid, ibis.coalesce(stated_paid, created)),
            (~orders.is_paid, 0),
            else_=ibis.null("int64"),
        ),
        refunded_minor=ibis.greatest(cases, stated_refund) + estimates,
        order_estimate_minor=of_order,
        estimates_minor=estimates,
        **{name: ibis.coalesce(orders[f"stated_{name}"], orders[f"lines_{name}"]) for name in SHARED_AMOUNTS},
    )


def order_estimate(orders: ir.Table) -> ir.Value:
    """What a paid order without any case was given back as far as its status tells, no amount being stated."""
    is_open = orders.is_paid.fill_null(False) & (orders.cases_minor == 0) & orders.stated_refund_minor.isnull()
    return is_open.ifelse(ibis.coalesce(orders.estimated_refund_minor, 0), 0).cast("int64")


def _left(orders: ir.Table, sums: ir.Table) -> ir.Table:
    joined = orders.left_join(sums, ORDER)
    return joined.drop([f"{name}_right" for name in ORDER])
