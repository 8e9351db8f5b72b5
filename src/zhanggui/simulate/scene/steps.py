"""The way through the own site: the steps that a visit can reach and the true chance of passing each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import Step

FUNNEL: tuple[Step, ...] = (Step.ITEM, Step.VARIANT, Step.CART_ADD, Step.CHECKOUT, Step.PAYMENT)
"""Steps that a visit passes one after the other; the order is created with the last one, and paid after it."""
CREATED = len(FUNNEL)
"""Depth of a visit that creates an order; one more where it is paid before the visit ends."""
INTENT_STEP = FUNNEL.index(Step.CART_ADD)
"""The step at which it shows how much a visitor wants the goods: touches, channels and offers work here."""

PASS_RATES: dict[Trade, tuple[float, ...]] = {
    Trade.BEAUTY: (0.62, 0.46, 0.34, 0.40, 0.645),
    Trade.FASHION: (0.66, 0.40, 0.33, 0.42, 0.685),
    Trade.BABY: (0.60, 0.48, 0.36, 0.40, 0.600),
    # Weights, cuts and delivery slots of fresh food are all asked for on one page: the worst step.
    Trade.HOME: (0.62, 0.24, 0.46, 0.52, 0.700),
}
"""Chance of an ordinary visitor to pass each step of `FUNNEL`; the products are alike, near 0.025."""

_SUREST = 0.98
"""No step is passed with a greater chance."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Chances of visits to reach the steps.

    Attributes
    ----------
    reach : array of float, shape (visits, steps)
        Chance to get to each step of `FUNNEL` or beyond.
    """

    reach: Floats

    @property
    def order(self) -> Floats:
        """Chance of each visit to create an order."""
        last: Floats = self.reach[:, -1]
        return last

    def of(self, rows: Ints) -> Passing:
        """Return the chances of these visits."""
        return Passing(self.reach[rows])

    def depth_without_order(self, chance: Floats) -> Ints:
        """Return how many steps each visit passes that creates no order, for uniform numbers `chance`."""
        left = 1.0 - self.reach
        depth: Ints = (chance[:, None] * left[:, -1:] >= left).sum(axis=1)
        return np.minimum(depth, CREATED - 1)


def passing(levers: Levers, trade: Ints, landing: Floats, intent: Floats) -> Passing:
    """Return the chances of visits.

    Parameters
    ----------
    levers : Levers
        Of the day.
    trade : array of int
        What each visit is about, as a position in `Trade`.
    landing : array of float
        Factor on looking at an item at all.
    intent : array of float
        Factor on putting something into the cart.
    """
    rates = np.array([PASS_RATES[one] for one in Trade])[trade]
    rates[:, 0] *= landing
    rates[:, INTENT_STEP] *= intent
    for place, step in enumerate(FUNNEL):
        rates[:, place] *= levers.amounts(Lever.STEP_PASS, trade.size, step=int(step), trade=trade)
    # Whoever is all but certain to fill his cart shows what is left of his wish at the next step.
    rates[:, INTENT_STEP + 1] *= np.maximum(rates[:, INTENT_STEP] / _SUREST, 1.0)
    return Passing(np.cumprod(np.clip(rates, 0.0, _SUREST), axis=1))


class FunnelTruth:
    """How many visits truly came and got how far, by trade, from the first day on.

    Attributes
    ----------
    visits : array of float, shape (trades,)
        Human visits.
    expected : array of float, shape (trades, steps)
        Visits expected at each step of `FUNNEL`, by the chances of each single visit.
    reached : array of float, shape (trades, steps + 1)
        Visits that got there; the last column are those that paid at once.
    """

    def __init__(self) -> None:
        n_trades = len(Trade)
        self.visits = np.zeros(n_trades)
        self.expected = np.zeros((n_trades, len(FUNNEL)))
        self.reached = np.zeros((n_trades, len(FUNNEL) + 1))

    def add(self, trade: Ints, depth: Ints, reach: Floats) -> None:
        """Count visits."""
        n_trades = len(Trade)
        self.visits += np.bincount(trade, minlength=n_trades)
        for step in range(len(FUNNEL)):
            self.expected[:, step] += np.bincount(trade, reach[:, step], n_trades)
        for step in range(len(FUNNEL) + 1):
            self.reached[:, step] += np.bincount(trade, depth > step, n_trades)

    def rates(self) -> dict[str, dict[str, float]]:
        """Return the true pass rate of each step by trade, where anybody came."""
        found: dict[str, dict[str, float]] = {}
        for place, trade in enumerate(Trade):
            counts = np.concatenate([self.visits[place : place + 1], self.expected[place]])
            if counts[0]:
                steps = zip(FUNNEL, counts[1:] / counts[:-1], strict=True)
                found[trade.value] = {step.name.lower(): float(rate) for step, rate in steps}
        return found
