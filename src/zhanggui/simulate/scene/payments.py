"""What stores are paid each day, as their platforms count it: by the day of the payment, not of the order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS
from zhanggui.simulate.rows import NEVER

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments and refunds of a day.

    Attributes
    ----------
    orders : dict of str to array
        ``order, store, person, channel, paid_at, due_minor`` of the orders paid on the day.
    lines : dict of str to array
        ``order, store, person, product, units, paid_minor, channel`` of their lines, gifts left out; shipping is not
        in the amounts of lines.
    refunds : dict of str to array
        ``store, product, refunded_minor`` of what was refunded on the day; `product` is `NEVER` for whole orders.
    """

    orders: dict[str, Ints]
    lines: dict[str, Ints]
    refunds: dict[str, Ints]


class Payments:
    """Payments filed under their day."""

    def __init__(self) -> None:
        self._orders = Diary("order", "store", "person", "channel", "paid_at", "due_minor")
        self._lines = Diary("order", "store", "person", "product", "units", "paid_minor", "channel")
        self._refunds = Diary("store", "product", "refunded_minor")

    def of_day(self, records: DayRecords, product_of: Ints) -> Paid:
        """File what the day's orders will pay and get back, and return what falls on this day.

        Parameters
        ----------
        records : DayRecords
            Of the day.
        product_of : array of int
            Product of each SKU.
        """
        orders = records[ORDERS]
        orders = orders.where(np.argsort(orders["order"], kind="stable"))
        paid = orders.where(orders["paid_at"] != NEVER)
        names = ("order", "store", "person", "channel", "paid_at", "due_minor")
        self._orders.write(_day(records, paid["paid_at"]), **{name: paid[name] for name in names})
        lines = records[LINES]
        lines = lines.where(~lines["is_gift"])
        place = np.searchsorted(paid["order"], lines["order"])
        place = np.minimum(place, max(len(paid) - 1, 0))
        is_paid = paid["order"][place] == lines["order"] if len(paid) else np.zeros(len(lines), np.bool_)
        lines, place = lines.where(is_paid), place[is_paid]
        self._lines.write(
            _day(records, paid["paid_at"][place]),
            order=lines["order"],
            store=lines["store"],
            person=paid["person"][place],
            product=product_of[lines["sku"]],
            units=lines["quantity"],
            paid_minor=lines["due_minor"],
            channel=paid["channel"][place],
        )
        refunds = records[REFUNDS]
        refunds = refunds.where(refunds["refunded_at"] != NEVER)
        self._refunds.write(
            _day(records, refunds["refunded_at"]),
            store=refunds["store"],
            product=np.where(refunds["sku"] == NEVER, NEVER, product_of[refunds["sku"]]),
            refunded_minor=refunds["refunded_minor"],
        )
        day = records.day
        return Paid(self._orders.take(day), self._lines.take(day), self._refunds.take(day))


def _day(records: DayRecords, at: Ints) -> Ints:
    return records.day + (at - records.midnight) // _DAY
