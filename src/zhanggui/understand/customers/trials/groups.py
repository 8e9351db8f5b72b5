"""实验分组 The trials that files tell of, and what the people of each group bought while they were watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from zhanggui.methods.trials import Group
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.understand.customers.people import known_until, paid_orders
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

_WEEK = 7
_KEYS = ("subject_token", "buyer_key", "phone_token")
"""What an entry may name a person by, the surest first."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as its entries tell of it.

    Attributes
    ----------
    id, name : str
        What the files call it.
    arms : tuple of str
        Its groups.
    n_people, n_visitors : int
        People who entered, and entries that name a visitor of the site and no person.
    first, last : date
        Days of the first and the last entry.
    has_orders : bool
        Whether a list of the orders of its people was loaded, so that all of them can be followed.
    """

    id: str
    name: str
    arms: tuple[str, ...]
    n_people: int
    n_visitors: int
    first: date
    last: date
    has_orders: bool


@dataclass(frozen=True, slots=True)
class Bought:
    """What a group bought while it was watched; amounts in minor units.

    Attributes
    ----------
    n_assigned, n_followed : int
        People of the group, and those whose orders are seen.
    n_buyers, n_orders : int
        Of the followed whose time is over, those who paid, and how many orders.
    net, profit : Group
        Net revenue and contribution of all of these people, zeros among them.
    n_delivered, n_complaints : int
        Messages of the trial that reached the group, and those that were complained about.
    """

    n_assigned: int
    n_followed: int
    n_buyers: int
    n_orders: int
    net: Group
    profit: Group
    n_delivered: int
    n_complaints: int

    @property
    def n(self) -> int:
        """People who are followed and whose time is over."""
        return self.net.n


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial.

    Attributes
    ----------
    until : date or None
        Last day whose orders are known; None where no order is seen.
    groups : dict of str to Bought
        By name.
    n_in_several : int
        People who entered more than one group; they are in none of `groups`.
    weeks : tuple of tuple of int
        Entries by week, in the order of `groups`.
    currency : str
        Of the amounts.
    n_currencies : int
        How many currencies the orders have.
    known_share : float or None
        Share of what is due whose costs are known.
    listed_days : int or None
        How long after an entry the last order of the trial's own list was paid, in days with that of the entry; None
        without a list.
    """

    until: date | None
    groups: dict[str, Bought]
    n_in_several: int
    weeks: tuple[tuple[int, ...], ...]
    currency: str
    n_currencies: int
    known_share: float | None
    listed_days: int | None


def trials(desk: Desk) -> tuple[Trial, ...]:
    """Return every trial that files tell of, in the order of their names."""
    return desk.kept("trials", lambda: _trials(desk))


def _trials(desk: Desk) -> tuple[Trial, ...]:
    rows = _entries(desk)
    asked = rows.group_by("trial_id").aggregate(
        name=rows.trial_name.max(),
        arms=rows.arm.collect(distinct=True),
        n_people=rows.who.nunique(),
        n_visitors=rows.visitor_key.nunique(where=rows.who.isnull()),
        first=rows.entered_date.min(),
        last=rows.entered_date.max(),
    )
    orders = desk.ledger.table("trial_order").select("trial_id").distinct()
    with_orders = {row["trial_id"] for row in desk.ledger.query(orders).to_pylist()}
    return tuple(
        Trial(
            id=row["trial_id"],
            name=row["name"] or row["trial_id"],
            arms=tuple(sorted(row["arms"])),
            n_people=row["n_people"],
            n_visitors=row["n_visitors"],
            first=row["first"],
            last=row["last"],
            has_orders=row["trial_id"] in with_orders,
        )
        for row in desk.ledger.query(asked.order_by("trial_id")).to_pylist()
    )


def trial_named(desk: Desk, name: str) -> Trial:
    """Return a trial by its id or its name.

    Raises
    ------
    BadChoiceError
        There is none, or several have the name.
    """
    every = trials(desk)
    found = [each for each in every if name == each.id] or [each for each in every if name == each.name]
    if len(found) != 1:
        raise BadChoiceError(name, where="trial", allowed=[each.id for each in every])
    return found[0]


def outcome(desk: Desk, view: View, trial: Trial, days: int) -> Outcome:
    """Return what the groups of a trial bought, each person from the day of entry on, for so many days with it.

    Notes
    -----
    Everybody counts in the group that was drawn for him, whether or not anything reached him. Whom files follow is
    told by the entry alone, never by what was bought later: else the groups would no longer be those of the lot.
    """
    return desk.kept(("trial", trial.id, days, view.where, view.date_to), lambda: _outcome(desk, view, trial, days))


def _entries(desk: Desk) -> ir.Table:
    """Return the entries with the person as ``who``; null where a visitor of the site entered."""
    rows = by_person(desk, desk.ledger.table("trial_entry"))
    return rows.mutate(who=ibis.coalesce(*(rows[key] for key in _KEYS)))


def _outcome(desk: Desk, view: View, trial: Trial, days: int) -> Outcome:
    orders = by_person(desk, paid_orders(desk, view))
    until = _seen_until(desk, view, trial, orders)
    entries = _entries(desk)
    entries = entries.filter(entries.trial_id == trial.id, entries.who.notnull())
    is_named = entries.buyer_key.notnull() & entries.shop_id.isin(_stores_that_name(desk, orders))
    people = entries.group_by("who").aggregate(
        arm=entries.arm.min(),
        n_arms=entries.arm.nunique(),
        entered=entries.entered_date.min(),
        is_followed=ibis.literal(True) if trial.has_orders else is_named.any(),
    )
    last_entry = (until or date.min + timedelta(days=days)) - timedelta(days=days - 1)
    alone = people.filter(people.n_arms == 1)
    is_over = alone.is_followed & (alone.entered <= last_entry)
    sizes = alone.group_by("arm").aggregate(n=alone.count(), n_followed=alone.is_followed.sum()).order_by("arm")
    listed = by_person(desk, desk.ledger.table("trial_order"))
    listed = _owned(entries, listed.filter(listed.trial_id == trial.id), _KEYS)
    # Beside the list, which may be one store's, orders that name their buyer themselves.
    mine = _owned(entries, orders, ("buyer_key",))
    mine = ibis.union(*(rows.select("who", "shop_id", "order_id") for rows in (mine, listed)), distinct=True)
    bought = _bought(desk, orders, mine.inner_join(alone, "who"), alone.filter(is_over), days)
    sums = {row["arm"]: row for row in desk.ledger.query(bought).to_pylist()}
    told = _messages(desk, trial)
    groups = {
        row["arm"]: _group(row, {**sums.get(row["arm"], {}), **told.get(row["arm"], {})})
        for row in desk.ledger.query(sizes).to_pylist()
    }
    due = sum(float(row["due"] or 0) for row in sums.values())
    several = people.aggregate(n=(people.n_arms > 1).sum())
    currencies = {code for row in sums.values() for code in (row["least_currency"], row["currency"]) if code}
    return Outcome(
        until=until,
        groups=groups,
        n_in_several=int(desk.ledger.query(several).column(0)[0].as_py() or 0),
        weeks=_weeks(desk, alone, trial, tuple(groups)),
        currency=max(currencies, default="CNY"),
        n_currencies=len(currencies),
        known_share=sum(float(row["known"] or 0) for row in sums.values()) / due if due > 0 else None,
        listed_days=_reach(desk, listed.inner_join(alone, "who")),
    )


def _reach(desk: Desk, listed: ir.Table) -> int | None:
    """Return how many days after an entry, with its own, the last listed order was paid."""
    asked = listed.aggregate(last=listed.paid_date.delta(listed.entered, unit="day").max())
    last: int | None = desk.ledger.query(asked).column(0)[0].as_py()
    return None if last is None else last + 1


def _messages(desk: Desk, trial: Trial) -> dict[str, dict[str, int]]:
    """Return by group how many messages of a trial were delivered, and complained about."""
    sent = desk.ledger.table("message_send")
    sent = sent.filter(sent.trial_id == trial.id, sent.delivered_at.notnull())
    asked = sent.group_by("arm").aggregate(n_delivered=sent.count(), n_complaints=(sent.is_complaint == 1).sum())
    return {row.pop("arm"): row for row in desk.ledger.query(asked).to_pylist()}


def _stores_that_name(desk: Desk, orders: ir.Table) -> list[int]:
    """Return the stores whose orders name buyers."""
    asked = orders.filter(orders.buyer_key.notnull()).select("shop_id").distinct()
    found: list[int] = desk.ledger.query(asked).column(0).to_pylist()
    return found


def _seen_until(desk: Desk, view: View, trial: Trial, orders: ir.Table) -> date | None:
    """Return the last day whose orders are known: where a list of the trial's is older than the orders, its day."""
    orders = orders.filter(orders.paid_date <= (known_until(desk) or date.max))
    last: date | None = desk.ledger.query(orders.aggregate(last=orders.paid_date.max())).column(0)[0].as_py()
    listed = known_until(desk, "trial_orders") if trial.has_orders else None
    return None if last is None else min(last, listed or date.max, view.date_to or date.max)


def _bought(desk: Desk, orders: ir.Table, mine: ir.Table, people: ir.Table, days: int) -> ir.Table:
    """Return the sums of each group over its people; who bought nothing counts with zeros."""
    orders = orders.mutate(net=orders.paid_minor - orders.refunded_minor)
    orders = orders.select("shop_id", "order_id", "paid_date", "net", "currency")
    kept = mine.semi_join(people, "who").inner_join(orders, ["shop_id", "order_id"])
    kept = kept.filter(kept.paid_date.delta(kept.entered, unit="day").between(0, days - 1))
    lines = desk.ledger.table("line_profit").semi_join(kept, ["shop_id", "order_id"])
    worth = lines.group_by(["shop_id", "order_id"]).aggregate(
        profit=lines.contribution_minor.sum(),
        due=lines.receivable_minor.sum(),
        known=lines.receivable_minor.sum(where=lines.cost_known),
    )
    kept = kept.left_join(worth, ["shop_id", "order_id"])
    each = kept.group_by("who").aggregate(
        n_orders=kept.count(), net=kept.net.sum(), profit=kept.profit.sum(), due=kept.due.sum(),
        known=kept.known.sum(), currency=kept.currency.max(), least_currency=kept.currency.min(),
    )  # fmt: skip
    rows = people.select("who", "arm").left_join(each, "who")
    net, profit = (ibis.coalesce(rows[name], 0).cast("float64") for name in ("net", "profit"))
    return rows.group_by("arm").aggregate(
        n=rows.arm.count(), n_buyers=rows.n_orders.count(), n_orders=rows.n_orders.sum(),
        net=net.sum(), net_squares=(net * net).sum(), profit=profit.sum(), profit_squares=(profit * profit).sum(),
        due=rows.due.sum(), known=rows.known.sum(), currency=rows.currency.max(),
        least_currency=rows.least_currency.min(),
    )  # fmt: skip


def _owned(entries: ir.Table, rows: ir.Table, names: tuple[str, ...]) -> ir.Table:
    """Return the rows that name one of the trial's people by one of these columns, with the person as ``who``."""
    keys = ibis.union(*(entries.select("who", key=entries[name]) for name in _KEYS), distinct=True)
    by_key = [rows.select("shop_id", "order_id", "paid_date", key=rows[name]) for name in names]
    every = ibis.union(*by_key) if len(by_key) > 1 else by_key[0]
    found = every.filter(every.key.notnull()).inner_join(keys.filter(keys.key.notnull()), "key")
    return found.select("who", "shop_id", "order_id", "paid_date").distinct()


def _weeks(desk: Desk, people: ir.Table, trial: Trial, arms: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Return how many entered each group in each week since the first entry."""
    week = people.entered.delta(ibis.literal(trial.first), unit="day") // _WEEK
    asked = people.mutate(week=week).group_by(["week", "arm"]).aggregate(n=ibis._.count())
    counts = {(row["week"], row["arm"]): row["n"] for row in desk.ledger.query(asked).to_pylist()}
    return tuple(tuple(counts.get((week, arm), 0) for arm in arms) for week in sorted({week for week, _ in counts}))


def _group(size: dict[str, int], sums: dict[str, float]) -> Bought:
    n = int(sums.get("n") or 0)
    net, profit = (
        Group(n, float(sums.get(name) or 0), float(sums.get(f"{name}_squares") or 0)) for name in ("net", "profit")
    )
    return Bought(
        n_assigned=size["n"],
        n_followed=int(size["n_followed"] or 0),
        n_buyers=int(sums.get("n_buyers") or 0),
        n_orders=int(sums.get("n_orders") or 0),
        net=net,
        profit=profit,
        n_delivered=int(sums.get("n_delivered") or 0),
        n_complaints=int(sums.get("n_complaints") or 0),
    )
