"""What a day's reports are about: what the day brought, and what it changed of earlier days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import DAY_SECONDS
from zhanggui.simulate.order_lines import positions
from zhanggui.simulate.records import (
    LINES,
    MESSAGES,
    ORDERS,
    PURCHASES,
    REFUNDS,
    SETTLEMENTS,
    TABLES,
    TICKETS,
)
from zhanggui.simulate.rows import NEVER, Column, Rows, Table

_OF_ORDERS = (
    "created_at", "deposit_paid_at", "paid_at", "shipped_at", "received_at", "completed_at", "closed_at",
)  # fmt: skip
_OF_REFUNDS = ("applied_at", "agreed_at", "returned_at", "refunded_at", "closed_at")
_OF_OTHERS = (
    (SETTLEMENTS, ("booked_at",)),
    (PURCHASES, ("ordered_at", "received_at")),
    (TICKETS, ("opened_at", "first_reply_at", "closed_at")),
    (MESSAGES, ("planned_at", "sent_at", "delivered_at", "clicked_at")),
)
"""The moments at which something happens to a row, of everything that happens on more than one day."""
_FOLLOWED = (ORDERS, LINES, REFUNDS, *(table for table, _ in _OF_OTHERS))


class Changes:
    """Turns what the days brought, with moments to come, into what somebody sees in the reports of each day.

    An order stands in the records of the day of its creation with its whole course. Here it comes again, with its lines
    and cases, on each day on which something happens to it: it is sent, a case moves on, money is booked. So do
    purchases, talks and messages; a line of a ledger comes on the day of booking alone.
    """

    def __init__(self) -> None:
        self._orders = _Pages(ORDERS)
        self._others = tuple((_Pages(table), moments) for table, moments in _OF_OTHERS)
        self._lines: dict[int, Rows] = {}
        self._refunds: dict[int, Rows] = {}
        self._last_days: dict[int, int] = {}

    def of_day(self, records: DayRecords) -> DayRecords:
        """Return the records that the reports of a day are about; days have to come in order."""
        self._file(records)
        found = DayRecords(records.day, records.midnight)
        orders, made_on = self._orders.take(records.day)
        found.put(orders)
        for day in np.unique(made_on).tolist():
            for rows in (self._lines[day], self._refunds[day]):
                found.put(rows.where(np.isin(rows["order"], orders["order"])))
        for pages, _ in self._others:
            found.put(pages.take(records.day)[0])
        for table in TABLES:
            if table not in _FOLLOWED:
                found.put(records[table])
        self._forget(records.day)
        return found

    def _file(self, records: DayRecords) -> None:
        orders, refunds = records[ORDERS], records[REFUNDS]
        self._lines[records.day], self._refunds[records.day] = records[LINES], refunds
        place = np.argsort(orders["order"], kind="stable")
        orders = orders.where(place)
        entries = records[SETTLEMENTS]
        entries = entries.where(np.isin(entries["order"], orders["order"]))
        everywhere, of_refunds = np.arange(len(orders)), positions(orders["order"], refunds["order"])
        happens = [(everywhere, orders[name]) for name in _OF_ORDERS]
        # The courier's first scan is often of the day after.
        happens.append((everywhere, np.where(orders["shipped_at"] == NEVER, NEVER, orders["shipped_at"] + DAY_SECONDS)))
        happens += [(of_refunds, refunds[name]) for name in _OF_REFUNDS]
        happens.append((positions(orders["order"], entries["order"]), entries["booked_at"]))
        self._last_days[records.day] = self._orders.put(orders, happens, records)
        for pages, moments in self._others:
            rows = records[pages.table]
            pages.put(rows, [(np.arange(len(rows)), rows[name]) for name in moments], records)

    def _forget(self, today: int) -> None:
        for day in [day for day, last in self._last_days.items() if last <= today]:
            del self._lines[day], self._refunds[day], self._last_days[day]


class _Pages:
    """Rows filed under each day on which something happens to them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._pages: dict[int, list[tuple[int, Rows]]] = {}

    def put(self, rows: Rows, happens: list[tuple[Column, Column]], records: DayRecords) -> int:
        """File rows of a day by positions and moments, and return the last day that any is filed under."""
        last_day = records.day
        for day, places in _by_day(happens, records):
            self._pages.setdefault(day, []).append((records.day, rows.where(places).held()))
            last_day = max(last_day, day)
        return last_day

    def take(self, day: int) -> tuple[Rows, Column]:
        """Return the rows of a day, each with the day whose records brought it."""
        parts = self._pages.pop(day, [])
        made_on = np.repeat([made for made, _ in parts], [len(rows) for _, rows in parts]).astype(np.int64)
        return Rows.together(self.table, [rows for _, rows in parts]), made_on


def _by_day(happens: list[tuple[Column, Column]], records: DayRecords) -> Iterator[tuple[int, Column]]:
    """Yield days from the records' own on, each with the positions of the rows to which something happens then."""
    places = np.concatenate([place[at != NEVER] for place, at in happens])
    moments = np.concatenate([at[at != NEVER] for _, at in happens])
    days = np.maximum(records.day + (moments - records.midnight) // DAY_SECONDS, records.day)
    for day in np.unique(days).tolist():
        yield day, np.unique(places[days == day])
