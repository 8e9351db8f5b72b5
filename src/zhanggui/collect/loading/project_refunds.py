"""The refund table: cases, refund lines, and what an order states beyond its cases."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Transaction, ibis_schema
from zhanggui.ledger.schema.tables import TABLES

_ORDER = ["shop_id", "order_id"]
_FROM_ORDER = ("buyer_key", "province", "city", "country", "channel")


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
    keys: ir.Table | None,
    estimates: ir.Table | None,
) -> ir.Table:
    """Return the refund rows of the orders in `headers`, and of the cases of `keys` that have no order."""
    parts = []
    if lines is not None:
        parts.append(_line_parts(headers, lines))
    parts += [_remainders(headers, lines), _order_estimates(headers)]
    if estimates is not None:
        parts.append(_line_estimates(headers, estimates))
    if cases is not None and keys is not None:
        parts.append(_cases(cases.semi_join(keys, _ORDER), headers))
    rows = parts[0]
    for part in parts[1:]:
        rows = rows.union(part)
    return rows


def orphan_rows(cases: ir.Table) -> ir.Table:
    """Return the refund rows of cases without an order id: each stands on its own day."""
    rows = cases.mutate(
        has_order=ibis.literal(False),
        cohort_date=cases.refunded_date,
        cohort_hour=ibis.null("int32"),
    )
    return _complete(rows)


def _cases(cases: ir.Table, headers: ir.Table) -> ir.Table:
    order = headers.select(
        *_ORDER,
        paid_date=headers.paid_date,
        paid_hour=headers.paid_hour,
        **{f"order_{name}": headers[name] for name in _FROM_ORDER},
        is_held=ibis.literal(True),
    )
    joined = cases.left_join(order, _ORDER).drop([f"{name}_right" for name in _ORDER])
    rows = joined.mutate(
        **{name: ibis.coalesce(joined[f"order_{name}"], joined[name]) for name in _FROM_ORDER},
        has_order=joined.is_held.fill_null(False),
        cohort_date=ibis.coalesce(joined.paid_date, joined.refunded_date),
        cohort_hour=joined.paid_hour,
    )
    return _complete(rows)


def _line_parts(headers: ir.Table, lines: ir.Table) -> ir.Table:
    """Refunds stated per sub-order stand where the order has no after-sale case."""
    orders = headers.filter((headers.cases_minor == 0) & headers.stated_refund_minor.isnull())
    orders = orders.select(*_ORDER, *_FROM_ORDER, "paid_date", "paid_hour")
    stated = lines.filter(lines.stated_refund_minor != 0)
    rows = stated.inner_join(orders, _ORDER)
    return _complete(
        rows.mutate(
            refund_id=ibis.literal("line:") + rows.order_id + ":" + rows.line_key,
            basis=ibis.literal("line"),
            has_order=ibis.literal(True),
            status=ibis.literal("succeeded"),
            refunded_minor=rows.stated_refund_minor,
            cohort_date=rows.paid_date,
            cohort_hour=rows.paid_hour,
        )
    )


def _remainders(headers: ir.Table, lines: ir.Table | None) -> ir.Table:
    """What an order states as refunded beyond its cases is a row of its own, never dropped."""
    beyond = headers.refunded_minor - headers.cases_minor - headers.estimates_minor
    if lines is not None:
        by_line = (headers.cases_minor == 0) & headers.stated_refund_minor.isnull()
        beyond = beyond - by_line.ifelse(ibis.coalesce(headers.lines_refund_minor, 0), 0)
    return _of_order(headers, beyond, prefix="order:", basis="order_total")


def _order_estimates(headers: ir.Table) -> ir.Table:
    """An order that was given back, nobody says how much: all of it, marked."""
    return _of_order(headers, headers.order_estimate_minor, prefix="estimate:", basis="estimated")


def _of_order(headers: ir.Table, amount: ir.Value, *, prefix: str, basis: str) -> ir.Table:
    rows = headers.mutate(amount_minor=amount).filter(lambda t: t.amount_minor != 0)
    return _complete(
        rows.select(
            "shop_id",
            "order_id",
            "currency",
            *_FROM_ORDER,
            "batch_id",
            "row_no",
            refund_id=ibis.literal(prefix) + rows.order_id,
            basis=ibis.literal(basis),
            has_order=ibis.literal(True),
            status=ibis.literal("succeeded"),
            refunded_minor=rows.amount_minor,
            cohort_date=rows.paid_date,
            cohort_hour=rows.paid_hour,
        )
    )


def _line_estimates(headers: ir.Table, estimates: ir.Table) -> ir.Table:
    """A line that was given back, nobody says how much: what was paid for it, marked."""
    orders = headers.filter(headers.is_paid.fill_null(False))
    orders = orders.select(*_ORDER, *_FROM_ORDER, "paid_date", "paid_hour")
    rows = estimates.inner_join(orders, _ORDER)
    return _complete(
        rows.mutate(
            refund_id=ibis.literal("estimate:") + rows.order_id + ":" + rows.line_key,
            basis=ibis.literal("estimated"),
            has_order=ibis.literal(True),
            status=ibis.literal("succeeded"),
            refunded_minor=rows.estimated_refund_minor,
            cohort_date=rows.paid_date,
            cohort_hour=rows.paid_hour,
        )
    )


def _complete(rows: ir.Table) -> ir.Table:
    """Return `rows` with every column of the refund table, absent ones null, in declared order."""
    table = TABLES["refund"]
    types = {name: type_(nullable=True) for name, type_ in ibis_schema(table).items()}
    return rows.select(
        **{
            name: (rows[name].cast(types[name]) if name in rows.columns else ibis.null(types[name]))
            for name in table.column_names
        }
    )
