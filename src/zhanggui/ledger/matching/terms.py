"""How each platform settles: from which event on, and how many days it takes. Data alone.

Whatever tells what is due, in transit or late reads it here.
The days are near the published rules of 2026 (k: trade knowledge, not an agreement with any one seller). What a store's
own ledger shows goes before them where it shows enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger


@dataclass(frozen=True, slots=True)
class SettlementTerms:
    """The settlement cycle of a platform.

    Attributes
    ----------
    begins : {"completed", "paid"}
        The event from which the days count.
    usual_days : int
        Days until most orders are booked.
    latest_days : int
        Days after which an order that is not booked is overdue.
    refund_days : int
        Days until a refund of a settled order is booked.
    note : str
        Where the days come from.
    """

    begins: Literal["completed", "paid"]
    usual_days: int
    latest_days: int
    refund_days: int
    note: str


OTHER = SettlementTerms("completed", 7, 30, 7, "not known: a month at most is assumed")
TERMS: Mapping[str, SettlementTerms] = MappingProxyType(
    {
        "taobao": SettlementTerms("completed", 0, 3, 3, "paid out when receipt is confirmed (k)"),
        "tmall": SettlementTerms("completed", 0, 3, 3, "paid out when receipt is confirmed (k)"),
        "jd": SettlementTerms("completed", 1, 7, 7, "billed the day after completion, paid within the week (k)"),
        "pinduoduo": SettlementTerms("completed", 0, 3, 3, "paid out when receipt is confirmed (k)"),
        "douyin": SettlementTerms("completed", 4, 10, 7, "after completion and its after-sale days (k)"),
        "kuaishou": SettlementTerms("completed", 7, 15, 7, "after completion and its after-sale days (k)"),
        "xiaohongshu": SettlementTerms("completed", 7, 15, 7, "after completion and its after-sale days (k)"),
        "weixin_store": SettlementTerms("completed", 7, 15, 7, "after completion and its after-sale days (k)"),
        "own_site": SettlementTerms("paid", 1, 7, 7, "a payment channel pays out the day after payment (k)"),
    }
)
"""Terms by platform; `OTHER` for any that is not listed."""


def terms_of(platform: str) -> SettlementTerms:
    """Return the terms of a platform.

    Examples
    --------
    >>> terms_of("douyin").usual_days
    4
    """
    return TERMS.get(platform, OTHER)


def with_terms(ledger: Ledger, rows: ir.Table) -> ir.Table:
    """Return rows of stores with the terms of each one's platform: ``begins``, ``latest_days``, ``refund_days``."""
    store = ledger.table("store").select("shop_id", "platform")
    both = rows.inner_join(store, "shop_id")

    def said(name: str) -> ir.Value:
        pairs = ((both.platform == platform, getattr(terms, name)) for platform, terms in TERMS.items())
        return ibis.cases(*pairs, else_=getattr(OTHER, name))

    return both.mutate(**{name: said(name) for name in ("begins", "latest_days", "refund_days")})
