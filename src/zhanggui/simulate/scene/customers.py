"""People who have bought on the own site: how the site knows them, what brings them back, what they do later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import EVENTS, ORDERS, Step
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.steps import CREATED, Passing, passing
from zhanggui.simulate.stores import CHANNEL_OF, Store

if TYPE_CHECKING:
    from zhanggui.simulate.people.people import People

_DAY = 86_400
LANDING, INTENT = 1.15, 1.35
"""Factors of customers on looking at an item and on putting it into the cart."""
_MEMORY = 4096
"""Customers of each trade who browse are those who bought last."""
_NEWEST = 0.35
"""Weight of the day in the moving average of customers' orders that browsing follows."""
_SECOND_DEVICE = 0.22
_WAYS = {"direct": 0.46, "search": 0.16, "official_account": 0.16, "wecom_group": 0.16, "creator": 0.06}


class Customers:
    """Customers of the own site.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    store : Store
        The own site.
    orders_a_day : float
        Orders of customers on an average day, all trades together.
    """

    def __init__(self, draws: Draws, store: Store, orders_a_day: float) -> None:
        self._draws = draws
        self._store = store
        self._anon: Keys = np.zeros(1024, np.uint64)
        self._recent = np.full((len(Trade), _MEMORY), NEVER)
        self._n_recent = np.zeros(len(Trade), np.int64)
        self._pace = np.zeros(len(Trade))
        for trade in store.trades:
            self._pace[list(Trade).index(trade)] = orders_a_day / len(store.trades)
        self._late = Diary("order", "person", "anon", "paid_ms", "sku", "value", "channel")
        self._refunds = Diary("order", "person", "anon", "at_ms", "sku", "value")
        self._has_met = False

    def meet(self, people: People) -> None:
        """Make room for everybody, and on the first day learn who bought before the world began."""
        if len(people) > self._anon.size:
            grown = np.zeros(max(len(people), self._anon.size * 3 // 2), np.uint64)
            grown[: self._anon.size] = self._anon
            self._anon = grown
        if not self._has_met:
            self._has_met = True
            before = np.flatnonzero((people.home_store == self._store.number) & (people.born_day < 0))
            self.remember(before, self._device(people, before, 0), people.trade[before].astype(np.int64))

    def is_known(self, person: Ints) -> npt.NDArray[np.bool_]:
        """Return whether each person has bought on the site."""
        known: npt.NDArray[np.bool_] = self._anon[person] != 0
        return known

    def remember(self, person: Ints, anon: Keys, trade: Ints) -> None:
        """Keep by which device people are known, and that they bought."""
        is_new = self._anon[person] == 0
        self._anon[person[is_new]] = anon[is_new]
        for one in np.unique(trade).tolist():
            those = person[trade == one][-_MEMORY:]
            self._recent[one, (self._n_recent[one] + np.arange(those.size)) % _MEMORY] = those
            self._n_recent[one] += those.size

    def anon_of(self, people: People, person: Ints, day: int) -> Keys:
        """Return the device by which each person comes on a day; some have a second one."""
        first = np.where(self.is_known(person), self._anon[person], self._device(people, person, 0))
        uses_other = self._draws.uniform("device of the day", people.key[person], day) < 0.5
        uses_other &= self._draws.uniform("has two devices", people.key[person]) < _SECOND_DEVICE
        return np.where(uses_other & self.is_known(person), self._device(people, person, 1), first)

    def passing(self, levers: Levers, trade: Ints) -> Passing:
        """Return a customer's chances on a visit."""
        return passing(levers, trade, np.full(trade.size, LANDING), np.full(trade.size, INTENT))

    def browsing(self, day: int, ordered: Ints, chances: Passing) -> tuple[Ints, Ints]:
        """Return who comes on a day without ordering, and for goods of which trade.

        So many come that their visits and the customers' orders pass the steps at the true rates.
        """
        self._pace += _NEWEST * (np.bincount(ordered, minlength=len(Trade)) - self._pace)
        mean = self._pace * (1 - chances.order) / np.maximum(chances.order, 1e-9)
        mean = np.where(self._n_recent > 0, np.minimum(mean, self._pace * 1000), 0.0)
        count = self._draws.poisson(mean, "browsing", day, np.arange(len(Trade)))
        trade = np.repeat(np.arange(len(Trade)), count)
        place = np.arange(trade.size) - np.repeat(np.cumsum(count) - count, count)
        held = np.minimum(self._n_recent, _MEMORY)[trade]
        chosen = (self._draws.uniform("who browses", day, trade, place) * held).astype(np.int64)
        return self._recent[trade, chosen], trade

    def ways(self, key: Keys) -> Ints:
        """Return the channel by which each visit comes."""
        channels = np.array([CHANNEL_OF[code] for code in _WAYS])
        return channels[self._draws.pick(list(_WAYS.values()), "way of a customer", key)]

    def late_payments(self, records: DayRecords, orders: Rows, sdk: Callable[[Keys], Ints]) -> Rows:
        """Return the events of orders that are paid on this day after the visit in which they were made."""
        late = orders.where((orders["paid_ms"] != NEVER) & (orders["depth"] == CREATED))
        self._late.write(
            records.day + (late["paid_ms"] // 1000 - records.midnight) // _DAY,
            order=late["order"],
            person=late["person"],
            anon=self._anon[late["person"]].view(np.int64),
            paid_ms=late["paid_ms"],
            sku=late["sku"],
            value=late["value_minor"],
            channel=CHANNEL_OF["direct"],
        )
        due = self._late.take(records.day)
        waits = 4_000 + (30_000 * self._draws.uniform("pays late", due["order"])).astype(np.int64)
        session = self._draws.key("late payment", due["order"])
        parts = []
        for step, at_ms in (
            (Step.PAYMENT, np.maximum(due["paid_ms"] - waits, records.midnight * 1000)),
            (Step.PURCHASE, due["paid_ms"]),
        ):
            parts.append(self._served(due, session, at_ms, step, sdk))
        return Rows.together(EVENTS, parts)

    def refunds(self, records: DayRecords, refunds: Rows, sdk: Callable[[Keys], Ints]) -> Rows:
        """Return the events of refunds that are paid out on this day; the server sends them."""
        due = refunds.where(refunds["refunded_at"] != NEVER)
        orders = records[ORDERS]
        orders = orders.where(np.argsort(orders["order"], kind="stable"))
        place = np.searchsorted(orders["order"], due["order"])
        person = orders["person"][np.minimum(place, len(orders) - 1)] if len(due) else due["order"]
        self._refunds.write(
            records.day + (due["refunded_at"] - records.midnight) // _DAY,
            order=due["order"],
            person=person,
            anon=self._anon[person].view(np.int64),
            at_ms=due["refunded_at"] * 1000,
            sku=due["sku"],
            value=due["refunded_minor"],
        )
        today = self._refunds.take(records.day)
        session = self._draws.key("refund session", today["order"], today["at_ms"])
        return self._served(today, session, today["at_ms"], Step.REFUND, sdk)

    def _served(
        self, due: dict[str, Ints], session: Keys, at_ms: Ints, step: Step, sdk: Callable[[Keys], Ints]
    ) -> Rows:
        anon = due["anon"].view(np.uint64)
        return Rows(
            EVENTS,
            session=session,
            anon=anon,
            is_bot=False,
            at_ms=at_ms,
            person=due["person"],
            sdk=sdk(anon),
            step=np.full(at_ms.size, step),
            sku=due["sku"],
            price_minor=due["value"],
            order=due["order"],
            page=0,
            channel=CHANNEL_OF["direct"],
        )

    def _device(self, people: People, person: Ints, number: int) -> Keys:
        return self._draws.key("device", people.key[person], number)
