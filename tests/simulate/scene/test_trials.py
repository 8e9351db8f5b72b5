"""Tests on visitors: who enters, what he sees, and what his arm does to him."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.experiments import Arm, Audience, Experiment
from zhanggui.simulate.records import ASSIGNMENTS, EVENTS, Step
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.world import World

OWN = 6
BANNER = Experiment(
    number=91,
    name="banner",
    example="X-23",
    store=OWN,
    trade=-1,
    audience=Audience.VISITORS,
    first_day=1,
    last_day=3,
    window_days=30,
    share=0.5,
    arms=(Arm("新品上市", 0.5), Arm("限时折扣", 0.5, click=4.0, order=6.0)),
)


@dataclass(frozen=True)
class Tried:
    """What six days with a test of strong effects brought."""

    assigned: Rows
    events: Rows
    first_midnight: int


@pytest.fixture(scope="module")
def tried() -> Tried:
    world = World(Options(days=6, orders_per_day=250, seed=5))
    world.scene.watch((BANNER,))
    days = [world.step() for _ in range(6)]
    assigned = Rows.together(ASSIGNMENTS, [day[ASSIGNMENTS] for day in days])
    return Tried(
        assigned.where(assigned["experiment"] == BANNER.number),
        Rows.together(EVENTS, [day[EVENTS] for day in days]),
        days[0].midnight,
    )


def test_a_visitor_enters_once_and_on_the_days_of_the_test(tried: Tried) -> None:
    day = (tried.assigned["at"] - tried.first_midnight) // 86_400

    assert len(np.unique(tried.assigned["anon"])) == len(tried.assigned)
    assert sorted(np.unique(day).tolist()) == [1, 2, 3]
    assert np.bincount(tried.assigned["arm"]).min() > 0.45 * len(tried.assigned)


def test_visitors_see_the_banner_of_their_arm(tried: Tried) -> None:
    shown = tried.events.where((tried.events["step"] == Step.PROMOTION_VIEW) & (tried.events["page"] > 0))
    arm_of = dict(zip(tried.assigned["anon"].tolist(), tried.assigned["arm"].tolist(), strict=True))

    assert len(shown) > 100
    assert [BANNER.number * 10 + arm_of[anon] + 1 for anon in shown["anon"].tolist()] == shown["page"].tolist()


def test_a_louder_banner_is_clicked_more_often(tried: Tried) -> None:
    def share(arm: int) -> float:
        on_it = tried.events.where(tried.events["page"] == BANNER.number * 10 + arm + 1)
        viewed = np.isin(on_it["step"], (Step.PROMOTION_VIEW, Step.PROMOTION_CLICK))
        clicked = on_it["step"] == Step.PROMOTION_CLICK
        return float(clicked.sum() / (viewed & ~clicked).sum())

    assert share(1) > 2 * share(0)


def test_the_arm_that_makes_people_order_has_more_buyers(tried: Tried) -> None:
    bought = tried.events["anon"][tried.events["step"] == Step.PURCHASE]
    buyers = [np.isin(tried.assigned["anon"][tried.assigned["arm"] == arm], bought).sum() for arm in (0, 1)]

    # Six times the chance, less what certainty cuts off.
    assert buyers[1] > 2 * buyers[0] > 0
