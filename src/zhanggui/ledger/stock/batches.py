"""Batches 批次: of goods that came in for the first time, what came and what was sold of it since (M-GOODS-05)."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.schema.stock_tables import SOLD_OUT_DAYS

RECEIPTS = ("purchase", "adjust")
"""Reasons of what comes in new."""
SALES = ("sale", "return")
GOODS = ("shop_id", "internal_sku")


def receipt_batches(ledger: Ledger, stores: tuple[int, ...], last: date) -> ir.Table:
    """Return the rows of ``receipt_batch`` of some stores, as far as movements tell up to a day.

    Notes
    -----
    What was there on the first day of the books was not listed then: nothing tells when, so it is no batch.
    """
    moved = ledger.table("stock_movement")
    moved = moved.filter(moved.shop_id.isin(stores) & moved.occurred_date.notnull() & (moved.occurred_date <= last))
    is_receipt = moved.reason.isin(RECEIPTS) & (moved.quantity > 0)
    moved = moved.select(*GOODS, "currency", "quantity", "reason", day=moved.occurred_date, is_receipt=is_receipt)
    begun = moved.group_by("shop_id").aggregate(begun=moved.day.min())
    first = moved.group_by(list(GOODS)).aggregate(since=moved.day.min(where=moved.is_receipt))
    first = first.inner_join(begun, "shop_id")
    rows = moved.inner_join(first.filter(first.since > first.begun).drop("begun"), list(GOODS))
    age = rows.day.delta(rows.since, unit="day")
    sums: dict[str, ir.Value] = {"day": rows.since.min(), "currency": rows.currency.max()}
    for days in SOLD_OUT_DAYS:
        within = (age >= 0) & (age < days)
        sums[f"received_{days}"] = rows.quantity.sum(where=within & rows.is_receipt)
        sums[f"sold_{days}"] = -ibis.coalesce(rows.quantity.sum(where=within & rows.reason.isin(SALES)), 0)
    found = rows.group_by(list(GOODS)).aggregate(**sums)
    is_over = {days: ibis.literal(last).delta(found.day, unit="day") >= days for days in SOLD_OUT_DAYS}
    return found.mutate(
        **{
            name: is_over[days].ifelse(found[name], None)
            for days in SOLD_OUT_DAYS
            for name in (f"received_{days}", f"sold_{days}")
        }
    )
