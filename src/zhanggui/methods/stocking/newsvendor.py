"""How much to have for one season: as much as the last unit is still likely enough to sell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import norm

from zhanggui.methods.problems import NotEnoughDataError

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Level:
    """A quantity and what it is expected to cost.

    Attributes
    ----------
    quantity : float
        Units to have.
    cost : float
        Expected cost of what is missing and of what is left, in the unit of the costs given.
    """

    quantity: float
    cost: float


def critical_fractile(under: npt.ArrayLike, over: npt.ArrayLike) -> Floats:
    """Return the share of futures that should find enough on the shelf: ``under / (under + over)``.

    Parameters
    ----------
    under : array_like of float
        What a unit too few costs: the margin that is lost.
    over : array_like of float
        What a unit too many costs: holding it, or what it loses until it is cleared.

    Returns
    -------
    array of float
        Between 0 and 1.
    """
    lost, left = np.asarray(under, np.float64), np.asarray(over, np.float64)
    return np.asarray(lost / np.maximum(lost + left, 1e-12))


def newsvendor_normal(mean: float, spread: float, *, under: float, over: float) -> Level:
    """Return the best quantity for normal demand.

    Parameters
    ----------
    mean, spread : float
        Mean and standard deviation of demand.
    under, over : float
        Cost of a unit too few and of one too many.

    Returns
    -------
    Level
        Quantity and expected cost.

    Notes
    -----
    ``quantity = mean + z * spread`` with ``z`` the normal quantile of the critical fractile, and
    ``cost = (under + over) * density(z) * spread``.

    References
    ----------
    .. [1] L. V. Snyder, Z.-J. M. Shen, *Fundamentals of Supply Chain Theory*, 2nd ed., Wiley, 2019, section 4.3.

    Examples
    --------
    >>> level = newsvendor_normal(50, 8, under=0.7, over=0.18)
    >>> round(level.quantity, 4), round(level.cost, 4)
    (56.604, 1.9976)
    """
    z = float(ndtri(float(critical_fractile(under, over))))
    return Level(mean + z * spread, (under + over) * float(norm.pdf(z)) * spread)


def newsvendor_counts(chances: npt.ArrayLike, *, under: float, over: float) -> Level:
    """Return the best whole quantity for demand of known chances.

    Parameters
    ----------
    chances : array_like of float, shape (n_counts,)
        Chance that demand is 0, 1, 2 and so on; sums to 1.
    under, over : float
        Cost of a unit too few and of one too many.

    Returns
    -------
    Level
        The least quantity whose chance of being enough reaches the critical fractile, and its expected cost.

    Raises
    ------
    NotEnoughDataError
        The chances do not sum to 1.

    Examples
    --------
    >>> newsvendor_counts([0.1, 0.2, 0.4, 0.2, 0.1], under=4, over=1)
    Level(quantity=3.0, cost=1.5)
    """
    chance = np.asarray(chances, np.float64)
    if abs(float(chance.sum()) - 1) > 1e-6:
        raise NotEnoughDataError(
            "The chances of demand do not sum to 1.",
            where=f"they sum to {float(chance.sum()):.6f}",
            next_step="pass the chance of every count from 0 on",
        )
    enough = np.cumsum(chance) >= float(critical_fractile(under, over)) - 1e-12
    place = int(enough.argmax()) if enough.any() else len(chance) - 1
    return Level(float(place), float(period_costs(chance, under=under, over=over, first=place, last=place)[0]))


def period_costs(chances: Floats, *, under: float, over: float, first: int, last: int) -> Floats:
    """Return the expected cost of a period that begins with each stock from `first` to `last`; stocks may be owed."""
    counts = np.arange(len(chances))
    stock = np.arange(first, last + 1)[:, None]
    left = np.maximum(stock - counts, 0)
    missing = np.maximum(counts - stock, 0)
    return np.asarray((over * left + under * missing) @ chances)
