"""What the platforms' ledgers take, line by line of the ledger, and the orders they take it from."""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once
from zhanggui.ledger.profit.charges import CHARGES, charge_rows
from zhanggui.ledger.profit.rules import FEE_OF_CATEGORY, FEE_OF_PART, NO_ORDER_NO_FEE, UNNAMED_DEDUCTIONS
from zhanggui.ledger.profit.scope import ORDER, Scope, beside

_KEPT = (
    "shop_id", "order_id", "order_no", "fact_key", "booked_date", "category", "amount_minor", "product_id",
    "creator_name", "currency", "batch_id", "row_no",
)  # fmt: skip


def ledger_fees(scope: Scope, orders: ir.Table, lines: ir.Table) -> ir.Table:
    """Return the lines of the stores' ledgers with what each takes by account, and the order and line that it is about.

    ``order_no`` is null where that is no paid order.
    """
    entries = scope.rows("settlement_entry").drop("order_id")
    links = scope.rows("settlement_link").select("shop_id", "fact_key", "order_id", "line_key")
    rows = beside(entries, links, ["shop_id", "fact_key"])
    rows = beside(rows, orders.select(*ORDER, "order_no"), ORDER)
    rows = beside(rows, lines.select("order_no", "line_key", "line_no"), ["order_no", "line_key"])
    return rows.select(*_KEPT, "line_no", **_fees(rows))


def _fees(rows: ir.Table) -> dict[str, ir.Value]:
    """Return what a line of a ledger takes, by account: its parts where it states any, else all of it by category."""
    has_parts = reduce(lambda a, b: a | b, (ibis.coalesce(rows[part], 0) != 0 for part in FEE_OF_PART))
    found: dict[str, ir.Value] = {}

    def add(account: str, amount: ir.Value) -> None:
        found[account] = found[account] + amount if account in found else amount

    for account in dict.fromkeys(FEE_OF_CATEGORY.values()):
        words = [word for word, name in FEE_OF_CATEGORY.items() if name == account]
        add(account, (~has_parts & rows.category.isin(words)).fill_null(False).ifelse(-rows.amount_minor, 0))
    for part, account in FEE_OF_PART.items():
        add(account, -ibis.coalesce(rows[part], 0))
    has_unnamed = has_parts | (rows.category == "goods").fill_null(False)
    add(UNNAMED_DEDUCTIONS, has_unnamed.ifelse(-ibis.coalesce(rows.other_fee_minor, 0), 0))
    zero = ibis.literal(0, "int64")
    return {name: found.get(name, zero).cast("int64") for name in CHARGES}


@built_once
def fee_charges(fees: ir.Table) -> ir.Table:
    """Return what ledgers book on paid orders."""
    mine = fees.filter(fees.order_no.notnull())
    is_sale = (mine.category == "goods").fill_null(False)
    return charge_rows(
        mine, {**{name: mine[name] for name in CHARGES}, "n_settled": is_sale.ifelse(1, 0)}, mine.line_no
    )


def fees_without_order(fees: ir.Table) -> ir.Table:
    """Return the lines of ledgers that take something and belong to no paid order, with ``taken_minor``."""
    rows = fees.filter(fees.order_no.isnull())
    taken = reduce(lambda a, b: a + b, (rows[name] for name in CHARGES))
    rows = rows.mutate(taken_minor=taken)
    is_fee = rows.order_id.notnull() | ~rows.category.isin(NO_ORDER_NO_FEE).fill_null(False)
    return rows.filter((rows.taken_minor != 0) & is_fee)
