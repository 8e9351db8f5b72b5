"""Points of the members of the own site: one for every yuan kept, lost again with a refund, spent, or after a year.

The balance of a member is the sum of his entries and never falls below nothing: what a refund should take back and is
spent already is waived.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.order_lines import positions
from zhanggui.simulate.people import NO_DAY, People
from zhanggui.simulate.records import ORDERS, POINTS, REFUNDS, OrderKind
from zhanggui.simulate.rows import NEVER, Rows

_DAY, _HOUR = 86_400, 3_600
LIFE_DAYS = 365
"""Points are good for so long."""
REDEEMED = (500, 1_000, 2_000)
"""Points that the gifts of the points shop cost."""
_REDEEMS = 0.22
_FEN_PER_POINT = 100


class PointReason(IntEnum):
    """Why points changed."""

    OPENING = 0
    EARNED = 1
    REDEEMED = 2
    REVERSED = 3
    EXPIRED = 4


POINT_REASON_NAMES: tuple[str, ...] = ("期初结转", "消费得积分", "积分兑换", "退款扣回", "过期清零")
"""Names of reasons in Chinese."""


class Points:
    """The points ledger.

    Parameters
    ----------
    draws : Draws
        The world's.

    Attributes
    ----------
    balance : array of int
        Of each person, as far as the ledger knows him.
    """

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self.balance = np.zeros(0, np.int64)
        self._earned = np.zeros(0, np.int64)
        self._due = Diary("person", "at", "points", "reason", "order")
        self._lots = Diary("person", "points", "earned_before")
        self._n = 0

    def open(self, people: People, midnight: int) -> None:
        """Carry over what the members of the first morning have."""
        members = np.flatnonzero((people.member_no != NEVER) & (people.last_order_day != NO_DAY))
        keys = people.key[members]
        points = 20 + (self._draws.exponential("opening points", keys) * 150 * people.value[members]).astype(np.int64)
        self._due.write(
            np.zeros(members.size, np.int64),
            person=members,
            at=midnight,
            points=points,
            reason=int(PointReason.OPENING),
            order=NEVER,
        )

    def expect(self, records: DayRecords, people: People, own_site: int) -> None:
        """Draw what the day's orders of members will earn, and lose again."""
        orders = records[ORDERS]
        orders = orders.where(
            (orders["store"] == own_site)
            & (orders["kind"] == OrderKind.ORDINARY)
            & (orders["received_at"] != NEVER)
            & (people.member_no[orders["person"]] != NEVER)
        )
        first_day = records.midnight // _DAY - records.day
        refunds = records[REFUNDS]
        refunds = refunds.where((refunds["refunded_at"] != NEVER) & np.isin(refunds["order"], orders["order"]))
        order_at = positions(orders["order"], refunds["order"])
        is_before = refunds["refunded_at"] <= orders["received_at"][order_at]
        back = np.bincount(order_at[is_before], refunds["refunded_minor"][is_before], minlength=len(orders))
        points = np.maximum(orders["due_minor"] - back.astype(np.int64), 0) // _FEN_PER_POINT
        self._file(first_day, orders["received_at"], orders["person"], points, PointReason.EARNED, orders["order"])
        after, order_at = refunds.where(~is_before), order_at[~is_before]
        lost = -(after["refunded_minor"] // _FEN_PER_POINT)
        self._file(
            first_day,
            after["refunded_at"],
            orders["person"][order_at],
            lost,
            PointReason.REVERSED,
            orders["order"][order_at],
        )

    def due(self, records: DayRecords, people: People) -> Rows:
        """Return the entries of a day in order of time, numbered on."""
        self._make_room(len(people))
        notes, lapsing = self._due.take(records.day), self._lapsing(records)
        notes = {name: np.concatenate([lapsing[name], values]) for name, values in notes.items()}
        order = np.lexsort((notes["order"], notes["at"], notes["person"]))
        notes = {name: values[order] for name, values in notes.items()}
        notes["points"] = self._booked(notes)
        self._remember(notes, records)
        kept = np.flatnonzero(notes["points"] != 0)
        kept = kept[np.argsort(notes["at"][kept], kind="stable")]
        numbers = self._n + np.arange(kept.size)
        self._n += kept.size
        return Rows(POINTS, entry=numbers, **{name: values[kept] for name, values in notes.items()})

    def _booked(self, notes: dict[str, Ints]) -> Ints:
        """Book entries, sorted by person and time, and return what each really came to."""
        person, wanted = notes["person"], notes["points"]
        booked = np.zeros(person.size, np.int64)
        rank = np.arange(person.size) - np.searchsorted(person, person, side="left")
        # The nth entries of all people of the day together: hardly anybody has more than two.
        for turn in range(int(rank.max(initial=-1)) + 1):
            now = np.flatnonzero(rank == turn)
            held = self.balance[person[now]]
            amount = np.maximum(wanted[now], -held)
            # A gift is bought with all its points or not at all.
            is_refused = (notes["reason"][now] == PointReason.REDEEMED) & (amount > wanted[now])
            booked[now] = np.where(is_refused, 0, amount)
            self.balance[person[now]] += booked[now]
        return booked

    def _remember(self, notes: dict[str, Ints], records: DayRecords) -> None:
        """File when today's points will lapse, and what some of those who got them will spend."""
        is_gain = notes["points"] > 0
        gains = {name: values[is_gain] for name, values in notes.items()}
        person, points = gains["person"], gains["points"]
        before = self._earned[person]
        np.add.at(self._earned, person, points)
        keys = self._draws.key("points", records.day, person)
        life = np.where(
            gains["reason"] == PointReason.OPENING, 1 + self._draws.uniform("lot age", keys) * LIFE_DAYS, LIFE_DAYS
        )
        self._lots.write(records.day + life.astype(np.int64), person=person, points=points, earned_before=before)
        price = np.array((0, *REDEEMED))[np.searchsorted(REDEEMED, self.balance[person], side="right")]
        spends = (price > 0) & (self._draws.uniform("redeems", keys) < _REDEEMS)
        wait = 1 + (self._draws.uniform("redeem wait", keys) * 20).astype(np.int64)
        hour = 9 + (self._draws.uniform("redeem hour", keys) * 14).astype(np.int64)
        self._due.write(
            (records.day + wait)[spends],
            person=person[spends],
            at=(records.midnight + wait * _DAY + hour * _HOUR)[spends],
            points=-price[spends],
            reason=int(PointReason.REDEEMED),
            order=NEVER,
        )

    def _lapsing(self, records: DayRecords) -> dict[str, Ints]:
        """Return what lapses today: of each old lot, what is left when the oldest points are spent first."""
        lots = self._lots.take(records.day)
        person = lots["person"]
        used = self._earned[person] - self.balance[person]
        left = np.clip(lots["earned_before"] + lots["points"] - used, 0, lots["points"])
        return {
            "person": person,
            "at": np.full(person.size, records.midnight),
            "points": -left,
            "reason": np.full(person.size, int(PointReason.EXPIRED)),
            "order": np.full(person.size, NEVER),
        }

    def _file(self, first_day: int, at: Ints, person: Ints, points: Ints, reason: PointReason, order: Ints) -> None:
        self._due.write(at // _DAY - first_day, person=person, at=at, points=points, reason=int(reason), order=order)

    def _make_room(self, n_people: int) -> None:
        if n_people > self.balance.size:
            more = np.zeros(n_people * 3 // 2 - self.balance.size, np.int64)
            self.balance = np.concatenate([self.balance, more])
            self._earned = np.concatenate([self._earned, more])
