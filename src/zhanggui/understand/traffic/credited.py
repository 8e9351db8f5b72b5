"""Journeys cut by the rules: which touches may get credit, whose they are, how sure credits are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from zhanggui.methods.attribution import Journeys, bootstrap
from zhanggui.methods.attribution.journeys import Floats, summed
from zhanggui.understand.traffic.attribution_rules import LEVELS, AttributionRules, Level
from zhanggui.understand.traffic.order_journeys import Bools, Ints, OrderJourneys, Touches, is_direct
from zhanggui.understand.traffic.outlays import Key

_SEED = 20_261_111


def point_keys(touches: Touches, level: Level) -> tuple[Ints, tuple[Key, ...]]:
    """Return the touch point of each touch as a number, and what the numbers stand for."""
    columns = {
        "channel": (touches.channel,),
        "campaign": (touches.channel, touches.campaign),
        "creative": (touches.channel, touches.campaign, touches.creative),
    }[level]
    code = np.zeros(touches.at.size, np.int64)
    for column in columns:
        code = code * max(len(column.names), 1) + column.codes
    different, number = np.unique(code, return_inverse=True)
    keys = []
    for each in different.tolist():
        parts: list[str] = []
        for column in reversed(columns):
            each, place = divmod(each, max(len(column.names), 1))
            parts.append(column.names[place])
        keys.append(tuple(reversed(parts)))
    return number.astype(np.int64), tuple(keys)


class CutJourneys:
    """Journeys of orders and of people who ordered nothing, with the touches that may get credit.

    Parameters
    ----------
    found : OrderJourneys
        Every touch and order.
    rules : AttributionRules
        How they are cut.
    level : {"channel", "campaign", "creative"}
        What a touch point is.

    Attributes
    ----------
    keys : tuple of tuple of str
        The touch points by number.
    order, unknown : array of int
        Orders that count, with a touch and without any.
    """

    def __init__(self, found: OrderJourneys, rules: AttributionRules, level: Level) -> None:
        self.found = found
        self.number, self.keys = point_keys(found.touches, level)
        self.n_parts = LEVELS.index(level) + 1
        counted = np.flatnonzero(found.orders.is_counted)
        is_touched = found.last[counted] > found.first[counted]
        self.order, self.unknown = counted[is_touched], counted[~is_touched]
        first = np.concatenate((found.first[self.order], found.null_first))
        last = np.concatenate((found.last[self.order], found.null_last))
        end_at = np.concatenate((found.orders.at[self.order], found.touches.at[found.null_last - 1]))
        self.place, self.start = _chosen(first, last, is_direct(found.touches), rules)
        length = np.diff(self.start)
        self.age = (np.repeat(end_at, length) - found.touches.at[self.place]) / 86_400
        self.n_orders = self.order.size

    def journeys(self, worth: Floats) -> Journeys:
        """Return the journeys, each order worth what is given."""
        n_nulls = self.n_nulls
        return Journeys(
            touch=self.number[self.place],
            start=self.start,
            conversions=np.concatenate((np.ones(self.n_orders), np.zeros(n_nulls))),
            value=np.concatenate((worth, np.zeros(n_nulls))),
            nulls=np.concatenate((np.zeros(self.n_orders), np.ones(n_nulls))),
            age=self.age,
        )

    @property
    def n_nulls(self) -> int:
        """Journeys that ended without an order."""
        return int(self.start.size - 1 - self.n_orders)

    def intervals(self, main: str, n_draws: int) -> tuple[Floats, Floats]:
        """Return bounds of 90 % of the orders that a model gives each point."""
        whole = self.journeys(np.zeros(self.n_orders))
        some = whole if main == "time_decay" else distinct(whole)
        rng = np.random.default_rng(_SEED)
        found = bootstrap([some], n_channels=len(self.keys), models=(main,), rng=rng, n_draws=n_draws)
        return found.low[main], found.high[main]

    def counts(self) -> tuple[Ints, Ints]:
        """Return touches of each point, and orders that touched it."""
        n = len(self.keys)
        touch = self.number[self.place]
        journey = np.repeat(np.arange(self.start.size - 1), np.diff(self.start))
        of_orders = journey < self.n_orders
        pairs = np.unique(journey[of_orders] * n + touch[of_orders])
        return np.bincount(touch, minlength=n), np.bincount(pairs % n, minlength=n)

    def last_touches(self) -> tuple[Ints, Ints, list[float | None]]:
        """Return orders and first orders by their last touch, and the days these took after more than one visit."""
        n = len(self.keys)
        is_new = self.found.orders.is_new[self.order]
        end = self.start[1 : self.n_orders + 1] - 1
        last = self.number[self.place[end]]
        begun = self.found.touches.at[self.found.first[self.order]]
        days = (self.found.orders.at[self.order] - begun) / 86_400
        several = is_new & (self.found.last[self.order] - self.found.first[self.order] > 1)
        total, count = np.bincount(last[several], days[several], n), np.bincount(last[several], minlength=n)
        cycle = [float(total[each] / count[each]) if count[each] else None for each in range(n)]
        return np.bincount(last, minlength=n), np.bincount(last[is_new], minlength=n), cycle


def _chosen(first: Ints, last: Ints, direct: Bools, rules: AttributionRules) -> tuple[Ints, Ints]:
    """Return the touches that may get credit, journey after journey, and where each journey begins among them."""
    length = last - first
    start = np.concatenate(([0], np.cumsum(length)))
    place = np.repeat(first - start[:-1], length) + np.arange(start[-1])
    if rules.direct == "keep" or not place.size:
        return place, start
    other = ~direct[place]
    n_other = np.add.reduceat(other.astype(np.int64), start[:-1])
    is_kept = other | (np.repeat(n_other, length) == 0)
    kept_before = np.concatenate(([0], np.cumsum(is_kept)))
    return place[is_kept], kept_before[start]


def distinct(of: Journeys) -> Journeys:
    """Return each different path once, with the sums of its counts; ages are lost."""
    touch, start = of.touch.astype(">i8"), of.start.tolist()
    text = [touch[begin:end].tobytes() for begin, end in pairwise(start)]
    # In a fixed order, so that the same draws meet the same paths however the journeys came.
    numbers = {path: number for number, path in enumerate(sorted(set(text)))}
    code = np.array([numbers[path] for path in text], np.int64)
    paths = [np.frombuffer(path, ">i8").astype(np.int64) for path in numbers]
    n = len(paths)
    return Journeys(
        touch=np.concatenate(paths),
        start=np.concatenate(([0], np.cumsum([path.size for path in paths]))).astype(np.int64),
        conversions=summed(code, of.conversions, n),
        value=summed(code, of.value, n),
        nulls=summed(code, of.nulls, n),
    )
