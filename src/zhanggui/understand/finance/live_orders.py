"""Orders that creators and live rooms brought, with what came back of them after 7 and 15 days.

An order belongs to a session when its store, its creator and its day of payment are the session's and its channel,
where the file has one, is live; of several sessions on a day, to the one it was paid in, else to one for which the
platform declares orders, else to the last that had begun. Orders of the live channel without a creator belong to the
store's own host.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.understand.desk import Desk

LIVE = "直播"
TERMS = (7, 15)
"""Days after payment at which net sales are read."""

ORDER = ["shop_id", "order_id"]


def sold_orders(desk: Desk) -> ir.Table:
    """Return one row per ordinary paid order: what was paid, what came back by when, what it left.

    Returns
    -------
    ibis Table
        `ORDER`, ``creator_id``, ``channel``, ``paid_at``, ``paid_date``, ``paid``, ``back``, ``back_7``, ``back_15``,
        ``commission`` (of creators), ``left`` (contribution; null while a cost is unknown), ``currency``.
    """
    lines, header = desk.ledger.table("line_profit"), desk.ledger.table("order_header")
    ordinary = lines.filter(lines.order_kind == "ordinary")
    sums = ordinary.group_by(ORDER).aggregate(
        paid_date=ordinary.paid_date.min(),
        paid=ordinary.paid_minor.sum().cast("int64"),
        back=ordinary.refunded_minor.sum().cast("int64"),
        commission=ordinary.creator_commission_minor.sum().cast("int64"),
        left=ordinary.cost_known.all().ifelse(ordinary.contribution_minor.sum(), None).cast("int64"),
        currency=ordinary.currency.min(),
    )
    named = header.select(*ORDER, "creator_id", "channel", "paid_at")
    orders = sums.inner_join(named, ORDER)
    early = _back_by_term(desk)
    orders = orders.left_join(early, ORDER).drop("shop_id_right", "order_id_right")
    return orders.mutate(**{f"back_{days}": ibis.coalesce(orders[f"back_{days}"], 0) for days in TERMS})


def _back_by_term(desk: Desk) -> ir.Table:
    """Return by order what had come back after each term; a refund without a day counts as early."""
    refund = desk.ledger.table("refund")
    rows = refund.filter((refund.refunded_minor != 0) & refund.has_order & refund.order_id.notnull())
    lag = rows.refunded_date.delta(rows.cohort_date, unit="day")
    return rows.group_by(ORDER).aggregate(
        **{f"back_{days}": rows.refunded_minor.sum(where=(lag <= days).fill_null(True)).cast("int64") for days in TERMS}
    )


def live_sessions(desk: Desk) -> ir.Table:
    """Return the sessions with who holds them; a session without fee and commission is the store's own."""
    rows = desk.ledger.table("live_session")
    is_own = (ibis.coalesce(rows.slot_fee_minor, 0) == 0) & (ibis.coalesce(rows.commission_rate, 0) == 0)
    return rows.select(
        "shop_id",
        "creator_id",
        "creator_name",
        "started_at",
        "ended_at",
        "viewers",
        "samples_sent",
        "currency",
        "batch_id",
        "row_no",
        session="fact_key",
        day="started_date",
        is_own=is_own,
        declared_orders="paid_orders",
        declared="paid_minor",
        push="spend_minor",
    )


def orders_of_sessions(desk: Desk) -> ir.Table:
    """Return the orders that belong to a session, each with the one session."""
    orders, sessions = sold_orders(desk), live_sessions(desk)
    held = sessions.select(
        "session",
        "is_own",
        "started_at",
        "ended_at",
        "day",
        "declared_orders",
        host="creator_id",
        session_shop="shop_id",
    )
    is_live = orders.channel.contains(LIVE)
    is_guest = (orders.creator_id == held.host) & is_live.fill_null(True)
    is_hosts = orders.creator_id.isnull() & held.is_own & is_live.fill_null(False)
    pairs = orders.inner_join(
        held, [orders.shop_id == held.session_shop, orders.paid_date == held.day, is_guest.fill_null(False) | is_hosts]
    )
    has_begun = (pairs.paid_at >= pairs.started_at).fill_null(False)
    is_within = has_begun & (pairs.paid_at <= pairs.ended_at).fill_null(False)
    # A room for which the platform declares orders is the likelier of two.
    has_orders = ibis.coalesce(pairs.declared_orders, 0) > 0
    best = ibis.window(
        group_by=[pairs.shop_id, pairs.order_id],
        order_by=[*map(ibis.desc, (is_within, has_orders, has_begun, pairs.started_at)), pairs.session],
    )
    return pairs.mutate(place=ibis.row_number().over(best)).filter(lambda t: t.place == 0)


def stores_with_creators(desk: Desk) -> set[int]:
    """Return the stores whose orders say which creator or live room brought them."""

    def found() -> set[int]:
        header = desk.ledger.table("order_header")
        told = header.creator_id.notnull() | header.channel.contains(LIVE).fill_null(False)
        rows = desk.ledger.query(header.filter(told).select("shop_id").distinct()).to_pylist()
        return {int(row["shop_id"]) for row in rows}

    return desk.kept("stores_with_creators", found)
