"""An order whose lines a platform cut over two files of one export, against an export that replaces an older one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.collect.loading.forms import ITEMS, SUB_ORDERS, form, item, order, report, sub_order
from tests.collect.loading.shops import Till, csv, layout, rules, till_at

File = tuple[str, bytes]
TEA, CUP, POT = (item("1", title, price) for title, price in (("茶", "100.00"), ("杯", "50.00"), ("壶", "30.00")))


def items(name: str, *rows: Mapping[str, str]) -> File:
    return name, form(ITEMS, rows)


def parts(name: str, *line_ids: str, order_id: str = "1", **cells: str) -> File:
    rows = [sub_order(order_id, line_id, 商品标题=f"商品{line_id}", **cells) for line_id in line_ids]
    return name, form(SUB_ORDERS, rows)


def either_way(directory: Path, files: Sequence[File]) -> tuple[list[Any], list[Any]]:
    """Load files there and back, the first of each way twice; return the titles held and the money left out."""
    found = []
    for number, way in enumerate((files, files[::-1])):
        with till_at(directory / str(number)) as till:
            for name, data in (*way, way[0]):
                till.taken(name, data)
            till.check()
            lines = till.rows("order_line", "order_id", "product_title")
            money = till.column("data_issue", "money_minor", rule="lines_left_out", status="open")
            found.append((till.contents(), [row["product_title"] for row in lines], sorted(money)))
    assert found[0] == found[1]
    return found[0][1], found[0][2]


def test_sub_orders_cut_over_two_files_of_other_ages_make_one_order(tmp_path: Path) -> None:
    # The later part holds a later order, so its file seems newer.
    later = sub_order("2", "21", "2026-09-03 10:00:00")
    cut = [parts("a.csv", "11", "12"), ("b.csv", form(SUB_ORDERS, [sub_order("1", "13", 商品标题="商品13"), later]))]

    held, left_out = either_way(tmp_path, cut)

    assert (held, left_out) == (["商品11", "商品12", "商品13", "茶"], [])


def test_an_order_cut_in_two_exports_at_two_places_keeps_each_line_as_the_newer_states_it(till: Till) -> None:
    older = [parts("1.csv", "11", "12"), parts("2.csv", "13")]
    newer = [parts("3_202609061230.csv", "11", 购买数量="2"), parts("4_202609061230.csv", "12", "13", 购买数量="2")]

    for name, data in (*older, *newer, *older[::-1]):
        till.taken(name, data)

    assert till.column("order_line", "quantity") == [2, 2, 2]


def test_lines_without_ids_cut_over_files_of_one_minute_make_one_order(tmp_path: Path) -> None:
    cut = [
        items("ExportOrderDetailList202609051230(1).csv", TEA, CUP),
        items("ExportOrderDetailList202609051230(2).csv", POT, item("2", "茶")),
    ]

    assert either_way(tmp_path, cut) == (["壶", "杯", "茶", "茶"], [])


def test_a_newer_export_replaces_a_cut_one_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    files = [
        items("ExportOrderDetailList202609051230(1).csv", TEA, CUP),
        items("ExportOrderDetailList202609051230(2).csv", POT),
        items("ExportOrderDetailList202609061230.csv", TEA, POT),
    ]

    assert either_way(tmp_path, files) == (["壶", "茶"], [5000])


def test_what_is_stated_of_an_order_tells_a_part_from_a_replacement(tmp_path: Path) -> None:
    # 100 + 50 + 30 = 180: both files are the order; 30: the newer one alone is; 170 is neither, and the newer counts.
    amounts = {"1": "180.00", "2": "30.00", "3": "170.00"}
    older = [{**line, "订单编号": order_id} for order_id in amounts for line in (TEA, CUP)]
    newer = [{**POT, "订单编号": order_id} for order_id in amounts]
    files = [
        items("ExportOrderDetailList202609051230.csv", *older),
        items("ExportOrderDetailList202609051231.csv", *newer),
        ("ExportOrderList202609051230.csv", report(*(order(key, amount=amount) for key, amount in amounts.items()))),
    ]

    assert either_way(tmp_path, files) == (["壶", "杯", "茶", "壶", "壶"], [5000, 10000])


def test_an_item_whose_price_changed_is_said_to_be_replaced_not_left_out(till: Till) -> None:
    till.taken(*items("ExportOrderDetailList202609051230.csv", TEA))
    newer = till.taken(*items("ExportOrderDetailList202609061230.csv", {**TEA, "价格": "90.00"}))

    assert till.order("1")["created_minor"] == 9000
    assert "lines_left_out" not in rules(newer)


def test_lines_left_out_are_told_of_the_file_with_their_money(till: Till) -> None:
    till.taken(*items("ExportOrderDetailList202609051230.csv", TEA, CUP))
    newer = till.taken(*items("ExportOrderDetailList202609061230.csv", TEA))

    [issue] = [one for one in newer.issues if one.rule == "lines_left_out"]
    assert (issue.severity, issue.n_rows, str(issue.money)) == ("warning", 1, "50.00")
    assert newer.exit_code == 0


def test_a_mapped_file_of_complete_orders_is_taken_at_its_word_unless_the_order_amount_contradicts(till: Till) -> None:
    columns = {"order_id": "id", "created_at": "at", "line_id": "line", "product_id": "sku", "line_amount": "sum",
               "order_amount": "whole"}  # fmt: skip
    complete = layout("order_lines", columns, options={"orders_complete": True})
    first = [("1", "a", "5.00", "8.00"), ("2", "a", "5.00", "")]
    then = [("1", "b", "3.00", "8.00"), ("2", "b", "3.00", "")]
    for name, rows in (("x_20260905120000.csv", first), ("y_20260906120000.csv", then)):
        cells = [[order_id, "2026-09-01", line, f"p{line}", *money] for order_id, line, *money in rows]
        till.taken(name, csv([*columns.values()], *cells), layout=complete)

    # 5.00 + 3.00 = 8.00 is the whole of the first; of the second nothing is stated.
    assert [till.order(key)["n_lines"] for key in ("1", "2")] == [2, 1]
    assert till.column("data_issue", "money_minor", rule="lines_left_out") == [500]
