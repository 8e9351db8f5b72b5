"""The scene of a world: who comes by which way each day, and what platforms and sites tell about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.plants.experiments import Experiment
from zhanggui.simulate.records import CHANNEL_COSTS, ORDERS, VISITS, OrderKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.ad_reports import AdReports
from zhanggui.simulate.scene.ads import OWN_SITE_AD_COST_MINOR, AdDay, AdGroup, Advertising, ad_groups_of
from zhanggui.simulate.scene.arrivals import N_PLACES, Arrivals, Sources, first_orders_of
from zhanggui.simulate.scene.channels import REFERRAL_COST, conversion_of
from zhanggui.simulate.scene.creators import Airing, Calendar, creators_of
from zhanggui.simulate.scene.declared import Declared
from zhanggui.simulate.scene.payments import Payments
from zhanggui.simulate.scene.posts import Board, posts_of
from zhanggui.simulate.scene.prospects import LOOK_BACK_DAYS
from zhanggui.simulate.scene.site import Site
from zhanggui.simulate.scene.steps import FunnelTruth
from zhanggui.simulate.scene.words import words_of
from zhanggui.simulate.stores import CHANNEL_OF, STORES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf
    from zhanggui.simulate.people.people import People

__all__ = ["Scene", "first_orders_of"]

_EPOCH_DAYS = 719_163
_DAY = 86_400


class Scene:
    """Visits, ads and everything declared about them.

    Parameters
    ----------
    options, draws, stores, shelf
        Those of the world.

    Attributes
    ----------
    ad_groups, creatives : tuple
        Paid traffic with its true curves.
    creators, posts : tuple
        Who shows the goods to others, and what was written about them.
    words : Words
        What is searched for.
    first_orders : dict
        First orders of an average day by store, position in `Trade` and channel.
    referral_cost_minor : int
        Reward for a customer of the own site who brings a buyer (X-18).
    """

    def __init__(self, options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> None:
        self._draws = draws
        self._shelf = shelf
        self._start = options.start
        self.first_orders = first_orders_of(options, stores)
        self._ads = Advertising(draws, *ad_groups_of(options, draws, stores, self.first_orders))
        self.ad_groups, self.creatives = self._ads.groups, self._ads.creatives
        self.creators = creators_of(draws, stores, options)
        self.posts = posts_of(options, draws, stores, shelf, self.creators)
        self.words = words_of(draws, shelf, stores)
        self.referral_cost_minor = round(OWN_SITE_AD_COST_MINOR * REFERRAL_COST)
        self._board = Board(draws, stores, self.posts)
        self._calendar = Calendar(options, draws, stores, self.creators)
        self._arrivals = Arrivals(self.first_orders, self.ad_groups, self.creatives, self.creators, self.posts)
        self._reports = AdReports(draws, self.ad_groups, promoted_skus(draws, shelf, self.ad_groups))
        self._payments = Payments()
        self._declared = Declared(draws, stores, shelf, options.start, self.words)
        own = [store for store in stores if store.platform is Platform.OWN_SITE]
        self._site = Site(options, draws, own[0], shelf, self.words) if own else None
        self._today: tuple[AdDay, list[Airing], Ints] | None = None
        self._live_before()

    @property
    def funnel(self) -> FunnelTruth:
        """How far visits to the own site truly got so far."""
        return self._site.funnel if self._site else FunnelTruth()

    def watch(self, experiments: tuple[Experiment, ...]) -> None:
        """Take part in the experiments on visitors of the own site, from the next day on."""
        if self._site:
            self._site.trials.watch(experiments)

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
        airings = self._calendar.airings(day, self._midnight(day))
        found = self._board.found(day)
        self._today = (ads, airings, found[0])
        return self._receive(day, levers, self._sources(day, levers, season, ads, airings, found))

    def report(self, records: DayRecords, levers: Levers, people: People, draw: Floats | None = None) -> None:
        """Add to a day's records what platforms and sites tell about it.

        Parameters
        ----------
        records, levers, people
            Of the day, its orders included.
        draw : array of float, shape (stores, trades), optional
            How many more orders than usual the goods and prices of the day drew; 1 by default.
        """
        assert self._today is not None
        ads, airings, live = self._today
        visits, day, midnight = records[VISITS], records.day, records.midnight
        records.put(self._reports.rows(records, visits, ads))
        by_session = _visitors_by(visits, "live_session")
        records.put(self._calendar.rows(airings, by_session))
        by_note = _visitors_by(visits, "note")
        came = np.array([by_note.get(number, 0) for number in live.tolist()], np.int64)
        records.put(self._board.rows(day, midnight, live, came))
        self._declared.report(records, visits, self._payments.of_day(records, self._shelf.product))
        records.put(self._rewards(records))
        if self._site:
            own = self._site.store.number
            self._site.report(records, levers, people, np.ones(len(Trade)) if draw is None else draw[own])

    def _midnight(self, day: int) -> int:
        return (self._start.toordinal() - _EPOCH_DAYS + day) * _DAY

    def _sources(
        self,
        day: int,
        levers: Levers,
        season: Floats,
        ads: AdDay,
        airings: list[Airing],
        found: tuple[Ints, Floats],
    ) -> Sources:
        waiting = self._site.waiting(day) if self._site else np.zeros(N_PLACES)
        return self._arrivals.sources(levers, season, ads, airings, found, waiting)

    def _receive(self, day: int, levers: Levers, sources: Sources) -> Rows:
        draws = self._draws
        keys = sources.keys(draws)
        count = draws.poisson(sources.mean, "visitors", day, keys)
        ways = zip(sources.store.tolist(), sources.channel.tolist(), strict=True)
        chance = np.array([conversion_of(STORES[store].platform, channel) for store, channel in ways])
        chance *= levers.amounts(
            Lever.CONVERSION, chance.size, store=sources.store, channel=sources.channel, trade=sources.trade
        )
        if self._site:
            is_own = sources.store == self._site.store.number
            visits, own_chance = self._site.receive(day, levers, sources, count)
            count, chance = np.where(is_own, visits, count), np.where(is_own, own_chance, chance)
        return Rows(
            VISITS,
            store=sources.store,
            trade=sources.trade,
            channel=sources.channel,
            campaign=sources.campaign,
            ad_group=sources.ad_group,
            creative=sources.creative,
            creator=sources.creator,
            live_session=sources.live_session,
            note=sources.note,
            visitors=count,
            incremental_visitors=draws.binomial(count, sources.incremental, "incremental visitors", day, keys),
            conversion_ppm=np.round(np.clip(chance, 0.0, 1.0) * 1e6),
        )

    def _live_before(self) -> None:
        """Let people look around the own site before the world begins, so that its first day is like any other."""
        if self._site is None:
            return
        season, levers = np.ones((len(STORES), len(Trade))), Levers()
        quiet = Advertising(self._draws, self.ad_groups, self.creatives)
        for day in range(-LOOK_BACK_DAYS, 0):
            ads = quiet.day(day, levers, NOTHING, np.ones(len(self.ad_groups)))
            self._receive(day, levers, self._sources(day, levers, season, ads, [], self._board.found(day)))
            self._site.settle(day)

    def _rewards(self, records: DayRecords) -> Rows:
        """Return what friends were paid for the day's first buyers."""
        orders = records[ORDERS]
        brought = (orders["channel"] == CHANNEL_OF["referral"]) & orders["is_first"] & (orders["paid_at"] != NEVER)
        brought &= orders["kind"] == OrderKind.ORDINARY
        stores, buyers = np.unique(orders["store"][brought], return_counts=True)
        return Rows(
            CHANNEL_COSTS,
            day=np.full(stores.size, records.day),
            store=stores,
            channel=CHANNEL_OF["referral"],
            buyers=buyers,
            cost_minor=buyers * self.referral_cost_minor,
        )


def promoted_skus(draws: Draws, shelf: Shelf, groups: tuple[AdGroup, ...]) -> Ints:
    """Return the SKU that each ad group shows: one of the store's own, the popular ones most often."""
    found = np.full(len(groups), NEVER)
    for group in groups:
        skus = shelf.sold_in(group.store)
        skus = skus[shelf.trade[skus] == group.trade]
        found[group.number] = skus[draws.pick(shelf.popularity[skus] + 1e-12, "promoted", group.number)[0]]
    return found


def _visitors_by(visits: Rows, column: str) -> dict[int, int]:
    rows = visits.where(visits[column] != NEVER)
    numbers, place = np.unique(rows[column], return_inverse=True)
    total = np.bincount(place, rows["visitors"], numbers.size).astype(np.int64)
    return dict(zip(numbers.tolist(), total.tolist(), strict=True))
