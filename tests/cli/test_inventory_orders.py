"""``zhanggui inventory forecast`` and ``replenish``, and the same answers over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
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

DAYS = 84
FIRST = date(2026, 2, 1)


def on(number: int, hour: int = 10) -> str:
    return f"{FIRST + timedelta(days=number)} {hour:02d}:00:00"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load twelve weeks of one good, two a day at 10.00 that cost 6.00, of which five are left; lead time a week."""
    directory = tmp_path_factory.mktemp("to_order")
    orders = [(f"o{n}", on(n), "20.00", "A1", "2", "20.00") for n in range(DAYS)]
    of_orders = {"order_id": "id", "created_at": "at", "paid_at": "at", "paid_amount": "paid"}
    of_lines = {"order_id": "id", "created_at": "at", "product_id": "sku", "sku_id": "sku", "quantity": "n",
                "line_amount": "amount"}  # fmt: skip
    moves = [("m", on(0, 8), "主仓", "A1", str(2 * DAYS + 5), "purchase")]
    moves += [(f"m{n}", on(n, 12), "主仓", "A1", "-2", "sale") for n in range(DAYS)]
    of_moves = {"movement_id": "id", "occurred_at": "at", "warehouse": "place", "internal_sku": "sku",
                "quantity": "n", "movement_reason": "why"}  # fmt: skip
    bought = [(f"p{n}", "茶厂", "主仓", "A1", "9", "9", on(n), on(n + 7)) for n in range(12)]
    of_bought = {
        "purchase_order_id": "id", "supplier": "who", "warehouse": "place", "internal_sku": "sku",
        "ordered_quantity": "n", "received_quantity": "came", "ordered_at": "at", "received_at": "there",
    }  # fmt: skip
    header = ("id", "at", "paid", "sku", "n", "amount")
    with till_at(directory) as till:
        till.taken("orders.csv", csv(header, *orders), layout=layout("orders", of_orders))
        till.taken("lines.csv", csv(header, *orders), layout=layout("order_lines", of_lines))
        till.taken("moves.csv", csv(tuple(of_moves.values()), *moves), layout=layout("stock_movements", of_moves))
        till.taken("bought.csv", csv(tuple(of_bought.values()), *bought), layout=layout("purchase_orders", of_bought))
        till.taken(
            "costs.csv", csv(("sku", "since", "cost"), ("A1", "2026-01-01", "6.00")),
            layout=layout("sku_costs", {"internal_sku": "sku", "valid_from": "since", "unit_cost": "cost"}),
        )  # fmt: skip
    return directory / "shop"


def test_what_runs_out_is_forecast_ordered_and_exported(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    expected = zhanggui("inventory", "forecast", "--days", "14", "--json", "--shop", shop).json
    file = tmp_path / "orders.xlsx"
    found = zhanggui("inventory", "replenish", "--export", file, "--json", "--shop", shop).json
    [row] = found["rows"]

    assert expected["expected"] == pytest.approx(28, rel=0.1)
    assert (row["sku"], row["supplier"], row["position"], row["lead_days"]) == ("A1", "茶厂", 5, 7)
    # Lead time and review are 14 days at 2 a day: 28 are expected, 5 are there.
    assert row["quantity"] == row["order_up_to"] - 5 >= 28 - 5
    assert found["cash"] == row["quantity"] * 6
    assert openpyxl.load_workbook(file).worksheets[0]["D2"].value == row["quantity"]


def test_both_commands_speak_both_languages_and_http_says_the_same(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {name: zhanggui("inventory", name, "--json", "--shop", shop).json for name in ("forecast", "replenish")}
    for locale, words in (("zh_CN.UTF-8", ("预计", "建议下单")), ("en_US.UTF-8", ("units", "order"))):
        monkeypatch.setenv("LC_ALL", locale)
        for name, word in zip(said, words, strict=True):
            found = zhanggui("inventory", name, "--shop", shop)
            assert found.exit_code == 0, found.err
            assert word in found.out

    opened = Shop.open(shop)
    with open_ledger(opened.dir) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        for name, answer in said.items():
            assert client.get(f"/api/v1/inventory/{name}").json() == answer
        file = client.get("/api/v1/inventory/replenish.xlsx", params={"set": "A1=7", "lang": "en"})
        assert openpyxl.load_workbook(BytesIO(file.content))["Proposal"]["D2"].value == 7
        refused = client.get("/api/v1/inventory/replenish", params={"share": "0"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_filter")
    opened.close()
