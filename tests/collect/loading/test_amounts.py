"""Amounts, states and kinds of rows: what is booked, what is said, what is kept aside."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.collect.loading.forms import SEVEN, order, report, unpaid
from tests.collect.loading.shops import Till, classes, csv, layout, rules, utc

AT = "2026-09-01 10:00:00"
ORDERS = {"order_id": "id", "created_at": "at", "order_amount": "sum"}
LINES = {"order_id": "id", "created_at": "at", "product_id": "sku", "quantity": "n", "line_amount": "sum"}


def test_excess_digits_in_a_platform_file_keep_the_row_aside(till: Till) -> None:
    kept = till.taken("a.csv", report(order("1", amount="100.005"), order("2")))

    assert classes(kept) == (1, 0, 0, 1, 0)
    assert "excess_digits" in rules(kept)
    assert till.column("order_header", "order_id") == ["2"]


def test_excess_digits_in_a_mapped_file_are_rounded_and_the_difference_is_shown(till: Till) -> None:
    rows = (["1", AT, "1.005"], ["2", AT, "1.005"], ["3", AT, "-0.005"])

    rounded = till.taken("a.csv", csv(["id", "at", "sum"], *rows), layout=layout("orders", ORDERS))

    # 1.005 -> 1.01 twice, −0.005 -> −0.01: the file says 2.005, the ledger 2.01.
    assert rounded.file_total == Decimal("2.005")
    assert rounded.ledger_total == Decimal("2.01")
    assert rounded.rounding == Decimal("-0.005")
    [issue] = [issue for issue in rounded.issues if issue.rule == "rounded"]
    assert issue.detail == "-0.005"


def test_a_row_kept_aside_stays_in_the_files_total_and_out_of_the_ledgers(till: Till) -> None:
    # 10.00 + 20.00, of which the second row has no creation time.
    file = report(order("1", amount="10.00"), order("2", amount="20.00", 订单创建时间=""))

    kept = till.taken("a.csv", file)

    assert (kept.file_total, kept.ledger_total, kept.rounding) == (Decimal(30), Decimal(10), Decimal(0))


def test_a_file_without_any_amount_has_no_totals(till: Till) -> None:
    columns = {"order_id": "id", "created_at": "at"}

    bare = till.taken("a.csv", csv(["id", "at"], ["1", AT]), layout=layout("orders", columns))

    assert bare.to_json()["file_total"] is None
    assert till.order("1")["created_minor"] == 0


def test_an_unknown_status_is_accepted_unpaid_by_no_one_and_said_with_its_money(till: Till) -> None:
    odd = till.taken("a.csv", report(order("1", 订单状态="等待外星人签收", amount="12.34"), order("2")))

    assert odd.exit_code == 0
    held = till.order("1")
    assert (held["status"], held["is_paid"], held["paid_minor"]) == ("unknown", None, None)
    [issue] = [issue for issue in odd.issues if issue.rule == "unknown_status"]
    assert (issue.n_rows, issue.money, issue.severity) == (1, Decimal("12.34"), "warning")
    assert "等待外星人签收" in (issue.detail or "")


def test_a_file_that_tells_nothing_of_payment_leaves_it_unknown(till: Till) -> None:
    said = till.taken("a.csv", csv(["id", "at", "sum"], ["1", AT, "5"]), layout=layout("orders", ORDERS))

    assert "no_payment_column" in rules(said)
    assert (till.order("1")["is_paid"], till.order("1")["paid_minor"]) == (None, None)


def test_a_map_may_say_that_all_orders_are_paid(till: Till) -> None:
    mapped = layout("orders", ORDERS, options={"paid": "all"})
    said = till.taken("a.csv", csv(["id", "at", "sum"], ["1", AT, "5"]), layout=mapped)

    assert "no_payment_column" not in rules(said)
    held = till.order("1")
    assert (held["is_paid"], held["paid_minor"], str(held["paid_date"])) == (True, 500, "2026-09-01")


def test_the_business_day_is_the_stores_and_the_moment_is_utc(till: Till) -> None:
    till.taken("a.csv", report(order("1", "2026-09-01 00:30:00")))

    held = till.order("1")
    assert held["created_at"] == utc(2026, 8, 31, 16, 30)
    assert (str(held["created_date"]), held["created_hour"]) == ("2026-09-01", 0)


def test_an_unpaid_order_has_no_paid_money(till: Till) -> None:
    till.taken("a.csv", report(unpaid("1", 买家实际支付金额="100.00")))

    assert (till.order("1")["is_paid"], till.order("1")["paid_minor"]) == (False, 0)


def test_more_refunded_than_paid_keeps_the_row_aside(till: Till) -> None:
    kept = till.taken("a.csv", report(order("1", 买家实际支付金额="90.00", 退款金额="90.01"), order("2")))

    assert classes(kept) == (1, 0, 0, 1, 0)
    assert "refund_above_paid" in rules(kept)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("订单创建时间", "2020-02-30 10:00:00", "no_such_date"),
        ("总金额", "abc", "not_an_amount"),
        ("订单编号", "3.3E+18", "id_scientific"),
        ("买家实际支付金额", "-1.00", "negative_amount"),
    ],
)
def test_a_row_kept_aside_is_named_with_its_row_column_and_rule(till: Till, column: str, value: str, rule: str) -> None:
    kept = till.taken("a.csv", report(order("1"), order("2", **{column: value}), header=SEVEN))

    [issue] = [issue for issue in kept.issues if issue.severity == "quarantined"]
    assert (issue.rule, issue.rows, issue.column) == (rule, (3,), column)
    [held] = till.rows("data_issue")
    assert (held["rule"], held["row_no"], held["column_name"], held["status"]) == (rule, 3, column, "open")
    assert value.encode() not in held["value_sealed"]


def test_negative_quantities_become_refunds_where_the_map_says_so(till: Till) -> None:
    mapped = layout("order_lines", LINES, options={"negative_quantity": "refund", "paid": "all"})
    rows = (["1", AT, "p", "3", "30.00"], ["1", AT, "p", "-1", "-10.00"])

    till.taken("a.csv", csv([*LINES.values()], *rows), layout=mapped)

    held = till.order("1")
    assert (held["created_minor"], held["paid_minor"], held["refunded_minor"]) == (3000, 3000, 1000)
    [refund] = till.rows("refund")
    assert (refund["basis"], refund["quantity"], refund["has_order"]) == ("line", 1, True)


def test_negative_quantities_are_lines_where_the_map_says_nothing(till: Till) -> None:
    rows = (["1", AT, "p", "3", "30.00"], ["1", AT, "p", "-1", "-10.00"])

    till.taken("a.csv", csv([*LINES.values()], *rows), layout=layout("order_lines", LINES))

    assert till.order("1")["created_minor"] == 2000
    assert till.rows("refund") == []


def test_rows_that_the_map_calls_refunds_are_no_orders(till: Till) -> None:
    mapped = layout("order_lines", LINES, options={"refund_when": {"column": "id", "starts_with": "C"}, "paid": "all"})
    rows = (["1", AT, "p", "3", "30.00"], ["C9", "2026-09-03", "p", "-1", "-10.00"], ["C9", AT, "q", "1", "2.00"])

    tied = till.taken("a.csv", csv([*LINES.values()], *rows), layout=mapped)

    assert till.column("order_header", "order_id") == ["1"]
    refunds = till.rows("refund", "order_id", "has_order", "refunded_minor", "cohort_date")
    # A refund line with a positive amount takes money back: the signs stay.
    assert sorted(row["refunded_minor"] for row in refunds) == [-200, 1000]
    assert {row["has_order"] for row in refunds} == {False}
    assert (tied.file_total, tied.ledger_total) == (Decimal(22), Decimal(22))


def test_rows_that_the_map_classes_are_kept_with_their_kind(till: Till) -> None:
    classify = [
        {"kind": "shipping", "when": {"column": "sku", "equals": "POST"}},
        {"kind": "bad_debt", "when": {"column": "id", "starts_with": "A"}},
        {"kind": "stock", "when": [{"column": "sum", "is_zero": True}, {"column": "n", "is_negative": True}]},
    ]
    mapped = layout("order_lines", LINES, options={"negative_quantity": "refund", "paid": "all"}, classify=classify)
    rows = (
        ["1", AT, "p", "1", "30.00"],
        ["1", AT, "POST", "1", "5.00"],
        ["A2", AT, "B", "1", "-11.00"],
        ["3", AT, "p", "-7", "0.00"],
    )

    tied = till.taken("a.csv", csv([*LINES.values()], *rows), layout=mapped)

    assert sorted(till.column("order_line", "line_kind")) == ["product", "shipping", "stock"]
    assert till.column("order_header", "order_id") == ["1", "3"]
    [adjustment] = till.rows("adjustment")
    assert (adjustment["kind"], adjustment["source_id"], adjustment["amount_minor"]) == ("bad_debt", "A2", -1100)
    # 30 + 5 − 11 + 0.
    assert (tied.file_total, tied.ledger_total) == (Decimal(24), Decimal(24))
    again = till.taken("a.csv", csv([*LINES.values()], *rows), layout=mapped)
    assert classes(again) == (0, 4, 0, 0, 0)
    assert len(till.rows("adjustment")) == 1


def test_a_currency_that_nobody_knows_keeps_the_row_aside(till: Till) -> None:
    columns = {**ORDERS, "currency": "cur"}
    rows = (["1", AT, "5.00", "cny"], ["2", AT, "5.00", "ZZZ"], ["3", AT, "500", "JPY"])

    kept = till.taken("a.csv", csv([*columns.values()], *rows), layout=layout("orders", columns))

    assert classes(kept) == (1, 0, 0, 2, 0)
    assert rules(kept) >= {"currency_not_usable"}
    assert till.order("1")["currency"] == "CNY"


def test_amounts_of_a_currency_without_decimals_are_whole(till: Till) -> None:
    mapped = layout("orders", ORDERS, constants={"currency": "JPY"})

    yen = till.taken("a.csv", csv(["id", "at", "sum"], ["1", AT, "1500"]), layout=mapped)

    assert till.order("1")["created_minor"] == 1500
    assert yen.to_json()["file_total"] == 1500


def test_a_decimal_comma_is_read_where_the_map_says_so(till: Till) -> None:
    mapped = layout("orders", ORDERS, options={"decimal": ",", "delimiter": ";"})

    till.taken("a.csv", b"id;at;sum\n1;2026-09-01;1.234,56\n", layout=mapped)

    assert till.order("1")["created_minor"] == 123456
