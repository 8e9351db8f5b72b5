"""``zhanggui alerts`` in a shop of three orders: from a rule in a file to a resolved alert."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.ledger.quality.backward import write_backward

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

RULES = '[[rule]]\nname = "every_day"\nmetric = "gmv_paid"\nwhen = { kind = "above", limit = 0.5 }\n'


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop that holds an order on each of three days."""
    folder = tmp_path_factory.mktemp("watched")
    orders, columns = write_backward(folder)
    directory = folder / "shop"
    Shop.create(directory).close()
    assert run(["load", str(orders), "--map", str(columns), "--shop", str(directory)]) == 0
    return directory


def test_a_rule_from_a_file_fires_once_and_its_alert_is_resolved(zhanggui: Run, loaded: Path, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULES, "utf-8")
    shop = ("--shop", loaded)
    tried = zhanggui("alerts", "backtest", "--file", file, *shop, "--json")
    rules = zhanggui("alerts", "rules", "--read", file, "--off", "failing_source", *shop, "--json")
    # The import asked for a watch, which the first list makes up for.
    first = zhanggui("alerts", "list", *shop, "--json")
    [alert] = [line for line in first.json["alerts"] if line["rule"] == "every_day"]
    again = zhanggui("alerts", "run", *shop, "--json")
    shown = zhanggui("alerts", "show", alert["id"], *shop)
    resolved = zhanggui(
        "alerts", "resolve", alert["id"], "--outcome", "expected", "--note", "每天都卖", *shop, "--json"
    )
    after = zhanggui("alerts", "run", *shop)

    assert tried.json["n_fired"] == 1
    assert {rule["name"]: rule["is_on"] for rule in rules.json["rules"]}["failing_source"] is False
    assert (again.exit_code, again.json["raised"], again.json["open"] > 0) == (1, [], True)
    assert f"zhanggui explain gmv_paid --from {alert['first_day']}" in shown.out
    assert resolved.json["alert"]["state"] == "resolved"
    assert (after.exit_code, after.out) == (0, "")


def test_a_wrong_rule_names_its_field_and_changes_nothing(zhanggui: Run, loaded: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(RULES.replace("0.5", '"much"').replace("every_day", "wrong"), "utf-8")
    found = zhanggui("alerts", "rules", "--read", file, "--shop", loaded)

    assert found.exit_code == 2
    assert "rule 'wrong', field when.limit" in found.err
    assert "wrong" not in zhanggui("alerts", "rules", "--toml", "--shop", loaded).out


def test_a_rule_or_a_file_is_named_and_not_both(zhanggui: Run, loaded: Path) -> None:
    assert zhanggui("alerts", "backtest", "--shop", loaded).exit_code == 2
    assert zhanggui("alerts", "backtest", "core_visitors", "--file", "x", "--shop", loaded).exit_code == 2
    assert zhanggui("alerts", "show", "999", "--shop", loaded).exit_code == 2
