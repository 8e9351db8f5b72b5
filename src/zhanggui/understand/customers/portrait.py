"""画像 What sets a segment, an audience or any other group of customers apart from all of them (catalogue SEG-19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.methods.association import Contrast, contrast
from zhanggui.metrics.problems import BadFilterError
from zhanggui.pagespec.words import Unit
from zhanggui.understand.customers.audiences.keeping import compile_audience, saved_audience
from zhanggui.understand.customers.lifecycle import STAGES, standing
from zhanggui.understand.customers.people import FEWEST_BUYERS, People, enough, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.rfm import rfm, scored, snapshot
from zhanggui.understand.customers.rule_book import kept_rules
from zhanggui.understand.customers.segments import BY_NAME
from zhanggui.understand.customers.traits import LABELS, traits, value_label
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

LEAST_WITH_TRAIT = 10
"""Customers with a trait below which it is not tried: one or two tell nothing, and each trait tried costs certainty."""

MOST_TRAITS = 400
FALSE_SHARE = 0.05
"""Share of false findings that is accepted among the traits called distinct."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean of the group beside that of all; money in minor units."""

    name: str
    label: Text
    unit: Unit
    of_group: float
    of_all: float


@dataclass(frozen=True, slots=True)
class Portrait:
    """A group of customers beside all.

    Attributes
    ----------
    people : People
        All.
    group : tuple of str
        What the group is, each as ``what=value``; all hold.
    label : Text
        The same in words.
    n_group : int
        Its size.
    traits : list of (about, value, n_group, n_all)
        What was tried.
    contrast : Contrast
        How each stands out, in that order.
    figures : tuple of Figure
        Means.
    """

    people: People
    group: tuple[str, ...]
    label: Text
    n_group: int
    traits: list[tuple[str, str, int, int]]
    contrast: Contrast
    figures: tuple[Figure, ...]


def portrait(desk: Desk, view: View, group: Sequence[str]) -> Portrait:
    """Return what sets a group apart.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores, channel and the day looked at.
    group : sequence of str
        ``segment=NAME`` (RFM), ``stage=NAME`` (lifecycle), ``audience=NAME`` (saved), or a trait such as
        ``tier=…``, ``province=…``, ``category=…``, ``tag=…``; all of them hold.

    Raises
    ------
    ThinDataError
        The group holds fewer than 30 customers, or all of them.
    BadFilterError
        A part of the group is nothing that is known.
    """
    given = tuple(dict.fromkeys(group))
    return desk.kept(("portrait", view.where, view.date_to, given), lambda: _portrait(desk, view, given))


def _portrait(desk: Desk, view: View, group: tuple[str, ...]) -> Portrait:
    people = people_of(desk, view)
    enough(people)
    if not group:
        raise BadFilterError("group", why="is not named; say for instance segment=high_value")
    every = traits(desk, people)
    parts = [_members(desk, view, people, every, each) for each in group]
    labels = [label for _, label in parts]
    members = parts[0][0]
    for rows, _ in parts[1:]:
        members = members.semi_join(rows, "buyer_key")
    n_group = int(desk.ledger.query(members.count()).column(0)[0].as_py())
    label = Text("、".join(each.zh for each in labels), " and ".join(each.en for each in labels))
    _check(label, n_group, people.n_buyers)
    marked = every.left_join(members.mutate(is_in=ibis.literal(True)), "buyer_key").drop("buyer_key_right")
    counted = marked.group_by(["about", "value"]).aggregate(n_group=marked.is_in.count(), n_all=marked.count())
    # Whatever defines the group is no finding about it.
    own = {each.partition("=")[0] for each in group}
    counted = counted.filter(counted.n_all >= LEAST_WITH_TRAIT, counted.n_all < people.n_buyers)
    asked = counted.order_by([ibis.desc("n_all"), "about", "value"]).limit(MOST_TRAITS)
    rows = [
        (row["about"], row["value"], int(row["n_group"]), int(row["n_all"]))
        for row in desk.ledger.query(asked).to_pylist()
        if row["about"] not in own
    ]
    found = contrast([row[2] for row in rows], [row[3] for row in rows], n_group=n_group, n_all=people.n_buyers)
    return Portrait(people, group, label, n_group, rows, found, _figures(desk, people, members))


def _check(label: Text, n_group: int, n_all: int) -> None:
    if n_group < FEWEST_BUYERS:
        raise ThinDataError(
            Text(f"「{label.zh}」只有 {n_group} 位客户，少于 {FEWEST_BUYERS} 位，特点只是偶然。",
                 f"{label.en}: {n_group} customers; below {FEWEST_BUYERS}, what sets them apart is chance."),
            Text("请选更大的人群，或更长的时间。", "Choose a larger group, or a longer time."),
        )  # fmt: skip
    if n_group >= n_all:
        raise ThinDataError(
            Text(f"「{label.zh}」就是全部客户，没有可比的人。", f"{label.en}: these are all customers."),
            Text("请选一部分客户。", "Choose a part of them."),
        )


def _members(desk: Desk, view: View, people: People, every: ir.Table, text: str) -> tuple[ir.Table, Text]:
    """Return who is meant by one part of a group, as one column ``buyer_key``, and its name."""
    what, _, value = text.partition("=")
    if what == "segment" and value in BY_NAME:
        found = rfm(desk, view)
        rows = scored(snapshot(desk, people, people.as_of), found.cuts)
        return rows.filter(rows.segment == BY_NAME[value].code).select("buyer_key"), BY_NAME[value].label
    stages = {stage.name: stage.label for stage in STAGES}
    if what == "stage" and value in stages:
        rows = standing(desk, view, people, kept_rules(desk), people.as_of)
        held = rows.filter(rows.stage == value).semi_join(people.orders, "buyer_key")
        return held.select("buyer_key"), stages[value]
    if what == "audience":
        members = compile_audience(desk, saved_audience(desk, value), people.as_of).members
        return members.semi_join(people.orders, "buyer_key").select("buyer_key"), Text.same(value)
    if what in LABELS and value:
        rows = every.filter(every.about == what, every.value == value)
        name = value_label(value)
        return rows.select("buyer_key"), Text(f"{LABELS[what].zh}：{name.zh}", f"{LABELS[what].en}: {name.en}")
    known = ", ".join(("segment", "stage", "audience", *LABELS))
    raise BadFilterError(text, why=f"names no group; one is WHAT=VALUE, of {known}")


def _figures(desk: Desk, people: People, members: ir.Table) -> tuple[Figure, ...]:
    orders = people.orders
    each = orders.group_by("buyer_key").aggregate(
        n_orders=orders.count(),
        net=(orders.paid_minor - orders.refunded_minor).sum(),
        paid=orders.paid_minor.sum(),
        days=ibis.literal(people.as_of).delta(orders.paid_date.max(), unit="day"),
    )
    marked = each.left_join(members.mutate(is_in=ibis.literal(True)), "buyer_key").drop("buyer_key_right")
    is_in = marked.is_in.notnull()
    sums = {name: marked[name].sum() for name in ("n_orders", "net", "paid", "days")}
    inside = {f"{name}_in": marked[name].sum(where=is_in) for name in sums}
    asked = marked.aggregate(n=marked.count(), n_in=is_in.sum(), **sums, **inside)
    [row] = desk.ledger.query(asked).to_pylist()

    def mean(top: str, bottom: str) -> tuple[float, float]:
        return float(row[f"{top}_in"]) / float(row[f"{bottom}_in"]), float(row[top]) / float(row[bottom])

    return (
        Figure("orders", Text("人均付款订单", "Paid orders, each"), "count", *mean("n_orders", "n")),
        Figure("net", Text("人均净收入", "Net revenue, each"), "money", *mean("net", "n")),
        Figure("order_value", Text("笔单价", "Paid per order"), "money", *mean("paid", "n_orders")),
        Figure("days_since", Text("距上次购买天数", "Days since the last"), "days", *mean("days", "n")),
    )
