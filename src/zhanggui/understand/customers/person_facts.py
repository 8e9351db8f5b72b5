"""What the ledger holds of one person: orders, behaviour, reviews, membership, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.identity import contact_id, member_id
from zhanggui.ledger.purchases import is_kept
from zhanggui.understand.customers.persons import PersonIds
from zhanggui.understand.desk import Desk

NEWEST = 50
"""Rows of a kind that are shown of one person, the newest first."""

BEHAVIOUR = ("product_view", "reviews_view", "search", "favourite", "add_to_cart", "begin_checkout")
"""What a person does before an order, as event names."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Rows about one person; amounts in minor units.

    Attributes
    ----------
    orders : list of dict
        Every order, the newest first.
    kept_days : tuple of date
        Different days of paid ordinary orders that were not given back whole.
    profit_minor : int or None
        Contribution of the paid orders; None where costs of any line are not known.
    goods : list of dict
        Products with how often they were viewed, favourited, put into the cart, bought.
    acts : dict of str to int
        Number of events by name.
    seen : tuple of date
        First and last day with an event; empty without one.
    reviews, messages, members, contacts, tier_moves : list of dict
        The newest rows of each.
    """

    orders: Rows
    kept_days: tuple[date, ...]
    profit_minor: int | None
    goods: Rows
    acts: dict[str, int]
    seen: tuple[date, ...]
    reviews: Rows
    messages: Rows
    members: Rows
    contacts: Rows
    tier_moves: Rows


def facts_of(desk: Desk, person: PersonIds) -> PersonFacts:
    """Return what is known of a person, up to the newest import."""
    buyers, members = list(person.of("buyer")), list(person.of("member"))
    orders = _of(desk, "order_header", "buyer_key", buyers)
    events = _of(desk, "event", "user_key", buyers)
    reviews = desk.ledger.table("review").semi_join(orders, ["shop_id", "order_id"])
    is_sale = orders.filter(
        orders.is_paid, orders.order_kind == "ordinary", is_kept(orders), orders.paid_date.notnull()
    )
    days = desk.ledger.query(is_sale.select("paid_date").distinct().order_by("paid_date")).column(0).to_pylist()
    acts = events.group_by("name").aggregate(n=events.count())
    [seen] = desk.ledger.query(
        events.aggregate(first=events.event_date.min(), last=events.event_date.max())
    ).to_pylist()
    contacts = desk.ledger.table("contact")
    held = desk.ledger.table("member")
    moves = desk.ledger.table("tier_move")
    return PersonFacts(
        orders=_newest(desk, orders, "created_at"),
        kept_days=tuple(days),
        profit_minor=_profit(desk, orders),
        goods=_goods(desk, orders, events),
        acts={row["name"]: row["n"] for row in desk.ledger.query(acts).to_pylist()},
        seen=(seen["first"], seen["last"]) if seen["first"] else (),
        reviews=_newest(desk, reviews, "reviewed_at"),
        messages=_newest(desk, _of(desk, "message_send", "buyer_key", buyers), "planned_at"),
        members=_newest(desk, held.filter(member_id(held).isin(members)), "joined_at"),
        contacts=_newest(desk, contacts.filter(contact_id(contacts).isin(list(person.of("contact")))), "added_at"),
        tier_moves=_newest(desk, moves.filter(member_id(moves).isin(members)), "moved_at"),
    )


def _of(desk: Desk, table: str, column: str, keys: list[str]) -> ir.Table:
    rows = desk.ledger.table(table)
    return rows.filter(rows[column].isin(keys)) if keys else rows.filter(ibis.literal(False))


def _newest(desk: Desk, rows: ir.Table, at: str) -> Rows:
    found: Rows = desk.ledger.query(rows.order_by([ibis.desc(at), "batch_id", "row_no"]).limit(NEWEST)).to_pylist()
    return found


def _profit(desk: Desk, orders: ir.Table) -> int | None:
    paid = orders.filter(orders.is_paid, orders.order_kind == "ordinary")
    lines = desk.ledger.table("line_profit").semi_join(paid, ["shop_id", "order_id"])
    [row] = desk.ledger.query(
        lines.aggregate(profit=lines.contribution_minor.sum(), n_unknown=(~lines.cost_known).sum(), n=lines.count())
    ).to_pylist()
    return int(row["profit"]) if row["n"] and not row["n_unknown"] else None


def _goods(desk: Desk, orders: ir.Table, events: ir.Table) -> Rows:
    """Return products by what the person did with them, bought ones first, then favourites, then the most viewed."""
    items = desk.ledger.table("event_item").semi_join(events, ["shop_id", "event_id"])
    # A site may number products its own way; the SKU says which of the store's it is.
    sku = desk.ledger.table("sku").select("shop_id", "sku_id", of_sku="product_id")
    items = items.left_join(sku, ["shop_id", "sku_id"]).drop("shop_id_right", "sku_id_right")
    items = items.mutate(product_id=ibis.coalesce(items.of_sku, items.product_id))
    items = items.filter(items.product_id.notnull())
    looked = items.group_by(["shop_id", "product_id"]).aggregate(
        n_views=(items.name == "product_view").sum(),
        n_favourites=((items.name == "favourite").cast("int64") - (items.name == "unfavourite").cast("int64")).sum(),
        n_carts=(items.name == "add_to_cart").sum(),
        last_seen=items.event_date.max(),
    )
    paid = orders.filter(orders.is_paid).select("shop_id", "order_id", "paid_date")
    lines = desk.ledger.table("order_line")
    lines = lines.filter(lines.line_kind == "product", lines.product_id.notnull()).inner_join(
        paid, ["shop_id", "order_id"]
    )
    bought = lines.group_by(["shop_id", "product_id"]).aggregate(
        n_bought=lines.quantity.sum().cast("int64"),
        last_bought=lines.paid_date.max(),
        line_title=lines.product_title.max(),
    )
    rows = looked.outer_join(bought, ["shop_id", "product_id"])
    rows = rows.mutate(
        shop_id=ibis.coalesce(rows.shop_id, rows.shop_id_right),
        product_id=ibis.coalesce(rows.product_id, rows.product_id_right),
    ).drop("shop_id_right", "product_id_right")
    product = desk.ledger.table("product").select("shop_id", "product_id", "title", "category")
    rows = rows.left_join(product, ["shop_id", "product_id"]).drop("shop_id_right", "product_id_right")
    counts = {name: ibis.coalesce(rows[name], 0) for name in ("n_views", "n_favourites", "n_carts", "n_bought")}
    rows = rows.mutate(**counts, title=ibis.coalesce(rows.title, rows.line_title))
    order = [ibis.desc("n_bought"), ibis.desc("n_favourites"), ibis.desc("n_views"), "product_id"]
    found: Rows = desk.ledger.query(rows.order_by(order).limit(NEWEST)).to_pylist()
    return found
