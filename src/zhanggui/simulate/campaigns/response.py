"""What a message or a coupon truly changes, person by person.

Of four kinds of people only one is moved by an offer (`PERSUADABLE`); the sure things buy anyway and take the discount,
the lost causes do not buy, and the sleeping dogs buy less because they were disturbed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.people import People, Uplift
from zhanggui.simulate.rows import NEVER

DOG_LOSS = 0.3
"""Part of his own missions that a sleeping dog does not make in the days after a message."""
OFFER_LIFT = 0.09
"""Chance that a message with a coupon of 50 yuan brings a persuadable person who would not have come."""
MESSAGE_LIFT = 0.02
"""The same without a coupon."""
_USUAL_VALUE_MINOR = 5_000
_POOL_MEMORY = 0.98
"""What a day leaves of the weight of earlier entrants."""
_DAY = 86_400


def natural_chances(people: People, who: Ints, now: int, days: float, paid_share: Floats) -> Floats:
    """Return the chance that each of these people pays for an order within so many days if nothing is done.

    Parameters
    ----------
    people : People
        Everybody.
    who : array of int
        Those asked about.
    now : int
        The moment from which the days count.
    days : float
        How many.
    paid_share : array of float
        Part of the orders of each that gets paid.

    Returns
    -------
    array of float
        The world knows when each will want something next, so these are near 0 or near `paid_share`.
    """
    until = now + int(days * _DAY)
    wants = people.is_alive[who] & (people.n_orders[who] > 0)
    wants &= (people.next_mission[who] != NEVER) & (people.next_mission[who] < until)
    left = np.maximum(until - np.maximum(people.next_mission[who], now), 0) / _DAY
    # Whoever did not pay may come once more.
    again = (1 - paid_share) * -np.expm1(-people.rate[who] * left)
    chances: Floats = np.where(wants, paid_share * (1 + again), 0.0)
    return chances


def offer_lift(value_minor: int) -> float:
    """Return how much an offer of this value moves a persuadable person: twice the value, less than twice as much."""
    if value_minor <= 0:
        return MESSAGE_LIFT
    return MESSAGE_LIFT + (OFFER_LIFT - MESSAGE_LIFT) * math.sqrt(min(value_minor / _USUAL_VALUE_MINOR, 3.0))


@dataclass(slots=True)
class Pool:
    """Those who lately entered an experiment, as sums: who they are and how likely they were to buy anyway.

    A target share is met over the pool: a single day's entrants are too few to know their average, and those of long
    ago differ from today's, because campaigns change who comes back.
    """

    n: Floats = field(default_factory=lambda: np.zeros(len(Uplift)))
    chance: Floats = field(default_factory=lambda: np.zeros(len(Uplift)))

    def add(self, kinds: Ints, chances: Floats) -> None:
        """Take in today's entrants, of all arms."""
        self.n = _POOL_MEMORY * self.n + np.bincount(kinds, minlength=len(Uplift))
        self.chance = _POOL_MEMORY * self.chance + np.bincount(kinds, chances, minlength=len(Uplift))

    def push(self, share: float | None, factor: float) -> tuple[Floats, float]:
        """Return what an arm has to do so that its people buy as planned.

        Parameters
        ----------
        share : float or None
            Share of them who are to buy within the window.
        factor : float
            Where `share` is None: that share as a multiple of what it would be without the arm.

        Returns
        -------
        chance : array of float
            By kind of person: that the arm brings somebody who would not have come.
        loss : float
            Part of their own missions that all make less; above 0 where less is planned than comes by itself.
        """
        n = self.n.sum()
        natural = float(self.chance.sum() / n)
        planned = natural * factor if share is None else share
        chance = np.zeros(len(Uplift))
        if planned <= natural:
            return chance, 1.0 - planned / natural if natural > 0 else 0.0
        dogs = float(self.chance[Uplift.SLEEPING_DOG] / n) * DOG_LOSS
        wanted = planned - natural + dogs
        # Persuadable people first; what is planned beyond what they can give falls on everybody alike.
        open_ = (self.n - self.chance) / n
        open_[Uplift.SLEEPING_DOG] += dogs
        from_them = min(wanted, 0.9 * float(open_[Uplift.PERSUADABLE]))
        chance[Uplift.PERSUADABLE] = from_them / max(float(open_[Uplift.PERSUADABLE]), 1e-12)
        rest = wanted - from_them
        if rest > 1e-12:
            others = np.arange(len(Uplift)) != Uplift.PERSUADABLE
            chance[others] = min(rest / max(float(open_[others].sum()), 1e-12), 1.0)
        return chance, 0.0
