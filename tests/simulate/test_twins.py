"""Worlds that differ in one action, and worlds that do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from zhanggui.simulate.actions import Actions, Assignment, Message, Offer
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.daily import DailyExports
from zhanggui.simulate.options import Options, Platform, SimulationOptionError
from zhanggui.simulate.people import Uplift
from zhanggui.simulate.policies import Idle
from zhanggui.simulate.records import TABLES
from zhanggui.simulate.twins import true_effect
from zhanggui.simulate.world import World

OPTIONS = Options(days=12, orders_per_day=30, seed=5)
LATE = 6
AFTER_DAYS = 5
WIN_BACK = 21
"""Number of the experiment on customers who have not bought for long."""


def is_equal(left: DayRecords, right: DayRecords) -> bool:
    return all(
        np.array_equal(left[table][name], right[table][name]) for table in TABLES for name in left[table].columns
    )


def differing(left: DayRecords, right: DayRecords) -> set[str]:
    return {
        table.name
        for table in TABLES
        for name in table.columns
        if not np.array_equal(left[table][name], right[table][name])
    }


def movable(world: World, n: int) -> tuple[int, ...]:
    """Customers whom a message can bring."""
    people = world.people
    is_moved = (people.coupon_uplift == Uplift.PERSUADABLE) & people.has_consent & ~people.is_staff
    return tuple(np.flatnonzero(is_moved & (people.n_orders > 0))[:n].tolist())


def halved(world: World) -> Actions:
    return Actions(budgets={group.number: group.budget_minor // 2 for group in world.scene.ad_groups})


def stopped(world: World) -> Actions:
    return Actions(paused={group.number: True for group in world.scene.ad_groups})


def dearer(world: World) -> Actions:
    skus = world.shelf.sold_in(0).tolist()
    return Actions(prices={(0, sku): 2 * int(world.shelf.list_minor[sku]) for sku in skus})


def bought(world: World) -> Actions:
    return Actions(purchases={(1, 4): 777})


def written_to(world: World) -> Actions:
    return Actions(messages=(Message(movable(world, 300), "push"),))


def given(world: World) -> Actions:
    return Actions(offers=(Offer(movable(world, 300), 0, least_minor=9_900, value_minor=5_000),))


def recommended(world: World) -> Actions:
    return Actions(recommendation="margin")


def assigned(world: World) -> Actions:
    return Actions(assignments=(Assignment(WIN_BACK, dict.fromkeys(movable(world, 300), 1)),))


def mended(world: World) -> Actions:
    return Actions(size_chart_fixed=tuple(np.flatnonzero(world.shelf.size_fault).tolist()))


ACTS: dict[str, tuple[Callable[[World], Actions], str]] = {
    "budgets": (halved, "ad_rows"),
    "paused": (stopped, "ad_rows"),
    "prices": (dearer, "orders"),
    "purchases": (bought, "purchases"),
    "messages": (written_to, "orders"),
    "offers": (given, "coupons"),
    "recommendation": (recommended, "lines"),
    "assignments": (assigned, "assignments"),
    "size_chart_fixed": (mended, "refunds"),
}
"""One action of each kind, and a table in which it shows."""


@pytest.fixture(scope="module")
def standing() -> World:
    """A world with experiments that has lived for some weeks; every test goes on from a copy of it."""
    world = World(Options(days=80, orders_per_day=60, seed=5))
    for _ in range(30):
        world.step()
    return world


@pytest.fixture(scope="module")
def idle(standing: World) -> tuple[DayRecords, ...]:
    """The days of the twin in which nothing is done: the one before the action, the one of it and those after."""
    twin = standing.fork()
    return tuple(twin.step() for _ in range(1 + AFTER_DAYS))


def test_an_action_of_every_kind_is_tried() -> None:
    assert {field.name for field in fields(Actions)} == set(ACTS)


def test_doing_nothing_changes_nothing_to_the_fen() -> None:
    found = true_effect(OPTIONS, Idle)

    assert found.effect_minor == 0
    assert found.profit_minor != 0


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_twins_are_equal_until_the_day_of_the_action_and_differ_from_it_on(
    standing: World, idle: tuple[DayRecords, ...], kind: str
) -> None:
    act, table = ACTS[kind]
    acting = standing.fork()
    before, *after = idle

    assert is_equal(before, acting.step())
    found = [differing(own, acting.step(act(acting) if day == 0 else Actions())) for day, own in enumerate(after)]

    # A mended size chart shows with the first parcel that would not have fitted.
    assert found[0] or kind == "size_chart_fixed"
    assert table in set().union(*found)


NOTHINGS: dict[str, Callable[[World], Actions]] = {
    "no group": lambda world: Actions(budgets={}, paused={}, prices={}, purchases={}),
    "running groups started": lambda world: Actions(paused={group.number: False for group in world.scene.ad_groups}),
    "a message to nobody": lambda world: Actions(messages=(Message((), "push"),)),
    "a message with an offer to nobody": lambda world: Actions(
        messages=(Message((), "sms", Offer((), 0, 9_900, 500)),)
    ),
    "an offer to nobody": lambda world: Actions(offers=(Offer((), 0, least_minor=9_900, value_minor=5_000),)),
    "nobody assigned": lambda world: Actions(assignments=(Assignment(WIN_BACK, {}),)),
    "a right size chart mended": lambda world: Actions(
        size_chart_fixed=tuple(np.flatnonzero(~world.shelf.size_fault).tolist())
    ),
    "the same recommendation": lambda world: Actions(recommendation="popular"),
}


@pytest.mark.parametrize("kind", sorted(NOTHINGS))
def test_an_action_that_does_nothing_changes_no_record_on_any_day(
    standing: World, idle: tuple[DayRecords, ...], kind: str
) -> None:
    acting = standing.fork()

    found = [
        differing(own, acting.step(NOTHINGS[kind](acting) if day == 0 else Actions()))
        for day, own in enumerate(idle[:AFTER_DAYS])
    ]

    assert found == [set()] * AFTER_DAYS


def test_the_files_of_twins_are_the_same_bytes_until_the_action(tmp_path: Path) -> None:
    options = Options(days=12, orders_per_day=30, seed=5, platforms=(Platform.TAOBAO, Platform.OWN_SITE))
    folders = {}
    for name in ("idle", "acting"):
        folders[name] = tmp_path / name
        folders[name].mkdir()
        world = World(options)
        exports = DailyExports(folders[name], world)
        for day in range(LATE + 1):
            exports.write(world.step(halved(world) if name == "acting" and day == LATE else Actions()))
        exports.close()

    for date in sorted(place.name for place in folders["idle"].iterdir()):
        own, other = (
            {path.relative_to(folder): path.read_bytes() for path in (folder / date).rglob("*") if path.is_file()}
            for folder in folders.values()
        )
        assert (own == other) is (date != "2026-11-10")


def test_more_days_than_the_world_has_are_refused() -> None:
    with pytest.raises(SimulationOptionError, match="days cannot be 13"):
        true_effect(OPTIONS, Idle, days=13)
