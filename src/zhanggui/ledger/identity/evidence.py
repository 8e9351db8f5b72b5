"""What the files say about which ids are one person: asked of the ledger, never of names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine import Ledger

LEAST_AGREEING = 5
"""Members whose number is proven to be their buyer id, from which on a store is taken to number both alike."""

LEAST_SHARE = 0.98
"""Of the members with proof, how many must have the number of their buyer; unlike numberings agree by chance alone."""

READS = ("members", "contacts", "points", "orders", "order_lines", "customers", "events")
"""Input tables whose imports change what is known."""

COLUMNS = ("left_kind", "left_key", "right_kind", "right_key", "rule", "is_proven", "has_consent", "shop_id",
           "batch_id", "row_no")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """The ledger tables that say who is who, members and contacts under one key each."""

    member: ir.Table
    contact: ir.Table
    bought: ir.Table
    points: ir.Table
    parties: ir.Table
    events: ir.Table


def member_id(rows: ir.Table) -> ir.StringValue:
    """Return the id of a member: the store and its key, for numbers of two stores are two people's."""
    return rows.shop_id.cast("string") + "-" + rows.member_key


def contact_id(rows: ir.Table) -> ir.StringValue:
    """Return the id of a contact; one without a stable id is known to one employee only, and never by name to others.

    The name's token with the employee identifies the row, it ties nothing to anything.
    """
    by_row = ibis.coalesce(rows.contact_name_token, "") + "@" + ibis.coalesce(rows.employee, "")
    return ibis.coalesce(rows.contact_key, by_row)


def evidence(ledger: Ledger, ask: Callable[[ir.Expr], pa.Table]) -> pa.Table:
    """Return every link that the files state or suggest, each once, with the first row that says so.

    Returns
    -------
    pyarrow.Table
        `COLUMNS`; a link with ``is_proven`` false says only that a number equals a buyer id, which may be chance.
    """
    source = _source(ledger)
    stated, of_points = _stated(source), _points(source)
    proven = ibis.union(stated, of_points).select("left_key", "right_key")
    links = [stated, of_points, _same_number(source, proven), *_unions(source), *_phones(source)]
    every = ibis.union(*links)
    keys = ["left_kind", "left_key", "right_kind", "right_key", "rule"]
    once = every.group_by(keys).aggregate(
        is_proven=every.is_proven.any(),
        has_consent=every.has_consent.any(),
        shop_id=every.shop_id.first(order_by=[every.batch_id, every.row_no]),
        batch_id=every.batch_id.min(),
        row_no=every.row_no.first(order_by=[every.batch_id, every.row_no]),
    )
    return ask(once.order_by(keys)).select(list(COLUMNS))


def _source(ledger: Ledger) -> _Source:
    members, contacts, orders = (ledger.table(name) for name in ("member", "contact", "order_header"))
    points, events = ledger.table("points_entry"), ledger.table("event")
    return _Source(
        member=members.mutate(left_key=member_id(members)),
        contact=contacts.mutate(left_key=contact_id(contacts)),
        bought=orders.filter(orders.buyer_key.notnull()).select("shop_id", "order_id", "buyer_key"),
        points=points.filter(points.order_id.notnull()).mutate(left_key=member_id(points)),
        parties=ledger.table("party_pii"),
        events=events.filter(events.user_key.notnull() & events.phone_token.notnull()),
    )


def _links(
    rows: ir.Table,
    kinds: tuple[str, str],
    rule: str,
    *,
    is_proven: ir.Value | bool = True,
    has_consent: ir.Value | bool = True,
) -> ir.Table:
    """Return rows with ``left_key`` and ``right_key`` as links."""
    return rows.select(
        left_kind=ibis.literal(kinds[0], "string"),
        left_key=rows.left_key.cast("string"),
        right_kind=ibis.literal(kinds[1], "string"),
        right_key=rows.right_key.cast("string"),
        rule=ibis.literal(rule, "string"),
        is_proven=ibis.literal(is_proven) if isinstance(is_proven, bool) else is_proven,
        has_consent=ibis.literal(has_consent) if isinstance(has_consent, bool) else has_consent,
        shop_id=rows.shop_id.cast("int32"),
        batch_id=rows.batch_id.cast("int32"),
        row_no=rows.row_no.cast("int64"),
    )


def _stated(source: _Source) -> ir.Table:
    rows = source.member.filter(source.member.buyer_key.notnull())
    return _links(rows.mutate(right_key=rows.buyer_key), ("member", "buyer"), "buyer_stated")


def _points(source: _Source) -> ir.Table:
    """Points for an order go to whoever ordered, so they name both; where they name several, they name nobody."""
    rows = source.points.inner_join(source.bought, ["shop_id", "order_id"])
    rows = rows.mutate(right_key=rows.buyer_key)
    pairs = rows.select("left_key", "right_key").distinct()
    one_buyer = pairs.group_by("left_key").aggregate(n=pairs.count())
    one_member = pairs.group_by("right_key").aggregate(n=pairs.count())
    rows = rows.semi_join(one_buyer.filter(one_buyer.n == 1), "left_key")
    rows = rows.semi_join(one_member.filter(one_member.n == 1), "right_key")
    return _links(rows, ("member", "buyer"), "points_order")


def _same_number(source: _Source, proven: ir.Table) -> ir.Table:
    """A member number that is also written as buyer id; it counts where proof shows that the store numbers alike."""
    numbered = source.member.filter(source.member.account_key.notnull())
    known = numbered.inner_join(proven.distinct(), "left_key")
    agreement = known.group_by("shop_id").aggregate(
        n_agree=(known.account_key == known.right_key).sum(), n_known=known.count()
    )
    rows = numbered.left_join(agreement, "shop_id").drop("shop_id_right")
    is_alike = ibis.coalesce(
        (rows.n_agree >= LEAST_AGREEING) & (rows.n_agree >= LEAST_SHARE * rows.n_known), ibis.literal(False)
    )
    rows = rows.mutate(right_key=rows.account_key, is_alike=is_alike)
    bought = source.bought.select("buyer_key").distinct()
    seen = rows.filter(~rows.is_alike).semi_join(bought, rows.right_key == bought.buyer_key)
    rows = ibis.union(rows.filter(rows.is_alike), seen)
    return _links(rows, ("member", "buyer"), "same_number", is_proven=rows.is_alike)


def _unions(source: _Source) -> tuple[ir.Table, ...]:
    return tuple(
        _links(rows.filter(rows.union_key.notnull()).mutate(right_key=rows.union_key), (kind, "union"), "union_id")
        for kind, rows in (("member", source.member), ("contact", source.contact))
    )


def _phones(source: _Source) -> tuple[ir.Table, ...]:
    """Phones that a member gave, and what else they are written on; consent is the member's."""
    held = source.member.filter(source.member.phone_token.notnull())
    agreed = held.group_by("phone_token").aggregate(is_agreed=(held.has_consent == 1).any())

    def linked(rows: ir.Table, kind: str) -> ir.Table:
        rows = rows.inner_join(agreed, "phone_token")
        rows = rows.mutate(right_key=rows.phone_token)
        return _links(rows, (kind, "phone"), "phone", has_consent=ibis.coalesce(rows.is_agreed, ibis.literal(False)))

    contacts = source.contact.filter(source.contact.phone_token.notnull())
    return linked(held, "member"), linked(contacts, "contact"), linked(_buyer_phones(source), "buyer")


def _buyer_phones(source: _Source) -> ir.Table:
    """Return the phone of buyers who gave the same one every time: who orders for others gives several."""
    columns = ("left_key", "phone_token", "shop_id", "batch_id", "row_no")
    phones = source.parties.filter(source.parties.phone_token.notnull())
    of_order = phones.filter(phones.party_kind == "order").inner_join(
        source.bought, [phones.shop_id == source.bought.shop_id, phones.party_id == source.bought.order_id]
    )
    of_order = of_order.mutate(left_key=of_order.buyer_key)
    of_customer = phones.filter(phones.party_kind == "customer").mutate(left_key=phones.party_id)
    of_event = source.events.mutate(left_key=source.events.user_key)
    rows = ibis.union(*(_typed(each.select(*columns)) for each in (of_order, of_customer, of_event)))
    single = rows.group_by("left_key").aggregate(n=rows.phone_token.nunique())
    return rows.semi_join(single.filter(single.n == 1), "left_key")


def _typed(rows: ir.Table) -> ir.Table:
    """Return the same columns, all of which may be null: a union wants its tables alike."""
    types = {"shop_id": "int32", "batch_id": "int32", "row_no": "int64"}
    return rows.select(
        **{name: rows[name].cast(types.get(name, "string")).nullif(ibis.null(types.get(name, "string")))
           for name in rows.columns}
    )  # fmt: skip
