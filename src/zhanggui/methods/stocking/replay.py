"""A rule of stocking tried on the past: what the shelf would have earned, sales lost where it was empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast.demand import Demand
from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]

FRACTILES = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995)
"""Shares of futures with enough on the shelf that are tried."""
WORTH = 0.01
"""A tuned fractile replaces the formula where it earned this share more on the past at least,"""
SURE = 2.0
"""and by this many standard errors of the difference between series."""


@dataclass(frozen=True, slots=True)
class Economy:
    """What a unit brings and costs, one entry per series or one number for all.

    Attributes
    ----------
    margin : array of float
        What a sale leaves.
    holding : array of float
        What a unit costs that lies there at the end of a period: capital, space, spoilage.
    """

    margin: npt.ArrayLike
    holding: npt.ArrayLike


@dataclass(frozen=True, slots=True)
class Replay:
    """What a rule would have brought.

    Attributes
    ----------
    profit, sold, stock : array of float, shape (n_series,)
        Margin less holding; units sold; units at the end of periods, summed.
    asked : array of float, shape (n_series,)
        Units asked for.
    """

    profit: Floats
    sold: Floats
    stock: Floats
    asked: Floats

    @property
    def fill_rate(self) -> float:
        """Share of the units asked for that were there."""
        return float(self.sold.sum() / max(float(self.asked.sum()), 1e-9))


def replay(counts: npt.ArrayLike, levels: npt.ArrayLike, economy: Economy, *, lead: npt.ArrayLike) -> Replay:
    """Return what ordering up to levels would have brought.

    Parameters
    ----------
    counts : array_like of float, shape (n_series, n_periods)
        Units asked for.
    levels : array_like of float, shape (n_series, n_periods)
        Up to where the position is filled as each period begins.
    economy : Economy
        Margin and holding.
    lead : array_like of int
        Periods from order to receipt; goods come as a period begins, before it sells.

    Returns
    -------
    Replay
        Every series begins with its first level on the shelf and nothing on its way.

    Raises
    ------
    ShapeMismatchError
        Counts and levels differ.
    """
    asked, target = np.asarray(counts, np.float64), np.ceil(np.asarray(levels, np.float64))
    if asked.shape != target.shape:
        raise ShapeMismatchError(counts=asked.size, levels=target.size)
    n_series, n_periods = asked.shape
    wait = np.maximum(np.broadcast_to(np.asarray(lead, np.int64), (n_series,)), 0)
    coming = np.zeros((n_periods + int(wait.max(initial=0)) + 1, n_series))
    every = np.arange(n_series)
    on_hand, on_order = target[:, 0].copy(), np.zeros(n_series)
    sold, stock = np.zeros(n_series), np.zeros(n_series)
    for period in range(n_periods):
        on_hand += coming[period]
        on_order -= coming[period]
        order = np.maximum(target[:, period] - on_hand - on_order, 0.0)
        at_once = wait == 0
        on_hand += np.where(at_once, order, 0.0)
        later = np.where(at_once, 0.0, order)
        coming[period + wait, every] += later
        on_order += later
        taken = np.minimum(asked[:, period], on_hand)
        on_hand -= taken
        sold += taken
        stock += on_hand
    margin, holding = np.asarray(economy.margin, np.float64), np.asarray(economy.holding, np.float64)
    return Replay(np.asarray(sold * margin - stock * holding), sold, stock, asked.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Tuned:
    """The fractile that the past chose for a group.

    Attributes
    ----------
    fractile : float or None
        What to aim at; None: the formula of each series, which nothing tried beats surely enough.
    gain : float
        Profit of the best fractile tried over the formula's on the past, less 1.
    errors : float
        Standard errors of the difference that lie between them.
    tried : tuple of (float, float)
        Profit by fractile.
    by_formula : float
        Profit by the formula.
    """

    fractile: float | None
    gain: float
    errors: float
    tried: tuple[tuple[float, float], ...]
    by_formula: float


def tune(
    counts: npt.ArrayLike,
    known: tuple[Floats, Floats],
    economy: Economy,
    *,
    formula: npt.ArrayLike,
    lead: npt.ArrayLike,
    review: int = 1,
    fractiles: Sequence[float] = FRACTILES,
) -> Tuned:
    """Return the fractile that would have earned most on the past of a group of series.

    Parameters
    ----------
    counts : array_like of float, shape (n_series, n_periods)
        Units asked for.
    known : tuple of two arrays of float, shape (n_series, n_periods)
        Level and spread as they stood before each period, as `smooth_path` gives them.
    economy : Economy
        Margin and holding.
    formula : array_like of float
        Critical fractile of each series.
    lead : array_like of int
        Periods from order to receipt.
    review : int, default 1
        Periods from one order to the next.
    fractiles : sequence of float
        What is tried.

    Returns
    -------
    Tuned
        The formula stays unless a fractile earned `WORTH` more and `SURE` standard errors more.

    Raises
    ------
    NotEnoughDataError
        There is no period to try it on.

    Notes
    -----
    The formula is exact for a single season. Where demand that finds nothing is lost and goods are on their way, a unit
    too few is mended by the next order while one too many stays: the formula then orders too much, the more so the more
    holding costs.
    """
    asked = np.asarray(counts, np.float64)
    if asked.size == 0:
        raise NotEnoughDataError(
            "There is no past to try orders on.", where="counts", next_step="pass at least one period"
        )
    level, spread = known
    cover = (np.asarray(lead, np.float64) + review).reshape(-1, 1)
    demand = Demand(level * cover, spread * level * cover)

    def profit(share: npt.ArrayLike) -> Floats:
        return replay(asked, demand.quantile(share), economy, lead=lead).profit

    base = profit(np.broadcast_to(np.asarray(formula, np.float64), (len(asked),))[:, None])
    found = [profit(share) for share in fractiles]
    sums = [float(each.sum()) for each in found]
    best = int(np.argmax(sums))
    difference = found[best] - base
    error = float(difference.std() * np.sqrt(len(difference)))
    errors = float(difference.sum()) / error if error > 0 else 0.0
    total = float(base.sum())
    gain = (sums[best] - total) / max(abs(total), 1e-9)
    is_better = gain >= WORTH and errors >= SURE
    return Tuned(
        float(fractiles[best]) if is_better else None, gain, errors, tuple(zip(fractiles, sums, strict=True)), total
    )
