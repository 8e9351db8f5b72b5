"""What orders and refunds of members come to in points, and whether a shop's own points ledger balances (C-LIFE-02)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import ibis

from zhanggui.act.members.account import Event
from zhanggui.act.members.points import PointsBook, Posted
from zhanggui.act.members.problems import KeptElsewhereError
from zhanggui.act.members.rules import MemberRules
from zhanggui.act.members.standing import Members
from zhanggui.understand.customers.people import in_stores
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

_MINOR_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class PointsAudit:
    """Whether the points that a shop's own system exports balance.

    Attributes
    ----------
    by_reason : tuple of (reason, entries, points)
        Entries of the points ledger.
    n_members : int
        Members with an entry or a balance.
    n_differ : int
        Members whose stated balance is not the sum of their entries.
    n_below : int
        Members whose entries fall below nothing at some moment.
    stated, summed : int
        Points of all members: as the member list states them, as the entries add up.
    """

    by_reason: tuple[tuple[str, int, int], ...]
    n_members: int
    n_differ: int
    n_below: int
    stated: int
    summed: int


def audit(desk: Desk, view: View) -> PointsAudit | None:
    """Hold the exported points ledger against the exported balances; None where no points file was loaded."""
    return desk.kept(("points audit", view.where), lambda: _audit(desk, view))


def _audit(desk: Desk, view: View) -> PointsAudit | None:
    stores = [each for each in view.where if each.dim in ("platform", "shop")]
    entries = in_stores(desk, desk.ledger.table("points_entry"), stores)
    asked = entries.group_by("reason").aggregate(n=entries.count(), points=entries.points.sum()).order_by("reason")
    by_reason = tuple(
        (row["reason"] or "?", row["n"], int(row["points"])) for row in desk.ledger.query(asked).to_pylist()
    )
    if not by_reason:
        return None
    # Of one moment, what was earned counts before what was taken.
    running = entries.points.sum().over(
        group_by=[entries.shop_id, entries.member_key],
        order_by=[entries.occurred_at, ibis.desc(entries.points), entries.points_entry_id],
        rows=(None, 0),
    )
    of_entries = entries.mutate(running=running).group_by(["shop_id", "member_key"])
    summed = of_entries.aggregate(summed=ibis._.points.sum(), lowest=ibis._.running.min())
    members = in_stores(desk, desk.ledger.table("member"), stores).select("shop_id", "member_key", "points_balance")
    both = members.outer_join(summed, ["shop_id", "member_key"])
    stated, added = ibis.coalesce(both.points_balance, 0), ibis.coalesce(both.summed, 0)
    found = both.aggregate(
        n_members=(both.points_balance.notnull() | both.summed.notnull()).sum(),
        n_differ=(both.points_balance.notnull() & (stated != added)).sum(),
        n_below=(both.lowest < 0).sum(),
        stated=stated.sum(),
        summed=added.sum(),
    )
    [row] = desk.ledger.query(found).to_pylist()
    return PointsAudit(
        by_reason, *(int(row[key] or 0) for key in ("n_members", "n_differ", "n_below", "stated", "summed"))
    )


def post(desk: Desk, members: Members, rules: MemberRules) -> Posted:
    """Book the points of completed orders and of refunds on them; doing it again adds only what is new.

    Raises
    ------
    KeptElsewhereError
        A store's own system keeps points already: two books would say two things.
    """
    entries = desk.ledger.table("points_entry")
    if desk.ledger.query(entries.count()).column(0)[0].as_py():
        raise KeptElsewhereError
    tied = members.rows.filter(members.rows.buyer_key.notnull()).select("shop_id", "buyer_key", "member_key")
    orders = desk.ledger.table("order_header")
    done = orders.filter(orders.is_paid, orders.order_kind == "ordinary", orders.completed_at.notnull())
    done = by_person(desk, done).inner_join(tied, ["shop_id", "buyer_key"]).filter(ibis._.paid_minor >= _MINOR_PER_YUAN)
    earned = done.select("shop_id", "order_id", "member_key", at="completed_at", minor="paid_minor")
    refunds = desk.ledger.table("refund")
    back = refunds.filter(refunds.refunded_at.notnull(), refunds.refunded_minor >= _MINOR_PER_YUAN)
    back = back.inner_join(earned.drop("at", "minor"), ["shop_id", "order_id"])
    back = back.select("shop_id", "order_id", "member_key", "refund_id", at="refunded_at", minor="refunded_minor")
    events: dict[str, list[Event]] = defaultdict(list)
    for row in desk.ledger.query(earned).to_pylist():
        order = f"{row['shop_id']}:{row['order_id']}"
        points = row["minor"] // _MINOR_PER_YUAN * rules.points.per_yuan
        events[row["member_key"]].append(Event(f"earn:{order}", row["at"], "earn", points, order))
    for row in desk.ledger.query(back).to_pylist():
        order = f"{row['shop_id']}:{row['order_id']}"
        points = row["minor"] // _MINOR_PER_YUAN * rules.points.per_yuan
        name = f"reverse:{row['shop_id']}:{row['refund_id']}"
        events[row["member_key"]].append(Event(name, row["at"], "reverse", points, order))
    # A refund while an order was still under way comes to count when the order's points do.
    when = {event.about: event.at for of_member in events.values() for event in of_member if event.reason == "earn"}
    in_order = {
        member: sorted(of_member, key=lambda event: (max(event.at, when[event.about]), event.reason != "earn"))
        for member, of_member in events.items()
    }
    return PointsBook(desk.shop.state).post(in_order, rules.points.life_days)
