"""Who orders on a day: first-time visitors who make up their minds, regulars, and those whom a message brings."""

from __future__ import annotations

from datetime import date

import numpy as np

from zhanggui.simulate.campaigns.nudges import Nudges
from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.people import SECOND_STORE_SHARE, Newcomers, People, newcomers
from zhanggui.simulate.people.missions import Missions
from zhanggui.simulate.records import OrderKind
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.display import Display
from zhanggui.simulate.sale.intents import AGAIN, INTENTS, NEW, NUDGED, RETURNING
from zhanggui.simulate.sale.regulars import channels_of_regulars, trades_of_regulars
from zhanggui.simulate.sale.terms import TERMS
from zhanggui.simulate.scene.steps import FUNNEL
from zhanggui.simulate.stores import CHANNELS, PLACES, STORES, Store

_SOURCE = ("campaign", "ad_group", "creative", "creator", "live_session", "note")
_REGION_OF_PLACE = np.array([place.region for place in PLACES])
_OWN_SITE = np.array([store.platform is Platform.OWN_SITE for store in STORES])
_RETRY_SHARE = 0.4
_RETRY_DAYS = 2.0
"""Of those whose first order stayed unpaid, this part tries once more within some days."""
_DAY = 86_400


class Demand:
    """The wishes of all people, day by day.

    Parameters
    ----------
    draws, people, stores
        Those of the world.
    start : date
        The world's first day.
    """

    def __init__(self, draws: Draws, people: People, stores: tuple[Store, ...], start: date) -> None:
        self._draws = draws
        self._people = people
        self._stores = stores
        self._luck = Luck(len(STORES) * len(Trade) * len(CHANNELS))
        self._stops = Luck(len(STORES) * len(Trade) * 2)
        paid_share = np.array([TERMS[store.platform].paid_share for store in STORES])
        self.missions = Missions(draws, start, paid_share)

    def intents(self, day: int, midnight: int, visits: Rows, nudges: Nudges, levers: Levers, display: Display) -> Rows:
        """Return who is about to order on a day.

        Parameters
        ----------
        day, midnight : int
            The day, and the moment at which it begins.
        visits : Rows
            First-time visitors of the day.
        nudges : Nudges
            What campaigns change.
        levers : Levers
            Of the day.
        display : Display
            What there is to buy.

        Returns
        -------
        Rows
            Of `INTENTS`; whoever is new is among the people from now on.
        """
        known = self._known(day, nudges, levers, display)
        fresh = self._fresh(day, midnight, visits, levers, display)
        return Rows.together(INTENTS, (fresh, known))

    def _fresh(self, day: int, midnight: int, visits: Rows, levers: Levers, display: Display) -> Rows:
        store, trade = visits["store"], visits["trade"]
        # Regions are not known of a visit, only of a buyer: as many are drawn as the best region would bring.
        by_region = np.stack([self._region_pull(levers, visits, region) for region in range(7)], axis=1)
        best = np.maximum(by_region.max(axis=1, initial=1.0), 1e-9)
        chance = np.minimum(visits["conversion_ppm"] / 1e6 * display.draw[store, trade] * best, 1.0)
        cell = self._draws.key("visit", day, store, trade, visits["channel"], *(visits[name] for name in _SOURCE))
        kind = (store * len(Trade) + trade) * len(CHANNELS) + visits["channel"]
        evened = self._luck.evened(kind, chance, visits["visitors"])
        count = self._draws.binomial(visits["visitors"], evened, "first orders", cell)
        self._luck.note(kind, chance, count, visits["visitors"])
        row = np.repeat(np.arange(len(visits)), count)
        nth = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
        keys = self._draws.key("person", cell[row], nth)
        place = newcomers_places(self._draws, keys)
        stays = self._draws.uniform("region", keys) < by_region[row, _REGION_OF_PLACE[place]] / best[row]
        row, keys = row[stays], keys[stays]
        own_site = np.array([one.platform is Platform.OWN_SITE for one in STORES])[store[row]]
        registered = np.where(own_site, midnight + 60, NEVER)
        who = Newcomers(keys, store[row], np.full(row.size, day), registered, trade[row])
        person = self._people.add(**newcomers(self._draws, who, self._stores))
        return Rows(
            INTENTS,
            order_key=self._order_keys(keys, day, NEW),
            person=person,
            store=store[row],
            trade=trade[row],
            kind=int(OrderKind.ORDINARY),
            origin=NEW,
            channel=visits["channel"][row],
            **{name: visits[name][row] for name in _SOURCE},
        )

    def _region_pull(self, levers: Levers, visits: Rows, region: int) -> Floats:
        at = {name: visits[name] for name in ("store", "channel", "trade")}
        return _beyond(levers, Lever.CONVERSION, len(visits), at, {"region": np.full(len(visits), region)})

    def _known(self, day: int, nudges: Nudges, levers: Levers, display: Display) -> Rows:
        people = self._people
        who, base = self.missions.today(people, day)
        nudge = _of_person(nudges, who)
        put_off = np.where(nudge >= 0, -nudges.extra_missions[nudge] if nudges.person.size else 0.0, 0.0)
        left_out = self._draws.uniform("left out", people.key[who], day) < put_off
        self.missions.plan(people, who[left_out], base[left_out], day, levers)
        own = self._regulars(day, who[~left_out], base[~left_out], RETURNING)
        extra = np.maximum(nudges.extra_missions, 0.0)
        comes = self._draws.uniform("nudged", people.key[nudges.person], day) < extra
        brought = self._regulars(day, nudges.person[comes], np.full(int(comes.sum()), NEVER), NUDGED)
        brought = brought.where(~people.is_staff[brought["person"]])
        found = Rows.together(INTENTS, (own, brought))
        pull = self._pull_of_regulars(levers, found, display)
        chance = self._draws.uniform("kept", found["order_key"])
        stays = chance < pull
        again = found.where(chance < pull - 1)
        again = again.but(origin=AGAIN, base=NEVER, order_key=self._order_keys(people.key[again["person"]], day, AGAIN))
        lost = found.where(~stays & (found["origin"] == RETURNING))
        self.missions.plan(people, lost["person"], lost["base"], day, levers)
        return self._with_coupons(Rows.together(INTENTS, (found.where(stays), again)), nudges)

    def _regulars(self, day: int, who: Ints, base: Ints, origin: int) -> Rows:
        people = self._people
        keys = self._order_keys(people.key[who], day, origin)
        home, second = people.home_store[who], people.second_store[who]
        elsewhere = (second >= 0) & (self._draws.uniform("elsewhere", keys) < SECOND_STORE_SHARE)
        store = np.where(elsewhere, second, home).astype(np.int64)
        return Rows(
            INTENTS,
            order_key=keys,
            person=who,
            store=store,
            trade=trades_of_regulars(self._draws, keys, store, people.trade[who], self._stores),
            kind=int(OrderKind.ORDINARY),
            origin=origin,
            base=base,
            channel=channels_of_regulars(self._draws, keys, store, people.wecom_at[who] != NEVER),
        )

    def _pull_of_regulars(self, levers: Levers, found: Rows, display: Display) -> Floats:
        region = _REGION_OF_PLACE[self._people.place[found["person"]]]
        at = {name: found[name] for name in ("store", "channel", "trade")}
        # A dearer or emptier window loses regulars, too; a cheaper one makes them buy more, not more often.
        draw = np.minimum(display.draw[found["store"], found["trade"]], 1.0)
        draw *= np.where(_OWN_SITE[found["store"]], self._gets_through(levers, found["trade"]), 1.0)
        return draw * levers.amounts(Lever.CONVERSION, len(found), **at, region=region)

    def _gets_through(self, levers: Levers, trade: Ints) -> Floats:
        """Return whether the own site lets people order who know what they want: better steps win them nothing."""
        passed = np.ones(trade.size)
        for step in FUNNEL:
            passed *= np.minimum(levers.amounts(Lever.STEP_PASS, trade.size, step=int(step), trade=trade), 1.0)
        return passed

    def _with_coupons(self, found: Rows, nudges: Nudges) -> Rows:
        nudge = _of_person(nudges, found["person"])
        has = nudge >= 0
        is_first = np.zeros(len(found), np.bool_)
        is_first[np.unique(found["person"], return_index=True)[1]] = True
        if not has.any():
            return found
        takes = has & is_first & (nudges.coupon[nudge] != NEVER)
        takes &= (nudges.coupon_store[nudge] == NEVER) | (nudges.coupon_store[nudge] == found["store"])
        return found.but(
            coupon=np.where(takes, nudges.coupon[nudge], NEVER),
            coupon_value_minor=np.where(takes, nudges.coupon_value_minor[nudge], 0),
            coupon_least_minor=np.where(takes, nudges.coupon_least_minor[nudge], 0),
            message=np.where(has, nudges.message[nudge], NEVER),
        )

    def _order_keys(self, keys: Keys, day: int, origin: int) -> Keys:
        return self._draws.key("order", keys, day, origin)

    def after(self, day: int, intents: Rows, created_at: Ints, is_paid: Column, levers: Levers) -> None:
        """Let people live on after their orders.

        Parameters
        ----------
        day : int
            The day.
        intents : Rows
            Those who were about to order.
        created_at, is_paid : array
            Of each: the moment of his order or `NEVER`, and whether it gets paid.
        levers : Levers
            Of the day.
        """
        people = self._people
        own = np.isin(intents["origin"], (NEW, RETURNING, NUDGED, AGAIN))
        who, origin = intents["person"][own], intents["origin"][own]
        base = np.where(origin == RETURNING, intents["base"][own], created_at[own])
        is_paid, created_at = is_paid[own], created_at[own]
        drop = people.drop[who] * levers.amounts(
            Lever.DROPOUT, who.size, store=intents["store"][own], trade=intents["trade"][own]
        )
        kind = (intents["store"][own] * len(Trade) + intents["trade"][own]) * 2 + (origin == NEW)
        drawn = self._draws.uniform("dropout", intents["order_key"][own])
        stops = is_paid & self._stops.happens(np.where(is_paid, kind, NEVER), drop, drawn)
        # One word per person: if any of the day's orders was his last, it is.
        stopped = np.unique(who[stops])
        was_alive = people.next_mission[who] != NEVER
        is_gone = np.isin(who, stopped)
        people.is_alive[stopped] = False
        self.missions.cancel(people, stopped)
        goes_on = ~is_gone & np.where(origin == RETURNING, True, is_paid & ~was_alive)
        self._plan_once(who[goes_on], base[goes_on], day, levers)
        tries = ~is_paid & (origin == NEW)
        again = tries & (self._draws.uniform("retry", intents["order_key"][own]) < _RETRY_SHARE)
        people.is_alive[who[tries & ~again]] = False
        wait = self._draws.exponential("retry wait", people.key[who[again]]) * _RETRY_DAYS * _DAY
        self.missions.appoint(people, who[again], np.maximum(created_at, 0)[again] + wait.astype(np.int64), day)

    def _plan_once(self, who: Ints, base: Ints, day: int, levers: Levers) -> None:
        people = self._people
        people.is_alive[who] = True
        _, first = np.unique(who, return_index=True)
        self.missions.plan(people, who[first], base[first], day, levers)


def newcomers_places(draws: Draws, keys: Keys) -> Ints:
    """Return where people of these keys live."""
    return draws.pick([place.weight for place in PLACES], "place", keys)


def _of_person(nudges: Nudges, who: Ints) -> Ints:
    """Return the position of each person's nudge, or -1."""
    if nudges.person.size == 0:
        return np.full(who.size, -1)
    place = np.minimum(np.searchsorted(nudges.person, who), nudges.person.size - 1)
    return np.where(nudges.person[place] == who, place, -1)


def _beyond(levers: Levers, lever: Lever, size: int, known: dict[str, Ints], more: dict[str, Ints]) -> Floats:
    """Return what pulls on further dimensions do beyond those on known ones, which are in the numbers already."""
    whole = levers.amounts(lever, size, **known)
    part = levers.amounts(lever, size, **known, **more)
    found: Floats = np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)
    return found


def first_paid_orders(first_orders: dict[tuple[int, int, int], float]) -> dict[tuple[int, int], float]:
    """Return first paid orders of an average day by store and position in `Trade`, from those created by channel."""
    found: dict[tuple[int, int], float] = {}
    for (store, trade, _), created in first_orders.items():
        paid = created * TERMS[STORES[store].platform].paid_share
        found[store, trade] = found.get((store, trade), 0.0) + paid
    return found
