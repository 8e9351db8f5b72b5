"""``zhanggui customers trials``: from files to groups, as a table and as one JSON value, here and from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.collect.loading.shops import csv, layout, till_at

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow

ORDERS = {
    "order_id": "order",
    "created_at": "paid",
    "paid_at": "paid",
    "order_amount": "amount",
    "paid_amount": "amount",
}
ENTRIES = {"trial_id": "trial", "trial_name": "name", "arm": "group", "subject_id": "who", "entered_at": "at"}
LISTED = {"trial_id": "trial", "subject_id": "who", "order_id": "order", "paid_at": "paid"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a trial of 40 people each: 4 of the control paid 50.00, 10 of the others 90.00."""
    directory = tmp_path_factory.mktemp("trials")
    people = [(f"{group}{n}", group) for group in ("不发券", "coupon") for n in range(40)]
    buyers = [("不发券", n, "50.00") for n in range(4)] + [("coupon", n, "90.00") for n in range(10)]
    day = "2026-05-10 10:00:00"
    entries = [("EX1", "second piece", group, who, "2026-05-01 10:00:00") for who, group in people]
    orders = [(f"o-{group}{n}", day, amount) for group, n, amount in buyers]
    orders.append(("later", "2026-06-20 10:00:00", "1.00"))
    listed = [("EX1", f"{group}{n}", f"o-{group}{n}", day) for group, n, _ in buyers]
    with till_at(directory) as till:
        for name, header, rows, table, columns in (
            ("orders.csv", ("order", "paid", "amount"), orders, "orders", ORDERS),
            ("groups.csv", ("trial", "name", "group", "who", "at"), entries, "trial_entries", ENTRIES),
            ("listed.csv", ("trial", "who", "order", "paid"), listed, "trial_orders", LISTED),
        ):
            till.taken(name, csv(header, *rows), layout=layout(table, columns))
    return directory / "shop"


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
    with open_ledger(opened.dir) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        assert client.get("/api/v1/customers/trials/EX1?days=20").json() == by_terminal
        assert client.get("/api/v1/customers/trials").json()["trials"][0]["id"] == "EX1"
        assert client.get("/api/v1/customers/trials/EX1?days=none").status_code == 400
    opened.close()
