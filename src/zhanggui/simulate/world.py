"""The world: one company, its people and its goods, taken forward a day at a time."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.books import Books
from zhanggui.simulate.campaigns.campaigns import Campaigns
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.goods import shelf_of
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Options
from zhanggui.simulate.people import People
from zhanggui.simulate.plants.plan import plan_of
from zhanggui.simulate.sale import Counter
from zhanggui.simulate.scene.scene import Scene
from zhanggui.simulate.seasons import factors
from zhanggui.simulate.service.service import Service
from zhanggui.simulate.stores import stores_of
from zhanggui.simulate.supply.supply import Supply

_DAY = 86_400
_EPOCH = date(1970, 1, 1)


class World:
    """A simulated company.

    Parameters
    ----------
    options : Options
        Size, time and scope.

    Attributes
    ----------
    options : Options
        As given.
    draws : Draws
        All its random numbers.
    start : date
        The first day.
    day : int
        Number of the next day, from 0.
    stores : tuple of Store
        Those it has.
    shelf : Shelf
        Its goods.
    people : People
        Everybody who ever ordered.
    plan : Plants
        What is planted in it.
    scene, supply, service, campaigns, counter
        Its departments.
    books : Books
        Its true accounts.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.draws = Draws(options.seed)
        self.start = options.start
        self.day = 0
        self.stores = stores_of(options)
        self.shelf = shelf_of(options, self.draws, self.stores)
        self.people = People()
        self.plan = plan_of(options, self.draws, self.stores, self.shelf)
        self.scene = Scene(options, self.draws, self.stores, self.shelf)
        self.scene.watch(self.plan.experiments)
        self.supply = Supply(options, self.draws, self.stores, self.shelf)
        self.service = Service(options, self.draws, self.stores, self.shelf)
        self.campaigns = Campaigns(options, self.draws, self.stores, self.plan.experiments)
        self.counter = Counter(
            options,
            self.draws,
            self.shelf,
            self.people,
            self.stores,
            creators=self.scene.creators,
            first_orders=self.scene.first_orders,
            first_midnight=self._midnight(0),
        )
        self.books = Books(np.array([group.channel for group in self.scene.ad_groups], np.int64))

    def step(self, actions: Actions = NOTHING) -> DayRecords:
        """Live through the next day.

        Parameters
        ----------
        actions : Actions
            What is done before the day begins.

        Returns
        -------
        DayRecords
            All that the day brought. The course of its orders is in it to the end, with moments to come.
        """
        day, on = self.day, self.start + timedelta(self.day)
        records = DayRecords(day, self._midnight(day))
        levers = Levers.of_day(day, self.plan.pulls)
        nudges = self.campaigns.run(records, day, levers, actions, self.people)
        records.put(self.scene.visits(day, levers, actions, factors(on)))
        sellable = self.supply.sellable(day, levers)
        draw = self.counter.sell(records, on, levers, actions, nudges, sellable)
        self.campaigns.after(records, self.people)
        self.supply.advance(records, levers, actions)
        self.service.after(records, levers, self.people, actions)
        self.scene.report(records, levers, self.people, draw)
        self.plan.observe(records, self.people)
        self.books.add(records)
        self.day += 1
        return records

    def fork(self) -> World:
        """Return a copy that goes its own way from here."""
        shared = (self.options, self.draws, self.shelf, self.stores)
        return deepcopy(self, {id(part): part for part in shared})

    def _midnight(self, day: int) -> int:
        return (self.start + timedelta(day) - _EPOCH).days * _DAY
