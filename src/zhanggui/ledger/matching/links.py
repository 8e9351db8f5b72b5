"""The match of settlement ledgers with orders: by ids first, then by what else identifies a line.

What cannot be matched stays unmatched: a line that names an order which no report holds is never given to another.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.matching.keys import (
    beside,
    by_merchant_order,
    by_order,
    by_order_that_is_a_line,
    by_product,
    by_refund,
    by_sub_order,
)
from zhanggui.ledger.matching.open_orders import by_amount_and_time

OF_AN_ORDER = ("goods", "refund", "commission", "creator_commission", "subsidy")
"""Categories that belong to an order even where the line names none."""

_IDS = ("order_id", "line_id", "refund_id")
_DAY_SECONDS = 86_400


def settlement_links(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> ir.Table:
    """Return a row of ``settlement_link`` for each line of the settlement ledgers of some stores."""
    held = ledger.table("settlement_entry")
    entries = held.filter(held.shop_id.isin(stores))
    found = tx.stage("links_found", _found(tx, ledger, entries, stores))
    open_lines = found.filter(found.order_id.isnull() & ~found.names_something)
    guessed = tx.stage("links_by_amount", by_amount_and_time(ledger, open_lines, found, stores))
    both = beside(found, guessed, "shop_id", "fact_key")
    linked = both.mutate(
        order_id=ibis.coalesce(both.order_id, both.guessed_order),
        refund_id=ibis.coalesce(both.refund_id, both.guessed_refund),
        match_rule=ibis.coalesce(both.match_rule, both.guessed_order.notnull().ifelse("amount_time", ibis.null(str))),
    )
    return _dated(ledger, _classed(linked))


def _found(tx: Transaction, ledger: Ledger, entries: ir.Table, stores: tuple[int, ...]) -> ir.Table:
    """Return the entries with the order, line and refund that their ids lead to."""
    parts = {
        "refund": by_refund(ledger, entries, stores),
        "line": by_sub_order(ledger, entries, stores),
        "order": by_order(ledger, entries),
        "product": by_product(ledger, entries, stores),
        "is_line": by_order_that_is_a_line(ledger, entries, stores),
        "merchant": by_merchant_order(ledger, entries),
    }
    rows = entries.select("shop_id", "fact_key", "category", "amount_minor", "currency", "booked_at", *_IDS)
    for name, part in parts.items():
        named = {f"{name}_{column}": column for column in part.columns if column not in ("shop_id", "fact_key")}
        rows = beside(rows, part.rename(named), "shop_id", "fact_key")
    order = ibis.coalesce(*(rows[f"{name}_order"] for name in ("order", "refund", "line", "is_line", "merchant")))
    # An id that leads to another order than the line names is no key.
    has_refund = (rows.refund_order == order).fill_null(False)
    has_line = (rows.line_order == order).fill_null(False)
    return rows.select(
        *("shop_id", "fact_key", "category", "amount_minor", "currency", "booked_at"),
        names_something=ibis.or_(*(rows[name].notnull() for name in _IDS)),
        order_id=order,
        line_key=ibis.coalesce(
            has_line.ifelse(rows.line_line, ibis.null(str)),
            has_refund.ifelse(rows.refund_line, ibis.null(str)),
            rows.is_line_line,
            rows.product_line,
        ),
        refund_id=has_refund.ifelse(rows.refund_refund, ibis.null(str)),
        match_rule=ibis.cases(
            (has_refund, "refund_id"),
            (has_line, "line_id"),
            (rows.product_line.notnull(), "product_id"),
            (rows.order_order.notnull(), "order_id"),
            (rows.is_line_order.notnull(), "order_is_line"),
            (rows.merchant_order.notnull(), "merchant_order"),
            else_=ibis.null(str),
        ),
    )


def _classed(linked: ir.Table) -> ir.Table:
    is_of_order = linked.names_something | linked.category.isin(OF_AN_ORDER)
    state = ibis.cases((linked.order_id.notnull(), "linked"), (is_of_order, "unmatched"), else_="no_order")
    return linked.mutate(match_state=state, matched=linked.order_id.notnull())


def _dated(ledger: Ledger, linked: ir.Table) -> ir.Table:
    """Add how long after what it settles a line was booked."""
    orders, refunds = ledger.table("order_header"), ledger.table("refund")
    settles = orders.select("shop_id", "order_id", order_moment=ibis.coalesce(orders.completed_at, orders.paid_at))
    paid_back = refunds.select("shop_id", "refund_id", refund_moment=refunds.refunded_at)
    rows = beside(linked, settles, "shop_id", "order_id")
    rows = beside(rows, paid_back, "shop_id", "refund_id")
    # The greatest of two moments leaves out the one that is not known.
    moment = (rows.category == "refund").ifelse(ibis.greatest(rows.refund_moment, rows.order_moment), rows.order_moment)
    seconds = rows.booked_at.epoch_seconds() - moment.epoch_seconds()
    return rows.mutate(lag_days=(seconds / _DAY_SECONDS).floor().cast("int32"))


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"settlement_link": settlement_links(tx, ledger, stores)}


SETTLEMENT_LINKS = Derivation(
    subject="settlement_link",
    tables=("settlement_link",),
    reads=("settlements", "orders", "order_lines", "refunds", "erp_orders"),
    rules="1",
    make=_make,
)
