"""Which of several models forecasts a group of series best: a back-test on their own past decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast.accuracy import QUANTILES, Accuracy, accuracy, pinball, scales
from zhanggui.methods.forecast.smoothing import ALPHA, Smoothed, smooth
from zhanggui.methods.problems import NotEnoughDataError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

MOST_TRIED = 400
"""Series of a group that choose; more of them would choose the same and take longer."""
FEWEST_SERIES = 5
"""Smaller groups take the default: a choice among so few is a choice by chance."""
WORTH = 0.01
"""A model takes the place of the default where it lowers the loss by this share at least."""


@dataclass(frozen=True, slots=True)
class Model:
    """A way to forecast.

    Attributes
    ----------
    name : str
        As answers name it.
    alpha : float
        Weight of the newest period.
    pattern : str
        Which of the exposures it takes: ``"flat"``, or one that the caller names.
    """

    name: str
    alpha: float = ALPHA
    pattern: str = "flat"


DEFAULT = Model("ewma")


@dataclass(frozen=True, slots=True)
class Past:
    """Series as they were seen, with what models may know beside them.

    Attributes
    ----------
    counts : array of float, shape (n_series, n_periods)
        Oldest first.
    open : array of float, shape (n_series, n_periods)
        Share of each period in which anything could be counted: 0 on an empty shelf.
    groups : array of int, shape (n_series,)
        Group of each series, from 0.
    patterns : mapping of str to array of float, shape (n_groups, n_periods + n_ahead)
        Season of each period for each group, those to come included; ``"flat"`` need not be there.
    """

    counts: Floats
    open: Floats
    groups: Ints
    patterns: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def n_periods(self) -> int:
        """Periods that were seen."""
        return int(self.counts.shape[1])

    def some(self, chosen: npt.NDArray[np.bool_] | Ints) -> Past:
        """Return the same past of some of the series."""
        return Past(self.counts[chosen], self.open[chosen], self.groups[chosen], self.patterns)

    def season(self, model: Model, first: int, last: int) -> Floats:
        """Return the season of some periods as a model sees it, shape (n_series, last - first)."""
        found = self.patterns.get(model.pattern)
        return np.ones((len(self), last - first)) if found is None else found[self.groups, first:last]

    def smoothed(self, model: Model, until: int) -> Smoothed:
        """Return what a model knows before a period."""
        exposure = self.season(model, 0, until) * self.open[:, :until]
        return smooth(self.counts[:, :until], alpha=model.alpha, exposure=exposure)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model for each series.

    Attributes
    ----------
    models : tuple of Model
        The candidates.
    model : array of int, shape (n_series,)
        Which of them each series takes.
    loss : array of float, shape (n_groups, n_models)
        Mean scaled loss of each candidate in each group.
    """

    models: tuple[Model, ...]
    model: Ints
    loss: Floats

    def some(self, chosen: npt.NDArray[np.bool_] | Ints) -> Chosen:
        """Return the models of some of the series."""
        return Chosen(self.models, self.model[chosen], self.loss)


def choose(past: Past, models: Sequence[Model], *, origins: Sequence[int], horizon: int) -> Chosen:
    """Return the model of each group that would have forecast its past best.

    Parameters
    ----------
    past : Past
        The series.
    models : sequence of Model
        Candidates; the first is the default.
    origins : sequence of int
        Periods before which a forecast is made, ascending. The last judges and chooses nothing, unless it is the only
        one.
    horizon : int
        Periods forecast from each.

    Returns
    -------
    Chosen
        The last origin is left to `judge`: no choice has seen it.

    Raises
    ------
    NotEnoughDataError
        The past has no room for an origin.
    """
    if not len(past) or not origins or origins[0] < 2 or origins[-1] + horizon > past.n_periods:
        raise NotEnoughDataError(
            "The past is too short to try a forecast on it.",
            where=f"{len(past)} series of {past.n_periods} periods, {horizon} to forecast",
            next_step="wait until there are more, or forecast fewer periods",
        )
    n_groups = int(past.groups.max()) + 1
    size = np.bincount(past.groups, minlength=n_groups)
    tried = past.some(_evenly(past.groups, size))
    weight = np.maximum(np.bincount(tried.groups, minlength=n_groups), 1)
    loss = np.zeros((n_groups, len(models)))
    learning = origins[:-1] or origins
    for origin in learning:
        for number, model in enumerate(models):
            each = _loss(tried, model, origin, horizon)
            loss[:, number] += np.bincount(tried.groups, each, n_groups) / weight / len(learning)
    best = loss.argmin(axis=1)
    gain = 1 - loss[np.arange(n_groups), best] / np.maximum(loss[:, 0], 1e-12)
    best = np.where((gain >= WORTH) & (size >= FEWEST_SERIES), best, 0)
    return Chosen(tuple(models), best[past.groups], loss)


def known_now(past: Past, chosen: Chosen) -> Smoothed:
    """Return what the chosen models know after the last period."""
    return _known(past, chosen, past.n_periods)


def judge(past: Past, chosen: Chosen, *, origin: int, horizon: int) -> tuple[Accuracy, Accuracy]:
    """Return how good the chosen models were from an origin on, and how good "as last time" was.

    Parameters
    ----------
    past : Past
        The series to judge by.
    chosen : Chosen
        A model for each of them.
    origin : int
        The period before which the forecast is made.
    horizon : int
        Periods forecast.

    Returns
    -------
    tuple of Accuracy
        Of the models; of the last count before the origin, with quantiles from its own past steps.
    """
    known = _known(past, chosen, origin)
    came = past.counts[:, origin : origin + horizon]
    mean, quantiles = np.zeros(came.shape), {share: np.zeros(came.shape) for share in QUANTILES}
    season = _season(past, chosen, origin, origin + horizon)
    for ahead in range(horizon):
        demand = known.demand(season[:, ahead])
        mean[:, ahead] = demand.mean
        for share, values in quantiles.items():
            values[:, ahead] = demand.quantile(share)
    scale = scales(past.counts[:, :origin])
    steps = np.diff(past.counts[:, :origin], axis=1) if origin > 1 else np.zeros((len(past), 1))
    last = np.repeat(past.counts[:, origin - 1 : origin], horizon, axis=1)
    naive = {share: np.maximum(last + np.quantile(steps, share, axis=1)[:, None], 0.0) for share in QUANTILES}
    return accuracy(came, mean, quantiles, scale=scale), accuracy(came, last, naive, scale=scale)


def _known(past: Past, chosen: Chosen, until: int) -> Smoothed:
    level, spread = np.zeros(len(past)), np.ones(len(past))
    for number, model in enumerate(chosen.models):
        some = chosen.model == number
        if some.any():
            known = past.some(some).smoothed(model, until)
            level[some], spread[some] = known.level, known.spread
    return Smoothed(level, spread)


def _season(past: Past, chosen: Chosen, first: int, last: int) -> Floats:
    """Return what is to be expected of some periods: their season, as far as anything could be counted."""
    season = np.ones((len(past), last - first))
    for number, model in enumerate(chosen.models):
        some = chosen.model == number
        season[some] = past.some(some).season(model, first, last)
    return np.asarray(season * past.open[:, first:last])


def _loss(past: Past, model: Model, origin: int, horizon: int) -> Floats:
    scale = scales(past.counts[:, :origin])
    known = past.smoothed(model, origin)
    came = past.counts[:, origin : origin + horizon]
    season = past.season(model, origin, origin + horizon) * past.open[:, origin : origin + horizon]
    total = np.zeros(len(scale))
    for ahead in range(horizon):
        demand = known.demand(season[:, ahead])
        for share in QUANTILES:
            total += pinball(came[:, ahead], demand.quantile(share), share)
    return np.where(scale > 0, total / (horizon * len(QUANTILES)) / np.where(scale > 0, scale, 1.0), 0.0)


def _evenly(groups: Ints, size: Ints) -> Ints:
    """Return at most `MOST_TRIED` series of each group, spread over it."""
    order = np.argsort(groups, kind="stable")
    rank = np.arange(len(groups)) - np.repeat(np.cumsum(size) - size, size)
    step = np.maximum(-(-size // MOST_TRIED), 1)[groups[order]]
    return np.asarray(np.sort(order[rank % step == 0]))
