"""Levers on the own site: each does its own thing from its first day on, and the twin world stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.levers import Lever, Pull
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.records import EVENTS, VISITS, Step
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import CHANNEL_OF
from zhanggui.simulate.world import World

OWN = 6
DAYS = 4
DIRECT = CHANNEL_OF["direct"]
HOME = list(Trade).index(Trade.HOME)


@dataclass(frozen=True)
class Lived:
    """Four days of a world of the own site alone."""

    days: tuple[DayRecords, ...]

    @property
    def events(self) -> Rows:
        """The events of all days but the first."""
        return Rows.together(EVENTS, [day[EVENTS] for day in self.days[1:]])


@lru_cache(maxsize=4)
def lived_with(lever: Lever | None, amount: float = 0.0, dimension: str = "", value: int = 0) -> Lived:
    """Return a world in which a lever is pulled from its second day on."""
    world = World(Options(days=30, orders_per_day=80, seed=31, platforms=(Platform.OWN_SITE,)))
    if lever is not None:
        world.plan.pulls = (*world.plan.pulls, Pull(lever, amount, 1, DAYS, {dimension: value}))
    return Lived(tuple(world.step() for _ in range(DAYS)))


def is_same(one: Rows, other: Rows) -> bool:
    return len(one) == len(other) and all((one[name] == other[name]).all() for name in one.columns)


@pytest.mark.parametrize(
    "pull",
    [(Lever.TRACKING, 0.5, "store", OWN), (Lever.BOTS, 1.0, "channel", DIRECT), (Lever.STEP_PASS, 1.5, "trade", HOME)],
)
def test_nothing_differs_before_the_first_day_of_a_pull(pull: tuple[Lever, float, str, int]) -> None:
    usual, pulled = lived_with(None), lived_with(*pull)

    assert is_same(usual.days[0][EVENTS], pulled.days[0][EVENTS])
    assert not is_same(usual.events, pulled.events)


def test_a_break_of_the_tracking_loses_its_share_of_purchases_and_nothing_else() -> None:
    usual, broken = lived_with(None).events, lived_with(Lever.TRACKING, 0.5, "store", OWN).events

    def others(events: Rows) -> Rows:
        return events.where(events["step"] != Step.PURCHASE)

    n, left = ((events["step"] == Step.PURCHASE).sum() for events in (usual, broken))
    assert is_same(others(usual), others(broken))
    assert left / n == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / n))


def test_crawlers_come_beside_people_and_move_none_of_them() -> None:
    usual, crawled = lived_with(None).events, lived_with(Lever.BOTS, 1.0, "channel", DIRECT).events

    def visits(events: Rows, channel: int) -> int:
        bots = events["is_bot"] & (events["channel"] == channel)
        return len(np.unique(events["session"][bots]))

    human = usual.where(~usual["is_bot"])
    by_people = len(np.unique(human["session"][human["channel"] == DIRECT]))
    # Payments made later and refunds come by no link and are counted as direct: they draw no crawlers.
    served = np.isin(human["session"], human["session"][np.isin(human["step"], (Step.REFUND, Step.PURCHASE))])
    fewest = len(np.unique(human["session"][(human["channel"] == DIRECT) & ~served]))
    found = visits(crawled, DIRECT) - visits(usual, DIRECT)
    assert is_same(human, crawled.where(~crawled["is_bot"]))
    assert fewest - 4 * np.sqrt(fewest) < found < by_people + 4 * np.sqrt(by_people)


def test_a_step_that_passes_more_makes_more_orders_of_its_trade_only() -> None:
    usual, better = (
        Rows.together(VISITS, [day[VISITS] for day in lived.days[1:2]])
        for lived in (lived_with(None), lived_with(Lever.STEP_PASS, 1.5, "trade", HOME))
    )
    ratio = better["conversion_ppm"] / np.maximum(usual["conversion_ppm"], 1)
    some = (usual["visitors"] > 0) & (usual["conversion_ppm"] > 0)

    assert (usual["visitors"] == better["visitors"]).all()
    assert (ratio[some & (usual["trade"] != HOME)] == 1.0).all()
    # All five steps pass 1.5 times as often, as far as certainty allows.
    assert (ratio[some & (usual["trade"] == HOME)] > 3.0).all()
