"""A day's orders of one store as they stand at the moment of the export."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.writing import View
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, RefundKind
from zhanggui.simulate.rows import Column, Rows


class Standing(IntEnum):
    """How far an order is."""

    UNPAID = 0
    PAID = 1
    SHIPPED = 2
    RECEIVED = 3
    COMPLETED = 4
    CLOSED_UNPAID = 5
    CLOSED_REFUNDED = 6


class RefundStanding(IntEnum):
    """How far an after-sale case is."""

    REQUESTED = 0
    AGREED = 1
    RETURNED = 2
    SUCCEEDED = 3
    CLOSED = 4


class StoreDay:
    """Orders that were created in a store on a day, with their lines and refunds.

    Parameters
    ----------
    records : DayRecords
        What the day brought.
    store : int
        Number of the store.
    view : View
        The moment of the export.

    Attributes
    ----------
    orders : Rows
        In order of their creation.
    lines : Rows
        In the order of `orders`.
    refunds : Rows
        Cases that have been applied for, of any kind.
    order_of_line, order_of_refund : array of int
        Position in `orders`.
    first_line, n_lines : array of int
        Of each order: position of its first line, and how many it has.
    is_paid, is_shipped, is_received, is_completed : array of bool
        What has happened to each order.
    refunded_minor : array of int
        What has been refunded of each order.
    standing : array of int
        `Standing` of each order.
    """

    def __init__(self, records: DayRecords, store: int, view: View) -> None:
        orders, lines, refunds = records[ORDERS], records[LINES], records[REFUNDS]
        orders = orders.where(orders["store"] == store)
        self.orders = orders.where(np.lexsort((orders["order"], orders["created_at"])))
        self._by_number = np.argsort(self.orders["order"], kind="stable")
        self._numbers = self.orders["order"][self._by_number]
        lines = lines.where(lines["store"] == store)
        place = self.places(lines["order"])
        order = np.lexsort((lines["line"], place))
        self.lines, self.order_of_line = lines.where(order), place[order]
        self.first_line = np.searchsorted(self.order_of_line, np.arange(len(self.orders)))
        self.n_lines = np.bincount(self.order_of_line, minlength=len(self.orders))
        self.refunds = refunds.where((refunds["store"] == store) & view.seen(refunds["applied_at"]))
        self.order_of_refund = self.places(self.refunds["order"])
        self.is_paid = view.seen(self.orders["paid_at"])
        self.is_shipped = self.is_paid & view.seen(self.orders["shipped_at"])
        self.is_received = self.is_paid & view.seen(self.orders["received_at"])
        self.is_completed = self.is_paid & view.seen(self.orders["completed_at"])
        self._view = view
        self.refunded_minor = self.summed_refunds(self.orders["created_at"] * 0 + view.as_of)
        self.standing = self._standing()

    def places(self, numbers: Column) -> Column:
        """Return where orders of these numbers stand in `orders`."""
        if not self._numbers.size:
            return np.zeros(numbers.size, np.int64)
        found: Column = self._by_number[np.searchsorted(self._numbers, numbers)]
        return found

    def summed_refunds(self, before: Column) -> Column:
        """Return what had been refunded of each order before a moment, one moment per order."""
        at = self.refunds["refunded_at"]
        is_done = self._view.seen(at) & (at < before[self.order_of_refund])
        return _summed(self.order_of_refund, self.refunds["refunded_minor"] * is_done, len(self.orders))

    def summed(self, column: str) -> Column:
        """Return the sum of a column of lines over each order."""
        return _summed(self.order_of_line, self.lines[column], len(self.orders))

    def joined(self, texts: Sequence[str], between: str) -> list[str]:
        """Return the texts of each order's lines in one."""
        found = [texts[place] for place in self.first_line.tolist()]
        for order in np.flatnonzero(self.n_lines > 1).tolist():
            first = int(self.first_line[order])
            found[order] = between.join(texts[first : first + int(self.n_lines[order])])
        return found

    def refunded_lines(self) -> Column:
        """Return what has been refunded of each line, where a case names one."""
        named = self.refunds.where(self.refunds["line"] >= 0)
        place = self.first_line[self.places(named["order"])] + named["line"] - self._first_line_number()
        return _summed(place, named["refunded_minor"] * self._view.seen(named["refunded_at"]), len(self.lines))

    def _first_line_number(self) -> int:
        return int(self.lines["line"].min()) if len(self.lines) else 0

    def _standing(self) -> Column:
        due, at = self.orders["due_minor"], self.orders
        # Money that comes back in full before the buyer confirms closes the trade; later it is an after-sale matter.
        back = np.where(self.is_completed, self.summed_refunds(at["completed_at"]), self.refunded_minor)
        return np.select(
            [
                self.is_paid & (back >= due) & (due > 0),
                self.is_completed,
                self.is_received,
                self.is_shipped,
                self.is_paid,
                self._view.seen(at["closed_at"]),
            ],
            [
                Standing.CLOSED_REFUNDED,
                Standing.COMPLETED,
                Standing.RECEIVED,
                Standing.SHIPPED,
                Standing.PAID,
                Standing.CLOSED_UNPAID,
            ],
            Standing.UNPAID,
        )


def created_on_the_day(records: DayRecords) -> Rows:
    """Return the orders that were created on the day itself, without those of earlier days that it changed."""
    orders = records[ORDERS]
    return orders.where(orders["created_at"] >= records.midnight)


def refund_standing(refunds: Rows, view: View) -> Column:
    """Return the `RefundStanding` of each case."""
    return np.select(
        [view.seen(refunds[name]) for name in ("refunded_at", "closed_at", "returned_at", "agreed_at")],
        [RefundStanding.SUCCEEDED, RefundStanding.CLOSED, RefundStanding.RETURNED, RefundStanding.AGREED],
        RefundStanding.REQUESTED,
    )


def brings_money_back(refunds: Rows) -> Column:
    """Return which cases ask for money, not for other goods."""
    found: Column = ~np.isin(refunds["kind"], (RefundKind.EXCHANGE, RefundKind.RESHIP))
    return found


def _summed(places: Column, amounts: Column, size: int) -> Column:
    # Not bincount: its sums are floats, which hold whole fen only up to 2**53.
    totals = np.zeros(size, np.int64)
    np.add.at(totals, places, amounts)
    return totals
