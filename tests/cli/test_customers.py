"""``zhanggui customers``."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.understand.customers.crowd import write_shop

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow

COMMANDS = ("rfm", "lifecycle", "repurchase", "cohorts")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shop of :func:`write_shop`: 36 buyers, one order of nobody."""
    return write_shop(tmp_path_factory.mktemp("customers"))


def test_segments_are_named_counted_and_valued(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("customers", "rfm", "--json", "--shop", shop).json

    assert found["as_of"] == "2026-06-30"
    assert {"name", "label_zh", "customers", "net_revenue"} <= found["segments"][0].keys()
    assert len({row["name"] for row in found["segments"]}) == 8
    assert sum(row["customers"] for row in found["segments"]) == found["customers"] == 36
    # 24 × 10.00 + (0 + … + 23) × 1.00, 8 × 110.00, 4 × 490.00 and 24 fen.
    assert round(sum(row["net_revenue"] for row in found["segments"]), 2) == 240 + 276 + 880 + 1960 + 0.24
    # 24 + 8 × 2 + 4 × 5 orders, and one of nobody.
    assert [(row["orders"], row["identified"]) for row in found["identifiable"]] == [(61, 60)]


def test_rules_that_are_kept_are_those_of_the_next_question(zhanggui: Run, shop: Path) -> None:
    zhanggui("customers", "lifecycle", "--churn-days", "45", "--window", "茶=20", "--keep", "--shop", shop)
    kept = zhanggui("customers", "lifecycle", "--json", "--shop", shop).json
    zhanggui("customers", "lifecycle", "--churn-days", "90", "--window", "茶=90", "--keep", "--shop", shop)

    assert (kept["churn_days"], kept["windows"]) == (45, [{"category": "茶", "days": 20}])


def test_every_command_prints_a_table_and_says_who_is_not_seen(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, lang, word in zip(
        COMMANDS, ("zh_CN", "en_US") * 2, ("高价值用户", "Win-back", "首购月", "buyers"), strict=True
    ):
        monkeypatch.setenv("LC_ALL", f"{lang}.UTF-8")
        found = zhanggui("customers", name, "--shop", shop)

        assert found.exit_code == 0, found.err
        assert word in found.out
        assert "98.4%" in found.err


def test_http_gives_what_the_commands_give(zhanggui: Run, shop: Path) -> None:
    asked = ("rfm", "cohorts")
    said = {name: zhanggui("customers", name, "--json", "--shop", shop).json for name in asked}

    opened = Shop.open(shop)
    with open_ledger(opened.dir, statements=opened.statements) as ledger:
        client = TestClient(create_app(Workbench(opened, ledger), port=None), base_url="http://127.0.0.1")
        for name in asked:
            assert client.get(f"/api/v1/customers/{name}").json() == said[name]
    opened.close()


def test_a_shop_that_names_nobody_is_told_so_and_what_would_help(zhanggui: Run, shop_dir: Path) -> None:
    for name in ("rfm", "repurchase"):
        found = zhanggui("customers", name, "--json", "--shop", shop_dir)

        assert (found.exit_code, found.out) == (2, "")
        assert "Not identifiable" in found.err
        assert "member ids" in found.err
