"""Rules of thumb: the share of each touch is fixed by its place or its age."""

from __future__ import annotations

import numpy as np
from numba import njit

from zhanggui.methods.attribution.journeys import Floats, Ints, Journeys

RULES = ("first", "last", "linear", "position", "time_decay")
"""Rules by name. Linear counts a repeated touch each time; two touches have no between, so the ends share it."""

HALF_LIFE = 7.0
"""Age at which a touch counts half, for time decay."""

ENDS = 0.4
"""Share of the first touch and of the last, for the position rule."""


def by_rules(of: Journeys, n_channels: int, *, half_life: float = HALF_LIFE) -> Floats:
    """Return what each channel gets by each rule.

    Parameters
    ----------
    of : Journeys
        Journeys; without ages nobody gets anything by time decay.
    n_channels : int
        Number of channels.
    half_life : float
        For time decay, in the unit of the ages.

    Returns
    -------
    array of float, shape (len(RULES), 2, n_channels)
        Conversions, then worth.

    Examples
    --------
    >>> from zhanggui.methods.attribution import journeys
    >>> by_rules(journeys([(0, 1, 1)], conversions=[10]), 2)[:4, 0].round(9).tolist()
    [[10.0, 0.0], [0.0, 10.0], [3.333333333, 6.666666667], [4.0, 6.0]]
    """
    got = np.zeros((len(RULES), 2, n_channels))
    age = np.empty(0) if of.age is None else of.age
    _walk(of.touch, of.start, of.conversions, of.value, age, half_life, got)
    return got


@njit(cache=True, error_model="numpy")
def _walk(
    touch: Ints, start: Ints, conversions: Floats, value: Floats, age: Floats, half_life: float, got: Floats
) -> None:
    for j in range(start.size - 1):
        lo, hi = start[j], start[j + 1]
        n, amounts = hi - lo, (conversions[j], value[j])
        if amounts[0] == 0 and amounts[1] == 0:
            continue
        end = 1.0 if n == 1 else 0.5 if n == 2 else ENDS
        between = (1.0 - 2.0 * ENDS) / (n - 2)
        # Ages count from the youngest touch of the journey, so that old journeys do not vanish into rounding.
        weights, youngest = 0.0, age[lo:hi].min() if age.size else 0.0
        for i in range(lo, hi if age.size else lo):
            weights += 2.0 ** ((youngest - age[i]) / half_life)
        for k in range(2):
            amount = amounts[k]
            got[0, k, touch[lo]] += amount
            got[1, k, touch[hi - 1]] += amount
            for i in range(lo, hi):
                at_end = i == lo or i == hi - 1
                got[2, k, touch[i]] += amount / n
                got[3, k, touch[i]] += amount * (end if at_end else between)
                if age.size:
                    got[4, k, touch[i]] += amount * (2.0 ** ((youngest - age[i]) / half_life) / weights)
