"""What a map makes of a file before it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from tests.collect.loading.shops import csv

from zhanggui.collect.loading.preview import Preview, preview
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.reading import open_tables

COLUMNS = {
    "order_id": "No",
    "created_at": "When",
    "paid_at": "Paid",
    "status": "State",
    "order_amount": "Total",
    "phone": "Phone",
}
HEADER = list(COLUMNS.values())
ROWS = [
    ("A1", "2026-09-01 10:00:00", "2026-09-01 10:01:00", "已完成", "9.90", "13800138000"),
    ("A2", "2026-13-02", "2026-09-01 10:01:00", "出仓中", "5.O0", "13900139000"),
    ("", "2026-09-03", "", "交易关闭", "￥1,005.00", ""),
]


def seen(
    rows: Sequence[tuple[str, ...]] | None = None, header: list[str] | None = None, table: str = "orders", **said: Any
) -> Preview:
    sections = {
        "columns": COLUMNS,
        **{name: said.pop(name) for name in list(said) if name not in ("most_rows", "n_shown")},
    }
    layout = layout_from({"table": table, **sections}, file="m.toml", name="m", is_complete=False)
    stream = BytesIO(csv(header or HEADER, *(ROWS if rows is None else rows)))
    [found] = open_tables(stream, "a.csv")
    return preview(found, layout, timezone="Asia/Shanghai", currency="CNY", **said)


def test_rows_are_shown_as_the_ledger_would_read_them() -> None:
    found = seen()

    assert found.columns == ("order_id", "created_at", "paid_at", "status", "order_amount", "phone")
    number, cells = found.rows[0]
    assert number == 2
    assert [cell.value for cell in cells] == [
        *("A1", "2026-09-01 10:00:00", "2026-09-01 10:01:00", "completed", 9.9, "138****8000"),
    ]
    assert [cell.rule for cell in cells] == [None] * 6


def test_every_cell_that_cannot_be_read_is_counted_by_its_column() -> None:
    found = seen()

    # The second row has two such cells: a load would name the first, here each column has its own.
    assert {(each.name, each.header, each.rule, each.n_cells, each.rows, each.example) for each in found.faults} == {
        ("order_id", "No", "missing_order_id", 1, (4,), ""),
        ("created_at", "When", "no_such_date", 1, (3,), "2026-13-02"),
        ("order_amount", "Total", "not_an_amount", 1, (3,), "5.O0"),
    }
    assert [cell.rule for cell in found.rows[1][1]] == [
        *(None, "no_such_date", None, "unknown_status", "not_an_amount", None),
    ]


def test_rows_and_money_are_summed_over_the_whole_file() -> None:
    found = seen()

    assert (found.n_rows, found.n_good, found.is_whole) == (3, 1, True)
    # 9.90 + 1,005.00; the second row's amount cannot be read, the third row has no order id.
    assert (found.headline, found.file_total, found.good_total) == ("order_amount", Decimal("1014.90"), Decimal("9.90"))
    assert (found.first_day, found.last_day) == (date(2026, 9, 1), date(2026, 9, 3))
    assert found.n_blank["order_id"] == 1
    assert found.missing == ()


def test_words_of_states_are_counted_with_what_they_mean() -> None:
    found = seen(status={"出仓中": "shipped"})

    assert [(each.word, each.n_rows, each.meaning) for each in found.words["status"]] == [
        ("已完成", 1, "completed"),
        ("出仓中", 1, "shipped"),
        ("交易关闭", 1, "closed"),
    ]
    assert {each.word: each.meaning for each in seen().words["status"]}["出仓中"] is None


def test_a_map_in_the_making_is_shown_and_says_what_it_lacks() -> None:
    found = seen(columns={"order_amount": "Total", "created_at": "When"})

    assert found.missing == (("order_id",),)
    assert (found.headline, found.file_total) == ("order_amount", Decimal("1014.90"))
    assert {each.name for each in found.faults} == {"created_at", "order_amount"}
    empty = seen(columns={}, table="refunds")
    assert (empty.columns, empty.missing) == ((), (("refund_id", "order_id"), ("refund_amount",)))


def test_a_look_at_the_beginning_says_that_it_is_one() -> None:
    rows = [(f"A{number}", "2026-09-01", "", "已完成", "1.00", "") for number in range(50)]
    found = seen(rows, most_rows=10, n_shown=3)

    assert (found.n_rows, found.is_whole, len(found.rows), found.file_total) == (10, False, 3, Decimal(10))


def test_excess_digits_are_kept_in_the_total() -> None:
    rows = [("A1", "2026-09-01", "", "已完成", "0.125", "")]

    assert seen(rows).file_total == Decimal("0.125")


def test_expenses_are_taken_from_income_in_the_total() -> None:
    header = ["When", "In", "Out"]
    rows = [("2026-09-01", "10.00", ""), ("2026-09-02", "", "2.50")]
    found = seen(
        rows, header, table="settlements", columns={"booked_at": "When", "amount": "In"}, subtracted={"amount": ["Out"]}
    )

    assert (found.headline, found.file_total) == ("amount", Decimal("7.50"))
    assert [row[1][1].value for row in found.rows] == [10.0, -2.5]


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [("3", 3, None), ("是", 1, None), ("3.5", None, "not_a_count"), ("many", None, "not_an_amount")],
)
def test_counts_of_other_tables_are_typed_alike(cell: str, value: int | None, rule: str | None) -> None:
    columns = {"ticket_id": "T", "opened_at": "At", "is_complaint": "C"}
    found = seen([("1", "2026-09-01", cell)], ["T", "At", "C"], table="service_tickets", columns=columns)

    shown = found.rows[0][1][found.columns.index("is_complaint")]
    assert (shown.rule, shown.value if rule is None else None) == (rule, value)


def test_words_of_a_closed_set_say_what_they_mean() -> None:
    columns = {"points_entry_id": "N", "member_id": "M", "occurred_at": "At", "points": "P", "points_reason": "Why"}
    rows = [("1", "m1", "2026-09-01", "5", "消费"), ("2", "m1", "2026-09-01", "5", "earn")]
    found = seen(
        rows, list(columns.values()), table="points", columns=columns, words={"points_reason": {"消费": "earn"}}
    )

    assert {each.word: each.meaning for each in found.words["points_reason"]} == {"消费": "earn", "earn": "earn"}
    unsaid = seen(rows, list(columns.values()), table="points", columns=columns)
    assert [cell.rule for cell in (row[1][-1] for row in unsaid.rows)] == ["unknown_word", None]
    # Whose member id it is stays masked.
    assert found.rows[0][1][found.columns.index("member_id")].value == "m***"


def test_a_row_that_is_no_row_is_counted_apart() -> None:
    found = seen([*ROWS[:1], ("A9", "2026-09-01")])

    assert (found.n_rejected, found.n_good) == (1, 1)
    assert [(each.name, each.rule, each.rows) for each in found.faults] == [("", "ragged_row", (3,))]
