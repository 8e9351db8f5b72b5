"""From the condition of an audience to one expression of the engine; no text of a query is ever put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

import ibis
import ibis.expr.types as ir

from zhanggui.metrics import Filter
from zhanggui.metrics.compiler.relations import Rows
from zhanggui.metrics.model import Unit
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.money import currency_exponent
from zhanggui.understand.customers.audiences.conditions import (
    AllOf,
    AnyOf,
    Audience,
    BornIn,
    Bought,
    Comparison,
    DaysSince,
    Did,
    Group,
    HasTag,
    InAudience,
    InSegment,
    InStage,
    IsMember,
    Leaf,
    LivesIn,
    MetricIs,
    Not,
    Prefers,
    leaves,
)
from zhanggui.understand.customers.audiences.linking import members_of_buyers
from zhanggui.understand.customers.audiences.passes import PERSON, Pass, sums_of, value_of
from zhanggui.understand.customers.lifecycle import STAGES, accounts, categorised_lines, since_of, standing
from zhanggui.understand.customers.people import People, enough, in_stores, people_of
from zhanggui.understand.customers.rfm import scored_by_itself, snapshot
from zhanggui.understand.customers.rule_book import kept_rules
from zhanggui.understand.customers.segments import BY_NAME
from zhanggui.understand.customers.tags.preferences import preferred
from zhanggui.understand.customers.tags.rules import known_rules
from zhanggui.understand.customers.tags.scoring import tagged
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

Truth = Callable[[ir.Table], ir.BooleanValue]
"""What a condition says of the joined rows of people, once they are there."""

_TESTS: dict[Comparison, Callable[[ir.Value, object], ir.BooleanValue]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_ORDERS = "order_header"


@dataclass(frozen=True, slots=True)
class Compiled:
    """An audience as an expression, not yet asked.

    Attributes
    ----------
    people : People
        Whose orders are read.
    everyone : ibis Table
        One row per person among whom is chosen: ``buyer_key``, ``is_in``, and ``leaf_0``, ``leaf_1`` ... in the
        order of :func:`leaves`, each true or false.
    """

    people: People
    everyone: ir.Table

    @property
    def members(self) -> ir.Table:
        """Who is in: one column, ``buyer_key``."""
        return self.everyone.filter(self.everyone.is_in).select(PERSON)


@dataclass(slots=True)
class _Work:
    """What is being put together: passes over tables, tables of people beside them, and names."""

    desk: Desk
    audience: Audience
    view: View
    people: People
    shop_ids: list[int] | None
    open_names: tuple[str, ...]
    passes: dict[str, Pass] = field(default_factory=dict)
    beside: list[ir.Table] = field(default_factory=list)
    n_names: int = 0

    def name(self) -> str:
        """Return a new name of a column."""
        self.n_names += 1
        return f"v{self.n_names}"

    def built(self, one: Pass) -> ir.Table:
        """Return one row per person of a pass."""
        return one.built(self.desk.ledger.table, self.shop_ids, lambda rows, column: by_person(self.desk, rows, column))

    def events(self) -> ir.Table:
        """Return the events in the stores looked at, by person."""
        rows = in_stores(self.desk, self.desk.ledger.table("event"), self.view.where)
        return by_person(self.desk, rows.filter(rows.user_key.notnull()), "user_key")

    def over(self, table: str) -> Pass:
        """Return the pass over a table."""
        return self.passes.setdefault(table, Pass(table))

    def window(self, leaf: MetricIs | Bought | Did) -> tuple[date | None, date]:
        """Return the first and last day that count; no day after the one looked at does."""
        last = min(leaf.date_to or self.people.as_of, self.people.as_of)
        if leaf.last_days is not None:
            return self.people.as_of - timedelta(days=leaf.last_days - 1), last
        return leaf.date_from, last


def view_of(audience: Audience, as_of: date | None = None) -> View:
    """Return the view of an audience: its stores, up to a day."""
    where = []
    if audience.stores:
        where.append(Filter("shop", audience.stores))
    if audience.platforms:
        where.append(Filter("platform", audience.platforms))
    return View(date_to=as_of, where=tuple(where))


Saved = Callable[[str], Audience]
"""Gives a saved audience by its name."""


def compiled(
    desk: Desk, audience: Audience, saved: Saved, as_of: date | None = None, open_names: tuple[str, ...] = ()
) -> Compiled:
    """Return an audience as one expression.

    Parameters
    ----------
    desk : Desk
        The shop.
    audience : Audience
        What is asked.
    saved : callable
        Gives the audiences that its condition names.
    as_of : date, optional
        The day looked at; the last with orders by default.
    open_names : tuple of str
        Audiences that are being compiled around this one.

    Raises
    ------
    ThinDataError
        No order names its buyer.
    QuestionError, NoMetricOfPeopleError
        The condition names what is not there.
    """
    view = view_of(audience, as_of)
    people = people_of(desk, view)
    work = _Work(desk, audience, view, people, _shop_ids(desk, view), (*open_names, audience.name))
    truths = [_truth(work, leaf, saved) for leaf in leaves(audience.condition)]
    rows = _joined(work)
    names = {f"leaf_{place}": truth(rows).fill_null(False) for place, truth in enumerate(truths)}
    rows = rows.select(PERSON, **names)
    remaining = iter(names)
    return Compiled(people, rows.mutate(is_in=_combined(audience.condition, rows, remaining.__next__)))


def _combined(condition: Leaf | Group, rows: ir.Table, leaf: Callable[[], str]) -> ir.BooleanValue:
    if isinstance(condition, Not):
        return ~_combined(condition.of, rows, leaf)
    if isinstance(condition, AllOf | AnyOf):
        parts = [_combined(each, rows, leaf) for each in condition.of]
        if not parts:
            return ibis.literal(True)
        return reduce(and_ if isinstance(condition, AllOf) else or_, parts)
    found: ir.BooleanValue = rows[leaf()]
    return found


def _shop_ids(desk: Desk, view: View) -> list[int] | None:
    if not view.where:
        return None
    stores = in_stores(desk, desk.ledger.table("store"), view.where)
    return [int(row["shop_id"]) for row in desk.ledger.query(stores.select("shop_id")).to_pylist()]


def _joined(work: _Work) -> ir.Table:
    """Return everybody among whom is chosen, with all that the conditions read beside them."""
    base = work.over(_ORDERS)
    as_of = work.people.as_of

    def has_bought(rows: Rows) -> ir.Value:
        return _is_purchase(rows, as_of).any()

    base.add("has_bought", ("is_paid", "order_kind", "paid_date"), has_bought)
    rows = work.built(base)
    rows = rows.filter(rows.has_bought)
    if work.audience.among == "everybody":
        known = accounts(work.desk, work.view)
        known = known.filter(known.seen_day <= as_of).select(account=PERSON)
        rows = rows.outer_join(known, rows[PERSON] == known.account)
        rows = rows.mutate(**{PERSON: ibis.coalesce(rows[PERSON], rows.account)}).drop("account")
    others = [work.built(each) for table, each in work.passes.items() if table != _ORDERS]
    for other in (*others, *work.beside):
        rows = rows.left_join(other, PERSON)
        rows = rows.drop(f"{PERSON}_right")
    return rows


def _is_purchase(rows: Rows, as_of: date) -> ir.BooleanValue:
    read = rows.value
    is_one: ir.BooleanValue = (
        read(_ORDERS, "is_paid") & (read(_ORDERS, "order_kind") == "ordinary") & (read(_ORDERS, "paid_date") <= as_of)
    )
    return is_one


def _truth(work: _Work, leaf: Leaf, saved: Saved) -> Truth:
    match leaf:
        case MetricIs():
            return _metric(work, leaf)
        case DaysSince():
            return _days_since(work, leaf)
        case LivesIn():
            return _lives_in(work, leaf)
        case Bought():
            return _bought(work, leaf)
        case Did():
            return _did(work, leaf)
        case IsMember() | BornIn():
            return _member(work, leaf)
        case InAudience(name=name):
            if name in work.open_names:
                raise BadChoiceError(name, where="audience within itself", allowed=("another audience",))
            inner = compiled(work.desk, saved(name), saved, work.view.date_to, work.open_names)
            return _beside(work, inner.members)
        case _:
            return _of_classes(work, leaf)


def _of_classes(work: _Work, leaf: Leaf) -> Truth:
    """Return the truth of what people are sorted by elsewhere: segments, stages, tags, preferences."""
    match leaf:
        case InSegment(any_of=names):
            _require(names, BY_NAME)
            enough(work.people)
            rows = scored_by_itself(snapshot(work.desk, work.people, work.people.as_of))
            return _beside(work, rows.filter(rows.segment.isin([BY_NAME[name].code for name in names])))
        case InStage(any_of=names):
            _require(names, [stage.name for stage in STAGES])
            since = since_of(work.view, work.people)
            rows = standing(work.desk, work.view, work.people, kept_rules(work.desk), since)
            return _beside(work, rows.filter(rows.stage.isin(list(names))))
        case HasTag(any_of=names):
            rules = known_rules(work.desk.shop)
            _require(names, rules)
            rows = tagged(work.desk, work.people, [rules[name] for name in names], shop_ids=work.shop_ids)
            return _beside(work, rows.select(PERSON).distinct())
        case Prefers(what=what, any_of=names):
            rows = preferred(work.desk, work.people, what)
            return _beside(work, rows.filter(rows.value.isin(list(names))))
    raise TypeError(f"no condition of kind {leaf.kind}")


def _require(names: Sequence[str], known: Iterable[str]) -> None:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            raise BadChoiceError(name, where="the condition of the audience", allowed=allowed or ("nothing yet",))


def _beside(work: _Work, people: ir.Table) -> Truth:
    """Return the truth that somebody is among these people."""
    name = work.name()
    work.beside.append(people.select(PERSON, **{name: ibis.literal(True)}))
    return lambda rows: rows[name]


def _metric(work: _Work, leaf: MetricIs) -> Truth:
    metric = work.desk.metric(leaf.metric)
    first, last = work.window(leaf)
    names = {}
    for each in sums_of(metric):
        names[each] = work.name()
        work.over(each.table).add_sum(names[each], each, first, last)
    wanted = float(leaf.value)
    if metric.unit is Unit.MONEY:
        wanted *= 10 ** currency_exponent(work.people.currency)

    def truth(rows: ir.Table) -> ir.BooleanValue:
        value = value_of(metric, lambda each: rows[names[each]].fill_null(0))
        return _TESTS[leaf.compare](value, wanted)

    return truth


def _days_since(work: _Work, leaf: DaysSince) -> Truth:
    name, as_of = work.name(), work.people.as_of
    if leaf.moment == "last_visit":
        events = work.events()
        events = events.filter(events.kind == "behaviour", events.event_date <= as_of)
        days = events.group_by(**{PERSON: events.user_key}).aggregate(**{name: events.event_date.max()})
        work.beside.append(days)
    else:
        is_first = leaf.moment == "first_order"

        def day(rows: Rows) -> ir.Value:
            days = rows.value(_ORDERS, "paid_date")
            is_one = _is_purchase(rows, as_of)
            return days.min(where=is_one) if is_first else days.max(where=is_one)

        work.over(_ORDERS).add(name, ("paid_date", "is_paid", "order_kind"), day)
    return lambda rows: _TESTS[leaf.compare](ibis.literal(as_of).delta(rows[name], unit="day"), leaf.value)


def _lives_in(work: _Work, leaf: LivesIn) -> Truth:
    name, as_of = work.name(), work.people.as_of

    def province(rows: Rows) -> ir.Value:
        read = rows.value
        at = read(_ORDERS, "province")
        return at.argmax(read(_ORDERS, "paid_at"), where=_is_purchase(rows, as_of) & at.notnull())

    columns = ("province", "paid_at", "paid_date", "is_paid", "order_kind")
    work.over(_ORDERS).add(name, columns, province)
    return lambda rows: rows[name].isin(list(leaf.any_of))


def _bought(work: _Work, leaf: Bought) -> Truth:
    name = work.name()
    first, last = work.window(leaf)
    lines = categorised_lines(work.desk)
    wanted = lines.product_id if leaf.what == "product" else lines.category
    lines = lines.filter(wanted.isin(list(leaf.any_of)))
    orders = work.people.orders
    orders = orders.filter(orders.paid_date <= last)
    if first is not None:
        orders = orders.filter(orders.paid_date >= first)
    found = orders.semi_join(lines, ["shop_id", "order_id"])
    work.beside.append(found.group_by(PERSON).aggregate(**{name: found.count()}))
    return lambda rows: rows[name] >= leaf.at_least


def _did(work: _Work, leaf: Did) -> Truth:
    name = work.name()
    first, last = work.window(leaf)
    events = work.events()
    events = events.filter(
        events.name.isin(list(leaf.any_of)),
        events.bot_mark.isnull(),
        events.event_date <= last,
    )
    if first is not None:
        events = events.filter(events.event_date >= first)
    if leaf.products:
        goods = work.desk.ledger.table("event_item")
        goods = goods.filter(goods.product_id.isin(list(leaf.products)))
        events = events.semi_join(goods, ["shop_id", "event_id"])
    work.beside.append(events.group_by(**{PERSON: events.user_key}).aggregate(**{name: events.count()}))
    return lambda rows: rows[name] >= leaf.at_least


def _member(work: _Work, leaf: IsMember | BornIn) -> Truth:
    members = members_of_buyers(work.desk)
    if members is None:
        return lambda rows: ibis.literal(False)
    if isinstance(leaf, BornIn):
        members = members.filter(members.birth_month.isin(list(leaf.any_of)))
    elif leaf.any_of:
        members = members.filter(members.tier.isin(list(leaf.any_of)))
    return _beside(work, members.select(PERSON).distinct())
