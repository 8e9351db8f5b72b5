"""``zhanggui reconcile``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.ledger.matching.books import books_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of two stores: one ties, the other's ledger lacks an order and holds a stranger."""
    home = tmp_path_factory.mktemp("reconciled")
    with books_at(home) as books:
        books.order("A")
        books.entry("1", "100.00", order="A")
        books.reach()
        books.load()
        books.store = "乙店"
        books.order("B", "30.00")
        books.entry("2", "5.00", order="Z")
        books.reach()
        books.load()
    return home / "shop"


def test_a_store_that_ties_ends_with_0_and_one_that_does_not_with_1(zhanggui: Run, shop: Path) -> None:
    ties = zhanggui("reconcile", "--store", "甲店", "--shop", shop)
    differs = zhanggui("reconcile", "--shop", shop)

    assert (ties.exit_code, differs.exit_code) == (0, 1)
    assert "全部对平" in ties.out
    assert "乙店" in differs.out


def test_json_holds_the_statement_the_causes_and_the_unmatched_line(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("reconcile", "--json", "--shop", shop).json

    [month] = [month for month in found["months"] if month["store"] == "乙店"]
    assert (month["month"], month["due"], month["settled"], month["open_difference"]) == ("2026-10", 30.0, 0.0, 30.0)
    assert [(cause["cause"], cause["amount"]) for cause in month["causes"]] == [("not_settled", 30.0)]
    assert [(line["order_id"], line["amount"]) for line in found["unmatched"]] == [("Z", 5.0)]
    assert found["ties"] is False


def test_the_table_speaks_both_languages(zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tongue, words in (
        ("zh_CN.UTF-8", ("应结", "逾期未结", "账单行 → 订单", "对不上")),
        ("en_GB.UTF-8", ("expected", "due, and not settled", "ledger line → order", "does not tie")),
    ):
        monkeypatch.setenv("LC_ALL", tongue)
        out = zhanggui("reconcile", "--shop", shop).out
        assert [word for word in words if word not in out] == []


def test_days_that_hold_nothing_leave_nothing_to_reconcile(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("reconcile", "--from", "2027-01-01", "--shop", shop)

    assert (found.exit_code, found.out) == (0, "")
    assert "先导入订单和账单" in found.err


def test_an_unknown_store_is_refused_with_the_ones_there_are(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("reconcile", "--store", "丙店", "--shop", shop)

    assert found.exit_code == 2
    assert "乙店, 甲店" in found.err
