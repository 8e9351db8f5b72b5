"""Of two rows about one order the newer counts, whatever the order in which they are loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.forms import (
    CLOSED,
    DONE,
    FIFTY_FOUR,
    FORTY_ONE,
    PAID,
    SEVEN,
    SHIPPED,
    SIXTY_ONE,
    form,
    order,
    report,
    unpaid,
)
from tests.collect.loading.shops import Till, classes, csv, layout, rules, till_at, utc

File = tuple[str, bytes]
MAPPED = {"order_id": "id", "created_at": "at", "modified_at": "changed", "order_amount": "sum", "status": "state"}


def orders_after(directory: Path, files: Sequence[File], **said: Any) -> Mapping[str, Any]:
    """Load files in both orders into two shops; return the one order that both must hold."""
    found = []
    for number, sequence in enumerate((files, files[::-1])):
        with till_at(directory / str(number)) as till:
            for name, data in sequence:
                till.taken(name, data, **said)
            till.check()
            found.append(till.contents())
    assert found[0] == found[1]
    [row] = found[0]["order_header"]
    return row


def test_the_row_that_was_modified_later_counts(tmp_path: Path) -> None:
    header = [*MAPPED.values()]
    older = csv(header, ["1", "2026-09-01 10:00:00", "2026-09-02 10:00:00", "10", "completed"])
    newer = csv(header, ["1", "2026-09-01 10:00:00", "2026-09-03 10:00:00", "20", "paid"])

    # The older row has the further status, and a file name that claims a later export.
    row = orders_after(
        tmp_path, [("a_20261201120000.csv", older), ("b_20260901120000.csv", newer)], layout=layout("orders", MAPPED)
    )

    assert (row["created_minor"], row["status"]) == (2000, "paid")


def test_without_a_modified_time_the_export_time_in_the_file_name_counts(tmp_path: Path) -> None:
    files = [
        ("ExportOrderList202609051230.csv", report(order("1", amount="10.00", 订单状态=DONE))),
        ("ExportOrderList202609061230.csv", report(order("1", amount="20.00", 订单状态=PAID))),
    ]

    assert orders_after(tmp_path, files)["created_minor"] == 2000


def test_the_export_time_that_a_person_says_goes_before_the_file_name(till: Till) -> None:
    till.taken("ExportOrderList202609061230.csv", report(order("1", amount="20.00")))
    said = till.taken(
        "ExportOrderList202609051230.csv", report(order("1", amount="10.00")), extracted_at=utc(2026, 9, 9)
    )

    assert classes(said) == (1, 0, 0, 0, 0)
    assert till.order("1")["created_minor"] == 1000


def test_without_an_export_time_the_latest_time_in_the_file_counts(tmp_path: Path) -> None:
    older = ("z.csv", report(order("1", 订单状态=DONE, amount="10.00"), order("2", "2026-09-02 10:00:00")))
    newer = (
        "a.csv",
        report(
            order("1", 订单状态=PAID, amount="20.00"),
            order("2", "2026-09-02 10:00:00", 确认收货时间="2026-09-09 10:00:00"),
        ),
    )
    found = []
    for number, sequence in enumerate(([older, newer], [newer, older])):
        with till_at(tmp_path / str(number)) as till:
            for name, data in sequence:
                till.taken(name, data)
            found.append(till.order("1")["created_minor"])

    assert found == [2000, 2000]


def test_of_equally_old_rows_the_further_status_counts(tmp_path: Path) -> None:
    files = [
        ("a.csv", report(order("1", 订单状态=SHIPPED, 收货地址="x"))),
        ("b.csv", report(order("1", 订单状态=PAID))),
    ]

    assert orders_after(tmp_path, files)["status"] == "shipped"


def test_of_equal_statuses_the_finer_time_counts(tmp_path: Path) -> None:
    fine = order("1", "2026-09-01 10:00:37", **{"订单付款时间 ": "2026-09-01 10:05:09", "总金额": "1.00"})
    coarse = order("1", "2026-09-01 10:00", **{"订单付款时间 ": "2026-09-01 10:05", "总金额": "2.00"})
    files = [("a.csv", report(fine)), ("b.csv", report(coarse))]

    row = orders_after(tmp_path, files, extracted_at=utc(2026, 9, 20))

    assert row["created_minor"] == 100
    assert row["created_at"] == utc(2026, 9, 1, 2, 0, 37)


def test_of_rows_equal_in_all_that_decides_the_same_one_counts_in_any_order(tmp_path: Path) -> None:
    files = [("a.csv", report(order("1", amount="10.00"))), ("b.csv", report(order("1", amount="20.00")))]

    orders_after(tmp_path, files)  # Which one is the hash's affair; that both orders agree is asserted there.


def test_the_same_file_again_is_all_duplicates_and_changes_nothing(till: Till) -> None:
    file = report(order("1"), unpaid("2"), order("3", 退款金额="30.00"))
    first = till.taken("a.csv", file)
    before = till.contents()
    again = till.taken("a.csv", file)

    assert classes(first) == (3, 0, 0, 0, 0)
    assert classes(again) == (0, 3, 0, 0, 0)
    assert till.contents() == before
    assert again.file_total == again.ledger_total == Decimal(300)


def test_an_older_export_is_superseded_and_changes_nothing(till: Till) -> None:
    till.taken("ExportOrderList202609061230.csv", report(order("1", amount="20.00")))
    before = till.contents()
    older = till.taken("ExportOrderList202609051230.csv", report(order("1", amount="10.00"), order("2")))

    assert classes(older) == (1, 0, 1, 0, 0)
    assert till.order("1")["created_minor"] == 2000
    assert [row for row in till.contents()["order_header"] if row["order_id"] == "1"] == before["order_header"]


def test_a_row_repeated_in_its_file_is_a_duplicate_and_an_older_one_superseded(till: Till) -> None:
    rows = [order("1", 订单状态=PAID), order("1", 订单状态=DONE), order("1", 订单状态=DONE)]

    repeated = till.taken("a.csv", report(*rows))

    assert classes(repeated) == (1, 1, 1, 0, 0)
    assert till.order("1")["status"] == "completed"


@pytest.mark.parametrize("narrow", [FIFTY_FOUR, FORTY_ONE, SEVEN], ids=len)
def test_an_older_export_of_fewer_columns_is_superseded_by_a_wide_one(till: Till, narrow: tuple[str, ...]) -> None:
    older = form(narrow, [order("1", 订单状态=PAID, 退款金额="0.00")])
    newer = form(SIXTY_ONE, [order("1", 退款金额="30.00", 发货时间="")])
    till.taken("ExportOrderList202609061230.csv", newer)
    before = till.contents()

    late = till.taken("ExportOrderList202609051230.csv", older)

    assert late.classes["duplicate"] == 0
    assert till.order("1")["refunded_minor"] == 3000
    assert till.order("1")["status"] == "completed"
    if narrow != FORTY_ONE:  # It says when goods were shipped, which the wide one does not.
        assert classes(late) == (0, 0, 1, 0, 0)
        assert till.contents() == before


@pytest.mark.parametrize("narrow", [FIFTY_FOUR, FORTY_ONE, SEVEN], ids=len)
def test_widths_give_the_same_order_whichever_comes_first(tmp_path: Path, narrow: tuple[str, ...]) -> None:
    files = [
        ("ExportOrderList202609051230.csv", form(narrow, [order("1", 订单状态=PAID)])),
        ("ExportOrderList202609061230.csv", form(SIXTY_ONE, [order("1", 退款金额="30.00")])),
    ]

    row = orders_after(tmp_path, files)

    assert (row["status"], row["paid_minor"], row["refunded_minor"]) == ("completed", 10000, 3000)


def test_a_newer_platform_export_empties_what_it_leaves_blank(tmp_path: Path) -> None:
    files = [
        ("ExportOrderList202609051230.csv", report(order("1", 确认收货时间="2026-09-04 10:00:00"))),
        ("ExportOrderList202609061230.csv", report(order("1", 确认收货时间=""))),
    ]

    assert orders_after(tmp_path, files)["completed_at"] is None


def test_a_blank_of_a_mapped_file_never_empties_what_is_known(tmp_path: Path) -> None:
    columns = {"order_id": "id", "created_at": "at", "order_amount": "sum"}
    wide = layout("orders", {**columns, "province": "省"}, name="wide")
    narrow = layout("orders", {**columns, "province": "省", "channel": "渠道"}, name="narrow")
    files = [
        ("a_20260905120000.csv", csv(["id", "at", "sum", "省"], ["1", "2026-09-01", "10", "江苏省"]), wide),
        (
            "b_20260906120000.csv",
            csv(["id", "at", "sum", "省", "渠道"], ["1", "2026-09-01", "20", None, "直播"]),
            narrow,
        ),
    ]
    found = []
    for number, sequence in enumerate((files, files[::-1])):
        with till_at(tmp_path / str(number)) as till:
            for name, data, mapped in sequence:
                till.taken(name, data, layout=mapped)
            found.append(till.contents())

    assert found[0] == found[1]
    [row] = found[0]["order_header"]
    assert (row["created_minor"], row["province"], row["channel"]) == (2000, "江苏", "直播")


def test_a_closed_order_is_refunded_when_it_was_paid_and_unpaid_when_not(till: Till) -> None:
    till.taken("a.csv", report(order("1", 订单状态=CLOSED, 退款金额="100.00"), unpaid("2", 订单状态=CLOSED)))

    assert till.column("order_header", "status") == ["closed_refunded", "closed_unpaid"]
    assert [till.order(key)["is_paid"] for key in ("1", "2")] == [True, False]


def test_the_seven_column_form_states_its_paid_amount_after_refunds(till: Till) -> None:
    row = order("1", amount="100.00", 买家实际支付金额="70.00", 退款金额="30.00")
    till.taken("a.csv", report(row, header=SEVEN))

    held = till.order("1")

    # 70.00 received + 30.00 given back = 100.00 paid.
    assert (held["paid_minor"], held["refunded_minor"]) == (10000, 3000)
    assert [row["refunded_minor"] for row in till.rows("refund")] == [3000]


def test_an_extract_time_in_a_member_of_an_archive_counts(till: Till) -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ExportOrderList202609071230.csv", report(order("1", amount="30.00")))
    till.taken("ExportOrderList202609061230.csv", report(order("1", amount="20.00")))

    packed = till.taken("download_20260101000000.zip", out.getvalue())

    assert classes(packed) == (1, 0, 0, 0, 0)
    assert till.order("1")["created_minor"] == 3000


def test_a_row_that_adds_nothing_is_still_counted_in_the_equation(till: Till) -> None:
    till.taken("a.csv", report(order("1")))
    mixed = till.taken("b_20260801000000.csv", report(order("1", amount="7.00"), order("2"), order("2")))

    assert mixed.received == sum(mixed.classes.values()) == 3
    assert classes(mixed) == (1, 1, 1, 0, 0)
    assert "refund_above_paid" not in rules(mixed)
