"""``zhanggui inventory forecast`` and ``replenish``, and the same answers over HTTP."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.sample_shop.to_order import write_shop

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shop of `write_shop`."""
    return write_shop(tmp_path_factory.mktemp("to_order"))


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
    with open_ledger(opened.dir, statements=opened.statements) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        for name, answer in said.items():
            assert client.get(f"/api/v1/inventory/{name}").json() == answer
        file = client.get("/api/v1/inventory/replenish.xlsx", params={"set": "A1=7", "lang": "en"})
        assert openpyxl.load_workbook(BytesIO(file.content))["Proposal"]["D2"].value == 7
        refused = client.get("/api/v1/inventory/replenish", params={"share": "0"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_filter")
    opened.close()


def test_names_that_stand_nowhere_are_said_and_change_nothing(zhanggui: Run, shop: Path) -> None:
    known = zhanggui("inventory", "forecast", "--json", "--shop", shop).json
    found = zhanggui("inventory", "forecast", "--category", "火星", "--json", "--shop", shop).json
    ordered = zhanggui("inventory", "replenish", "--shelf-life", "火星=30", "--json", "--shop", shop).json

    assert (found["rows"], found["expected"]) == ([], known["expected"])
    assert "火星" in found["warnings"][0]["zh"]
    assert known["rows"][0]["category"] in found["warnings"][0]["zh"]
    assert "火星" in ordered["warnings"][0]["en"]
    assert "火星" in zhanggui("inventory", "forecast", "--category", "火星", "--shop", shop).err
