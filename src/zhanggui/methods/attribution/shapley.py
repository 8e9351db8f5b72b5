"""Shapley values: the average of what a channel adds to every set of the others.

Two worths of a set of channels give two values. *Conversions*: the worth of a set is the conversions of journeys that
stay inside it; the value is then an even split among the different channels of each journey. *Rate*: the worth of a set
is the conversion rate of the journeys that stay inside it, so journeys without conversion speak too; scaled to the
conversions, and possibly negative. The ordered value splits the first by the place of the touch (Zhao et al., 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import factorial

import numpy as np
from numba import njit

from zhanggui.methods.attribution.journeys import Floats, Ints, Journeys, summed

MOST_CHANNELS = 20
"""Above it, the rate value would need more than a million sets."""

PLACES = 10
"""Places told apart by the ordered value; the last stands for itself and all later ones."""


def even_split(of: Journeys, n_channels: int) -> Floats:
    """Return what is split evenly among the channels of each journey, and of each channel among its touches.

    Parameters
    ----------
    of : Journeys
        Journeys.
    n_channels : int
        Number of channels.

    Returns
    -------
    array of float, shape (2, n_channels, PLACES)
        Conversions, then worth; their sums over places are the unordered value.

    Examples
    --------
    >>> from zhanggui.methods.attribution import journeys
    >>> even_split(journeys([(0, 1, 1)], conversions=[1]), 2)[0, :, :4].tolist()
    [[0.5, 0.0, 0.0, 0.0], [0.0, 0.25, 0.25, 0.0]]
    """
    got = np.zeros((2, n_channels, PLACES))
    _walk(of.touch, of.start, of.conversions, of.value, got)
    return got


@njit(cache=True, error_model="numpy")
def _walk(touch: Ints, start: Ints, conversions: Floats, value: Floats, got: Floats) -> None:
    n_touches, last = np.zeros(got.shape[1], np.int64), got.shape[2] - 1
    for j in range(start.size - 1):
        if conversions[j] == 0 and value[j] == 0:
            continue
        lo, hi = start[j], start[j + 1]
        n_different = 0
        for i in range(lo, hi):
            n_different += n_touches[touch[i]] == 0
            n_touches[touch[i]] += 1
        for i in range(lo, hi):
            here, place = touch[i], min(i - lo, last)
            n_ways = n_different * n_touches[here]
            got[0, here, place] += conversions[j] / n_ways
            got[1, here, place] += value[j] / n_ways
        for i in range(lo, hi):
            n_touches[touch[i]] = 0


class Exposures:
    """Conversions and ends without one, by the set of channels that a journey touched.

    Parameters
    ----------
    n_channels : int
        Number of channels, at most `MOST_CHANNELS`.
    """

    def __init__(self, n_channels: int) -> None:
        self.n_channels = n_channels
        self._sums = {name: np.zeros(1 << n_channels) for name in ("conversions", "nulls")}

    def add(self, of: Journeys) -> None:
        """Count some journeys."""
        members = np.bitwise_or.reduceat(np.int64(1) << of.touch.astype(np.int64), of.start[:-1])
        amounts: Mapping[str, Floats] = {"conversions": of.conversions, "nulls": of.nulls}
        for name, amount in amounts.items():
            self._sums[name] += summed(members, amount, 1 << self.n_channels)

    def credits(self) -> Floats:
        """Return the value by rate, scaled so that it sums to the conversions."""
        inside = {name: _over_subsets(sums, self.n_channels) for name, sums in self._sums.items()}
        ended = inside["conversions"] + inside["nulls"]
        rate = np.divide(inside["conversions"], ended, out=np.zeros_like(ended), where=ended > 0)
        return np.asarray(shapley_values(rate, self.n_channels) * ended[-1])


def shapley_values(worth: Floats, n_players: int) -> Floats:
    """Return the Shapley value of each player.

    Parameters
    ----------
    worth : array of float, shape (2 ** n_players,)
        Worth of each set; bit i of the index says whether player i is in it.
    n_players : int
        Number of players.

    Returns
    -------
    array of float, shape (n_players,)
        Sums to the worth of all less the worth of none.

    Examples
    --------
    Two players who are worth nothing alone and 1 together share it.

    >>> shapley_values(np.array([0.0, 0.0, 0.0, 1.0]), 2).tolist()
    [0.5, 0.5]
    """
    members = np.arange(1 << n_players)
    size = np.bitwise_count(members)
    weight = np.array([factorial(s) * factorial(n_players - s - 1) / factorial(n_players) for s in range(n_players)])
    values = np.empty(n_players)
    for player in range(n_players):
        without = members[members >> player & 1 == 0]
        values[player] = np.sum(weight[size[without]] * (worth[without | 1 << player] - worth[without]))
    return values


def _over_subsets(sums: Floats, n_channels: int) -> Floats:
    """Return for each set the sum over all its subsets."""
    total = sums.copy()
    for bit in range(n_channels):
        cells = total.reshape(-1, 2, 1 << bit)
        cells[:, 1] += cells[:, 0]
    return total
