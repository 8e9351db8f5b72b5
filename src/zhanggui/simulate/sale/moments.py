"""At which moment of the day each order is created."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people import People
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.sale.intents import NEW, NUDGED
from zhanggui.simulate.seasons import Phase, hours

_OWN_HOUR_SHARE = 0.35
"""Part of a person's orders that falls around his own hour; the rest follows his trade."""
_OWN_HOUR_SPREAD = 1.6
_RUSH_SHARE = 0.3
_HOUR = 3_600
_DAY = 86_400
_LIMITS = np.stack([np.concatenate([[0.0], np.cumsum(hours(trade))]) for trade in Trade])


def created_at(draws: Draws, intents: Rows, people: People, midnight: int, rushes: dict[int, Phase | None]) -> Ints:
    """Return when each order of a day is created.

    Parameters
    ----------
    draws, people
        Those of the world.
    intents : Rows
        Who orders.
    midnight : int
        When the day begins.
    rushes : dict
        Promotion phase that begins or peaks today, by store: its first two hours and its evening are crowded.
    """
    keys = intents["order_key"]
    hour = _hours_of_trades(draws.uniform("hour", keys), intents["trade"])
    own = people.hour_peak[intents["person"]] + _OWN_HOUR_SPREAD * draws.normal("own hour", keys)
    # First-time buyers are drawn by what is on; regulars come when they have time.
    has_own = (intents["origin"] != NEW) & (draws.uniform("has own hour", keys) < _OWN_HOUR_SHARE)
    hour = np.where(has_own, np.mod(own, 24.0), hour)
    for store, phase in rushes.items():
        if phase is not None:
            crowded = (intents["store"] == store) & (draws.uniform("rush", keys) < _RUSH_SHARE)
            moment = draws.uniform("rush hour", keys)
            hour = np.where(crowded, np.where(moment < 0.5, 3.0 * moment, 20.0 + 4.0 * (moment - 0.5) * 2), hour)
    # What a message of ten o'clock brings comes after it.
    hour = np.where((intents["origin"] == NUDGED) & (hour < 10), 10 + hour / 2, hour)
    return midnight + np.minimum((hour * _HOUR).astype(np.int64), _DAY - 1)


def _hours_of_trades(chances: Floats, trade: Ints) -> Floats:
    found = np.zeros(chances.size)
    for number, limits in enumerate(_LIMITS):
        here = trade == number
        found[here] = np.interp(chances[here], limits, np.arange(25))
    return found
