"""Membership as a plain answer, for the terminal, for programs and for the page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import ibis
from pydantic import BaseModel

from zhanggui.act.members.accrual import PointsAudit, audit
from zhanggui.act.members.economics import Matched, TierWorth, worth_of_tiers
from zhanggui.act.members.points import PointsBook
from zhanggui.act.members.rules import MemberRules, kept_rules
from zhanggui.act.members.standing import Members, members_of
from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.customers.people import customer_name
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, View, view_from_pairs

MOST_MOVES = 200


class MatchedRow(BaseModel):
    """What a tier spent after a day beside ordinary members alike before it; `ratio` is None where too few match."""

    day: date
    members: int
    matched: int
    spent: float | None
    alike_spent: float | None
    ratio: float | None
    low: float | None
    high: float | None


class TierRow(BaseModel):
    """One tier: who is in it, what they spend, and how that compares with the lowest tier."""

    name: str
    rule: Text
    group: str
    members: int
    buyers: int
    active_members: int
    active_rate: float | None
    orders: int
    net_revenue: float
    spending_per_buyer: float | None
    spending_per_member: float | None
    ratio: float | None
    like_for_like: float | None
    matched: MatchedRow | None
    benefits: tuple[str, ...]


class Move(BaseModel):
    """A member whom the rules put into another tier, and the day on which that is due."""

    member: str
    tier: str
    to: str
    way: Literal["up", "down"]
    orders: int
    spent: float
    due: date


class BenefitRow(BaseModel):
    """A benefit of a tier: whom it is due to this month or since they reached the tier, and what that costs."""

    tier: str
    benefit: str
    when: Text
    members: int
    cost: float
    note: Text | None


class PointsAnswer(BaseModel):
    """Points: what the shop's own ledger says and whether it balances, and what Zhanggui itself has booked."""

    by_reason: dict[str, int]
    members: int
    stated: int
    summed: int
    members_off: int
    members_below_zero: int
    booked: dict[str, int]


class MembersAnswer(BaseModel):
    """Membership of a day."""

    as_of: date
    since: date
    window_days: int
    currency: str
    members: int
    tied: int
    active_rate: float | None
    tiers: tuple[TierRow, ...]
    n_up: int
    n_down: int
    moves: tuple[Move, ...]
    benefits: tuple[BenefitRow, ...]
    points: PointsAnswer
    warnings: tuple[Text, ...]


def members_of_pairs(desk: Desk, pairs: Pairs) -> MembersAnswer:
    """Return membership as ``zhanggui customers members --json`` prints it."""
    return members_answer(desk, view_from_pairs(pairs))


def members_answer(desk: Desk, view: View) -> MembersAnswer:
    """Return membership; made once until the ledger or the rules change.

    Raises
    ------
    ThinDataError
        No member is known.
    """
    rules = kept_rules(desk.shop.state)
    return desk.kept(("membership", view.where, view.date_to, rules), lambda: _answer(desk, view, rules))


def _answer(desk: Desk, view: View, rules: MemberRules) -> MembersAnswer:
    members = members_of(desk, view, rules)
    tiers = worth_of_tiers(desk, members, rules)
    n_active = sum(tier.n_active for tier in tiers)
    n_up, n_down, moves = _moves(desk, members, rules)
    return MembersAnswer(
        as_of=members.as_of,
        since=members.since,
        window_days=rules.window_days,
        currency=members.currency,
        members=members.n_members,
        tied=members.n_tied,
        active_rate=n_active / members.n_members,
        tiers=tuple(_tier_row(tier, rules, members.currency) for tier in tiers),
        n_up=n_up,
        n_down=n_down,
        moves=moves,
        benefits=_benefits(desk, members, rules),
        points=_points(desk, view),
        warnings=(*members.warnings, *_unknown_tiers(tiers)),
    )


def rule_said(rules: MemberRules, place: int, currency: str) -> Text:
    """Return what a tier asks, as a sentence; that of a tier which only the file knows says so."""
    if place < 0:
        return Text("规则里没有这个等级", "not in the rules")
    tier = rules.tiers[place]
    zh, en = [], []
    if tier.least_orders:
        zh.append(f"有效订单 ≥ {tier.least_orders}")
        en.append(f"at least {tier.least_orders} orders kept")
    if tier.least_spent:
        zh.append(f"净消费 ≥ {tier.least_spent:,} {currency}")
        en.append(f"{tier.least_spent:,} {currency} spent, net")
    if not zh:
        return Text("入会即是", "by joining")
    days = rules.window_days
    return Text(f"{days} 天内{'且'.join(zh)}", f"in {days} days {' and '.join(en)}")


def _tier_row(tier: TierWorth, rules: MemberRules, code: str) -> TierRow:
    entered = rules.tiers[tier.place] if tier.place >= 0 else None
    return TierRow(
        name=tier.name,
        rule=rule_said(rules, tier.place, code),
        group=entered.group if entered else "",
        members=tier.n_members,
        buyers=tier.n_buyers,
        active_members=tier.n_active,
        active_rate=tier.n_active / tier.n_members if tier.n_members else None,
        orders=tier.n_orders,
        net_revenue=major(tier.net_minor, code) or 0.0,
        spending_per_buyer=_mean(tier.net_minor, tier.n_buyers, code),
        spending_per_member=_mean(tier.net_minor, tier.n_members, code),
        ratio=tier.ratio,
        like_for_like=tier.like_for_like,
        matched=None if tier.matched is None else _matched_row(tier.matched, code),
        benefits=tuple(benefit.name for benefit in entered.benefits) if entered else (),
    )


def _mean(minor: int, people: int, code: str) -> float | None:
    return major(round(minor / people), code) if people else None


def _matched_row(found: Matched, code: str) -> MatchedRow:
    def mean(minor: float | None) -> float | None:
        return None if minor is None else major(round(minor), code)

    return MatchedRow(
        day=found.day,
        members=found.n_members,
        matched=found.n_matched,
        spent=mean(found.mean_minor),
        alike_spent=mean(found.alike_minor),
        ratio=found.ratio,
        low=found.low,
        high=found.high,
    )


def _moves(desk: Desk, members: Members, rules: MemberRules) -> tuple[int, int, tuple[Move, ...]]:
    """Return whom the rules put elsewhere: up at once, down when the tier was kept for the window."""
    rows = members.rows
    place = ibis.cases(*((rows.tier == tier.name, nth) for nth, tier in enumerate(rules.tiers)), else_=-1)
    rows = rows.mutate(place=place).filter(ibis._.place >= 0, ibis._.place != ibis._.earned)
    way = rows.earned > rows.place
    if not members.is_full:
        # Who bought before the ledger begins would seem to have bought nothing.
        rows = rows.filter(way)
    [counted] = desk.ledger.query(rows.aggregate(up=way.sum(), down=(~way).sum())).to_pylist()
    listed = rows.mutate(is_up=way).order_by([ibis.desc("is_up"), ibis.desc("spent_minor"), "member_key"])
    found = desk.ledger.query(listed.limit(MOST_MOVES)).to_pylist()
    return int(counted["up"] or 0), int(counted["down"] or 0), tuple(_move(row, members, rules) for row in found)


def _move(row: dict[str, object], members: Members, rules: MemberRules) -> Move:
    is_up, reached = bool(row["is_up"]), row["reached_date"]
    due = members.as_of
    if not is_up and isinstance(reached, date):
        due = max(due, reached + timedelta(days=rules.window_days))
    return Move(
        member=customer_name(str(row["member_key"])),
        tier=str(row["tier"]),
        to=rules.tiers[int(str(row["earned"]))].name,
        way="up" if is_up else "down",
        orders=int(str(row["orders"])),
        spent=major(row["spent_minor"], members.currency) or 0.0,
        due=due,
    )


def _benefits(desk: Desk, members: Members, rules: MemberRules) -> tuple[BenefitRow, ...]:
    """Count whom each benefit is due to: in the month of birth, or since the tier was reached this month."""
    month = members.as_of.replace(day=1)
    rows = members.rows
    asked = rows.group_by("tier").aggregate(
        born=(rows.birth_month == month.month).sum(),
        unknown=rows.birth_month.isnull().sum(),
        reached=(rows.reached_date >= month).sum(),
    )
    of = {row["tier"]: row for row in desk.ledger.query(asked).to_pylist()}
    found = []
    for tier in rules.tiers:
        counted = of.get(tier.name, {})
        for benefit in tier.benefits:
            n_due = int(counted.get("born" if benefit.on_birthday else "reached") or 0)
            n_unknown = int(counted.get("unknown") or 0) if benefit.on_birthday else 0
            found.append(
                BenefitRow(
                    tier=tier.name,
                    benefit=benefit.name,
                    when=Text("本月生日", "born this month")
                    if benefit.on_birthday
                    else Text("本月升入", "reached this month"),
                    members=n_due,
                    cost=n_due * float(benefit.cost),
                    note=Text(f"{n_unknown:,} 位会员的生日未知", f"{n_unknown:,} members' birthdays are unknown")
                    if n_unknown
                    else None,
                )
            )
    return tuple(found)


def _points(desk: Desk, view: View) -> PointsAnswer:
    found = audit(desk, view) or PointsAudit((), 0, 0, 0, 0, 0)
    return PointsAnswer(
        by_reason={reason: points for reason, _, points in found.by_reason},
        members=found.n_members,
        stated=found.stated,
        summed=found.summed,
        members_off=found.n_differ,
        members_below_zero=found.n_below,
        booked=PointsBook(desk.shop.state).totals(),
    )


def _unknown_tiers(tiers: tuple[TierWorth, ...]) -> tuple[Text, ...]:
    names = [tier.name for tier in tiers if tier.place < 0]
    if not names:
        return ()
    zh, en = "、".join(names), ", ".join(names)
    return (
        Text(
            f"会员档案里的等级「{zh}」不在规则里：请改规则。", f"The rules do not know the tier {en}: mend the rules."
        ),
    )
