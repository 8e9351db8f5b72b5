"""What a day brings by the options alone, so that the size of a fault can be stated before the first day."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from zhanggui.simulate.draws import Draws, Floats
from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.scene.ads import CLICKS_PER_VISITOR, AdGroup, ad_groups_of
from zhanggui.simulate.scene.channels import conversion_of
from zhanggui.simulate.scene.scene import first_orders_of
from zhanggui.simulate.seasons import factors
from zhanggui.simulate.stores import PLACES, REGIONS, STORES, WAREHOUSE_OF_REGION, Store

ITEMS_PER_ORDER = 1.6
UNITS_PER_LINE = 1.23
BAD_SHARE = 0.11
"""Part of the reviews that are bad, for whatever reason."""
TICKET_SHARE = 0.8
_RETURNING = (0.94, 1.13, 0.90, 1.11, 1.06, 0.90, 1.20)
"""Orders of each of `STORES` on a plain day for each that its share of the company's stands for: buyers of baby goods
and food come back more often than others."""
REFUND_SHARES = (0.126, 0.110, 0.237, 0.125, 0.115, 0.268, 0.165)
"""Refunds for each paid order of each of `STORES`."""
LINE_REFUND_SHARES = (0.10, 0.19, 0.085, 0.09)
"""Refunds for each paid line of each trade."""

ROAD_HOURS = (35.8, 41.9, 43.8, 36.2, 39.4, 75.4, 37.5)
ROAD_SPREAD_HOURS = (12.1, 24.7, 27.9, 12.2, 19.5, 51.4, 14.3)
"""Mean and standard deviation of the hours of a parcel on the road, by region."""
CARRIER_HOURS = (40.3, 41.4, 43.4, 24.9, 27.9, 95.5)
CARRIER_SPREAD_HOURS = (16.1, 16.7, 17.3, 10.8, 13.4, 55.4)
CARRIER_SHARES = (0.346, 0.231, 0.162, 0.104, 0.115, 0.042)
"""The same by carrier, and the part of the parcels that each carries."""
HANDLING_HOURS = 17.4
HANDLING_SPREAD_HOURS = 10.6
REPLY_MINUTES = 3.2
REPLY_SPREAD_MINUTES = 9.5
PRICE_SPREAD = 0.09
"""Standard deviation of a SKU's daily price as a part of the price: coupons and promotions."""
AD_SPREAD = 0.06
"""Standard deviation of a day's cost per click, click rate or spend, as a part of it."""
DELIVERED = 0.96
"""Part of its budget that an ad group spends."""
SESSIONS_PER_VISITOR = {"search": 2.35, "direct": 5.2, "feed_ads": 0.95, "xiaohongshu": 1.15}
"""Sessions of the own site for each planned first-time visitor: customers come by search and on their own as well."""

COUPON_MINOR, COUPON_SPREAD_MINOR = 270.0, 680.0
"""Mean and standard deviation of what the store's own coupons take off an order, most of which use none."""

DAY_TO_DAY = 0.08
"""Standard deviation of the daily mean itself, beyond season and weekday, as a part of it."""
NOTE_TO_NOTE = 0.35
"""The same of the visitors whom notes bring: some notes are seen by many, most by few."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A daily figure as it usually is.

    Attributes
    ----------
    expected, deviation : float
        Mean and standard deviation of a day.
    """

    expected: float
    deviation: float


def count(mean: float) -> Usual:
    """Return what a daily count usually is: Poisson, and overdispersed because its mean moves from day to day.

    Examples
    --------
    >>> count(100.0).deviation  # the root of 100 + (0.08 * 100)²
    12.8...
    """
    return Usual(mean, float(np.sqrt(mean + (DAY_TO_DAY * mean) ** 2)))


def average(value: float, spread: float, n_a_day: float) -> Usual:
    """Return what the daily average of `n_a_day` single values usually is."""
    return Usual(value, spread / float(np.sqrt(max(n_a_day, 1.0))))


def per_click(value: float, n_clicks: float) -> Usual:
    """Return what a quotient of a day's clicks usually is: few clicks make it jump."""
    return Usual(value, value * float(np.sqrt(AD_SPREAD**2 + 1 / max(n_clicks, 1.0))))


class Volumes:
    """Daily volumes of stores, regions and goods: of a year's average day, or of the days that are asked for.

    Parameters
    ----------
    options : Options
        Orders a day of the whole company.
    draws : Draws
        Those of the world.
    stores : tuple of Store
        Those that the world has.
    shelf : Shelf
        What they sell.

    Attributes
    ----------
    stores : tuple of Store
        Those that the world has.
    shelf : Shelf
        What they sell.
    ad_groups : tuple of AdGroup
        How they advertise.
    """

    def __init__(self, options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> None:
        self.stores = stores
        self.shelf = shelf
        shares = sum(store.share for store in stores)
        self._orders = {store.number: options.orders_per_day * store.share / shares for store in stores}
        weights = np.bincount([place.region for place in PLACES], [place.weight for place in PLACES], len(REGIONS))
        self._regions = weights / weights.sum()
        self._first_orders = first_orders_of(options, stores)
        self.ad_groups = ad_groups_of(options, draws, stores, self._first_orders)[0]
        self._start = options.start
        self._season = {store.number: _RETURNING[store.number] for store in stores}
        self._appeal = shelf.popularity * (shelf.retired_day == NEVER)
        self._held: dict[int, Floats] = {}
        self._skus_of = np.split(np.arange(shelf.skus), shelf.first_sku[1:])

    def over(self, first_day: int, n_days: int) -> Volumes:
        """Return what these days bring on average: weekdays, promotions and the life of goods count."""
        found = copy(self)
        found._season, found._held = {}, {}
        dates = [self._start + timedelta(days=day) for day in range(first_day, first_day + n_days)]
        of_days = np.mean([factors(on) for on in dates], axis=0)
        for store in self.stores:
            trades = [list(Trade).index(trade) for trade in store.trades]
            found._season[store.number] = _RETURNING[store.number] * float(of_days[store.number, trades].mean())
        middle = n_days // 2
        found._appeal = self.shelf.appeal(first_day + middle, dates[middle])
        return found

    def season(self, store: int) -> float:
        """Return how many times its share of the company's orders a store has on these days."""
        return self._season[store]

    def traffic(self, store: int) -> float:
        """Return how many times the first-time visitors of an average day a store has on these days."""
        return self._season[store] / _RETURNING[store]

    def orders(self, store: int | None = None, region: int | None = None) -> float:
        """Return paid orders a day; of all stores and regions where none is given."""
        stores = self._orders if store is None else (store,)
        found = sum(self._orders[each] * self._season[each] for each in stores)
        return found if region is None else found * float(self._regions[region])

    def warehouse_orders(self, warehouse: int) -> float:
        """Return the paid orders that a warehouse ships a day."""
        return sum(self.orders(region=region) for region, at in enumerate(WAREHOUSE_OF_REGION) if at == warehouse)

    def visitors(self, store: int, channel: int) -> float:
        """Return the people who come to a store by a channel a day without having bought before."""
        platform = STORES[store].platform
        return self.traffic(store) * sum(
            orders / conversion_of(platform, by)
            for (at, _, by), orders in self._first_orders.items()
            if at == store and by == channel
        )

    def first_orders(self, store: int, trade: int, channel: int) -> float:
        """Return the first orders that a channel brings a day, paid or not."""
        return self._first_orders[store, trade, channel]

    def clicks(self, group: AdGroup) -> float:
        """Return the billed clicks of an ad group a day."""
        usual = self._first_orders[group.store, group.trade, group.channel]
        siblings = [
            each.budget_minor
            for each in self.ad_groups
            if (each.store, each.trade, each.channel) == (group.store, group.trade, group.channel)
        ]
        visitors = usual / conversion_of(STORES[group.store].platform, group.channel)
        return visitors * CLICKS_PER_VISITOR * group.budget_minor / sum(siblings)

    def units(self, product: int, store: int | None = None) -> float:
        """Return units of a product sold a day, all its SKUs together."""
        return sum(float(self._units(each)[product]) for each in self._orders if store in (None, each))

    def hits(self, store: int | None = None, n: int = 40) -> list[int]:
        """Return the products that sell most, the best first."""
        units = sum(self._units(each) for each in self._orders if store in (None, each))
        found = np.argsort(-np.asarray(units), kind="stable")[:n]
        return [int(product) for product in found]

    def own_site(self) -> int | None:
        """Return the number of the own site, if the world has one."""
        found = [store.number for store in self.stores if store.platform is Platform.OWN_SITE]
        return found[0] if found else None

    def skus(self, products: Iterable[int]) -> list[int]:
        """Return all SKUs of these products."""
        return [sku for product in products for sku in self._skus_of[product].tolist()]

    def _units(self, store: int) -> Floats:
        """Return units of each product that a store sells a day."""
        if store not in self._held:
            skus = self.shelf.sold_in(store)
            weights = self._appeal[skus]
            units = np.bincount(self.shelf.product[skus], weights, self.shelf.products)
            self._held[store] = units / (weights.sum() or 1.0) * self.orders(store) * ITEMS_PER_ORDER
        return self._held[store]
