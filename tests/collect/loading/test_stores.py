"""Which store a file goes into: said, named or the only one, never guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.collect.loading.forms import ITEMS, SEVEN, Cells, form, item, order, report
from tests.collect.loading.shops import Till, classes, csv, layout, rules

from zhanggui.collect.loading.corrections import replay_rows
from zhanggui.collect.loading.stores import StoreAmbiguousError, StoreMismatchError

UNNAMED: Cells = order("1")


def named(store: str, order_id: str = "1", created: str = "2026-09-01 10:00:00") -> bytes:
    return report(order(order_id, created, 店铺名称=store))


def store_names(till: Till) -> list[str]:
    return [store.name for store in till.shop.stores.list_stores()]


def test_the_column_of_the_file_names_the_store(till: Till) -> None:
    report = till.taken("a.csv", named("甲店"), store="乙店")

    assert report.store == "甲店"
    assert store_names(till) == ["甲店"]


def test_the_constant_of_the_map_names_the_store_before_the_option(till: Till) -> None:
    mapped = layout("orders", {"order_id": "id", "created_at": "at"}, constants={"shop": "官网"})

    report = till.taken("a.csv", csv(["id", "at"], ["1", "2026-09-01"]), layout=mapped, store="乙店")

    assert report.store == "官网"


def test_the_option_names_the_store_of_a_file_that_names_none(till: Till) -> None:
    assert till.taken("a.csv", report(UNNAMED), store="乙店").store == "乙店"


def test_a_known_store_that_the_folder_names_is_taken(till: Till) -> None:
    for name in ("甲店", "乙店"):
        till.taken(f"{name}.csv", named(name))

    assert till.taken("导出/乙店/a.csv", report(order("9"))).store == "乙店"


def test_the_nearest_folder_that_names_a_store_decides(till: Till) -> None:
    for name in ("甲店", "乙店"):
        till.taken(f"{name}.csv", named(name))

    assert till.taken("甲店/乙店/九月/a.csv", report(order("9"))).store == "乙店"


def test_the_only_store_of_the_platform_takes_a_file_that_names_none(till: Till) -> None:
    till.taken("a.csv", named("甲店"))

    assert till.taken("b.csv", report(order("2"))).store == "甲店"
    assert till.taken("c.csv", report(order("3"), header=SEVEN)).store == "甲店"  # Tmall and Taobao share a centre


def test_a_store_of_another_platform_is_not_taken(till: Till) -> None:
    mapped = layout("orders", {"order_id": "id", "created_at": "at"})
    till.taken("a.csv", csv(["id", "at"], ["1", "2026-09-01"]), layout=mapped)

    assert till.taken("b.csv", report(UNNAMED)).store == "taobao"


def test_the_first_store_is_named_after_the_platform_and_that_is_said(till: Till) -> None:
    report_ = till.taken("a.csv", report(UNNAMED))

    assert report_.store == "taobao"
    assert any("was made" in note.en and "已建立" in note.zh for note in report_.notes)


def test_the_first_file_that_names_its_store_renames_the_provisional_one(till: Till) -> None:
    till.taken("a.csv", report(UNNAMED))
    renaming = till.taken("b.csv", named("甲店", "2"))

    assert renaming.store == "甲店"
    assert any("renamed" in note.en for note in renaming.notes)
    assert store_names(till) == ["甲店"]
    assert till.column("store", "name") == ["甲店"]
    assert till.column("order_header", "shop_id") == [1, 1]


def test_a_store_with_a_name_is_not_renamed_by_the_next_file(till: Till) -> None:
    till.taken("a.csv", named("甲店"))
    till.taken("b.csv", named("乙店"))

    assert store_names(till) == ["甲店", "乙店"]


def test_where_several_stores_fit_the_file_is_refused_with_the_choices(till: Till) -> None:
    for name in ("甲店", "乙店"):
        till.taken(f"{name}.csv", named(name))

    refused = till.load("a.csv", report(order("9")))

    assert refused.exit_code == 2
    assert isinstance(refused.error, StoreAmbiguousError)
    assert [choice["name"] for choice in refused.to_json()["error"]["choices"]] == ["甲店", "乙店"]
    assert "--store" in refused.error.next_step
    assert till.column("order_header", "order_id") == ["1", "1"]


def test_three_stores_with_colliding_file_names_and_order_ids_stay_apart(till: Till) -> None:
    for hour, store in enumerate(("甲店", "乙店", "丙店"), start=10):
        mine = report(order("1", f"2026-09-0{hour - 9} 10:00:00", amount=f"{hour}.00"))
        assert classes(till.taken("ExportOrderList202609051230.csv", mine, store=store)) == (1, 0, 0, 0, 0)

    orders = till.rows("order_header", "shop_id", "order_id", "created_minor")
    assert orders == [{"shop_id": n, "order_id": "1", "created_minor": 900 + n * 100} for n in (1, 2, 3)]


def test_a_folder_is_loaded_with_every_file_below_it(till: Till) -> None:
    till.write("导出/甲/a.csv", named("甲店"))
    till.write("导出/乙/a.csv", named("乙店"))
    till.write("导出/.DS_Store", b"\0\1")

    files = till.load_all([till.desk / "导出"]).files

    assert sorted((file.file, file.store) for file in files) == [("乙/a.csv", "乙店"), ("甲/a.csv", "甲店")]


def test_one_file_may_hold_orders_of_several_stores(till: Till) -> None:
    file = till.write("all.csv", report(*(order("1", 店铺名称=name) for name in ("甲店", "乙店", "甲店"))))

    reports = till.load_all([file]).files

    # 甲店 has its one order twice: the second row repeats it.
    assert [(r.store, classes(r)) for r in reports] == [("乙店", (1, 0, 0, 0, 0)), ("甲店", (1, 1, 0, 0, 0))]
    assert till.column("source_batch", "received") == [1, 2]


def test_a_row_kept_aside_belongs_to_the_store_that_it_names(till: Till) -> None:
    faulty = order("2", 店铺名称="甲店", 总金额="abc")
    file = till.write("all.csv", report(order("1", 店铺名称="乙店"), faulty) + b"3,ragged\n")

    reports = till.load_all([file]).files
    issues = till.column("data_issue", "issue_id", rule="not_an_amount")
    replay_rows(till.shop, till.ledger, {issues[0]: {"总金额": "5.00"}})

    # What names no store, such as a row without enough cells, is counted with the first.
    assert [(r.store, classes(r)) for r in reports] == [("乙店", (1, 0, 0, 0, 1)), ("甲店", (0, 0, 0, 1, 0))]
    names = {known.shop_id: known.name for known in till.shop.stores.list_stores()}
    assert {row["order_id"]: names[row["shop_id"]] for row in till.rows("order_header")} == {"1": "乙店", "2": "甲店"}


def test_each_store_of_a_file_has_its_own_rounding(till: Till) -> None:
    names = {"order_id": "id", "created_at": "at", "shop": "店", "product_title": "t", "line_amount": "sum"}
    mapped = layout("order_lines", names)
    mapped = replace(mapped, constants={name: mapped.constants[name] for name in mapped.constants if name != "shop"})
    rows = [["1", "2026-09-01", "甲店", "x", "1.005"], ["2", "2026-09-01", "乙店", "x", "2.0021"]]

    found = till.load_all([till.write("a.csv", csv(list(names.values()), *rows))], layout=mapped).files

    assert {file.store: (str(file.file_total.normalize()), str(file.rounding.normalize())) for file in found} == {
        "甲店": ("1.005", "-0.005"),
        "乙店": ("2.0021", "0.0021"),
    }
    assert [file.ledger_total for file in found] == [file.file_total - file.rounding for file in found]


def test_an_unknown_status_is_said_of_the_store_whose_order_has_it(till: Till) -> None:
    rows = [order("1", 店铺名称="甲店"), order("2", 店铺名称="乙店", 订单状态="等着", amount="7.00")]

    found = till.load_all([till.write("a.csv", report(*rows))]).files

    said = [
        (file.store, issue.n_rows, issue.detail, issue.money)
        for file in found
        for issue in file.issues
        if issue.rule == "unknown_status"
    ]
    assert said == [("乙店", 1, "等着 × 1", Decimal("7.00"))]


def test_every_store_of_a_file_has_the_files_age(till: Till) -> None:
    late, early = "2026-09-09 10:00:00", "2026-09-01 10:00:00"
    rows = [order("1", early, 店铺名称=name, 确认收货时间=late, amount="20.00") for name in ("甲店", "乙店")]
    till.load_all([till.write("b.csv", report(*rows))])

    till.load_all([till.write("a.csv", report(*(order("1", early, 店铺名称=name) for name in ("甲店", "乙店"))))])

    assert till.column("order_header", "created_minor") == [2000, 2000]


def test_ids_known_with_other_creation_times_refuse_the_file(till: Till) -> None:
    till.taken("a.csv", report(order("1"), order("2")))
    before = till.contents()

    refused = till.load("b.csv", report(order("1", "2026-09-03 08:00:00"), order("5")))

    assert refused.exit_code == 2
    assert isinstance(refused.error, StoreMismatchError)
    assert refused.error.n_orders == 1
    assert "--store" in refused.error.next_step
    assert till.contents() == before


def test_with_the_store_said_only_the_rows_that_differ_are_kept_aside(till: Till) -> None:
    till.taken("a.csv", report(order("1"), order("2")), store="甲店")

    mixed = till.taken("b.csv", report(order("1", "2026-09-03 08:00:00"), order("5")), store="甲店")

    assert classes(mixed) == (1, 0, 0, 1, 0)
    assert "created_at_differs" in rules(mixed)
    assert till.column("order_header", "order_id") == ["1", "2", "5"]


@pytest.mark.parametrize(("again", "is_same"), [("2026-09-01 10:00", True), ("2026-09-01 10:01", False)])
def test_creation_times_are_compared_at_the_coarser_precision(till: Till, again: str, is_same: bool) -> None:
    till.taken("a.csv", report(order("1", "2026-09-01 10:00:37")))

    assert (till.load("b.csv", report(order("1", again))).error is None) is is_same


def test_equal_buyer_ids_of_two_stores_are_two_people(till: Till) -> None:
    for store in ("甲店", "乙店"):
        till.taken("a.csv", report(order("1", 买家会员名="tea_lover", 店铺名称=store)))

    assert len(set(till.column("order_header", "buyer_key"))) == 2


def test_of_several_files_those_that_name_their_store_tell_where_the_others_belong(till: Till) -> None:
    for store in ("甲店", "乙店"):
        number = "1" if store == "甲店" else "2"
        till.write(f"{store}/ExportOrderDetailList.csv", form(ITEMS, [item(number, "茶")]))
        till.write(f"{store}/ExportOrderList.csv", report(order(number, 店铺名称=store)))

    loaded = till.load_all([till.desk])

    assert [(entry.file, entry.store) for entry in loaded.files] == [
        ("乙店/ExportOrderDetailList.csv", "乙店"),
        ("乙店/ExportOrderList.csv", "乙店"),
        ("甲店/ExportOrderDetailList.csv", "甲店"),
        ("甲店/ExportOrderList.csv", "甲店"),
    ]
