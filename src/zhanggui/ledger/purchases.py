"""Days of purchase 购买日: when each buyer of a store paid, when before, and whether again soon, later or never.

Catalogue M-CONV-10, M-CONV-12, M-CUST-03, M-CUST-08.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.schema.buying_tables import FOLLOWED_DAYS, LOST_DAYS, SECOND_MONTH

LOAD_DIFFERENCE_DAYS = 1
"""A store's day may be one ahead of the day, in UTC, on which its file was loaded."""

_EPOCH = ibis.date(1970, 1, 1)
_BUYER = ("shop_id", "buyer_key")
_READS = ("orders", "order_lines", "refunds", "marked_orders")


def is_kept(orders: ir.Table) -> ir.BooleanColumn:
    """Return whether an order was not given back whole; a free order counts while nothing of it was refunded."""
    is_left = orders.refunded_minor < orders.paid_minor
    return is_left | ((orders.paid_minor == 0) & (orders.refunded_minor == 0))


@built_once
def identified_orders(stores: tuple[int, ...]) -> ir.Table:
    """Return the paid ordinary orders of some stores that name their buyer, none from after their files were loaded."""
    orders = declared_table("order_header")
    orders = orders.filter(
        orders.shop_id.isin(stores),
        orders.is_paid,
        orders.order_kind == "ordinary",
        orders.buyer_key.notnull(),
        orders.paid_date.notnull(),
    )
    batches = declared_table("source_batch")
    loaded = batches.group_by("shop_id").aggregate(at=batches.loaded_at.max())
    known = orders.left_join(loaded, "shop_id")
    last_day = known["at"].date() + ibis.interval(days=LOAD_DIFFERENCE_DAYS)
    return known.filter(known["at"].isnull() | (known.paid_date <= last_day))


@built_once
def purchase_days(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``purchase_day`` of some stores.

    Notes
    -----
    Different days count: orders split on one day are one purchase, and orders given back whole are none. What is dated
    later than its store's files were loaded is no purchase yet. A buyer is followed up to the last day on which anybody
    paid in the store.
    """
    known = identified_orders(stores)
    ends = known.group_by("shop_id").aggregate(last=known.paid_date.max())
    kept = known.filter(is_kept(known))
    days = kept.select(*_BUYER, day=kept.paid_date).distinct().inner_join(ends, "shop_id")
    days = days.mutate(nth=days.day.delta(_EPOCH, unit="day"))
    buyer = [days[name] for name in _BUYER]
    in_order = ibis.window(group_by=buyer, order_by=days.day)
    second_month = ibis.range_window(following=SECOND_MONTH, group_by=buyer, order_by=days.nth)
    rows = days.mutate(
        day_before=days.day.lag().over(in_order),
        day_after=days.day.lead().over(in_order),
        n_in_second_month=days.nth.count().over(second_month),
        followed=days["last"].delta(days.day, unit="day"),
    )
    gap = rows.day_after.delta(rows.day, unit="day")

    def once_over(n_days: int, value: ir.BooleanValue) -> ir.Value:
        return (rows.followed >= n_days).ifelse(value, None)

    return rows.mutate(
        is_first=rows.day_before.isnull(),
        is_back=once_over(FOLLOWED_DAYS, ibis.coalesce(gap <= FOLLOWED_DAYS, False)),
        is_retained=once_over(SECOND_MONTH[1], rows.n_in_second_month > 0),
        is_lost=once_over(LOST_DAYS, ibis.coalesce(gap > LOST_DAYS, True)),
    ).drop("day_after", "n_in_second_month", "followed", "nth", "last")


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"purchase_day": purchase_days(stores)}


PURCHASES = Derivation(subject="purchase_day", tables=("purchase_day",), reads=_READS, rules="2", make=_make)
