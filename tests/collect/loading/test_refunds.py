"""Refunds: cases of a refund file, what an order states itself, and what lies between."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

from tests.collect.loading.forms import ITEMS, REFUNDS, SEVEN, SIXTY_ONE, form, item, order, refund, report
from tests.collect.loading.shops import Row, Till, classes, csv, layout, till_at


def amounts(rows: list[Row]) -> list[tuple[str, int]]:
    return sorted((row["basis"], row["refunded_minor"]) for row in rows)


def test_a_case_of_the_order_stands_for_the_refund_that_the_order_states(till: Till) -> None:
    till.taken("a.csv", report(order("1", 退款金额="30.00")))
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))

    assert till.order("1")["refunded_minor"] == 3000
    assert amounts(till.rows("refund")) == [("case", 3000)]


def test_what_the_order_states_beyond_its_cases_is_a_row_of_its_own(till: Till) -> None:
    till.taken("a.csv", report(order("1", 退款金额="50.00")))
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))

    # The larger of the two counts: 50.00 = 30.00 + 20.00.
    assert till.order("1")["refunded_minor"] == 5000
    assert amounts(till.rows("refund")) == [("case", 3000), ("order_total", 2000)]


def test_cases_beyond_what_the_order_states_count(till: Till) -> None:
    till.taken("a.csv", report(order("1", 退款金额="10.00")))
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "30.00"), refund("r2", "1", "15.00")]))

    assert till.order("1")["refunded_minor"] == 4500
    assert amounts(till.rows("refund")) == [("case", 1500), ("case", 3000)]


def test_a_case_that_has_not_succeeded_is_no_refund_yet(till: Till) -> None:
    till.taken("a.csv", report(order("1")))
    waiting = refund("r1", "1", "30.00", 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="")
    till.taken("b_20260905120000.csv", form(REFUNDS, [waiting]))
    before = (till.order("1")["refunded_minor"], amounts(till.rows("refund")))

    till.taken("b_20260907120000.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))

    assert before == (0, [("case", 0)])
    assert (till.order("1")["refunded_minor"], amounts(till.rows("refund"))) == (3000, [("case", 3000)])


def test_a_case_belongs_to_the_day_on_which_its_order_was_paid(till: Till) -> None:
    till.taken("a.csv", report(order("1", "2026-09-01 23:59:50", **{"订单付款时间 ": "2026-09-02 00:00:10"})))
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))

    [row] = till.rows("refund")
    assert (str(row["cohort_date"]), row["cohort_hour"], str(row["refunded_date"])) == ("2026-09-02", 0, "2026-09-06")
    assert row["province"] == "浙江"


def test_a_case_without_its_order_stands_on_its_own_day_until_the_order_comes(till: Till) -> None:
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))
    [alone] = till.rows("refund")
    till.taken("a.csv", report(order("1", "2026-09-01 10:00:00")))
    [joined] = till.rows("refund")

    assert (alone["has_order"], str(alone["cohort_date"])) == (False, "2026-09-06")
    assert (joined["has_order"], str(joined["cohort_date"])) == (True, "2026-09-01")
    assert till.order("1")["refunded_minor"] == 3000


def test_orders_items_and_refunds_make_the_same_ledger_in_every_order(tmp_path: Path) -> None:
    # Two layouts speak of order 1, and r9 is of an order that nobody knows.
    files = {
        "ExportOrderList202609061230.csv": report(order("1", 退款金额="50.00"), order("2"), header=SIXTY_ONE),
        "ExportOrderList202609071230.csv": form(SEVEN, [order("1", 买家实际支付金额="50.00", 退款金额="50.00")]),
        "items_20260906120000.csv": form(ITEMS, [item("1", "茶", "60.00"), item("1", "杯", "40.00")]),
        "refunds_20260906120000.csv": form(REFUNDS, [refund("r1", "1", "30.00"), refund("r9", "9", "5.00")]),
    }
    found = []
    for number, names in enumerate(permutations(files)):
        if number not in {0, 14, 23}:  # Of the 24 sequences: as written, refunds first, backwards.
            continue
        with till_at(tmp_path / str(number)) as till:
            for name in names:
                till.taken(name, files[name])
            till.check()
            found.append(till.contents())

    assert all(contents == found[0] for contents in found)
    assert amounts(found[0]["refund"]) == [("case", 500), ("case", 3000), ("order_total", 2000)]
    assert len(found[0]["order_header"]) == 2


def test_a_refund_without_any_order_id_is_kept(till: Till) -> None:
    mapped = layout("refunds", {"refund_id": "id", "refund_amount": "sum", "refunded_at": "at"})

    till.taken("a.csv", csv(["id", "sum", "at"], ["r1", "12.00", "2026-09-06"]), layout=mapped)
    again = till.taken("a.csv", csv(["id", "sum", "at"], ["r1", "12.00", "2026-09-06"]), layout=mapped)

    [row] = till.rows("refund")
    assert (row["order_id"], row["refunded_minor"], str(row["cohort_date"])) == (None, 1200, "2026-09-06")
    assert classes(again) == (0, 1, 0, 0, 0)


def test_refunds_without_an_id_are_known_by_content_and_occurrence(till: Till) -> None:
    mapped = layout("refunds", {"order_id": "id", "refund_amount": "sum"})
    file = csv(["id", "sum"], ["1", "12.00"], ["1", "12.00"], ["2", "3.00"])
    till.taken("a.csv", file, layout=mapped)

    again = till.taken("a.csv", file, layout=mapped)

    assert classes(again) == (0, 3, 0, 0, 0)
    assert sorted(till.column("refund", "refunded_minor")) == [300, 1200, 1200]


def test_the_same_refund_id_again_with_a_newer_amount_replaces_it(till: Till) -> None:
    till.taken("a.csv", report(order("1")))
    till.taken("b_20260907120000.csv", form(REFUNDS, [refund("r1", "1", "20.00")]))

    older = till.taken("b_20260906120000.csv", form(REFUNDS, [refund("r1", "1", "30.00")]))

    assert classes(older) == (0, 0, 1, 0, 0)
    assert till.order("1")["refunded_minor"] == 2000


def test_a_refund_row_without_both_ids_or_amount_is_kept_aside(till: Till) -> None:
    rows = [refund("", "", "5.00"), refund("r2", "1", ""), refund("r3", "1", "-5.00"), refund("r4", "1", "5.00")]

    kept = till.taken("b.csv", form(REFUNDS, rows))

    assert classes(kept) == (1, 0, 0, 3, 0)


def test_a_refund_has_the_day_of_its_success_or_says_why_not(till: Till) -> None:
    till.taken("a.csv", report(order("1"), order("2"), order("3"), order("4", 退款金额="7.00")), store="甲店")
    cases = [
        refund("r1", "1", "1.00"),
        refund("r2", "2", "2.00", 退款状态="退款中"),
        refund("r3", "3", "3.00", 退款完结时间=""),
    ]
    till.taken("b.csv", form(REFUNDS, cases))

    found = till.rows("refund", "order_id", "refunded_date", "undated_reason")
    assert [tuple(row.values()) for row in found] == [
        ("1", date(2026, 9, 6), None),
        ("2", None, "not_refunded"),
        ("3", None, "time_is_empty"),
        ("4", None, "order_total"),
    ]


def test_a_file_without_refund_times_leaves_the_second_base_empty_and_keeps_the_first(till: Till) -> None:
    header = ("售后编号", "订单编号", "交易金额", "售后状态", "退款类型", "退款金额", "申请时间")
    case = dict(
        zip(header, ("r1", "260901-1", "9.00", "退款成功", "仅退款", "9.00", "2026-09-03 09:00:00"), strict=True)
    )
    till.taken("a.csv", form(header, [case], "utf-8-sig"))

    [row] = till.rows("refund", "refunded_minor", "refunded_date", "undated_reason", "cohort_date")
    assert tuple(row.values()) == (900, None, "no_time_in_file", date(2026, 9, 3))


def test_repeated_refunds_of_an_order_add_up_and_a_case_moves_on_within_one_export(till: Till) -> None:
    till.taken("a_20260905120000.csv", report(order("1")), store="甲店")
    first, second = refund("r1", "1", "30.00"), refund("r2", "1", "20.00", 退款状态="退款中")
    till.taken("b_20260906120000.csv", form(REFUNDS, [first, second]))
    before = till.order("1")["refunded_minor"]

    # An export of the same minute that knows more: the further state counts.
    till.taken("c_20260906120000.csv", form(REFUNDS, [refund("r2", "1", "20.00")]))
    till.taken("d_20260906120000.csv", form(REFUNDS, [second]))

    assert (before, till.order("1")["refunded_minor"]) == (3000, 5000)
