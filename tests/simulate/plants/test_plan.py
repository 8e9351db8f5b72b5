"""What is planted: worked examples told at any option, anomalies that do not meet."""

from __future__ import annotations

from itertools import combinations

import pytest

from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.faults import Fault
from zhanggui.simulate.truth import truth, truth_text
from zhanggui.simulate.world import World

EXAMPLES = [f"X-{number:02d}" for number in range(1, 26)]


@pytest.mark.parametrize("days", [3, 60, 400])
def test_every_worked_example_is_told_planted_or_not_and_why(days: int) -> None:
    examples = World(Options(days=days, orders_per_day=40)).plan.examples

    assert [example.id for example in examples] == EXAMPLES
    assert [example.id for example in examples if not (example.reason_zh and example.reason_en)] == []


def test_in_four_hundred_days_every_worked_example_is_planted() -> None:
    plan = World(Options(days=400)).plan

    assert [example.id for example in plan.examples if not example.is_planted] == []


def test_half_a_year_has_forty_anomalies_of_three_to_ten_sigma() -> None:
    faults = World(Options()).plan.faults

    assert len(faults) == 40
    assert all(3 <= fault.sigma <= 10 for fault in faults)
    kinds = {(fault.kind, tuple(fault.segment.items()), fault.first_day) for fault in faults}
    assert len(kinds) == 40


def test_no_two_anomalies_fall_on_one_segment_at_a_time() -> None:
    faults = World(Options()).plan.faults

    def meet(left: Fault, right: Fault) -> bool:
        return (
            left.metric == right.metric
            and left.segment == right.segment
            and left.first_day <= right.last_day
            and right.first_day <= left.last_day
        )

    assert [pair for pair in combinations(faults, 2) if meet(*pair)] == []


def test_the_truth_of_equal_worlds_is_equal_text() -> None:
    options = Options(days=4, orders_per_day=20, seed=9)
    texts = []
    for _ in range(2):
        world = World(options)
        for _ in range(options.days):
            world.step()
        texts.append(truth_text(world))

    assert texts[0] == texts[1]


def test_a_figure_is_clear_only_where_what_was_planted_is_larger_than_luck() -> None:
    options = Options(days=6, orders_per_day=40, seed=9)
    world = World(options)
    for _ in range(options.days):
        world.step()
    told = truth(world)

    figures = [figure for name in EXAMPLES for figure in told[name]["figures"]]
    measured = [figure for figure in figures if figure["realised"] is not None]
    assert measured
    assert [figure["is_clear"] for figure in measured] == [
        3 * figure["standard_error"] < abs(figure["planted"]) or figure["standard_error"] == 0 for figure in measured
    ]
    assert not any(figure["is_clear"] for figure in figures if figure["realised"] is None)
