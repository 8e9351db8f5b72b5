"""Reports day by day: what a morning's folder holds, and that all mornings together say what one export says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import Till, till_at
from tests.simulate.exports.made import sheet

from zhanggui.metrics import Question, answer
from zhanggui.simulate import Actions, DailyExports, Options, Platform, World, simulate_shop
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.exports import Exports
from zhanggui.simulate.exports.writing import WrittenFile
from zhanggui.simulate.records import AD_ROWS

OPTIONS = Options(days=12, orders_per_day=40, seed=5)
RESTATED = {"orders", "items", "refunds", "shipments", "purchases", "tickets", "messages", "coupons", "members"}
"""What stands again in the files of every day on which something happens to it."""
MORE_OFTEN = {"stock_levels", "wecom_customers", "sku_costs", "sku_map", "products"}
"""Standings of every evening, and lists that are written again when they differ."""
LATER_KNOWN = {
    ("live_sessions", "成交"),
    ("ads_live", "整体"),
    ("ads_live", "净成交"),
    ("settlements", "完成时间"),
    ("settlements", "订单状态"),
}
"""Columns of reports by day that say how things stand at the moment of the export, and are not written again."""
FIGURES = Question(
    ("gmv_created", "orders_created", "gmv_paid", "orders_paid", "refund_amount", "units_sold"), grain="day"
)
STORE = "禾穗女装"
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Both:
    """One world written twice: as a whole, and day by day."""

    whole: tuple[WrittenFile, ...]
    mornings: tuple[tuple[WrittenFile, ...], ...]
    folder: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    world = World(OPTIONS)
    exports = Exports(made(folder / "whole"), world)
    daily = DailyExports(made(folder / "daily"), world)
    mornings = []
    for _ in range(OPTIONS.days):
        records = world.step()
        exports.write(records)
        mornings.append(daily.write(records).files)
    daily.close()
    return Both(exports.close().files, tuple(mornings), folder)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def cells_of(path: Path) -> list[list[Any]]:
    data = path.read_bytes()
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(path)
        data = archive.read(archive.namelist()[0])
    elif path.suffix != ".csv":
        return sheet(path)
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def rows_of(file: WrittenFile) -> Iterator[Row]:
    """The rows of a file without what stands above and below them and without what is only known later."""
    cells = cells_of(file.path)
    # Of the first rows the header is the one without a blank.
    first = max(range(min(len(cells), 6)), key=lambda place: (sum(cell != "" for cell in cells[place]), -place))
    later = [part for dataset, part in LATER_KNOWN if dataset == file.dataset]
    for row in cells[first + 1 : first + 1 + file.n_rows]:
        named = zip(cells[first], row, strict=True)
        yield tuple((name, str(cell)) for name, cell in named if not any(part in name for part in later))


def by_report(files: Sequence[WrittenFile]) -> dict[tuple[str, str], Counter[Row]]:
    found: dict[tuple[str, str], Counter[Row]] = {}
    for file in files:
        if not file.dataset.startswith("events"):
            found.setdefault((file.store, file.dataset), Counter()).update(rows_of(file))
    return found


@pytest.mark.slow
def test_every_row_of_one_export_stands_in_the_files_of_some_morning(both: Both) -> None:
    whole = by_report(both.whole)
    daily = by_report([file for morning in both.mornings for file in morning])

    assert whole.keys() == daily.keys()
    missing = {report: sum((rows - daily[report]).values()) for report, rows in whole.items()}
    assert {report: n for report, n in missing.items() if n} == {}
    more = {report[1] for report, rows in whole.items() if daily[report].total() > rows.total()}
    assert more <= RESTATED | MORE_OFTEN
    assert {"orders", "items", "refunds", "shipments"} <= more


@pytest.mark.slow
def test_events_of_the_mornings_are_those_of_the_months(both: Both) -> None:
    def bodies(files: Sequence[WrittenFile]) -> Counter[bytes]:
        chosen = [file.path for file in files if file.dataset.startswith("events")]
        return Counter(line for path in chosen for line in gzip.decompress(path.read_bytes()).splitlines())

    assert bodies(both.whole) == bodies([file for morning in both.mornings for file in morning])


@pytest.mark.slow
def test_a_morning_holds_all_that_it_needs_and_nothing_of_the_day_to_come(both: Both) -> None:
    oldest: list[str] = []
    for day, files in enumerate(both.mornings):
        on = f"2026-11-{4 + day:02d}"
        assert {file.path.relative_to(both.folder / "daily").parts[0] for file in files} == {on}
        assert all(file.map is None or file.map.parent == file.path.parent for file in files)
        listed = json.loads((both.folder / "daily" / on / "LOADING.json").read_text(encoding="utf-8"))["files"]
        assert len(listed) == len(files)
        orders = [file for file in files if (file.store, file.dataset) == (STORE, "orders")]
        created = [dict(row)["订单创建时间"][:10] for file in orders for row in rows_of(file)]
        assert max(created) == on
        oldest.append(min(created))
    assert oldest[0] == "2026-11-04"
    assert oldest[-1] < "2026-11-15"
    assert not list((both.folder / "daily").glob(".*"))


def test_a_world_written_day_by_day_has_the_same_truth(tmp_path: Path) -> None:
    options = Options(days=3, orders_per_day=10, platforms=(Platform.TAOBAO,))

    whole = simulate_shop(tmp_path / "whole", options)
    daily = simulate_shop(tmp_path / "daily", options, is_daily=True)

    truths = [(tmp_path / name / "truth.json").read_bytes() for name in ("whole", "daily")]
    assert truths[0] == truths[1]
    listed = json.loads((tmp_path / "daily" / "LOADING.json").read_text(encoding="utf-8"))["files"]
    assert [entry["path"][:10] for entry in listed] == sorted(entry["path"][:10] for entry in listed)
    assert len(daily.files) > len(whole.files)


def load(till: Till, files: Sequence[WrittenFile]) -> None:
    paths = [file.path for file in files if file.dataset in {"orders", "items", "refunds", "settlements"}]
    assert till.load_all(paths, store=STORE).exit_code == 0


@pytest.mark.slow
def test_a_shop_can_be_run_from_its_mornings_and_ends_with_the_totals_of_one_export(tmp_path: Path) -> None:
    options = Options(days=3, orders_per_day=60, seed=5, platforms=(Platform.TAOBAO,))
    world = World(options)
    exports = Exports(made(tmp_path / "whole"), world)
    daily = DailyExports(made(tmp_path / "daily"), world)
    actions, lived = Actions(), list[DayRecords]()
    with till_at(tmp_path / "by_day") as by_day:
        for _ in range(options.days):
            lived.append(world.step(actions))
            exports.write(lived[-1])
            load(by_day, daily.write(lived[-1]).files)
            actions = decided(world, answer(by_day.ledger, Question(("gmv_paid",), grain="day")).rows)
        daily.close()
        day_by_day = answer(by_day.ledger, FIGURES).rows
    with till_at(tmp_path / "as_one") as as_one:
        load(as_one, exports.close().files)
        totals = answer(as_one.ledger, FIGURES).rows

    assert day_by_day == totals
    assert len(totals) >= options.days
    spent = [int(records[AD_ROWS]["spend_minor"].sum()) for records in lived]
    assert spent[0] > 0
    assert spent[1:] == [0] * (options.days - 1)


def decided(world: World, sales: list[dict[str, Any]]) -> Actions:
    """Stop all ads once anything was sold: a decision that can only be made from what was loaded."""
    has_sold = any(row["gmv_paid"] for row in sales)
    return Actions(paused={group.number: has_sold for group in world.scene.ad_groups})
