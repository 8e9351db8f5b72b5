"""The refund table: cases, refund lines, and what an order states beyond its cases."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Transaction, built_once
from zhanggui.ledger.schema.tables import TABLES

_ORDER = ["shop_id", "order_id"]
_FROM_ORDER = ("buyer_key", "province", "city", "country", "channel")
_LINEAGE = ("batch_id", "row_no")
_ITEM = ("product_id", "sku_id", "product_title", "sku_spec", "category", "brand")


@built_once
def order_refunds(cases: ir.Table, keys: ir.Table) -> ir.Table:
    """Return the confirmed refunds of each order that has any case: ``cases_minor``."""
    mine = cases.semi_join(keys, _ORDER)
    return mine.group_by(_ORDER).aggregate(cases_minor=mine.refunded_minor.sum().cast("int64"))


def open_estimates(tx: Transaction, lines: ir.Table, cases: ir.Table | None) -> ir.Table | None:
    """Return the lines that were given back without a stated amount and that no case with money stands for.

    A case that names a line stands for it, one that names none for every line of its order. None where no line is
    estimated at all.
    """
    said = lines.filter(lines.estimated_refund_minor != 0)
    if not tx.query(said.limit(1)).num_rows:
        return None
    if cases is None:
        return said
    settled = cases.filter(cases.refunded_minor != 0)
    said = said.anti_join(settled.filter(settled.line_key.isnull()), _ORDER)
    return said.anti_join(settled.filter(settled.line_key.notnull()), [*_ORDER, "line_key"])


def refund_rows(
    headers: ir.Table,
    lines: ir.Table | None,
    cases: ir.Table | None,
    keys: ir.Table,
    estimates: ir.Table | None,
) -> Iterator[ir.Table]:
    """Yield the refund rows of the orders in `headers`, and of the cases of `keys` that have no order."""
    if lines is not None:
        yield _line_parts(headers, lines)
    yield _remainders(headers, lines)
    yield _order_estimates(headers)
    if estimates is not None:
        yield _line_estimates(headers, estimates)
    if cases is not None:
        yield _cases(cases.semi_join(keys, _ORDER), headers)


@built_once
def orphan_rows(cases: ir.Table) -> ir.Table:
    """Return the refund rows of cases without an order id: each stands on its own day."""
    rows = cases.mutate(
        has_order=ibis.literal(False), cohort_date=cases.own_date, order_kind=ibis.literal("ordinary"), **_day_of(cases)
    )
    return rows.select(*(name for name in TABLES["refund"].column_names if name in rows.columns))


def _day_of(cases: ir.Table) -> dict[str, ir.Value]:
    """Return on which day the money of each case went back, and why none is known where none is."""
    is_back = cases.status == "succeeded"
    return {
        "refunded_date": is_back.ifelse(cases.refunded_date, ibis.null("date")),
        "undated_reason": ibis.cases(
            (~is_back, "not_refunded"),
            (cases.refunded_date.notnull(), ibis.null("string")),
            (cases.has_refund_time.fill_null(False), "time_is_empty"),
            else_="no_time_in_file",
        ),
    }


@built_once
def _cases(cases: ir.Table, headers: ir.Table) -> ir.Table:
    order = headers.select(
        *_ORDER,
        paid_date=headers.paid_date,
        paid_hour=headers.paid_hour,
        order_kind=headers.order_kind,
        **{f"order_{name}": headers[name] for name in _FROM_ORDER},
        is_held=ibis.literal(True),
    )
    joined = cases.left_join(order, _ORDER).drop([f"{name}_right" for name in _ORDER])
    rows = joined.mutate(
        **{name: ibis.coalesce(joined[f"order_{name}"], joined[name]) for name in _FROM_ORDER},
        has_order=joined.is_held.fill_null(False),
        order_kind=ibis.coalesce(joined.order_kind, "ordinary"),
        cohort_date=ibis.coalesce(joined.paid_date, joined.own_date),
        cohort_hour=joined.paid_hour,
        **_day_of(joined),
    )
    return rows.select(*(name for name in TABLES["refund"].column_names if name in rows.columns))


@built_once
def _line_parts(headers: ir.Table, lines: ir.Table) -> ir.Table:
    """Refunds stated per sub-order stand where the order has no after-sale case."""
    orders = headers.filter((headers.cases_minor == 0) & headers.stated_refund_minor.isnull())
    stated = lines.filter(lines.stated_refund_minor != 0)
    return _of_lines(orders, stated, "stated_refund_minor", prefix="line:", basis="line", reason="order_total")


@built_once
def _line_estimates(headers: ir.Table, estimates: ir.Table) -> ir.Table:
    """A line that was given back, nobody says how much: what was paid for it, marked."""
    orders = headers.filter(headers.is_paid.fill_null(False))
    amount = "estimated_refund_minor"
    return _of_lines(orders, estimates, amount, prefix="estimate:", basis="estimated", reason="estimated")


def _of_lines(orders: ir.Table, lines: ir.Table, amount: str, *, prefix: str, basis: str, reason: str) -> ir.Table:
    orders = orders.select(*_ORDER, *_FROM_ORDER, "paid_date", "paid_hour", "order_kind")
    rows = lines.select(*_ORDER, "line_key", "quantity", *_ITEM, "currency", *_LINEAGE, amount)
    rows = rows.inner_join(orders, _ORDER)
    return rows.select(
        *_ORDER,
        "line_key",
        "quantity",
        *_ITEM,
        "currency",
        *_FROM_ORDER,
        "order_kind",
        *_LINEAGE,
        refund_id=ibis.literal(prefix) + rows.order_id + ":" + rows.line_key,
        refunded_minor=rows[amount],
        cohort_date=rows.paid_date,
        cohort_hour=rows.paid_hour,
        **_stated(basis, reason),
    )


@built_once
def _remainders(headers: ir.Table, lines: ir.Table | None) -> ir.Table:
    """What an order states as refunded beyond its cases is a row of its own, never dropped."""
    beyond = headers.refunded_minor - headers.cases_minor - headers.estimates_minor
    if lines is not None:
        by_line = (headers.cases_minor == 0) & headers.stated_refund_minor.isnull()
        beyond = beyond - by_line.ifelse(ibis.coalesce(headers.lines_refund_minor, 0), 0)
    return _of_order(headers, beyond, prefix="order:", basis="order_total", reason="order_total")


@built_once
def _order_estimates(headers: ir.Table) -> ir.Table:
    """An order that was given back, nobody says how much: all of it, marked."""
    return _of_order(headers, headers.order_estimate_minor, prefix="estimate:", basis="estimated", reason="estimated")


def _of_order(headers: ir.Table, amount: ir.Value, *, prefix: str, basis: str, reason: str) -> ir.Table:
    rows = headers.mutate(amount_minor=amount).filter(lambda t: t.amount_minor != 0)
    return rows.select(
        *_ORDER,
        "currency",
        *_FROM_ORDER,
        "order_kind",
        *_LINEAGE,
        refund_id=ibis.literal(prefix) + rows.order_id,
        refunded_minor=rows.amount_minor,
        cohort_date=rows.paid_date,
        cohort_hour=rows.paid_hour,
        **_stated(basis, reason),
    )


def _stated(basis: str, reason: str) -> dict[str, ir.Value]:
    """Return what holds for money that an order file says went back, without a case and without a day."""
    return {
        "basis": ibis.literal(basis),
        "undated_reason": ibis.literal(reason),
        "status": ibis.literal("succeeded"),
        "has_order": ibis.literal(True),
    }
