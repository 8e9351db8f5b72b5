"""Membership tiers of the own site, by how often and for how much a member bought there in the last 365 days."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.order_lines import positions
from zhanggui.simulate.people import People, Tier
from zhanggui.simulate.records import ORDERS, REFUNDS, TIER_MOVES, OrderKind
from zhanggui.simulate.rows import NEVER, Rows

GOLD_ORDERS = 2
"""A gold member received so many orders in a year: such members spend about three times what others do (X-20)."""
BLACK_MINOR = 600_000
"""A black-card member is a gold member who paid this much, refunds taken off."""
YEAR_DAYS = 365
_DAY, _HOUR = 86_400, 3_600


class Tiers:
    """Moves members up when they have paid enough, and down a year later when they have not paid again."""

    def __init__(self) -> None:
        self._spent = np.zeros(0, np.int64)
        self._orders = np.zeros(0, np.int64)
        self._booked = Diary("person", "amount_minor", "orders")

    def open(self, draws: Draws, people: People) -> None:
        """Reckon what the members of the first morning bought in the year before."""
        self._make_room(len(people))
        members = np.flatnonzero((people.member_no != NEVER) & (people.n_orders > 0))
        per_order = 15_000 * people.value[members]
        spent = (people.n_orders[members] * per_order).astype(np.int64)
        orders = people.n_orders[members].astype(np.int64)
        self._spent[members], self._orders[members] = spent, orders
        people.tier[members] = tier_of(orders, spent)
        day = 1 + (draws.uniform("opening year", people.key[members]) * YEAR_DAYS).astype(np.int64)
        self._booked.write(day, person=members, amount_minor=-spent, orders=-orders)

    def expect(self, records: DayRecords, people: People, own_site: int) -> None:
        """File what the day's orders will count for, and when it will count no more."""
        orders = records[ORDERS]
        orders = orders.where(
            (orders["store"] == own_site)
            & (orders["kind"] == OrderKind.ORDINARY)
            & (orders["received_at"] != NEVER)
            & (people.member_no[orders["person"]] != NEVER)
        )
        first_day = records.midnight // _DAY - records.day
        self._file(orders["received_at"] // _DAY - first_day, orders["person"], orders["due_minor"], 1)
        refunds = records[REFUNDS]
        refunds = refunds.where((refunds["refunded_at"] != NEVER) & np.isin(refunds["order"], orders["order"]))
        order_at = positions(orders["order"], refunds["order"])
        moment = np.maximum(refunds["refunded_at"], orders["received_at"][order_at])
        self._file(moment // _DAY - first_day, orders["person"][order_at], -refunds["refunded_minor"], 0)

    def due(self, records: DayRecords, people: People) -> Rows:
        """Return who changes tier today, and change it."""
        self._make_room(len(people))
        notes = self._booked.take(records.day)
        np.add.at(self._spent, notes["person"], notes["amount_minor"])
        np.add.at(self._orders, notes["person"], notes["orders"])
        touched = np.unique(notes["person"])
        before = people.tier[touched].astype(np.int64)
        after = tier_of(self._orders[touched], self._spent[touched])
        moved = before != after
        people.tier[touched[moved]] = after[moved]
        return Rows(
            TIER_MOVES,
            person=touched[moved],
            at=np.full(int(moved.sum()), records.midnight + 4 * _HOUR),
            before=before[moved],
            after=after[moved],
        )

    def _file(self, days: Ints, person: Ints, amount_minor: Ints, orders: int) -> None:
        self._booked.write(days, person=person, amount_minor=amount_minor, orders=orders)
        self._booked.write(days + YEAR_DAYS, person=person, amount_minor=-amount_minor, orders=-orders)

    def _make_room(self, n_people: int) -> None:
        if n_people > self._spent.size:
            more = np.zeros(n_people * 3 // 2 - self._spent.size, np.int64)
            self._spent, self._orders = np.concatenate([self._spent, more]), np.concatenate([self._orders, more])


def tier_of(orders: Ints, spent_minor: Ints) -> Ints:
    """Return the tier that a year's orders and spending earn.

    Examples
    --------
    >>> tier_of(np.array([1, 2, 9]), np.array([900_000, 100_000, 600_000])).tolist()
    [0, 1, 2]
    """
    is_gold = orders >= GOLD_ORDERS
    return np.where(is_gold, np.where(spent_minor >= BLACK_MINOR, int(Tier.BLACK), int(Tier.GOLD)), int(Tier.NORMAL))
