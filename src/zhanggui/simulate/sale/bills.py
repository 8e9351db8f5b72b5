"""What each order comes to: prices, discounts by bearer, shipping; whole fen, and lines that sum to their order."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.people import People
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.amounts import apportioned, summed
from zhanggui.simulate.sale.baskets import Baskets
from zhanggui.simulate.sale.intents import NEW
from zhanggui.simulate.sale.terms import TERMS
from zhanggui.simulate.seasons import Phase
from zhanggui.simulate.stores import CHANNEL_OF, PLACES, STORES

_TAKING_PART = 0.88
"""Part of a store's products that a promotion covers."""
_STORE_COUPONS = ((39_900, 3_000), (19_900, 1_500), (9_900, 600))
"""The stores' own coupons, the dearest first: from how much on, and what they take off."""
_COUPON_SHARE = 0.22
_MOST_SPREAD = 3.0
_FIRST_ORDER_GIFT_MINOR, _FIRST_ORDER_LEAST_MINOR, _FIRST_ORDER_SHARE = 500, 4_900, 0.3
_LIVE_DISCOUNT = 0.09
"""What live sessions take off: their prices are lower, or nobody would watch."""
_CREATOR_SHARE, _CREATOR_MINOR, _CREATOR_LEAST_MINOR = 0.3, 500, 7_900
_MOST_OFF = 0.9
_REMOTE_POSTAGE_MINOR = 1_000
_REMOTE = np.array([place.is_remote for place in PLACES])


@dataclass(frozen=True, slots=True)
class Bills:
    """Amounts in fen; those of lines leave out shipping.

    Attributes
    ----------
    list_minor, merchant_minor, platform_minor, creator_minor, due_minor : array of int
        Of each line: asked, taken off by bearer, and what the buyer pays.
    postage_minor : array of int
        Of each order: what the buyer pays for shipping.
    takes_coupon : array of bool
        Of each order: whether its coupon was used.
    """

    list_minor: Ints
    merchant_minor: Ints
    platform_minor: Ints
    creator_minor: Ints
    due_minor: Ints
    postage_minor: Ints
    takes_coupon: Column

    def of_orders(self, order: Ints, n_orders: int) -> dict[str, Ints]:
        """Return the sums of lines by order, by field name."""
        names = [field.name for field in fields(self)][:5]
        return {name: summed(order, getattr(self, name), n_orders) for name in names}


class Billing:
    """Makes bills.

    Parameters
    ----------
    draws, people
        Those of the world.
    """

    def __init__(self, draws: Draws, people: People) -> None:
        self._draws = draws
        self._people = people

    def bills(
        self,
        intents: Rows,
        baskets: Baskets,
        asked: Ints,
        product: Ints,
        phases: dict[int, Phase | None],
        levers: Levers,
    ) -> Bills:
        """Return the bills of a day's orders.

        Parameters
        ----------
        intents : Rows
            One per order.
        baskets : Baskets
            Their lines.
        asked : array of int, shape (len(STORES), SKUs)
            Prices of the day.
        product : array of int
            Product of each SKU.
        phases : dict
            Promotion phase of each store.
        levers : Levers
            Of the day.
        """
        order, n = baskets.order, len(intents)
        listed = asked[intents["store"][order], baskets.sku] * baskets.quantity
        off = np.rint(listed * self._direct(intents, order, product[baskets.sku], phases)).astype(np.int64)
        left = summed(order, listed - off, n)
        merchant, platform = self._cross_store(intents, left, phases)
        own, takes_coupon = self._coupons(intents, left, levers)
        merchant = merchant + own
        platform = platform + self._platform_coupons(intents, left)
        creator = self._creators(intents, left)
        room = np.floor(left * _MOST_OFF).astype(np.int64)
        merchant = np.minimum(merchant, room)
        platform = np.minimum(platform, room - merchant)
        creator = np.minimum(creator, room - merchant - platform)
        weights = listed - off
        by_platform = apportioned(platform, weights, order)
        by_creator = apportioned(creator, weights, order)
        by_merchant = off + apportioned(merchant, weights, order)
        due = listed - by_merchant - by_platform - by_creator
        postage = self._postage(intents, summed(order, due, n))
        return Bills(listed, by_merchant, by_platform, by_creator, due, postage, takes_coupon)

    def _direct(self, intents: Rows, order: Ints, product: Ints, phases: dict[int, Phase | None]) -> Floats:
        """Return the part of each line's price that promotion and live session take off at once."""
        rate = np.zeros(len(STORES))
        for number, phase in phases.items():
            rate[number] = phase.discount if phase else 0.0
        store = intents["store"]
        covered = self._draws.uniform("covered", store[order], product) < _TAKING_PART
        live = np.where(intents["channel"] == CHANNEL_OF["live"], _LIVE_DISCOUNT, 0.0)
        found: Floats = 1 - (1 - rate[store[order]] * covered) * (1 - live[order])
        return found

    def _cross_store(self, intents: Rows, left: Ints, phases: dict[int, Phase | None]) -> tuple[Ints, Ints]:
        """Return what 跨店满减 takes off at the merchant's and at the platform's cost."""
        every, off, share = (np.zeros(len(STORES)) for _ in range(3))
        for number, phase in phases.items():
            if phase is not None and phase.every_minor:
                every[number], off[number] = phase.every_minor, phase.off_minor
                share[number] = TERMS[STORES[number].platform].platform_share
        store = intents["store"]
        # Goods of other stores in the same cart help orders over the limit that do not reach it alone.
        helped = self._draws.uniform("helped", intents["order_key"]) < 0.35
        times = np.floor((left + np.where(helped, 0.4 * every[store], 0.0)) / np.maximum(every[store], 1))
        total = np.where(every[store] > 0, np.minimum(times * off[store], 0.25 * left), 0.0)
        platform = np.floor(total * share[store]).astype(np.int64)
        return np.floor(total).astype(np.int64) - platform, platform

    def _coupons(self, intents: Rows, left: Ints, levers: Levers) -> tuple[Ints, Column]:
        """Return what coupons of the store take off, and whether a coupon that was handed out is used."""
        held = (intents["coupon"] != NEVER) & (left >= intents["coupon_least_minor"])
        keys = intents["order_key"]
        keenness = np.sqrt(self._people.price_sensitivity[intents["person"]])
        # A coupon that takes off too much is told from one to the other before anything else happens.
        factor = levers.amounts(Lever.COUPON, len(intents), store=intents["store"])
        spread = np.clip(factor, 1.0, _MOST_SPREAD)
        picks_up = self._draws.uniform("store coupon", keys) < _COUPON_SHARE * keenness * spread
        value = np.zeros(len(intents), np.int64)
        for least, worth in reversed(_STORE_COUPONS):
            value = np.where(left >= least, worth, value)
        is_welcome = (intents["origin"] == NEW) & (left >= _FIRST_ORDER_LEAST_MINOR)
        is_welcome &= self._draws.uniform("welcome", keys) < _FIRST_ORDER_SHARE
        usual = np.where(is_welcome, _FIRST_ORDER_GIFT_MINOR * factor, np.where(picks_up, value * factor / spread, 0))
        return np.where(held, intents["coupon_value_minor"], np.rint(usual)).astype(np.int64), held

    def _platform_coupons(self, intents: Rows, left: Ints) -> Ints:
        terms = [TERMS[store.platform] for store in STORES]
        share = np.array([one.coupon_share for one in terms])[intents["store"]]
        rate = np.array([one.coupon_bp for one in terms])[intents["store"]]
        has = self._draws.uniform("platform coupon", intents["order_key"]) < share
        return np.where(has, left * rate // 10_000 // 10 * 10, 0)

    def _creators(self, intents: Rows, left: Ints) -> Ints:
        has = (intents["creator"] != NEVER) & (left >= _CREATOR_LEAST_MINOR)
        has &= self._draws.uniform("creator coupon", intents["order_key"]) < _CREATOR_SHARE
        return np.where(has, _CREATOR_MINOR, 0)

    def _postage(self, intents: Rows, due: Ints) -> Ints:
        terms = [TERMS[store.platform] for store in STORES]
        free_from = np.array([one.free_from_minor for one in terms])[intents["store"]]
        postage = np.array([one.postage_minor for one in terms])[intents["store"]]
        is_remote = _REMOTE[self._people.place[intents["person"]]] & (postage > 0)
        usual = np.where(due < free_from, postage, 0)
        return np.asarray(usual + np.where(is_remote & (due < 2 * free_from), _REMOTE_POSTAGE_MINOR, 0), np.int64)
