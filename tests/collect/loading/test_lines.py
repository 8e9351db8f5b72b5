"""Lines of orders: sets of a platform's export, and lines that a mapped file adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.collect.loading.forms import ITEMS, SUB_ORDERS, form, item, order, report, sub_order
from tests.collect.loading.shops import Till, classes, csv, layout, rules, till_at

COLUMNS = {"order_id": "id", "created_at": "at", "product_id": "sku", "quantity": "n", "unit_price": "price"}
HEADER = [*COLUMNS.values()]
AT = "2026-09-01 10:00:00"
LINES = layout("order_lines", COLUMNS)


def titles(till: Till, order_id: str = "1") -> list[str]:
    return sorted(till.column("order_line", "product_title", order_id=order_id))


def test_identical_lines_of_one_order_are_kept_and_said(till: Till) -> None:
    kept = till.taken("a.csv", csv(HEADER, ["1", AT, "p", "1", "5.00"], ["1", AT, "p", "1", "5.00"]), layout=LINES)

    assert classes(kept) == (2, 0, 0, 0, 0)
    assert "identical_lines" in rules(kept)
    assert till.order("1")["created_minor"] == 1000
    assert till.order("1")["n_lines"] == 2


def test_a_repeat_of_identical_lines_adds_nothing(till: Till) -> None:
    file = csv(HEADER, ["1", AT, "p", "1", "5.00"], ["1", AT, "p", "1", "5.00"], ["1", AT, "q", "2", "3.00"])
    till.taken("a.csv", file, layout=LINES)
    before = till.contents()

    again = till.taken("b.csv", file, layout=LINES)

    assert classes(again) == (0, 3, 0, 0, 0)
    assert till.contents() == before


def test_a_mapped_file_adds_the_lines_that_are_unseen(till: Till) -> None:
    till.taken("a.csv", csv(HEADER, ["1", AT, "p", "1", "5.00"]), layout=LINES)
    added = till.taken("b.csv", csv(HEADER, ["1", AT, "p", "1", "5.00"], ["1", AT, "q", "2", "3.00"]), layout=LINES)

    assert classes(added) == (1, 1, 0, 0, 0)
    assert till.order("1")["created_minor"] == 1100  # 5.00 + 2 × 3.00


def test_a_mapped_file_of_complete_orders_replaces_their_lines(till: Till) -> None:
    complete = layout("order_lines", COLUMNS, options={"orders_complete": True})
    till.taken(
        "a_20260905120000.csv", csv(HEADER, ["1", AT, "p", "1", "5.00"], ["2", AT, "p", "1", "5.00"]), layout=complete
    )

    till.taken("b_20260906120000.csv", csv(HEADER, ["1", AT, "q", "2", "3.00"]), layout=complete)

    assert till.column("order_line", "product_id") == ["p", "q"]
    assert [till.order(key)["created_minor"] for key in ("1", "2")] == [600, 500]


def test_an_older_file_of_complete_orders_brings_no_line_back(till: Till) -> None:
    complete = layout("order_lines", COLUMNS, options={"orders_complete": True})
    till.taken("b_20260906120000.csv", csv(HEADER, ["1", AT, "q", "2", "3.00"]), layout=complete)

    older = till.taken("a_20260905120000.csv", csv(HEADER, ["1", AT, "p", "1", "5.00"]), layout=complete)

    assert classes(older) == (0, 0, 1, 0, 0)
    assert till.column("order_line", "product_id") == ["q"]


def test_a_newer_item_report_replaces_an_orders_lines_as_a_set(till: Till) -> None:
    till.taken(
        "ExportOrderDetailList202609051230.csv", form(ITEMS, [item("1", "茶"), item("1", "杯"), item("2", "茶")])
    )

    newer = till.taken("ExportOrderDetailList202609061230.csv", form(ITEMS, [item("1", "茶")]))

    assert newer.exit_code == 0
    assert titles(till) == ["茶"]
    assert titles(till, "2") == ["茶"]


@pytest.mark.parametrize("orders_first", [True, False])
def test_order_and_item_report_make_one_order_in_any_order(tmp_path: Path, orders_first: bool) -> None:
    files = [
        ("ExportOrderList202609051230.csv", report(order("1", amount="250.00", 买家实际支付金额="200.00"))),
        (
            "ExportOrderDetailList202609051230.csv",
            form(ITEMS, [item("1", "茶", "100.00", "2"), item("1", "杯", "50.00")]),
        ),
    ]
    with till_at(tmp_path) as till:
        for name, data in files if orders_first else files[::-1]:
            till.taken(name, data)
        held = till.order("1")
        lines = {row["product_title"]: (row["created_minor"], row["paid_minor"]) for row in till.rows("order_line")}
        till.check()

    assert (held["created_minor"], held["paid_minor"], held["n_lines"]) == (25000, 20000, 2)
    # Paid is shared 200 : 50.
    assert lines == {"茶": (20000, 16000), "杯": (5000, 4000)}


def test_lines_with_an_id_are_known_by_it(till: Till) -> None:
    till.taken("a_20260905120000.csv", form(SUB_ORDERS, [sub_order("1", "11"), sub_order("1", "12", 商品标题="杯")]))
    newer = [sub_order("1", "11", 购买数量="3", 买家实付金额="300.00"), sub_order("1", "12", 商品标题="杯")]

    changed = till.taken("b_20260906120000.csv", form(SUB_ORDERS, newer))

    assert classes(changed) == (1, 1, 0, 0, 0)
    assert till.column("order_line", "line_key") == ["11", "12"]
    assert till.order("1")["paid_minor"] == 40000


def test_a_line_id_twice_in_a_file_counts_once(till: Till) -> None:
    same = sub_order("1", "11")
    twice = till.taken("a.csv", form(SUB_ORDERS, [same, same, sub_order("1", "11", 购买数量="2")]))

    assert sum(classes(twice)) == 3
    assert till.order("1")["n_lines"] == 1


def test_refunds_stated_on_lines_are_refund_rows(till: Till) -> None:
    till.taken("a.csv", form(SUB_ORDERS, [sub_order("1", "11", 退款金额="40.00"), sub_order("1", "12", 商品标题="杯")]))

    assert till.order("1")["refunded_minor"] == 4000
    assert [(row["basis"], row["refunded_minor"]) for row in till.rows("refund")] == [("line", 4000)]


def test_rows_of_one_order_that_disagree_are_listed_and_the_first_counts(till: Till) -> None:
    mapped = layout("order_lines", {**COLUMNS, "country": "land"})
    rows = (["1", AT, "p", "1", "5.00", "DE"], ["1", AT, "q", "1", "5.00", "FR"], ["1", AT, "r", "1", "5.00", "DE"])

    report_ = till.taken("a.csv", csv([*HEADER, "land"], *rows), layout=mapped)

    assert report_.exit_code == 0
    assert till.order("1")["country"] == "DE"
    [issue] = [issue for issue in report_.issues if issue.rule == "order_values_differ"]
    assert (issue.n_rows, issue.rows) == (1, (3,))
    assert till.column("data_issue", "row_no", rule="order_values_differ") == [3]


def test_lines_of_one_order_minutes_apart_are_duplicates_when_they_come_again(till: Till) -> None:
    file = csv(HEADER, ["1", "2026-09-01 10:00", "p", "1", "5.00"], ["1", "2026-09-01 10:03", "q", "1", "5.00"])
    till.taken("a.csv", file, layout=LINES)

    assert classes(till.taken("a.csv", file, layout=LINES)) == (0, 2, 0, 0, 0)


def test_quantity_zero_is_valid(till: Till) -> None:
    columns = {**COLUMNS, "line_amount": "sum"}
    mapped = layout("order_lines", columns, options={"paid": "all"})

    zero = till.taken("a.csv", csv([*columns.values()], ["1", AT, "p", "0", "5.00", "3.00"]), layout=mapped)

    assert classes(zero) == (1, 0, 0, 0, 0)
    [line] = till.rows("order_line")
    assert (line["quantity"], line["created_minor"], line["paid_minor"]) == (0, 300, 300)


def test_without_a_line_amount_quantity_times_price_is_rounded_half_up_and_the_rest_is_said(till: Till) -> None:
    rounded = till.taken(
        "a.csv", csv(HEADER, ["1", AT, "p", "3", "0.055"], ["2", AT, "p", "-3", "0.055"]), layout=LINES
    )

    # 3 × 0.055 = 0.165 -> 0.17; −0.165 -> −0.17.
    assert sorted(till.column("order_line", "line_amount_minor")) == [-17, 17]
    assert rounded.rounding == 0
    half = till.taken("b.csv", csv(HEADER, ["3", AT, "p", "1", "0.055"]), layout=LINES)
    assert till.order("3")["created_minor"] == 6
    assert (str(half.file_total.normalize()), half.ledger_total, str(half.rounding.normalize())) == (
        "0.055",
        half.ledger_total,
        "-0.005",
    )
    assert "rounded" in rules(half)


def test_every_product_of_the_lines_is_in_the_product_table(till: Till) -> None:
    till.taken("a.csv", form(ITEMS, [item("1", "茶"), item("2", "茶"), item("2", "杯")]))

    products = till.rows("product", "product_id", "title", "is_declared")
    assert products == [
        {"product_id": "SPU-杯", "title": "杯", "is_declared": False},
        {"product_id": "SPU-茶", "title": "茶", "is_declared": False},
    ]


def test_a_product_that_a_newer_report_drops_from_every_order_leaves_the_product_table(till: Till) -> None:
    till.taken("ExportOrderDetailList202609051230.csv", form(ITEMS, [item("1", "茶"), item("1", "杯")]))
    till.taken("ExportOrderDetailList202609061230.csv", form(ITEMS, [item("1", "茶")]))

    assert till.column("product", "title") == ["茶"]
