"""Worlds that differ in one action, and worlds that do not."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options, SimulationOptionError
from zhanggui.simulate.policies import Idle
from zhanggui.simulate.records import TABLES
from zhanggui.simulate.twins import true_effect
from zhanggui.simulate.world import World

OPTIONS = Options(days=12, orders_per_day=30, seed=5)
LATE = 6


def is_equal(left: DayRecords, right: DayRecords) -> bool:
    return all(
        np.array_equal(left[table][name], right[table][name]) for table in TABLES for name in left[table].columns
    )


def test_doing_nothing_changes_nothing_to_the_fen() -> None:
    found = true_effect(OPTIONS, Idle)

    assert found.effect_minor == 0
    assert found.profit_minor != 0


def test_twins_are_equal_until_the_day_of_the_action_and_differ_from_it_on() -> None:
    first, second = World(OPTIONS), World(OPTIONS)
    halved = Actions(budgets={group.number: group.budget_minor // 2 for group in first.scene.ad_groups})
    same = []
    for day in range(OPTIONS.days):
        same.append(is_equal(first.step(), second.step(halved if day == LATE else Actions())))

    assert same[:LATE] == [True] * LATE
    assert not same[LATE]


def test_more_days_than_the_world_has_are_refused() -> None:
    with pytest.raises(SimulationOptionError, match="days cannot be 13"):
        true_effect(OPTIONS, Idle, days=13)
