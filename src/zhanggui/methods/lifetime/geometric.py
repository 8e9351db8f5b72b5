"""BG/NBD and MBG/NBD: customers buy at their own rate and may leave for good right after a purchase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.special import digamma, gammaln

from zhanggui.methods.lifetime.histories import Floats, Histories

_FEWEST_PLACES, _MOST_PLACES = 8, 40
_BLOCK_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Beta-geometric / negative binomial: nobody leaves before a first repeat.

    Attributes
    ----------
    r, alpha : float
        Shape and rate of the gamma distribution of buying rates; `alpha` is a time.
    a, b : float
        Of the beta distribution of the chance to leave after a purchase.

    References
    ----------
    .. [1] P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting your customers the easy way: an alternative to the
           Pareto/NBD model", Marketing Science 24(2), 2005.
    """

    r: float
    alpha: float
    a: float
    b: float

    name: ClassVar[str] = "bg_nbd"
    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")
    TIMES: ClassVar[tuple[str, ...]] = ("alpha",)
    # Chances to leave that somebody with x repeats has passed: x, or x + 1 where the first purchase is one.
    _LEAVES_AT_FIRST: ClassVar[int] = 0

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
            of_block, by_block = cls._block_likelihood(point, block)
            value, gradient = value + of_block, gradient + by_block
        return value, gradient

    @classmethod
    def _block_likelihood(cls, point: Floats, of: Histories) -> tuple[float, Floats]:
        r, alpha, a, b = point
        n, k = of.customers, r + of.repeats
        # A function of whole numbers is worked out once for each of them.
        seen, back = of.by_repeats
        passed = seen + cls._LEAVES_AT_FIRST
        may_leave = passed > 0
        odds_of = np.where(may_leave, b + passed - 1, np.inf)
        fixed = r * np.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b)
        of_counts = gammaln(r + seen) + gammaln(b + passed) - gammaln(a + b + passed) + fixed
        by_r = digamma(r + seen) - digamma(r) + np.log(alpha)
        by_a = digamma(a + b) - digamma(a + b + passed)
        by_b = by_a + digamma(b + passed) - digamma(b)

        end, last = alpha + of.watched, alpha + of.last_at
        log_end, log_last = np.log(end), np.log(last)
        # P(still there) is 1 / (1 + odds of having left); the likelihood is the product of the rest and (1 + odds).
        odds = np.exp(np.minimum(k * (log_end - log_last), 600.0)) * (a / odds_of)[back]
        gone = odds / (1 + odds)
        there = 1 - gone
        total = np.log1p(odds) - k * log_end + of_counts[back]
        gone_of = np.bincount(back, n * gone, minlength=len(seen))
        n_of = np.bincount(back, n, minlength=len(seen))
        gradient = [
            float(n_of @ by_r - n @ (there * log_end + gone * log_last)),
            float(n_of.sum() * r / alpha - n @ (k * (there / end + gone / last))),
            float(n_of @ by_a + gone_of.sum() / a),
            float(n_of @ by_b - gone_of @ (1 / odds_of)),
        ]
        return float(n @ total), np.array(gradient)

    @classmethod
    def start(cls, of: Histories) -> Floats:
        """Return where a search for the maximum may begin."""
        rate = max(of.mean_of(of.repeats) / max(of.mean_of(of.watched), 1e-12), 1e-9)
        return np.array([0.5, 0.5 / rate / 1.5, 0.7, 2.5])

    def odds_gone(self, of: Histories) -> Floats:
        """Return the odds of having left by the end of what is known."""
        passed = of.repeats + self._LEAVES_AT_FIRST
        may_leave = passed > 0
        log_odds = (self.r + of.repeats) * np.log((self.alpha + of.watched) / (self.alpha + of.last_at))
        log_odds += np.log(self.a) - np.log(np.where(may_leave, self.b + passed - 1, 1.0))
        return np.where(may_leave, np.exp(np.minimum(log_odds, 700.0)), 0.0)

    def p_alive(self, of: Histories) -> Floats:
        """Return the chance of not having left. It is 1 for every one-time buyer of BG/NBD: no score of churn."""
        return np.asarray(1 / (1 + self.odds_gone(of)))

    def p_purchase(self, of: Histories, horizon: float | Floats) -> Floats:
        """Return the chance of at least one purchase within `horizon` after the end of what is known."""
        silent = (self.r + of.repeats) * np.log1p(horizon / (self.alpha + of.watched))
        return np.asarray(self.p_alive(of) * -np.expm1(-silent))

    def expected_purchases(self, of: Histories, horizon: float | Floats) -> Floats:
        """Return the purchases to be expected within `horizon` after the end of what is known."""
        z = horizon / (self.alpha + of.watched)
        # Given that somebody is there, the chance to leave after each purchase is beta distributed anew.
        seen, back = np.unique(of.repeats, return_inverse=True)
        n_places = _n_places(float(np.max(z, initial=0.0)))
        chances, shares = _beta_places(self.a, self.b + seen + self._LEAVES_AT_FIRST, n_places)
        ahead = np.empty(len(of))
        for begin in range(0, len(of), _BLOCK_ROWS):
            rows = slice(begin, begin + _BLOCK_ROWS)
            shape = self.r + of.repeats[rows, None]
            leave = chances[back[rows]]
            ahead[rows] = (shares[back[rows]] * -np.expm1(-shape * np.log1p(leave * z[rows, None])) / leave).sum(axis=1)
        return np.asarray(self.p_alive(of) * ahead)

    def draw(self, of: Histories, horizon: float, rng: np.random.Generator) -> Floats:
        """Return purchases within `horizon` as one future of each row may bring them."""
        is_there = rng.random(len(of)) < self.p_alive(of)
        rate = rng.gamma(self.r + of.repeats) / (self.alpha + of.watched)
        leaves = np.maximum(rng.beta(self.a, self.b + of.repeats + self._LEAVES_AT_FIRST), 1e-12)
        at_most = np.ceil(np.log(rng.random(len(of))) / np.log1p(-np.minimum(leaves, 1 - 1e-12)))
        return np.where(is_there, np.minimum(rng.poisson(rate * horizon), np.maximum(at_most, 1)), 0.0)


@dataclass(frozen=True, slots=True)
class MbgNbd(BgNbd):
    """Modified BG/NBD: a customer may also leave right after the first purchase.

    References
    ----------
    .. [1] E. P. Batislam, M. Denizel, A. Filiztekin, "Empirical validation and comparison of models for customer base
           analysis", International Journal of Research in Marketing 24(3), 2007.
    """

    name: ClassVar[str] = "mbg_nbd"
    _LEAVES_AT_FIRST: ClassVar[int] = 1


def _n_places(z: float) -> int:
    """Return how many places bring an error below 1e-12: the integrand has its pole at -1 / z."""
    apart = 1 + 2 / max(z, 1e-9)
    needed = 13.8 / np.log(apart + np.sqrt(apart**2 - 1))
    return int(np.clip(np.ceil(needed), _FEWEST_PLACES, _MOST_PLACES))


def _beta_places(a: float, b: Floats, n_places: int) -> tuple[Floats, Floats]:
    """Return places and weights that sum to the mean over beta(a, b), a row for each b (Gauss-Jacobi).

    The published expectation is a hypergeometric function whose implementations fail for many purchases; this sum does
    not. Weights come out as shares, so that nothing overflows.
    """
    places, shares = np.empty((len(b), n_places)), np.empty((len(b), n_places))
    n = np.arange(1, n_places, dtype=np.float64)
    for row, each in enumerate(b.tolist()):
        up, down = each - 1, a - 1
        both = 2 * n + up + down
        middle = np.concatenate(([(down - up) / (up + down + 2)], (down**2 - up**2) / (both * (both + 2))))
        beside = 4 * n * (n + up) * (n + down) * (n + up + down) / (both**2 * (both + 1) * (both - 1))
        beside[0] = 4 * (1 + up) * (1 + down) / ((2 + up + down) ** 2 * (3 + up + down))
        values, vectors = eigh_tridiagonal(middle, np.sqrt(beside))
        places[row], shares[row] = np.maximum((1 + values) / 2, 1e-15), vectors[0] ** 2
    return places, shares
