"""``zhanggui simulate`` and ``zhanggui score``: a world written, loaded and held against its truth."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from zhanggui.cli.commands.simulate import PLATFORMS, TRADES
from zhanggui.simulate import Platform, Trade

STORE = "禾穗女装"


def test_the_choices_of_the_command_are_those_of_the_world() -> None:
    assert (tuple(Trade), tuple(Platform)) == (TRADES, PLATFORMS)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--days", "-1"),
        ("--days", "0"),
        ("--orders-per-day", "0"),
        ("--seed", "-3"),
        ("--trade", "tea"),
        ("--platform", "amazon"),
        ("--end", "2026-02-30"),
    ],
)
def test_a_world_that_cannot_be_is_refused(zhanggui: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    found = zhanggui("simulate", tmp_path / "world", *wrong)

    assert (found.exit_code, found.out) == (2, "")
    assert wrong[0] in found.err
    assert not (tmp_path / "world").exists()


def test_a_folder_that_holds_something_is_left_alone(zhanggui: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")

    assert zhanggui("simulate", tmp_path, "--days", "3").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.slow
def test_every_total_that_is_reported_of_a_loaded_world_is_true(zhanggui: Run, tmp_path: Path) -> None:
    world, shop = tmp_path / "world", tmp_path / "shop"
    small = ("--days", "10", "--orders-per-day", "60", "--platform", "taobao")
    assert zhanggui("simulate", world, *small).exit_code == 0
    assert zhanggui("init", shop).exit_code == 0
    reports = sorted((world / STORE).glob("Export*.csv")) + sorted((world / STORE).glob("退款*.xlsx"))
    assert zhanggui("load", *reports, "--store", STORE, "--shop", shop).exit_code == 0

    found = zhanggui("score", world, "--shop", shop, "--json")

    marks = found.json["marks"]
    answered = [mark for mark in marks if mark["reported"] is not None]
    assert {mark["what"] for mark in answered} == {
        "gmv_created", "gmv_paid", "refund_amount", "orders_created", "orders_paid",
    }  # fmt: skip
    assert [mark for mark in answered if mark["status"] != "exact"] == []
    assert {mark["status"] for mark in marks} <= {"exact", "not built yet", "not planted"}
    assert found.exit_code == 0


def test_a_folder_that_is_no_world_is_said(zhanggui: Run, tmp_path: Path) -> None:
    found = zhanggui("score", tmp_path, "--shop", tmp_path)

    assert found.exit_code == 2
    assert "truth.json" in found.err
