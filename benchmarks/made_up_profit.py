"""Profit of a made-up shop, written straight into a ledger, for measurements."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, ibis_schema
from zhanggui.ledger.schema import TABLES

ACCOUNTS = ("ad_spend", "slot_fee", "content", "unmatched_settlement", "fixed_cost")


def fill_profit(ledger: Ledger) -> int:
    """Write the profit of every paid line, and five amounts of no line per store and day; return the paid lines.

    One line of fifty is of unknown cost, one of a hundred of a marked order.
    """
    with ledger.transaction() as tx:
        tx.insert("line_profit", _lines(ledger))
        tx.insert("profit_entry", _entries(ledger))
    return int(ledger.query(ledger.table("line_profit").count().as_table()).column(0)[0].as_py())


def _lines(ledger: Ledger) -> ir.Table:
    lines, orders = ledger.table("order_line"), ledger.table("order_header")
    paid = orders.filter(orders.is_paid).select("shop_id", "order_id", "paid_date", "province")
    rows = lines.select(
        "shop_id",
        "order_id",
        "line_key",
        "line_kind",
        "product_id",
        "quantity",
        "paid_minor",
        "currency",
        "batch_id",
        "row_no",
    ).inner_join(paid, ["shop_id", "order_id"])
    due = ibis.coalesce(rows.paid_minor, 0)
    goods = (rows.row_no % 50 == 0).ifelse(None, due * 2 // 5)
    charges = {
        "commission_minor": due // 20,
        "service_fee_minor": due // 100,
        "freight_minor": 300 + rows.row_no % 200,
        "packaging_minor": ibis.literal(60),
    }
    taken = charges["commission_minor"] + charges["service_fee_minor"] + charges["freight_minor"] + 60
    refunded = (rows.row_no % 12 == 0).ifelse(due // 2, 0)
    is_marked = rows.row_no % 100 == 7
    given: dict[str, ir.Value] = {
        **charges,
        "list_minor": due * 11 // 10,
        "merchant_discount_minor": due * 11 // 10 - due,
        "paid_minor": due,
        "receivable_minor": due,
        "refunded_minor": refunded,
        "refunded_only_minor": refunded,
        "goods_cost_minor": goods,
        "listed_cost_minor": goods,
        "contribution_minor": is_marked.ifelse(0, due - refunded - goods) - taken,
        "cost_known": goods.notnull(),
        "order_kind": is_marked.ifelse("brushing", "ordinary"),
        "evidence": ibis.literal("counted"),
        "is_settled": rows.paid_date < ibis.date("2025-12-20"),
    }
    return complete_rows("line_profit", rows.mutate(**given))


def _entries(ledger: Ledger) -> ir.Table:
    orders = ledger.table("order_header")
    days = orders.filter(orders.is_paid).group_by("shop_id", day="paid_date").aggregate(amount=orders.paid_minor.sum())
    days = days.mutate(account=ibis.array(list(ACCOUNTS)).unnest())
    days = days.mutate(outlay_minor=days.amount.cast("int64") // 60)
    key = days.account + days.day.cast("string")
    return complete_rows(
        "profit_entry",
        days.mutate(
            entry_key=key, source_key=key, amount_minor=-days.outlay_minor, evidence=ibis.literal("counted"),
            rule=days.account, source_table=ibis.literal("cost_entry"), currency=ibis.literal("CNY"),
        ),
    )  # fmt: skip


def complete_rows(table: str, rows: ir.Table) -> ir.Table:
    """Return all columns of a table; what must not be null and is not given is zero."""
    made = {}
    for column in TABLES[table].columns:
        type_ = ibis_schema(TABLES[table])[column.name](nullable=True)
        default = None if column.nullable else "" if type_.is_string() else 0
        value = rows[column.name] if column.name in rows.columns else ibis.literal(default, type=type_)
        made[column.name] = value.cast(type_)
    return rows.select(**made)
