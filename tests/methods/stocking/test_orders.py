"""Sizes of orders, budgets, and the past tried again."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from zhanggui.methods.forecast import Demand, smooth_path
from zhanggui.methods.stocking import Economy, critical_fractile, order_sizes, replay, spend, tune


def test_an_order_is_whole_cases_and_at_least_what_the_supplier_takes() -> None:
    # 7 wanted: 2 cases of 6. 1 wanted: the least order of 10 is 2 cases. Above the point: nothing.
    sizes = order_sizes([3, 9, 11], [9, 9, 9], [10, 10, 10], case=6, least=[0, 10, 0])

    assert sizes.quantity.tolist() == [12, 12, 0]
    assert sizes.raised.tolist() == [True, True, False]


def test_what_would_spoil_is_not_ordered() -> None:
    sizes = order_sizes([2, 2], [5, 5], [20, 20], case=4, least=[0, 12], most_position=[12, 12])

    assert sizes.quantity.tolist() == [8, 0]
    assert sizes.cut.all()


def demand(*means: float) -> Demand:
    return Demand(np.array(means), np.array(means) * 1.5)


def test_without_a_budget_everything_wanted_is_ordered() -> None:
    found = spend(demand(10, 4), [2, 0], [12, 6], unit_cost=[5, 5], margin=[4, 4], over=[0.1, 0.1])

    assert found.quantity.tolist() == [12, 6]
    assert found.cash == 18 * 5


def test_cash_goes_first_where_it_earns_most_and_never_beyond_the_budget() -> None:
    found = spend(demand(10, 10), [0, 0], [10, 10], unit_cost=[10, 10], margin=[9, 3], over=[0.1, 0.1], budget=60)

    assert found.cash <= 60
    assert found.quantity[0] > found.quantity[1]
    assert found.profit <= found.bound


@pytest.mark.parametrize("budget", [15.0, 40.0, 75.0])
def test_no_choice_of_units_beats_the_bound_and_the_greedy_one_is_near_it(budget: float) -> None:
    asked, cost, margin = demand(3, 5, 2), np.array([5.0, 3.0, 8.0]), np.array([4.0, 2.0, 9.0])
    found = spend(asked, [0, 0, 0], [6, 8, 5], unit_cost=cost, margin=margin, over=0.2, budget=budget)

    def profit(units: tuple[int, ...]) -> float:
        stock = np.array(units, np.float64)
        short = asked.shortfall(stock)
        return float((margin * (asked.mean - short) - 0.2 * (stock - asked.mean + short)).sum())

    nothing = profit((0, 0, 0))
    possible = (units for units in product(range(7), range(9), range(6)) if np.dot(units, cost) <= budget)
    best = max(profit(units) - nothing for units in possible)
    assert best <= found.bound + 1e-9
    assert found.profit >= 0.9 * best


def test_a_replay_loses_what_the_shelf_does_not_hold() -> None:
    # Up to 4, two periods on the way: 4 - 3 = 1 left, then 1 of 3 sold, then the 3 ordered in period 1 come.
    found = replay([[3, 3, 3]], [[4, 4, 4]], Economy(2.0, 1.0), lead=2)

    assert found.sold.tolist() == [3 + 1 + 0]
    assert found.asked.tolist() == [9]
    assert found.profit.tolist() == [4 * 2 - (1 + 0 + 0) * 1]


def test_goods_that_come_at_once_are_sold_in_the_same_period() -> None:
    assert replay([[3, 3, 3]], [[4, 4, 4]], Economy(1.0, 0.0), lead=0).sold.tolist() == [9]


def test_costly_holding_lowers_the_fractile_and_cheap_holding_keeps_the_formula() -> None:
    counts = np.random.default_rng(5).negative_binomial(2, 0.2, (300, 40)).astype(np.float64)
    levels, spreads = (each[:, :-1] for each in smooth_path(counts))
    learnt = (levels[:, 12:], spreads[:, 12:])

    def tuned(holding: float) -> float | None:
        formula = critical_fractile(0.3, holding)
        grid = (0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
        return tune(counts[:, 12:], learnt, Economy(0.3, holding), formula=formula, lead=2, fractiles=grid).fractile

    perishable = tuned(0.035)
    assert perishable is not None
    assert perishable < float(critical_fractile(0.3, 0.035))
    assert tuned(0.0034) is None
