"""What planted faults really do, measured against twins in which one of them does not happen."""

from __future__ import annotations

import secrets
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.lengths import IS_LONG
from tests.simulate.exports.test_daily import rows_of
from tests.simulate.plants.twins import Realised, Twins, length_of

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.exports import STORE_WRITERS
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.writing import View, Writer
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.fault_kinds import KINDS
from zhanggui.simulate.plants.faults import LEAST_SIGMA, MOST_SIGMA
from zhanggui.simulate.plants.file_faults import FileFault, FileFaultKind
from zhanggui.simulate.records import ORDERS
from zhanggui.simulate.stores import STORES

pytestmark = pytest.mark.slow

SEEDS = [secrets.randbelow(10**6) for _ in range(4)] if IS_LONG else []
"""Of other worlds, which the long form draws: nothing can be tuned on them."""
DAYS = 140
"""Enough for one fault of each kind."""
SETTLED_DAYS = 45
"""Within so many days nearly all that an order brings is booked."""


@pytest.fixture(scope="module")
def twins(half_year: Twins) -> list[Twins]:
    """Worlds of several months, each with its twins."""
    return [half_year, *(Twins(Options(days=DAYS, seed=seed)) for seed in SEEDS)]


def test_every_kind_of_fault_is_planted_and_moves_its_figure_by_its_size(twins: list[Twins]) -> None:
    realised = [one for each in twins for one in each.realised]

    kinds = {fault.kind for each in twins for fault in each.world.plan.faults}
    assert kinds == {kind.name for kind in KINDS}
    seeds = [each.world.options.seed for each in twins]
    assert [str(one) for one in realised if one.miss > one.band] == [], seeds
    assert [str(one) for one in realised if one.sigma * one.planned <= 0] == [], seeds
    # Luck evens out over all of them: their sizes are right on average.
    assert np.mean([one.sigma / one.planned for one in realised]) == pytest.approx(1.0, abs=0.15), seeds


def test_sizes_lie_between_three_and_ten_sigma(twins: list[Twins]) -> None:
    sizes = [fault.sigma for each in twins for fault in each.world.plan.faults]

    assert min(sizes) >= LEAST_SIGMA
    assert max(sizes) <= MOST_SIGMA
    assert np.mean(sizes) > LEAST_SIGMA * 1.3


def test_faults_of_files_repeat_lose_or_rename_what_they_say(twins: list[Twins], tmp_path: Path) -> None:
    for nth, each in enumerate(twins):
        faults = {fault.id: fault for fault in each.world.plan.faults}
        for in_file in each.world.plan.file_faults:
            moved, there = _moved_in_files(each, in_file, tmp_path / f"{nth}" / in_file.id)
            fault, days = faults[in_file.id], length_of(faults[in_file.id])
            level = 1.0 if there is None else there / days / fault.expected
            one = Realised(fault, moved / days / fault.deviation, days, level)
            assert one.miss <= one.band, (str(one), level, each.world.options.seed)


def _moved_in_files(twins: Twins, fault: FileFault, folder: Path) -> tuple[float, int | None]:
    """How many orders, buyers or lines more or fewer the fault makes the files say, over all its days.

    Of lines to be renamed also how many there are: on some days more or fewer fall due than on others.
    """
    store = STORES[fault.store]
    numbers = _order_numbers(twins, fault.store)
    if fault.kind is FileFaultKind.MISSING_DAY:
        paid = [_paid(twins.days[day], fault.store) for day in range(fault.first_day, fault.last_day + 1)]
        on = {f"{twins.world.start.fromordinal(twins.world.start.toordinal() + day)}" for day in _days(fault)}
        said = {value[:10] for row in _written(twins, fault, folder, "traffic") for value in row}
        assert not said & (on | {date.replace("-", "") for date in on})
        return -float(sum(paid)), None
    rows = _written(twins, fault, folder, fault.dataset)
    if fault.kind is FileFaultKind.DUPLICATE_EXPORT:
        once = _written(twins, fault, folder / "once", fault.dataset, faults=())
        named = {next((cell for cell in row if cell in numbers), "") for row in rows}
        return (len(rows) - len(once)) * len(named) / len(once), None
    plain = _written(twins, fault, folder / "plain", fault.dataset, faults=())
    known = [next((cell for cell in row if cell in numbers), "") for row in plain]
    assert len(rows) == len(plain), store.name
    all_of_them = _written(twins, fault, folder / "all", fault.dataset, faults=(replace(fault, n_rows=10**6),))
    there, lost = (
        sum(cell != "" and not any(part in numbers for part in row) for cell, row in zip(known, written, strict=True))
        for written in (all_of_them, rows)
    )
    return float(lost), there


def _days(fault: FileFault) -> range:
    return range(fault.first_day, fault.last_day + 1)


def _paid(records: DayRecords, store: int) -> int:
    orders = records[ORDERS]
    return int(((orders["store"] == store) & (orders["paid_at"] >= 0)).sum())


def _order_numbers(twins: Twins, store: int) -> set[str]:
    ids = Ids(STORES[store].platform, twins.world.start)
    return {
        number
        for records in twins.days
        for number in ids.orders(records[ORDERS]["order"][records[ORDERS]["store"] == store])
    }


def _written(
    twins: Twins, fault: FileFault, folder: Path, dataset: str, *, faults: tuple[FileFault, ...] | None = None
) -> list[tuple[str, ...]]:
    """The rows of the store's files of a kind about the days of the fault, cells without quotes and tabs."""
    folder.mkdir(parents=True)
    world = copy(twins.world)
    world.plan = copy(world.plan)
    if faults is not None:
        world.plan.file_faults = faults
    view = View(world.start, twins.days[fault.last_day].midnight + 86_400)
    store = STORES[fault.store]
    writers: list[Writer] = [make(folder, world, store, view) for make in STORE_WRITERS[store.platform]]
    first = fault.first_day - (SETTLED_DAYS if dataset == "settlements" else 0)
    for records in twins.days[max(first, 0) : fault.last_day + 1]:
        for writer in writers:
            writer.write(records)
    files = [file for writer in writers for file in writer.close() if _is_about(file.dataset, dataset)]
    return [tuple(cell.strip("'=\"\t") for _, cell in row) for file in files for row in rows_of(file)]


def _is_about(dataset: str, wanted: str) -> bool:
    if wanted == "traffic":
        return dataset.startswith("declared") or dataset == "product_daily"
    return dataset == wanted
