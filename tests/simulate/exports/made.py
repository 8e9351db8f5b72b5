"""Days made by hand: a few orders whose course is known to the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import python_calamine

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.exports.writing import View, Writer, WrittenFile
from zhanggui.simulate.goods import shelf_of
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.people import People
from zhanggui.simulate.people.people import COLUMNS
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, SETTLEMENTS, Reason, RefundKind, Scene
from zhanggui.simulate.rows import NEVER, Rows, Table
from zhanggui.simulate.scene.creators import creators_of
from zhanggui.simulate.stores import STORES, Store, stores_of
from zhanggui.simulate.world import World

START = date(2026, 9, 1)
MIDNIGHT = (START - date(1970, 1, 1)).days * 86_400
HOUR, DAY = 3_600, 86_400
N_PEOPLE = 10


@lru_cache(maxsize=1)
def world() -> World:
    """Return what writers look at in a world of twenty days: its goods, ten people, nothing planted."""
    options = Options(days=20, end=date(2026, 9, 20))
    draws, stores, people = Draws(options.seed), stores_of(options), People()
    plain = {name: np.zeros(N_PEOPLE, kind) for name, kind in COLUMNS.items()}
    numbers = np.where(np.arange(N_PEOPLE) == 0, NEVER, 100_000_000_000 + np.arange(N_PEOPLE))
    keys = np.arange(N_PEOPLE, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    people.add(**{**plain, "key": keys, "member_no": numbers})
    shelf = shelf_of(options, draws, stores)
    plan = SimpleNamespace(file_faults=(), experiments=())
    scene = SimpleNamespace(creators=creators_of(draws, stores, options))
    parts = {"options": options, "draws": draws, "start": START, "stores": stores, "shelf": shelf, "people": people}
    return cast("World", SimpleNamespace(**parts, plan=plan, scene=scene))


def store_on(platform: Platform) -> Store:
    """Return the first store on a platform."""
    return next(store for store in STORES if store.platform is platform)


def view(days: int = 20) -> View:
    """Return the view at midnight after so many days."""
    return View(START, MIDNIGHT + days * DAY)


@dataclass(slots=True)
class Made:
    """Days being made: orders, refunds and ledger lines of one store."""

    store: Store
    rows: dict[int, list[tuple[Table, dict[str, Any]]]] = field(default_factory=dict)

    def sku(self, place: int = 0) -> int:
        """Return one of the SKUs that the store lists."""
        return int(world().shelf.sold_in(self.store.number)[place])

    def order(
        self,
        number: int,
        *,
        lines: Sequence[tuple[int, int, int]],
        created_at: int | None = None,
        off_minor: int = 0,
        bonus_minor: int = 0,
        **columns: int | bool,
    ) -> int:
        """Add an order; a line is SKU, quantity and price in fen, of which `off_minor` and `bonus_minor` go off first.

        An order is paid in time, shipped, received and completed, unless columns say otherwise.
        """
        day = number // 1_000_000
        at = MIDNIGHT + day * DAY + 10 * HOUR if created_at is None else created_at
        listed = sum(quantity * price for _, quantity, price in lines)
        shipping = int(columns.get("shipping_minor", 0))
        plain: dict[str, Any] = dict.fromkeys(ORDERS.columns, 0) | dict.fromkeys(ORDERS.unset, NEVER)
        course = {"paid_at": 65, "promised_ship_at": 2 * DAY, "shipped_at": DAY, "received_at": 4 * DAY}
        plain |= {name: at + after for name, after in course.items()} | {"completed_at": at + 8 * DAY}
        plain |= {"order": number, "store": self.store.number, "created_at": at, "list_minor": listed}
        plain |= {"merchant_discount_minor": off_minor, "platform_discount_minor": bonus_minor}
        plain["due_minor"] = listed - off_minor - bonus_minor + shipping
        self._put(day, ORDERS, {**plain, **columns})
        for place, (sku, quantity, price) in enumerate(lines):
            less, bonus = (off_minor, bonus_minor) if place == 0 else (0, 0)
            line: dict[str, Any] = dict.fromkeys(LINES.columns, 0)
            line |= {"order": number, "line": place, "store": self.store.number, "sku": sku, "quantity": quantity}
            line |= {"list_minor": quantity * price, "merchant_discount_minor": less, "platform_discount_minor": bonus}
            line |= {"due_minor": quantity * price - less - bonus, "is_gift": price == 0}
            self._put(day, LINES, line)
        return number

    def refund(self, order: int, amount_minor: int, *, after: int, nth: int = 0, **columns: int) -> int:
        """Add a refund that is asked for `after` seconds from midnight of the order's day and paid a day later."""
        day = order // 1_000_000
        at = MIDNIGHT + day * DAY + after
        plain: dict[str, Any] = dict.fromkeys(REFUNDS.columns, 0) | dict.fromkeys(REFUNDS.unset, NEVER)
        plain |= {"refund": order * 10 + nth, "order": order, "store": self.store.number, "quantity": 1}
        plain |= {"kind": RefundKind.REFUND_ONLY, "reason": Reason.QUALITY, "applied_at": at}
        plain |= {"agreed_at": at + HOUR, "refunded_at": at + DAY}
        plain |= {"requested_minor": amount_minor, "refunded_minor": amount_minor}
        self._put(day, REFUNDS, {**plain, **columns})
        return order * 10 + nth

    def entry(
        self, entry: int, scene: Scene, amount_minor: int, *, day: int, order: int = NEVER, refund: int = NEVER
    ) -> None:
        """Add a line of the ledger, known on the day of its order and booked at noon of a day."""
        known = order // 1_000_000 if order != NEVER else day
        booked = MIDNIGHT + day * DAY + 12 * HOUR
        columns = {"entry": entry, "store": self.store.number, "order": order, "refund": refund}
        self._put(known, SETTLEMENTS, {**columns, "booked_at": booked, "scene": scene, "amount_minor": amount_minor})

    def days(self, n: int = 20) -> list[DayRecords]:
        """Return the records of the first days."""
        return [self._day(number) for number in range(n)]

    def written(self, writer: Writer, n: int = 20) -> list[WrittenFile]:
        """Let a writer write the first days."""
        for records in self.days(n):
            writer.write(records)
        return list(writer.close())

    def _put(self, day: int, table: Table, row: dict[str, Any]) -> None:
        self.rows.setdefault(day, []).append((table, row))

    def _day(self, number: int) -> DayRecords:
        records = DayRecords(number, MIDNIGHT + number * DAY)
        held = self.rows.get(number, [])
        for table in (ORDERS, LINES, REFUNDS, SETTLEMENTS):
            rows = [row for of, row in held if of is table]
            if rows:
                records.put(Rows(table, **{name: np.array([row[name] for row in rows]) for name in table.columns}))
        return records


def sheet(path: Path) -> list[list[Any]]:
    """Return the cells of a workbook's only sheet."""
    with path.open("rb") as file:
        return python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def fen(text: str) -> int:
    """Return an amount of a report in fen."""
    return round(float(text) * 100)
