"""An order whose lines a platform cut over two files of one export, against an export that replaces an older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import pytest
from tests.collect.loading.forms import ITEMS, SUB_ORDERS, form, item, order, report, sub_order
from tests.collect.loading.shops import Till, csv, layout, rules, till_at

PRICES = {"茶": "100.00", "杯": "50.00", "壶": "30.00"}
AMOUNTS = {"sum": "180.00", "whole": "30.00", "neither": "170.00"}


def items(**titles: Sequence[str]) -> bytes:
    return form(ITEMS, [item(order_id, title, PRICES[title]) for order_id, those in titles.items() for title in those])


def parts(quantity: str = "1", later: str | None = None, **line_ids: Sequence[str]) -> bytes:
    """Return sub-orders; a later order makes its file seem newer."""
    rows = [
        sub_order(order_id, line_id, 商品标题=line_id, 购买数量=quantity)
        for order_id, those in line_ids.items()
        for line_id in those
    ]
    rows += [sub_order("later", "9", later)] if later else []
    return form(SUB_ORDERS, rows)


FILES = [
    ("ItemList202609051230(1).csv", items(cut="茶杯", newer="茶杯", sum="茶杯", whole="茶杯", neither="茶杯")),
    ("ItemList202609051230(2).csv", items(cut="壶", newer="壶")),
    ("ItemList202609061230.csv", items(newer="茶壶", sum="壶", whole="壶", neither="壶")),
    ("OrderList202609051230.csv", report(*(order(name, amount=amount) for name, amount in AMOUNTS.items()))),
    ("1.csv", parts(once=["a", "b"], twice=["c", "d"])),
    ("2.csv", parts(once=["e"], twice=["f"], later="2026-09-03 10:00:00")),
    ("3_202609061230.csv", parts("2", twice=["c"])),
    ("4_202609061230.csv", parts("2", twice=["d", "f"])),
]


@pytest.fixture(scope="module")
def tills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sequence[Till]]:
    """Two shops into which the files were loaded there and back, one of them again."""
    with ExitStack() as stack:
        found = []
        for way in (FILES, FILES[::-1]):
            found.append(stack.enter_context(till_at(tmp_path_factory.mktemp("way"))))
            for name, data in (*way, way[1]):
                found[-1].taken(name, data, store="甲店")
        yield found


def titles(tills: Sequence[Till], order_id: str) -> list[str]:
    there, back = (till.column("order_line", "product_title", order_id=order_id) for till in tills)
    assert there == back
    return there


def left_out(till: Till) -> Mapping[str, int]:
    """Return the money of the lines left out, by their order."""
    issues = till.rows("data_issue", "issue_id", "money_minor", rule="lines_left_out", status="open")
    sums: dict[str, int] = {}
    for issue in issues:
        name = issue["issue_id"].split(":")[1]
        sums[name] = sums.get(name, 0) + issue["money_minor"]
    return sums


def test_parts_of_an_export_give_one_ledger_in_any_order(tills: Sequence[Till]) -> None:
    there, back = tills
    there.check()

    assert there.contents() == back.contents()
    assert left_out(there) == left_out(back)


def test_sub_orders_cut_over_two_files_of_other_ages_make_one_order(tills: Sequence[Till]) -> None:
    assert titles(tills, "once") == ["a", "b", "e"]


def test_an_order_cut_in_two_exports_at_two_places_keeps_each_line_as_the_newer_states_it(
    tills: Sequence[Till],
) -> None:
    assert titles(tills, "twice") == ["c", "d", "f"]
    assert tills[0].column("order_line", "quantity", order_id="twice") == [2, 2, 2]


def test_lines_without_ids_cut_over_files_of_one_minute_make_one_order(tills: Sequence[Till]) -> None:
    assert titles(tills, "cut") == ["壶", "杯", "茶"]
    assert "cut" not in left_out(tills[0])


def test_a_newer_export_replaces_a_cut_one_and_says_what_it_leaves_out(tills: Sequence[Till]) -> None:
    assert titles(tills, "newer") == ["壶", "茶"]
    assert left_out(tills[0])["newer"] == 5000


def test_what_is_stated_of_an_order_tells_a_part_from_a_replacement(tills: Sequence[Till]) -> None:
    # 100 + 50 + 30 = 180: both files are the order; 30: the newer one alone is; 170 is neither, and the newer counts.
    assert [titles(tills, name) for name in AMOUNTS] == [["壶", "杯", "茶"], ["壶"], ["壶"]]
    assert {name: fen for name, fen in left_out(tills[0]).items() if name in AMOUNTS} == {"neither": 15000}


def test_lines_left_out_are_told_of_the_file_with_their_money_and_changed_ones_are_not(till: Till) -> None:
    till.taken("ItemList202609051230.csv", items(gone="茶杯", dearer="茶"))
    newer = form(ITEMS, [item("gone", "茶"), item("dearer", "茶", "120.00")])

    found = till.taken("ItemList202609061230.csv", newer)

    [issue] = [one for one in found.issues if one.rule == "lines_left_out"]
    assert (issue.severity, issue.n_rows, str(issue.money)) == ("warning", 1, "50.00")
    assert (found.exit_code, till.order("dearer")["created_minor"]) == (0, 12000)


def test_a_mapped_file_of_complete_orders_is_taken_at_its_word_unless_the_order_amount_contradicts(till: Till) -> None:
    columns = {"order_id": "id", "created_at": "at", "line_id": "line", "product_id": "sku", "line_amount": "sum",
               "order_amount": "whole"}  # fmt: skip
    complete = layout("order_lines", columns, options={"orders_complete": True})
    first = [("1", "a", "5.00", "8.00"), ("2", "a", "5.00", "")]
    then = [("1", "b", "3.00", "8.00"), ("2", "b", "3.00", "")]
    found = []
    for name, rows in (("x_20260905120000.csv", first), ("y_20260906120000.csv", then)):
        cells = [[order_id, "2026-09-01", line, f"p{line}", *money] for order_id, line, *money in rows]
        found.append(rules(till.taken(name, csv([*columns.values()], *cells), layout=complete)))

    # 5.00 + 3.00 = 8.00 is the whole of the first; of the second nothing is stated.
    assert [till.order(key)["n_lines"] for key in ("1", "2")] == [2, 1]
    assert till.column("data_issue", "money_minor", rule="lines_left_out") == [500]
    assert ["lines_left_out" in those for those in found] == [False, True]
