"""A shop with planted truth, written in the platforms' own export formats. Shares no code with reading and loading."""

from zhanggui.simulate.exports.exports import Written
from zhanggui.simulate.options import DEFAULT_END, Options, Platform, Trade
from zhanggui.simulate.simulate import simulate_shop

__all__ = ["DEFAULT_END", "Options", "Platform", "Trade", "Written", "simulate_shop"]
