"""``zhanggui simulate`` and ``zhanggui score``: a world written, loaded and held against its truth."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from tests.cli.conftest import JsonValue, Run
from tests.metrics.test_identities import exact, right_side

from zhanggui.calendar import Period
from zhanggui.cli.commands.simulate import PLATFORMS, TRADES
from zhanggui.cli.entry import run
from zhanggui.cli.opened import owned_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked, explain
from zhanggui.metrics.explaining.drivers import inputs_of
from zhanggui.metrics.explaining.figures import side_of
from zhanggui.metrics.freshness import period_of
from zhanggui.metrics.identities import identities_of
from zhanggui.simulate import Platform, Trade

STORE = "禾穗女装"
OF_EVERY_KIND = ("gmv_paid", "average_order_value", "contribution_profit", "refund_rate", "visitors", "visits")
"""A sum, two ratios, a total, a count of people, a count of rows."""


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
def test_order_files_alone_give_every_total_of_orders_and_no_profit_for_granted(zhanggui: Run, tmp_path: Path) -> None:
    world, shop = tmp_path / "world", tmp_path / "shop"
    small = ("--days", "5", "--orders-per-day", "30", "--platform", "taobao")
    assert zhanggui("simulate", world, *small).exit_code == 0
    assert zhanggui("init", shop).exit_code == 0
    reports = sorted((world / STORE).glob("Export*.csv")) + sorted((world / STORE).glob("退款*.xlsx"))
    assert zhanggui("load", *reports, "--store", STORE, "--shop", shop).exit_code == 0

    found = zhanggui("score", world, "--shop", shop, "--json")

    of_orders = [mark for mark in found.json["marks"] if mark["id"] in ("M-FIN-01", "M-OPS-05")]
    assert {mark["what"] for mark in of_orders} == {
        "gmv_created", "gmv_paid", "refund_amount", "orders_created", "orders_paid",
    }  # fmt: skip
    assert [mark for mark in of_orders if mark["status"] != "exact"] == []
    assert all(mark["reported"] is not None for mark in of_orders)
    # Costs, fees and advertising are in files that were not loaded: the profit is another, and said to be.
    assert {mark["status"] for mark in found.json["marks"] if mark["what"] == "contribution_profit"} == {"off"}
    assert found.exit_code == 1


@dataclass(frozen=True)
class Demo:
    """A shop with its world inside, every file of it loaded, and what the command said."""

    shop: Path
    said: JsonValue


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Make a small demo."""
    shop = tmp_path_factory.mktemp("company") / "demo"
    with redirect_stdout(StringIO()) as printed:
        assert run(["demo", "--days", "8", "--orders-per-day", "30", "--no-serve", "--dir", str(shop), "--json"]) == 0
    return Demo(shop, json.loads(printed.getvalue()))


@pytest.fixture(scope="module")
def wholly_loaded(demo: Demo) -> Path:
    """Return the demo's shop."""
    return demo.shop


@pytest.mark.slow
def test_demo_loads_the_ordinary_way_and_is_marked(zhanggui: Run, demo: Demo) -> None:
    files = demo.said["load"]["files"]
    classes = ("accepted", "duplicate", "superseded", "quarantined", "rejected")
    assert all(entry["received"] == sum(entry[name] for name in classes) for entry in files)
    assert sum(entry["quarantined"] for entry in files) == 0
    assert sum(entry["accepted"] for entry in files) > 100
    assert Shop.open(demo.shop).state.get_setting("is_demo") is True
    again = zhanggui("demo", "--no-serve", "--dir", demo.shop, "--json")
    assert (again.json["is_new"], again.json["totals"]["rows"]) == (False, demo.said["totals"]["rows"])


@pytest.mark.slow
def test_every_amount_of_a_wholly_loaded_world_is_true_to_the_fen_down_to_its_profit(
    zhanggui: Run, wholly_loaded: Path
) -> None:
    shop = wholly_loaded

    marks = zhanggui("score", shop / "world", "--shop", shop, "--json").json["marks"]

    totals = [mark for mark in marks if mark["id"].startswith(("M-FIN-", "M-OPS-"))]
    # Five totals, twelve amounts and two profits of seven stores in one month.
    assert len(totals) == 7 * (5 + 12 + 2)
    assert [mark for mark in totals if mark["status"] != "exact"] == []
    assert sum(mark["truth"] != 0 for mark in totals) > 70
    known = {"exact", "within tolerance", "off", "not loaded", "not built yet", "not planted"}
    assert {mark["status"] for mark in marks} <= known


@pytest.mark.slow
def test_every_accounting_identity_of_a_world_holds_to_the_fen(wholly_loaded: Path) -> None:
    tried: set[str] = set()
    with owned_ledger(Shop.open(wholly_loaded)) as ledger:
        whole = period_of(ledger)
        assert whole is not None
        for metric in CATALOGUE.values():
            if not identities_of(metric):
                continue
            side = side_of(ledger, Asked(metric, whole, whole), whole, inputs_of(metric))
            left = exact(side, metric)
            for identity in identities_of(metric):
                right = right_side(side, identity)
                if left is not None and right is not None:
                    assert left == right, (metric.name, identity)
                    tried |= {metric.name} if left else set()

    assert {"gmv_paid", "net_revenue", "order_contribution", "contribution_profit", "refund_rate"} <= tried


@pytest.mark.slow
def test_explanations_of_a_world_add_up_for_every_kind_of_metric(wholly_loaded: Path) -> None:
    with owned_ledger(Shop.open(wholly_loaded)) as ledger:
        whole = period_of(ledger)
        assert whole is not None
        day = timedelta(days=1)
        after, before = Period(whole.last - 2 * day, whole.last), Period(whole.last - 5 * day, whole.last - 3 * day)
        for name in OF_EVERY_KIND:
            found = explain(ledger, Asked(CATALOGUE[name], after, before))
            amounts = [each.amount for each in found.drivers]
            largest = max(abs(found.before), abs(found.after), *map(abs, amounts))
            assert sum(amounts) == pytest.approx(found.change, rel=1e-9, abs=1e-9 * largest), name
            assert found.segments.segments, name


def test_a_folder_that_is_no_world_is_said(zhanggui: Run, tmp_path: Path) -> None:
    found = zhanggui("score", tmp_path, "--shop", tmp_path)

    assert found.exit_code == 2
    assert "truth.json" in found.err
