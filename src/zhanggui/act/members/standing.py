"""Who is a member, tied to orders, and where the rules put him (SEG-10, SEG-18, M-CUST-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from zhanggui.act.members.rules import MemberRules
from zhanggui.i18n import Text
from zhanggui.ledger.identity import members_as_buyers
from zhanggui.ledger.purchases import is_kept
from zhanggui.money import to_minor
from zhanggui.understand.customers.people import in_stores, known_until
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

NO_MEMBERS = Text("还没有会员名单。", "There is no list of members yet.")
LOAD_MEMBERS = Text(
    "请导入会员列表（自建商城后台 → 会员 → 导出，或 ERP 会员档案）。",
    "Load the list of members: own shop → members → export, or the members of the ERP.",
)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a view, with what they bought.

    Attributes
    ----------
    rows : ibis Table
        ``shop_id``, ``member_key``, ``buyer_key`` (null where nothing ties the member to orders), ``tier`` (of the
        file, the lowest where it says none), ``joined_date``, ``points_balance``, ``birth_month``, ``has_consent``,
        ``reached_date`` (of the tier, as far as moves are known), ``orders`` (completed), ``spent_minor`` (net; both in
        the window),
        ``first_paid``, ``last_paid``, ``earned`` (place of the tier that the rules give).
    as_of : date
        Last day.
    since : date
        First day of the window.
    history_from : date or None
        First paid day in the ledger; where it is later than `since`, the window is not full.
    n_members, n_tied : int
        Members, and those tied to orders or known to have none.
    currency : str
        Of the members' orders.
    """

    rows: ir.Table
    as_of: date
    since: date
    history_from: date | None
    n_members: int
    n_tied: int
    currency: str

    @property
    def is_full(self) -> bool:
        """Whether the ledger reaches back to the first day of the window."""
        return self.history_from is not None and self.history_from <= self.since

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a reader must know."""
        told = []
        if not self.is_full and self.history_from is not None:
            n = (self.as_of - self.history_from).days + 1
            told.append(
                Text(
                    f"账本只有 {n} 天（{self.history_from} 起），不满一个统计窗口：年消费额偏低，因此不给降级建议。",
                    f"The ledger reaches back {n} days (to {self.history_from}), less than the window: yearly spending "
                    "is too low, so no moves down are proposed.",
                )
            )
        if self.n_tied < self.n_members:
            n_loose = f"{self.n_members - self.n_tied:,}"
            told.append(
                Text(
                    f"{n_loose} 位会员没有与买家关联的依据（会员档案无买家编号，也无积分流水），按未消费计。",
                    f"{n_loose} members are tied to no buyer (no buyer id in their file, no points of an order): they "
                    "count as having bought nothing.",
                )
            )
        return tuple(told)


def members_of(desk: Desk, view: View, rules: MemberRules) -> Members:
    """Return the members of a view; asked once until the ledger changes.

    Raises
    ------
    ThinDataError
        No member is known.
    """
    return desk.kept(("members", view.where, view.date_to, rules), lambda: _members(desk, view, rules))


def _members(desk: Desk, view: View, rules: MemberRules) -> Members:
    stores = [each for each in view.where if each.dim in ("platform", "shop")]
    members = in_stores(desk, desk.ledger.table("member"), stores)
    if view.date_to:
        members = members.filter(members.joined_date.isnull() | (members.joined_date <= view.date_to))
    orders = in_stores(desk, desk.ledger.table("order_header"), stores)
    orders = orders.filter(orders.is_paid, orders.order_kind == "ordinary", orders.paid_date.notnull())
    until = min(day for day in (view.date_to, known_until(desk), date.max) if day is not None)
    orders = orders.filter(orders.paid_date <= until)
    asked = orders.aggregate(first=orders.paid_date.min(), last=orders.paid_date.max(), currency=orders.currency.max())
    [span] = desk.ledger.query(asked).to_pylist()
    n_members = int(desk.ledger.query(members.count()).column(0)[0].as_py())
    if not n_members:
        raise ThinDataError(NO_MEMBERS, LOAD_MEMBERS)
    as_of = view.date_to or span["last"] or until
    since = as_of - timedelta(days=rules.window_days - 1)
    tied = members_as_buyers(members).select(
        "shop_id", "member_key", "tier", "joined_date", "points_balance", "birth_month", "has_consent", "buyer_key"
    )
    orders = by_person(desk, orders.filter(orders.buyer_key.notnull(), is_kept(orders)))
    # An order counts towards a tier once it is received: before that it can still come back whole.
    bought = orders.group_by(["shop_id", "buyer_key"]).aggregate(
        orders=((orders.paid_date >= since) & orders.completed_at.notnull()).sum(),
        spent_minor=(orders.paid_minor - orders.refunded_minor).sum(where=orders.paid_date >= since),
        first_paid=orders.paid_date.min(),
        last_paid=orders.paid_date.max(),
    )
    rows = tied.left_join(bought, ["shop_id", "buyer_key"]).drop("shop_id_right", "buyer_key_right")
    rows = rows.left_join(_reached(desk, as_of), ["shop_id", "member_key"]).drop("shop_id_right", "member_key_right")
    rows = rows.mutate(
        orders=ibis.coalesce(rows.orders, 0),
        spent_minor=ibis.coalesce(rows.spent_minor, 0),
        tier=ibis.coalesce(rows.tier, rules.tiers[0].name),
    )
    currency = span["currency"] or "CNY"
    rows = rows.mutate(earned=_earned(rows, rules, currency))
    n_tied = int(desk.ledger.query(rows.buyer_key.notnull().sum()).column(0)[0].as_py() or 0)
    return Members(rows, as_of, since, span["first"], n_members, n_tied, currency)


def _reached(desk: Desk, as_of: date) -> ir.Table:
    moves = desk.ledger.table("tier_move")
    moves = moves.filter(moves.moved_date <= as_of)
    return moves.group_by(["shop_id", "member_key"]).aggregate(reached_date=moves.moved_date.max())


def _earned(rows: ir.Table, rules: MemberRules, currency: str) -> ir.IntegerColumn:
    """Return the place of the highest tier whose conditions the window meets."""
    tests = [
        ((rows.orders >= tier.least_orders) & (rows.spent_minor >= to_minor(tier.least_spent, currency)), place)
        for place, tier in reversed(list(enumerate(rules.tiers)))
        if place
    ]
    return ibis.cases(*tests, else_=0).cast("int64") if tests else ibis.literal(0, "int64")
