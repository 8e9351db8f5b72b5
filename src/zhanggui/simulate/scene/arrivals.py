"""Where the people of a day come from: every source with the visitors that it brings on average."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.ads import AD_CHANNELS, AdDay, AdGroup, Creative
from zhanggui.simulate.scene.channels import FIRST_ORDER_SHARE, PAID_SHARE, conversion_of, first_order_shares
from zhanggui.simulate.scene.creators import Airing, Creator
from zhanggui.simulate.scene.posts import Post
from zhanggui.simulate.stores import CHANNEL_OF, STORES, Store

N_TRADES = len(Trade)
N_PLACES = len(STORES) * N_TRADES
"""A place is a trade in a store: ``store * N_TRADES + trade``."""
NEW_PER_VISIT = 0.51
"""New visitors of the own site for each visit that is needed: the others are made by people who come again."""
MOST_CAUGHT = 0.6
"""Ads catch at most this part of the people who would have come anyway."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What brings people on a day, one entry per source.

    Attributes
    ----------
    store, trade, channel, campaign, ad_group, creative, creator, live_session, note : array of int
        What it is; `NEVER` where it has no such thing.
    mean : array of float
        New visitors that it brings on average.
    caught : array of float
        Part of the people who were about to come to this place anyway that it catches on their way; 0 of unpaid ones.
    incremental : array of float
        Part of its visitors who come only because of it.
    landing : array of float
        Factor on looking further than the first page.
    """

    store: Ints
    trade: Ints
    channel: Ints
    campaign: Ints
    ad_group: Ints
    creative: Ints
    creator: Ints
    live_session: Ints
    note: Ints
    mean: Floats
    caught: Floats
    incremental: Floats
    landing: Floats

    def __len__(self) -> int:
        return int(self.store.size)

    @property
    def place(self) -> Ints:
        """Store and trade as one number."""
        return self.store * N_TRADES + self.trade

    def keys(self, draws: Draws) -> Keys:
        """Return a name for each source that does not depend on what other sources there are."""
        parts = (self.store, self.trade, self.channel, self.creative, self.creator, self.live_session, self.note)
        return draws.key("source", *parts)

    def of_orders(self, draws: Draws, store: int, orders: Rows) -> Ints:
        """Return the source of the day that brought each order of a store, or -1; orders have columns like these."""
        own = np.flatnonzero(self.store == store)
        keys = self.keys(draws)[own]
        order = np.argsort(keys, kind="stable")
        parts = ("trade", "channel", "creative", "creator", "live_session", "note")
        wanted = draws.key("source", store, *(orders[part] for part in parts))
        if not own.size or not len(orders):
            return np.full(len(orders), -1)
        place = np.minimum(np.searchsorted(keys[order], wanted), own.size - 1)
        return np.where(keys[order][place] == wanted, own[order][place], -1)


def first_orders_of(options: Options, stores: tuple[Store, ...]) -> dict[tuple[int, int, int], float]:
    """Return first orders created on an average day by store, position in `Trade` and channel."""
    all_shares = sum(store.share for store in stores)
    found = {}
    for store in stores:
        created = options.orders_per_day * store.share / all_shares * FIRST_ORDER_SHARE / PAID_SHARE
        for trade in store.trades:
            for channel, share in first_order_shares(store.platform).items():
                found[store.number, list(Trade).index(trade), channel] = created * share / len(store.trades)
    return found


class Arrivals:
    """What brings people to all stores, day after day.

    Parameters
    ----------
    first_orders : dict
        As `first_orders_of` returns them.
    ad_groups, creatives, creators, posts : tuple
        Those of the world.
    """

    def __init__(
        self,
        first_orders: dict[tuple[int, int, int], float],
        ad_groups: tuple[AdGroup, ...],
        creatives: tuple[Creative, ...],
        creators: tuple[Creator, ...],
        posts: tuple[Post, ...],
    ) -> None:
        cells = [cell for cell in first_orders if cell[2] not in AD_CHANNELS]
        self._store, self._trade, self._channel = np.array(cells, np.int64).reshape(-1, 3).T
        platforms = [STORES[store].platform for store, _, _ in cells]
        visits = [
            first_orders[cell] / conversion_of(platform, cell[2])
            for cell, platform in zip(cells, platforms, strict=True)
        ]
        is_own = np.array([platform is Platform.OWN_SITE for platform in platforms], np.bool_)
        # Orders of an average day are stated with ads running at their planned budgets: what carries over from them
        # and what they catch is taken into account here.
        place = self._store * N_TRADES + self._trade
        pool = np.bincount(place, visits, N_PLACES)
        moved = np.zeros(N_PLACES)
        for group in ad_groups:
            _, carried, diverted = group.usual()
            moved[group.store * N_TRADES + group.trade] += diverted - carried
        without_ads = np.maximum(1 + moved / np.maximum(pool, 1e-9), 0.3)[place]
        self._usual = np.array(visits) * without_ads * np.where(is_own, NEW_PER_VISIT, 1.0)
        self._cell = {cell: place for place, cell in enumerate(cells)}
        self._guests = [creator for creator in creators if not creator.is_host]
        self._posts = posts
        self._group_place = np.array([group.store * N_TRADES + group.trade for group in ad_groups], np.int64)
        self._group_store = np.array([group.store for group in ad_groups], np.int64)
        self._group_channel = np.array([group.channel for group in ad_groups], np.int64)
        self._group_campaign = np.array([group.campaign for group in ad_groups], np.int64)
        self._landing = np.array([creative.landing for creative in creatives])

    def sources(
        self,
        levers: Levers,
        season: Floats,
        ads: AdDay,
        airings: list[Airing],
        found_posts: tuple[Ints, Floats],
        waiting: Floats,
    ) -> Sources:
        """Return the sources of a day.

        Parameters
        ----------
        levers : Levers
            Of the day.
        season : array of float, shape (stores, trades)
            Factor on visitors.
        ads, airings, found_posts
            What paid traffic, live sessions and posts do on the day.
        waiting : array of float, shape (places,)
            People who come again on this day, whatever brings them.
        """
        usual = self._usual * season[self._store, self._trade]
        place = self._store * N_TRADES + self._trade
        pool = np.bincount(place, usual, N_PLACES)
        diverted = np.bincount(self._group_place, ads.diverted, N_PLACES)
        carried = np.bincount(self._group_place, ads.carried, N_PLACES)
        caught = np.minimum(diverted / np.maximum(pool + waiting, 1e-9), MOST_CAUGHT)
        usual *= 1.0 - caught[place] + carried[place] / np.maximum(pool[place], 1e-9)
        usual *= levers.amounts(Lever.VISITORS, usual.size, store=self._store, channel=self._channel, trade=self._trade)
        parts = [self._plain(usual), *self._divided(usual, airings, found_posts)]
        parts.append(self._paid(levers, ads, pool + waiting, np.divide(caught, np.maximum(diverted, 1e-9)), waiting))
        return _together([part for part in parts if len(part)])

    def _plain(self, usual: Floats) -> Sources:
        split = [CHANNEL_OF[code] for code in ("live", "xiaohongshu", "forum", "creator")]
        kept = np.flatnonzero(~np.isin(self._channel, split))
        return _unpaid(self._store[kept], self._trade[kept], self._channel[kept], usual[kept])

    def _divided(self, usual: Floats, airings: list[Airing], found_posts: tuple[Ints, Floats]) -> list[Sources]:
        """Return the sources of live sessions, posts and creators, which share what their channel brings."""
        live = [(one.store, one.trade, CHANNEL_OF["live"], one.part) for one in airings]
        aired = self._shared(usual, live)
        aired = replace(
            aired,
            creator=np.array([one.creator for one in airings], np.int64),
            live_session=np.array([one.number for one in airings], np.int64),
        )
        number, part = found_posts
        posts = [self._posts[one] for one in number.tolist()]
        written = self._shared(
            usual, [(p.store, p.trade, p.channel, share) for p, share in zip(posts, part.tolist(), strict=True)]
        )
        written = replace(written, note=number, creator=np.array([post.creator for post in posts], np.int64))
        shown, who = [], []
        for store, trade, channel in self._cell:
            if channel == CHANNEL_OF["creator"]:
                guests = [guest for guest in self._guests if guest.trade == trade]
                reach = sum(guest.reach for guest in guests)
                shown += [(store, trade, channel, guest.reach / reach) for guest in guests]
                who += [guest.number for guest in guests]
        return [aired, written, replace(self._shared(usual, shown), creator=np.array(who, np.int64))]

    def _shared(self, usual: Floats, parts: list[tuple[int, int, int, float]]) -> Sources:
        store, trade, channel = np.array([part[:3] for part in parts], np.int64).reshape(-1, 3).T
        cell = np.array([self._cell[part[:3]] for part in parts], np.int64)
        share = np.array([part[3] for part in parts], np.float64)
        return _unpaid(store, trade, channel, usual[cell] * share)

    def _paid(self, levers: Levers, ads: AdDay, anyway: Floats, per_diverted: Floats, waiting: Floats) -> Sources:
        group = ads.group
        place = self._group_place[group]
        pull = levers.amounts(Lever.VISITORS, group.size, creative=ads.creative)
        # The part of the people on their way to this place whom the creative catches.
        caught = ads.diverted[group] * ads.part * per_diverted[place] * pull
        added = ads.added[group] * ads.part * pull
        new = added + caught * (anyway - waiting)[place]
        everyone = added + caught * anyway[place]
        none = np.full(group.size, NEVER)
        return Sources(
            store=self._group_store[group],
            trade=place % N_TRADES,
            channel=self._group_channel[group],
            campaign=self._group_campaign[group],
            ad_group=group,
            creative=ads.creative,
            creator=none,
            live_session=none,
            note=none,
            mean=new,
            caught=caught,
            incremental=added / np.maximum(everyone, 1e-9),
            landing=self._landing[ads.creative],
        )


def _unpaid(store: Ints, trade: Ints, channel: Ints, mean: Floats) -> Sources:
    none = np.full(store.size, NEVER)
    names = ("campaign", "ad_group", "creative", "creator", "live_session", "note")
    one = np.ones(store.size)
    return Sources(
        store=store,
        trade=trade,
        channel=channel,
        **dict.fromkeys(names, none),
        mean=mean,
        caught=np.zeros(store.size),
        incremental=one,
        landing=one,
    )


def _together(parts: list[Sources]) -> Sources:
    return Sources(**{field.name: np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Sources)})
