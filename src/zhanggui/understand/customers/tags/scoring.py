"""Who has which tag on a day, and how strongly: acts of a person, each fading with its age."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from zhanggui.understand.customers.audiences.linking import consented_buyers
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import People, nullable
from zhanggui.understand.customers.tags.rules import EVENTS, Signal, TagRule
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk


def tagged(desk: Desk, people: People, rules: Sequence[TagRule], *, shop_ids: list[int] | None = None) -> ir.Table:
    """Return who carries which of these tags on the day looked at.

    Parameters
    ----------
    desk : Desk
        The shop.
    people : People
        Whose orders are read, and the day.
    rules : sequence of TagRule
        At least one.
    shop_ids : list of int, optional
        Stores whose events count; all by default.

    Returns
    -------
    ibis Table
        ``buyer_key``, ``tag``, ``score``, ``n_acts``, ``last_day``; one row per person and tag.

    Notes
    -----
    ``score = Σ weight × 0.5 ^ (age in days ÷ half-life)``. An order counts once for a signal, however many lines of it
    match. Events count only where an account is known, and not those of machines.
    """
    parts = [_of_rule(desk, people, rule, shop_ids) for rule in rules]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _of_rule(desk: Desk, people: People, rule: TagRule, shop_ids: list[int] | None) -> ir.Table:
    acts = [_acts(desk, people, signal, shop_ids) for signal in rule.signals]
    rows = ibis.union(*acts) if len(acts) > 1 else acts[0]
    age = ibis.literal(people.as_of).delta(rows.day, unit="day")
    worth = rows.weight
    if rule.half_life_days is not None:
        worth = worth * ibis.literal(0.5) ** (age / float(rule.half_life_days))
    found = rows.group_by("buyer_key").aggregate(score=worth.sum(), n_acts=rows.count(), last_day=rows.day.max())
    since = ibis.literal(people.as_of).delta(found.last_day, unit="day")
    found = found.filter(found.score >= rule.at_least, since < rule.expires_days)
    if rule.needs_consent:
        found = found.semi_join(consented_buyers(desk), "buyer_key")
    return found.select("buyer_key", tag=ibis.literal(rule.name), score="score", n_acts="n_acts", last_day="last_day")


def _acts(desk: Desk, people: People, signal: Signal, shop_ids: list[int] | None) -> ir.Table:
    """Return the acts that a signal counts: who, when, how much."""
    if signal.act == "bought":
        rows = people.orders
        if signal.categories or signal.products:
            rows = rows.semi_join(_matching(categorised_lines(desk), signal), ["shop_id", "order_id"])
        rows = rows.select("buyer_key", day="paid_date")
    else:
        events = desk.ledger.table("event")
        events = events.filter(
            events.user_key.notnull(),
            events.name == EVENTS[signal.act],
            events.bot_mark.isnull(),
            events.event_date <= people.as_of,
        )
        if shop_ids is not None:
            events = events.filter(events.shop_id.isin(shop_ids))
        if signal.categories or signal.products:
            goods = desk.ledger.table("event_item").filter(lambda each: each.name == EVENTS[signal.act])
            held = desk.ledger.table("product").select("shop_id", "product_id", "category")
            goods = _matching(goods.left_join(held, ["shop_id", "product_id"]), signal)
            events = events.semi_join(goods, ["shop_id", "event_id"])
        rows = by_person(desk, events.select(buyer_key="user_key", day="event_date"))
    rows = rows.mutate(weight=ibis.literal(signal.weight, "float64"))
    return rows.select(**{name: nullable(rows[name]) for name in ("buyer_key", "day", "weight")})


def _matching(rows: ir.Table, signal: Signal) -> ir.Table:
    tests = []
    if signal.categories:
        tests.append(rows.category.isin(list(signal.categories)))
    if signal.products:
        tests.append(rows.product_id.isin(list(signal.products)))
    return rows.filter(tests[0] if len(tests) == 1 else tests[0] | tests[1])
