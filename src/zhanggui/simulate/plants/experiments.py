"""The experiments that the shop runs: who enters, which arms, and what each arm truly does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhanggui.simulate.draws import Draws, Ints, KeyLike


class Audience(StrEnum):
    """Who may enter an experiment."""

    VISITORS = "visitors"  # every visitor of the own site, by his anonymous key
    NEVER_BOUGHT = "never_bought"  # registered and without an order
    POTENTIAL = "potential"  # few orders, the last one recent
    SLEEPING = "sleeping"  # some time without an order, not yet given up
    LAPSED = "lapsed"  # 90 days without an order
    BEST = "best"  # recent, frequent and of high value
    MEMBERS = "members"  # every registered person


@dataclass(frozen=True, slots=True)
class Arm:
    """One treatment.

    Attributes
    ----------
    name : str
        As exports write it.
    weight : float
        Its part of those who enter.
    click, order, basket, complaint : float
        Factors on the chance of a click on the tested place, on the chance to order, on the order's value and on the
        chance of a complaint; 1 changes nothing.
    order_share : float or None
        Where given, the share of people who order within the window because of this arm or anyway; it stands above
        `order`.
    least_minor, value_minor, hours : int
        The coupon that comes with it: `value_minor` off an order of at least `least_minor` for so many hours; no
        coupon where the value is 0.
    message : str
        What people read; no message where it is empty.
    """

    name: str
    weight: float
    click: float = 1.0
    order: float = 1.0
    basket: float = 1.0
    complaint: float = 1.0
    order_share: float | None = None
    least_minor: int = 0
    value_minor: int = 0
    hours: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """People assigned to arms for some days; the first arm is the comparison.

    Attributes
    ----------
    number : int
        Its number in exports.
    name : str
        What is tried.
    example : str
        Catalogue id of the worked example that it plants.
    store : int
        Where.
    trade : int
        Position in `Trade` of what it is about, or -1 for all.
    audience : Audience
        Who may enter.
    first_day, last_day : int
        Days on which people enter.
    window_days : int
        For how long a person is watched after entering.
    share : float
        Part of the audience that enters.
    arms : tuple of Arm
        The first one is the comparison.
    """

    number: int
    name: str
    example: str
    store: int
    trade: int
    audience: Audience
    first_day: int
    last_day: int
    window_days: int
    share: float
    arms: tuple[Arm, ...]

    def enters(self, draws: Draws, keys: KeyLike) -> Ints:
        """Return the arm of each person or visitor by key, or -1 where he does not enter; it never changes."""
        arms = draws.pick([arm.weight for arm in self.arms], "experiment arm", self.number, keys)
        arms[draws.uniform("experiment entry", self.number, keys) >= self.share] = -1
        return arms
