"""The match of settlement ledgers with orders: by the ids that lines name, then by what else identifies them.

What cannot be matched stays unmatched: a line that names an order which no report holds is never given to another.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.booked import COMPONENTS, PARTS, with_parts
from zhanggui.ledger.matching.keys import by_merchant_order, by_order_that_is_a_line, by_refund, by_sub_order
from zhanggui.ledger.matching.open_orders import by_amount_and_time
from zhanggui.ledger.matching.scope import ORDER, Scope, beside

OF_AN_ORDER = ("goods", "refund", "commission", "creator_commission", "subsidy")
"""Categories that belong to an order even where the line names none."""

_IDS = ("order_id", "line_id", "refund_id")
_ENTRY = ("shop_id", "fact_key")
_KEPT = ("category", "scene_raw", "amount_minor", "currency", "booked_at", "booked_date", "batch_id")
_MOMENTS = ("completed_at", "paid_at", "shipped_at")
_MATCH = ("order_id", "line_key", "refund_id", "match_rule", "match_state")


def matched_lines(scope: Scope, rows: ir.Table, *, has_open: bool) -> ir.Table:
    """Return each line of the stores' ledgers with its components and its match.

    ``order_id``, ``line_key`` and ``refund_id`` are those that were found, the moments those of that order and refund.
    ``account`` tells the ledgers of one store apart, such as those of two payment services.

    Parameters
    ----------
    rows : ibis Table
        The lines with the order that they name, see `named_lines`.
    has_open : bool
        Whether any of them belongs to an order that it does not name.
    """
    found = rows.filter(rows.is_held)
    found = found.mutate(match_state=ibis.literal("linked"))
    lines = found.select(**_columns(found))
    rest = rows.filter(~rows.is_held)
    if not has_open:
        return lines.union(_of_none(rest))
    return lines.union(_resolved(scope, rest.filter(rest.is_of_order), lines)).union(_of_none(rest))


def has_open_lines(scope: Scope, rows: ir.Table) -> bool:
    """Return whether any line belongs to an order that it does not name."""
    return bool(scope.tx.query(rows.filter(~rows.is_held & rows.is_of_order).select("shop_id").limit(1)).num_rows)


def _columns(rows: ir.Table) -> dict[str, ir.Value]:
    """Return the columns of a matched line, of the same types wherever they come from."""
    texts = {name: rows[name].cast("string") for name in _MATCH}
    moments = {name: rows[name].cast("timestamp") for name in (*_MOMENTS, "refunded_at")}
    kept = {name: rows[name] for name in (*_ENTRY, *_KEPT, *COMPONENTS, "account")}
    return {**kept, **texts, **moments}


def named_lines(scope: Scope) -> ir.Table:
    """Return the lines with the order that they name, where a report holds it, and its line and refund."""
    entry = scope.rows("settlement_entry")
    rows = with_parts(entry.select(*_ENTRY, *_KEPT, *_IDS, "product_id", *PARTS))
    files = scope.rows("source_batch").select("batch_id", account="format_id")
    rows = beside(rows, files, ("batch_id",))
    orders = scope.rows("order_header").select(*ORDER, *_MOMENTS, is_held=ibis.literal(True))
    rows = beside(rows, orders, ORDER)
    by_line, by_product = _naming(scope)
    line = scope.rows("order_line")
    some = line.semi_join(by_line, "shop_id")
    sub_orders = some.select(*ORDER, line_id="line_key", of_line="line_key")
    rows = beside(rows, sub_orders, (*ORDER, "line_id"))
    with_product = line.semi_join(by_product, "shop_id").filter(lambda t: t.product_id.notnull())
    of_product = with_product.group_by([*ORDER, "product_id"]).aggregate(
        n_lines=with_product.count(), of_product=with_product.line_key.min()
    )
    of_product = of_product.filter(of_product.n_lines == 1).drop("n_lines")
    rows = beside(rows, of_product, (*ORDER, "product_id"))
    refund = scope.rows("refund")
    cases = refund.filter(refund.has_order).select(
        "shop_id", "refund_id", "refunded_at", of_case="order_id", line_of_case="line_key"
    )
    rows = beside(rows, cases, ("shop_id", "refund_id"))
    # A case of another order than the line names is no key.
    has_case = (rows.of_case == rows.order_id).fill_null(False)
    nothing = ibis.null("string")
    product_line = rows.line_id.isnull().ifelse(rows.of_product, nothing)
    return rows.mutate(
        is_held=rows.is_held.fill_null(False),
        is_of_order=ibis.or_(*(rows[name].notnull() for name in _IDS))
        | rows.category.isin(OF_AN_ORDER).fill_null(False),
        line_key=ibis.coalesce(rows.of_line, has_case.ifelse(rows.line_of_case, nothing), product_line),
        refund_id=rows.is_held.fill_null(False).ifelse(has_case.ifelse(rows.refund_id, nothing), rows.refund_id),
        refunded_at=has_case.ifelse(rows.refunded_at, ibis.null("timestamp")),
        match_rule=ibis.cases(
            (has_case, "refund_id"),
            (rows.of_line.notnull(), "line_id"),
            (product_line.notnull(), "product_id"),
            else_="order_id",
        ),
    ).drop("of_line", "of_product", "of_case", "line_of_case", "product_id")


def _naming(scope: Scope) -> tuple[ir.Table, ir.Table]:
    """Return the stores whose ledgers name sub-orders, and those whose ledgers name products instead."""
    entry = scope.rows("settlement_entry")
    by_line = entry.filter(entry.line_id.notnull())
    by_product = entry.filter(entry.product_id.notnull() & entry.line_id.isnull())
    return by_line.select("shop_id").distinct(), by_product.select("shop_id").distinct()


def _resolved(scope: Scope, lines: ir.Table, linked: ir.Table) -> ir.Table:
    """Return the lines that name no order that is held, with the order that another key leads to."""
    lines = scope.stage("unnamed", lines)
    keys = {
        "refund_id": by_refund(scope, lines),
        "line_id": by_sub_order(scope, lines),
        "order_is_line": by_order_that_is_a_line(scope, lines),
        "merchant_order": by_merchant_order(scope, lines),
    }
    nothing = lines.filter(ibis.and_(*(lines[name].isnull() for name in _IDS)))
    keys["amount_time"] = by_amount_and_time(scope, nothing, linked)
    rows = lines.select(*_ENTRY)
    for rule, key in keys.items():
        rows = beside(rows, key.rename({f"{name}_by_{rule}": name for name in ("order", "line", "refund")}), _ENTRY)
    found = {name: ibis.coalesce(*(rows[f"{name}_by_{rule}"] for rule in keys)) for name in ("order", "line", "refund")}
    rule = ibis.cases(*((rows[f"order_by_{rule}"].notnull(), rule) for rule in keys), else_=ibis.null("string"))
    links = rows.select(
        *_ENTRY, found_order=found["order"], line_key=found["line"], found_refund=found["refund"], rule=rule
    )
    plain = lines.drop("line_key", "match_rule", "refunded_at", *_IDS, *_MOMENTS)
    both = beside(plain, links, _ENTRY).rename(order_id="found_order", refund_id="found_refund", match_rule="rule")
    both = beside(both, scope.rows("order_header").select(*ORDER, *_MOMENTS), ORDER)
    both = beside(both, scope.rows("refund").select("shop_id", "refund_id", "refunded_at"), ("shop_id", "refund_id"))
    both = both.mutate(match_state=both.order_id.notnull().ifelse("linked", "unmatched"))
    return both.select(**_columns(both))


def _of_none(rest: ir.Table) -> ir.Table:
    """Return the lines that are of no order by their kind, such as withdrawals."""
    rows = rest.filter(~rest.is_of_order)
    rows = rows.mutate(
        order_id=ibis.null("string"),
        line_key=ibis.null("string"),
        match_rule=ibis.null("string"),
        match_state=ibis.literal("no_order"),
    )
    return rows.select(**_columns(rows))
