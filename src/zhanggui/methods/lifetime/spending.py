"""What one purchase of a customer is worth: the customer's own mean, drawn towards that of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from zhanggui.methods.lifetime.histories import MIN_CUSTOMERS, Floats
from zhanggui.methods.lifetime.searching import lowest
from zhanggui.methods.problems import NotEnoughDataError


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Values of purchases vary around a customer's mean, means among customers; both gamma distributed.

    Attributes
    ----------
    p, q : float
        Shapes: of a customer's purchases, and of the rates among customers.
    gamma : float
        Rate, in money.
    log_likelihood : float
        Sum over customers.

    References
    ----------
    .. [1] P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma model of monetary value", 2013.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float

    @property
    def mean(self) -> float:
        """The mean over customers, for somebody of whom nothing is known."""
        return self.p * self.gamma / (self.q - 1)

    def expected_value(self, n_purchases: npt.ArrayLike, mean_value: npt.ArrayLike) -> Floats:
        """Return what a purchase of each customer is worth.

        Parameters
        ----------
        n_purchases : array_like of float
            Purchases that the mean is of; 0 where nothing is known.
        mean_value : array_like of float
            Their mean value.

        Returns
        -------
        array of float
            Between the customer's own mean and that of all.
        """
        n, mean = np.asarray(n_purchases, np.float64), np.asarray(mean_value, np.float64)
        return np.asarray(self.p * (self.gamma + n * mean) / (self.p * n + self.q - 1))


@dataclass(frozen=True, slots=True)
class DrawnMean:
    """Values of any sign: a customer's mean is drawn towards that of all by how much means really differ.

    Attributes
    ----------
    mean : float
        Over customers.
    within : float
        Variance of the values of one customer.
    between : float
        Variance of the means among customers.
    """

    mean: float
    within: float
    between: float

    def expected_value(self, n_purchases: npt.ArrayLike, mean_value: npt.ArrayLike) -> Floats:
        """Return what a purchase of each customer is worth, as :meth:`GammaGamma.expected_value` does."""
        n, mean = np.asarray(n_purchases, np.float64), np.asarray(mean_value, np.float64)
        # Where customers do not differ, everybody is worth the mean of all.
        trust = n * self.between / np.maximum(n * self.between + self.within, 1e-300)
        return np.asarray(self.mean + trust * (mean - self.mean))


def fit_gamma_gamma(n_purchases: npt.ArrayLike, mean_value: npt.ArrayLike) -> GammaGamma:
    """Fit the gamma-gamma model by maximum likelihood.

    Parameters
    ----------
    n_purchases : array_like of float, shape (n_customers,)
        Purchases that each mean is of, at least 1.
    mean_value : array_like of float, shape (n_customers,)
        Their mean value, above 0; any unit.

    Returns
    -------
    GammaGamma
        Its mean exists: `q` is above 1.

    Raises
    ------
    NotEnoughDataError
        There are fewer than 30 customers, or a mean is not above 0.
    """
    n, mean = np.asarray(n_purchases, np.float64), np.asarray(mean_value, np.float64)
    if len(n) < MIN_CUSTOMERS:
        raise NotEnoughDataError(
            f"{len(n)} customers with a repeat are too few to tell what a purchase is worth; it takes {MIN_CUSTOMERS}.",
            where="customers with repeats",
            next_step="load more history",
        )
    if not (mean > 0).all():
        raise NotEnoughDataError(
            f"{int((mean <= 0).sum()):,} customers have a mean value of 0 or less, which this model cannot hold.",
            where="values of purchases",
            next_step="use the mean drawn towards all, which takes any sign",
        )
    unit = float(np.average(mean, weights=n))
    scaled = mean / unit

    def loss(logs: Floats) -> tuple[float, Floats]:
        p, above_one, gamma = np.exp(logs)
        q = 1 + above_one
        whole = p * n + q
        spread = np.log(gamma + n * scaled)
        total = gammaln(whole) - gammaln(p * n) - gammaln(q) + q * np.log(gamma)
        total += (p * n - 1) * np.log(scaled) + p * n * np.log(n) - whole * spread
        by_p = n * (digamma(whole) - digamma(p * n) + np.log(scaled * n) - spread)
        by_q = digamma(whole) - digamma(q) + np.log(gamma) - spread
        by_gamma = q / gamma - whole / (gamma + n * scaled)
        slopes = np.array([by_p.sum() * p, by_q.sum() * above_one, by_gamma.sum() * gamma])
        return -float(total.sum()) / len(n), -slopes / len(n)

    found = lowest(loss, np.log([3.0, 2.0, 1.0]), model="gamma_gamma")
    p, above_one, gamma = np.exp(found).tolist()
    in_given_unit = -loss(found)[0] * len(n) - len(n) * float(np.log(unit))
    return GammaGamma(p, 1 + above_one, gamma * unit, in_given_unit)


def fit_drawn_mean(customer: npt.ArrayLike, value: npt.ArrayLike) -> DrawnMean:
    """Split the variance of values into that within customers and that between them.

    Parameters
    ----------
    customer : array_like of int, shape (n_purchases,)
        Number of the customer of each purchase, from 0.
    value : array_like of float, shape (n_purchases,)
        What each is worth; any sign.

    Returns
    -------
    DrawnMean
        Variances by the method of moments; that between is 0 where the means differ by no more than chance.

    Raises
    ------
    NotEnoughDataError
        There is no purchase.
    """
    who, worth = np.asarray(customer, np.int64), np.asarray(value, np.float64)
    if not len(who):
        raise NotEnoughDataError("There is no purchase.", where="values of purchases", next_step="load orders")
    n = np.bincount(who)
    seen = np.flatnonzero(n)
    count = n[seen].astype(np.float64)
    means = np.bincount(who, worth)[seen] / count
    whole, mean = float(count.sum()), float(worth.mean())
    freedom = whole - len(seen)
    overall = np.zeros(len(n))
    overall[seen] = means
    inside = float(((worth - overall[who]) ** 2).sum())
    within = inside / freedom if freedom > 0 else float(worth.var())
    if len(seen) < 2 or freedom <= 0:
        return DrawnMean(mean, within, 0.0)
    among = float((count * (means - mean) ** 2).sum())
    per_customer = whole - float((count**2).sum()) / whole
    between = max((among - (len(seen) - 1) * within) / per_customer, 0.0)
    return DrawnMean(mean, within, between)
