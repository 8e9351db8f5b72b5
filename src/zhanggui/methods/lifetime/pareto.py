"""Pareto/NBD: customers buy at their own rate and may leave for good at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.special import digamma, gammaln, roots_legendre

from zhanggui.methods.lifetime.histories import Floats, Histories

_PLACES, _WEIGHTS = roots_legendre(24)
# What is left out of an integral is e to the minus this, of its largest part.
_DEEP_ENOUGH = 32.0


@dataclass(frozen=True, slots=True)
class ParetoNbd:
    """Pareto / negative binomial.

    Attributes
    ----------
    r, alpha : float
        Shape and rate of the gamma distribution of buying rates; `alpha` is a time.
    s, beta : float
        Shape and rate of the gamma distribution of leaving rates; `beta` is a time.

    Notes
    -----
    The likelihood of a history is ``P + s I``: still there, or left in between. The published form writes the integral
    I as a difference of two hypergeometric functions, which loses digits and has no handy derivative; here I is summed
    at 24 places of Gauss-Legendre, on a scale where the integrand is nearly exponential, and so are its derivatives.

    References
    ----------
    .. [1] D. C. Schmittlein, D. G. Morrison, R. Colombo, "Counting your customers: who are they and what will they do
           next?", Management Science 33(1), 1987.
    .. [2] P. S. Fader, B. G. S. Hardie, "A note on deriving the Pareto/NBD model and related expressions", 2005.
    """

    r: float
    alpha: float
    s: float
    beta: float

    name: ClassVar[str] = "pareto_nbd"
    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha", "s", "beta")
    TIMES: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    @classmethod
    def likelihood(cls, point: Floats, of: Histories) -> tuple[float, Floats]:
        """Return the log-likelihood at `point` (`NAMES` in order) and its gradient.

        Parameters
        ----------
        point : array of float, shape (4,)
            The parameters.
        of : Histories
            The histories; each counts as often as it has customers.

        Returns
        -------
        tuple of float and array
            Sum over customers, and its derivative by each parameter.
        """
        value, gradient = 0.0, np.zeros(4)
        for block in of.blocks:
            of_block, by_block = _block_likelihood(point, block)
            value, gradient = value + of_block, gradient + by_block
        return value, gradient

    @classmethod
    def start(cls, of: Histories) -> Floats:
        """Return where a search for the maximum may begin."""
        time = of.mean_of(of.watched)
        rate = max(of.mean_of(of.repeats) / max(time, 1e-12), 1e-9)
        return np.array([0.5, 0.5 / rate / 1.5, 0.6, time / 2])

    def odds_gone(self, of: Histories) -> Floats:
        """Return the odds of having left by the end of what is known."""
        k = self.r + of.repeats
        left = _left_between(k, self.alpha, self.s, self.beta, of.last_at, of.watched).whole
        log_odds = (
            np.log(self.s)
            + np.log(np.maximum(left, 1e-300))
            + k * np.log((self.alpha + of.watched) / (self.alpha + of.last_at))
            + self.s * np.log(self.beta + of.watched)
            - (self.s + 1) * np.log(self.beta + of.last_at)
        )
        return np.asarray(np.exp(np.minimum(log_odds, 700.0)))

    def p_alive(self, of: Histories) -> Floats:
        """Return the chance of not having left."""
        return np.asarray(1 / (1 + self.odds_gone(of)))

    def p_purchase(self, of: Histories, horizon: float | Floats) -> Floats:
        """Return the chance of at least one purchase within `horizon` after the end of what is known."""
        k, alpha, beta = self.r + of.repeats, self.alpha + of.watched, self.beta + of.watched
        zero = np.zeros(len(of))
        until = zero + horizon
        # Bought nothing: there all the while, or left before buying.
        there = np.exp(-k * np.log1p(until / alpha) - self.s * np.log1p(until / beta))
        left = self.s / beta * _left_between(k, alpha, self.s, beta, zero, until).whole
        return np.asarray(self.p_alive(of) * np.clip(1 - there - left, 0.0, 1.0))

    def expected_purchases(self, of: Histories, horizon: float | Floats) -> Floats:
        """Return the purchases to be expected within `horizon` after the end of what is known."""
        alpha, beta = self.alpha + of.watched, self.beta + of.watched
        longer = np.log1p(horizon / beta)
        apart = self.s - 1
        time_there = beta * (longer if abs(apart) < 1e-9 else -np.expm1(-apart * longer) / apart)
        return np.asarray(self.p_alive(of) * (self.r + of.repeats) / alpha * time_there)

    def draw(self, of: Histories, horizon: float, rng: np.random.Generator) -> Floats:
        """Return purchases within `horizon` as one future of each row may bring them."""
        is_there = rng.random(len(of)) < self.p_alive(of)
        rate = rng.gamma(self.r + of.repeats) / (self.alpha + of.watched)
        leaving = np.maximum(rng.gamma(self.s, size=len(of)) / (self.beta + of.watched), 1e-300)
        there = np.minimum(rng.exponential(size=len(of)) / leaving, horizon)
        return np.where(is_there, rng.poisson(rate * there), 0.0)


@dataclass(frozen=True, slots=True)
class _Left:
    """Integrals from `begin` to `end`, divided by the integrand's value at `begin`."""

    whole: Floats
    by_log_alpha: Floats
    by_log_beta: Floats
    by_alpha: Floats
    by_beta: Floats


def _left_between(
    k: Floats, alpha: float | Floats, s: float, beta: float | Floats, begin: Floats, end: Floats
) -> _Left:
    """Integrate ``(alpha + u)^-k (beta + u)^-(s + 1)`` and what its derivatives need."""
    alpha, beta = np.broadcast_to(alpha, k.shape), np.broadcast_to(beta, k.shape)
    # On the scale log(nearer + u) the other factor has no singularity within pi of the real line.
    nearer = np.minimum(alpha, beta)
    first = nearer + begin
    steepness = (k / (alpha + begin) + (s + 1) / (beta + begin)) * first - 1
    length = np.log1p((end - begin) / first)
    length = np.minimum(length, _DEEP_ENOUGH / np.maximum(steepness, 1e-9))[:, None]
    step = first[:, None] * np.expm1(length * (_PLACES + 1) / 2)
    from_alpha, from_beta = (alpha + begin)[:, None], (beta + begin)[:, None]
    log_alpha, log_beta = np.log1p(step / from_alpha), np.log1p(step / from_beta)
    height = np.exp(-k[:, None] * log_alpha - (s + 1) * log_beta) * (first[:, None] + step)
    height *= length / 2 * _WEIGHTS
    return _Left(
        height.sum(axis=1),
        (height * log_alpha).sum(axis=1),
        (height * log_beta).sum(axis=1),
        (height / (from_alpha + step)).sum(axis=1),
        (height / (from_beta + step)).sum(axis=1),
    )


def _block_likelihood(point: Floats, of: Histories) -> tuple[float, Floats]:
    r, alpha, s, beta = point
    n, x = of.customers, of.repeats
    k = r + x
    seen, back = of.by_repeats
    left = _left_between(k, alpha, s, beta, of.last_at, of.watched)
    a_last, a_end, b_last, b_end = alpha + of.last_at, alpha + of.watched, beta + of.last_at, beta + of.watched
    log_a, log_b = np.log(a_last), np.log(b_last)
    # Everything stands relative to the integrand at the last purchase, which the line `scale` puts back.
    scale = -k * log_a - (s + 1) * log_b
    there = np.exp(-k * np.log(a_end / a_last) - s * np.log(b_end / b_last)) * b_last
    both = there + s * left.whole
    total = gammaln(r + seen)[back] - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + scale + np.log(both)

    slope_r = (
        digamma(r + seen)[back]
        - digamma(r)
        + np.log(alpha)
        - log_a
        - (there * np.log(a_end / a_last) + s * left.by_log_alpha) / both
    )
    slope_alpha = r / alpha - k * (there / a_end + s * left.by_alpha) / both
    slope_s = np.log(beta) - log_b + (left.whole - there * np.log(b_end / b_last) - s * left.by_log_beta) / both
    slope_beta = s / beta - s * (there / b_end + (s + 1) * left.by_beta) / both
    gradient = np.array([float(n @ slope) for slope in (slope_r, slope_alpha, slope_s, slope_beta)])
    return float(n @ total), gradient
