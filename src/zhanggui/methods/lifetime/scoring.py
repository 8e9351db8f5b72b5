"""How well a forecast held: error, bias, ranking, and what each tenth was promised and got."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from zhanggui.methods.lifetime.histories import Floats
from zhanggui.methods.lifetime.occasions import sums

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """How a forecast compares with what came.

    Attributes
    ----------
    mae : float
        Mean absolute error per customer.
    bias : float or None
        (forecast - actual) / actual over all; None where nothing came.
    auc : float or None
        Chance that somebody who came was ranked above somebody who did not; None where all did or none.
    """

    mae: float
    bias: float | None
    auc: float | None


@dataclass(frozen=True, slots=True)
class Tenths:
    """Customers by forecast, the highest tenth first; equal forecasts stay together.

    Attributes
    ----------
    tenth : array of int
        1 to 10; a tenth that ties emptied is left out.
    customers : array of float
        Customers in it.
    forecast, actual : array of float
        Sums over the tenth.
    """

    tenth: npt.NDArray[np.int64]
    customers: Floats
    forecast: Floats
    actual: Floats

    @property
    def slope(self) -> float | None:
        """Of the actual mean on the forecast mean over the tenths, each by its customers; 1 is calibrated."""
        x, y = self.forecast / self.customers, self.actual / self.customers
        centre = np.average(x, weights=self.customers)
        spread = float(self.customers @ (x - centre) ** 2)
        if spread <= 0:
            return None
        return float(self.customers @ ((x - centre) * (y - np.average(y, weights=self.customers)))) / spread


def ranking(score: npt.ArrayLike, is_hit: npt.ArrayLike) -> float | None:
    """Return the area under the curve: the chance that a hit has a higher score than a miss, ties counting half.

    Parameters
    ----------
    score : array_like of float
        Higher for likelier.
    is_hit : array_like of bool
        What came.

    Returns
    -------
    float or None
        None where all are hits or none is.

    Examples
    --------
    >>> ranking([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    0.875
    """
    hit = np.asarray(is_hit, bool)
    n_hits, n_misses = int(hit.sum()), int((~hit).sum())
    if not n_hits or not n_misses:
        return None
    ranks = rankdata(np.asarray(score, np.float64))
    return float((ranks[hit].sum() - n_hits * (n_hits + 1) / 2) / n_hits / n_misses)


def score(forecast: Floats, actual: Floats) -> Score:
    """Return how a forecast of purchases held.

    Parameters
    ----------
    forecast, actual : array of float, shape (n_customers,)
        Purchases expected and made.

    Returns
    -------
    Score
        Over all customers.
    """
    came = float(actual.sum())
    return Score(
        float(np.abs(forecast - actual).mean()),
        float(forecast.sum()) / came - 1 if came > 0 else None,
        ranking(forecast, actual > 0),
    )


def tenths(forecast: Floats, actual: Floats) -> Tenths:
    """Return what tenths of the customers were promised and got.

    Parameters
    ----------
    forecast, actual : array of float, shape (n_customers,)
        Of purchases or of money.

    Returns
    -------
    Tenths
        By forecast, the highest first.
    """
    # A customer's tenth follows from how many have a higher forecast, so equal forecasts share one.
    above = rankdata(-forecast, method="min") - 1
    place = np.minimum((above * _TENTHS // max(len(forecast), 1)).astype(np.int64), _TENTHS - 1)
    n = np.bincount(place, minlength=_TENTHS).astype(np.float64)
    is_there = n > 0
    promised, came = (sums(place, each, _TENTHS)[is_there] for each in (forecast, actual))
    return Tenths(np.flatnonzero(is_there) + 1, n[is_there], promised, came)
