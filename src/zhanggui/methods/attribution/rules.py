"""Rules of thumb: the share of each touch is fixed by its place or its age."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from zhanggui.methods.attribution.journeys import Floats, Journeys, summed

HALF_LIFE = 7.0
"""Age at which a touch counts half, for time decay."""

ENDS = 0.4
"""Share of the first touch and of the last, for the position rule."""

Rule = Callable[[Journeys], Floats]
"""The share of each touch; the shares of a journey add up to 1."""


def first(of: Journeys) -> Floats:
    """Return all of it at the first touch."""
    share = np.zeros(len(of.touch))
    share[of.start[:-1]] = 1.0
    return share


def last(of: Journeys) -> Floats:
    """Return all of it at the last touch."""
    share = np.zeros(len(of.touch))
    share[of.start[1:] - 1] = 1.0
    return share


def linear(of: Journeys) -> Floats:
    """Return the same share at every touch; a repeated touch counts each time."""
    return np.repeat(1.0 / of.length, of.length)


def position(of: Journeys, *, ends: float = ENDS) -> Floats:
    """Return `ends` at the first and at the last touch, the rest evenly between; halves where there is no between."""
    length = of.length
    between = np.divide(1.0 - 2 * ends, length - 2, out=np.zeros(len(of)), where=length > 2)
    share = np.repeat(between, length)
    at_ends = np.select([length == 1, length == 2], [1.0, 0.5], ends)
    share[of.start[:-1]] = at_ends
    share[of.start[1:] - 1] = at_ends
    return share


def time_decay(of: Journeys, *, half_life: float = HALF_LIFE) -> Floats:
    """Return shares that halve with every `half_life` of age; the journeys must know the age of their touches."""
    assert of.age is not None, "offered only where ages are known"
    # Ages count from the youngest touch of the journey, so that old journeys do not vanish into rounding.
    youngest = np.minimum.reduceat(of.age, of.start[:-1])
    weight = np.exp2((np.repeat(youngest, of.length) - of.age) / half_life)
    return np.asarray(weight / np.repeat(np.add.reduceat(weight, of.start[:-1]), of.length))


def rules(*, half_life: float = HALF_LIFE, has_age: bool) -> dict[str, Rule]:
    """Return the rules by name; time decay only where ages are known."""
    known: dict[str, Rule] = {"first": first, "last": last, "linear": linear, "position": position}
    return known | ({"time_decay": partial(time_decay, half_life=half_life)} if has_age else {})


def credited(of: Journeys, share: Floats, amount: Floats, n_channels: int) -> Floats:
    """Return what each channel gets of an amount per journey."""
    return summed(of.touch, share * np.repeat(amount, of.length), n_channels)
