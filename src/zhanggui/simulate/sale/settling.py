"""What the platforms book for each order: money in, money back, and their own part of it."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.records import SETTLEMENTS, Scene
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.sale.amounts import borne_back, summed
from zhanggui.simulate.sale.terms import DAY, TERMS
from zhanggui.simulate.stores import STORES

ENTRIES_OF_A_DAY = 100_000_000
"""An entry's number is its day times this, and its place in the day."""
_WITHDRAWAL_WEEKDAY = 0
_WITHDRAWAL_HOUR = 10
_THURSDAY = 3
"""The first of January 1970."""


class Commissioned(Protocol):
    """Whoever shows goods for a commission."""

    @property
    def commission_bp(self) -> int:
        """Commission in hundredths of a percent."""


class Settling:
    """Keeps the accounts that the company has with the platforms.

    Over an order that is closed, all entries together come to what the buyer paid, plus the discounts that platform and
    creator bear, less refunds and fees.

    Parameters
    ----------
    creators : sequence
        All creators, by number.
    """

    def __init__(self, creators: tuple[Commissioned, ...]) -> None:
        self._commission = np.array([one.commission_bp for one in creators] or [0], np.int64)
        self._booked: dict[int, Ints] = {}
        self._balance = np.zeros(len(STORES), np.int64)

    def entries(self, orders: Rows, refunds: Rows, trade: Ints, day: int, midnight: int) -> Rows:
        """Return all entries that a day's orders will ever have, and the day's withdrawals.

        Parameters
        ----------
        orders, refunds : Rows
            Whole courses; sorted by order.
        trade : array of int
            What each order is about.
        day, midnight : int
            The day, and when it begins.
        """
        parts = self._of_orders(orders, refunds, trade)
        found = Rows.together(SETTLEMENTS, parts)
        found = found.where(found["amount_minor"] != 0)
        self._note(found)
        found = Rows.together(SETTLEMENTS, (found, self._withdrawals(midnight)))
        return found.but(entry=day * ENTRIES_OF_A_DAY + np.arange(len(found)))

    def _of_orders(self, orders: Rows, refunds: Rows, trade: Ints) -> list[Rows]:
        done = refunds.where((refunds["refunded_at"] != NEVER) & (refunds["refunded_minor"] > 0))
        place = np.searchsorted(orders["order"], done["order"])
        settles = _settled_at(orders)
        early = done["refunded_at"] <= settles[place]
        # What is refunded in full before the platform settles never reaches the company's account.
        before = summed(place[early], done["refunded_minor"][early], len(orders))
        settles = np.where((before >= orders["due_minor"]) & (settles != NEVER), NEVER, settles)
        is_settled = (settles != NEVER) & (orders["due_minor"] > 0)
        after = done.where(is_settled[place])
        return [
            *self._income(orders.where(is_settled), settles[is_settled], before[is_settled], trade[is_settled]),
            *self._give_back(orders, after, settles, trade),
            *_along_the_way(orders),
        ]

    def _rates(self, orders: Rows, trade: Ints) -> dict[Scene, Ints]:
        store = orders["store"]
        terms = [TERMS[one.platform] for one in STORES]
        commission = np.array([one.commission_bp for one in terms])[store, trade]
        service = np.array([one.service_bp for one in terms])[store]
        creator = np.where(orders["creator"] >= 0, self._commission[np.maximum(orders["creator"], 0)], 0)
        return {Scene.COMMISSION: commission, Scene.SERVICE_FEE: service, Scene.CREATOR_COMMISSION: creator}

    def _income(self, orders: Rows, at: Ints, refunded: Ints, trade: Ints) -> list[Rows]:
        borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
        # Fees are charged on what is left when the platform settles.
        base = orders["due_minor"] + borne - refunded - _part(borne, refunded, orders["due_minor"])
        found = [_rows(orders, at, Scene.GOODS, orders["due_minor"]), _rows(orders, at, Scene.SUBSIDY, borne)]
        for scene, rate in self._rates(orders, trade).items():
            found.append(_rows(orders, at, scene, -_charge(base, rate)))
        return found

    def _give_back(self, orders: Rows, refunds: Rows, settles: Ints, trade: Ints) -> list[Rows]:
        place = np.searchsorted(orders["order"], refunds["order"])
        of = orders.where(place)
        at = np.maximum(refunds["refunded_at"], settles[place])
        amount = refunds["refunded_minor"]
        borne = of["platform_discount_minor"] + of["creator_discount_minor"]
        back = borne_back(borne, of["due_minor"], amount, place)
        found = [
            _rows(of, at, Scene.REFUND, -amount, refunds["refund"]),
            _rows(of, at, Scene.SUBSIDY_BACK, -back, refunds["refund"]),
        ]
        late = refunds["refunded_at"] > settles[place]
        backs = {Scene.COMMISSION: Scene.COMMISSION_BACK, Scene.CREATOR_COMMISSION: Scene.CREATOR_COMMISSION_BACK}
        for scene, rate in self._rates(of, trade[place]).items():
            if scene in backs:
                returned = np.where(late, (amount + back) * rate // 10_000, 0)
                found.append(_rows(of, at, backs[scene], returned, refunds["refund"]))
        return found

    def _note(self, entries: Rows) -> None:
        days = entries["booked_at"] // DAY
        for day in np.unique(days).tolist():
            today = days == day
            sums = summed(entries["store"][today], entries["amount_minor"][today], len(STORES))
            self._booked[day] = self._booked.get(day, np.zeros(len(STORES), np.int64)) + sums

    def _withdrawals(self, midnight: int) -> Rows:
        """Return what is moved to the bank today: on Mondays all that was booked before."""
        today = midnight // DAY
        self._balance += self._booked.pop(today - 1, np.zeros(len(STORES), np.int64))
        if (today + _THURSDAY) % 7 != _WITHDRAWAL_WEEKDAY:
            return Rows.none(SETTLEMENTS)
        store = np.flatnonzero(self._balance > 0)
        amount = self._balance[store].copy()
        self._balance[store] = 0
        at = np.full(store.size, midnight + _WITHDRAWAL_HOUR * 3_600)
        return Rows(SETTLEMENTS, entry=0, store=store, booked_at=at, scene=int(Scene.WITHDRAWAL), amount_minor=-amount)


def _settled_at(orders: Rows) -> Ints:
    """Return when each platform books an order: after completion, or the day after payment."""
    days = np.array([TERMS[store.platform].settle_days for store in STORES])[orders["store"]]
    after = np.where(orders["completed_at"] == NEVER, NEVER, orders["completed_at"] + np.maximum(days, 0) * DAY)
    at_once = np.where(orders["paid_at"] == NEVER, NEVER, orders["paid_at"] + DAY)
    return np.where(days < 0, at_once, after)


def _along_the_way(orders: Rows) -> list[Rows]:
    """Return what is booked whatever becomes of the order: insurance, penalties, forfeited deposits."""
    insured = orders.where((orders["insurance_minor"] > 0) & (orders["shipped_at"] != NEVER))
    late = orders.where(orders["penalty_minor"] > 0)
    is_forfeit = (orders["deposit_paid_at"] != NEVER) & (orders["paid_at"] == NEVER)
    forfeit = orders.where(is_forfeit & (orders["closed_at"] != NEVER))
    return [
        _rows(insured, insured["shipped_at"], Scene.INSURANCE, -insured["insurance_minor"]),
        _rows(late, late["promised_ship_at"] + DAY, Scene.PENALTY, -late["penalty_minor"]),
        _rows(forfeit, forfeit["closed_at"], Scene.DEPOSIT_FORFEIT, forfeit["deposit_minor"]),
    ]


def _rows(orders: Rows, at: Ints, scene: Scene, amount: Ints, refund: Ints | int = NEVER) -> Rows:
    return Rows(
        SETTLEMENTS,
        entry=0,
        store=orders["store"],
        order=orders["order"],
        refund=refund,
        booked_at=at,
        scene=int(scene),
        amount_minor=amount,
    )


def _charge(base: Ints, rate_bp: Ints) -> Ints:
    """Return a part in hundredths of a percent, rounded half up."""
    found: Ints = np.maximum(base * rate_bp + 5_000, 0) // 10_000
    return found


def _part(borne: Ints, refunded: Ints, due: Ints) -> Ints:
    """Return the part of a discount that goes back with a refund."""
    found: Ints = borne * np.minimum(refunded, due) // np.maximum(due, 1)
    return found
