"""After-sale cases as platforms list them: one row per case and line, with what their order says."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.exports.bookings import shipping_of_lines
from zhanggui.simulate.exports.sales import RefundStanding, StoreDay, refund_standing
from zhanggui.simulate.exports.writing import View
from zhanggui.simulate.records import RefundKind
from zhanggui.simulate.rows import NEVER, Column, Rows, Table
from zhanggui.simulate.sale.amounts import apportioned

CASES = Table(
    "cases",
    dict.fromkeys(
        (
            "refund", "order", "line", "sku", "person", "place", "carrier", "kind", "reason", "quantity",
            "created_at", "paid_at", "shipped_at", "received_at",
            "applied_at", "agreed_at", "returned_at", "refunded_at", "closed_at",
            "due_minor", "paid_minor", "requested_minor", "goods_minor", "shipping_minor",
        ),
        np.int64,
    ),
)  # fmt: skip
"""`paid_minor` is what the line cost its buyer, postage included; `due_minor` the same of its whole order. What is
given back is `goods_minor` and `shipping_minor`. `refunded_at` is when the case ended as the buyer wished: with money
or with other goods."""


def cases_of(day: StoreDay) -> Rows:
    """Return the cases of a day's orders; a case about a whole order becomes one case for each of its lines."""
    refunds, lines = day.refunds, day.lines
    if not len(refunds):
        return Rows.none(CASES)
    is_whole = refunds["line"] == NEVER
    order = day.order_of_refund
    n_lines = np.where(is_whole, day.n_lines[order], 1)
    head = np.repeat(np.arange(len(refunds)), n_lines)
    within = np.arange(head.size) - np.repeat(np.cumsum(n_lines) - n_lines, n_lines)
    line = day.first_line[order][head] + np.maximum(refunds["line"], 0)[head] + within
    paid = (lines["due_minor"] + shipping_of_lines(day))[line]
    requested = apportioned(refunds["requested_minor"], paid, head)
    refunded = apportioned(refunds["refunded_minor"], paid, head)
    goods = np.minimum(refunded, lines["due_minor"][line])
    moments = {name: moment[head] for name, moment in _course(refunds).items()}
    of_order = {name: day.orders[name][order][head] for name in _OF_ORDER}
    rows = Rows(
        CASES,
        refund=refunds["refund"][head] + within,
        order=refunds["order"][head],
        line=line - day.first_line[order][head],
        sku=lines["sku"][line],
        kind=refunds["kind"][head],
        reason=refunds["reason"][head],
        quantity=np.where(is_whole[head], lines["quantity"][line], refunds["quantity"][head]),
        paid_minor=paid,
        requested_minor=requested,
        goods_minor=goods,
        shipping_minor=refunded - goods,
        **moments,
        **of_order,
    )
    # Gifts go back with what they were given for; nobody opens a case for one.
    return rows.where((rows["paid_minor"] > 0) | ~is_whole[head] | (n_lines == 1)[head])


def _course(refunds: Rows) -> dict[str, Column]:
    course = {name: refunds[name] for name in ("applied_at", "agreed_at", "returned_at", "refunded_at", "closed_at")}
    sends_goods = np.isin(refunds["kind"], (RefundKind.EXCHANGE, RefundKind.RESHIP))
    is_sent = sends_goods & (course["agreed_at"] != NEVER)
    is_sent &= (course["returned_at"] != NEVER) | (refunds["kind"] == RefundKind.RESHIP)
    course["refunded_at"] = np.where(is_sent, course["closed_at"], course["refunded_at"])
    course["closed_at"] = np.where(is_sent, NEVER, course["closed_at"])
    return course


_OF_ORDER = (
    "person", "place", "carrier", "created_at", "paid_at", "shipped_at", "received_at", "due_minor",
)  # fmt: skip


def needs_return(kinds: Column) -> Column:
    """Return which cases send goods back."""
    found: Column = np.isin(kinds, (RefundKind.RETURN_AND_REFUND, RefundKind.EXCHANGE))
    return found


REASON_WORDS: tuple[str, ...] = (
    "不想要了", "发货或物流太慢", "尺码偏小", "尺码偏大", "颜色与描述不符", "材质面料与描述不符", "质量问题",
    "商品破损", "与商品描述不符", "卖家发错货", "未收到货", "商品降价",
)  # fmt: skip
"""What a buyer chooses for each `Reason`."""


class CaseState(IntEnum):
    """How the cases of an order or of a line stand together; the furthest counts."""

    NONE = 0
    CLOSED = 1
    OPEN = 2
    BEING_PAID = 3
    SUCCEEDED = 4


def case_states(day: StoreDay, view: View) -> Column:
    """Return the `CaseState` of each order of a day."""
    return _furthest(len(day.orders), day.order_of_refund, _states(day.refunds, view))


def line_case_states(day: StoreDay, view: View) -> Column:
    """Return the `CaseState` of each line of a day; a case about a whole order is about all its lines."""
    states, is_whole = _states(day.refunds, view), day.refunds["line"] == NEVER
    of_orders = _furthest(len(day.orders), day.order_of_refund[is_whole], states[is_whole])
    place = day.first_line[day.order_of_refund] + day.refunds["line"]
    of_lines = _furthest(len(day.lines), place[~is_whole], states[~is_whole])
    found: Column = np.maximum(of_lines, of_orders[day.order_of_line])
    return found


def _states(refunds: Rows, view: View) -> Column:
    standing = refund_standing(refunds, view)
    is_being_paid = (standing == RefundStanding.AGREED) & ~needs_return(refunds["kind"])
    over = (standing == RefundStanding.SUCCEEDED, standing == RefundStanding.CLOSED, is_being_paid)
    return np.select(over, (CaseState.SUCCEEDED, CaseState.CLOSED, CaseState.BEING_PAID), CaseState.OPEN)


def _furthest(size: int, places: Column, states: Column) -> Column:
    found = np.zeros(size, np.int64)
    np.maximum.at(found, places, states)
    return found
