"""How often people of a trade come back, and when they stop: the BG/NBD story of buying.

While he is a customer, a person pays for orders at exponential intervals with a rate of his own (gamma among people);
after every paid order he stops for good with a chance of his own (beta among people).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.options import Trade


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How rates and dropout chances differ among the people of a trade.

    Attributes
    ----------
    shape, days : float
        The rate of paid orders a day is gamma with this shape and the mean ``shape / days``.
    a, b : float
        The chance to stop after a paid order is beta with these.
    """

    shape: float
    days: float
    a: float
    b: float


RHYTHMS: dict[Trade, Rhythm] = {
    Trade.BEAUTY: Rhythm(1.1, 70.0, 3.3, 1.5),
    Trade.FASHION: Rhythm(0.9, 80.0, 3.2, 1.3),
    Trade.BABY: Rhythm(1.3, 50.0, 2.9, 1.6),
    Trade.HOME: Rhythm(1.0, 50.0, 3.0, 1.6),
}
"""Rhythm of each trade."""

_TRADES = list(Trade)


def rates_and_drops(draws: Draws, keys: Keys, trade: Ints) -> tuple[Floats, Floats]:
    """Draw each person's rate of paid orders a day and his chance to stop after one."""
    rhythms = [RHYTHMS[name] for name in _TRADES]
    shape, days, a, b = (
        np.array([getattr(rhythm, name) for rhythm in rhythms])[trade] for name in ("shape", "days", "a", "b")
    )
    return draws.gamma(shape, "rate", keys) / days, draws.beta(a, b, "drop", keys)
