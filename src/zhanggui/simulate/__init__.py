"""A shop with planted truth, written in the platforms' own export formats. Shares no code with reading and loading."""

from zhanggui.simulate.actions import Actions, Assignment, Message, Offer
from zhanggui.simulate.exports.daily import DailyExports
from zhanggui.simulate.exports.exports import Written
from zhanggui.simulate.options import DEFAULT_END, Options, Platform, Trade
from zhanggui.simulate.simulate import simulate_shop
from zhanggui.simulate.world import World

__all__ = [
    "DEFAULT_END",
    "Actions",
    "Assignment",
    "DailyExports",
    "Message",
    "Offer",
    "Options",
    "Platform",
    "Trade",
    "World",
    "Written",
    "simulate_shop",
]
