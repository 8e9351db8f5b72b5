"""What a channel caused by its own control group: messages whose recipients were held back by chance (M-MKT-06)."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis import _

from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.scope import in_view
from zhanggui.understand.view import View

WINDOW_DAYS = 7
"""Days after the planned moment within which an order counts, sent or held back."""

FEWEST = 30
"""Fewer people on either side are chance."""

_Z = 1.645


@dataclass(frozen=True, slots=True)
class Measured:
    """Orders that messages caused beyond what those held back ordered too, with a 90 % interval.

    Attributes
    ----------
    n_sent, n_held : int
        Sends and sends held back, over the campaigns that held some back.
    n_campaigns : int
        How many those are.
    orders, low, high : float
        Orders caused.
    """

    n_sent: int
    n_held: int
    n_campaigns: int
    orders: float
    low: float
    high: float


def measured_messages(desk: Desk, view: View) -> Measured | None:
    """Return what messages caused, or None where nobody was held back.

    Notes
    -----
    For each campaign: the share of recipients that ordered within seven days, less the same share of those held back,
    times the recipients. Campaigns add up; their variances too.
    """
    sends = in_view(desk, view, "message_send", day="planned_date")
    sends = sends.filter(sends.buyer_key.notnull())
    orders = in_view(desk, View(where=view.where), "order_header", day=None)
    orders = orders.filter(orders.is_paid, orders.order_kind == "ordinary", orders.buyer_key.notnull())
    bought = orders.select(shop=orders.shop_id, buyer=orders.buyer_key, at=orders.created_at)
    window = ibis.interval(days=WINDOW_DAYS)
    pairs = sends.left_join(
        bought,
        [
            sends.shop_id == bought.shop,
            sends.buyer_key == bought.buyer,
            bought.at >= sends.planned_at,
            bought.at < sends.planned_at + window,
        ],
    )
    each = pairs.group_by(["shop_id", "campaign_name", "is_holdout", "message_id"]).aggregate(
        has_ordered=pairs.at.notnull().any()
    )
    sides = each.group_by(["shop_id", "campaign_name", "is_holdout"]).aggregate(
        n=_.count(), n_ordered=_.has_ordered.cast("int64").sum()
    )
    by_campaign: dict[tuple[int, str], dict[bool, tuple[int, int]]] = {}
    for row in desk.ledger.query(sides).to_pylist():
        key = (row["shop_id"], row["campaign_name"] or "")
        by_campaign.setdefault(key, {})[bool(row["is_holdout"])] = (int(row["n"]), int(row["n_ordered"]))
    return _summed([(side[False], side[True]) for side in by_campaign.values() if len(side) == 2])


def _summed(sides: list[tuple[tuple[int, int], tuple[int, int]]]) -> Measured | None:
    kept = [(sent, held) for sent, held in sides if min(sent[0], held[0]) >= FEWEST]
    if not kept:
        return None
    orders = variance = 0.0
    for (n, ordered), (n_held, held_ordered) in kept:
        rate, base = ordered / n, held_ordered / n_held
        orders += (rate - base) * n
        variance += n * n * (rate * (1 - rate) / n + base * (1 - base) / n_held)
    margin = _Z * variance**0.5
    return Measured(
        n_sent=sum(sent[0] for sent, _held in kept),
        n_held=sum(held[0] for _sent, held in kept),
        n_campaigns=len(kept),
        orders=orders,
        low=orders - margin,
        high=orders + margin,
    )
