"""What follows from visits: carts and whether they were bought, orders and the first visit that led to them.

Catalogue M-CONV-05, M-CONV-14.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.schema.event_tables import LOOK_BACK_DAYS
from zhanggui.ledger.sessions.refresh import DATASET, GROWING, SUBJECT
from zhanggui.ledger.sessions.visits import ORDERING

_DEVICE = ("shop_id", "visitor_id")
_PERSON = ("shop_id", "person_key")


@built_once
def carts(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``cart`` of some stores.

    Notes
    -----
    A person who pays in any later visit, on any device of the account, has bought what was in the cart, and so has one
    of whom the ledger holds a later paid order: the event that tells of it may be lost.
    """
    visits = _visits(stores)
    filled = visits.filter(visits.carted_at.notnull())
    seen = visits.filter(visits.bought_at.notnull()).select(*_PERSON, paid_at="bought_at")
    orders = declared_table("order_header")
    orders = orders.filter(orders.shop_id.isin(stores), orders.is_paid, orders.buyer_key.notnull())
    known = orders.select("shop_id", "buyer_key", paid_at=ibis.coalesce(orders.paid_at, orders.created_at))
    known = known.inner_join(_people_of_accounts(stores), ["shop_id", "buyer_key"]).select(*_PERSON, "paid_at")
    paid = _alike(seen).union(_alike(known))
    last = paid.group_by(_PERSON).aggregate(paid_at=paid.paid_at.max())
    rows = filled.left_join(last, _PERSON)
    return rows.select(
        "shop_id",
        "session_id",
        "person_key",
        "carted_at",
        day="session_date",
        is_bought=(rows.paid_at > rows.carted_at).fill_null(False),
        is_bought_at_once=(rows.bought_at > rows.carted_at).fill_null(False),
    )


@built_once
def journeys(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``journey`` of some stores.

    Notes
    -----
    An order ends a journey: visits that began before it do not speak for the next one.
    """
    orders = _orders_told(stores)
    in_order = ibis.window(group_by=[orders.shop_id, orders.person_key], order_by=[orders.ordered_at, orders.order_id])
    orders = orders.mutate(before_at=orders.ordered_at.lag().over(in_order))
    visits = _visits(stores).select(*_PERSON, "session_id", "started_at")
    met = orders.inner_join(visits, _PERSON)
    since = met.ordered_at - ibis.interval(days=LOOK_BACK_DAYS)
    met = met.filter(
        met.started_at <= met.ordered_at,
        met.started_at >= since,
        met.before_at.isnull() | (met.started_at > met.before_at),
    )
    first = met.group_by(["shop_id", "order_id"]).aggregate(
        first_touch_at=met.started_at.min(), session_id=met.session_id.argmin(met.started_at)
    )
    return orders.left_join(first, ["shop_id", "order_id"]).select(
        "shop_id", "order_id", "person_key", "day", "ordered_at", "session_id", "first_touch_at"
    )


@built_once
def _orders_told(stores: tuple[int, ...]) -> ir.Table:
    """Return the orders that events of people tell of, each with who made it, and when and where it was first named."""
    events = declared_table("event")
    events = events.filter(
        events.shop_id.isin(stores), events.order_id.notnull(), events.name.isin(ORDERING), events.bot_mark.isnull()
    )
    visitor = ibis.coalesce(events.anon_id, events.user_key)
    told = events.group_by(["shop_id", "order_id"]).aggregate(
        ordered_at=events.event_at.min(), day=events.event_date.min(), visitor_id=visitor.argmin(events.event_at)
    )
    return _with_person(told.filter(told.visitor_id.notnull()), stores)


@built_once
def _visits(stores: tuple[int, ...]) -> ir.Table:
    """Return the visits of people with who they are."""
    visits = declared_table("session")
    visits = visits.filter(visits.shop_id.isin(stores), ~visits.is_bot)
    return _with_person(
        visits.select(*_DEVICE, "session_id", "session_date", "started_at", "carted_at", "bought_at"), stores
    )


def _with_person(rows: ir.Table, stores: tuple[int, ...]) -> ir.Table:
    """Add who somebody is: the account, where the device has shown one alone, before and after; else the device."""
    accounts = accounts_of_devices(stores)
    joined = rows.left_join(accounts, _DEVICE)
    person = ibis.coalesce(joined.account, joined.visitor_id)
    return joined.mutate(person_key=person).drop("account", "visitor_id_right", "shop_id_right")


@built_once
def accounts_seen(stores: tuple[int, ...]) -> ir.Table:
    """Return the accounts that showed themselves on each device."""
    events = declared_table("event")
    seen = events.filter(events.shop_id.isin(stores), events.anon_id.notnull(), events.user_key.notnull())
    return seen.select("shop_id", visitor_id="anon_id", buyer_key="user_key").distinct()


@built_once
def accounts_of_devices(stores: tuple[int, ...]) -> ir.Table:
    """Return the one account (``account``) of each device (``visitor_id``) that has shown no other."""
    pairs = accounts_seen(stores)
    found = pairs.group_by(_DEVICE).aggregate(n=pairs.count(), account=pairs.buyer_key.min())
    return found.filter(found.n == 1).select(*_DEVICE, "account")


@built_once
def _people_of_accounts(stores: tuple[int, ...]) -> ir.Table:
    """Return who each account is: itself, and each device that it shares with others."""
    pairs = _with_person(accounts_seen(stores), stores)
    of_devices = pairs.select("shop_id", "buyer_key", "person_key")
    itself = pairs.select("shop_id", "buyer_key", person_key="buyer_key")
    return of_devices.union(itself, distinct=True)


def _alike(rows: ir.Table) -> ir.Table:
    """Return rows with columns that may all be empty: unions want equal types."""
    types = {"shop_id": "int32", "person_key": "string", "paid_at": "timestamp(6)"}
    return rows.select(**{name: rows[name].cast(type_) for name, type_ in types.items()})


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"cart": carts(stores), "journey": journeys(stores)}


FOLLOWING = Derivation(
    subject="following_visits",
    tables=("cart", "journey"),
    reads=("orders", "order_lines", "marked_orders"),
    rules="1",
    make=_make,
    follows=(SUBJECT, GROWING),
    only_with=(DATASET,),
)
