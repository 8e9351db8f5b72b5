"""What a tier is worth: plainly, like for like, and against members who were alike before (X-20, M-CUST-11).

A tier is reached by spending, so its members spend more by its very rule. The plain ratio is what the trade quotes; the
matched one compares what people spent *after* a day with members of the lowest tier who had bought as often and as much
before it, and is refused where there are none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from zhanggui.act.members.rules import MemberRules
from zhanggui.act.members.standing import Members
from zhanggui.ledger.purchases import is_kept
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk

AFTER_DAYS = 90
FEWEST_MATCHED = 30
_MOST_ORDERS = 6
_BAND = 1.5
_BAND_FROM_MINOR = 10_000
_Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Matched:
    """What members of a tier spent after a day, beside members of the lowest tier who were alike before it.

    Attributes
    ----------
    day : date
        The day; what came before decides who is alike, what came in the 90 days after is compared.
    n_members, n_matched : int
        Members of the tier on that day, and those with somebody alike.
    mean_minor, alike_minor : float or None
        Mean net spending of the matched, and of those alike, weighted as the matched are; None where too few match.
    ratio, low, high : float or None
        The one over the other with its 90 % interval.
    """

    day: date
    n_members: int
    n_matched: int
    mean_minor: float | None = None
    alike_minor: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TierWorth:
    """One tier; money in minor units, a ratio over the lowest tier.

    Attributes
    ----------
    place : int
        In the rules, from the lowest; -1 for a tier that only the file knows.
    name : str
        The tier.
    n_members, n_buyers, n_active : int
        Members, those who bought in the window, those who ordered lately.
    n_orders : int
        Orders of the window.
    net_minor : int
        Net spending in the window.
    n_whole, n_whole_buyers, whole_minor : int
        The same for those who were members the whole window.
    ratio : float or None
        Spending per buyer over that of the lowest tier: the figure the trade quotes.
    like_for_like : float or None
        The same of those who were members the whole window.
    matched : Matched or None
        After a day, against members who were alike before; None where the ledger is too short for it.
    """

    place: int
    name: str
    n_members: int
    n_buyers: int
    n_active: int
    n_orders: int
    net_minor: int
    n_whole: int
    n_whole_buyers: int
    whole_minor: int
    ratio: float | None
    like_for_like: float | None
    matched: Matched | None

    @property
    def per_buyer_minor(self) -> float | None:
        """Net spending per member who bought."""
        return self.net_minor / self.n_buyers if self.n_buyers else None


def worth_of_tiers(desk: Desk, members: Members, rules: MemberRules) -> tuple[TierWorth, ...]:
    """Return what every tier is worth, the lowest first; tiers that only the file knows come last."""
    rows = members.rows
    active_from = members.as_of - timedelta(days=rules.active_days - 1)
    bought = rows.orders > 0
    whole = rows.joined_date.isnull() | (rows.joined_date <= members.since)
    asked = rows.group_by("tier").aggregate(
        n_members=rows.count(),
        n_buyers=bought.sum(),
        n_active=(rows.last_paid >= active_from).sum(),
        n_orders=rows.orders.sum(),
        net=rows.spent_minor.sum(),
        n_whole=whole.sum(),
        n_whole_buyers=(whole & bought).sum(),
        whole=rows.spent_minor.sum(where=whole),
    )
    found = {row["tier"]: row for row in desk.ledger.query(asked).to_pylist()}
    names = [tier.name for tier in rules.tiers]
    base = found.get(names[0])
    others = sorted(set(found) - set(names))
    return tuple(
        _worth(desk, members, place if place < len(names) else -1, name, found.get(name), base, rules)
        for place, name in enumerate([*names, *others])
    )


def _worth(
    desk: Desk, members: Members, place: int, name: str, row: dict[str, object] | None, base: dict[str, object] | None,
    rules: MemberRules,
) -> TierWorth:  # fmt: skip
    def number(of: dict[str, object] | None, key: str) -> int:
        return int(str((of or {}).get(key) or 0))

    def ratio(money: str, people: str) -> float | None:
        over = number(base, people) * number(row, people)
        usual = number(base, money) / number(base, people) if over else 0
        return number(row, money) / number(row, people) / usual if usual > 0 else None

    is_base = place == 0
    return TierWorth(
        place=place,
        name=name,
        n_members=number(row, "n_members"),
        n_buyers=number(row, "n_buyers"),
        n_active=number(row, "n_active"),
        n_orders=number(row, "n_orders"),
        net_minor=number(row, "net"),
        n_whole=number(row, "n_whole"),
        n_whole_buyers=number(row, "n_whole_buyers"),
        whole_minor=number(row, "whole"),
        ratio=None if is_base else ratio("net", "n_buyers"),
        like_for_like=None if is_base else ratio("whole", "n_whole_buyers"),
        matched=None if is_base else matched(desk, members, name, rules),
    )


def matched(desk: Desk, members: Members, name: str, rules: MemberRules) -> Matched | None:
    """Compare a tier with members of the lowest one who were alike on a day 90 days back, by what came after.

    Alike are those with as many orders (six or more are one) and net spending within the same factor of 1.5, both in
    the window before the day. None where the ledger does not hold that window.
    """
    day = members.as_of - timedelta(days=AFTER_DAYS)
    first = day - timedelta(days=rules.window_days - 1)
    if members.history_from is None or members.history_from > first:
        return None
    rows = _before_and_after(desk, members, day, first, rules)
    rows = rows.filter(rows.was.isin([name, rules.tiers[0].name]))
    rows = rows.mutate(
        n=ibis.least(rows.n_before, ibis.literal(_MOST_ORDERS)),
        band=((ibis.greatest(rows.before_minor, 0) / _BAND_FROM_MINOR + 1).ln() / math.log(_BAND))
        .floor()
        .cast("int64"),
        is_of=rows.was == name,
    )
    cells = rows.group_by(["n", "band", "is_of"]).aggregate(
        people=rows.count(), mean=rows.after_minor.mean(), var=rows.after_minor.var(how="sample")
    )
    return _compared(day, desk.ledger.query(cells).to_pylist())


def _before_and_after(desk: Desk, members: Members, day: date, first: date, rules: MemberRules) -> ir.Table:
    """Return members of a day with their tier then, what they bought before it, and what they spent after."""
    orders = desk.ledger.table("order_header")
    orders = orders.filter(
        orders.is_paid, orders.order_kind == "ordinary", orders.paid_date.between(first, members.as_of)
    )
    orders = by_person(desk, orders.filter(orders.buyer_key.notnull(), is_kept(orders)))
    net = orders.paid_minor - orders.refunded_minor
    is_before = orders.paid_date <= day
    bought = orders.group_by(["shop_id", "buyer_key"]).aggregate(
        n_before=is_before.sum(), before_minor=net.sum(where=is_before), after_minor=net.sum(where=~is_before)
    )
    moves = desk.ledger.table("tier_move")
    was_moved = moves.moved_date <= day
    tiers = moves.group_by(["shop_id", "member_key"]).aggregate(
        after_move=moves.tier_after.argmax(moves.moved_at, where=was_moved),
        before_move=moves.tier_before.argmin(moves.moved_at, where=~was_moved),
    )
    rows = members.rows.filter(members.rows.joined_date.isnull() | (members.rows.joined_date <= day))
    rows = rows.left_join(tiers, ["shop_id", "member_key"]).drop("shop_id_right", "member_key_right")
    rows = rows.left_join(bought, ["shop_id", "buyer_key"]).drop("shop_id_right", "buyer_key_right")
    return rows.select(
        was=ibis.coalesce(rows.after_move, rows.before_move, rows.tier, rules.tiers[0].name),
        n_before=ibis.coalesce(rows.n_before, 0),
        before_minor=ibis.coalesce(rows.before_minor, 0),
        after_minor=ibis.coalesce(rows.after_minor, 0),
    )


def _compared(day: date, cells: list[dict[str, Any]]) -> Matched:
    """Weigh the cells as the tier's members fall into them; a cell without both kinds matches nobody."""
    of = {(cell["n"], cell["band"]): cell for cell in cells if cell["is_of"]}
    alike = {(cell["n"], cell["band"]): cell for cell in cells if not cell["is_of"]}
    n_members = sum(cell["people"] for cell in of.values())
    both = [key for key in of if key in alike]
    n_matched = sum(of[key]["people"] for key in both)
    if n_matched < FEWEST_MATCHED:
        return Matched(day, n_members, n_matched)
    share = {key: of[key]["people"] / n_matched for key in both}
    mean = sum(share[key] * of[key]["mean"] for key in both)
    usual = sum(share[key] * alike[key]["mean"] for key in both)
    if usual <= 0 or mean <= 0:
        return Matched(day, n_members, n_matched, mean, usual)
    spread = [
        sum(share[key] ** 2 * (side[key]["var"] or 0.0) / side[key]["people"] for key in both) for side in (of, alike)
    ]
    # The logarithm of a ratio of means, by the delta method.
    error = _Z_90 * math.sqrt(spread[0] / mean**2 + spread[1] / usual**2)
    ratio = mean / usual
    return Matched(day, n_members, n_matched, mean, usual, ratio, ratio * math.exp(-error), ratio * math.exp(error))
