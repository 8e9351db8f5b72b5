"""Creators: their sessions and other orders, what they cost and what was left (达人合作台账)."""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.live_orders import TERMS, sold_orders
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, whole
from zhanggui.understand.finance.sessions import Session, sessions_of
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View


@dataclass(slots=True)
class Creator:
    """One creator in one store, amounts in minor units; sessions, other orders of theirs, and what they cost.

    Attributes
    ----------
    ripe_minor, net_minor : dict of int to int
        Sales whose term has passed, and what was left of them after refunds by then.
    profit_minor : int or None
        None where the cost of any of their goods is unknown.
    """

    shop_id: int
    name: str
    currency: str
    n_sessions: int = 0
    declared_minor: int = 0
    gmv_minor: int = 0
    ripe_minor: dict[int, int] = field(default_factory=lambda: dict.fromkeys(TERMS, 0))
    net_minor: dict[int, int] = field(default_factory=lambda: dict.fromkeys(TERMS, 0))
    commission_minor: int = 0
    slot_minor: int = 0
    push_minor: int = 0
    samples_sent: int = 0
    samples_back: int = 0
    sample_minor: int = 0
    profit_minor: int | None = 0
    is_estimated: bool = False

    @property
    def return_rate(self) -> float | None:
        """Share of sales that had come back, of those whose longest term has passed."""
        days = next((days for days in reversed(TERMS) if self.ripe_minor[days]), None)
        return None if days is None else 1 - self.net_minor[days] / self.ripe_minor[days]

    def add(self, session: Session) -> None:
        """Count a session: its costs, and its sales where no order tells them."""
        self.n_sessions += 1
        self.declared_minor += session.declared_minor or 0
        self.slot_minor += session.slot_minor
        self.push_minor += session.push_minor
        self.samples_sent += session.samples_sent
        self._earn(-session.slot_minor - session.push_minor)
        # Orders that name a creator are counted by themselves, within sessions and without.
        if not (session.is_estimated or session.is_own):
            return
        self.is_estimated = self.is_estimated or session.is_estimated
        self.gmv_minor += session.gmv_minor or 0
        for days in TERMS:
            net = session.net_minor[days]
            if net is not None:
                self.ripe_minor[days] += session.gmv_minor or 0
                self.net_minor[days] += net
        costs = session.slot_minor + session.push_minor
        self._earn(None if session.profit_minor is None else session.profit_minor + costs)

    def add_orders(self, row: JsonRow) -> None:
        """Count the orders that name them, of sessions or not."""
        self.gmv_minor += whole(row["paid"])
        self.commission_minor += whole(row["commission"])
        for days in TERMS:
            self.ripe_minor[days] += whole(row[f"ripe_{days}"])
            self.net_minor[days] += whole(row[f"ripe_{days}"]) - whole(row[f"gone_{days}"])
        self._earn(None if row["left"] is None else whole(row["left"]))

    def add_samples(self, row: JsonRow) -> None:
        """Count what an agreement sent."""
        self.samples_sent += whole(row["sent"])
        self.samples_back += whole(row["back"])
        self.sample_minor += whole(row["cost"])
        self._earn(-whole(row["cost"]))

    def _earn(self, minor: int | None) -> None:
        self.profit_minor = None if minor is None or self.profit_minor is None else self.profit_minor + minor


def creators_of(desk: Desk, view: View) -> tuple[Creator, ...]:
    """Return the creators in view, largest sales first."""

    def found() -> tuple[Creator, ...]:
        names = desk.kept("creator_names", lambda: _names(desk))
        held: dict[tuple[int, str], Creator] = {}

        def creator(shop_id: int, key: object, name: object, currency: object) -> Creator:
            shown = str(name or names.get(str(key)) or key or "")
            return held.setdefault((shop_id, shown), Creator(shop_id, shown, str(currency)))

        for session in sessions_of(desk, view):
            creator(session.shop_id, session.creator_id, session.creator_name, session.currency).add(session)
        for row in _orders_of_creators(desk, view):
            creator(whole(row["shop_id"]), row["creator_id"], None, row["currency"]).add_orders(row)
        for row in _samples(desk, view):
            creator(whole(row["shop_id"]), row["creator_id"], row["creator_name"], row["currency"]).add_samples(row)
        kept = [each for each in held.values() if each.gmv_minor or each.slot_minor or each.sample_minor]
        return tuple(sorted(kept, key=lambda each: (-each.gmv_minor, each.name, each.shop_id)))

    return desk.kept(("creators", view.date_from, view.date_to, view.where), found)


def _names(desk: Desk) -> dict[str, str]:
    """Return what creators are called, by their number."""
    found: dict[str, str] = {}
    for table in ("settlement_entry", "creator_contract", "live_session"):
        rows = desk.ledger.table(table)
        named = rows.filter(rows.creator_id.notnull() & rows.creator_name.notnull())
        pairs = named.group_by("creator_id").aggregate(name=named.creator_name.max())
        found |= {str(row["creator_id"]): str(row["name"]) for row in desk.ledger.query(pairs).to_pylist()}
    return found


def _orders_of_creators(desk: Desk, view: View) -> list[JsonRow]:
    span = desk.span()
    if span is None:
        return []
    orders = sold_orders(desk)
    orders = orders.filter(orders.creator_id.notnull() & orders.shop_id.isin(stores_in_view(desk, view)))
    orders = within(orders, "paid_date", view)
    age = ibis.literal(span.last).delta(orders.paid_date, unit="day")
    measures = {name: orders[name].sum().cast("int64") for name in ("paid", "commission")}
    for days in TERMS:
        measures[f"ripe_{days}"] = orders.paid.sum(where=age >= days).cast("int64")
        measures[f"gone_{days}"] = orders[f"back_{days}"].sum(where=age >= days).cast("int64")
    measures["left"] = orders.left.notnull().all().ifelse(orders.left.sum(), None).cast("int64")
    sums = orders.group_by(["shop_id", "creator_id", "currency"]).aggregate(**measures)
    return asked(desk, sums, Scope(orders))


def _samples(desk: Desk, view: View) -> list[JsonRow]:
    rows = desk.ledger.table("creator_contract")
    rows = within(rows.filter(rows.shop_id.isin(stores_in_view(desk, view))), "valid_from", view)
    sums = rows.group_by(["shop_id", "creator_id", "creator_name", "currency"]).aggregate(
        sent=rows.samples_sent.sum(), back=rows.samples_returned.sum(), cost=rows.sample_cost_minor.sum().cast("int64")
    )
    return asked(desk, sums, Scope(rows))


def stores_in_view(desk: Desk, view: View) -> list[int]:
    """Return the numbers of the stores that the view is about."""
    return store_ids(desk, [each for each in view.where if each.dim in {"platform", "shop"}])


def within(rows: ir.Table, day: str, view: View) -> ir.Table:
    """Return the rows whose day lies in the period of the view."""
    if view.date_from:
        rows = rows.filter(rows[day] >= ibis.literal(view.date_from))
    if view.date_to:
        rows = rows.filter(rows[day] <= ibis.literal(view.date_to))
    return rows
