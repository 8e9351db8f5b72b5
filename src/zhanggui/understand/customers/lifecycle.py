"""生命周期 Where each person stands: known, registered, buying, or gone quiet (catalogue SEG-06 to SEG-09, T-02)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.identity import members_as_buyers
from zhanggui.understand.customers.people import People, enough, in_stores, nullable, people_of
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

CHURN_DAYS = 90
NEW_DAYS = 7
DEFAULT_DAYS_BETWEEN = 30
_ALWAYS = date(1900, 1, 1)
"""Day on which an account that no file dates was first known."""


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a person stands where.

    Attributes
    ----------
    churn_days : int
        Days without an order after which a buyer is warned of; the warning begins on this day and ends with an order.
    new_days : int
        Days after registration during which someone without an order counts as just acquired.
    windows : tuple of (category, days)
        Other churn windows: that of the category on which the buyer spent most on the last paid day.
    """

    churn_days: int = CHURN_DAYS
    new_days: int = NEW_DAYS
    windows: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is called, its rule, and what to do."""

    name: str
    label: Text
    rule: Text
    action: Text
    catalogue_id: str

    def rule_of(self, rules: Rules) -> Text:
        """Return the rule with its numbers."""
        given = {"new": rules.new_days, "churn": rules.churn_days}
        found = Text(self.rule.zh.format(**given), self.rule.en.format(**given))
        if not rules.windows or "{churn}" not in self.rule.zh:
            return found
        zh = "、".join(f"{name} {days} 天" for name, days in rules.windows)
        en = ", ".join(f"{name} {days}" for name, days in rules.windows)
        return Text(f"{found.zh}（{zh}）", f"{found.en} ({en})")


STAGES = (
    Stage(
        "acquisition", Text("获客", "Acquisition"),
        Text("注册不满 {new} 天，还没有付款订单", "registered less than {new} days ago, no paid order yet"),
        Text("新人专享券、首单礼", "Newcomer's coupon, gift with the first order"), "SEG-06",
    ),
    Stage(
        "activation", Text("激活", "Activation"),
        Text("注册满 {new} 天，仍没有付款订单", "registered {new} days ago or more, no paid order"),
        Text("首单提醒、低门槛体验", "Reminder of the first order, something small to try"), "SEG-07",
    ),
    Stage(
        "retention", Text("留存", "Retention"),
        Text("最近一次付款距今不满 {churn} 天", "last paid less than {churn} days ago"),
        Text("按分层经营，到期补货提醒", "Work by segment, remind when goods run out"), "SEG-08",
    ),
    Stage(
        "win_back", Text("挽回", "Win-back"),
        Text("连续 {churn} 天没有付款订单，下单即离开", "no paid order for {churn} days; leaves with an order"),
        Text("专属折扣与问候，先看售后记录", "Own discount and a greeting; look at after-sales first"), "SEG-09",
    ),
)  # fmt: skip
"""In the order of a customer's life."""


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What one stage comes to on the last day; money in minor units."""

    n_people: int
    n_repeat: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Where everybody stands, and stood.

    Attributes
    ----------
    people : People
        Whose orders were read.
    rules : Rules
        By what.
    since : date
        The earlier day.
    stages : mapping of str to StageFigures
        On the last day, by stage.
    moves : mapping
        Number of people by the stage of the earlier day (None: not known then) and that of the last day.
    n_unlinked : int
        Members whose file names no buyer id, so that nobody knows whether they ordered; they are in no stage.
    n_accounts : int
        Accounts known from events, member and customer files.
    """

    people: People
    rules: Rules
    since: date
    stages: Mapping[str, StageFigures]
    moves: Mapping[tuple[str | None, str], int]
    n_unlinked: int
    n_accounts: int

    def before(self, stage: str) -> int:
        """Return how many people were in a stage on the earlier day."""
        return sum(n for (was, _), n in self.moves.items() if was == stage)


def lifecycle(desk: Desk, view: View, rules: Rules | None = None) -> Lifecycle:
    """Return the stages of a view on its last day, and the movements since the day before its first.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers, or a single day of data.
    """
    given = rules or Rules()
    key = ("lifecycle", view.where, view.date_from, view.date_to, given)
    return desk.kept(key, lambda: _lifecycle(desk, view, given))


def since_of(view: View, people: People) -> date:
    """Return the earlier day: the one before the first that is looked at, 30 days before the last by default."""
    if view.date_from is None:
        return people.as_of - timedelta(days=DEFAULT_DAYS_BETWEEN)
    return min(view.date_from, people.as_of) - timedelta(days=1)


def _lifecycle(desk: Desk, view: View, rules: Rules) -> Lifecycle:
    people = people_of(desk, view)
    enough(people)
    since = since_of(view, people)
    rows = standing(desk, view, people, rules, since)
    asked = rows.group_by(["was", "stage"]).aggregate(
        n=rows.count(), n_repeat=(rows.first_day < rows.last_day).sum(), net=rows.net_minor.sum()
    )
    found = [row for row in desk.ledger.query(asked).to_pylist() if row["stage"] is not None]
    stages = {
        stage.name: StageFigures(
            sum(row["n"] for row in found if row["stage"] == stage.name),
            sum(int(row["n_repeat"] or 0) for row in found if row["stage"] == stage.name),
            sum(int(row["net"] or 0) for row in found if row["stage"] == stage.name),
        )
        for stage in STAGES
    }
    n_accounts, n_unlinked = _registered(desk, view)
    moves = {(row["was"], row["stage"]): row["n"] for row in found}
    return Lifecycle(people, rules, since, MappingProxyType(stages), MappingProxyType(moves), n_unlinked, n_accounts)


def standing(desk: Desk, view: View, people: People, rules: Rules, since: date) -> ir.Table:
    """Return everybody with ``stage`` on the last day and ``was`` on an earlier one.

    Returns
    -------
    ibis Table
        ``buyer_key``, ``first_day``, ``last_day`` (paid; null without an order), ``net_minor``, ``window_days``,
        ``was``, ``stage``.

    Notes
    -----
    Every paid ordinary order counts, also one that was given back later: the rule asks whether somebody ordered.
    """
    orders = people.orders
    bought = orders.group_by("buyer_key").aggregate(
        first_day=orders.paid_date.min(),
        last_day=orders.paid_date.max(),
        last_then=orders.paid_date.max(where=orders.paid_date <= since),
        paid_minor=orders.paid_minor.sum(),
    )
    refunds = people.refunds
    back = refunds.group_by("buyer_key").aggregate(back_minor=refunds.refunded_minor.sum())
    rows = bought.left_join(back, "buyer_key").drop("buyer_key_right")
    rows = rows.mutate(net_minor=rows.paid_minor - ibis.coalesce(rows.back_minor, 0))
    if _registered(desk, view)[0]:
        known = accounts(desk, view).rename(account="buyer_key")
        rows = rows.outer_join(known, rows.buyer_key == known.account)
        rows = rows.mutate(buyer_key=ibis.coalesce(rows.buyer_key, rows.account))
    else:
        rows = rows.mutate(seen_day=ibis.null("date"))
    rows = _with_windows(desk, people, rules, rows, "last_day", "window_days")
    rows = _with_windows(desk, people, rules, rows, "last_then", "window_then")
    rows = rows.mutate(
        stage=_stage(rows.last_day, rows.seen_day, people.as_of, rows.window_days, rules),
        was=_stage(rows.last_then, rows.seen_day, since, rows.window_then, rules),
    )
    return rows.select("buyer_key", "first_day", "last_day", "net_minor", "window_days", "was", "stage")


def _stage(
    last: ir.DateColumn, seen: ir.DateColumn, day: date, window: ir.IntegerColumn, rules: Rules
) -> ir.StringColumn:
    at = ibis.literal(day)
    return ibis.cases(
        (last.notnull() & (at.delta(last, unit="day") < window), "retention"),
        (last.notnull(), "win_back"),
        (seen.isnull() | (seen > at), ibis.null("string")),
        (at.delta(seen, unit="day") < rules.new_days, "acquisition"),
        else_="activation",
    )


def _with_windows(desk: Desk, people: People, rules: Rules, rows: ir.Table, last: str, name: str) -> ir.Table:
    """Add the churn window of each buyer: that of the category bought most on the last paid day."""
    if not rules.windows:
        return rows.mutate(ibis.literal(rules.churn_days, "int64").name(name))
    days = rows.filter(rows[last].notnull()).select("buyer_key", paid_date=rows[last])
    orders = people.orders.select("shop_id", "order_id", "buyer_key", "paid_date")
    orders = orders.semi_join(days, ["buyer_key", "paid_date"])
    spent = categorised_lines(desk).inner_join(orders, ["shop_id", "order_id"])
    by_category = spent.group_by(["buyer_key", "category"]).aggregate(minor=spent.paid_minor.sum())
    # The larger amount decides; of equal ones the first by name.
    place = ibis.row_number().over(
        group_by=by_category.buyer_key, order_by=[ibis.desc(by_category.minor), by_category.category]
    )
    first = by_category.mutate(place=place)
    first = first.filter(first.place == 0).select(of_buyer="buyer_key", of_category="category")
    joined = rows.left_join(first, rows.buyer_key == first.of_buyer)
    window = ibis.cases(
        *((joined.of_category == category, days) for category, days in rules.windows), else_=rules.churn_days
    )
    return joined.mutate(window.cast("int64").name(name)).drop("of_buyer", "of_category")


def categorised_lines(desk: Desk) -> ir.Table:
    """Return product lines with their category: of the line, else of the product."""
    lines = desk.ledger.table("order_line")
    product = desk.ledger.table("product").select("shop_id", "product_id", held="category")
    lines = lines.filter(lines.line_kind == "product").left_join(product, ["shop_id", "product_id"])
    return lines.select(
        "shop_id", "order_id", "product_id", "product_title", "quantity", "paid_minor",
        category=ibis.coalesce(lines.category, lines.held),
    )  # fmt: skip


def with_goods_of(desk: Desk, orders: ir.Table, categories: Collection[str]) -> ir.Table:
    """Return the orders with goods of one of these categories."""
    lines = categorised_lines(desk)
    return orders.semi_join(lines.filter(lines.category.isin(list(categories))), ["shop_id", "order_id"])


def accounts(desk: Desk, view: View) -> ir.Table:
    """Return who is registered, with the day first known: accounts of events, member files and customer files."""
    stores = [each for each in view.where if each.dim in ("platform", "shop")]
    events = in_stores(desk, desk.ledger.table("event"), stores)
    seen = events.filter(events.user_key.notnull()).select(buyer_key="user_key", seen_day="event_date")
    members = members_as_buyers(in_stores(desk, desk.ledger.table("member"), stores))
    named = members.filter(members.buyer_key.notnull())
    joined = named.select("buyer_key", seen_day=ibis.coalesce(named.joined_date, ibis.literal(_ALWAYS)))
    customers = in_stores(desk, desk.ledger.table("customer"), stores)
    held = customers.select("buyer_key", seen_day=ibis.literal(_ALWAYS))
    every = ibis.union(
        *(
            rows.select(buyer_key=nullable(rows.buyer_key), seen_day=nullable(rows.seen_day))
            for rows in (seen, joined, held)
        )
    )
    every = by_person(desk, every)
    return every.group_by("buyer_key").aggregate(seen_day=every.seen_day.min())


def _registered(desk: Desk, view: View) -> tuple[int, int]:
    """Return the number of accounts, and of members whom no buyer id links with orders."""

    def counted() -> tuple[int, int]:
        n_accounts = desk.ledger.query(accounts(desk, view).count()).column(0)[0].as_py()
        stores = [each for each in view.where if each.dim in ("platform", "shop")]
        members = members_as_buyers(in_stores(desk, desk.ledger.table("member"), stores))
        n_unlinked = desk.ledger.query(members.filter(members.buyer_key.isnull()).count()).column(0)[0].as_py()
        return int(n_accounts), int(n_unlinked)

    return desk.kept(("accounts", view.where), counted)
