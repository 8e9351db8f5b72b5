"""The checks find what they promise to find, and nothing in a ledger that is in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.empty_ledgers import put_empty_ledger
from tests.metrics.ledgers import Row, arrow_rows, batch, store

from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.quality import all_promises, check_promises

NOW = datetime(2026, 9, 1, tzinfo=UTC)
SOUND: Mapping[str, list[Row]] = {
    "store": [store(1, "甲店")],
    "source_batch": [batch(1, 1, NOW) | {"received": 2, "accepted": 1, "duplicate": 1}],
    "raw_record": [
        {"batch_id": 1, "row_no": 2, "row_class": "accepted"},
        {"batch_id": 1, "row_no": 3, "row_class": "duplicate"},
    ],
    "product": [{"shop_id": 1, "product_id": "p"}],
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    put_empty_ledger(tmp_path)
    with open_ledger(tmp_path) as opened:
        write(opened, SOUND)
        yield opened


def write(ledger: Ledger, tables: Mapping[str, list[Row]]) -> None:
    with ledger.transaction() as tx:
        for name, rows in tables.items():
            tx.insert(name, arrow_rows(name, rows))


def broken(ledger: Ledger) -> list[str]:
    return [result.name for result in check_promises(ledger) if not result.is_kept]


def test_a_sound_ledger_breaks_no_promise(ledger: Ledger) -> None:
    assert broken(ledger) == []


@pytest.mark.parametrize(
    ("table", "row", "check"),
    [
        ("product", {"shop_id": 1, "product_id": "p"}, "product.key"),
        ("product", {"shop_id": 9, "product_id": "q"}, "product.shop_id.reference"),
        ("adjustment", {"shop_id": 1, "adjustment_id": "a", "kind": "theft", "currency": "CNY"}, "adjustment.kind"),
        ("raw_record", {"batch_id": 1, "row_no": 4, "row_class": "accepted"}, "raw_record.counts"),
        ("source_batch", batch(2, 1, NOW) | {"received": 3, "accepted": 1}, "source_batch.equation"),
    ],
)
def test_a_broken_promise_is_found_and_shown(ledger: Ledger, table: str, row: Row, check: str) -> None:
    write(ledger, {table: [row]})

    [result] = [result for result in check_promises(ledger) if result.name == check]
    assert result.n_violations == 1
    assert len(result.examples) == 1


def test_every_check_is_said_in_both_languages_under_a_name_of_its_own() -> None:
    checks = list(all_promises())

    assert len({check.name for check in checks}) == len(checks)
    assert all(check.text.zh and check.text.en for check in checks)
