"""What the writers of three platforms and of the company's own systems wrote about a world, read as anybody would."""

from __future__ import annotations

import csv
from collections import Counter
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.simulate.conftest import Lived
from tests.simulate.exports.made import sheet

from zhanggui.simulate.books import Basis, Item
from zhanggui.simulate.exports.exports import COMPANY_WRITERS, STORE_WRITERS
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.stores import Store
from zhanggui.simulate.world import World

OURS = (Platform.JD, Platform.PINDUODUO, Platform.DOUYIN)
Row = dict[str, Any]


@dataclass(frozen=True)
class Reports:
    """What was written, and how to read it."""

    world: World
    files: tuple[WrittenFile, ...]

    def store(self, platform: Platform) -> Store:
        return next(store for store in self.world.stores if store.platform is platform)

    def rows(self, dataset: str, store: Store | None = None) -> list[Row]:
        """Return the rows of all files of a kind, without what stands above and below them."""
        name = "" if store is None else store.name
        return [row for file in self.files if (file.dataset, file.store) == (dataset, name) for row in table(file)]


def table(file: WrittenFile) -> list[Row]:
    if file.path.suffix == ".csv":
        encoding = "gb18030" if (file.platform, file.dataset) == ("jd", "orders") else "utf-8-sig"
        with file.path.open(encoding=encoding, newline="") as lines:
            cells: list[list[Any]] = list(csv.reader(lines))
    else:
        cells = sheet(file.path)
    # Of the first rows the header is the one without a blank.
    first = max(range(min(len(cells), 6)), key=lambda place: (sum(cell != "" for cell in cells[place]), -place))
    return [dict(zip(cells[first], row, strict=True)) for row in cells[first + 1 : first + 1 + file.n_rows]]


def written(lived: Lived, folder: Path, as_of: int) -> tuple[WrittenFile, ...]:
    """Let the writers of the three platforms and of the company write; no file is spoilt on purpose."""
    world = copy(lived.world)
    world.plan = copy(world.plan)
    world.plan.file_faults = ()
    view = View(world.start, as_of)
    writers = []
    for store in (store for store in world.stores if store.platform in OURS):
        (folder / store.name).mkdir(parents=True)
        writers += [make(folder / store.name, world, store, view) for make in STORE_WRITERS[store.platform]]
    for name in ("erp", "crm", "service", "marketing"):
        (folder / name).mkdir(parents=True)
        writers += [make(folder / name, world, view) for make in COMPANY_WRITERS[name]]
    for records in lived.days:
        if records.midnight < as_of:
            for writer in writers:
                writer.write(records)
    return tuple(file for writer in writers for file in writer.close())


def month_of(day: int) -> int:
    """The first day of the month of a day, both as days since 1970."""
    on = date.fromordinal(day + date(1970, 1, 1).toordinal())
    return (on.replace(day=1) - date(1970, 1, 1)).days


def month(text: str) -> int:
    return month_of((date.fromisoformat(text.strip()[:10]) - date(1970, 1, 1)).days)


def truth(lived: Lived, store: Store, item: Item, basis: Basis = Basis.PAYMENT) -> dict[int, int]:
    """What the books say by month, brushing and tests included: a report cannot tell them."""
    found: Counter[int] = Counter()
    for account in lived.world.books.totals(lived.as_of, basis=basis, first_day_of=month_of):
        if account.store == store.number:
            found[account.first_day] += account.amounts.get(item, 0)
    return {first: amount for first, amount in found.items() if amount}
