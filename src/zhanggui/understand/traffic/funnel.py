"""漏斗 Ordered funnels: who got how far within a window, and what each leak costs (catalogue M-CONV-05…08).

Every leak is priced by what those who stayed went on to bring: of the people lost before a step, as many would have
paid as of those who passed it, each leaving the profit of an average order. So the product of the rates is the whole
rate, and the step that costs most is the one with the lowest rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.ledger.eventcache import ShopEvents
from zhanggui.methods.kernels import Funnel, OrderedFunnel
from zhanggui.metrics.comparison import compared_period
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.scene import Dim, Groups, OrderWorth, Scene, allowed_visits, order_worth, scene_of
from zhanggui.understand.traffic.steps import Step, step_bits, steps_in, visit_bits
from zhanggui.understand.view import View

Per = Literal["person", "visit"]
PERS: tuple[Per, ...] = ("person", "visit")
WINDOW_DAYS = 7
LONGEST_WINDOW_DAYS = 366
MOST_PEOPLE = 50
"""Pseudonyms that a step lists."""

_DAY = 86_400_000_000
_MINUTE = 60_000_000
_EPOCH_DAY = 719_163
_Z = 1.6449
"""Of a 90% interval."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which funnel is asked for.

    Attributes
    ----------
    steps : tuple of Step
        In order.
    per : {"person", "visit"}
        Who passes: a person within the window, or a visit.
    window_days : int
        Longest time from the first step to the last; a visit has its own end.
    """

    steps: tuple[Step, ...] = steps_in(None)
    per: Per = "person"
    window_days: int = WINDOW_DAYS


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a funnel, as it came out.

    Attributes
    ----------
    step : Step
        Which.
    n : int
        Who reached it.
    of_first, of_previous : float or None
        Share of the first step, and of the step before.
    median_minutes, p90_minutes : float or None
        Time since the step before, of those who reached it.
    lost : int
        Who reached the step before and not this one.
    profit_lost : tuple of float or None
        What they would have left if they had gone on like the others: as estimated, and at both ends of the 90%
        interval of the rate.
    """

    step: Step
    n: int
    of_first: float | None
    of_previous: float | None
    median_minutes: float | None
    p90_minutes: float | None
    lost: int
    profit_lost: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The funnel of one value of a dimension; None: of those that show none."""

    value: str | None
    counts: tuple[int, ...]
    worst: int | None


@dataclass(frozen=True, slots=True)
class FunnelFound:
    """A funnel, its leaks, its groups and the same funnel of the compared period."""

    asked: Asked
    scene: Scene
    worth: OrderWorth
    passages: tuple[Passage, ...]
    before: tuple[int, ...] | None
    before_period: Period | None
    groups: tuple[GroupRow, ...]

    @property
    def worst(self) -> int | None:
        """Place of the step that costs most, or None where nobody left or nobody came."""
        return worst_of([passage.n for passage in self.passages])

    @property
    def is_young(self) -> bool:
        """Whether the window of the last of them is still open."""
        open_days = self.asked.window_days if self.asked.per == "person" else 0
        return self.scene.last + timedelta(days=open_days) > self.scene.until


def funnel_of(desk: Desk, view: View, asked: Asked, by: Dim | None = None) -> FunnelFound:
    """Return a funnel of the days of a view: who began in them, and how far each came within the window.

    Raises
    ------
    ThinTrafficError
        No store of the view sends events.
    """

    def made() -> FunnelFound:
        scene = scene_of(desk, view)
        worth = order_worth(desk, scene)
        walked = [_walked(desk, scene, shop, asked, by) for shop in scene.shops]
        counts = _counts(walked, len(asked.steps))
        before = period = None
        if view.compare is not None:
            period = compared_period(Period(scene.first, scene.last), view.compare, None)
            old = scene_of(desk, view.within(period.first, period.last))
            before = tuple(_counts([_walked(desk, old, shop, asked, None) for shop in old.shops], len(asked.steps)))
        passages = tuple(_passages(asked.steps, counts, walked, worth))
        return FunnelFound(asked, scene, worth, passages, before, period, _grouped(walked, len(asked.steps)))

    return desk.kept(("funnel", view, asked, by), made)


@dataclass(frozen=True, slots=True)
class Walked:
    """How far everybody of one store got.

    Attributes
    ----------
    found : Funnel
        By number of the person, or of the visit.
    group : array of int or None
        Place of the value that each shows.
    values : tuple of str
        The values.
    """

    found: Funnel
    group: Ints | None
    values: tuple[str, ...]


def _walked(desk: Desk, scene: Scene, shop: ShopEvents, asked: Asked, by: Dim | None) -> Walked:
    groups = None if by is None else Groups(desk, shop, by)
    n_steps = len(asked.steps)
    if asked.per == "person":
        found, group = _people(desk, scene, shop, asked, groups)
    else:
        visits = list(_visits(desk, scene, shop, asked, groups))
        none = Funnel(np.zeros(0, np.int8), np.zeros((0, n_steps), np.int64))
        funnels, of_visits = [funnel for funnel, _ in visits] or [none], [one for _, one in visits]
        found = Funnel(
            np.concatenate([each.reached for each in funnels]), np.concatenate([each.gaps for each in funnels])
        )
        group = np.concatenate([one for one in of_visits if one is not None]) if groups and of_visits else None
    return Walked(found, group, groups.values if groups else ())


def _people(
    desk: Desk, scene: Scene, shop: ShopEvents, asked: Asked, groups: Groups | None
) -> tuple[Funnel, Ints | None]:
    """Walk through the days looked at, and on until the window of the last who began is over."""
    window, ahead = asked.window_days * _DAY, visit_bits(asked.steps)
    funnel = OrderedFunnel(shop.n_visitors, len(asked.steps), window=window, ahead=ahead)
    group = None if groups is None else np.full(shop.n_visitors, -1, np.int64)
    last = scene.last.toordinal() - _EPOCH_DAY
    for part in shop.between(scene.first, scene.last + timedelta(days=asked.window_days)):
        allowed = allowed_visits(desk, scene, shop, part)
        kept = part if allowed is None else part.at_rows(allowed[part.visit])
        for person, some in shop.by_person(kept):
            bits = step_bits(shop, some, asked.steps)
            bits[some.day > last] &= ~np.uint16(1)
            funnel.read(person, some.at, bits)
            if groups is not None and group is not None:
                groups.first_shown(group, np.where(some.day > last, np.int32(-1), person), some)
    return funnel.result(), group


def _visits(
    desk: Desk, scene: Scene, shop: ShopEvents, asked: Asked, groups: Groups | None
) -> Iterator[tuple[Funnel, Ints | None]]:
    """Walk through each visit that began in the days looked at."""
    for part in shop.between(scene.first, scene.last):
        allowed = allowed_visits(desk, scene, shop, part)
        kept = part if allowed is None else part.at_rows(allowed[part.visit])
        funnel = OrderedFunnel(part.n_visits, len(asked.steps), ahead=visit_bits(asked.steps))
        funnel.read(kept.visit, kept.at, step_bits(shop, kept, asked.steps))
        group = None
        if groups is not None:
            group = np.full(part.n_visits, -1, np.int64)
            groups.first_shown(group, kept.visit, kept)
        yield funnel.result(), group


def _counts(walked: list[Walked], n_steps: int) -> list[int]:
    total = np.zeros(n_steps, np.int64)
    for one in walked:
        total += one.found.counts()
    return [int(n) for n in total]


def _passages(steps: tuple[Step, ...], counts: list[int], walked: list[Walked], worth: OrderWorth) -> Iterator[Passage]:
    for place, step in enumerate(steps):
        gaps = np.concatenate([one.found.gaps_to(place) for one in walked]) / _MINUTE
        n, before = counts[place], counts[place - 1] if place else 0
        yield Passage(
            step=step,
            n=n,
            of_first=n / counts[0] if counts[0] else None,
            of_previous=n / before if before else None,
            median_minutes=float(np.median(gaps)) if gaps.size else None,
            p90_minutes=float(np.quantile(gaps, 0.9)) if gaps.size else None,
            lost=before - n if place else 0,
            profit_lost=_price(n, before, counts[-1], worth.profit) if place else None,
        )


def _price(n: int, before: int, n_paid: int, profit: float | None) -> tuple[float, float, float] | None:
    """Return what those lost at a step would have left, and at both ends of the interval of its rate.

    Examples
    --------
    Of 100 who came 20 went on, and 10 of them left 5 each: the 80 others would have left 80 × 10/20 × 5.

    >>> round(_price(20, 100, 10, 5.0)[0], 6)
    200.0
    """
    if profit is None or not n or not n_paid:
        return None
    rate = n / before
    middle = (rate + _Z**2 / (2 * before)) / (1 + _Z**2 / before)
    half = _Z * np.sqrt(rate * (1 - rate) / before + _Z**2 / (4 * before**2)) / (1 + _Z**2 / before)
    onward = n_paid / n * profit
    ends = sorted(before * (1 - one) * onward for one in (middle - half, middle + half))
    return (before - n) * onward, float(ends[0]), float(ends[1])


def worst_of(counts: list[int]) -> int | None:
    """Return the place of the step with the lowest rate, which is the one that costs most.

    Examples
    --------
    >>> worst_of([100, 50, 10, 9])
    2
    """
    rates = [(after / before, place) for place, (before, after) in enumerate(pairwise(counts), 1) if before]
    return min(rates)[1] if rates and min(rates)[0] < 1 else None


def _grouped(walked: list[Walked], n_steps: int) -> tuple[GroupRow, ...]:
    """Return the funnel of each value, the one with the most people first."""
    totals: dict[str | None, Ints] = {}
    for one in walked:
        if one.group is None:
            continue
        n = len(one.values) + 1
        cells = (one.group + 1) * (n_steps + 1) + one.found.reached
        table = np.bincount(cells, minlength=n * (n_steps + 1)).reshape(n, n_steps + 1)
        counts = np.cumsum(table[:, ::-1], axis=1)[:, ::-1][:, 1:]
        for value, row in zip((None, *one.values), counts, strict=True):
            totals[value] = totals.get(value, np.zeros(n_steps, np.int64)) + row
    rows = [(value, [int(n) for n in counts]) for value, counts in totals.items() if counts[0]]
    rows.sort(key=lambda row: (-row[1][0], row[0] or ""))
    return tuple(GroupRow(value, tuple(counts), worst_of(counts)) for value, counts in rows)


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody who left a funnel: his pseudonym, and when he was last seen before the end of the days looked at."""

    shop_id: int
    visitor: str
    last_at: int


def people_lost(desk: Desk, view: View, asked: Asked, place: int) -> tuple[Lost, ...]:
    """Return who reached the step before and not this one, the last seen first."""
    scene = scene_of(desk, view)
    found: list[Lost] = []
    for shop in scene.shops:
        funnel, _ = _people(desk, scene, shop, asked, None)
        lost = np.flatnonzero(funnel.reached == place)
        seen = np.full(shop.n_visitors, -1, np.int64)
        for part in shop.between(scene.first, scene.last):
            for person, some in shop.by_person(part):
                known = person >= 0
                seen[person[known]] = some.at[known]
        latest = lost[np.argsort(-seen[lost], kind="stable")][:MOST_PEOPLE]
        found += [Lost(shop.shop_id, shop.text("visitor", int(one)) or "", int(seen[one])) for one in latest]
    found.sort(key=lambda one: (-one.last_at, one.visitor))
    return tuple(found[:MOST_PEOPLE])
