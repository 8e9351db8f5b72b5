"""The planted anomalies: what goes wrong, where, when and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhanggui.simulate.levers import Pull


class FaultClass(StrEnum):
    """Whether the shop itself suffers or only what it is told."""

    DATA = "data"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Fault:
    """One anomaly.

    Attributes
    ----------
    id : str
        ``FAULT-01`` and so on.
    kind : str
        What happened, such as ``payment_outage``.
    metric : str
        The daily figure in which it shows.
    segment : mapping of str to int
        Dimension to number, such as ``{"store": 2, "region": 0}``; empty for the whole company.
    names : mapping of str to str
        The same in words.
    first_day, last_day : int
        Days on which it holds, both included.
    sigma : float
        Its size on each day, in standard deviations of the segment's daily figure.
    expected, deviation : float
        The segment's ordinary daily figure and its standard deviation, as the options imply them.
    change : float
        The planted change of the daily figure, in its own unit; negative for a drop.
    cause_zh, cause_en : str
        Why.
    group : FaultClass
        Data or trade.
    pulls : tuple of Pull
        The levers that make it; none where a file writer makes it.
    """

    id: str
    kind: str
    metric: str
    segment: Mapping[str, int]
    names: Mapping[str, str]
    first_day: int
    last_day: int
    sigma: float
    expected: float
    deviation: float
    change: float
    cause_zh: str
    cause_en: str
    group: FaultClass
    pulls: tuple[Pull, ...] = ()
