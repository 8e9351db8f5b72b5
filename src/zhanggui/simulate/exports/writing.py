"""What all export writers share: the moment of the export, periods of files, rows that wait for their day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import DAY_SECONDS
from zhanggui.simulate.exports.files import MOST_SHEET_ROWS, Cells, SheetFile, TableFile, n_rows_of
from zhanggui.simulate.plants.file_faults import FileFault, FileFaultKind
from zhanggui.simulate.rows import NEVER, Column, Rows, Table
from zhanggui.simulate.stores import Store

ORDER_FILE_DAYS = 92
"""Back offices export orders for at most three months at a time."""
REPORT_FILE_DAYS = 184
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of a simulated shop.

    Attributes
    ----------
    path : Path
        Where it is.
    store : str
        Name of the store it was exported from; empty for what the whole company has.
    platform : str
        Where the store sells; empty for what the whole company has.
    dataset : str
        What it holds, such as ``"orders"``.
    n_rows : int
        How many rows.
    map : Path or None
        The column map that explains it, for files of the seller's own.
    """

    path: Path
    store: str
    platform: str
    dataset: str
    n_rows: int
    map: Path | None = None


class Writer(Protocol):
    """Writes reports while the world is stepped.

    A writer of one store is made of ``(folder, world, store, view)``, one of the whole company of ``(folder, world,
    view)``; `exports.exports` lists them all. The folder is there already.
    """

    def write(self, records: DayRecords) -> None:
        """Take what a day brought; where days are exported by themselves, with what it changed of earlier days."""

    def close(self) -> Iterable[WrittenFile]:
        """Finish all files and return those finished since the last time; a further day begins new ones."""


@dataclass(slots=True)
class View:
    """The moment of the export, and the days that the world has.

    Attributes
    ----------
    start : date
        First day of the world.
    as_of : int
        Moment from which nothing is known yet; it goes on from day to day where every day is exported by itself.
    is_daily : bool
        Whether every day is exported by itself, so that no file holds two.
    """

    start: date
    as_of: int
    is_daily: bool = False

    def seen(self, at: Column) -> Column:
        """Return whether each moment comes, and has come."""
        found: Column = (at != NEVER) & (at < self.as_of)
        return found

    def day_of(self, at: Column) -> Column:
        """Return the day of the world on which each moment lies."""
        found: Column = at // DAY_SECONDS - (self.start - EPOCH).days
        return found

    def date_of(self, day: int) -> date:
        """Return the date of a day of the world."""
        return self.start + timedelta(days=day)

    @property
    def last_day(self) -> int:
        """The last day of the world that is known in full or in part."""
        return int((self.as_of - 1) // DAY_SECONDS) - (self.start - EPOCH).days

    def exported_at(self, minutes: int = 0) -> datetime:
        """Return the wall clock of an export: nine in the morning after the last day, and some minutes."""
        return datetime.fromtimestamp(self.as_of, UTC) + timedelta(hours=9, minutes=minutes)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a file covers."""

    number: int
    first: date
    last: date

    def between(self, pattern: str = "%Y-%m-%d", joint: str = "_") -> str:
        """Return both days as text."""
        return f"{self.first:{pattern}}{joint}{self.last:{pattern}}"

    @property
    def again(self) -> str:
        """What a browser adds to the name of a further file of one kind."""
        return f" ({self.number})" if self.number else ""


class Report:
    """A report in as many files as its periods need; days have to come in order.

    Parameters
    ----------
    view : View
        The moment of the export.
    open_file : callable
        Opens the file of a period; each has to get a name of its own.
    dataset : str
        What the files hold, for the list of what was written.
    store : Store or None
        Whose they are; None for what the whole company has.
    days : int
        Days that a file covers at most, unless every day is exported by itself.
    map_file : Path, optional
        The column map that explains the files.
    faults : sequence of FileFault
        Those of this report: days that are missing, periods that were exported twice.
    """

    def __init__(
        self,
        view: View,
        open_file: Callable[[Period], TableFile],
        *,
        dataset: str,
        store: Store | None = None,
        days: int = REPORT_FILE_DAYS,
        map_file: Path | None = None,
        faults: Sequence[FileFault] = (),
    ) -> None:
        self._view = view
        self._open_file = open_file
        self._labels = (store.name, store.platform, dataset) if store else ("", "", dataset)
        self._days = 1 if view.is_daily else days
        self._map_file = map_file
        self._left_out = [fault for fault in faults if fault.kind is FileFaultKind.MISSING_DAY]
        self._doubled = [fault for fault in faults if fault.kind is FileFaultKind.DUPLICATE_EXPORT]
        self._file: TableFile | None = None
        self._part = NEVER
        self._copies: dict[str, TableFile] = {}
        self._n_files = 0
        self._written: list[WrittenFile] = []

    def add(self, day: int, columns: Mapping[str, Cells]) -> None:
        """Add the rows of a day of the world."""
        n_rows = n_rows_of(columns)
        if not n_rows or any(fault.first_day <= day <= fault.last_day for fault in self._left_out):
            return
        self._file_of(day, n_rows).add(columns)
        for fault in self._doubled:
            if fault.first_day <= day <= fault.last_day:
                if fault.id not in self._copies:
                    first, last = (day, day) if self._view.is_daily else (fault.first_day, fault.last_day)
                    self._copies[fault.id] = self._opened(first, last)
                self._copies[fault.id].add(columns)

    def close(self) -> list[WrittenFile]:
        """Finish the files and return those finished since the last time; a further day begins new ones."""
        for file in (self._file, *self._copies.values()):
            self._finish(file)
        finished, self._written = self._written, []
        self._file, self._copies, self._n_files = None, {}, 0
        return finished

    def _file_of(self, day: int, n_rows: int) -> TableFile:
        part = day // self._days
        is_full = isinstance(self._file, SheetFile) and self._file.n_rows + n_rows > MOST_SHEET_ROWS
        if self._file is None or part != self._part or is_full:
            self._finish(self._file)
            self._file = self._opened(day if is_full else part * self._days, (part + 1) * self._days - 1)
            self._part = part
        return self._file

    def _opened(self, first_day: int, last_day: int) -> TableFile:
        view = self._view
        period = Period(self._n_files, view.date_of(first_day), view.date_of(min(last_day, view.last_day)))
        self._n_files += 1
        return self._open_file(period)

    def _finish(self, file: TableFile | None) -> None:
        if file is not None:
            file.close()
            self._written.append(WrittenFile(file.path, *self._labels, file.n_rows, self._map_file))


@dataclass(slots=True)
class Waiting:
    """Rows that wait for the day on which they happen.

    Parameters
    ----------
    table : Table
        What the rows are.
    column : str
        The moment at which a row happens; those of `NEVER` are dropped.
    view : View
        The moment of the export; later rows are dropped.
    """

    table: Table
    column: str
    view: View
    _held: dict[int, list[Rows]] = field(default_factory=dict)

    def put(self, rows: Rows) -> None:
        """Hold rows until their day."""
        rows = rows.where(self.view.seen(rows[self.column]))
        if not len(rows):
            return
        days = self.view.day_of(rows[self.column])
        order = np.argsort(days, kind="stable")
        distinct, firsts = np.unique(days[order], return_index=True)
        for day, places in zip(distinct.tolist(), np.split(order, firsts[1:]), strict=True):
            self._held.setdefault(day, []).append(rows.where(places).held())

    def due(self, day: int) -> Rows:
        """Return the rows of a day and of earlier ones not yet asked for, in order of their moments."""
        parts: list[Rows] = []
        for past in sorted(held for held in self._held if held <= day):
            parts += self._held.pop(past)
        rows = Rows.together(self.table, parts)
        return rows.where(np.argsort(rows[self.column], kind="stable"))


def faults_of(faults: Iterable[FileFault], store: int, dataset: str) -> tuple[FileFault, ...]:
    """Return the file faults of one report of one store."""
    return tuple(fault for fault in faults if fault.store == store and fault.dataset == dataset)


class Strays:
    """Chooses the lines of a ledger that name an order which no order file has.

    Parameters
    ----------
    faults : sequence of FileFault
        Those of the ledger.
    """

    def __init__(self, faults: Sequence[FileFault]) -> None:
        self._left = {fault: fault.n_rows for fault in faults if fault.kind is FileFaultKind.UNMATCHED_SETTLEMENT}

    def among(self, day: int, may_stray: Column) -> Column:
        """Return which lines of a day stray, of those that may."""
        strays = np.zeros(may_stray.size, np.bool_)
        for fault, left in self._left.items():
            if left and fault.first_day <= day <= fault.last_day:
                days_left = fault.last_day - day + 1
                places = np.flatnonzero(may_stray & ~strays)[: -(-left // days_left)]
                strays[places] = True
                self._left[fault] = left - places.size
        return strays


def midnight_after(day: date) -> int:
    """Return the moment at which a day ends."""
    return ((day - EPOCH).days + 1) * DAY_SECONDS


def closed(reports: Sequence[Report]) -> list[WrittenFile]:
    """Finish reports and return all their files."""
    return [file for report in reports for file in report.close()]
