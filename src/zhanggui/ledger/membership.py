"""Members 会员 by day: how many there were, what they bought, and whether who joined went on to order.

Catalogue M-CUST-02, M-CUST-11, M-CUST-12, M-CONV-16.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import IDENTITY, Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.identity import member_id, members_as_buyers
from zhanggui.ledger.purchases import identified_orders, is_kept
from zhanggui.ledger.schema.member_tables import ACTIVATION_DAYS, DAYS_OF_YEAR

_MEMBER = ("shop_id", "member_key")
_GROUP = ("shop_id", "tier", "is_contact", "currency")
_SAID = ("shop_id", "member_key", "tier", "is_contact", "joined_date")


@built_once
def member_days(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``member_day`` of some stores.

    Notes
    -----
    What a member bought before joining is not a member's. Who bought before joining had no first order left to make, so
    that nothing is said of his activation; nor of a member who joined before the orders of the ledger begin, or whom
    nothing ties to a buyer.
    """
    members, orders = _members(stores), _orders(stores)
    bought = members.inner_join(orders, ["shop_id", "person_key"])
    bought = bought.filter(bought.joined_date.isnull() | (bought.day >= bought.joined_date))
    bought = bought.group_by([*_SAID, "day"]).aggregate(
        is_buying=bought.is_kept.any(), paid_minor=bought.paid_minor.sum(), currency=bought.currency.max()
    )
    joined = _joined(members, orders)
    told = ibis.union(_bought_typed(bought), _bought_typed(joined))
    rows = told.group_by([*_MEMBER, "day"]).aggregate(
        tier=told.tier.max(),
        is_contact=told.is_contact.any(),
        is_joining=told.is_joining.any(),
        is_activated=told.is_activated.any(),
        is_buying=told.is_buying.any(),
        paid_minor=told.paid_minor.sum(),
        currency=told.currency.max(),
    )
    return rows.mutate(year_minor=rows.paid_minor * DAYS_OF_YEAR)


@built_once
def member_counts(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``member_count`` of some stores: every day from the first paid one to the last."""
    ends = _ends(stores)
    members = _members(stores).inner_join(ends, "shop_id")
    members = members.mutate(day=ibis.greatest(ibis.coalesce(members.joined_date, members["first"]), members["first"]))
    members = members.filter(members.day <= members["last"])
    joins = members.group_by([*_GROUP, "day", "last"]).aggregate(n_joined=members.count())
    group = [joins[name] for name in _GROUP]
    steps = joins.mutate(
        n_members=joins.n_joined.sum().over(
            ibis.window(group_by=group, order_by=joins.day, preceding=None, following=0)
        ),
        until=joins.day.lead().over(ibis.window(group_by=group, order_by=joins.day)),
    )
    n_days = ibis.coalesce(steps.until.delta(steps.day, unit="day"), steps["last"].delta(steps.day, unit="day") + 1)
    groups = ibis.window(group_by=steps.shop_id, order_by=[steps.tier, steps.is_contact, steps.currency])
    rows = steps.mutate(group_no=ibis.dense_rank().over(groups), n_days=n_days.cast("int64"))
    rows = rows.mutate(offset=ibis.range(0, rows.n_days).unnest())
    return rows.select(*_GROUP, "group_no", "n_members", day=rows.day + rows.offset.as_interval("D"))


@built_once
def _members(stores: tuple[int, ...]) -> ir.Table:
    """Return the members of some stores, each with the person, and whether an employee has him as a contact."""
    members = declared_table("member")
    members = members.filter(members.shop_id.isin(stores), members.member_key.notnull())
    rows = members_as_buyers(members)
    rows = rows.mutate(own_id=member_id(rows))
    contacts = _contacts_of_members()
    rows = rows.left_join(contacts, rows.own_id == contacts.contact_of)
    return rows.select(
        *_MEMBER, "tier", "joined_date", "currency", person_key="buyer_key", is_contact=rows.contact_of.notnull()
    )


@built_once
def _contacts_of_members() -> ir.Table:
    """Return the ids of members whom an employee has as a contact."""
    identity = declared_table("identity")
    contacts = identity.filter(identity.id_kind == "contact").select("person_key").distinct()
    return identity.filter(identity.id_kind == "member").semi_join(contacts, "person_key").select(contact_of="id_key")


@built_once
def _orders(stores: tuple[int, ...]) -> ir.Table:
    """Return the paid orders of some stores with the person who paid."""
    orders = identified_orders(stores)
    identity = declared_table("identity")
    tied = identity.filter(identity.id_kind == "buyer").select(of_buyer="id_key", of_person="person_key")
    rows = orders.left_join(tied, orders.buyer_key == tied.of_buyer)
    return rows.select(
        "shop_id",
        "paid_minor",
        "currency",
        day="paid_date",
        person_key=ibis.coalesce(rows.of_person, rows.buyer_key),
        is_kept=is_kept(rows),
    )


@built_once
def _ends(stores: tuple[int, ...]) -> ir.Table:
    """Return the first and the last day on which anybody paid in each store."""
    orders = identified_orders(stores)
    return orders.group_by("shop_id").aggregate(first=orders.paid_date.min(), last=orders.paid_date.max())


def _joined(members: ir.Table, orders: ir.Table) -> ir.Table:
    """Return who joined on each day, and whether a first order followed in time; null while nobody can know."""
    firsts = orders.group_by(["shop_id", "person_key"]).aggregate(first_paid=orders.day.min())
    ends = orders.group_by("shop_id").aggregate(begin=orders.day.min(), last=orders.day.max())
    rows = members.filter(members.joined_date.notnull()).left_join(firsts, ["shop_id", "person_key"])
    rows = rows.drop("shop_id_right", "person_key_right").left_join(ends, "shop_id")
    waited = rows.first_paid.delta(rows.joined_date, unit="day")
    is_followed = rows["last"].delta(rows.joined_date, unit="day") >= ACTIVATION_DAYS
    is_known = rows.person_key.notnull() & (rows.joined_date >= rows.begin)
    is_open = is_followed & is_known & (rows.first_paid.isnull() | (waited >= 0))
    is_activated = ibis.coalesce(waited <= ACTIVATION_DAYS, False)
    return rows.select(
        *_SAID,
        "currency",
        day="joined_date",
        is_joining=ibis.literal(True),
        is_activated=is_open.ifelse(is_activated, None),
    )


_TOLD = {
    "shop_id": "int32",
    "member_key": "string",
    "day": "date",
    "tier": "string",
    "is_contact": "boolean",
    "is_joining": "boolean",
    "is_activated": "boolean",
    "is_buying": "boolean",
    "paid_minor": "int64",
    "currency": "string",
}
_NOTHING = {"is_joining": False, "is_activated": None, "is_buying": False, "paid_minor": 0}


def _bought_typed(rows: ir.Table) -> ir.Table:
    """Return rows with every column of what is told; unions want equal types."""
    return rows.select(
        **{
            name: (rows[name] if name in rows.columns else ibis.literal(_NOTHING[name], type_)).cast(type_)
            for name, type_ in _TOLD.items()
        }
    )


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"member_day": member_days(stores), "member_count": member_counts(stores)}


MEMBERSHIP = Derivation(
    subject="membership",
    tables=("member_day", "member_count"),
    reads=("members", "orders", "order_lines", "refunds", "marked_orders"),
    rules="1",
    make=_make,
    follows=(IDENTITY,),
    only_with=("members",),
)
