"""How far an order is, where each of its lines says so for itself, and where one file does not know who paid."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.collect.connectors.douyin.test_formats import ORDERS_74
from tests.collect.connectors.douyin.test_formats import row as sub_order
from tests.collect.connectors.xiaohongshu.test_formats import ORDERS_72
from tests.collect.connectors.xiaohongshu.test_formats import row as package_row
from tests.collect.loading.forms import CLOSED, DONE, ITEMS, SEVEN, form, item, order, report, unpaid
from tests.collect.loading.shops import Till, classes, rules, till_at, utc

Row = dict[str, str]


def douyin(*rows: Row) -> bytes:
    return form(ORDERS_74, rows, "utf-8-sig")


def part(line_id: str, status: str, **cells: str) -> Row:
    """Return a sub-order of the order 1 in some state."""
    return sub_order("1", line_id, status, **cells)


PAID, SHIPPED, COMPLETED, GONE, WAITING = "待发货", "已发货", "已完成", "已关闭", "待支付"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((PAID, PAID), "paid"),
        ((PAID, SHIPPED), "partially_shipped"),
        ((PAID, COMPLETED), "partially_shipped"),
        ((SHIPPED, COMPLETED), "shipped"),
        ((COMPLETED, COMPLETED), "completed"),
        # A line that was given back closes no order; the others say how far it is.
        ((GONE, SHIPPED), "shipped"),
        ((GONE, PAID, SHIPPED), "partially_shipped"),
        ((GONE, GONE), "closed_refunded"),
        # A word that nobody knows hides no line that is known.
        (("没见过", SHIPPED), "shipped"),
        (("没见过", GONE), "unknown"),
        ((WAITING, WAITING), "pending_payment"),
    ],
)
def test_an_order_is_as_far_as_the_least_far_of_its_lines_that_go_on(
    till: Till, states: tuple[str, ...], expected: str
) -> None:
    rows = [part(f"L{place}", state) for place, state in enumerate(states)]
    for some in (rows, rows[::-1]):
        done = till.taken("a.csv", douyin(*some))
        assert "order_values_differ" not in rules(done)
        assert till.order("1")["status"] == expected


def test_an_order_left_with_its_first_parcel_and_is_completed_with_its_last_line(till: Till) -> None:
    first = part("A", COMPLETED, 发货时间="2026-09-23 10:00:00", 订单完成时间="2026-09-28 10:00:00")
    late = part("B", SHIPPED, 发货时间="2026-09-25 10:00:00")
    till.taken("1790000000_new.csv", douyin(first, late))
    before = till.order("1")
    done = {**late, "订单状态": COMPLETED, "订单完成时间": "2026-09-30 10:00:00"}
    till.taken("1790100000_new.csv", douyin(first, done))

    assert (before["shipped_at"], before["completed_at"]) == (utc(2026, 9, 23, 2), None)
    assert till.order("1")["completed_at"] == utc(2026, 9, 30, 2)
    assert till.order("1")["status"] == "completed"


def test_two_exports_of_one_moment_give_one_order_whichever_comes_first(tmp_path: Path) -> None:
    # The least far line is the same in both files: what the other one says must decide, not the order of loading.
    files = [
        ("1790000000_a.csv", douyin(part("A", PAID), part("B", SHIPPED, 发货时间="2026-09-23 10:00:00"))),
        ("1790000000_b.csv", douyin(part("A", PAID), part("B", SHIPPED, 发货时间="2026-09-24 10:00:00"))),
    ]
    found = []
    for place, names in enumerate((files, files[::-1])):
        with till_at(tmp_path / str(place)) as till:
            for name, data in names:
                till.taken(name, data)
            found.append(till.contents())

    assert found[0] == found[1]


def test_the_change_of_one_line_is_taken_though_the_order_goes_by_another(till: Till) -> None:
    till.taken("1790000000_new.csv", douyin(part("A", PAID), part("B", PAID)))

    done = till.taken("1790100000_new.csv", douyin(part("A", PAID), part("B", SHIPPED)))

    # The order changed with its row A, which it goes by, and the line with its row B.
    assert classes(done) == (2, 0, 0, 0, 0)
    assert till.order("1")["status"] == "partially_shipped"
    assert sorted(till.column("order_line", "line_status_raw")) == [SHIPPED, PAID]


def test_an_item_report_leaves_it_to_the_order_report_how_an_order_was_closed(tmp_path: Path) -> None:
    # Both exports of one minute: paid and closed is refunded, not closed for some other reason.
    items = form(ITEMS, [item("1", 订单状态=CLOSED), item("2", 订单状态=CLOSED)])
    files = [
        ("ExportOrderList202609051230.csv", report(order("1", 订单状态=CLOSED), unpaid("2", 订单状态=CLOSED))),
        ("ExportOrderDetailList202609051230.csv", items),
    ]
    for place, names in enumerate((files, files[::-1])):
        with till_at(tmp_path / str(place)) as till:
            for name, data in names:
                till.taken(name, data, store="甲店")
            till.check()
            assert [till.order(key)["status"] for key in "12"] == ["closed_refunded", "closed_unpaid"]
            assert [till.order(key)["is_paid"] for key in "12"] == [True, False]


def test_a_closed_order_of_which_nothing_else_is_known_is_closed_for_some_other_reason(till: Till) -> None:
    till.taken("ExportOrderDetailList202609051230.csv", form(ITEMS, [item("1", 订单状态=CLOSED)]), store="甲店")

    assert till.order("1")["status"] == "closed_other"


def test_a_report_without_states_settles_what_the_items_close(till: Till) -> None:
    items = form(ITEMS, [item("1", 订单状态=CLOSED), item("2", 订单状态=CLOSED)])
    till.taken("a_20260905123000.csv", form(SEVEN, [order("1"), unpaid("2")]), store="甲店")
    till.taken("b_20260905123000.csv", items, store="甲店")

    assert [till.order(key)["status"] for key in "12"] == ["closed_refunded", "closed_unpaid"]


def test_an_item_that_was_given_back_does_not_close_its_order(till: Till) -> None:
    till.taken("a_20260905123000.csv", report(order("1", amount="200.00", 订单状态=DONE)), store="甲店")
    lines = form(ITEMS, [item("1", 订单状态=DONE), item("1", "杯", 订单状态=CLOSED)])

    done = till.taken("b_20260905123000.csv", lines, store="甲店")

    assert till.order("1")["status"] == "completed"
    assert "order_values_differ" not in rules(done)


def test_the_postage_of_every_package_counts_once(till: Till) -> None:
    rows = [
        package_row("P1", 快递单号="SF1", **{"包裹总运费(元)": "8"}),
        package_row("P1", 快递单号="SF1", SKU规格="蓝色", **{"包裹总运费(元)": "8"}),
        package_row("P1", 快递单号="SF2", SKU规格="绿色", **{"包裹总运费(元)": "5"}),
        package_row("P2", **{"包裹总运费(元)": "6"}),
    ]

    done = till.taken("a.csv", form(ORDERS_72, rows, "utf-8-sig"))

    # 8.00 and 5.00 of two packages; the row of the other order has no waybill yet.
    assert [till.order(key)["shipping_minor"] for key in ("P1", "P2")] == [1300, 600]
    assert sum(till.column("order_line", "shipping_minor", order_id="P1")) == 1300
    assert "order_values_differ" not in rules(done)
