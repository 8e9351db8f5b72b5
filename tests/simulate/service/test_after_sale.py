"""Reviews, talks, membership and the private domain over fifty days of trade."""

from __future__ import annotations

import numpy as np
from tests.simulate.conftest import Lived

from zhanggui.simulate.people import Tier
from zhanggui.simulate.records import (
    CONTACTS,
    LINES,
    ORDERS,
    POINTS,
    REFUNDS,
    REVIEWS,
    STORE_SCORES,
    TICKETS,
    TIER_MOVES,
)
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.service.points import PointReason

DAY = 86_400


def test_every_review_is_of_a_line_that_had_come(lived: Lived) -> None:
    orders, lines, reviews = lived.all(ORDERS), lived.all(LINES), lived.all(REVIEWS)
    place = np.searchsorted(orders["order"], reviews["order"])
    key = lines["order"] * 1_000 + lines["line"]
    line = np.searchsorted(key, reviews["order"] * 1_000 + reviews["line"])

    assert len(reviews) > 300
    assert np.array_equal(orders["order"][place], reviews["order"])
    assert (reviews["at"] > orders["received_at"][place]).all()
    assert np.array_equal(lines["sku"][line], reviews["sku"])
    assert not lines["is_gift"][line].any()
    assert np.unique(key[line]).size == len(reviews)


def test_facts_of_a_day_happen_on_that_day(lived: Lived) -> None:
    for records in lived.days:
        for table, moment in ((REVIEWS, "at"), (TICKETS, "opened_at"), (POINTS, "at"), (TIER_MOVES, "at")):
            assert ((records[table][moment] - records.midnight) // DAY == 0).all(), table.name


def test_running_numbers_have_no_gap(lived: Lived) -> None:
    for table, number in ((REVIEWS, "review"), (TICKETS, "ticket"), (POINTS, "entry")):
        assert np.array_equal(lived.all(table)[number], np.arange(len(lived.all(table))))


def test_talks_about_orders_name_the_buyer(lived: Lived) -> None:
    orders, tickets = lived.all(ORDERS), lived.all(TICKETS)
    known = tickets.where(tickets["order"] != NEVER)
    place = np.searchsorted(orders["order"], known["order"])

    assert np.array_equal(orders["person"][place], known["person"])
    assert np.array_equal(orders["store"][place], known["store"])


def test_only_members_have_points_and_refunds_take_some_back(lived: Lived) -> None:
    points, people = lived.all(POINTS), lived.world.people

    assert (people.member_no[points["person"]] != NEVER).all()
    assert (points["points"] != 0).all()
    back = points.where(points["reason"] == PointReason.REVERSED)
    refunded = lived.all(REFUNDS)["order"]
    assert len(back) > 0
    assert np.isin(back["order"], refunded).all()


def test_no_member_ever_owes_points(lived: Lived) -> None:
    points = lived.all(POINTS)
    order = np.lexsort((points["entry"], points["person"]))
    person, amount = points["person"][order], points["points"][order]
    running = np.cumsum(amount)
    starts = np.flatnonzero(np.diff(person, prepend=-1))
    before = np.repeat(running[starts] - amount[starts], np.diff([*starts, person.size]))

    assert (running - before >= 0).all()


def test_tiers_end_where_their_moves_lead(lived: Lived) -> None:
    moves, people = lived.all(TIER_MOVES), lived.world.people
    order = np.lexsort((moves["at"], moves["person"]))
    moves = moves.where(order)
    is_last = np.append(np.diff(moves["person"]) > 0, True)

    assert len(moves) > 0
    assert np.array_equal(people.tier[moves["person"][is_last]], moves["after"][is_last])
    follows = ~is_last[:-1]
    assert np.array_equal(moves["after"][:-1][follows], moves["before"][1:][follows])


def test_the_vip_group_holds_those_of_a_higher_tier(lived: Lived) -> None:
    contacts, people = lived.all(CONTACTS), lived.world.people
    latest = {int(person): int(group) for person, group in zip(contacts["person"], contacts["group"], strict=True)}

    who = np.array(sorted(latest))
    assert who.tolist() == np.flatnonzero(people.wecom_at != NEVER).tolist()
    groups = np.array([latest[person] for person in who.tolist()])
    assert np.array_equal(groups == 1, people.tier[who] >= Tier.GOLD)
    assert people.has_consent.size > who.size > 50


def test_a_contact_keeps_his_number_when_he_changes_group(lived: Lived) -> None:
    contacts = lived.all(CONTACTS)
    pairs = {(int(number), int(person)) for number, person in zip(contacts["contact"], contacts["person"], strict=True)}

    assert len(pairs) == np.unique(contacts["contact"]).size == np.unique(contacts["person"]).size


def test_every_store_has_three_scores_a_day_between_one_and_five(lived: Lived) -> None:
    scores = lived.all(STORE_SCORES)

    assert len(scores) == len(lived.days) * len(lived.world.stores)
    for name in ("goods_bp", "service_bp", "delivery_bp"):
        assert ((scores[name] >= 10_000) & (scores[name] <= 50_000)).all()
        assert np.unique(scores[name]).size > len(lived.days)
