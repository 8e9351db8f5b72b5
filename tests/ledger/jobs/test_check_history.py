"""The history of checks outlives the ledger that they were run on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row, arrow_rows, batch, ledger_of, order, store

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import CheckHistory, StateStore
from zhanggui.ledger.jobs.check_history import KEPT_DAYS
from zhanggui.ledger.quality import check_all, check_due, standings_of

FIRST = datetime(2026, 9, 1, 9, tzinfo=UTC)
FILES: dict[str, list[Row]] = {
    "store": [store(1, "甲店")],
    "source_batch": [batch(1, 1, FIRST) | {"received": 1, "accepted": 1}],
    "order_header": [order("A", "2026-08-01 10", 100, paid="2026-08-01 10", refunded=101, status="completed")],
}


@pytest.fixture
def history(tmp_path: Path) -> Iterator[CheckHistory]:
    state = StateStore(tmp_path / "state.sqlite")
    yield CheckHistory(state)
    state.close()


def past_of(ledger: Ledger, check: str = "refunds.above_paid") -> list[tuple[date, str]]:
    [found] = [one for one in standings_of(ledger) if one.check.name == check]
    return [(day, status) for day, status, _ in found.past]


def test_a_ledger_that_is_built_anew_is_given_its_days_back(history: CheckHistory, tmp_path: Path) -> None:
    with ledger_of(tmp_path, FILES) as ledger:
        for days in (0, 3):
            check_all(ledger, at=FIRST + timedelta(days=days))
            history.keep(ledger)
    (tmp_path / "ledger.duckdb").unlink()

    with ledger_of(tmp_path, FILES) as built:
        n_run = check_due(built, at=FIRST + timedelta(days=5))
        n_restored = history.restore(built)

        assert n_restored == 2 * n_run > 0
        days_run = [date(2026, 9, 1), date(2026, 9, 4), date(2026, 9, 6)]
        assert past_of(built) == [(day, "failed") for day in days_run]
        assert past_of(built, "orders.amounts") == [(day, "ok") for day in days_run]
        assert history.restore(built) == 0


def test_what_was_kept_already_is_not_written_again_and_a_later_look_on_the_day_replaces_the_earlier(
    history: CheckHistory, tmp_path: Path
) -> None:
    with ledger_of(tmp_path, FILES) as ledger:
        n_checks = check_all(ledger, at=FIRST)
        written = [history.keep(ledger), history.keep(ledger)]
        with ledger.transaction() as tx:
            sound = [row | {"refunded_minor": 0} for row in FILES["order_header"]]
            tx.delete("order_seen", arrow_rows("order_header", sound).select(["shop_id", "order_id"]), on=("order_id",))
            tx.insert("order_seen", arrow_rows("order_header", sound))
        check_all(ledger, at=FIRST + timedelta(hours=1))
        written.append(history.keep(ledger))
    (tmp_path / "ledger.duckdb").unlink()

    assert written == [n_checks, 0, n_checks]
    with ledger_of(tmp_path, FILES) as built:
        check_all(built, at=FIRST + timedelta(days=1))
        history.restore(built)
        assert past_of(built)[0] == (date(2026, 9, 1), "ok")


def test_days_of_long_ago_are_let_go(history: CheckHistory, tmp_path: Path) -> None:
    with ledger_of(tmp_path, FILES) as ledger:
        check_all(ledger, at=FIRST)
        history.keep(ledger)
        check_all(ledger, at=FIRST + timedelta(days=KEPT_DAYS + 1))
        history.keep(ledger)
    (tmp_path / "ledger.duckdb").unlink()

    with ledger_of(tmp_path, FILES) as built:
        later = FIRST + timedelta(days=KEPT_DAYS + 2)
        check_all(built, at=later)
        history.restore(built)
        assert past_of(built) == [((later - timedelta(days=1)).date(), "failed"), (later.date(), "failed")]


def test_a_store_whose_files_went_elsewhere_is_given_nothing_back(history: CheckHistory, tmp_path: Path) -> None:
    with ledger_of(tmp_path, FILES) as ledger:
        check_all(ledger, at=FIRST)
        history.keep(ledger)
    (tmp_path / "ledger.duckdb").unlink()
    elsewhere = {**FILES, "store": [*FILES["store"], store(2, "乙店")]}
    elsewhere |= {name: [row | {"shop_id": 2} for row in FILES[name]] for name in ("source_batch", "order_header")}

    with ledger_of(tmp_path, elsewhere) as built:
        check_all(built, at=FIRST)

        assert history.restore(built) == 0
        assert {one.shop_id for one in standings_of(built)} == {2}


def test_an_empty_ledger_keeps_and_restores_nothing(history: CheckHistory, tmp_path: Path) -> None:
    with ledger_of(tmp_path, {}) as ledger:
        assert (history.keep(ledger), history.restore(ledger)) == (0, 0)
