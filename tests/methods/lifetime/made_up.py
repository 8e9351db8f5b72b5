"""Customers drawn from the models themselves."""

from __future__ import annotations

import numpy as np

from zhanggui.methods.lifetime import BgNbd, Histories, MbgNbd, ParetoNbd
from zhanggui.methods.lifetime.fitting import Model
from zhanggui.methods.lifetime.histories import Floats


def customers_of(model: Model, n: int, *, seed: int, least: float = 91.0, most: float = 364.0) -> Histories:
    """Return histories in days of `n` customers who first bought `least` to `most` days ago."""
    rng = np.random.default_rng(seed)
    watched = np.floor(rng.uniform(least, most, n))
    rate = rng.gamma(model.r, 1 / model.alpha, n)
    if isinstance(model, ParetoNbd):
        there = rng.exponential(size=n) / np.maximum(rng.gamma(model.s, 1 / model.beta, n), 1e-300)
        return _bought(rate, there, np.zeros(n), watched, rng)
    leaves = rng.beta(model.a, model.b, n)
    gone = rng.random(n) < leaves if isinstance(model, MbgNbd) else np.zeros(n, bool)
    return _bought(rate, np.where(gone, 0.0, np.inf), leaves, watched, rng)


def _bought(rate: Floats, there: Floats, leaves: Floats, watched: Floats, rng: np.random.Generator) -> Histories:
    repeats, last, now = np.zeros(len(rate)), np.zeros(len(rate)), np.zeros(len(rate))
    until, active = np.minimum(there, watched), np.arange(len(rate))
    while len(active):
        now[active] += rng.exponential(size=len(active)) / np.maximum(rate[active], 1e-300)
        active = active[now[active] <= until[active]]
        repeats[active] += 1
        last[active] = now[active]
        active = active[rng.random(len(active)) >= leaves[active]]
    return Histories(repeats, last, watched, np.ones(len(rate)))


BG = BgNbd(0.8, 60.0, 0.9, 2.5)
MBG = MbgNbd(0.8, 60.0, 0.9, 2.5)
PARETO = ParetoNbd(0.8, 60.0, 0.6, 80.0)
