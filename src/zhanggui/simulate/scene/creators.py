"""Creators 达人 and their live sessions: what they cost and how much of a day's visitors each session draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.records import LIVE_SESSIONS
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

_HOUR = 3600
WATCHERS_PER_VISITOR = 7.0
"""People who watch a live session for each who goes on to the goods."""
OWN_HOST_PART = 0.45
"""Part of a live store's visitors that its own host draws, over the days."""
SESSIONS_OF_A_DAY = 100
"""A live session's number is its day times this, and its place in the day."""


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody who shows goods to his followers.

    Attributes
    ----------
    number : int
        Position in the world's list.
    name : str
        As contracts write it.
    platform : Platform
        Where he shows goods.
    trade : int
        What he knows about, as a position in `Trade`.
    reach : float
        His followers as a multiple of the usual.
    slot_fee_minor : int
        坑位费 for each session, or the price of a note.
    commission_bp : int
        Commission on what he sells, in hundredths of a percent.
    return_factor : float
        How much more is sent back than of ordinary orders.
    is_host : bool
        Whether he is the shop's own host: no fee, no commission.
    """

    number: int
    name: str
    platform: Platform
    trade: int
    reach: float
    slot_fee_minor: int
    commission_bp: int
    return_factor: float
    is_host: bool = False


@dataclass(frozen=True, slots=True)
class Airing:
    """A live session, and its part of what its channel brings on an average day."""

    number: int
    store: int
    trade: int
    creator: int
    started_at: int
    ended_at: int
    part: float


_CREATOR_NAMES = {
    Trade.BEAUTY: ("成分党阿禾", "小鹿美妆实验室", "素人测评圆圆", "护肤小课堂"),
    Trade.FASHION: ("南风穿搭", "小个子知夏", "通勤衣橱", "显瘦日记"),
    Trade.BABY: ("豆豆妈育儿", "奶爸海盐", "辅食研究所", "月龄笔记"),
    Trade.HOME: ("青山厨房", "收纳柠檬", "鲜货云朵", "睡眠研究员"),
}


def creators_of(draws: Draws, stores: tuple[Store, ...], options: Options) -> tuple[Creator, ...]:
    """Return the creators that a company of these stores works with: its own hosts first."""
    found: list[Creator] = []
    for store in stores:
        if store.platform in CHANNELS[CHANNEL_OF["live"]].platforms:
            for trade in store.trades:
                place = list(Trade).index(trade)
                found.append(
                    Creator(len(found), f"{store.name}官方直播间", store.platform, place, 1.0, 0, 0, 1.3, is_host=True)
                )
    for trade in (trade for trade in Trade if trade in options.trades):
        for name in _CREATOR_NAMES[trade]:
            number = len(found)
            reach = float(np.exp(0.6 * draws.normal("creator reach", number)[0]))
            fee = round(reach * (80 + 320 * float(draws.uniform("slot fee", number)[0]))) * 100
            # The two that people listen to most charge commission, and are sent back most.
            commission = 1000 + 500 * int(draws.uniform("commission", number)[0] * 5)
            returns = 1.4 + 0.8 * float(draws.uniform("creator returns", number)[0])
            found.append(
                Creator(number, name, Platform.DOUYIN, list(Trade).index(trade), reach, fee, commission, returns)
            )
    return tuple(found)


class Calendar:
    """Which live sessions there are on which day.

    Parameters
    ----------
    options, draws, stores
        Those of the world.
    creators : tuple of Creator
        As `creators_of` returns them.
    """

    def __init__(
        self, options: Options, draws: Draws, stores: tuple[Store, ...], creators: tuple[Creator, ...]
    ) -> None:
        self._draws = draws
        self._scale = options.orders_per_day / 250
        self._creators = creators
        live = CHANNEL_OF["live"]
        self._stores = tuple(store for store in stores if store.platform in CHANNELS[live].platforms)

    def airings(self, day: int, midnight: int) -> list[Airing]:
        """Return the live sessions that begin on a day."""
        found: list[Airing] = []
        for store in self._stores:
            often = 0.5 if store.platform is Platform.DOUYIN else 0.15
            for trade in (list(Trade).index(trade) for trade in store.trades):
                host = next(
                    c for c in self._creators if c.is_host and c.trade == trade and c.name.startswith(store.name)
                )
                cast = [(host, OWN_HOST_PART)]
                guests = [c for c in self._creators if not c.is_host and c.trade == trade]
                mean_reach = sum(guest.reach for guest in guests) / len(guests)
                if self._draws.uniform("guest airs", day, store.number, trade)[0] < often:
                    guest = guests[int(self._draws.pick(np.ones(len(guests)), "guest", day, store.number, trade)[0])]
                    cast.append((guest, (1 - OWN_HOST_PART) / often * guest.reach / mean_reach))
                for creator, part in cast:
                    number = day * SESSIONS_OF_A_DAY + len(found)
                    begins = midnight + (19 * _HOUR if creator.is_host else 20 * _HOUR)
                    lasts = (2 + int(self._draws.uniform("live hours", number)[0] * 3)) * _HOUR // 2
                    found.append(
                        Airing(number, store.number, trade, creator.number, begins, begins + 2 * lasts - 60, part)
                    )
        return found

    def rows(self, airings: list[Airing], visitors: dict[int, int]) -> Rows:
        """Return the day's live sessions as records; `visitors` is how many went on to the goods, by session."""
        if not airings:
            return Rows.none(LIVE_SESSIONS)
        number = np.array([airing.number for airing in airings])
        creator = [self._creators[airing.creator] for airing in airings]
        came = np.array([visitors.get(airing.number, 0) for airing in airings])
        pushed = 0.03 + 0.04 * self._draws.uniform("live push", number)
        viewers = self._draws.poisson(came * WATCHERS_PER_VISITOR, "viewers", number) + came
        return Rows(
            LIVE_SESSIONS,
            live_session=number,
            store=[airing.store for airing in airings],
            creator=[one.number for one in creator],
            started_at=[airing.started_at for airing in airings],
            ended_at=[airing.ended_at for airing in airings],
            viewers=viewers,
            product_visitors=came,
            slot_fee_minor=[int(one.slot_fee_minor * min(self._scale, 1.0)) // 100 * 100 for one in creator],
            commission_bp=[one.commission_bp for one in creator],
            n_samples=[0 if one.is_host else 4 + one.number % 9 for one in creator],
            ad_spend_minor=np.round(viewers * pushed * 100 / 10).astype(np.int64) * 10,
        )
