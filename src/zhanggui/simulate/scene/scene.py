"""The scene of a world: who comes by which way each day, and what platforms and sites tell about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.draws import Draws, Floats
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.records import VISITS, DayRecords
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.scene.ads import AD_CHANNELS, AdDay, Advertising, ad_groups_of
from zhanggui.simulate.scene.channels import FIRST_ORDER_SHARE, PAID_SHARE, conversion_of, first_order_shares
from zhanggui.simulate.stores import STORES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf
    from zhanggui.simulate.people.people import People


class Scene:
    """Visits, ads and everything declared about them.

    Parameters
    ----------
    options, draws, stores, shelf
        Those of the world.

    Attributes
    ----------
    ad_groups, creatives : tuple
        With their true curves.
    first_orders : dict
        First orders of an average day by store, position in `Trade` and channel.
    """

    def __init__(self, options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> None:
        self._draws = draws
        self._stores = stores
        self._shelf = shelf
        self.first_orders = first_orders_of(options, stores)
        self._ads = Advertising(draws, *ad_groups_of(options, draws, stores, self.first_orders))
        self.ad_groups = self._ads.groups
        self.creatives = self._ads.creatives

    def visits(self, day: int, levers: Levers, actions: Actions, season: Floats) -> Rows:
        """Return who comes on a day without having bought before.

        Parameters
        ----------
        day : int
            Of the world.
        levers, actions
            Of the day.
        season : array of float, shape (stores, trades)
            Factor on visitors by number of the store and position in `Trade`.
        """
        group_season = np.array([season[group.store, group.trade] for group in self.ad_groups])
        ads = self._ads.day(day, levers, actions, group_season)
        return Rows.together(VISITS, (self._organic(day, levers, season, ads), self._paid(day, levers, ads)))

    def report(self, records: DayRecords, levers: Levers, people: People) -> None:
        """Add to a day's records what platforms and sites tell about it."""

    def _organic(self, day: int, levers: Levers, season: Floats, ads: AdDay) -> Rows:
        cells = [cell for cell in self.first_orders if cell[2] not in AD_CHANNELS]
        store, trade, channel = np.array(cells, np.int64).reshape(-1, 3).T
        usual = np.array([self.first_orders[cell] / conversion_of(STORES[cell[0]].platform, cell[2]) for cell in cells])
        visitors = usual * season[store, trade]
        # What ads bring without a click comes on top; what they catch on its way is missing here.
        place = store * len(Trade) + trade
        of_group = np.array([group.store * len(Trade) + group.trade for group in self.ad_groups], np.int64)
        n_places = len(STORES) * len(Trade)
        total = np.bincount(place, visitors, n_places)
        moved = np.bincount(of_group, ads.carried - ads.diverted, n_places)
        visitors *= np.maximum(1 + moved[place] / np.maximum(total[place], 1e-9), 0.2)
        visitors *= levers.amounts(Lever.VISITORS, len(cells), store=store, channel=channel, trade=trade)
        count = self._draws.poisson(visitors, "organic visitors", day, store, trade, channel)
        return Rows(
            VISITS,
            store=store,
            trade=trade,
            channel=channel,
            visitors=count,
            incremental_visitors=count,
            conversion_ppm=self._conversion_ppm(levers, store, trade, channel),
        )

    def _paid(self, day: int, levers: Levers, ads: AdDay) -> Rows:
        groups = [self.ad_groups[number] for number in ads.group.tolist()]
        store = np.array([group.store for group in groups], np.int64)
        trade = np.array([group.trade for group in groups], np.int64)
        channel = np.array([group.channel for group in groups], np.int64)
        pull = levers.amounts(Lever.VISITORS, store.size, creative=ads.creative)
        clicking = (ads.added + ads.diverted)[ads.group] * ads.part * pull
        count = self._draws.poisson(clicking, "ad visitors", day, ads.creative)
        incremental = np.array([group.incremental for group in groups])
        return Rows(
            VISITS,
            store=store,
            trade=trade,
            channel=channel,
            campaign=np.array([group.campaign for group in groups], np.int64),
            ad_group=ads.group,
            creative=ads.creative,
            visitors=count,
            incremental_visitors=self._draws.binomial(count, incremental, "incremental visitors", day, ads.creative),
            conversion_ppm=self._conversion_ppm(levers, store, trade, channel),
        )

    def _conversion_ppm(self, levers: Levers, store: Floats, trade: Floats, channel: Floats) -> Floats:
        pairs = zip(store.tolist(), channel.tolist(), strict=True)
        chance = np.array([conversion_of(STORES[s].platform, c) for s, c in pairs])
        chance *= levers.amounts(Lever.CONVERSION, chance.size, store=store, channel=channel, trade=trade)
        return np.round(np.clip(chance, 0.0, 1.0) * 1e6)


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
