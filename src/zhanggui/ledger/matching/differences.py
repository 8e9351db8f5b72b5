"""Where orders and ledgers differ, and why: rows per order and cause, which sum to the whole difference."""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import ibis_schema
from zhanggui.ledger.matching.due import coverage
from zhanggui.ledger.matching.fees import missing_fees
from zhanggui.ledger.matching.lags import seconds, within
from zhanggui.ledger.matching.scope import ORDER, Scope, beside
from zhanggui.ledger.schema import TABLES

_ROUNDING_MINOR = 1
_SHARED_PART = 0.25
"""By how much of itself a line's share of its order's amount may be off."""

_TYPES = {name: type_(nullable=True) for name, type_ in ibis_schema(TABLES["settlement_difference"]).items()}
"""The types of the parts, which have to be equal to be put together."""


def differences(scope: Scope, orders: ir.Table, lines: ir.Table, refunds: ir.Table, limits: ir.Table) -> ir.Table:
    """Return what orders and ledgers differ by: order, ``cause``, ``detail``, ``amount_minor``, ``since_at``.

    The amount is what should have come less what came: positive where money is missing, negative where a fee is.
    """
    rows = scope.stage("gaps", _gaps(scope, orders, limits))
    settled = beside(rows.filter(rows.settled_at.notnull()), _missing_lines(scope, lines), ORDER)
    settled = _with_subsidy_apart(settled, orders)
    nothing = rows.filter(rows.settled_at.isnull())
    fees = missing_fees(scope, orders, lines, refunds).inner_join(orders, list(ORDER))
    parts = [
        _part(nothing, _cause_of_nothing(nothing), nothing.gap, nothing.due_at),
        _part(settled, _cause_of_sale(settled), settled.sale_gap - settled.borne_gap, settled.settled_at),
        _part(settled, ibis.literal("subsidy"), settled.borne_gap, settled.settled_at),
        _part(settled, _cause_of_refund(settled), settled.refund_gap, settled.back_due_at),
        _part(settled, _cause_of_return(settled), settled.back_gap, settled.back_due_at),
        _part(fees, fees.cause, fees.gap_minor, fees.settled_at, fees.stream),
    ]
    both = reduce(lambda left, right: left.union(right), parts)
    values = {name: both[name].min() for name in ("currency", "paid_date", "batch_id", "row_no")}
    return both.group_by([*ORDER, "cause", "detail"]).aggregate(
        **values, amount_minor=both.amount_minor.sum().cast("int64"), since_at=both.since_at.min()
    )


def _gaps(scope: Scope, orders: ir.Table, limits: ir.Table) -> ir.Table:
    """Return the orders that do not tie, with the gap of the sale, of refunds, of what others take back."""
    rows = orders.mutate(
        sale_gap=orders.receivable_minor - orders.goods_minor - orders.subsidy_minor,
        refund_gap=-orders.refunded_minor - orders.refund_minor,
        back_gap=-orders.borne_back_minor - orders.subsidy_back_minor,
    )
    rows = rows.mutate(gap=rows.sale_gap + rows.refund_gap + rows.back_gap)
    # A platform may settle the sale less its refund, or nothing of an order that went back in whole.
    rows = beside(rows.filter(rows.gap != 0), coverage(scope), ("shop_id",))
    for name, category, is_back in (("sale", "goods", False), ("back", "refund", True)):
        own = limits.filter((limits.category == category) & (limits.is_back == is_back))
        rows = beside(rows, own.select("shop_id", **{f"{name}_late_after": "late_after"}), ("shop_id",))
    due = seconds(rows.begins_at) + within(rows.latest_days, rows.sale_late_after)
    back_due = seconds(ibis.greatest(rows.last_refund_at, rows.settled_at)) + within(
        rows.refund_days, rows.back_late_after
    )
    return rows.mutate(due_at=due.as_timestamp("s"), back_due_at=back_due.as_timestamp("s"))


def _with_subsidy_apart(settled: ir.Table, orders: ir.Table) -> ir.Table:
    """Add ``borne_gap``: what others bear of a sale of which nothing came, where the store's ledger books it apart."""
    apart = orders.filter(orders.subsidy_minor > 0).select("shop_id", books_apart=ibis.literal(True)).distinct()
    rows = beside(settled, apart, ("shop_id",))
    is_apart = rows.books_apart.fill_null(False) & (rows.goods_minor == 0) & (rows.subsidy_minor == 0)
    return rows.mutate(borne_gap=is_apart.ifelse(rows.receivable_minor - rows.paid_minor, 0))


def _part(
    rows: ir.Table, cause: ir.Value, amount: ir.Value, since: ir.Value, detail: ir.Value | None = None
) -> ir.Table:
    values = {name: rows[name] for name in (*ORDER, "currency", "paid_date", "batch_id", "row_no")}
    values |= {"cause": cause, "detail": ibis.literal("") if detail is None else detail}
    values |= {"amount_minor": amount, "since_at": since}
    part = rows.select(**{name: values[name].cast(type_) for name, type_ in _TYPES.items()})
    return part.filter(part.amount_minor != 0)


def _cause_of_nothing(rows: ir.Table) -> ir.Value:
    """Return why nothing of an order's sale is booked."""
    return ibis.cases(
        (rows.due_at.isnull() | (rows.due_at > rows.covered_to), "in_transit"),
        (rows.due_at < rows.covered_from, "not_covered"),
        else_="not_settled",
    )


def _cause_of_sale(rows: ir.Table) -> ir.Value:
    is_unpaid = ~rows.is_paid.fill_null(True)
    # What a single line is due is often shared out of its order's amount, so that it is known nearly, not exactly.
    is_near = (rows.sale_gap - rows.missing_minor).abs() <= rows.n_lines_missing + _SHARED_PART * rows.missing_minor
    return ibis.cases(
        (is_unpaid & (rows.gap < 0), "forfeited_deposit"),
        (rows.sale_gap.abs() <= _ROUNDING_MINOR, "rounding"),
        (rows.goods_minor == 0, "goods_missing"),
        ((rows.paid_minor > 0) & (rows.goods_minor == 2 * rows.paid_minor), "booked_twice"),
        (rows.goods_minor == rows.paid_minor, "subsidy"),
        (is_near.fill_null(False), "goods_missing"),
        else_="unknown",
    )


def _cause_of_refund(rows: ir.Table) -> ir.Value:
    is_pending = (rows.back_due_at > rows.covered_to).fill_null(False)
    return ibis.cases(
        (~rows.is_paid.fill_null(True), "forfeited_deposit"),
        (rows.refund_gap.abs() <= _ROUNDING_MINOR, "rounding"),
        ((rows.refund_gap < 0) & is_pending, "refund_in_transit"),
        (rows.refund_gap < 0, "refund_not_booked"),
        else_="refund_without_case",
    )


def _cause_of_return(rows: ir.Table) -> ir.Value:
    is_pending = (rows.back_due_at > rows.covered_to).fill_null(False)
    return ibis.cases(
        (rows.back_gap.abs() <= _ROUNDING_MINOR, "rounding"),
        ((rows.back_gap < 0) & is_pending, "refund_in_transit"),
        else_="subsidy",
    )


def _missing_lines(scope: Scope, lines: ir.Table) -> ir.Table:
    """Return what those lines of an order come to of which no sale is booked, where it is of others of it."""
    line = scope.rows("order_line")
    sold = lines.filter(lines.order_id.notnull() & lines.line_key.notnull() & (lines.goods > 0))
    sold = sold.select(*ORDER, "line_key").distinct()
    left = line.semi_join(sold, list(ORDER)).anti_join(sold, [*ORDER, "line_key"])
    due = ibis.coalesce(left.receivable_minor, left.paid_minor, 0)
    return left.group_by(list(ORDER)).aggregate(missing_minor=due.sum().cast("int64"), n_lines_missing=left.count())
