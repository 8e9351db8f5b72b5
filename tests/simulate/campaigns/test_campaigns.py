"""Campaigns in worlds that are lived through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.simulate.conftest import Lived

from zhanggui.simulate.actions import Actions, Assignment, Message, Offer
from zhanggui.simulate.campaigns.campaigns import Campaigns
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.people import People, Uplift
from zhanggui.simulate.plants.experiments import Audience, experiments_of
from zhanggui.simulate.records import ASSIGNMENTS, COUPONS, MESSAGES, ORDERS, OrderKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.world import World

DAY, HOUR = 86_400, 3_600


def customers(people: People, n: int) -> tuple[int, ...]:
    found = np.flatnonzero(people.has_consent & people.is_alive & (people.n_orders > 0))[:n]
    return tuple(int(person) for person in found)


def test_held_out_people_are_never_written_to(lived: Lived) -> None:
    messages = lived.all(MESSAGES)
    held_out = messages.where(messages["is_holdout"])

    assert len(held_out) > 100
    for moment in ("sent_at", "delivered_at", "clicked_at"):
        assert (held_out[moment] == NEVER).all()
    assert (messages["sent_at"][~messages["is_holdout"]] != NEVER).all()


def test_nobody_is_written_to_on_the_days_after_leaving_the_list(lived: Lived) -> None:
    messages = lived.all(MESSAGES)
    leaves = messages.where(messages["is_unsubscribe"])
    left_at = np.zeros(len(lived.world.people), np.int64)
    left_at[leaves["person"]] = leaves["planned_at"]

    assert len(leaves) > 10
    again = messages.where(np.isin(messages["person"], leaves["person"]))
    assert (again["planned_at"] // DAY <= left_at[again["person"]] // DAY).all()


def test_a_used_coupon_belongs_to_its_buyer_and_is_used_once_while_it_holds(tried: Lived) -> None:
    orders, coupons = tried.all(ORDERS), tried.all(COUPONS)
    used = coupons.where(coupons["order"] != NEVER)
    place = np.searchsorted(orders["order"], used["order"])

    assert len(used) > 0
    assert np.array_equal(orders["person"][place], used["person"])
    assert np.array_equal(orders["coupon"][place], used["coupon"])
    assert np.unique(used["coupon"]).size == len(used)
    assert (orders["created_at"][place] // DAY <= used["expires_at"] // DAY).all()
    paid = orders.where((orders["coupon"] != NEVER) & (orders["paid_at"] != NEVER))
    assert np.array_equal(np.sort(paid["coupon"]), np.sort(used["coupon"]))


def test_orders_credited_to_a_message_are_of_its_reader(lived: Lived) -> None:
    orders, messages = lived.all(ORDERS), lived.all(MESSAGES)
    credited = orders.where(orders["message"] != NEVER)

    assert len(credited) > 20
    assert np.array_equal(messages["message"], np.arange(len(messages)))
    assert np.array_equal(messages["person"][credited["message"]], credited["person"])
    assert (messages["sent_at"][credited["message"]] != NEVER).all()


def test_people_enter_an_experiment_once(tried: Lived) -> None:
    entered = tried.all(ASSIGNMENTS)
    entered = entered.where(entered["person"] != NEVER)

    for one in tried.world.plan.experiments:
        people = entered["person"][entered["experiment"] == one.number]
        assert np.unique(people).size == people.size
    assert len(entered) > 500


def test_the_comparison_gets_neither_message_nor_coupon(tried: Lived) -> None:
    messages, coupons = tried.all(MESSAGES), tried.all(COUPONS)
    silent = [one.number for one in tried.world.plan.experiments if not one.arms[0].message]

    compared = messages.where(np.isin(messages["experiment"], silent) & (messages["arm"] == 0))
    assert len(compared) > 100
    assert compared["is_holdout"].all()
    for number in silent:
        own = compared["person"][compared["experiment"] == number]
        assert not np.isin(coupons["person"][coupons["offer"] == number], own).any()


def test_winning_back_brings_about_as_many_as_planned(tried: Lived) -> None:
    entered, orders = tried.all(ASSIGNMENTS), tried.all(ORDERS)
    one = next(each for each in tried.world.plan.experiments if each.audience is Audience.LAPSED)
    own = entered.where((entered["experiment"] == one.number) & (entered["at"] < tried.days[8].midnight))
    paid = orders.where((orders["paid_at"] != NEVER) & (orders["kind"] == OrderKind.ORDINARY))

    def share(arm: int) -> tuple[float, int]:
        who = own["person"][own["arm"] == arm]
        return float(np.isin(who, paid["person"]).mean()), who.size

    (compared, _), (treated, n_treated) = share(0), share(1)
    planned = one.arms[1].order_share
    assert planned is not None
    assert compared < 0.5 * planned
    # Three standard errors of a share.
    assert abs(treated - planned) < 3 * (planned * (1 - planned) / n_treated) ** 0.5 + 0.01


def lived_days(world: World, n: int, actions: Actions) -> list[DayRecords]:
    return [world.step(actions if day == 0 else Actions()) for day in range(n)]


def ordered(days: list[DayRecords], who: tuple[int, ...]) -> int:
    return sum(int(np.isin(records[ORDERS]["person"], who).sum()) for records in days)


@pytest.fixture(scope="module")
def tried() -> Lived:
    """A world whose experiments begin on its first day, lived through to the end of the longest watch but one."""
    world = World(Options(days=40, orders_per_day=110, seed=5, platforms=(Platform.TMALL, Platform.OWN_SITE)))
    planned = experiments_of(Options(days=400), world.stores)
    world.plan.experiments = tuple(replace(one, first_day=0, last_day=39) for one in planned)
    world.campaigns = Campaigns(world.options, world.draws, world.stores, world.plan.experiments)
    return Lived(world, tuple(world.step() for _ in range(40)))


@pytest.fixture(scope="module")
def young() -> World:
    world = World(Options(days=20, orders_per_day=250, seed=5))
    world.step()
    return world


def test_a_coupon_moves_the_persuadable_and_disturbs_the_sleeping_dogs(young: World) -> None:
    people = young.people
    known = np.array(customers(people, 6_000))
    kinds = people.coupon_uplift[known]
    groups = {kind: tuple(known[kinds == kind].tolist()) for kind in Uplift}
    offer = Offer(tuple(known.tolist()), store=NEVER, least_minor=0, value_minor=5_000, hours=72)
    idle, acting = young.fork(), young.fork()

    usual = lived_days(idle, 5, Actions())
    treated = lived_days(acting, 5, Actions(messages=(Message(offer.people, "sms", offer),)))

    gain = {kind: ordered(treated, who) - ordered(usual, who) for kind, who in groups.items()}
    assert gain[Uplift.PERSUADABLE] > 0.05 * len(groups[Uplift.PERSUADABLE])
    assert gain[Uplift.SLEEPING_DOG] < 0
    # The others order as before; the coupon they take on the way may change what a basket can be promised.
    for kind in (Uplift.SURE_THING, Uplift.LOST_CAUSE):
        assert abs(gain[kind]) <= 0.01 * len(groups[kind])


def test_a_coupon_for_one_store_is_used_there_alone(young: World) -> None:
    world = young.fork()
    records = lived_days(world, 4, Actions(offers=(Offer(customers(world.people, 8_000), 1, 0, 2_000),)))

    orders = [one[ORDERS].where(one[ORDERS]["coupon"] != NEVER) for one in records]
    assert sum(len(one) for one in orders) > 20
    assert all((one["store"] == 1).all() for one in orders)


def test_a_message_by_a_policy_reaches_those_who_agreed_to_be_written_to(young: World) -> None:
    world = young.fork()
    refuses = int(np.flatnonzero(~world.people.has_consent)[0])
    wants = customers(world.people, 3)

    records = world.step(Actions(messages=(Message((*wants, refuses, wants[0]), "wecom", hour=15),)))

    own = records[MESSAGES].where(records[MESSAGES]["planned_at"] == records.midnight + 15 * HOUR)
    assert own["person"].tolist() == sorted(wants)
    assert (own["channel"] == 1).all()


def test_a_policy_that_assigns_arms_decides_them(young: World) -> None:
    world = young.fork()
    one, other = customers(world.people, 2)

    records = world.step(Actions(assignments=(Assignment(77, {one: 1, other: 0}),)))

    own: Rows = records[ASSIGNMENTS].where(records[ASSIGNMENTS]["experiment"] == 77)
    assert dict(zip(own["person"].tolist(), own["arm"].tolist(), strict=True)) == {one: 1, other: 0}


def test_people_register_without_buying_and_some_come_to_order(lived: Lived) -> None:
    people = lived.world.people
    registered = (people.is_registered_at != NEVER) & (people.born_day >= 0)
    never = registered & (people.n_orders == 0)

    assert never.sum() > 50
    first = lived.all(ORDERS)
    created = dict(zip(first["person"].tolist(), first["created_at"].tolist(), strict=True))
    late = [
        person
        for person in np.flatnonzero(registered & (people.n_orders > 0)).tolist()
        if created.get(person, 0) - int(people.is_registered_at[person]) > DAY
    ]
    assert len(late) > 5
