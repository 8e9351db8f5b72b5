"""Coupons: handed out once, good for some hours, used up by an order."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.records import COUPONS
from zhanggui.simulate.rows import NEVER, Rows

_DAY = 86_400
_HOUR = 3_600


class Coupons:
    """All coupons that are out.

    A coupon stands in the records once when it is handed out and once more, with its order, when it is used.
    """

    def __init__(self) -> None:
        self._n = 0
        self._open = Diary(
            "coupon", "offer", "person", "issued_at", "expires_at", "store", "value_minor", "least_minor"
        )
        self._used: list[tuple[int, Ints]] = []
        self._today: dict[str, Ints] = {}

    def issue(
        self,
        records: DayRecords,
        people: Ints,
        *,
        offer: int,
        at: Ints | int,
        hours: int,
        value_minor: int,
        least_minor: int,
        store: int = NEVER,
    ) -> Ints:
        """Hand a coupon for a store, or for all, to each of these people and return the coupons' numbers."""
        numbers = self._n + np.arange(people.size)
        self._n += people.size
        issued = np.broadcast_to(np.asarray(at, np.int64), people.shape)
        rows = Rows(
            COUPONS, coupon=numbers, offer=offer, person=people, issued_at=issued, expires_at=issued + hours * _HOUR
        )
        records.put(rows)
        last_day = records.day + (int(issued.max(initial=0)) + hours * _HOUR - 1 - records.midnight) // _DAY
        for day in range(records.day, last_day + 1):
            self._open.write(
                day,
                **{name: rows[name] for name in ("coupon", "offer", "person", "issued_at", "expires_at")},
                store=store,
                value_minor=value_minor,
                least_minor=least_minor,
            )
        return numbers

    def open_on(self, day: int) -> dict[str, Ints]:
        """Return the coupons that can be used on a day."""
        self._used = [(last, numbers) for last, numbers in self._used if last >= day]
        notes = self._open.take(day)
        used = np.concatenate([np.empty(0, np.int64), *(numbers for _, numbers in self._used)])
        is_open = ~np.isin(notes["coupon"], used)
        self._today = {name: values[is_open] for name, values in notes.items()}
        return self._today

    def note_used(self, records: DayRecords, coupons: Ints, orders: Ints, used_at: Ints) -> None:
        """Take down which coupons were used today, each by one order."""
        held = np.argsort(self._today["coupon"])
        found = held[np.searchsorted(self._today["coupon"], coupons, sorter=held)]
        columns = {name: self._today[name][found] for name in ("offer", "person", "issued_at", "expires_at")}
        records.put(Rows(COUPONS, coupon=coupons, **columns, used_at=used_at, order=orders))
        if coupons.size:
            last = int((columns["expires_at"].max() - records.midnight) // _DAY) + records.day
            self._used.append((last, coupons))
