"""Visits by window functions of the engine: the twin that the pass over arrays is held against."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.schema.event_tables import CAMPAIGN_COLUMNS
from zhanggui.ledger.sessions import SessionRules
from zhanggui.ledger.sessions.visits import NO_VISIT, VISIT_KINDS

ORIGIN = (*CAMPAIGN_COLUMNS, "click_id_kind", "referrer_host")


def visits_by_windows(events: ir.Table, rules: SessionRules) -> ir.Table:
    """Return the visits of events, without their channels."""
    kept = events.filter(events.kind.isin(VISIT_KINDS) & ~events.name.isin(NO_VISIT))
    day = kept.event_date if rules.splits_at_midnight else ibis.date(2000, 1, 1)
    kept = kept.mutate(visitor_id=ibis.coalesce(kept.anon_id, kept.user_key), day=day)
    return _aggregated(_with_pages(_with_pauses(kept, rules)))


_PARTS = ("shop_id", "visitor_id", "day")


def _with_pauses(events: ir.Table, rules: SessionRules) -> ir.Table:
    arrived = [ibis.coalesce(events.received_at, ibis.timestamp(1970, 1, 1, 0, 0, 0)), events.place, events.event_id]
    row = ibis.window(group_by=_PARTS, order_by=[events.event_at, *arrived])
    before = events.event_at.lag().over(row)
    pause = ibis.interval(minutes=rules.idle_minutes)
    page = ibis.coalesce(events.page_host, "") + ibis.coalesce(events.page_path, "")
    is_outside = events.referrer_host.notnull() & (events.referrer_host != ibis.coalesce(events.page_host, ""))
    return events.mutate(
        nth=ibis.row_number().over(row),
        is_first=before.isnull() | (events.event_at > before + pause),
        page=events.page_path.isnull().ifelse(ibis.null("string"), page),
        says=events.utm_source.notnull() | events.utm_medium.notnull() | events.click_id_kind.notnull() | is_outside,
    )


def _with_pages(events: ir.Table) -> ir.Table:
    till_now = ibis.window(group_by=_PARTS, order_by=[events.nth], preceding=None, following=0)
    events = events.mutate(visit=events.is_first.cast("int64").sum().over(till_now))
    # The last page before an event, passing over events without one.
    shown = events.filter(events.page.notnull())
    before = shown.page.lag().over(ibis.window(group_by=[*_PARTS, "visit"], order_by=[shown.nth]))
    new = shown.mutate(is_new_page=before.isnull() | (shown.page != before)).select("event_id", "is_new_page")
    joined = events.left_join(new, "event_id").drop("event_id_right")
    return joined.mutate(is_new_page=joined.is_new_page.fill_null(False))


def _aggregated(events: ir.Table) -> ir.Table:
    origin = cast("ir.StructValue", ibis.struct({name: events[name] for name in ORIGIN}))
    place = events.nth
    grouped = events.group_by([*_PARTS, "visit"]).aggregate(
        session_id=events.event_id.max(where=events.is_first),
        user_key=events.user_key.argmax(place, where=events.user_key.notnull()),
        started_at=events.event_at.min(),
        ended_at=events.event_at.max(),
        session_date=events.event_date.min(),
        origin=origin.argmin(place, where=events.says),
        entry_path=events.page_path.argmin(place, where=events.page_path.notnull()),
        exit_path=events.page_path.argmax(place, where=events.page_path.notnull()),
        device=events.device.argmin(place, where=events.device.notnull()),
        n_events=events.count().cast("int32"),
        n_pages=events.is_new_page.sum().cast("int32"),
        first_variants=place.min(where=events.name == "variant_view"),
        last_cart=place.max(where=events.name == "add_to_cart"),
        has_payment=events.name.isin(["order_created", "add_payment_info"]).any(),
        carted_at=events.event_at.max(where=events.name == "add_to_cart"),
        bought_at=events.event_at.max(where=events.name == "purchase"),
        is_bot=events.bot_mark.notnull().any(),
    )
    chosen = (grouped.last_cart > grouped.first_variants).fill_null(False)
    outcome = {
        "has_variants": grouped.first_variants.notnull(),
        "has_choice": chosen,
        "has_cart": grouped.carted_at.notnull(),
        "has_order": grouped.bought_at.notnull(),
    }
    origins = {name: cast("ir.StructColumn", grouped.origin)[name] for name in ORIGIN}
    return grouped.mutate(**outcome, **origins).drop("origin", "first_variants", "last_cart")
