"""Brushing and test orders: marked by the company's list, whichever comes first, and kept in the ledger."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.collect.loading.forms import ITEMS, REFUNDS, form, item, order, refund, report
from tests.collect.loading.shops import Till, classes, csv, layout, rules, till_at

from zhanggui.metrics import Question, answer

COLUMNS = {"order_id": "id", "mark": "mark", "note": "note"}
WORDS = {"mark": {"刷单": "brushing", "测试": "test", "撤销": "ordinary"}}
LIST = layout("marked_orders", COLUMNS, constants={"platform": "taobao", "shop": "甲店"}, words=WORDS)


def marked(*rows: tuple[str, str]) -> bytes:
    return csv(["id", "mark", "note"], *((*row, "") for row in rows))


def kinds(till: Till) -> dict[str, str]:
    return {row["order_id"]: row["order_kind"] for row in till.rows("order_header", "order_id", "order_kind")}


def test_orders_are_marked_whichever_file_comes_first(tmp_path: Path) -> None:
    files = (
        ("list.csv", marked(("1", "刷单"), ("2", "测试"), ("9", "刷单")), LIST),
        ("a_20260905120000.csv", report(order("1"), order("2"), order("3")), None),
        ("b_20260905120000.csv", form(ITEMS, [item("1"), item("2"), item("3")]), None),
        ("c_20260905120000.csv", form(REFUNDS, [refund("r1", "1", "100.00")]), None),
    )
    found = []
    for place, sequence in enumerate(itertools.islice(itertools.permutations(files), 0, None, 5)):
        with till_at(tmp_path / str(place)) as till:
            for name, data, map_ in sequence:
                till.taken(name, data, store="甲店", layout=map_)
            till.check()
            assert kinds(till) == {"1": "brushing", "2": "test", "3": "ordinary"}
            assert till.column("refund", "order_kind") == ["brushing"]
            found.append(till.contents())

    assert all(contents == found[0] for contents in found)


def test_marked_orders_leave_operating_figures_and_stay_in_the_ledger(till: Till) -> None:
    till.taken("a.csv", report(order("1"), order("2", amount="30.00")), store="甲店")
    question = Question(("gmv_paid", "orders_paid"))
    [before] = answer(till.ledger, question).rows

    till.taken("list.csv", marked(("1", "刷单")), layout=LIST)
    [after] = answer(till.ledger, question).rows

    assert (before["gmv_paid"], before["orders_paid"]) == (130.0, 2)
    assert (after["gmv_paid"], after["orders_paid"]) == (30.0, 1)
    assert till.order("1")["paid_minor"] == 10000


def test_a_mark_is_taken_back_by_a_newer_list(till: Till) -> None:
    till.taken("a.csv", report(order("1")), store="甲店")
    till.taken("list_20260905120000.csv", marked(("1", "刷单")), layout=LIST)
    till.taken("list_20260906120000.csv", marked(("1", "撤销")), layout=LIST)

    assert kinds(till) == {"1": "ordinary"}


def test_a_mark_that_nobody_knows_is_kept_aside(till: Till) -> None:
    till.taken("a.csv", report(order("1")), store="甲店")

    done = till.taken("list.csv", marked(("1", "奇怪"), ("", "刷单")), layout=LIST)

    assert classes(done) == (0, 0, 0, 2, 0)
    assert "missing_value" in rules(done)
    assert kinds(till) == {"1": "ordinary"}


def test_a_list_of_several_stores_marks_the_orders_of_each(till: Till) -> None:
    for store in ("甲店", "乙店"):
        till.taken(f"{store}.csv", report(order("1"), order("2")), store=store)
    constants = {"platform": "taobao"}
    of_stores = layout("marked_orders", {**COLUMNS, "store_name": "shop"}, constants=constants, words=WORDS)
    header = ["id", "mark", "note", "shop"]
    path = till.write("list.csv", csv(header, ["1", "刷单", "", "甲店"], ["2", "测试", "", "乙店"]))

    reports = till.load_all([path], layout=of_stores).files

    assert [done.exit_code for done in reports] == [0, 0]
    stores = {row["shop_id"]: row["name"] for row in till.rows("store", "shop_id", "name")}
    found = {
        (stores[row["shop_id"]], row["order_id"]): row["order_kind"]
        for row in till.rows("order_header", "shop_id", "order_id", "order_kind")
    }
    assert found == {
        ("甲店", "1"): "brushing",
        ("甲店", "2"): "ordinary",
        ("乙店", "1"): "ordinary",
        ("乙店", "2"): "test",
    }
