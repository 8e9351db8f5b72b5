"""February 2020 of a Tmall shop, 28,010 orders: every figure is the file's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import Till, classes, till_at
from tests.golden.conftest import SharedFile

from zhanggui.metrics import Answer, Question, answer

REPORT = "data/tmall_2020_02/tmall_order_report.csv"
VARIANT = "data/tmall_2020_02/variant_minute_resolution.csv"
TOTALS = {
    "orders_created": 28010,
    "orders_paid": 24087,
    "orders_refunded": 5646,
    "gmv_created": 2995760.61,
    "gmv_paid": 2474823.07,
    "refund_amount": 572335.92,
    "net_revenue": 1902487.15,
}


def asked(till: Till, *metrics: str, **how: Any) -> Answer:
    """Ask the ledger."""
    return answer(till.ledger, Question(metrics=metrics, **how))


def totals(till: Till) -> dict[str, Any]:
    [row] = asked(till, *TOTALS).rows
    return dict(row)


@pytest.fixture(scope="module")
def february(tmp_path_factory: pytest.TempPathFactory, shared: SharedFile) -> Iterator[Till]:
    """The report, loaded once."""
    file = shared(REPORT)
    with till_at(tmp_path_factory.mktemp("tmall")) as till:
        [report] = till.load_all([file]).files
        assert classes(report) == (28010, 0, 0, 0, 0)
        assert report.file_total == report.ledger_total == Decimal("2995760.61")
        assert (report.format, report.exit_code, report.rounding == 0) == ("tmall.orders_7", 0, True)
        till.check()
        yield till


def test_the_totals_are_the_files(february: Till) -> None:
    assert totals(february) == TOTALS


def test_ratios_are_ratios_of_sums(february: Till) -> None:
    row: dict[str, Any] = dict(asked(february, "average_order_value", "refund_rate").rows[0])

    # 2,474,823.07 ÷ 24,087 and 572,335.92 ÷ 2,474,823.07.
    assert round(row["average_order_value"], 2) == 102.75
    assert round(row["refund_rate"], 4) == 0.2313


def test_february_alone_leaves_out_what_was_paid_on_the_first_of_march(february: Till) -> None:
    days = {"date_from": date(2020, 2, 1), "date_to": date(2020, 2, 29)}
    [row] = asked(february, "gmv_paid", "orders_paid", **days).rows
    [march] = asked(february, "gmv_paid", "orders_paid", date_from=date(2020, 3, 1), date_to=date(2020, 3, 1)).rows

    assert (row["gmv_paid"], row["orders_paid"]) == (2474347.07, 24081)
    # 2,474,823.07 − 2,474,347.07 = 476.00 and 24,087 − 24,081 = 6.
    assert (march["gmv_paid"], march["orders_paid"]) == (476.00, 6)


def test_139_orders_were_paid_on_another_day_than_created(february: Till) -> None:
    orders = [
        row
        for row in february.rows("order_header", "created_date", "paid_date", "paid_minor", "is_paid")
        if row["is_paid"]
    ]
    late = [row for row in orders if row["created_date"] != row["paid_date"]]

    assert (len(late), sum(row["paid_minor"] for row in late)) == (139, 1638139)


def test_provinces_have_their_canonical_names(february: Till) -> None:
    found: list[dict[str, Any]] = [
        dict(row) for row in asked(february, "orders_created", "gmv_paid", by=("province",)).rows
    ]
    rows = {row["province"]: row for row in found}

    assert (rows["上海"]["orders_created"], rows["上海"]["gmv_paid"]) == (3353, 326457.79)
    assert {"江苏", "内蒙古", "新疆", "广西"} <= rows.keys()
    assert len(rows) == 31
    assert sum(row["orders_created"] for row in rows.values()) == 28010


def test_buyers_cannot_be_told_apart_and_that_is_said(february: Till) -> None:
    found = asked(february, "buyers")

    assert found.rows[0]["buyers"] is None
    assert any(warning.metric == "buyers" for warning in found.warnings)


def test_the_same_file_again_is_28010_duplicates_and_changes_nothing(february: Till, shared: SharedFile) -> None:
    before = february.contents()

    [again] = february.load_all([shared(REPORT)]).files

    assert classes(again) == (0, 28010, 0, 0, 0)
    assert february.contents() == before


def test_the_coarser_variant_afterwards_changes_nothing(february: Till, shared: SharedFile) -> None:
    before = february.contents()

    [variant] = february.load_all([shared(VARIANT)]).files

    assert classes(variant) == (0, 0, 28010, 0, 0)
    assert february.contents() == before
    assert totals(february) == TOTALS


def test_the_coarser_variant_first_gives_the_same_ledger(february: Till, tmp_path: Path, shared: SharedFile) -> None:
    with till_at(tmp_path) as till:
        [variant] = till.load_all([shared(VARIANT)]).files
        alone = totals(till)
        [finer] = till.load_all([shared(REPORT)]).files

        assert classes(variant) == classes(finer) == (28010, 0, 0, 0, 0)
        assert alone == totals(till) == TOTALS
        assert till.contents() == february.contents()
        till.check()
