"""The shape of what answers a tile about ways: what flows from where to where, and who is left at each step."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec.data import TileAnswer
from zhanggui.pagespec.words import Evidence, Number, Unit


class SankeyNode(BaseModel):
    """One place that something flows through.

    Attributes
    ----------
    key : str
        Its name within the drawing: the same place at another step is another node.
    depth : int
        Its step from the left, from 0.
    is_end : bool
        Nothing goes on from here: it is drawn in the muted tone.
    """

    key: str
    label: Text
    depth: int
    value: Number = None
    is_end: bool = False
    href: str | None = None


class SankeyLink(BaseModel):
    """What flows from one node to another, by their keys."""

    source: str
    target: str
    value: float
    href: str | None = None


class SankeyData(TileAnswer):
    """Data of a flow drawing. Every link leads to a greater depth, so there is no loop.

    Attributes
    ----------
    nodes : tuple of SankeyNode
        Each with a key of its own.
    links : tuple of SankeyLink
        Between those nodes.
    """

    unit: Unit
    currency: str | None = None
    nodes: tuple[SankeyNode, ...]
    links: tuple[SankeyLink, ...]


class FunnelStage(BaseModel):
    """One step of a funnel: how many reached it, of the first and of the one before, now and in the compared period.

    Attributes
    ----------
    money : float or None
        What those who left after the step before were worth.
    is_worst : bool
        The step that costs most.
    """

    key: str
    label: Text
    value: Number = None
    of_first: Number = None
    of_previous: Number = None
    before: Number = None
    of_previous_before: Number = None
    money: Number = None
    is_worst: bool = False
    evidence: Evidence = "counted"
    href: str | None = None


class FunnelData(TileAnswer):
    """Data of a funnel. The product of the rates from step to step is the rate of the last of the first."""

    unit: Unit = "count"
    currency: str | None = None
    stages: tuple[FunnelStage, ...]
