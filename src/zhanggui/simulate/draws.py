"""Random numbers that belong to what they decide: the same question gets the same answer, in any order.

A draw is a hash of the seed, the name of the stream and the keys of the thing decided (a person, an order, a day).
No generator is advanced, so a world in which one action differs draws the same numbers for all that the action does
not touch (common random numbers), and nothing depends on threads, processes or the order of work.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
KeyLike = npt.NDArray[np.int64] | npt.NDArray[np.uint64] | int

_ALL_BITS = 2**64 - 1
_STEP, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_WIDE_STEP, _WIDE_MIX_1, _WIDE_MIX_2 = np.uint64(_STEP), np.uint64(_MIX_1), np.uint64(_MIX_2)
_BY_30, _BY_27, _BY_31 = np.uint64(30), np.uint64(27), np.uint64(31)
_TO_UNIT = 2.0**-53
_TINY = 2.0**-54
"""Half a step of the uniform numbers: quantiles of 0 and 1 are infinite, so none is drawn."""


class Draws:
    """Random numbers of one seed.

    Parameters
    ----------
    seed : int
        Any whole number; worlds of different seeds share no draw.

    Examples
    --------
    >>> draws = Draws(7)
    >>> bool(draws.uniform("paid", 12)[0] == draws.uniform("paid", 12)[0])
    True
    >>> draws.key("person", np.arange(3)).shape
    (3,)
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def key(self, stream: str, *keys: KeyLike) -> Keys:
        """Return a 64-bit name for each combination of keys; keys broadcast against each other."""
        state: Keys | int = _stream_start(self.seed, stream)
        for part in keys:
            # Numbers are mixed as plain ones until an array comes, which is many times as fast as arrays of one.
            if isinstance(state, int) and np.ndim(part) == 0:
                state = _mixed(state ^ _widened_number(int(part)))
            else:
                state = _mixed(_as_array(state) ^ _widened(np.asarray(part)))
        return _as_array(_mixed(state))

    def uniform(self, stream: str, *keys: KeyLike) -> Floats:
        """Draw from [0, 1), one number for each combination of keys."""
        drawn: Floats = (self.key(stream, *keys) >> np.uint64(11)).astype(np.float64) * _TO_UNIT
        return drawn

    def normal(self, stream: str, *keys: KeyLike) -> Floats:
        """Draw from the standard normal distribution."""
        drawn: Floats = special.ndtri(self.uniform(stream, *keys) + _TINY)
        return drawn

    def exponential(self, stream: str, *keys: KeyLike) -> Floats:
        """Draw from the exponential distribution with mean 1."""
        drawn: Floats = -np.log1p(-self.uniform(stream, *keys))
        return drawn

    def gamma(self, shape: float | Floats, stream: str, *keys: KeyLike) -> Floats:
        """Draw from the gamma distribution with scale 1."""
        return np.asarray(special.gammaincinv(shape, self.uniform(stream, *keys) + _TINY), np.float64)

    def beta(self, a: float | Floats, b: float | Floats, stream: str, *keys: KeyLike) -> Floats:
        """Draw from the beta distribution."""
        return np.asarray(special.betaincinv(a, b, self.uniform(stream, *keys) + _TINY), np.float64)

    def poisson(self, mean: float | Floats, stream: str, *keys: KeyLike) -> Ints:
        """Draw a count with this mean."""
        chances = self.uniform(stream, *keys) + _TINY
        rates = np.broadcast_to(np.asarray(mean, np.float64), chances.shape)
        counts = np.zeros(chances.shape, np.int64)
        some = rates > 0
        counts[some] = np.maximum(np.ceil(special.pdtrik(chances[some], rates[some]) - 1e-9), 0).astype(np.int64)
        return counts

    def binomial(self, n: Ints | int, p: float | Floats, stream: str, *keys: KeyLike) -> Ints:
        """Draw how many of `n` happen, each with chance `p`; more of `n` never gives fewer."""
        chances = self.uniform(stream, *keys) + _TINY
        trials = np.broadcast_to(np.asarray(n, np.int64), chances.shape)
        chance = np.broadcast_to(np.clip(np.asarray(p, np.float64), 0.0, 1.0), chances.shape)
        counts = np.where(chance >= 1.0, trials, 0).astype(np.int64)
        some = (trials > 0) & (chance > 0) & (chance < 1)
        found = np.ceil(special.bdtrik(chances[some], trials[some].astype(np.float64), chance[some]) - 1e-9)
        counts[some] = np.clip(np.nan_to_num(found), 0, trials[some]).astype(np.int64)
        return counts

    def pick(self, weights: npt.ArrayLike, stream: str, *keys: KeyLike) -> Ints:
        """Draw a position in `weights`, as often as its weight says."""
        limits = np.cumsum(np.asarray(weights, np.float64))
        drawn = np.searchsorted(limits, self.uniform(stream, *keys) * limits[-1], side="right")
        return np.asarray(np.minimum(drawn, limits.size - 1), np.int64)


@lru_cache(maxsize=4096)
def _stream_start(seed: int, stream: str) -> int:
    digest = blake2b(f"{seed}:{stream}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _as_array(state: Keys | int) -> Keys:
    return np.array([state], np.uint64) if isinstance(state, int) else state


def _widened_number(part: int) -> int:
    return ((part + _STEP) * _MIX_2) & _ALL_BITS


def _widened(part: npt.NDArray[np.int64] | Keys) -> Keys:
    widened: Keys = part.astype(np.uint64)
    widened += _WIDE_STEP
    widened *= _WIDE_MIX_2
    return widened


def _mixed(state: Keys | int) -> Keys | int:
    """Return the state scrambled (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    if isinstance(state, int):
        state = (state + _STEP) & _ALL_BITS
        state = ((state ^ (state >> 30)) * _MIX_1) & _ALL_BITS
        state = ((state ^ (state >> 27)) * _MIX_2) & _ALL_BITS
        return state ^ (state >> 31)
    mixed = state + _WIDE_STEP
    mixed ^= mixed >> _BY_30
    mixed *= _WIDE_MIX_1
    mixed ^= mixed >> _BY_27
    mixed *= _WIDE_MIX_2
    mixed ^= mixed >> _BY_31
    return mixed
