"""Each check finds what it is there for in one store, and nothing in another that differs by that alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.ledger.quality import cases_by_day, cases_by_row
from tests.ledger.quality.stores import CASES, ledger_rows
from tests.metrics.ledgers import ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality import CHECKS, Finding, Standing, check_due, findings_of, standings_of
from zhanggui.ledger.quality.patterns import DAY_VOLUMES
from zhanggui.ledger.stock.balance import STOCK_BALANCES

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)
CASE_LISTS = (cases_by_day, cases_by_row)
"""Their cases are kept when they are imported."""
BROKEN = {name: place for place, name in enumerate(CASES, start=1)}
SOUND = {name: place for place, name in enumerate(CASES, start=1 + len(CASES))}
"""The store of each case."""
ELSEWHERE = {"prices.below_cost", "orders.homes"}
"""Checks that are tried where what they are about is tested."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of two stores for each check, every check run."""
    broken = [(BROKEN[name], case.written(True)) for name, case in CASES.items()]
    sound = [(SOUND[name], case.written(False)) for name, case in CASES.items()]
    with ledger_of(tmp_path_factory.mktemp("checks"), ledger_rows(broken + sound)) as opened:
        refresh(opened, (DAY_VOLUMES, STOCK_BALANCES))
        check_due(opened, at=NOW)
        yield opened


@pytest.fixture(scope="module")
def standings(ledger: Ledger) -> dict[tuple[str, int], Standing]:
    return {(one.check.name, one.shop_id): one for one in standings_of(ledger)}


@pytest.fixture(scope="module")
def findings(ledger: Ledger) -> dict[tuple[str, int], list[Finding]]:
    found: dict[tuple[str, int], list[Finding]] = {}
    for one in findings_of(ledger):
        found.setdefault((one.check.name, one.shop_id), []).append(one)
    return found


def test_every_check_has_its_case() -> None:
    assert CASES.keys() | ELSEWHERE == CHECKS.keys()


@pytest.mark.parametrize("check", CASES)
def test_what_is_broken_is_found_with_its_money(check: str, standings: dict[tuple[str, int], Standing]) -> None:
    case, found = CASES[check], standings[check, BROKEN[check]]

    assert (found.status, found.n_findings) == (CHECKS[check].broken, case.n_findings)
    if case.money is not None:
        assert (found.money_minor, found.currency) == (case.money, "CNY")


@pytest.mark.parametrize("check", CASES)
def test_what_is_sound_passes(
    check: str, standings: dict[tuple[str, int], Standing], findings: dict[tuple[str, int], list[Finding]]
) -> None:
    assert [one.text.en for one in findings.get((check, SOUND[check]), ())] == []
    assert standings[check, SOUND[check]].status == "ok"


@pytest.mark.parametrize("check", CASES)
def test_a_finding_is_said_in_both_languages_without_gaps(
    check: str, findings: dict[tuple[str, int], list[Finding]]
) -> None:
    for one in findings[check, BROKEN[check]]:
        assert one.text.zh != one.text.en
        for said in (one.text.zh, one.text.en):
            assert [gap for gap in ("None", "{", " - ") if gap in f" {said} "] == [], said
