"""``zhanggui check``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.ledger.quality.backward import AMOUNT, CHECK, STORE, write_backward, write_mended

pytestmark = pytest.mark.slow


@pytest.fixture
def doubtful(zhanggui: Run, tmp_path: Path) -> Path:
    """A shop with one order that was paid before it was made."""
    shop = tmp_path / "shop"
    orders, columns = write_backward(tmp_path)
    assert zhanggui("init", shop).exit_code == 0
    assert zhanggui("load", orders, "--map", columns, "--shop", shop).exit_code == 0
    return shop


def test_a_check_that_fails_says_what_where_and_next_and_ends_with_1(
    zhanggui: Run, doubtful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    said = zhanggui("check", "--shop", doubtful)
    found = zhanggui("check", "--json", "--shop", doubtful).json

    assert said.exit_code == 1
    assert f"failed: Order times run backward ({CHECK})  CNY {AMOUNT:,.2f}" in said.out
    assert f"  {STORE}: 2026-09-02: 1 rows, such as A2" in said.out
    assert "  next: look at the time zone and the time columns of the map" in said.out
    [check] = [check for check in found["checks"] if check["status"] == "failed"]
    assert (check["name"], check["money"], check["n_findings"]) == (CHECK, AMOUNT, 1)
    assert (found["n_failed"], found["n_broken"]) == (1, 0)


def test_a_mended_file_mends_the_check_and_its_number_s_mark(zhanggui: Run, doubtful: Path, tmp_path: Path) -> None:
    def warned() -> list[str]:
        answer = zhanggui("query", "gmv_paid", "--json", "--shop", doubtful).json
        return [warning["code"] for warning in answer["warnings"]]

    before = warned()
    again = (write_mended(tmp_path), "--map", tmp_path / "orders.toml", "--extracted-at", "2030-01-01T09:00:00")
    mended = zhanggui("load", *again, "--shop", doubtful)

    assert (before, mended.exit_code, warned()) == (["source_failed"], 0, [])
    assert zhanggui("check", "--shop", doubtful).exit_code == 0


def test_a_ledger_that_is_built_anew_knows_how_its_checks_stood(zhanggui: Run, doubtful: Path) -> None:
    before = zhanggui("check", "--json", "--shop", doubtful).json["checks"]
    built = zhanggui("check", "--rebuild", "--json", "--shop", doubtful)

    assert built.exit_code == 1
    for old, new in zip(before, built.json["checks"], strict=True):
        assert (new["name"], new["status"], new["past"]) == (old["name"], old["status"], old["past"])
