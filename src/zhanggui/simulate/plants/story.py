"""How a worked example of the sources is told: what it says, what it takes, how it is made and how it is measured."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.levers import Pull
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.people import People, Rhythm
from zhanggui.simulate.plants.trial_log import TrialLog
from zhanggui.simulate.plants.volumes import Volumes
from zhanggui.simulate.plants.watch import OrderLog, Watch
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import STORES, Store

ERRORS = 3.0
"""A realised figure may lie so many standard errors off the planted one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an example.

    Attributes
    ----------
    name : str
        What it is, such as ``conversion_change``.
    source : str
        As the source prints it.
    value : float
        What is planted: the source's figure, or the true one where its arithmetic is off. Shares and changes are
        fractions.
    tolerance : float
        Least tolerance, in the unit of `value`; three standard errors stand above it.
    note_zh, note_en : str
        Which reading is planted, where the source leaves it open or is wrong.
    """

    name: str
    source: str
    value: float
    tolerance: float
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as the world's own records hold it.

    Attributes
    ----------
    value : float
        The figure.
    error : float
        Its standard error, 0 where nothing is left to chance.
    n : float
        Of how many orders, visitors or people it is made.
    parts : mapping
        Levels behind it, such as before and after.
    """

    value: float
    error: float = 0.0
    n: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """The world that an example is planted in, before its first day.

    Attributes
    ----------
    options, stores, shelf, volumes
        Those of the world.
    """

    options: Options
    stores: tuple[Store, ...]
    shelf: Shelf
    volumes: Volumes

    @property
    def days(self) -> int:
        """Number of days."""
        return self.options.days

    def sells(self, store: int, trade: Trade | None = None) -> bool:
        """Whether the world has a store, and there a trade."""
        found = [each for each in self.stores if each.number == store]
        return bool(found) and (trade is None or trade in found[0].trades)

    def store_name(self, store: int) -> str:
        """Return a store's name."""
        return next(each.name for each in self.stores if each.number == store)

    def skus_of(self, *categories: str) -> Ints:
        """Return the SKUs of these categories, gifts left out."""
        chosen = [place for place, family in enumerate(self.shelf.families) if family.category in categories]
        return np.flatnonzero(np.isin(self.shelf.category, chosen) & ~self.shelf.is_gift_sku)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a world has brought, for measuring.

    Attributes
    ----------
    ground : Ground
        The world.
    watch : Watch
        Sums of its days.
    log : OrderLog
        Its paid orders.
    people : People
        Everybody.
    trials : TrialLog
        Its experiments.
    """

    ground: Ground
    watch: Watch
    log: OrderLog
    people: People
    trials: TrialLog


Where = dict[str, Any]
"""JSON values that say where to look."""

TMALL_BEAUTY, TMALL_BABY, TAOBAO, JD, PINDUODUO, DOUYIN, OWN_SITE = (store.number for store in STORES)
"""Numbers of the stores in which the examples play."""
BEAUTY, FASHION, BABY, HOME = range(len(Trade))
"""Positions of the trades in `Trade`."""


Readings = dict[str, Reading | None]
"""By name of the figure; None where too few orders or people speak of it."""


@dataclass(frozen=True, slots=True)
class Story:
    """One worked example.

    Attributes
    ----------
    id : str
        ``X-01`` to ``X-25``.
    title_zh, title_en : str
        What it is about.
    least_days : int
        It takes so many days.
    stores : tuple
        Pairs of store number and trade (or None) that it takes.
    figures : tuple of Figure
        What the source says.
    where : callable
        From the ground to store, days and whatever else says where to look.
    pulls : callable
        From the ground to the levers that make it.
    obstacle : callable or None
        From the ground to why it cannot be told, in Chinese and English, or None where it can.
    measure : callable
        From what was seen to a reading of each figure; a figure that cannot be read is left out.
    """

    id: str
    title_zh: str
    title_en: str
    least_days: int
    stores: tuple[tuple[int, Trade | None], ...]
    figures: tuple[Figure, ...]
    where: Callable[[Ground], Where]
    measure: Callable[[Seen], Readings]
    pulls: Callable[[Ground], list[Pull]] = lambda ground: []
    obstacle: Callable[[Ground], tuple[str, str] | None] | None = None


def share(count: float, base: float) -> Reading | None:
    """Return a share with its error, or None of nothing."""
    if base <= 0:
        return None
    value = count / base
    return Reading(value, float(np.sqrt(value * (1 - value) / base)), base)


def share_change(before: tuple[float, float], after: tuple[float, float]) -> Reading | None:
    """Return the relative change of a share, each given as count and base, or None where a count is 0.

    Examples
    --------
    >>> reading = share_change((25, 1000), (38, 1000))
    >>> round(reading.value, 2), round(reading.error, 2)
    (0.52, 0.39)
    """
    (k0, n0), (k1, n1) = before, after
    if min(k0, k1) <= 0:
        return None
    p0, p1 = float(k0 / n0), float(k1 / n1)
    ratio = p1 / p0
    error = ratio * np.sqrt(max(1 / k0 - 1 / n0, 0.0) + max(1 / k1 - 1 / n1, 0.0))
    return Reading(ratio - 1, float(error), n0 + n1, {"before": p0, "after": p1})


def mean_change(before: Column, after: Column) -> Reading | None:
    """Return the relative change of a mean, or None where either side has fewer than two values."""
    if min(before.size, after.size) < 2:
        return None
    a, b = before.astype(np.float64), after.astype(np.float64)
    ratio = float(b.mean() / a.mean())
    error = ratio * np.sqrt(a.var() / a.size / a.mean() ** 2 + b.var() / b.size / b.mean() ** 2)
    return Reading(ratio - 1, float(error), a.size + b.size, {"before": float(a.mean()), "after": float(b.mean())})


def same_mix_change(kinds: tuple[Ints, Ints], values: tuple[Ints, Ints]) -> Reading | None:
    """Return the relative change of a mean at the mix of kinds that was there before.

    Kinds of which there are hardly any on either side are left out.

    Parameters
    ----------
    kinds, values : pair of arrays
        Of single things before and after.
    """
    sums = [0.0, 0.0]
    variance = [0.0, 0.0]
    parts = []
    for kind in np.intersect1d(*kinds).tolist():
        own = [value[of == kind].astype(np.float64) for of, value in zip(kinds, values, strict=True)]
        if min(part.size for part in own) < _LEAST_OF_A_KIND:
            continue
        weight = own[0].size
        parts.append([weight * float(part.mean()) for part in own])
        for side, part in enumerate(own):
            sums[side] += parts[-1][side]
            variance[side] += weight**2 * float(part.var()) / part.size
    if min(sums) <= 0:
        return None
    ratio = sums[1] / sums[0]
    luck = ratio * math.sqrt(sum(v / s**2 for v, s in zip(variance, sums, strict=True)))
    # Kinds differ by more than the luck of their own things, such as by what else is bought with them.
    between = math.sqrt(sum((after - ratio * before) ** 2 for before, after in parts)) / sums[0]
    return Reading(ratio - 1, max(luck, between), kinds[0].size + kinds[1].size)


def same_mix_margin_change(
    kinds: tuple[Ints, Ints], paid: tuple[Ints, Ints], cost: tuple[Ints, Ints]
) -> Reading | None:
    """Return the relative change of the margin at the mix of kinds that was there before, see `same_mix_change`."""
    margins, errors = [], []
    for side in range(2):
        part = _same_mix_ratio(kinds, side, cost[side], paid[side])
        if part is None or part.value >= 1:
            return None
        margins.append(1 - part.value)
        errors.append(part.error / (1 - part.value))
    ratio = margins[1] / margins[0]
    levels = {"before": margins[0], "after": margins[1]}
    return Reading(ratio - 1, ratio * math.hypot(*errors), kinds[0].size + kinds[1].size, levels)


def _same_mix_ratio(kinds: tuple[Ints, Ints], side: int, above: Ints, below: Ints) -> Reading | None:
    """Return the ratio of two sums of one side at the mix of kinds of the first, with its linearised error."""
    sums, parts = [0.0, 0.0], []
    for kind in np.intersect1d(*kinds).tolist():
        sizes = [int((of == kind).sum()) for of in kinds]
        if min(sizes) < _LEAST_OF_A_KIND:
            continue
        chosen = kinds[side] == kind
        own = above[chosen].astype(np.float64), below[chosen].astype(np.float64)
        weight = sizes[0] / sizes[side]
        parts.append((weight, own))
        sums = [total + weight * float(values.sum()) for total, values in zip(sums, own, strict=True)]
    if sums[1] <= 0:
        return None
    ratio = sums[0] / sums[1]
    # Luck is what single orders of a kind differ by; large ones weigh more than many small ones.
    variance = sum(weight**2 * float((a - ratio * b).var()) * a.size for weight, (a, b) in parts)
    return Reading(ratio, float(np.sqrt(variance)) / sums[1], sum(a.size for _, (a, _) in parts))


def same_mix_share_change(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> Reading | None:
    """Return the relative change of a share of things of several kinds, each with count and base by kind.

    The rates of each kind are compared with each other and then pooled after Mantel and Haenszel.

    Examples
    --------
    >>> few, many = np.array([10.0, 90.0]), np.array([90.0, 10.0])
    >>> reading = same_mix_share_change((few * [0.1, 0.4], few), (many * [0.05, 0.2], many))
    >>> round(reading.value, 2)
    -0.5
    """
    (b, n0), (a, n1) = before, after
    n = np.maximum(n0 + n1, 1.0)
    own, other = float((a * n0 / n).sum()), float((b * n1 / n).sum())
    if min(own, other) <= 0:
        return None
    ratio = own / other
    variance = float(((n1 * n0 * (a + b) - a * b * n) / n**2).sum()) / (own * other)
    levels = {"before": float(b.sum() / n0.sum()), "after": float(a.sum() / n1.sum())}
    return Reading(ratio - 1, ratio * variance**0.5, float(n.sum()), levels)


_LEAST_OF_A_KIND = 3


def ratio_of(change: Reading | None) -> Reading | None:
    """Return a relative change as a ratio."""
    return None if change is None else replace(change, value=1 + change.value)


def beyond(own: Reading | None, comparison: Reading | None) -> Reading | None:
    """Return a relative change beyond that of a comparison."""
    if own is None or comparison is None:
        return None
    ratio = (1 + own.value) / (1 + comparison.value)
    error = ratio * float(np.hypot(own.error / (1 + own.value), comparison.error / (1 + comparison.value)))
    return Reading(ratio - 1, error, own.n, {**own.parts, "comparison_change": comparison.value})


def double_ratio_change(own: Sequence[Floats], plain: Sequence[Floats]) -> Reading | None:
    """Return the relative change of a ratio of sums over things, beyond that of a comparison about the same things.

    Parameters
    ----------
    own, plain : sequence of four arrays
        Each thing's part of numerator and denominator before, and of both after.

    Notes
    -----
    The standard error is the jackknife's: it says how much the figure hangs on single things.
    """
    parts = (*own, *plain)
    totals = [float(part.sum()) for part in parts]
    n = own[0].size
    if min(totals) <= 0 or n < 2:
        return None

    def ratio(sums: Sequence[Floats]) -> Floats:
        a, b, c, d = (np.maximum(one, 1e-9) for one in sums)
        found: Floats = c / d / (a / b)
        return found

    left = [total - part for total, part in zip(totals, parts, strict=True)]
    without = ratio(left[:4]) / ratio(left[4:])
    whole = [np.asarray(total) for total in totals]
    value = float(ratio(whole[:4]) / ratio(whole[4:]))
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    comparison = float(ratio(whole[4:]))
    levels = {"before": totals[0] / totals[1], "after": totals[2] / totals[3], "comparison_change": comparison - 1}
    return Reading(value - 1, error, n, levels)


def within(days: Ints, first: int, last: int) -> Column:
    """Return which days lie within a span, both ends included."""
    found: Column = (first <= days) & (days <= last)
    return found


def buys_again(log: OrderLog, chosen: Column, days: int) -> Column:
    """Return which of the chosen orders are followed by another paid day of the same person within so many days."""
    keys = np.unique(log.person * 10_000 + log.paid_day)
    own = log.person[chosen] * 10_000 + log.paid_day[chosen]
    later = np.searchsorted(keys, own, side="right")
    following = keys[np.minimum(later, keys.size - 1)]
    found: Column = (later < keys.size) & (following <= own + days)
    return found


def chance_to_come_back(days: float, mean_days: float, shape: float) -> float:
    """Return the chance that somebody of gamma-distributed rate, still a customer, comes within so many days."""
    return 1.0 - float((1 + days / mean_days) ** -shape)


def pace(chance: float, days: float, mean_days: float, shape: float) -> float:
    """Return how many times sooner people have to come for `chance_to_come_back` to be `chance`."""
    return (float((1 - chance) ** (-1 / shape)) - 1) * mean_days / days


def dropout_for(chance: float, days: float, rhythm: Rhythm, sooner: float) -> float:
    """Return the factor on dropout at which first buyers who come `sooner` come back within so many days so often."""
    comes = chance_to_come_back(days * sooner, rhythm.days, rhythm.shape)
    usual = rhythm.a / (rhythm.a + rhythm.b)
    return (1 - chance / comes) / usual


def weighted(values: Floats, weights: Floats) -> float:
    """Return a weighted mean."""
    return float((values * weights).sum() / weights.sum())
