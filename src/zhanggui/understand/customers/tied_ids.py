"""Rows of buyers and members brought to the person that evidence makes of them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.understand.desk import Desk


def buyers_tied(desk: Desk) -> tuple[str, ...]:
    """Return the persons that evidence makes of several buyers."""
    identity = desk.ledger.table("identity")
    rows = identity.filter(identity.id_kind == "buyer")
    several = rows.group_by("person_key").aggregate(n=rows.count())
    asked = several.filter(several.n > 1).select("person_key").order_by("person_key")
    return desk.kept("buyers tied", lambda: tuple(desk.ledger.query(asked).column(0).to_pylist()))


def by_person(desk: Desk, rows: ir.Table, column: str = "buyer_key") -> ir.Table:
    """Return rows with the person in `column`; the same rows where no evidence makes one person of two buyers."""
    if not buyers_tied(desk):
        return rows
    identity = desk.ledger.table("identity")
    tied = identity.filter(identity.id_kind == "buyer", identity.id_key != identity.person_key)
    tied = tied.select(of_buyer="id_key", of_person="person_key")
    joined = rows.left_join(tied, rows[column] == tied.of_buyer)
    return joined.mutate(**{column: ibis.coalesce(joined.of_person, joined[column])}).drop("of_buyer", "of_person")
