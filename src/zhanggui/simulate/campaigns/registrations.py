"""People who register on the own site and buy nothing yet."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.wishes import Wishes
from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.people import Newcomers, People, newcomers
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import Store

ACTIVATION = 0.22
"""Chance that somebody who registered without buying comes to order at last, if nothing is done."""
ACTIVATION_DAYS = 4.0
"""Mean of the days until then."""
_PER_ORDER = 0.75
_DAY = 86_400


def activates(draws: Draws, people: People, who: Ints, day: int, days: int) -> Column:
    """Return which of those who registered without buying come to order by themselves within so many days of a day."""
    comes, when = _activation(draws, people.key[who], people.born_day[who].astype(np.int64))
    found: Column = comes & (day <= when) & (when < day + days)
    return found


def _activation(draws: Draws, keys: Keys, day: Ints | int) -> tuple[Column, Ints]:
    """Return who of those registered on a day comes to order at last, and when."""
    comes = draws.uniform("activation", keys) < ACTIVATION
    wait = 1 + draws.exponential("activation wait", keys) * ACTIVATION_DAYS
    return comes, day + wait.astype(np.int64)


def register(
    options: Options, draws: Draws, stores: tuple[Store, ...], people: People, wishes: Wishes, day: int
) -> Ints:
    """Let a day's people register without buying; return their positions.

    They have no rhythm of buying yet: whoever comes to order is decided here, and what campaigns add comes on top.
    """
    own = [store for store in stores if store.platform is Platform.OWN_SITE]
    if not own:
        return np.empty(0, np.int64)
    whole = sum(store.share for store in stores)
    mean = options.orders_per_day * own[0].share / whole * _PER_ORDER
    n_new = int(draws.poisson(mean, "registrations", day)[0])
    keys = draws.key("registration", day, np.arange(n_new))
    midnight = (options.start - type(options.start)(1970, 1, 1)).days * _DAY + day * _DAY
    at = midnight + (7 + 16 * draws.uniform("registration time", keys)) * 3_600
    who = Newcomers(keys, np.full(n_new, own[0].number), np.full(n_new, day), at.astype(np.int64))
    found = people.add(**newcomers(draws, who, stores))
    comes, when = _activation(draws, keys, day)
    wishes.more(when[comes], found[comes])
    return found
