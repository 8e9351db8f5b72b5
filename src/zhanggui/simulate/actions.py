"""What a policy may do to the world on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Offer:
    """A coupon handed to people.

    Attributes
    ----------
    people : tuple of int
        Who gets it.
    store : int
        Where it can be used.
    least_minor, value_minor : int
        It takes `value_minor` off an order of at least `least_minor`.
    hours : int
        How long it holds.
    """

    people: tuple[int, ...]
    store: int
    least_minor: int
    value_minor: int
    hours: int = 72


@dataclass(frozen=True, slots=True)
class Message:
    """A message to people, with an offer or without."""

    people: tuple[int, ...]
    channel: str
    offer: Offer | None = None
    hour: int = 10


@dataclass(frozen=True, slots=True)
class Assignment:
    """People put into an arm of an experiment that the world runs."""

    experiment: int
    arms: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Actions:
    """All that is done before a day begins; nothing by default.

    Attributes
    ----------
    budgets : mapping of int to int
        Daily budget of an ad group in fen, from this day on.
    paused : mapping of int to bool
        Ad groups stopped or started again.
    prices : mapping of (int, int) to int
        Price in fen of a SKU in a store ``(store, sku)``, from this day on.
    purchases : mapping of (int, int) to int
        Units ordered of a SKU for a warehouse ``(warehouse, sku)``.
    messages, offers : tuple
        Sent and handed out this day.
    recommendation : str or None
        Recommendation policy of the own site: ``"popular"``, ``"margin"`` or ``"none"``.
    assignments : tuple of Assignment
        Experiment arms.
    size_chart_fixed : tuple of int
        Products whose size chart is corrected from this day on.
    """

    budgets: Mapping[int, int] = field(default_factory=dict)
    paused: Mapping[int, bool] = field(default_factory=dict)
    prices: Mapping[tuple[int, int], int] = field(default_factory=dict)
    purchases: Mapping[tuple[int, int], int] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    offers: tuple[Offer, ...] = ()
    recommendation: str | None = None
    assignments: tuple[Assignment, ...] = ()
    size_chart_fixed: tuple[int, ...] = ()


NOTHING = Actions()
"""No action."""
