"""``zhanggui inventory``, and the same answers over HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.collect.loading.shops import csv, layout, till_at

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow

ASKED = {"balance": "balance", "health": "health", "position": "position", "transfers": "transfers",
         "count": "counts", "markdown": "markdown"}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load thirty days of one good, 2 a day leaving 100, and a count that finds one less."""
    directory = tmp_path_factory.mktemp("inventory")
    moves = [("m0", "2026-04-01 09:00:00", "主仓", "A1", "100", "purchase")]
    moves += [(f"m{n}", f"2026-04-{n:02d} 10:00:00", "主仓", "A1", "-2", "sale") for n in range(1, 31)]
    columns = {"movement_id": "id", "occurred_at": "at", "warehouse": "place", "internal_sku": "sku", "quantity": "n",
               "movement_reason": "why"}  # fmt: skip
    counts = [("PD1", "主仓", "A1", "2026-04-30 21:00:00", "40", "39")]
    of_counts = {"count_id": "id", "warehouse": "place", "internal_sku": "sku", "counted_at": "at",
                 "book_quantity": "books", "counted_quantity": "found"}  # fmt: skip
    with till_at(directory) as till:
        till.taken("moves.csv", csv(tuple(columns.values()), *moves), layout=layout("stock_movements", columns))
        till.taken("counts.csv", csv(tuple(of_counts.values()), *counts), layout=layout("stock_counts", of_counts))
        till.taken(
            "costs.csv", csv(("sku", "since", "cost"), ("A1", "2026-01-01", "8.00")),
            layout=layout("sku_costs", {"internal_sku": "sku", "valid_from": "since", "unit_cost": "cost"}),
        )  # fmt: skip
    return directory / "shop"


def test_health_counts_what_lies_there_and_how_long_it_lasts(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("inventory", "health", "--window-days", "30", "--json", "--shop", shop).json

    # 98, 96, … 40: mean 69; 2 a day.
    assert (found["stock_value"], found["mean_stock_value"], found["cost_of_goods"]) == (320.0, 552.0, 480.0)
    assert found["days_of_stock"] == 34.5
    assert found["turns"] == round(365 / 34.5, 4)
    assert found["stock_out_rate"] == 0


def test_every_command_prints_in_both_languages_and_over_http_the_same(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {what: zhanggui("inventory", name, "--json", "--shop", shop).json for name, what in ASKED.items()}
    for place, name in enumerate(ASKED):
        monkeypatch.setenv("LC_ALL", ("zh_CN.UTF-8", "en_US.UTF-8")[place % 2])
        found = zhanggui("inventory", name, "--shop", shop)
        assert found.exit_code == 0, found.err
        assert "2026-04-30" in found.out

    opened = Shop.open(shop)
    with open_ledger(opened.dir, statements=opened.statements) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        for what, answer in said.items():
            assert client.get(f"/api/v1/inventory/{what}").json() == answer
        assert client.get("/api/v1/inventory/adjustments.csv", params={"count": "PD1"}).status_code >= 400
        assert client.get("/api/v1/inventory/count-sheet.xlsx").content.startswith(b"PK")
    opened.close()


def test_a_counted_difference_becomes_a_movement_once_it_is_approved(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    shop = Path(shutil.copytree(shop, tmp_path / "shop"))
    sheet, moves = tmp_path / "sheet.xlsx", tmp_path / "moves.csv"
    assert zhanggui("inventory", "count", "--sheet", sheet, "--shop", shop).exit_code == 0
    refused = zhanggui("inventory", "count", "--count", "PD1", "--adjust", moves, "--shop", shop)
    zhanggui("inventory", "count", "--count", "PD1", "--approve", "--by", "主管", "--adjust", moves, "--shop", shop)

    assert openpyxl.load_workbook(sheet).worksheets[0].max_row == 2
    assert (refused.exit_code, "not approved" in refused.err) == (2, True)
    for _ in range(2):
        assert zhanggui("load", moves, "--shop", shop).exit_code == 0
    found = zhanggui("inventory", "balance", "--json", "--shop", shop).json["warehouses"][0]
    assert found["closing"] == 39
    assert zhanggui("inventory", "count", "--json", "--shop", shop).json["counts"][0]["adjusted"] == 1


def test_money_is_printed_to_the_fen(zhanggui: Run, shop: Path) -> None:
    counts = zhanggui("inventory", "count", "--shop", shop).out
    [row] = zhanggui("inventory", "count", "--json", "--shop", shop).json["rows"]

    assert counts.splitlines()[-1].split()[-1] == f"{row['money']:,.2f}"


def test_a_shop_without_stock_is_told_so_and_what_would_help(zhanggui: Run, shop_dir: Path) -> None:
    found = zhanggui("inventory", "health", "--json", "--shop", shop_dir)

    assert (found.exit_code, found.out) == (2, "")
    assert "neither stock movements nor stock on hand" in found.err
