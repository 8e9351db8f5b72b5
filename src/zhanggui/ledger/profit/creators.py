"""What creators, content and live sessions cost beside commission: slot fees, pushes, notes, samples."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.entry_rows import Source, entries
from zhanggui.ledger.profit.rules import LIVE_PUSHES
from zhanggui.ledger.profit.scope import Scope, beside
from zhanggui.ledger.shares import Share, shared

_LIVE = "直播"
_CREATOR = ["shop_id", "creator"]


def live_costs(scope: Scope, ads: ir.Table) -> list[ir.Table]:
    """Return slot fees of sessions, and their pushes on days without the platform's report of them.

    Parameters
    ----------
    ads : ibis Table
        The rows of the advertising reports that count, with their ``system``.
    """
    rows = scope.rows("live_session")
    rows = rows.mutate(day=rows.started_date)
    reported = ads.filter(ads.system == LIVE_PUSHES).select("shop_id", "day").distinct()
    pushed = rows.anti_join(reported, ["shop_id", "day"])
    channel = ibis.literal(_LIVE)
    push = Source("live_session", "ad_spend", "ads_of_live")
    return [
        entries(
            rows,
            Source("live_session", "slot_fee", "slot_fee"),
            -ibis.coalesce(rows.slot_fee_minor, 0),
            channel=channel,
            key=rows.fact_key + ":slot",
        ),
        entries(pushed, push, -ibis.coalesce(pushed.spend_minor, 0), channel=channel, key=pushed.fact_key + ":push"),
    ]


def content_costs(scope: Scope) -> ir.Table:
    """Return what notes and other content cost on each day, with the product of the goods that they are about."""
    skus = scope.rows("sku").select("shop_id", merchant_sku_code="sku_id", of_sku="product_id")
    rows = beside(scope.rows("content_post_daily"), skus, ["shop_id", "merchant_sku_code"])
    return entries(
        rows,
        Source("content_post_daily", "content", "content"),
        -ibis.coalesce(rows.spend_minor, 0),
        detail=rows.post_id,
        channel=rows.content_channel,
        product_id=ibis.coalesce(rows.product_id, rows.of_sku),
    )


def agreement_costs(scope: Scope) -> list[ir.Table]:
    """Return samples, and slot fees of agreements in stores whose sessions state none."""
    agreements = scope.rows("creator_contract")
    agreements = agreements.mutate(creator=ibis.coalesce(agreements.creator_id, agreements.creator_name))
    sessions = scope.rows("live_session")
    sessions = sessions.mutate(creator=ibis.coalesce(sessions.creator_id, sessions.creator_name))
    telling = sessions.filter(sessions.slot_fee_minor.notnull()).select("shop_id").distinct()
    open_ = agreements.filter(ibis.coalesce(agreements.slot_fee_minor, 0) != 0).anti_join(telling, "shop_id")
    samples = agreements.mutate(day=agreements.valid_from)
    sample = Source("creator_contract", "sample", "sample")
    return [
        entries(samples, sample, -ibis.coalesce(samples.sample_cost_minor, 0), key=samples.fact_key + ":sample"),
        _spread(open_, sessions),
    ]


def _spread(agreements: ir.Table, sessions: ir.Table) -> ir.Table:
    """Return the fee of each agreement on its creator's sessions, alike; without any, on its first day."""
    held = sessions.select(*_CREATOR, session_key=sessions.fact_key, session_day=sessions.started_date)
    rows = agreements.left_join(
        held,
        [
            agreements.shop_id == held.shop_id,
            agreements.creator == held.creator,
            held.session_day >= agreements.valid_from,
            agreements.valid_to.isnull() | (held.session_day <= agreements.valid_to),
        ],
    ).drop("shop_id_right", "creator_right")
    rows = rows.mutate(
        session_key=ibis.coalesce(rows.session_key, ""),
        day=ibis.coalesce(rows.session_day, rows.valid_from),
        alike=ibis.literal(1, "int64"),
    )
    rows = shared(
        rows,
        [Share("part_minor", "slot_fee_minor", "alike")],
        group=["shop_id", "fact_key"],
        ties=["day", "session_key"],
    )
    source = Source("creator_contract", "slot_fee", "slot_fee", "estimated")
    return entries(rows, source, -rows.part_minor, key=rows.fact_key + ":slot:" + rows.session_key)
