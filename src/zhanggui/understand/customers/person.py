"""客户 One customer: orders, behaviour, standing, worth, what comes next, and the reasons (catalogue C-PEOPLE-04)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.i18n import Text
from zhanggui.understand.customers.lifecycle import STAGES, Stage, standing
from zhanggui.understand.customers.lifetime.asking import valued
from zhanggui.understand.customers.lifetime.purchases import PROFIT, REVENUE
from zhanggui.understand.customers.lifetime.valuation import Terms
from zhanggui.understand.customers.people import People, people_of
from zhanggui.understand.customers.person_facts import PersonFacts, facts_of
from zhanggui.understand.customers.persons import PersonIds, person_named
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.repurchase import repurchase
from zhanggui.understand.customers.rfm import Cuts, rfm, scored, snapshot
from zhanggui.understand.customers.rule_book import kept_rules
from zhanggui.understand.customers.segments import BY_CODE, Segment
from zhanggui.understand.customers.tags.rules import known_rules
from zhanggui.understand.customers.tags.scoring import tagged
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

FEWEST_OWN_GAPS = 3
"""Own intervals from which on a person's own rhythm says when the next order is due; before, that of all customers."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Where RFM puts a person: levels of 1 to 5, and what they were taken of."""

    segment: Segment
    recency: int
    frequency: int
    money: int
    days_since: int
    n_days: int
    net_minor: int
    cuts: Cuts


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a person is expected to do within the horizon: purchases, the chance of one, money in major units."""

    horizon_days: int
    purchases: float
    chance: float
    revenue: float | None
    profit: float | None
    model: str


@dataclass(frozen=True, slots=True)
class NextOrder:
    """When the next order is due, and by whose rhythm."""

    day: date
    interval_days: int
    n_own: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tag of a person."""

    name: str
    score: float
    last_day: date


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that a page about one customer shows.

    Attributes
    ----------
    ids : PersonIds
        Her ids and what ties them.
    facts : PersonFacts
        What the ledger holds.
    people : People or None
        Among whom she is seen; None where nobody can be told apart.
    net_minor, n_orders : int
        Paid less refunds of her ordinary orders, and how many were paid.
    scores : Scores or None
        Where RFM puts her.
    stage : Stage or None
        Where she stands in the lifecycle.
    ahead : Ahead or None
        What is expected.
    next_order : NextOrder or None
        When she is due.
    tags : tuple of Tagged
        Tags of the shop that she carries.
    untold : tuple of Text
        Why parts are missing.
    """

    ids: PersonIds
    facts: PersonFacts
    people: People | None
    net_minor: int
    n_orders: int
    scores: Scores | None
    stage: Stage | None
    ahead: Ahead | None
    next_order: NextOrder | None
    tags: tuple[Tagged, ...]
    untold: tuple[Text, ...]


def person(desk: Desk, given: str) -> Person:
    """Return a customer by a token or its ending.

    Raises
    ------
    UnknownPersonError
        The token is nobody's, or several people's.
    """
    ids = person_named(desk, given)
    return desk.kept(("person page", ids.person_key), lambda: _person(desk, ids))


def _person(desk: Desk, ids: PersonIds) -> Person:
    facts = facts_of(desk, ids)
    people, untold = _people(desk)
    found = Person(ids, facts, people, 0, 0, None, None, None, None, (), tuple(untold))
    if people is None:
        return found
    own = replace(
        people,
        orders=people.orders.filter(people.orders.buyer_key == ids.person_key),
        refunds=people.refunds.filter(people.refunds.buyer_key == ids.person_key),
    )
    [sums] = desk.ledger.query(own.orders.aggregate(n=own.orders.count(), paid=own.orders.paid_minor.sum())).to_pylist()
    back = desk.ledger.query(own.refunds.refunded_minor.sum().as_table()).column(0)[0].as_py()
    scores, ahead = _scores(desk, own, untold), _ahead(desk, ids.person_key, untold)
    return replace(
        found,
        net_minor=int(sums["paid"] or 0) - int(back or 0),
        n_orders=int(sums["n"]),
        scores=scores,
        stage=_stage(desk, own, ids.person_key),
        ahead=ahead,
        next_order=_next_order(desk, facts.kept_days),
        tags=_tags(desk, people, ids.person_key),
        untold=tuple(dict.fromkeys(untold)),
    )


def _people(desk: Desk) -> tuple[People | None, list[Text]]:
    try:
        return people_of(desk, View()), []
    except ThinDataError as error:
        return None, [error.said]


def _scores(desk: Desk, own: People, untold: list[Text]) -> Scores | None:
    try:
        found = rfm(desk, View())
    except ThinDataError as error:
        untold.append(error.said)
        return None
    rows = desk.ledger.query(scored(snapshot(desk, own, own.as_of), found.cuts)).to_pylist()
    if not rows:
        return None
    [row] = rows
    return Scores(
        BY_CODE[row["segment"]], row["r"], row["f"], row["m"], -row["nearness"], row["frequency"],
        int(row["net_minor"]), found.cuts,
    )  # fmt: skip


def _stage(desk: Desk, own: People, key: str) -> Stage | None:
    rows = standing(desk, View(), own, kept_rules(desk), own.as_of)
    found = desk.ledger.query(rows.filter(rows.buyer_key == key).select("stage")).column(0).to_pylist()
    return next((stage for stage in STAGES if found and stage.name == found[0]), None)


def _ahead(desk: Desk, key: str, untold: list[Text]) -> Ahead | None:
    try:
        found = valued(desk, View(), Terms())
    except ThinDataError as error:
        untold.append(error.said)
        return None
    chances = desk.kept("chances of a purchase", lambda: found.fit.model.p_purchase(found.now.known, found.horizon))
    number = pc.index(found.purchases.customers, pa.scalar(key)).as_py()
    places = (found.now.customer == number).nonzero()[0]
    if number < 0 or not places.size:
        return None
    place = int(places[0])
    money = {name: float(each.per_customer[place]) for name, each in found.money.items()}
    return Ahead(
        horizon_days=found.terms.horizon_days,
        purchases=float(found.expected[place]),
        chance=float(chances[place]),
        revenue=money.get(REVENUE),
        profit=money.get(PROFIT),
        model=found.back_test.chosen,
    )


def _next_order(desk: Desk, days: tuple[date, ...]) -> NextOrder | None:
    if not days:
        return None
    gaps = [(after - before).days for before, after in pairwise(days)]
    if len(gaps) >= FEWEST_OWN_GAPS:
        usual = round(median(gaps))
        return NextOrder(days[-1] + timedelta(days=usual), usual, len(gaps), is_own=True)
    try:
        usual = repurchase(desk, View()).intervals.median
    except ThinDataError:
        return None
    return NextOrder(days[-1] + timedelta(days=usual), usual, len(gaps), is_own=False)


def _tags(desk: Desk, people: People, key: str) -> tuple[Tagged, ...]:
    rules = tuple(known_rules(desk.shop).values())
    if not rules:
        return ()
    rows = tagged(desk, people, rules)
    found = desk.ledger.query(rows.filter(rows.buyer_key == key)).to_pylist()
    return tuple(
        Tagged(row["tag"], float(row["score"]), row["last_day"])
        for row in sorted(found, key=lambda row: (-row["score"], row["tag"]))
    )
