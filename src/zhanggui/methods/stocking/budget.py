"""Cash that does not reach for everything: where each yuan earns most, and how far from the best this can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast.demand import Demand

Floats: TypeAlias = npt.NDArray[np.float64]

STEPS = 12
"""Steps that an order is cut into; each is a whole number of cases."""


@dataclass(frozen=True, slots=True)
class Spending:
    """Orders within a budget.

    Attributes
    ----------
    quantity : array of float, shape (n_series,)
        Units of each, at most what was wanted.
    gain : array of float, shape (n_series,)
        Expected profit of ordering them.
    cash : float
        What they cost.
    profit, bound : float
        Expected profit of all, and what no choice of steps within the same cash could exceed.
    curve_cash, curve_profit : array of float
        What every budget would earn: both summed in the order in which steps are taken.
    """

    quantity: Floats
    gain: Floats
    cash: float
    profit: float
    bound: float
    curve_cash: Floats
    curve_profit: Floats


def spend(
    demand: Demand,
    position: npt.ArrayLike,
    wanted: npt.ArrayLike,
    *,
    unit_cost: npt.ArrayLike,
    margin: npt.ArrayLike,
    over: npt.ArrayLike,
    case: npt.ArrayLike = 1.0,
    least: npt.ArrayLike = 0.0,
    budget: float = np.inf,
) -> Spending:
    """Return the orders that earn most within a budget, taken step by step by profit per cash.

    Parameters
    ----------
    demand : Demand
        Units asked for until the order after this one can be there.
    position : array_like of float, shape (n_series,)
        On hand and to come, less what is promised.
    wanted : array_like of float, shape (n_series,)
        Units that would be ordered if cash were no question, in whole cases.
    unit_cost, margin, over : array_like of float
        Of a unit: its cost in cash, what a sale leaves, and what it costs when it is left over.
    case, least : array_like of float
        Units of a case, and of the least order: the first step is never below it.
    budget : float, default inf
        Cash to spend.

    Returns
    -------
    Spending
        The bound is that of the last step taken in part, which no choice of whole steps can exceed.

    Notes
    -----
    Expected profit of a position is concave, so the steps of a series earn less and less per unit, and taking steps by
    profit per cash is the best for every budget that it exhausts exactly. Steps that would lose are taken only without
    a budget, where what is wanted is ordered as it is.
    """
    has, want, cost, left, held, unit, moq = (
        np.broadcast_to(np.asarray(each, np.float64), demand.mean.shape)
        for each in (position, wanted, unit_cost, margin, over, case, least)
    )
    ends = _steps(want, np.maximum(unit, 1.0), moq)
    short = np.stack([demand.shortfall(np.maximum(has + end, 0.0)) for end in ends])
    stock = np.maximum(has + ends, 0.0)
    worth = -left * short - held * (stock - demand.mean + short)
    gains, units = np.diff(worth, axis=0), np.diff(ends, axis=0)
    spent = units * cost
    is_step = units > 0
    series = np.broadcast_to(np.arange(len(want)), gains.shape)[is_step]
    gain, cash, count = gains[is_step], spent[is_step], units[is_step]
    number = np.broadcast_to(np.arange(len(gains))[:, None], gains.shape)[is_step]
    order = np.lexsort((number, -gain / np.maximum(cash, 1e-9)))
    series, gain, cash, count = series[order], gain[order], cash[order], count[order]
    taken, bound = _taken(series, gain, cash, budget, len(want))
    pays = gain > 0
    return Spending(
        quantity=np.asarray(np.bincount(series[taken], count[taken], len(want)), np.float64),
        gain=np.asarray(np.bincount(series[taken], gain[taken], len(want)), np.float64),
        cash=float(cash[taken].sum()),
        profit=float(gain[taken].sum()),
        bound=bound,
        curve_cash=np.cumsum(cash[pays]),
        curve_profit=np.cumsum(gain[pays]),
    )


def _steps(want: Floats, unit: Floats, least: Floats) -> Floats:
    """Return the ends of each series' steps, shape (STEPS + 1, n_series), from 0 to what is wanted."""
    shares = np.linspace(0, 1, STEPS + 1)[:, None]
    ends = np.minimum(np.ceil(want * shares / unit) * unit, want)
    first = np.minimum(np.ceil(least / unit) * unit, want)
    return np.asarray(np.where(shares > 0, np.maximum(ends, first), 0.0))


def _taken(
    series: npt.NDArray[np.int64], gain: Floats, cash: Floats, budget: float, n: int
) -> tuple[npt.NDArray[np.bool_], float]:
    """Return which steps are taken, those of a series in their order, and the bound."""
    if not np.isfinite(budget):
        return np.ones(len(gain), np.bool_), float(np.maximum(gain, 0).sum())
    pays = gain > 0
    reached = np.cumsum(np.where(pays, cash, 0.0))
    fits = pays & (reached <= budget)
    bound = float(gain[fits].sum())
    over = np.flatnonzero(pays & ~fits)
    spent = float(cash[fits].sum())
    if over.size:
        bound += float(gain[over[0]] * (budget - spent) / max(cash[over[0]], 1e-9))
    # Smaller steps further down may still fit into what is left, unless an earlier step of the same series did not.
    closed = np.zeros(n, np.bool_)
    for place in over.tolist():
        if closed[series[place]] or spent + cash[place] > budget:
            closed[series[place]] = True
            continue
        fits[place] = True
        spent += float(cash[place])
    return fits, bound
