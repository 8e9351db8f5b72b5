"""``zhanggui customers trials``: from files to groups, as a table and as one JSON value, here and from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.understand.customers.trials.trial_shop import write_trial_shop

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shop of :func:`write_trial_shop`."""
    return write_trial_shop(tmp_path_factory.mktemp("trials"))


def test_the_list_of_trials_says_who_is_in_them(zhanggui: Run, shop: Path) -> None:
    [row] = zhanggui("customers", "trials", "--json", "--shop", shop).json["trials"]

    assert (row["id"], row["name"], row["people"], row["has_orders"]) == ("EX1", "second piece", 80, True)
    assert "EX1" in zhanggui("customers", "trials", "--shop", shop).out


def test_one_trial_is_told_by_its_name_with_intervals(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    found = zhanggui("customers", "trials", "second piece", "--json", "--shop", shop).json
    said = zhanggui("customers", "trials", "EX1", "--planned", "不发券=1", "--planned", "coupon=1", "--shop", shop)

    assert (found["control"], found["evidence"]) == ("不发券", "measured")
    [effect] = found["effects"]
    # 10 ÷ 40 less 4 ÷ 40; (10 × 90.00 − 4 × 50.00) ÷ 40.
    assert effect["share"]["value"] == pytest.approx(0.15)
    assert effect["net_per_person"]["value"] == 17.5
    assert said.exit_code == 0, said.err
    assert "coupon − 不发券" in said.out
    assert "measured by a control" in said.out
    assert "p = 1.000" in said.out


def test_an_unknown_trial_names_those_that_there_are(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("customers", "trials", "EX9", "--shop", shop)

    assert found.exit_code == 2
    assert "EX1" in found.err


def test_the_server_says_what_the_terminal_says(zhanggui: Run, shop: Path) -> None:
    by_terminal = zhanggui("customers", "trials", "EX1", "--days", "20", "--json", "--shop", shop).json
    opened = Shop.open(shop)
    with open_ledger(opened.dir, statements=opened.statements) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        assert client.get("/api/v1/customers/trials/EX1?days=20").json() == by_terminal
        assert client.get("/api/v1/customers/trials").json()["trials"][0]["id"] == "EX1"
        assert client.get("/api/v1/customers/trials/EX1?days=none").status_code == 400
    opened.close()
