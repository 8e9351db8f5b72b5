"""A count that is not known yet: negative binomial by its mean and variance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom

Floats: TypeAlias = npt.NDArray[np.float64]

_LEAST_MEAN = 1e-9
_OVER_POISSON = 1.0001


@dataclass(frozen=True, slots=True)
class Demand:
    """Units that will be asked for, one entry per series.

    Attributes
    ----------
    mean, variance : array of float, shape (n_series,)
        A variance at or below the mean is taken as the mean's: a Poisson count.
    """

    mean: Floats
    variance: Floats

    def quantile(self, share: npt.ArrayLike) -> Floats:
        """Return the least whole count that demand stays at or below in this share of futures.

        Parameters
        ----------
        share : array_like of float
            Above 0 and below 1; one number or one of each series.
        """
        size, chance = self._parameters()
        return np.asarray(nbinom.ppf(np.asarray(share, np.float64), size, chance), np.float64)

    def at_most(self, count: npt.ArrayLike) -> Floats:
        """Return the share of futures in which demand is at or below a count."""
        size, chance = self._parameters()
        return np.asarray(nbinom.cdf(np.asarray(count, np.float64), size, chance), np.float64)

    def shortfall(self, count: npt.ArrayLike) -> Floats:
        """Return the expected units asked for beyond a whole count: the loss function ``E[(X - count)+]``."""
        size, chance = self._parameters()
        count = np.asarray(count, np.float64)
        mean = size * (1 - chance) / chance
        # x pmf(x; r) = mean pmf(x - 1; r + 1) for the negative binomial: the tail's first moment is a tail again.
        tail = nbinom.sf(count, size, chance)
        return np.asarray(np.maximum(mean * nbinom.sf(count - 1, size + 1, chance) - count * tail, 0.0), np.float64)

    def with_lead(self, spread_periods: npt.ArrayLike, level: npt.ArrayLike) -> Demand:
        """Return the demand of a time whose length is uncertain.

        Parameters
        ----------
        spread_periods : array_like of float
            Standard deviation of the length, in periods.
        level : array_like of float
            Demand of one period.
        """
        more = (np.asarray(level, np.float64) * np.asarray(spread_periods, np.float64)) ** 2
        return Demand(self.mean, self.variance + more)

    def thinned(self, share: npt.ArrayLike) -> Demand:
        """Return the demand of which each unit counts with this chance only, such as those that do not come back."""
        part = np.asarray(share, np.float64)
        return Demand(self.mean * part, part**2 * self.variance + part * (1 - part) * self.mean)

    def _parameters(self) -> tuple[Floats, Floats]:
        mean = np.maximum(self.mean, _LEAST_MEAN)
        variance = np.maximum(self.variance, mean * _OVER_POISSON)
        chance = mean / variance
        return mean * chance / (1 - chance), chance
