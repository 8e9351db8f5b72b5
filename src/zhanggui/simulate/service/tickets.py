"""The service desk: who asks what, how long he waits for an answer, and who complains."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.order_lines import positions
from zhanggui.simulate.records import ORDERS, REFUNDS, TICKETS, OrderKind, Reason
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.service.topics import TicketTopic
from zhanggui.simulate.stores import STORES, Store

ASKED_FIRST = 0.22
"""Part of the orders whose buyer asked something before."""
ASKED_IN_VAIN = 0.38
"""Talks that end without an order, per order."""
CHASED = 0.3
"""Part of the orders not shipped as promised whose buyer asks where the parcel is."""
FIRST_REPLY_SECONDS = 60.0
"""Median wait for the first answer by day, when the desk is not overrun."""
NIGHT_REPLY_SECONDS = 1_200.0
"""The same at night for those whom no robot answers."""
ROBOT_SHARE = 0.7
"""Part of those who ask at night whom a robot answers."""
UNANSWERED = 0.012
"""Part of the talks that nobody answers."""
_DAY, _HOUR = 86_400, 3_600
_OPENS_HOUR = 8
_ROBOT_SECONDS = 3
_MEMORY = 0.1
_GRAVE = (Reason.QUALITY, Reason.DAMAGED, Reason.WRONG_ITEM, Reason.NOT_AS_DESCRIBED, Reason.LOST)
_NOTES = ("store", "order", "person", "topic", "opened_at", "anger_ppm", "key")


class Desk:
    """Draws what people will ask when orders are made, and answers on the day.

    Parameters
    ----------
    draws, stores
        The world's.

    Attributes
    ----------
    usual : array of float, shape (len(STORES),)
        Talks a day that each store is manned for.
    """

    def __init__(self, draws: Draws, stores: tuple[Store, ...]) -> None:
        self._draws = draws
        self._stores = stores
        self._sells_clothes = np.zeros(len(STORES), np.bool_)
        self._sells_clothes[[store.number for store in stores if Trade.FASHION in store.trades]] = True
        self._coming = Diary(*_NOTES)
        self._n = 0
        self.usual: Floats = np.zeros(len(STORES))

    def expect(self, records: DayRecords) -> None:
        """Draw what the day's orders and those who do not order will ask."""
        orders = records[ORDERS]
        orders = orders.where(orders["kind"] == OrderKind.ORDINARY)
        self._ask_first(records, orders)
        self._ask_in_vain(records, orders)
        self._chase(records, orders)
        self._return(records, orders)

    def due(self, records: DayRecords, levers: Levers) -> Rows:
        """Return the talks of a day with their answers, in order of time, numbered on."""
        notes = self._coming.take(records.day)
        order = np.lexsort((notes["key"], notes["opened_at"]))
        notes = {name: values[order] for name, values in notes.items()}
        store, opened = notes["store"], notes["opened_at"]
        keys = notes["key"].astype(np.uint64)
        wait = self._waits(records, levers, store, opened, keys)
        is_silent = self._draws.uniform("unanswered", keys) < UNANSWERED
        talk = 120 + (self._draws.exponential("talk", keys) * 900).astype(np.int64)
        is_late = wait > 1_800
        chance = notes["anger_ppm"] / 1e6 + 0.05 * is_late + 0.05 * is_silent
        is_complaint = self._draws.uniform("complaint", keys) < chance
        is_rated = ~is_silent & (self._draws.uniform("rated", keys) < 0.28)
        is_cross = self._draws.uniform("cross", keys) < 0.04 + 0.25 * is_late + 0.6 * is_complaint
        stars = np.where(is_cross, 1 + self._draws.pick((0.5, 0.2, 0.3), "cross stars", keys), 5)
        numbers = self._n + np.arange(opened.size)
        self._n += opened.size
        return Rows(
            TICKETS,
            ticket=numbers,
            store=store,
            order=notes["order"],
            person=notes["person"],
            topic=notes["topic"],
            opened_at=opened,
            first_reply_at=np.where(is_silent, NEVER, opened + wait),
            closed_at=np.where(is_silent, NEVER, opened + wait + talk),
            n_messages=np.where(is_silent, 1, 3 + (self._draws.exponential("messages", keys) * 5).astype(np.int64)),
            stars=np.where(is_rated, stars, NEVER),
            is_complaint=is_complaint,
        )

    def _waits(self, records: DayRecords, levers: Levers, store: Ints, opened: Ints, keys: Keys) -> Ints:
        """Return the seconds until the first answer: more on crowded days, and at night when one person sits there."""
        talks = np.bincount(store, minlength=len(STORES)).astype(np.float64)
        crowd = np.maximum(talks / np.maximum(self.usual, 1.0), 1.0) if self.usual.any() else np.ones(len(STORES))
        self.usual = np.where(self.usual == 0, talks, self.usual + _MEMORY * (talks - self.usual))
        slow = levers.amounts(Lever.REPLY_TIME, store.size, store=store)
        is_night = opened % _DAY < _OPENS_HOUR * _HOUR
        usual = np.where(is_night, NIGHT_REPLY_SECONDS, FIRST_REPLY_SECONDS * crowd[store] ** 1.5)
        seconds = usual * np.exp(0.9 * self._draws.normal("reply", keys)) * slow
        # A robot answers most of those who ask at night, as fast as ever.
        is_robot = is_night & (self._draws.uniform("robot", keys) < ROBOT_SHARE)
        waits: Ints = np.where(is_robot, _ROBOT_SECONDS, np.maximum(seconds, 2)).astype(np.int64)
        return waits

    def _ask_first(self, records: DayRecords, orders: Rows) -> None:
        keys = self._draws.key("asked first", orders["order_key"])
        own = orders.where(self._draws.uniform("asked first", keys) < ASKED_FIRST)
        keys = self._draws.key("asked first", own["order_key"])
        before = (self._draws.exponential("asked before", keys) * 2_400).astype(np.int64)
        opened = np.maximum(own["created_at"] - before, records.midnight)
        topic = self._questions(own["store"], keys)
        self._file(records, own["store"], own["order"], own["person"], topic, opened, 0.002, keys)

    def _ask_in_vain(self, records: DayRecords, orders: Rows) -> None:
        for store in self._stores:
            own = orders.where(orders["store"] == store.number)
            if len(own) == 0:
                continue
            n_talks = int(self._draws.poisson(len(own) * ASKED_IN_VAIN, "asked in vain", records.day, store.number)[0])
            keys = self._draws.key("vain talk", records.day, store.number, np.arange(n_talks))
            # People ask at the hours at which people buy.
            model = (self._draws.uniform("vain talk order", keys) * len(own)).astype(np.int64)
            shift = (self._draws.uniform("vain talk time", keys) * _HOUR).astype(np.int64)
            opened = np.minimum(own["created_at"][model] // _HOUR * _HOUR + shift, records.midnight + _DAY - 1)
            here, nobody = np.full(n_talks, store.number), np.full(n_talks, NEVER)
            self._file(records, here, nobody, nobody, self._questions(here, keys), opened, 0.004, keys)

    def _questions(self, store: Ints, keys: Keys) -> Ints:
        asked = np.array([TicketTopic.PRODUCT, TicketTopic.SIZE, TicketTopic.DISCOUNT], np.int64)
        topic = asked[self._draws.pick((0.5, 0.26, 0.24), "question", keys)]
        found: Ints = np.where((topic == TicketTopic.SIZE) & ~self._sells_clothes[store], TicketTopic.PRODUCT, topic)
        return found

    def _chase(self, records: DayRecords, orders: Rows) -> None:
        paid = orders.where(orders["paid_at"] != NEVER)
        keys = self._draws.key("chase", paid["order_key"])
        is_late = (paid["shipped_at"] > paid["promised_ship_at"]) & (paid["promised_ship_at"] != NEVER)
        chases = is_late & (self._draws.uniform("chased", keys) < CHASED)
        wonders = ~chases & (paid["received_at"] != NEVER) & (self._draws.uniform("wonders", keys) < 0.035)
        after = (self._draws.exponential("chased after", keys) * 8 * _HOUR).astype(np.int64)
        middle = (paid["shipped_at"] + paid["received_at"]) // 2
        for chosen, topic, opened, anger in (
            (chases, TicketTopic.CHASE_SHIPPING, paid["promised_ship_at"] + after, 0.12),
            (wonders, TicketTopic.WHERE_IS_IT, middle, 0.02),
        ):
            own = paid.where(chosen)
            about = np.full(len(own), int(topic))
            self._file(records, own["store"], own["order"], own["person"], about, opened[chosen], anger, keys[chosen])

    def _return(self, records: DayRecords, orders: Rows) -> None:
        refunds = records[REFUNDS]
        refunds = refunds.where(np.isin(refunds["order"], orders["order"]))
        order_at = positions(orders["order"], refunds["order"])
        keys = self._draws.key("refund talk", orders["order_key"][order_at], refunds["refund"] % 10)
        asks = self._draws.uniform("refund talk", keys) < 0.55
        own, order_at, keys = refunds.where(asks), order_at[asks], keys[asks]
        is_grave: Column = np.isin(own["reason"], _GRAVE)
        before = 60 + (self._draws.exponential("refund talk before", keys) * 3 * _HOUR).astype(np.int64)
        opened = np.maximum(own["applied_at"] - before, orders["created_at"][order_at])
        topic = np.where(is_grave, int(TicketTopic.QUALITY), int(TicketTopic.REFUND))
        person = orders["person"][order_at]
        self._file(records, own["store"], own["order"], person, topic, opened, np.where(is_grave, 0.22, 0.03), keys)

    def _file(
        self,
        records: DayRecords,
        store: Ints,
        order: Ints,
        person: Ints,
        topic: Ints,
        opened: Ints,
        anger: Floats | float,
        keys: Keys,
    ) -> None:
        first_day = records.midnight // _DAY - records.day
        self._coming.write(
            np.maximum(opened // _DAY - first_day, records.day),
            store=store,
            order=order,
            person=person,
            topic=topic,
            opened_at=opened,
            anger_ppm=np.rint(np.asarray(anger) * 1e6).astype(np.int64),
            # The diary holds signed numbers; the lower 63 bits name the talk as well.
            key=(keys >> np.uint64(1)).astype(np.int64),
        )
