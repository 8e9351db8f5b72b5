"""UCI Online Retail II, 2009 to 2010: half a million lines of a British wholesaler, read with the example map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, classes, rules, till_at
from tests.golden.conftest import SharedFile
from tests.golden.people_by_hand import (
    Raw,
    again_by_month,
    again_of_matured,
    gaps_by_hand,
    net_by_hand,
    read_raw,
    retention_by_hand,
    rfm_by_hand,
)

from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping import read_map
from zhanggui.metrics import Question, answer
from zhanggui.understand.customers.cohorts import cohorts
from zhanggui.understand.customers.repurchase import repurchase
from zhanggui.understand.customers.rfm import rfm, scored, snapshot
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, shared: SharedFile, maps: Path
) -> Iterator[tuple[Till, FileReport]]:
    file = shared("data/online_retail_ii/year_2009_2010_raw.parquet")
    with till_at(tmp_path_factory.mktemp("retail")) as till:
        [report] = till.load_all([file], layout=read_map(maps / "online_retail_ii.toml")).files
        till.check()
        yield till, report


@pytest.fixture(scope="module")
def raw(shared: SharedFile) -> Raw:
    return read_raw(shared("data/online_retail_ii/year_2009_2010_raw.parquet"))


def total(till: Till, table: str, column: str) -> int:
    rows = till.ledger.table(table)
    return int(till.ledger.query(rows.aggregate(total=rows[column].sum())).column("total")[0].as_py() or 0)


def test_every_line_is_received_and_the_files_total_is_tied(loaded: tuple[Till, FileReport]) -> None:
    _, report = loaded

    assert classes(report) == (525461, 0, 0, 0, 0)
    shown = report.to_json()
    assert (shown["file_total"], shown["ledger_total"], shown["rounding"]) == (9539484.63, 9539484.62, 0.01)
    assert (report.currency, report.store) == ("GBP", "Online Retail II")


def test_identical_lines_are_kept_and_said(loaded: tuple[Till, FileReport]) -> None:
    _, report = loaded

    assert {"identical_lines", "rounded"} <= rules(report)
    # A blank buyer is none, not a masked one.
    assert "masked_buyer" not in rules(report)


def test_cancelled_invoices_are_refunds_and_no_orders(loaded: tuple[Till, FileReport]) -> None:
    till, _ = loaded
    refunds = till.rows("refund", "refunded_minor", "quantity", "order_id", "has_order")

    assert len(refunds) == 10206
    assert sum(row["refunded_minor"] for row in refunds) == 62985537
    # One line of a cancelled invoice has a positive quantity: what it takes back is negative.
    assert sum(row["quantity"] < 0 for row in refunds) == 1
    assert not any(row["has_order"] for row in refunds)
    orders = till.ledger.table("order_header")
    odd = orders.filter(orders.order_id.startswith("C") | orders.order_id.startswith("A"))
    assert till.ledger.query(odd.count()).column(0)[0].as_py() == 0


def test_bad_debt_is_a_line_of_its_own(loaded: tuple[Till, FileReport]) -> None:
    till, _ = loaded
    adjustments = till.rows("adjustment", "kind", "amount_minor", "source_id")

    assert len(adjustments) == 3
    assert {row["kind"] for row in adjustments} == {"bad_debt"}
    assert sum(row["amount_minor"] for row in adjustments) == -13655202


def test_stock_postage_and_fees_are_not_sold_products(loaded: tuple[Till, FileReport]) -> None:
    till, _ = loaded
    line = till.ledger.table("order_line")
    kinds = line.group_by("line_kind").aggregate(n=line.count(), money=line.created_minor.sum())
    found = {row["line_kind"]: row for row in till.ledger.query(kinds).to_pylist()}

    assert {"product", "stock", "shipping", "fee"} <= found.keys()
    assert found["stock"]["money"] == 0
    # 525,461 lines − 10,206 refund lines − 3 bad-debt lines.
    assert sum(row["n"] for row in found.values()) == 515252


def test_money_and_refunds_are_the_files(loaded: tuple[Till, FileReport]) -> None:
    till, _ = loaded
    [row] = answer(till.ledger, Question(metrics=("gmv_paid", "refund_amount", "net_revenue"))).rows

    assert row["gmv_paid"] == 10305892.01
    assert row["refund_amount"] == 629855.37
    # 10,305,892.01 − 629,855.37.
    assert row["net_revenue"] == 9676036.64
    assert total(till, "order_line", "created_minor") == total(till, "order_header", "created_minor")


def test_every_order_counts_once(loaded: tuple[Till, FileReport]) -> None:
    till, _ = loaded
    orders = Counter(till.column("order_header", "is_paid"))

    assert set(orders) == {True}
    assert Decimal(total(till, "order_header", "paid_minor")) / 100 == Decimal("10305892.01")


def test_every_customers_recency_frequency_money_levels_and_segment_are_those_of_pandas(
    loaded: tuple[Till, FileReport], raw: Raw
) -> None:
    till, _ = loaded
    found = rfm(Desk(till.shop, till.ledger), View())
    customers = snapshot(Desk(till.shop, till.ledger), found.people, found.people.as_of)

    columns = ("last_day", "frequency", "net_minor", "r", "f", "m", "segment")
    rows = till.ledger.query(scored(customers, found.cuts).select(*columns)).to_pylist()
    by_hand = rfm_by_hand(raw)
    by_hand["last"] = by_hand["last"].dt.date
    assert sorted(tuple(row.values()) for row in rows) == sorted(by_hand.itertuples(index=False, name=None))
    # 4,383 customers have an id; 69 of them only gave back, and bought nothing in this year.
    assert len(rows) == found.n_customers == 4314
    counts = Counter(int(segment) for segment in by_hand["segment"])
    assert {code: each.n_customers for code, each in found.segments.items()} == counts


def test_repurchase_within_thirty_days_is_that_of_pandas_for_each_first_month(
    loaded: tuple[Till, FileReport], raw: Raw
) -> None:
    till, _ = loaded
    found = repurchase(Desk(till.shop, till.ledger), View(), 30)

    assert (found.headline.n_matured, found.headline.n_again) == again_of_matured(raw, 30) == (4039, 779)
    by_month = {each.month.isoformat()[:7]: (each.n_buyers, each.n_again) for each in found.cohorts}
    assert by_month == again_by_month(raw, 30)
    gaps = gaps_by_hand(raw)
    middle = [float(gaps[-(-share * len(gaps) // 100) - 1]) for share in (25, 50, 75, 90)]
    each = found.intervals
    assert (each.n, [each.quarter, each.median, each.three_quarters, each.nine_tenths]) == (len(gaps), middle)


def test_retention_and_net_revenue_of_each_first_month_are_those_of_pandas(
    loaded: tuple[Till, FileReport], raw: Raw
) -> None:
    till, _ = loaded
    lines = cohorts(Desk(till.shop, till.ledger), View(), "month").lines

    assert {line.key: list(line.n_active) for line in lines} == retention_by_hand(raw)
    assert {line.key: list(line.net_minor) for line in lines} == net_by_hand(raw)
