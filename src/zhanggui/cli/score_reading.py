"""What ``zhanggui score`` reads: a true figure beside the answer to a command that anyone can give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

JsonObject = dict[str, Any]
"""A part of the truth, or an answer, as JSON values."""

Ask = Callable[[list[str]], JsonObject]
"""Gives a command as anyone would and returns what it prints."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One true figure of a catalogue id beside what was answered."""

    id: str
    what: str
    truth: float
    reported: float | None
    tolerance: float
    asked: str
    where: Mapping[str, Any] = field(default_factory=dict)


def days_of_world(truth: JsonObject, first: int, last: int) -> list[str]:
    """Return the options of a command that choose the days of a world by their numbers."""
    start = date.fromisoformat(truth["world"]["start"])
    dates = [(start + timedelta(days=day)).isoformat() for day in (first, last)]
    return ["--from", dates[0], "--to", dates[1]]


def categories_of(trade: str) -> list[str]:
    """Return the categories of a trade of the simulated world."""
    from zhanggui.simulate.goods.families import FAMILIES

    return sorted({family.category for family in FAMILIES if family.trade == trade})
