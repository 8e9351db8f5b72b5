"""When to order and how much, where an order costs something by itself: (r, Q) and (s, S), exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from zhanggui.methods.stocking.newsvendor import newsvendor_counts, period_costs

Floats: TypeAlias = npt.NDArray[np.float64]

_NEGLIGIBLE = 1e-15


@dataclass(frozen=True, slots=True)
class QuantityPolicy:
    """Whenever the position falls to a point, order the same quantity: (r, Q).

    Attributes
    ----------
    reorder_point, quantity : int
        The point, and how much.
    cost : float
        Expected cost of a unit of time.
    """

    reorder_point: int
    quantity: int
    cost: float


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """Whenever the position stands at or below a point, order up to a level: (s, S).

    Attributes
    ----------
    reorder_point, level : int
        The point, and the level.
    cost : float
        Expected cost of a period.
    """

    reorder_point: int
    level: int
    cost: float


def best_quantity_policy(rate: float, lead: float, *, holding: float, shortage: float, fixed: float) -> QuantityPolicy:
    """Return the cheapest (r, Q) for Poisson demand under continuous review, demand waiting when the shelf is empty.

    Parameters
    ----------
    rate : float
        Expected demand of a unit of time.
    lead : float
        Time from order to receipt.
    holding, shortage : float
        Cost of holding a unit, and of owing one, for a unit of time.
    fixed : float
        Cost of an order.

    Returns
    -------
    QuantityPolicy
        Exact.

    Notes
    -----
    ``cost(r, Q) = (fixed * rate + sum(g(y) for y in r+1..r+Q)) / Q`` with ``g`` the cost of a period that begins with a
    position. The window of positions grows on its cheaper side until the mean rises.

    References
    ----------
    .. [1] A. Federgruen, Y.-S. Zheng, *An efficient algorithm for computing an optimal (r, Q) policy in continuous
           review stochastic inventory systems*, Operations Research 40 (1992), 808-813.

    Examples
    --------
    >>> best = best_quantity_policy(1.5, 2, holding=20, shortage=150, fixed=100)
    >>> best.reorder_point, best.quantity, round(best.cost, 6)
    (3, 5, 107.923581)
    """
    chances = poisson_chances(rate * lead)
    low = int(newsvendor_counts(chances, under=shortage, over=holding).quantity)
    costs = _Costs(chances, shortage, holding)
    first = last = low
    total = fixed * rate + costs[low]
    cost = total
    while True:
        below, above = costs[first - 1], costs[last + 1]
        cheaper = min(below, above)
        quantity = last - first + 1
        if (total + cheaper) / (quantity + 1) > cost:
            return QuantityPolicy(first - 1, quantity, cost)
        first, last = (first - 1, last) if below < above else (first, last + 1)
        total += cheaper
        cost = total / (quantity + 1)


def best_level_policy(
    chances: npt.ArrayLike,
    *,
    holding: float,
    shortage: float,
    fixed: float,
    cover: npt.ArrayLike | None = None,
) -> LevelPolicy:
    """Return the cheapest (s, S) for review once a period, demand waiting when the shelf is empty.

    Parameters
    ----------
    chances : array_like of float, shape (n_counts,)
        Chance that a period's demand is 0, 1, 2 and so on.
    holding, shortage : float
        Cost of holding a unit, and of owing one, for a period.
    fixed : float
        Cost of an order.
    cover : array_like of float, optional
        Chances of the demand of lead time and period together; without them goods come at once.

    Returns
    -------
    LevelPolicy
        Exact.

    References
    ----------
    .. [1] Y.-S. Zheng, A. Federgruen, *Finding optimal (s, S) policies is about as simple as evaluating a single
           policy*, Operations Research 39 (1991), 654-665.

    Examples
    --------
    >>> best = best_level_policy(poisson_chances(6.0), holding=1, shortage=4, fixed=5)
    >>> best.reorder_point, best.level, round(best.cost, 6)
    (4, 10, 8.034112)
    """
    demand = np.asarray(chances, np.float64)
    costs = _Costs(demand if cover is None else np.asarray(cover, np.float64), shortage, holding)
    renewals = _Renewals(demand)

    def cost(point: int, level: int) -> float:
        """Return the mean cost of a period under (point, level): of a cycle, over its expected periods."""
        weights = renewals.first(level - point)
        passed = costs.between(point + 1, level)[::-1]
        return float((fixed + weights @ passed) / weights.sum())

    base = int(newsvendor_counts(costs.chances, under=shortage, over=holding).quantity)
    point = base - 1
    while cost(point, base) > costs[point]:
        point -= 1
    best_point, best_level, least = point, base, cost(point, base)
    level = base + 1
    while costs[level] <= least:
        if cost(best_point, level) < least:
            best_level = level
            while cost(point, best_level) <= costs[point + 1]:
                point += 1
            best_point, least = point, cost(point, best_level)
        level += 1
    return LevelPolicy(best_point, best_level, least)


def poisson_chances(mean: float) -> Floats:
    """Return the chances of Poisson counts from 0 on, until hardly anything is left, summing to 1."""
    last = int(poisson.isf(_NEGLIGIBLE, mean)) + 1 if mean > 0 else 0
    chances = np.asarray(poisson.pmf(np.arange(last + 1), mean), np.float64)
    return np.asarray(chances / chances.sum())


class _Costs:
    """Cost of a period by the position it begins with, each worked out once."""

    def __init__(self, chances: Floats, under: float, over: float) -> None:
        self.chances = chances
        self._under, self._over = under, over
        self._first, self._known = 0, period_costs(chances, under=under, over=over, first=0, last=len(chances))

    def __getitem__(self, position: int) -> float:
        return float(self.between(position, position)[0])

    def between(self, first: int, last: int) -> Floats:
        """Return the costs of positions `first` to `last`."""
        end = self._first + len(self._known) - 1
        if first < self._first or last > end:
            start, end = min(first - 16, self._first), max(last + 16, end)
            self._known = period_costs(self.chances, under=self._under, over=self._over, first=start, last=end)
            self._first = start
        return self._known[first - self._first : last - self._first + 1]


class _Renewals:
    """Expected periods that a cycle spends each number of units below its level."""

    def __init__(self, chances: Floats) -> None:
        self._chances = chances
        self._known: list[float] = []

    def first(self, n: int) -> Floats:
        """Return those of 0 to ``n - 1`` units."""
        stays = 1 - float(self._chances[0])
        while len(self._known) < n:
            units = len(self._known)
            if units == 0:
                self._known.append(1 / stays)
                continue
            reach = min(units, len(self._chances) - 1)
            before = np.array(self._known[units - reach : units][::-1])
            self._known.append(float(self._chances[1 : reach + 1] @ before) / stays)
        return np.array(self._known[:n])
