"""Sightings of neighbouring days are one event: an episode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from zhanggui.metrics import Filter
from zhanggui.metrics.explaining.explain import where_text
from zhanggui.understand.monitoring.detecting import Direction, Kind, Sighting
from zhanggui.understand.monitoring.rules import StepGrain

REACH_DAYS: Mapping[StepGrain, int] = MappingProxyType({"day": 2, "week": 14, "month": 62})
"""How many days apart two steps of one event may begin: one calm step between them does not end it."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What a rule saw in one part of the shop, on neighbouring days and on one side.

    Attributes
    ----------
    sightings : tuple of Sighting
        In the order of their days, at most one for each.
    money : float or None
        Money at stake over its days, in major units.
    """

    sightings: tuple[Sighting, ...]
    money: float | None = None

    @property
    def where(self) -> tuple[Filter, ...]:
        """The part of the shop."""
        return self.sightings[0].where

    @property
    def place(self) -> str:
        """The part of the shop as ``--where`` takes it."""
        return where_text(self.where)

    @property
    def direction(self) -> Direction:
        """The side of the expected."""
        return self.sightings[0].direction

    @property
    def kind(self) -> Kind:
        """By what it was seen."""
        return self.sightings[0].kind

    @property
    def first_day(self) -> date:
        """First day of its first step; of a new level, the day since which it holds."""
        first = self.sightings[0]
        return min(first.day, first.since or first.day)

    @property
    def last_day(self) -> date:
        """First day of its last step."""
        return self.sightings[-1].day

    @property
    def worst(self) -> Sighting:
        """The sighting that lies furthest out."""
        return max(self.sightings, key=lambda each: each.score)

    @property
    def latest(self) -> Sighting:
        """The sighting of the last day."""
        return self.sightings[-1]


def episodes_of(sightings: Iterable[Sighting], grain: StepGrain) -> tuple[Episode, ...]:
    """Return the episodes of one rule's sightings, by place, then by day.

    Examples
    --------
    >>> def low(day): return Sighting("visitors", (), date(2020, 2, day), Kind.THRESHOLD, Direction.DOWN,
    ...                               1.0, None, 9.0, None, 2.0)
    >>> [(each.first_day.day, each.last_day.day) for each in episodes_of(map(low, (3, 4, 6, 9)), "day")]
    [(3, 6), (9, 9)]
    """
    by_event: dict[tuple[str, Direction], dict[date, Sighting]] = {}
    for each in sightings:
        days = by_event.setdefault((where_text(each.where), each.direction), {})
        if each.day not in days or each.score > days[each.day].score:
            days[each.day] = each
    found: list[Episode] = []
    for _, days in sorted(by_event.items()):
        run: list[Sighting] = []
        for day in sorted(days):
            if run and (day - run[-1].day).days > REACH_DAYS[grain]:
                found.append(Episode(tuple(run)))
                run = []
            run.append(days[day])
        found.append(Episode(tuple(run)))
    return tuple(found)
