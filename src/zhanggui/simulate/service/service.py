"""All that happens between the shop and its people after an order."""

from __future__ import annotations

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.people import People
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.service.contacts import Contacts
from zhanggui.simulate.service.points import Points
from zhanggui.simulate.service.reviews import Reviews
from zhanggui.simulate.service.scores import Scores
from zhanggui.simulate.service.tickets import Desk
from zhanggui.simulate.service.tiers import Tiers
from zhanggui.simulate.stores import Store


class Service:
    """Reviews, the service desk, store scores, membership and the private domain.

    Parameters
    ----------
    options, draws, stores, shelf
        The world.
    """

    def __init__(self, options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> None:
        own = [store.number for store in stores if store.platform is Platform.OWN_SITE]
        self._own_site = own[0] if own else NEVER
        self._draws = draws
        self._reviews = Reviews(draws, shelf)
        self._desk = Desk(draws, stores)
        self._scores = Scores(stores)
        self._points = Points(draws)
        self._tiers = Tiers()
        self._contacts = Contacts(draws, stores)

    def after(self, records: DayRecords, levers: Levers, people: People, actions: Actions = NOTHING) -> None:
        """Draw what the day's orders lead to, and put down what is due today.

        Parameters
        ----------
        records : DayRecords
            Holds the day's orders, lines and refunds.
        levers : Levers
            Those of the day.
        people : People
            Their tiers, WeCom contacts and, for those who join, their rhythm change.
        actions : Actions
            Corrects size charts.
        """
        self._reviews.fix_size_charts(actions.size_chart_fixed)
        if records.day == 0:
            self._points.open(people, records.midnight)
            self._tiers.open(self._draws, people)
            self._contacts.open(records, people)
        self._reviews.expect(records, levers)
        self._desk.expect(records)
        self._points.expect(records, people, self._own_site)
        self._tiers.expect(records, people, self._own_site)
        self._contacts.expect(records, people)
        records.put(self._reviews.due(records))
        records.put(self._desk.due(records, levers))
        records.put(self._points.due(records, people))
        records.put(self._tiers.due(records, people))
        self._contacts.due(records, people)
        records.put(self._scores.of_day(records))
