"""Histories as platforms export them that trip readers up, each with what loading makes of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.collect.loading.forms import (
    CLOSED,
    DONE,
    ITEMS,
    PAID,
    REFUNDS,
    SHIPPED,
    SUB_ORDERS,
    Cells,
    form,
    item,
    order,
    refund,
    report,
    sub_order,
    unpaid,
)
from tests.collect.loading.shops import csv, layout

from zhanggui.collect.mapping import Layout

STORE = "甲店"
_ALL_TAKEN, _ALL_THERE, _ALL_OLDER = (1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0)
_KEPT_APART = (0, 0, 0, 1, 0)

Classes = tuple[int, int, int, int, int]
"""Accepted, duplicate, superseded, quarantined, rejected."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a history, the classes of its rows, and the rules that speak about them."""

    data: bytes
    classes: Classes = _ALL_TAKEN
    rules: frozenset[str] = frozenset()
    store: str = STORE
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Files of one store in the order in which they are loaded.

    Attributes
    ----------
    name : str
        What happens.
    files : tuple of File
        The files.
    orders : mapping of str to str
        Afterwards, of each order: status, amount paid, amount refunded, number of lines.
    refunds : mapping of str to int
        What each case that paid something back did, in minor units.
    columns : mapping of (str, str) to list
        Values of some columns of some tables, in order.
    days_apart : int
        Days from one export to the next; below zero where the newest is loaded first.
    is_masked : bool
        Whether every person in it is masked, so that no token may be made of one.
    """

    name: str
    files: tuple[File, ...]
    orders: Mapping[str, str]
    refunds: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], list[object]] = field(default_factory=dict)
    days_apart: int = 1
    is_masked: bool = True


def _orders(*rows: Cells, classes: Classes | None = None, rules: tuple[str, ...] = (), store: str = STORE) -> File:
    return File(report(*rows), classes or (len(rows), 0, 0, 0, 0), frozenset(rules), store)


def _cases(*rows: Cells, classes: Classes | None = None, rules: tuple[str, ...] = ()) -> File:
    return File(form(REFUNDS, rows), classes or (len(rows), 0, 0, 0, 0), frozenset(rules))


def _parts(*rows: Cells, classes: Classes | None = None, rules: tuple[str, ...] = ()) -> File:
    return File(form(SUB_ORDERS, rows), classes or (len(rows), 0, 0, 0, 0), frozenset(rules))


def histories() -> Iterator[History]:
    """Yield every history."""
    yield from _persons()
    yield from _splits()
    yield from _refunds()
    yield from _states()
    yield from _shops()
    yield from _marks()


_PLAIN = "completed 10000 0 0"


def _persons() -> Iterator[History]:
    """Persons as platforms hide them: no key is made of a mask, and none of what changes every week."""
    hidden = {
        "phone_masked": {"联系手机": "'138****0000"},
        "name_masked": {"收货人姓名": "王**"},
        "name_masked_in_full_width": {"收货人姓名": "王＊＊"},
        "phone_as_ciphertext": {"联系手机": "##JXBjFnyTlmMnCnaF##"},
        "name_as_ciphertext": {"收货人姓名": "~AgAAAAB1x9Y=~0~"},
    }
    for name, cells in hidden.items():
        yield History(name, (_orders(order("1", **cells)),), {"1": _PLAIN})
    number_of_the_week = {"联系手机": "13800001111-0042"}
    yield History(
        "phone_is_a_privacy_number", (_orders(order("1", **number_of_the_week)),), {"1": _PLAIN}, is_masked=False
    )
    yield History(
        "masked_nickname_of_two_buyers",
        (_orders(order("1", 买家会员名="t**1"), order("2", 买家会员名="t**1"), rules=("masked_buyer",)),),
        {"1": _PLAIN, "2": _PLAIN},
        columns={("order_header", "buyer_key"): [None, None]},
    )
    yield History(
        "oaid_of_this_week_is_not_that_of_the_last",
        (
            _orders(order("1", 订单备注="oaid=1A2B")),
            _orders(order("1", 订单备注="oaid=9Z8Y"), classes=_ALL_THERE),
        ),
        {"1": _PLAIN},
    )


def _splits() -> Iterator[History]:
    two = "completed 20000 0 2"
    yield History("order_of_two_lines", (_parts(sub_order("1", "11"), sub_order("1", "12")),), {"1": two})
    # A platform gives a line one number for good and closes it instead of dropping it: these are parts of one order.
    both = (_parts(sub_order("1", "11")), _parts(sub_order("1", "12")))
    yield History("lines_of_one_order_in_two_files", both, {"1": two})
    yield History("line_is_its_own_order", (_parts(sub_order("1", "1")),), {"1": "completed 10000 0 1"})
    yield History(
        "one_number_in_two_stores",
        (_orders(order("1")), _orders(order("1", amount="30.00"), store="乙店")),
        {"1": _PLAIN, "1 of 乙店": "completed 3000 0 0"},
    )
    yield History(
        "merged_into_a_parent_order",
        (_orders(order("1"), order("2", amount="30.00")), _orders(order("1", 主订单编号="9"), classes=_ALL_TAKEN)),
        {"1": _PLAIN, "2": "completed 3000 0 0"},
    )


def _refunds() -> Iterator[History]:
    part = order("1", 退款金额="30.00")
    yield History(
        "part_is_refunded",
        (_orders(part), _cases(refund("r1", "1", "30.00"))),
        {"1": "completed 10000 3000 0"},
        {"r1": 3000},
    )
    yield History(
        "two_parts_are_refunded",
        (_orders(order("1")), _cases(refund("r1", "1", "30.00"), refund("r2", "1", "20.00"))),
        {"1": "completed 10000 5000 0"},
        {"r1": 3000, "r2": 2000},
    )
    yield History(
        "case_is_exported_again",
        (
            _orders(order("1")),
            _cases(refund("r1", "1", "30.00")),
            _cases(refund("r1", "1", "30.00"), classes=_ALL_THERE),
        ),
        {"1": "completed 10000 3000 0"},
        {"r1": 3000},
    )
    yield History(
        "case_grows",
        (_orders(order("1")), _cases(refund("r1", "1", "30.00")), _cases(refund("r1", "1", "45.00"))),
        {"1": "completed 10000 4500 0"},
        {"r1": 4500},
    )
    closed = refund("r1", "1", "30.00", 退款状态="退款关闭", 退款完结时间="")
    yield History(
        "case_is_closed_after_it_was_asked_for",
        (
            _orders(order("1")),
            _cases(refund("r1", "1", "30.00", 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="")),
            _cases(closed),
        ),
        {"1": _PLAIN},
    )
    yield History(
        "case_of_an_order_that_nobody_knows",
        (_orders(order("1")), _cases(refund("r9", "9", "30.00"))),
        {"1": _PLAIN},
        {"r9": 3000},
    )
    yield History(
        "case_comes_before_its_order",
        (_cases(refund("r1", "1", "30.00")), _orders(order("1"))),
        {"1": "completed 10000 3000 0"},
        {"r1": 3000},
    )
    yield History(
        "more_is_refunded_than_was_paid",
        (_orders(order("1", 退款金额="130.00"), classes=_KEPT_APART, rules=("refund_above_paid",)),),
        {},
    )
    yield History(
        "all_goes_back_before_it_is_sent",
        (_orders(order("1", 订单状态=CLOSED, 退款金额="100.00")),),
        {"1": "closed_refunded 10000 10000 0"},
        {"order:1": 10000},
    )


def _states() -> Iterator[History]:
    yield History(
        "state_goes_back",
        (_orders(order("1", 订单状态=DONE)), _orders(order("1", 订单状态=SHIPPED))),
        {"1": "shipped 10000 0 0"},
    )
    yield History(
        "older_export_comes_late",
        (_orders(order("1", 订单状态=DONE)), _orders(order("1", 订单状态=PAID), classes=_ALL_OLDER)),
        {"1": _PLAIN},
        days_apart=-1,
    )
    yield History(
        "closed_and_then_paid",
        (_orders(unpaid("1", 订单状态=CLOSED)), _orders(order("1", 订单状态=PAID))),
        {"1": "paid 10000 0 0"},
    )
    yield History(
        "paid_and_then_unpaid",
        (_orders(order("1", 订单状态=PAID)), _orders(unpaid("1"))),
        {"1": "pending_payment 0 0 0"},
    )
    yield History(
        "word_that_nobody_knows",
        (_orders(order("1", 订单状态="交易冻结中"), rules=("unknown_status",)),),
        {"1": "unknown None 0 0"},
    )
    yield History("state_is_empty", (_orders(order("1", 订单状态="")),), {"1": "None 10000 0 0"})
    yield History("same_export_twice", (_orders(order("1")), _orders(order("1"), classes=_ALL_THERE)), {"1": _PLAIN})


def _shops() -> Iterator[History]:
    yield History("store_was_closed_and_its_name_is_gone", (_orders(order("1", 店铺名称="")),), {"1": _PLAIN})
    # Nobody but the seller knows that it is the same store; `zhanggui batches move` puts the file there.
    renamed = "甲店（已注销）"
    yield History(
        "store_has_another_name_now",
        (_orders(order("1", 店铺名称="甲店")), _orders(order("1", 店铺名称=renamed))),
        {"1": _PLAIN, f"1 of {renamed}": _PLAIN},
    )
    gone = item("1", title="", 外部系统编号="", 商家编码="")
    yield History("product_was_deleted", (_orders(order("1")), File(form(ITEMS, [gone]))), {"1": "completed 10000 0 1"})


def _marks() -> Iterator[History]:
    columns = {"order_id": "id", "mark": "mark"}
    listed = layout(
        "marked_orders",
        columns,
        constants={"platform": "taobao", "shop": STORE},
        words={"mark": {"刷单": "brushing", "测试": "test", "撤销": "ordinary"}},
    )

    def marks(*rows: tuple[str, str], classes: Classes = _ALL_TAKEN) -> File:
        return File(csv(["id", "mark"], *rows), classes, layout=listed)

    kind = ("order_header", "order_kind")
    yield History(
        "test_order_of_a_fen",
        (_orders(order("1", amount="0.01")), marks(("1", "测试"))),
        {"1": "completed 1 0 0"},
        columns={kind: ["test"]},
    )
    yield History(
        "test_order_of_nothing",
        (_orders(order("1", amount="0.00")),),
        {"1": "completed 0 0 0"},
        columns={kind: ["ordinary"]},
    )
    yield History(
        "brushing_is_known_before_the_order",
        (marks(("1", "刷单")), _orders(order("1"))),
        {"1": _PLAIN},
        columns={kind: ["brushing"]},
    )
    yield History(
        "mark_is_taken_back",
        (_orders(order("1")), marks(("1", "刷单")), marks(("1", "撤销"))),
        {"1": _PLAIN},
        columns={kind: ["ordinary"]},
    )
    yield History(
        "mark_of_an_order_that_nobody_knows",
        (_orders(order("1")), marks(("9", "测试"))),
        {"1": _PLAIN},
        columns={kind: ["ordinary"]},
    )
    yield History(
        "order_of_less_than_nothing",
        (_orders(order("1", amount="-5.00"), classes=_KEPT_APART, rules=("negative_amount",)),),
        {},
    )
