"""The own site's events in files: one per library and month or day, one request body per line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.exports.cells import DAY_SECONDS
from zhanggui.simulate.exports.events.batch import Batch, Line, batch_of
from zhanggui.simulate.exports.events.ga4 import Ga4
from zhanggui.simulate.exports.events.packing import PackedFile
from zhanggui.simulate.exports.events.pages import Pages
from zhanggui.simulate.exports.events.segment import Segment
from zhanggui.simulate.exports.events.sensors import Sensors
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.sales import created_on_the_day
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import EVENTS, LINES, Sdk
from zhanggui.simulate.rows import NEVER

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

DATASETS = {Sdk.SEGMENT: "events_segment", Sdk.SENSORS: "events_sensors", Sdk.GA4: "events_ga4"}


class _Library(Protocol):
    def lines(self, batch: Batch) -> Iterator[memoryview]:
        """Return the bodies of a day, one per line."""


class EventsWriter:
    """Writes the events of the own site.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._world = world
        self._view = view
        own = [store for store in world.stores if store.platform is Platform.OWN_SITE]
        self._store = own[0] if own else None
        self._ids = Ids(Platform.OWN_SITE, world.start)
        self._waiting = Diary("order", "sku", "quantity", "list_minor")
        self._libraries: dict[Sdk, _Library] = {}
        if self._store is not None:
            pages = Pages(world, self._store)
            self._libraries = {
                Sdk.SEGMENT: Segment(pages, world.draws),
                Sdk.SENSORS: Sensors(pages, world.draws),
                Sdk.GA4: Ga4(pages),
            }
        self._files: dict[Sdk, PackedFile] = {}
        self._written: list[WrittenFile] = []

    def write(self, records: DayRecords) -> None:
        """Write the events of a day."""
        if self._store is None:
            return
        lines = self._lines(records)
        events = records[EVENTS]
        events = events.where(events["at_ms"] < self._view.as_of * 1000)
        period = f"{self._view.date_of(records.day):{'%Y-%m-%d' if self._view.is_daily else '%Y-%m'}}"
        for sdk, library in self._libraries.items():
            rows = events.where(events["sdk"] == sdk)
            if len(rows):
                named = rows["order"][rows["order"] != NEVER]
                orders = dict(zip(named.tolist(), self._ids.orders(named), strict=True))
                batch = batch_of(rows, self._world.draws, self._world.people, lines, orders)
                file = self._file(sdk, period)
                file.n_events += len(rows)
                for text in library.lines(batch):
                    file.add(text)

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        for sdk in list(self._files):
            self._finish(sdk)
        finished, self._written = self._written, []
        return finished

    def _lines(self, records: DayRecords) -> dict[int, list[Line]]:
        """Return the lines of the orders paid today; those paid later wait."""
        assert self._store is not None
        orders = created_on_the_day(records)
        orders = orders.where((orders["store"] == self._store.number) & (orders["paid_at"] != NEVER))
        orders = orders.where(np.argsort(orders["order"], kind="stable"))
        lines = records[LINES]
        lines = lines.where((lines["store"] == self._store.number) & ~lines["is_gift"])
        lines = lines.where(np.isin(lines["order"], orders["order"]))
        paid_at = orders["paid_at"][np.searchsorted(orders["order"], lines["order"])]
        self._waiting.write(
            records.day + (paid_at - records.midnight) // DAY_SECONDS,
            order=lines["order"],
            sku=lines["sku"],
            quantity=lines["quantity"],
            list_minor=lines["list_minor"],
        )
        due = self._waiting.take(records.day)
        found: dict[int, list[Line]] = {}
        for order, sku, quantity, list_minor in zip(*(column.tolist() for column in due.values()), strict=True):
            found.setdefault(order, []).append(Line(sku, quantity, list_minor // max(quantity, 1)))
        return found

    def _file(self, sdk: Sdk, period: str) -> PackedFile:
        file = self._files.get(sdk)
        if file is None or file.period != period:
            if file is not None:
                self._finish(sdk)
            self._files[sdk] = file = PackedFile(self._folder / f"{sdk.name.lower()}_{period}.jsonl.gz", period)
        return file

    def _finish(self, sdk: Sdk) -> None:
        file = self._files.pop(sdk)
        file.close()
        assert self._store is not None
        store, platform = self._store.name, self._store.platform
        self._written.append(WrittenFile(file.path, store, platform, DATASETS[sdk], file.n_events))
