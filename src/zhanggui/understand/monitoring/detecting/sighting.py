"""What a rule saw: a metric of one part of the shop that is not where it should be on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhanggui.metrics import Filter


class Kind(StrEnum):
    """By what a sighting was made."""

    THRESHOLD = "threshold"  # above or below a fixed value
    CHANGE = "change"  # against an earlier day
    TARGET = "target"  # against the target of the period so far
    FORECAST = "forecast"  # where the period will end, against its target
    BAND = "band"  # outside what the shop's own history lets expect
    CHANGE_POINT = "change_point"  # another level since a day
    MISSING = "missing"  # a day that says nothing
    LATE = "late"  # days that should have come by now


class Direction(StrEnum):
    """On which side of the expected the value lies."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One finding of one rule about one day.

    Attributes
    ----------
    metric : str
        Name in the catalogue.
    where : tuple of Filter
        The part of the shop, in the order of the dimensions' names; empty for the whole.
    day : date
        The business day that it is about.
    kind : Kind
        By what it was made.
    direction : Direction
        Whether the value is too high or too low; missing and late data are too low.
    value : float or None
        What the metric is, in the unit in which metrics are answered (money in major units); None where it is missing.
    expected : float or None
        What it should be; None where only a bound is known.
    low, high : float or None
        The bounds within which nothing would have been said.
    score : float
        How far beyond the bound the value lies, in units of what is ordinary: 1 on the bound, more beyond it. For a
        band a bound lies several standard deviations from what is expected. Sightings of one rule are ranked by it.
    money : float or None
        Money at stake on the day, in major units and never negative, or None where nothing is known of it.
    since : date or None
        The first day of the new level, of a change point; the first silent day, of late data.
    facts : mapping of str to float
        Further figures that a sentence may tell, such as ``n_days`` or ``occasion``.
    """

    metric: str
    where: tuple[Filter, ...]
    day: date
    kind: Kind
    direction: Direction
    value: float | None
    expected: float | None
    low: float | None
    high: float | None
    score: float
    money: float | None = None
    since: date | None = None
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, tuple[tuple[str, tuple[str | int | None, ...]], ...], Kind, Direction]:
        """What days of one event share: metric, part of the shop, kind and direction."""
        return self.metric, tuple((each.dim, each.values) for each in self.where), self.kind, self.direction
