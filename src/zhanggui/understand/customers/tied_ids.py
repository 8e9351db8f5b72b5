"""Rows of buyers and members brought to the person that evidence makes of them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.identity import member_id
from zhanggui.understand.desk import Desk


def buyers_tied(desk: Desk) -> tuple[str, ...]:
    """Return the persons that evidence makes of several buyers."""
    identity = desk.ledger.table("identity")
    rows = identity.filter(identity.id_kind == "buyer")
    several = rows.group_by("person_key").aggregate(n=rows.count())
    asked = several.filter(several.n > 1).select("person_key").order_by("person_key")
    return desk.kept("buyers tied", lambda: tuple(desk.ledger.query(asked).column(0).to_pylist()))


def by_person(desk: Desk, rows: ir.Table) -> ir.Table:
    """Return rows with the person in ``buyer_key``; the same rows where no evidence makes one person of two buyers."""
    if not buyers_tied(desk):
        return rows
    identity = desk.ledger.table("identity")
    tied = identity.filter(identity.id_kind == "buyer", identity.id_key != identity.person_key)
    tied = tied.select(of_buyer="id_key", of_person="person_key")
    joined = rows.left_join(tied, rows.buyer_key == tied.of_buyer)
    return joined.mutate(buyer_key=ibis.coalesce(joined.of_person, joined.buyer_key)).drop("of_buyer", "of_person")


def members_as_buyers(desk: Desk, members: ir.Table) -> ir.Table:
    """Return members with the buyer that they are, stated or by other evidence, as ``buyer_key``; null of nobody's."""
    identity = desk.ledger.table("identity")
    buyers = identity.filter(identity.id_kind == "buyer").select("person_key").distinct()
    tied = identity.filter(identity.id_kind == "member").semi_join(buyers, "person_key")
    tied = tied.select(of_member="id_key", of_person="person_key")
    rows = members.mutate(own_id=member_id(members)).left_join(tied, ibis._.own_id == tied.of_member)
    # A member whose merge was undone is no longer the buyer that the file states.
    undone = desk.ledger.table("identity_merge")
    undone = undone.filter(undone.state == "undone", undone.rule == "buyer_stated").select(off="left_key").distinct()
    rows = rows.left_join(undone, rows.own_id == undone.off)
    stated = rows.off.isnull().ifelse(rows.buyer_key, ibis.null("string"))
    return rows.mutate(buyer_key=ibis.coalesce(rows.of_person, stated)).drop("own_id", "of_member", "of_person", "off")
