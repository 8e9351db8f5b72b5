"""The company's own site: who visits it each day, who of them orders, and every page that they see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.records import EVENTS, LINES, ORDERS, PRICES, REFUNDS, Sdk, Step
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.scene.arrivals import Sources
from zhanggui.simulate.scene.channels import FIRST_ORDER_SHARE, PAID_SHARE, WAYS
from zhanggui.simulate.scene.crawlers import crawlers
from zhanggui.simulate.scene.customers import Customers
from zhanggui.simulate.scene.order_visits import BROUGHT_BY, order_visits
from zhanggui.simulate.scene.paths import BANNER_CLICKS, BANNER_SEEN, SESSIONS, Goods, events_of, visit_starts
from zhanggui.simulate.scene.prospects import Pool, Prospects
from zhanggui.simulate.scene.steps import FunnelTruth, Passing, passing
from zhanggui.simulate.scene.trials import Trials
from zhanggui.simulate.scene.words import Words
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf
    from zhanggui.simulate.people.people import People

_DAY = 86_400
_SHORTLY = 600
"""Whoever registers so soon after midnight is a buyer of the day, who does it at the checkout."""
_SDK_SHARES = (0.45, 0.35, 0.20)
_CONVERSION = np.array([way.conversion for way in WAYS])
_LANDING = np.array([way.landing for way in WAYS])


@dataclass(frozen=True, slots=True)
class _Today:
    """The visits of the day by people who have not bought, between their coming and the orders.

    `stretch` is a factor on the days until each of them comes again.
    """

    sources: Sources
    prospects: Prospects
    landing: Floats
    intent: Floats
    passing: Passing
    arms: Ints
    stretch: Floats


class Site:
    """The own site, day after day.

    Parameters
    ----------
    options, draws, shelf
        Those of the world.
    store : Store
        The own site.
    words : Words
        What is searched for.

    Attributes
    ----------
    funnel : FunnelTruth
        How far visits truly got so far.
    trials : Trials
        Tests on visitors.
    """

    def __init__(self, options: Options, draws: Draws, store: Store, shelf: Shelf, words: Words) -> None:
        self._draws = draws
        self.store = store
        self._shelf = shelf
        self._words = words
        self._start = options.start
        self._pool = Pool(draws, store.number)
        returning = options.orders_per_day * store.share * (1 - FIRST_ORDER_SHARE) / PAID_SHARE
        self._customers = Customers(draws, store, returning)
        self._price = shelf.list_minor.copy()
        self._n_seen = 0
        self._today: _Today | None = None
        self.funnel = FunnelTruth()
        self.trials = Trials(draws, store.number)

    def waiting(self, day: int) -> Floats:
        """Return how many people come to each place again on a day."""
        return self._pool.waiting(day)

    def receive(self, day: int, levers: Levers, sources: Sources, counts: Ints) -> tuple[Ints, Floats]:
        """Let the people of a day come.

        Parameters
        ----------
        day : int
            Of the world.
        levers : Levers
            Of the day.
        sources : Sources
            All sources of the day, those of other stores included.
        counts : array of int
            New people of each source.

        Returns
        -------
        visits : array of int
            Of each source, people who come again included.
        conversion : array of float
            Chance that a visit of each source ends in an order; 0 where there is none.
        """
        prospects = self._pool.visits(day, levers, sources, counts)
        channel = sources.channel[prospects.source]
        arms = self.trials.arms(day, prospects)
        intent = _CONVERSION[channel] / _LANDING[channel] * prospects.lift
        intent *= levers.amounts(
            Lever.CONVERSION, len(prospects), store=self.store.number, channel=channel, trade=prospects.trade
        )
        intent *= self.trials.order_factor(arms)
        landing = _LANDING[channel] * sources.landing[prospects.source]
        chances = passing(levers, prospects.trade, landing, intent)
        stretch = levers.amounts(Lever.RETURN_GAP, len(prospects), trade=prospects.trade)
        self._today = _Today(sources, prospects, landing, intent, chances, arms, stretch)
        visits = np.bincount(prospects.source, minlength=len(sources))
        orders = np.bincount(prospects.source, chances.order, len(sources))
        return visits.astype(np.int64), orders / np.maximum(visits, 1)

    def settle(self, day: int) -> None:
        """Let a day before the world began pass, on which nobody is watched."""
        today = self._today
        assert today is not None
        channel = today.sources.channel[today.prospects.source]
        self._pool.leave(day, today.prospects, channel, np.full(len(today.prospects), NEVER), today.stretch)

    def report(self, records: DayRecords, levers: Levers, people: People, draw: Floats) -> None:
        """Add the day's events and assignments to its records.

        Parameters
        ----------
        records, levers, people
            Of the day.
        draw : array of float, shape (trades,)
            How many more orders than usual the goods and prices of the day drew.
        """
        self._customers.meet(people)
        self._see_display(levers, draw)
        day, midnight = records.day, records.midnight
        self._note_prices(records[PRICES])
        goods = self._goods(day, records[LINES])
        orders = order_visits(
            self._draws, self._shelf, records[ORDERS].where(self._is_own(records[ORDERS])), goods.lines
        )
        buyers, place = self._buyers(day, orders, people)
        sessions = Rows.together(
            SESSIONS,
            (
                self._prospect_visits(day, midnight, orders, buyers, place, people, goods),
                self._customer_visits(day, midnight, levers, orders, np.flatnonzero(place < 0), people, goods),
            ),
        )
        bots = crawlers(self._draws, self.store, day, midnight, levers, sessions["channel"], self._sdk)
        assert self._today is not None
        prospects = self._today.prospects
        is_first = np.isin(sessions["anon"], prospects.anon[prospects.visit == 0])
        lean = self.trials.click_lean(sessions["banner"], is_first, BANNER_SEEN * BANNER_CLICKS * sessions["click"])
        visits = Rows.together(SESSIONS, (sessions.but(click=sessions["click"] * lean), bots))
        late = self._customers.late_payments(records, orders, self._sdk)
        refunds = self._customers.refunds(records, records[REFUNDS].where(self._is_own(records[REFUNDS])), self._sdk)
        events = Rows.together(EVENTS, (events_of(self._draws, visits, goods, midnight), late, refunds))
        self._note_clicks(sessions, is_first, events)
        is_purchase = events["step"] == Step.PURCHASE
        loss = levers.amounts(Lever.TRACKING, len(events), store=self.store.number)
        lost = is_purchase & (self._draws.uniform("lost event", events["order"]) < loss)
        events = events.where(~lost)
        records.put(events.where(np.argsort(events["at_ms"], kind="stable")))
        records.put(self.trials.assignments(self._today.arms, prospects, sessions))

    def _note_clicks(self, sessions: Rows, is_first: Column, events: Rows) -> None:
        """Take down which of the visits that saw a banner clicked it."""
        saw = np.isin(sessions["session"], events["session"][events["step"] == Step.PROMOTION_VIEW])
        clicked = np.isin(sessions["session"], events["session"][events["step"] == Step.PROMOTION_CLICK])
        chance = BANNER_CLICKS * sessions["click"]
        self.trials.note_clicks(sessions["banner"][saw], is_first[saw], chance[saw], clicked[saw])

    def _see_display(self, levers: Levers, draw: Floats) -> None:
        """Let visitors want things as much as the display of the day made them."""
        today = self._today
        assert today is not None
        intent = today.intent * draw[today.prospects.trade]
        chances = passing(levers, today.prospects.trade, today.landing, intent)
        self._today = replace(today, passing=chances)

    def _is_own(self, rows: Rows) -> Column:
        is_own: Column = rows["store"] == self.store.number
        return is_own

    def _sdk(self, anon: Keys) -> Ints:
        return self._draws.pick(_SDK_SHARES, "sdk", anon) + Sdk.SEGMENT

    def _note_prices(self, prices: Rows) -> None:
        own = prices.where(self._is_own(prices))
        self._price[own["sku"]] = own["price_minor"]

    def _goods(self, day: int, lines: Rows) -> Goods:
        shelf = self._shelf
        listed = np.zeros(shelf.skus)
        listed[shelf.sold_in(self.store.number)] = 1.0
        own = lines.where(self._is_own(lines) & ~lines["is_gift"])
        own = own.where(np.lexsort((own["line"], own["order"])))
        appeal = shelf.appeal(day, self._start + timedelta(day)) * listed
        return Goods(shelf.trade, shelf.product, shelf.category, appeal, self._price.copy(), own)

    def _buyers(self, day: int, orders: Rows, people: People) -> tuple[Ints, Ints]:
        """Return the prospects who order, and for each order its prospect or -1 where a customer orders."""
        today = self._today
        assert today is not None
        place = np.full(len(orders), -1)
        # Whoever was a customer of another store comes on his own, not as one of the visitors counted.
        is_new = ~self._customers.is_known(orders["person"]) & (people.born_day[orders["person"]] == day)
        source = today.sources.of_orders(self._draws, self.store.number, orders)
        wanted = np.flatnonzero(is_new & (source >= 0))
        # Whoever wants it most buys: the first of exponential times at these rates.
        rate = np.maximum(today.passing.order, 1e-12)
        is_first = today.prospects.visit == 0
        rate = rate * self.trials.order_lean(today.arms, is_first, rate)
        time = self._draws.exponential("buys", today.prospects.anon, day) / rate
        queue = np.lexsort((time, today.prospects.source))
        starts = np.searchsorted(today.prospects.source[queue], np.arange(len(today.sources) + 1))
        wanted = wanted[np.argsort(source[wanted], kind="stable")]
        nth = np.arange(wanted.size) - np.searchsorted(source[wanted], source[wanted])
        at = starts[source[wanted]] + nth
        fits = at < starts[source[wanted] + 1]
        place[wanted[fits]] = queue[at[fits]]
        ordered = np.zeros(len(today.prospects), np.bool_)
        ordered[place[place >= 0]] = True
        self.trials.note_orders(today.arms, is_first, today.passing.order, ordered)
        return place[place >= 0], place

    def _prospect_visits(
        self, day: int, midnight: int, orders: Rows, buyers: Ints, place: Ints, people: People, goods: Goods
    ) -> Rows:
        """Return all visits of people who had not bought when they came."""
        today = self._today
        assert today is not None
        prospects, draws = today.prospects, self._draws
        left = np.ones(len(prospects), np.bool_)
        left[buyers] = False
        depth = today.passing.depth_without_order(draws.uniform("leaves at", prospects.anon, day))
        drawn = goods.looked_at(prospects.trade, draws.uniform("interest", prospects.anon))
        sku = np.where(prospects.interest >= 0, prospects.interest, drawn)
        stays = np.flatnonzero(left)
        registers, registered = self._registers(midnight, people, orders, prospects, np.flatnonzero(left & (depth > 0)))
        left[registers] = False
        goes = np.flatnonzero(left)
        channel = today.sources.channel[prospects.source]
        self._pool.leave(day, prospects.where(goes), channel[goes], sku[goes], today.stretch[goes])
        person, moment = np.full(len(prospects), NEVER), np.full(len(prospects), NEVER)
        person[registers] = registered
        moment[registers] = people.is_registered_at[registered] * 1000
        bought = self._buying(midnight, orders.where(np.flatnonzero(place >= 0)), buyers, people)
        self._customers.remember(bought["person"], bought["anon"], bought["trade"])
        self._customers.remember(registered, prospects.anon[registers], prospects.trade[registers])
        self.funnel.add(prospects.trade[stays], depth[stays], today.passing.reach[stays])
        self.funnel.add(bought["trade"], bought["depth"], today.passing.reach[buyers])
        looked = self._looking(day, midnight, stays, depth[stays], sku[stays])
        looked = looked.but(
            person=person[stays],
            signs=np.where(person[stays] == NEVER, NEVER, Step.REGISTER),
            created_ms=moment[stays],
        )
        return Rows.together(SESSIONS, (looked, bought))

    def _looking(self, day: int, midnight: int, stays: Ints, depth: Ints, sku: Ints) -> Rows:
        """Return the visits of those who do not order."""
        today = self._today
        assert today is not None
        prospects, arms = today.prospects.where(stays), today.arms[:, stays]
        brought = {name: getattr(today.sources, name)[prospects.source] for name in BROUGHT_BY}
        return Rows(
            SESSIONS,
            session=self._draws.key("session", prospects.anon, day),
            anon=prospects.anon,
            is_bot=False,
            is_known=False,
            click=self.trials.click_factor(arms),
            signs=NEVER,
            sdk=self._sdk(prospects.anon),
            depth=depth,
            trade=prospects.trade,
            sku=sku,
            n_lines=0,
            value_minor=0,
            starts_ms=visit_starts(self._draws, midnight, prospects.trade, prospects.anon),
            banner=self.trials.banners(arms),
            word=self._words.typed(self._draws, prospects.trade, "typed", prospects.anon, day),
            **brought,
        )

    def _buying(self, midnight: int, bought: Rows, buyers: Ints, people: People) -> Rows:
        """Return the visits of those who order for the first time."""
        today = self._today
        assert today is not None
        anon, arms = today.prospects.anon[buyers], today.arms[:, buyers]
        since = people.is_registered_at[bought["person"]]
        is_new = (since == NEVER) | (since >= midnight)
        return bought.but(
            anon=anon,
            signs=np.where(is_new, Step.REGISTER, Step.LOGIN),
            sdk=self._sdk(anon),
            click=self.trials.click_factor(arms),
            banner=self.trials.banners(arms),
            word=self._words.typed(self._draws, bought["trade"], "typed", anon, midnight // _DAY),
        )

    def _registers(
        self, midnight: int, people: People, orders: Rows, prospects: Prospects, looked: Ints
    ) -> tuple[Ints, Ints]:
        """Return which visitors register without buying, and who they are."""
        first, self._n_seen = self._n_seen, len(people)
        new = np.arange(first, len(people))
        at = people.is_registered_at[new]
        new = new[(at > midnight + _SHORTLY) & (at < midnight + _DAY) & ~np.isin(new, orders["person"])]
        order = looked[np.argsort(self._draws.uniform("registers", prospects.anon[looked]), kind="stable")]
        n = min(new.size, order.size)
        return order[:n], new[:n]

    def _customer_visits(
        self, day: int, midnight: int, levers: Levers, orders: Rows, theirs: Ints, people: People, goods: Goods
    ) -> Rows:
        """Return all visits of people who had bought before, or whom nobody saw coming."""
        draws = self._draws
        bought = orders.where(theirs)
        anon = self._customers.anon_of(people, bought["person"], day)
        is_new = ~self._customers.is_known(bought["person"])
        is_known = ~is_new & (draws.uniform("logged in", bought["session"]) < 0.7)
        signs = np.where(is_known, NEVER, np.where(is_new, Step.REGISTER, Step.LOGIN))
        bought = bought.but(
            anon=anon,
            is_known=is_known,
            signs=signs,
            sdk=self._sdk(anon),
            word=self._words.typed(draws, bought["trade"], "typed", anon, day),
        )
        self._customers.remember(bought["person"], anon, bought["trade"])
        chances = self._customers.passing(levers, np.arange(len(Trade)))
        person, trade = self._customers.browsing(day, bought["trade"], chances)
        nth = np.arange(person.size)
        key = draws.key("browsing", day, trade, person, nth)
        depth = chances.of(trade).depth_without_order(draws.uniform("leaves at", key))
        anon = self._customers.anon_of(people, person, day)
        browsing = Rows(
            SESSIONS,
            session=key,
            anon=anon,
            is_bot=False,
            is_known=draws.uniform("logged in", key) < 0.7,
            click=1.0,
            person=person,
            signs=NEVER,
            sdk=self._sdk(anon),
            depth=depth,
            trade=trade,
            sku=goods.looked_at(trade, draws.uniform("interest", key)),
            n_lines=0,
            value_minor=0,
            starts_ms=visit_starts(self._draws, midnight, trade, key),
            banner=0,
            word=self._words.typed(draws, trade, "typed", key),
            channel=self._customers.ways(key),
        )
        self.funnel.add(trade, depth, chances.reach[trade])
        self.funnel.add(bought["trade"], bought["depth"], chances.reach[bought["trade"]])
        return Rows.together(SESSIONS, (bought, browsing))
