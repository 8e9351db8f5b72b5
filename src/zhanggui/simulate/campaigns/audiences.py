"""Who comes into which audience today: found by appointments made when people bought, never by going through all."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.people import NO_DAY, People, Tier
from zhanggui.simulate.plants.experiments import Audience
from zhanggui.simulate.rows import Rows

SLEEPING_DAYS = 45
"""Days without an order after which a person is said to sleep."""
LAPSED_DAYS = 90
"""Days without an order after which he is said to be lost."""
POTENTIAL_ORDERS = 2
"""Most orders of somebody who may become more."""
BEST_ORDERS = 3
"""Fewest orders of the best."""
BEST_VALUE = 1.1
"""Least factor on spending of the best, who may be of any tier."""
_DAY = 86_400


class Audiences:
    """Keeps appointments with people: so many days after an order, to see whether there has been another."""

    def __init__(self) -> None:
        self._silence = Diary("person", "order_day", "silent_days")
        self._paid = Diary("person")
        self._registered = np.empty(0, np.int64)

    def meet(self, people: People, day: int) -> None:
        """Make appointments with all who were customers before the world began."""
        known = np.flatnonzero((people.last_order_day != NO_DAY) & ~people.is_staff)
        self._wait(known, people.last_order_day[known].astype(np.int64), day)

    def note(self, orders: Rows, records: DayRecords) -> None:
        """Take down who bought today: whoever pays later is met on the day after his payment."""
        paid_day = records.day + np.maximum(orders["paid_at"] - records.midnight, 0) // _DAY
        self._paid.write(paid_day + 1, person=orders["person"])
        bought = np.unique(orders["person"])
        self._wait(bought, np.full(bought.size, records.day), records.day)

    def note_registered(self, registered: Ints) -> None:
        """Take down who registered without buying since yesterday."""
        self._registered = registered

    def today(self, people: People, day: int) -> dict[Audience, Ints]:
        """Return who comes into each audience today; people stand in it once, in ascending order."""
        notes = self._silence.take(day)
        is_silent = people.last_order_day[notes["person"]] == notes["order_day"]
        silent = {
            days: np.unique(notes["person"][is_silent & (notes["silent_days"] == days)])
            for days in (SLEEPING_DAYS, LAPSED_DAYS)
        }
        bought = np.unique(self._paid.take(day)["person"])
        orders = people.n_orders[bought]
        is_best = (orders >= BEST_ORDERS) & (people.value[bought] >= BEST_VALUE)
        is_best |= people.tier[bought] == Tier.BLACK
        is_member = people.is_registered_at[bought] >= 0
        return {
            Audience.NEVER_BOUGHT: self._registered[people.n_orders[self._registered] == 0],
            Audience.POTENTIAL: bought[(orders <= POTENTIAL_ORDERS) & ~is_best],
            Audience.SLEEPING: silent[SLEEPING_DAYS],
            Audience.LAPSED: silent[LAPSED_DAYS],
            Audience.BEST: bought[is_best],
            Audience.MEMBERS: np.union1d(bought[is_member], self._registered),
        }

    def _wait(self, people: Ints, order_days: Ints, today: int) -> None:
        for days in (SLEEPING_DAYS, LAPSED_DAYS):
            ahead = order_days + days >= today
            self._silence.write(
                (order_days + days)[ahead], person=people[ahead], order_day=order_days[ahead], silent_days=days
            )
