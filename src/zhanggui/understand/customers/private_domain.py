"""私域 What buyers who are contacts of an employee spend, beside all others (catalogue X-24)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import ibis

from zhanggui.i18n import Text
from zhanggui.understand.customers.lifecycle import with_goods_of
from zhanggui.understand.customers.people import FEWEST_BUYERS, People, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

DAYS = 365
_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: buyers, their orders, what they paid and what of it they did not get back, in minor units."""

    n_buyers: int
    n_orders: int
    paid_minor: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class PrivateDomain:
    """Contacts beside other buyers.

    Attributes
    ----------
    people : People
        Whose orders are read.
    days : int
        Days up to the one looked at in which they were paid.
    contacts, others : Side
        Buyers of these days.
    ratio, low, high : float
        What a contact paid over what another buyer paid, with its 95 % bounds by the delta method.
    """

    people: People
    days: int
    contacts: Side
    others: Side
    ratio: float
    low: float
    high: float


def private_domain(desk: Desk, view: View, *, days: int = DAYS, categories: Sequence[str] = ()) -> PrivateDomain:
    """Return what contacts spent beside other buyers; a plain comparison, nobody is matched.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores, channel and the day looked at.
    days : int
        Days up to it.
    categories : sequence of str
        Only orders with goods of one of these; all orders when empty.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers are contacts, or are none.
    """
    people = people_of(desk, view)
    orders = people.orders.filter(people.orders.paid_date > people.as_of - timedelta(days=days))
    if categories:
        orders = with_goods_of(desk, orders, categories)
    buyers = orders.group_by("buyer_key").aggregate(
        n=orders.count(), paid=orders.paid_minor.sum(), net=(orders.paid_minor - orders.refunded_minor).sum()
    )
    identity = desk.ledger.table("identity")
    known = identity.filter(identity.id_kind == "contact").select(buyer_key="person_key").distinct()
    rows = buyers.left_join(known.mutate(is_contact=ibis.literal(True)), "buyer_key").drop("buyer_key_right")
    rows = rows.mutate(is_contact=rows.is_contact.fill_null(False), paid_yuan=rows.paid.cast("float64"))
    asked = rows.group_by("is_contact").aggregate(
        n_buyers=rows.count(), n_orders=rows.n.sum(), paid=rows.paid.sum(), net=rows.net.sum(),
        spread=rows.paid_yuan.var(how="sample"),
    )  # fmt: skip
    found = {bool(row["is_contact"]): row for row in desk.ledger.query(asked).to_pylist()}
    own, other = found.get(True, {}), found.get(False, {})
    for row, label in ((own, _CONTACTS), (other, _OTHERS)):
        if row.get("n_buyers", 0) < FEWEST_BUYERS or row["paid"] <= 0:
            raise _too_few(label, int(row.get("n_buyers", 0)))
    ratio = _mean(own) / _mean(other)
    # The logarithm of a ratio of two means, by the delta method.
    error = _Z_95 * math.sqrt(sum(row["spread"] / row["n_buyers"] / _mean(row) ** 2 for row in (own, other)))
    low, high = ratio * math.exp(-error), ratio * math.exp(error)
    return PrivateDomain(people, days, _side(own), _side(other), ratio, low, high)


_CONTACTS = Text("是企微好友的买家", "buyers who are contacts")
_OTHERS = Text("不是企微好友的买家", "buyers who are no contacts")


def _mean(row: Mapping[str, Any]) -> float:
    return float(row["paid"]) / float(row["n_buyers"])


def _side(row: Mapping[str, Any]) -> Side:
    return Side(int(row["n_buyers"]), int(row["n_orders"]), int(row["paid"]), int(row["net"]))


def _too_few(label: Text, n: int) -> ThinDataError:
    return ThinDataError(
        Text(
            f"{label.zh}只有 {n} 位，少于 {FEWEST_BUYERS} 位，比较只是偶然。",
            f"{n} {label.en}; below {FEWEST_BUYERS}, a comparison is chance.",
        ),
        Text(
            "请导入企微客户（带 UnionID）与带 UnionID、买家标识的会员文件，或选更长的时间。",
            "Load WeCom contacts with their union ids and members with union and buyer ids, or choose a longer time.",
        ),
    )
