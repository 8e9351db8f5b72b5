"""What an ordinary day brings by the options alone, so that the size of a fault can be stated before the first day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Draws, Floats
from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.scene.ads import CLICKS_PER_VISITOR, AdGroup, ad_groups_of
from zhanggui.simulate.scene.channels import conversion_of
from zhanggui.simulate.scene.scene import first_orders_of
from zhanggui.simulate.stores import PLACES, REGIONS, STORES, WAREHOUSE_OF_REGION, Store

ITEMS_PER_ORDER = 1.6
REFUND_SHARE = 0.12
REVIEW_SHARE = 0.4
TICKET_SHARE = 0.8

PARCEL_SPREAD_HOURS = 20.0
"""Standard deviation of the hours of one parcel on the road."""
HANDLING_SPREAD_HOURS = 12.0
REPLY_MINUTES = 3.2
REPLY_SPREAD_MINUTES = 9.5
PRICE_SPREAD = 0.09
"""Standard deviation of a SKU's daily price as a part of the price: coupons and promotions."""
AD_SPREAD = 0.06
"""Standard deviation of a day's cost per click, click rate or spend, as a part of it."""

DAY_TO_DAY = 0.08
"""Standard deviation of the daily mean itself, beyond season and weekday, as a part of it."""


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


class Volumes:
    """Daily volumes of stores, regions and goods.

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
        self._units = {store.number: self._units_of(store.number) for store in stores}

    def orders(self, store: int | None = None, region: int | None = None) -> float:
        """Return paid orders a day; of all stores and regions where none is given."""
        found = sum(self._orders.values()) if store is None else self._orders[store]
        return found if region is None else found * float(self._regions[region])

    def warehouse_orders(self, warehouse: int) -> float:
        """Return the paid orders that a warehouse ships a day."""
        return sum(self.orders(region=region) for region, at in enumerate(WAREHOUSE_OF_REGION) if at == warehouse)

    def visitors(self, store: int, channel: int) -> float:
        """Return the people who come to a store by a channel a day without having bought before."""
        platform = STORES[store].platform
        return sum(
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
        return sum(float(self._units[each][product]) for each in self._orders if store in (None, each))

    def hits(self, store: int | None = None, n: int = 40) -> list[int]:
        """Return the products that sell most, the best first."""
        units = sum(self._units[each] for each in self._orders if store in (None, each))
        found = np.argsort(-np.asarray(units), kind="stable")[:n]
        return [int(product) for product in found]

    def own_site(self) -> int | None:
        """Return the number of the own site, if the world has one."""
        found = [store.number for store in self.stores if store.platform is Platform.OWN_SITE]
        return found[0] if found else None

    def skus(self, products: Iterable[int]) -> list[int]:
        """Return all SKUs of these products."""
        found = np.flatnonzero(np.isin(self.shelf.product, np.asarray(list(products))))
        return [int(sku) for sku in found]

    def _units_of(self, store: int) -> Floats:
        skus = self.shelf.sold_in(store)
        weights = self.shelf.popularity[skus] * (self.shelf.retired_day[skus] == NEVER)
        total = weights.sum() or 1.0
        units = np.bincount(self.shelf.product[skus], weights, self.shelf.products)
        found: Floats = units / total * self._orders[store] * ITEMS_PER_ORDER
        return found
