"""A world with a twin beside it for each of its faults, in which that one fault does not happen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from tests.lengths import IS_LONG
from tests.simulate.plants.deviations import MEANS, MEASURES, without

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.faults import Fault
from zhanggui.simulate.records import PRICES
from zhanggui.simulate.world import World

MOST_WATCHED_DAYS = 24 if IS_LONG else 12
"""Of a longer fault, such as a supplier's delay, the first days say what they say on the others."""
PART, LUCK = 0.4, 3.5
"""A fault may miss its size by this part of it and by so many standard errors of the days it lasts.

Twins share their luck, so what is left of it is the part that the fault itself multiplies: replies that take three
times as long take three times as much of a night on which they take long anyway.
"""


@dataclass(frozen=True)
class Realised:
    """A fault, and by how many standard deviations of its segment's day it moved the figure.

    `level` is what the figure would have been without it, as a multiple of an average day's: a fault's size is that of
    an average day, and one that takes a part of what there is takes more where there is more.
    """

    fault: Fault
    sigma: float
    days: int
    level: float = 1.0

    @property
    def planned(self) -> float:
        return self.fault.sigma if self.fault.change > 0 else -self.fault.sigma

    @property
    def miss(self) -> float:
        there = self.planned * self.level
        return abs(self.sigma - min(max(self.sigma, min(self.planned, there)), max(self.planned, there)))

    @property
    def band(self) -> float:
        growth = abs(self.fault.change) / self.fault.expected if self.fault.expected else 1.0
        return PART * self.fault.sigma + LUCK * max(1.0, growth) / math.sqrt(self.days)

    def __str__(self) -> str:
        return f"{self.fault.id} {self.fault.kind} {dict(self.fault.names)}: {self.planned} planned, {self.sigma:.2f}"


class Twins:
    """A world that is lived through once, with a twin beside it for as long as each of its faults lasts."""

    def __init__(self, options: Options) -> None:
        self.world = World(options)
        self.days: list[DayRecords] = []
        self._prices: dict[tuple[int, int], float] = {}
        faults = [fault for fault in self.world.plan.faults if fault.metric in MEASURES]
        beside: list[tuple[Fault, World, list[tuple[float, ...]]]] = []
        self._twins_prices: dict[str, float] = {}
        self.realised: list[Realised] = []
        for day in range(options.days):
            beside += [(fault, without(self.world, fault), []) for fault in faults if fault.first_day == day]
            before = dict(self._prices)
            self.days.append(self._lived())
            for fault, twin, figures in beside:
                figures.append(self._figures(fault, twin, before))
            ended = [one for one in beside if len(one[2]) == min(length_of(one[0]), MOST_WATCHED_DAYS)]
            self.realised += [_realised(fault, figures) for fault, _, figures in ended]
            beside = [one for one in beside if one not in ended]

    def _lived(self) -> DayRecords:
        records = self.world.step()
        prices = records[PRICES]
        keys = zip(prices["store"].tolist(), prices["sku"].tolist(), strict=True)
        self._prices.update(zip(keys, prices["price_minor"].tolist(), strict=True))
        return records

    def _figures(self, fault: Fault, twin: World, before: dict[tuple[int, int], float]) -> tuple[float, ...]:
        """Sum and number of the figure in the world and in its twin."""
        own, other = self.days[-1], twin.step()
        measure = MEASURES[fault.metric]
        if fault.metric != "unit_price":
            return *measure(self.world, fault, own), *measure(twin, fault, other)
        place = (fault.segment["store"], fault.segment["sku"])
        told, n_told = measure(twin, fault, other)
        # Prices are told when they change.
        price = told if n_told else self._twins_prices.get(fault.id, before[place])
        self._twins_prices[fault.id] = price
        return self._prices[place], 1, price, 1


def length_of(fault: Fault) -> int:
    """Return how many days a fault lasts."""
    return fault.last_day - fault.first_day + 1


def _realised(fault: Fault, figures: list[tuple[float, ...]]) -> Realised:
    sums = np.array(figures).sum(axis=0)
    if fault.metric in MEANS:
        moved = sums[0] / max(sums[1], 1.0) - sums[2] / max(sums[3], 1.0)
        return Realised(fault, float(moved) / fault.deviation, len(figures))
    moved = (sums[0] - sums[2]) / len(figures)
    level = float(sums[2]) / len(figures) / fault.expected
    return Realised(fault, float(moved) / fault.deviation, len(figures), level)
