"""The match of settlement ledgers with orders: by ids first, then by what else identifies a line.

What cannot be matched stays unmatched: a line that names an order which no report holds is never given to another.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.booked import PARTS
from zhanggui.ledger.matching.keys import (
    by_merchant_order,
    by_order,
    by_order_that_is_a_line,
    by_product,
    by_refund,
    by_sub_order,
)
from zhanggui.ledger.matching.open_orders import by_amount_and_time
from zhanggui.ledger.matching.scope import Scope, beside

OF_AN_ORDER = ("goods", "refund", "commission", "creator_commission", "subsidy")
"""Categories that belong to an order even where the line names none."""

_KEPT = ("category", "scene_raw", "amount_minor", "currency", "booked_at", "booked_date", "batch_id", *PARTS)
_IDS = ("order_id", "line_id", "refund_id")
_ENTRY = ("shop_id", "fact_key")


def matched_lines(scope: Scope) -> ir.Table:
    """Return each line of the stores' ledgers, with its match beside its own amounts.

    ``order_id`` and ``refund_id`` are those that were found; what the line itself names is left out. ``account`` tells
    the ledgers of one store apart, such as those of two payment services.
    """
    entries = scope.rows("settlement_entry")
    found = scope.stage("found", _found(scope, entries))
    open_lines = found.filter(found.order_id.isnull() & ~found.names_something)
    both = beside(found, by_amount_and_time(scope, open_lines, found), _ENTRY)
    linked = both.mutate(
        order_id=ibis.coalesce(both.order_id, both.guessed_order),
        refund_id=ibis.coalesce(both.refund_id, both.guessed_refund),
        match_rule=ibis.coalesce(
            both.match_rule, both.guessed_order.notnull().ifelse("amount_time", ibis.null("string"))
        ),
    )
    is_of_order = linked.names_something | linked.category.isin(OF_AN_ORDER).fill_null(False)
    state = ibis.cases((linked.order_id.notnull(), "linked"), (is_of_order, "unmatched"), else_="no_order")
    links = linked.select(*_ENTRY, "order_id", "line_key", "refund_id", "match_rule", match_state=state)
    files = scope.rows("source_batch").select("batch_id", account="format_id")
    return beside(beside(entries.select(*_ENTRY, *_KEPT), links, _ENTRY), files, ("batch_id",))


def _found(scope: Scope, entries: ir.Table) -> ir.Table:
    """Return the entries with the order, line and refund that their ids lead to."""
    parts = {
        "refund": by_refund(scope, entries),
        "line": by_sub_order(scope, entries),
        "order": by_order(scope, entries),
        "product": by_product(scope, entries),
        "is_line": by_order_that_is_a_line(scope, entries),
        "merchant": by_merchant_order(scope, entries),
    }
    rows = entries.select(*_ENTRY, "category", "amount_minor", "currency", "booked_at", *_IDS)
    for name, part in parts.items():
        named = {f"{name}_{column}": column for column in part.columns if column not in _ENTRY}
        rows = beside(rows, part.rename(named), _ENTRY)
    order = ibis.coalesce(*(rows[f"{name}_order"] for name in ("order", "refund", "line", "is_line", "merchant")))
    # An id that leads to another order than the line names is no key.
    has_refund = (rows.refund_order == order).fill_null(False)
    has_line = (rows.line_order == order).fill_null(False)
    return rows.select(
        *(*_ENTRY, "category", "amount_minor", "currency", "booked_at"),
        names_something=ibis.or_(*(rows[name].notnull() for name in _IDS)),
        order_id=order,
        line_key=ibis.coalesce(
            has_line.ifelse(rows.line_line, ibis.null("string")),
            has_refund.ifelse(rows.refund_line, ibis.null("string")),
            rows.is_line_line,
            rows.product_line,
        ),
        refund_id=has_refund.ifelse(rows.refund_refund, ibis.null("string")),
        match_rule=ibis.cases(
            (has_refund, "refund_id"),
            (has_line, "line_id"),
            (rows.product_line.notnull(), "product_id"),
            (rows.order_order.notnull(), "order_id"),
            (rows.is_line_order.notnull(), "order_is_line"),
            (rows.merchant_order.notnull(), "merchant_order"),
            else_=ibis.null("string"),
        ),
    )
