"""The reports of a world, loaded as a seller loads them: nothing is kept apart, and the figures are the books'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import Till, till_at
from tests.simulate.conftest import Lived
from tests.simulate.exports.reports import OURS, Reports, truth

from zhanggui.collect.mapping import read_map
from zhanggui.metrics import Question, answer
from zhanggui.simulate.books import Basis, Item

UNKNOWN_TO_ZHANGGUI = {"ads_creatives"}
"""What no format describes and no map explains."""
FIGURES = {
    "gmv_created": Item.GMV_REPORTED_MINOR,
    "orders_created": Item.ORDERS_REPORTED,
    "gmv_paid": Item.GMV_PAID_MINOR,
    "orders_paid": Item.ORDERS_PAID,
    "refund_amount": Item.REFUNDED_MINOR,
}


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """A new shop."""
    with till_at(tmp_path) as opened:
        yield opened


@pytest.mark.slow
def test_platforms_reports_load_whole_and_say_what_the_books_say(reports: Reports, lived: Lived, till: Till) -> None:
    kept_apart: Counter[str] = Counter()
    for store in (reports.store(platform) for platform in OURS):
        own = [file for file in reports.files if file.store == store.name and file.map is None]
        paths = [file.path for file in own if file.dataset not in UNKNOWN_TO_ZHANGGUI]
        for loaded in till.load_all(paths, store=store.name).files:
            assert loaded.error is None, loaded.error
            kept_apart[loaded.file] += loaded.received - loaded.classes["accepted"]

    assert {name: n for name, n in kept_apart.items() if n} == {}
    told: list[dict[str, Any]] = answer(till.ledger, Question(tuple(FIGURES), ("shop",), grain="month")).rows
    for platform in OURS:
        store = reports.store(platform)
        rows = {days(row["date"]): row for row in told if row["shop"] == store.name}
        for metric, item in FIGURES.items():
            unit = 1 if metric.startswith("orders") else 100
            basis = Basis.MOMENT if metric.endswith("created") else Basis.PAYMENT
            found = {first: round(row[metric] * unit) for first, row in rows.items() if row[metric]}
            assert found == truth(lived, store, item, basis), f"{metric} of {store.name}"


@pytest.mark.slow
def test_the_companys_own_lists_load_with_the_maps_beside_them(reports: Reports, till: Till) -> None:
    for file in (file for file in reports.files if file.map is not None and not file.store):
        assert file.map is not None
        loaded = till.load_all([file.path], layout=read_map(file.map)).files

        assert [str(part.error) for part in loaded if part.error is not None] == []
        assert sum(part.classes["accepted"] for part in loaded) == file.n_rows, file.path.name


def days(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days
