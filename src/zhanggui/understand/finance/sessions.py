"""Live sessions: what the platform declares, what the ledger holds of it, what came back, and what was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis

from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.live_orders import ORDER, TERMS, live_sessions, orders_of_sessions, sold_orders
from zhanggui.understand.finance.live_orders import stores_with_creators as telling_stores
from zhanggui.understand.finance.margins import Margins
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, whole
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View

SESSION_SLOT = ":slot:"
"""Stands before the session in the key of an entry that an agreement's fee was spread to."""


@dataclass(frozen=True, slots=True)
class Session:
    """One live session, amounts in minor units of `currency`.

    Attributes
    ----------
    declared_minor : int or None
        Sales as the platform's session list declares them.
    gmv_minor : int or None
        Sales of the orders that belong to it; of a store whose orders name no creator, what is declared.
    net_minor : mapping of int to int or None
        Sales less refunds after 7 and 15 days; None before the term has passed.
    commission_minor, slot_minor, push_minor : int
        What creator, place and pushes cost.
    profit_minor : int or None
        What is left after all of them; None where goods have no known cost, or nothing is known of the store's margin.
    is_own : bool
        Whether the store holds it itself, without fee and commission.
    is_estimated : bool
        Whether refunds and margin are the store's own rates instead of the session's own orders.
    """

    shop_id: int
    creator_id: str | None
    creator_name: str
    day: date
    viewers: int | None
    declared_minor: int | None
    gmv_minor: int | None
    n_orders: int
    net_minor: Mapping[int, int | None]
    commission_minor: int
    slot_minor: int
    push_minor: int
    samples_sent: int
    profit_minor: int | None
    is_own: bool
    is_estimated: bool
    currency: str
    batch_id: int
    row_no: int

    @property
    def return_rate(self) -> float | None:
        """Share of the sales that had come back after the longest term that has passed."""
        for days in reversed(TERMS):
            net = self.net_minor[days]
            if net is not None and self.gmv_minor:
                return 1 - net / self.gmv_minor
        return None


def sessions_of(desk: Desk, view: View) -> tuple[Session, ...]:
    """Return the sessions in view, newest first."""

    def found() -> tuple[Session, ...]:
        span = desk.span()
        if span is None:
            return ()
        rows = desk.kept("sessions", lambda: _session_rows(desk))
        stores = set(store_ids(desk, [each for each in view.where if each.dim in {"platform", "shop"}]))
        kept = [row for row in rows if whole(row["shop_id"]) in stores and _is_within(row["day"], view)]
        rates, margins = desk.kept("early_refunds", lambda: early_refund_rates(desk)), Margins(desk, view)
        made = [_session(row, span.last, rates, margins, telling_stores(desk)) for row in kept]
        return tuple(sorted(made, key=lambda each: (-each.day.toordinal(), -(each.gmv_minor or 0), each.creator_name)))

    return desk.kept(("sessions", view.date_from, view.date_to, view.where), found)


def _is_within(day: object, view: View) -> bool:
    if not isinstance(day, date):
        return False
    return not (view.date_from and day < view.date_from) and not (view.date_to and day > view.date_to)


def _session_rows(desk: Desk) -> list[JsonRow]:
    """Return every session with the sums of its orders and its slot fee."""
    sessions, orders = live_sessions(desk), orders_of_sessions(desk)
    measures = {
        name: orders[name].sum().cast("int64") for name in ("paid", *(f"back_{n}" for n in TERMS), "commission")
    }
    sums = orders.group_by(["shop_id", "session"]).aggregate(
        **measures, left=orders.left.notnull().all().ifelse(orders.left.sum(), None).cast("int64"), n=orders.count()
    )
    rows = sessions.left_join(sums, ["shop_id", "session"]).drop("shop_id_right", "session_right")
    slots = {(whole(row["shop_id"]), str(row["session"])): whole(row["slot"]) for row in _slot_fees(desk)}
    found = asked(desk, rows, Scope(rows))
    return [{**row, "slot": slots.get((whole(row["shop_id"]), str(row["session"])), 0)} for row in found]


def _slot_fees(desk: Desk) -> list[JsonRow]:
    """Return the slot fee of each session as profit counts it: its own, or its share of an agreement's."""
    entry = desk.ledger.table("profit_entry")
    rows = entry.filter(entry.account == "slot_fee")
    is_own = rows.source_table == "live_session"
    session = is_own.ifelse(rows.source_key, rows.entry_key.split(SESSION_SLOT)[-1])
    sums = rows.mutate(session=session).group_by(["shop_id", "session"])
    found = sums.aggregate(slot=rows.outlay_minor.sum().cast("int64"))
    return asked(desk, found, Scope(rows))


def early_refund_rates(desk: Desk) -> dict[tuple[int, int], float]:
    """Return by store and term what part of paid sales had come back by then, over orders old enough to tell."""
    span = desk.span()
    if span is None:
        return {}
    orders = sold_orders(desk)
    age = ibis.literal(span.last).delta(orders.paid_date, unit="day")
    measures = {}
    for days in TERMS:
        measures[f"paid_{days}"] = orders.paid.sum(where=age >= days)
        measures[f"gone_{days}"] = orders[f"back_{days}"].sum(where=age >= days)
    rows = asked(desk, orders.group_by(ORDER[0]).aggregate(**measures), Scope(orders))
    return {
        (whole(row["shop_id"]), days): whole(row[f"gone_{days}"]) / whole(row[f"paid_{days}"])
        for row in rows
        for days in TERMS
        if whole(row[f"paid_{days}"])
    }


def _session(
    row: JsonRow, today: date, rates: Mapping[tuple[int, int], float], margins: Margins, telling: set[int]
) -> Session:
    shop_id, day = whole(row["shop_id"]), row["day"]
    assert isinstance(day, date), "a session without a day is not in view"
    declared = None if row["declared"] is None else whole(row["declared"])
    is_estimated = shop_id not in telling
    gmv = declared if is_estimated else whole(row["paid"])
    age = (today - day).days
    costs = {"slot": whole(row["slot"]), "push": whole(row["push"])}
    if is_estimated:
        net = {days: _kept_share(gmv, rates.get((shop_id, days)), age >= days) for days in TERMS}
        margin = margins.of(shop_id)
        left = None if margin is None or gmv is None else round(gmv * margin.rate)
    else:
        net = {days: whole(row["paid"]) - whole(row[f"back_{days}"]) if age >= days else None for days in TERMS}
        left = 0 if row["n"] is None else (None if row["left"] is None else whole(row["left"]))
    return Session(
        shop_id=shop_id,
        creator_id=None if row["creator_id"] is None else str(row["creator_id"]),
        creator_name=str(row["creator_name"] or row["creator_id"] or ""),
        day=day,
        viewers=None if row["viewers"] is None else whole(row["viewers"]),
        declared_minor=declared,
        gmv_minor=gmv,
        n_orders=whole(row["n"]),
        net_minor=net,
        commission_minor=whole(row["commission"]),
        slot_minor=costs["slot"],
        push_minor=costs["push"],
        samples_sent=whole(row["samples_sent"]),
        profit_minor=None if left is None else left - costs["slot"] - costs["push"],
        is_own=bool(row["is_own"]),
        is_estimated=is_estimated,
        currency=str(row["currency"]),
        batch_id=whole(row["batch_id"]),
        row_no=whole(row["row_no"]),
    )


def _kept_share(gmv: int | None, rate: float | None, has_passed: bool) -> int | None:
    if gmv is None or rate is None or not has_passed:
        return None
    return round(gmv * (1 - rate))
