"""What is kept by day says after every load what the rows say, though only days that were touched are read again."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.collect.loading.shops import Till, layout, till_at
from tests.lengths import IS_LONG
from tests.soundness.histories import files_of, history

from zhanggui.ledger.derivations import DERIVATIONS
from zhanggui.ledger.derived import refresh
from zhanggui.metrics import CATALOGUE, Filter, Question
from zhanggui.metrics.answering import answer
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.run import run_scan
from zhanggui.metrics.compiler.scan import Scan
from zhanggui.metrics.days import DAYS_DIR, KeptDays, is_worth_keeping
from zhanggui.metrics.days import kept as room

NEW_YEAR, LAST = date(2026, 1, 1), date(2026, 12, 31)
YEAR = {"date_from": NEW_YEAR, "date_to": LAST}
ALL = ("0001-01-01", "9999-12-31")
FIRST = date(2026, 1, 1)
ORDERS = "id,created,paid,sum,got,buyer,back\n"
MAP = {
    "layout": layout(
        "orders",
        {"order_id": "id", "created_at": "created", "paid_at": "paid", "order_amount": "sum", "paid_amount": "got",
         "buyer_id": "buyer", "refund_amount": "back"},
    )
}  # fmt: skip
ASKED = Question(("gmv_paid",), grain="day", date_from=NEW_YEAR, date_to=LAST)
_FILLED = ("order_header", "order_line", "refund", "line_profit", "profit_entry", "coupon_issue")
"""Tables that random histories fill."""


def scans_of(*by: str) -> tuple[Scan, ...]:
    """Return the passes that compute every metric of the catalogue by day."""
    question = Question(tuple(CATALOGUE), by=by, grain="day", date_from=NEW_YEAR, date_to=LAST).checked(CATALOGUE)
    return planned(question, tuple(leaf for metric in CATALOGUE.values() for leaf in metric.leaves())).scans


def scan_of(*metrics: str) -> Scan:
    """Return the one pass that computes these metrics by day."""
    plain = replace(ASKED, metrics=metrics).checked(CATALOGUE)
    [scan] = planned(plain, tuple(leaf for name in metrics for leaf in CATALOGUE[name].leaves())).scans
    return scan


_EVERY = (*scans_of(), *scans_of("platform"))
SCANS = _EVERY if IS_LONG else tuple(scan for scan in _EVERY[: len(_EVERY) // 2] if scan.spine[0] in _FILLED)


def cells(table: pa.Table) -> list[Mapping[str, Any]]:
    plain = [{name: _plain(value) for name, value in row.items()} for row in table.to_pylist()]
    return sorted(plain, key=lambda row: str(list(row.values())[:2]))


def _plain(value: Any) -> Any:
    return date(value.year, value.month, value.day) if hasattr(value, "hour") else value


class Watched:
    """Which days of which scans are read from rows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.days: list[tuple[str, str]] = []

        def run(ledger: Any, scan: Scan, values: Mapping[str, Any]) -> pa.Table:
            self.days.append((str(values["date_from"]), str(values["date_to"])))
            return run_scan(ledger, scan, values)

        monkeypatch.setattr(room, "run_scan", run)


def order(number: int, day: date, *, buyer: str = "a", refund: str = "0") -> str:
    return f"{number},{day} 10:00:00,{day} 10:05:00,100.00,100.00,{buyer},{refund}\n"


@settings(max_examples=30 if IS_LONG else 1, derandomize=not IS_LONG)
@given(st.integers(0, 2**32 - 1))
def test_random_files_in_random_order_leave_every_day_of_every_metric_as_the_rows_say(seed: int) -> None:
    rng = random.Random(seed)
    files = files_of(rng, history(rng, 8), 4)
    with tempfile.TemporaryDirectory() as folder, till_at(Path(folder)) as till:
        days = KeptDays(till.shop.dir, till.ledger)
        for one in rng.sample(files * 2, k=2 * len(files) if IS_LONG else 3):
            till.taken(one.name, one.data, layout=one.layout, store="甲店")
            refresh(till.ledger, DERIVATIONS)
            for scan in SCANS:
                found = days.cells(scan, YEAR)
                assert found is not None
                assert cells(found) == cells(run_scan(till.ledger, scan, YEAR)), scan.measures


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with till_at(tmp_path) as found:
        found.taken("a.csv", ORDERS + "".join(order(each, FIRST + timedelta(30 * each)) for each in range(4)), **MAP)
        yield found


def test_a_load_makes_its_own_days_anew_and_a_refund_the_day_its_order_was_paid(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    days = KeptDays(till.shop.dir, till.ledger)
    scan = scan_of("gmv_paid", "orders_refunded")
    days.cells(scan, YEAR)
    # A new order of day 95, and half of the order of day 30 paid back.
    later = order(9, FIRST + timedelta(95)) + order(1, FIRST + timedelta(30), refund="50.00")
    till.taken("b.csv", ORDERS + later, **MAP)

    found = cells(KeptDays(till.shop.dir, till.ledger).cells(scan, YEAR))

    assert watched.days == [ALL, ("2026-01-31", "2026-01-31"), ("2026-04-06", "2026-04-06")]
    assert [(str(row["date"]), row["orders_refunded"]) for row in found] == [
        ("2026-01-01", 0), ("2026-01-31", 1), ("2026-03-02", 0), ("2026-04-01", 0), ("2026-04-06", 0),
    ]  # fmt: skip


def test_a_first_purchase_that_comes_late_changes_the_days_after_it(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    days = KeptDays(till.shop.dir, till.ledger)
    scan = scan_of("new_buyers")
    days.cells(scan, YEAR)
    # Buyer "a" was new on January 1st; he turns out to have bought on December 28th.
    till.taken("b.csv", ORDERS + order(9, date(2025, 12, 28)), **MAP)

    found = cells(days.cells(scan, {**YEAR, "date_from": date(2025, 12, 1)}))

    assert watched.days == [ALL, ("2025-12-28", "9999-12-31")]
    assert [row["new_buyers"] for row in found] == [1, 0, 0, 0, 0]


def test_what_was_not_touched_is_not_read_again_even_by_another_process(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = scan_of("gmv_paid")
    before = cells(KeptDays(till.shop.dir, till.ledger).cells(scan, YEAR))
    watched = Watched(monkeypatch)

    again = KeptDays(till.shop.dir, till.ledger).cells(scan, YEAR)

    assert (cells(again), watched.days) == (before, [])


@pytest.mark.parametrize("damage", [b"", b"ARROW1 nonsense"])
def test_a_damaged_file_is_made_anew(till: Till, damage: bytes) -> None:
    scan = scan_of("gmv_paid")
    before = cells(KeptDays(till.shop.dir, till.ledger).cells(scan, YEAR))
    [path] = (till.shop.dir / DAYS_DIR).glob("*.arrow")
    path.write_bytes(damage)

    assert cells(KeptDays(till.shop.dir, till.ledger).cells(scan, YEAR)) == before


def test_short_and_filtered_questions_are_answered_from_the_rows(till: Till) -> None:
    days = KeptDays(till.shop.dir, till.ledger)
    filtered = replace(ASKED, where=(Filter("platform", ("own_site",)),))
    [scan] = planned(filtered.checked(CATALOGUE), tuple(CATALOGUE["gmv_paid"].leaves())).scans

    assert days.cells(scan, {**YEAR, "where_0_0": "own_site"}) is None
    assert days.cells(scan_of("gmv_paid"), {**YEAR, "date_from": date(2026, 12, 1)}) is None


def test_an_answer_with_kept_days_is_the_answer_without(till: Till) -> None:
    asked = replace(ASKED, metrics=("gmv_paid", "refund_rate", "new_buyers"), compare="previous")

    kept = answer(till.ledger, asked, days=KeptDays(till.shop.dir, till.ledger))

    assert kept.to_json() == answer(till.ledger, asked).to_json()
    assert list((till.shop.dir / DAYS_DIR).glob("*.arrow"))


def test_days_of_a_small_shop_are_not_kept(till: Till) -> None:
    assert not is_worth_keeping(till.ledger)
