"""Crawlers on the own site: many pages, no orders."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.paths import SESSIONS
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

BOTS_PER_VISIT = 0.02
"""Crawlers for each visit of people on an ordinary day; they come by search."""
_VISITS_PER_DEVICE = 3
_LATEST_MS = (86_400 - 900) * 1000


def crawlers(
    draws: Draws, store: Store, day: int, midnight: int, levers: Levers, human: Ints, sdk: Callable[[Keys], Ints]
) -> Rows:
    """Return the visits of crawlers on a day.

    Parameters
    ----------
    draws, store
        Those of the world, and the own site.
    day, midnight, levers
        Of the day.
    human : array of int
        Channel of each visit by people.
    sdk : callable
        Which library each device sends its events by.
    """
    channels = np.arange(len(CHANNELS))
    visits = np.bincount(human, minlength=channels.size).astype(np.float64)
    mean = visits * levers.amounts(Lever.BOTS, channels.size, channel=channels, store=store.number)
    mean[CHANNEL_OF["search"]] += BOTS_PER_VISIT * visits.sum()
    count = draws.poisson(mean, "bots", day, channels)
    channel = np.repeat(channels, count)
    place = np.arange(channel.size) - np.repeat(np.cumsum(count) - count, count)
    key = draws.key("bot", day, channel, place)
    anon = draws.key("bot device", day, channel, place // _VISITS_PER_DEVICE)
    trades = np.array([list(Trade).index(trade) for trade in store.trades])
    return Rows(
        SESSIONS,
        session=key,
        anon=anon,
        is_bot=True,
        is_known=False,
        click=0.0,
        signs=NEVER,
        sdk=sdk(anon),
        depth=np.ones(channel.size, np.int64),
        trade=trades[draws.pick(np.ones(trades.size), "bot trade", key)],
        sku=NEVER,
        n_lines=0,
        value_minor=0,
        starts_ms=midnight * 1000 + (draws.uniform("bot hour", key) * _LATEST_MS).astype(np.int64),
        banner=0,
        channel=channel,
    )
