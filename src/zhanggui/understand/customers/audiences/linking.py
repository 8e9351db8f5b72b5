"""Which rows of member files speak of which buyer, by the evidence that makes one person of ids."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.identity import members_as_buyers
from zhanggui.understand.desk import Desk


def members_of_buyers(desk: Desk) -> ir.Table | None:
    """Return the rows of member files with the buyers they speak of; None where there is no member.

    Returns
    -------
    ibis Table or None
        ``buyer_key``, ``tier``, ``birth_month``, ``has_consent``; a buyer may have several rows.

    Notes
    -----
    Who is who is said by `zhanggui.ledger.identity` alone: a phone counts there only where the member agreed.
    """
    members = desk.ledger.table("member")
    counted = desk.kept("members known", lambda: desk.ledger.query(members.count()).column(0)[0].as_py())
    if not counted:
        return None
    rows = members_as_buyers(members)
    return rows.filter(rows.buyer_key.notnull()).select("buyer_key", "tier", "birth_month", "has_consent")


def consent_of_buyers(desk: Desk) -> ir.Table | None:
    """Return what buyers said of marketing: ``buyer_key``, ``is_refused``, ``is_given``; None where nobody said.

    Of several statements about one buyer a refusal is the stronger.
    """
    members = members_of_buyers(desk)
    if members is None:
        return None
    return members.group_by("buyer_key").aggregate(
        is_refused=(members.has_consent == 0).any(), is_given=(members.has_consent == 1).any()
    )


def consented_buyers(desk: Desk) -> ir.Table:
    """Return the buyers who consented to marketing and did not refuse it elsewhere: one column, ``buyer_key``."""
    said = consent_of_buyers(desk)
    if said is None:
        orders = desk.ledger.table("order_header")
        return orders.filter(ibis.literal(False)).select("buyer_key")
    return said.filter(said.is_given & ~said.is_refused.fill_null(False)).select("buyer_key")
