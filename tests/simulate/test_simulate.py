"""A simulated shop in a folder: whole or not at all, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest

from zhanggui.simulate import Options, Platform, Trade, simulate_shop
from zhanggui.simulate.simulate import SimulationFolderError

SMALL = Options(days=6, orders_per_day=20, end=date(2026, 11, 12))
_SIMULATE = """
import sys
from datetime import date
from pathlib import Path
from zhanggui.simulate import Options, simulate_shop
simulate_shop(Path(sys.argv[1]), Options(days=6, orders_per_day=20, end=date(2026, 11, 12)))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("world") / "new" / "shop"
    simulate_shop(found, SMALL)
    return found


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): blake2b(path.read_bytes()).hexdigest() for path in files}


def test_the_list_names_every_file_with_its_map(folder: Path) -> None:
    listed = json.loads((folder / "LOADING.json").read_text(encoding="utf-8"))["files"]

    named = {entry["path"] for entry in listed} | {entry["map"] for entry in listed if entry["map"]}
    assert named == set(hashes(folder)) - {"LOADING.json", "truth.json"}
    assert all(entry["rows"] > 0 for entry in listed)
    assert {entry["platform"] for entry in listed} - {""} == {platform.value for platform in Platform}


def test_a_stores_files_stand_together_and_its_orders_come_first(folder: Path) -> None:
    listed = json.loads((folder / "LOADING.json").read_text(encoding="utf-8"))["files"]
    stores = [entry["store"] for entry in listed]

    changes = [store for before, store in zip([None, *stores], stores, strict=False) if before != store]
    assert len(changes) == len(set(changes))
    firsts = [entry for before, entry in zip([None, *stores], listed, strict=False) if before != entry["store"]]
    assert {entry["dataset"] for entry in firsts if entry["store"] and entry["platform"] != "own_site"} == {"orders"}


def test_another_process_time_zone_and_hash_seed_write_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    elsewhere = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/New_York", "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", _SIMULATE, str(tmp_path / "again")], check=True, env=elsewhere)

    assert hashes(tmp_path / "again") == hashes(folder)


def test_another_seed_makes_another_shop_with_the_same_kinds_of_files(folder: Path, tmp_path: Path) -> None:
    simulate_shop(tmp_path / "other", Options(days=6, orders_per_day=20, end=date(2026, 11, 12), seed=8))

    ours, others = hashes(folder), hashes(tmp_path / "other")
    assert {Path(name).parts[0] for name in ours} == {Path(name).parts[0] for name in others}
    assert all(ours[name] != others[name] for name in ours.keys() & others.keys() if "ExportOrderList" in name)


def test_a_shop_of_one_platform_and_trade_has_only_their_files(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    options = Options(days=2, orders_per_day=10, trades=(Trade.FASHION,), platforms=(Platform.TAOBAO,))
    written = simulate_shop(tmp_path / "shop", options, lambda done, total: told.append((done, total)))

    assert {file.platform for file in written.files} == {"taobao", ""}
    assert told == [(1, 2), (2, 2)]
    assert all(any(place.iterdir()) for place in (tmp_path / "shop").iterdir() if place.is_dir())


def test_a_folder_that_holds_something_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(SimulationFolderError, match="not empty"):
        simulate_shop(tmp_path, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_place_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SimulationFolderError, match="cannot be written into") as refused:
        simulate_shop(tmp_path / "file" / "shop", SMALL)
    assert refused.value.exit_code == 2


def test_a_shop_that_is_cut_off_leaves_nothing(tmp_path: Path) -> None:
    def stopped(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate_shop(tmp_path / "new", SMALL, stopped)
    assert list(tmp_path.iterdir()) == []
