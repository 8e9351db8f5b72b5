"""The people of the world, and how often each of them comes back."""

from zhanggui.simulate.people.newcomers import Newcomers, newcomers
from zhanggui.simulate.people.people import NO_DAY, SECOND_STORE_SHARE, TIER_NAMES, People, Tier, Uplift
from zhanggui.simulate.people.rhythm import RHYTHMS, Rhythm

__all__ = [
    "NO_DAY",
    "RHYTHMS",
    "SECOND_STORE_SHARE",
    "TIER_NAMES",
    "Newcomers",
    "People",
    "Rhythm",
    "Tier",
    "Uplift",
    "newcomers",
]
