"""How parcels travel: when they leave and arrive, by whom, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import FRESH_CATEGORIES, Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.people import People, Tier
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.amounts import summed
from zhanggui.simulate.sale.baskets import Baskets
from zhanggui.simulate.sale.terms import DAY, HOUR, TERMS
from zhanggui.simulate.stores import CARRIERS, PLACES, STORES, WAREHOUSE_OF_REGION

_HANDLING_HOURS = 11.0
_HANDLING_SPREAD = 0.65
_RUSH_HOURS = 9.0
"""Hours that a warehouse needs more when twice the usual comes in."""
_PRESALE_PROMISE_DAYS = 15
_OPENS, _CLOSES = 8, 21
_NEAR_DAYS, _FAR_DAYS, _REMOTE_DAYS = 1.5, 2.6, 2.8
_EXPRESS = CARRIERS.index("顺丰速运")
_JD = CARRIERS.index("京东快递")
_POST = CARRIERS.index("邮政EMS")
_SPEED = np.array([1.0, 1.02, 1.08, 0.6, 0.66, 1.35])
_COST = np.array([1.0, 0.97, 0.92, 2.6, 1.7, 1.25])
"""Speed (days of the road as a multiple) and price of each carrier."""
_FIRST_KG_MINOR, _FURTHER_KG_MINOR, _REMOTE_MINOR = 320, 95, 700
_PACKAGING_MINOR = {Trade.BEAUTY: 120, Trade.FASHION: 80, Trade.BABY: 140, Trade.HOME: 190}
_COLD_MINOR = 450
_INSURANCE_MINOR = {Trade.BEAUTY: 70, Trade.FASHION: 190, Trade.BABY: 60, Trade.HOME: 60}
_REGION_OF_PLACE = np.array([place.region for place in PLACES])
_REMOTE = np.array([place.is_remote for place in PLACES])
_HOME_OF_REGION = np.array(WAREHOUSE_OF_REGION)


@dataclass(frozen=True, slots=True)
class Parcels:
    """One parcel per order, as it travels if nothing stops it.

    Attributes
    ----------
    carrier : array of int
        Position in `CARRIERS`.
    promised_at, shipped_at, received_at : array of int
        Moments, `NEVER` where the order is not paid.
    freight_minor, packaging_minor, insurance_minor : array of int
        What it costs the merchant once shipped.
    penalty_minor : array of int
        What being late costs.
    is_fresh : array of bool
        Whether it is chilled.
    """

    carrier: Ints
    promised_at: Ints
    shipped_at: Ints
    received_at: Ints
    freight_minor: Ints
    packaging_minor: Ints
    insurance_minor: Ints
    penalty_minor: Ints
    is_fresh: Column


class Shipping:
    """Sends parcels.

    Parameters
    ----------
    draws, shelf, people
        Those of the world.
    parcels_a_day : float
        Of an ordinary day.
    """

    def __init__(self, draws: Draws, shelf: Shelf, people: People, parcels_a_day: float) -> None:
        self._draws = draws
        self._shelf = shelf
        self._people = people
        self._usual = parcels_a_day
        self._is_fresh = np.array([family.category in FRESH_CATEGORIES for family in shelf.families])

    def parcels(
        self,
        intents: Rows,
        baskets: Baskets,
        warehouse: Ints,
        paid_at: Ints,
        due: Ints,
        presale: Column,
        levers: Levers,
    ) -> Parcels:
        """Return the parcels of a day's orders."""
        n, keys, store = len(intents), intents["order_key"], intents["store"]
        place = self._people.place[intents["person"]].astype(np.int64)
        fresh = summed(baskets.order, self._is_fresh[self._shelf.category[baskets.sku]], n) > 0
        carrier = self._carriers(intents, fresh)
        promise = np.array([TERMS[one.platform].promise_hours for one in STORES])[store] * HOUR
        promised = paid_at + np.where(presale, _PRESALE_PROMISE_DAYS * DAY, promise)
        hours = self._handling_hours(intents, warehouse, place, fresh, presale, levers)
        shipped = self._in_opening_hours(paid_at + (hours * HOUR).astype(np.int64), intents)
        days = self._road_days(keys, warehouse, place, carrier, levers)
        received = shipped + (days * DAY).astype(np.int64)
        weight = summed(baskets.order, self._shelf.weight_g[baskets.sku] * baskets.quantity, n)
        penalty = self._penalty(store, due, shipped > promised)
        is_paid = paid_at != NEVER
        insured = np.array([[trade in TERMS[one.platform].insures for trade in Trade] for one in STORES])
        premium = np.array([_INSURANCE_MINOR[trade] for trade in Trade])[intents["trade"]]
        packaging = np.array([_PACKAGING_MINOR[trade] for trade in Trade])[intents["trade"]]
        return Parcels(
            carrier,
            np.where(is_paid, promised, NEVER),
            np.where(is_paid, shipped, NEVER),
            np.where(is_paid, received, NEVER),
            self._freight(weight, carrier, place, warehouse),
            packaging + np.where(fresh, _COLD_MINOR, 0),
            np.where(insured[store, intents["trade"]], premium, 0),
            np.where(is_paid, penalty, 0),
            fresh,
        )

    def _carriers(self, intents: Rows, fresh: Column) -> Ints:
        keys = intents["order_key"]
        usual = self._draws.pick((0.42, 0.28, 0.2, 0.07, 0.0, 0.03), "carrier", keys)
        platform_jd = np.array([one.platform is Platform.JD for one in STORES])[intents["store"]]
        is_remote = _REMOTE[self._people.place[intents["person"]]]
        found = np.where(is_remote & (self._draws.uniform("post", keys) < 0.5), _POST, usual)
        found = np.where(fresh | (self._people.tier[intents["person"]] == Tier.BLACK), _EXPRESS, found)
        return np.where(platform_jd & ~fresh, _JD, found)

    def _handling_hours(
        self, intents: Rows, warehouse: Ints, place: Ints, fresh: Column, presale: Column, levers: Levers
    ) -> Floats:
        keys = intents["order_key"]
        hours = _HANDLING_HOURS * np.exp(_HANDLING_SPREAD * self._draws.normal("handling", keys))
        hours += _RUSH_HOURS * min(max(len(intents) / self._usual - 1.3, 0.0), 3.0)
        hours = np.where(fresh, 0.6 * hours, hours)
        # Goods of the pre-sale leave over the days after the final payment.
        hours += np.where(presale, 120.0 * self._draws.uniform("presale handling", keys), 0.0)
        late = levers.amounts(
            Lever.SHIP_DELAY,
            len(intents),
            store=intents["store"],
            region=_REGION_OF_PLACE[place],
            warehouse=warehouse,
        )
        found: Floats = np.maximum(hours + late, 0.3)
        return found

    def _in_opening_hours(self, moment: Ints, intents: Rows) -> Ints:
        """Return the moments, those of the night put off to the morning."""
        of_day = moment % DAY
        wait = np.where(of_day < _OPENS * HOUR, _OPENS * HOUR - of_day, 0)
        wait = np.where(of_day >= _CLOSES * HOUR, (24 + _OPENS) * HOUR - of_day, wait)
        later = (2.5 * HOUR * self._draws.uniform("morning", intents["order_key"])).astype(np.int64)
        found: Ints = moment + np.where(wait > 0, wait + later, 0)
        return found

    def _road_days(self, keys: Column, warehouse: Ints, place: Ints, carrier: Ints, levers: Levers) -> Floats:
        region = _REGION_OF_PLACE[place]
        is_near = _HOME_OF_REGION[region] == warehouse
        days = np.where(is_near, _NEAR_DAYS, _FAR_DAYS) + np.where(_REMOTE[place], _REMOTE_DAYS, 0.0)
        days = days * _SPEED[carrier] * np.exp(0.24 * self._draws.normal("road", keys))
        late = levers.amounts(Lever.TRANSIT_DELAY, keys.size, region=region, carrier=carrier)
        return np.asarray(np.maximum(days + late / 24, 0.4), np.float64)

    def _freight(self, weight_g: Ints, carrier: Ints, place: Ints, warehouse: Ints) -> Ints:
        further = np.maximum(-(-weight_g // 1_000) - 1, 0)
        is_far = _HOME_OF_REGION[_REGION_OF_PLACE[place]] != warehouse
        usual = (_FIRST_KG_MINOR + _FURTHER_KG_MINOR * further) * np.where(is_far, 1.3, 1.0)
        # Beyond twenty kilos goods go by freight line.
        usual = np.minimum(usual, 9_000) + np.where(_REMOTE[place], _REMOTE_MINOR, 0)
        return np.asarray(np.rint(usual * _COST[carrier]), np.int64)

    def _penalty(self, store: Ints, due: Ints, is_late: Column) -> Ints:
        terms = [TERMS[one.platform] for one in STORES]
        rate, least, most = (
            np.array([getattr(one, name) for one in terms])[store]
            for name in ("penalty_bp", "least_penalty_minor", "most_penalty_minor")
        )
        return np.where(is_late, np.clip(due * rate // 10_000, least, most), 0)
