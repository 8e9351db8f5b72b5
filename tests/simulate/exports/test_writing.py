"""Periods of files, file faults, and rows that wait for their day."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.simulate.exports.made import DAY, MIDNIGHT, view

from zhanggui.simulate.exports.files import TextFile
from zhanggui.simulate.exports.writing import Period, Report, Strays, Waiting, WrittenFile
from zhanggui.simulate.plants.file_faults import FileFault, FileFaultKind
from zhanggui.simulate.rows import NEVER, Rows, Table

PARCELS = Table("parcels", {"parcel": np.int64, "at": np.int64})


def fault(kind: FileFaultKind, first: int, last: int, n_rows: int = 0) -> FileFault:
    return FileFault("FAULT-01", kind, 0, "orders", first, last, n_rows)


def report(folder: Path, days: int, *faults: FileFault) -> list[WrittenFile]:
    def opened(period: Period) -> TextFile:
        return TextFile(folder / f"{period.between('%m%d', '-')}{period.again}.csv", ("day",), encoding="utf-8")

    made = Report(view(), opened, dataset="orders", days=days, faults=faults)
    for day in range(20):
        made.add(day, {"day": [str(day)]})
    return made.close()


def held(files: list[WrittenFile]) -> dict[str, list[int]]:
    return {file.path.name: [int(row) for row in file.path.read_text().split()[1:]] for file in files}


def test_a_report_is_cut_into_periods_and_the_last_ends_with_the_world(tmp_path: Path) -> None:
    assert held(report(tmp_path, 8)) == {
        "0901-0908.csv": list(range(8)),
        "0909-0916 (1).csv": list(range(8, 16)),
        "0917-0920 (2).csv": list(range(16, 20)),
    }


def test_a_missing_day_is_in_no_file(tmp_path: Path) -> None:
    files = held(report(tmp_path, 92, fault(FileFaultKind.MISSING_DAY, 3, 4)))

    assert files == {"0901-0920.csv": [0, 1, 2, *range(5, 20)]}


def test_a_period_exported_twice_is_in_a_further_file(tmp_path: Path) -> None:
    files = held(report(tmp_path, 92, fault(FileFaultKind.DUPLICATE_EXPORT, 3, 5)))

    assert files == {"0901-0920.csv": list(range(20)), "0904-0906 (1).csv": [3, 4, 5]}


def test_rows_come_out_on_their_day_in_order_of_their_moments() -> None:
    waiting = Waiting(PARCELS, "at", view())
    at = [MIDNIGHT + 2 * DAY + 9, MIDNIGHT + 3, MIDNIGHT + 2 * DAY + 1, NEVER, MIDNIGHT + 20 * DAY]
    waiting.put(Rows(PARCELS, parcel=np.arange(5), at=np.array(at)))

    # The fourth never happens and the fifth happens after the export.
    assert [waiting.due(day)["parcel"].tolist() for day in range(4)] == [[1], [], [2, 0], []]


def test_stray_lines_are_spread_over_their_days_and_as_many_as_planned() -> None:
    strays = Strays([fault(FileFaultKind.UNMATCHED_SETTLEMENT, 2, 4, n_rows=5)])
    may_stray = np.array([False, True, True, True])

    found = [int(strays.among(day, may_stray).sum()) for day in range(6)]

    assert found == [0, 0, 2, 2, 1, 0]
    assert not strays.among(2, may_stray)[0]
