"""Members brought to the buyers that they are, by what the files state and by other evidence."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import declared_table
from zhanggui.ledger.identity.evidence import member_id


def members_as_buyers(members: ir.Table) -> ir.Table:
    """Return members with the buyer that they are, stated or by other evidence, as ``buyer_key``; null of nobody's."""
    identity = declared_table("identity")
    buyers = identity.filter(identity.id_kind == "buyer").select("person_key").distinct()
    tied = identity.filter(identity.id_kind == "member").semi_join(buyers, "person_key")
    tied = tied.select(of_member="id_key", of_person="person_key")
    rows = members.mutate(own_id=member_id(members)).left_join(tied, ibis._.own_id == tied.of_member)
    # A member whose merge was undone is no longer the buyer that the file states.
    undone = declared_table("identity_merge")
    undone = undone.filter(undone.state == "undone", undone.rule == "buyer_stated").select(off="left_key").distinct()
    rows = rows.left_join(undone, rows.own_id == undone.off)
    stated = rows.off.isnull().ifelse(rows.buyer_key, ibis.null("string"))
    return rows.mutate(buyer_key=ibis.coalesce(rows.of_person, stated)).drop("own_id", "of_member", "of_person", "off")
