"""UCI Online Retail II, 2009 to 2010: half a million lines of a British wholesaler, read with the example map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, classes, rules, till_at
from tests.golden.conftest import SharedFile

from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping import read_map
from zhanggui.metrics import Question, answer

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
