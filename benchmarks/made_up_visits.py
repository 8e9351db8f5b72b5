"""Events and visits of a made-up shop, written straight into a ledger, for measurements."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from benchmarks.made_up_profit import complete_rows
from benchmarks.made_up_shop import N_DAYS
from zhanggui.ledger.engine import Ledger

EVENTS_OF_A_VISIT = 5
VISITS_OF_A_PERSON = 4
_NAMES = ("page_view", "product_view", "search", "add_to_cart", "order_created")


def fill_visits(ledger: Ledger, n_events: int) -> int:
    """Write events of four stores over a year, and the visits that they make up. Return the visits."""
    n_visits = n_events // EVENTS_OF_A_VISIT
    with ledger.transaction() as tx:
        tx.insert("event", complete_rows("event", _events(n_events)))
        tx.insert("session", complete_rows("session", _visits(n_visits)))
    return n_visits


def _visits(n_visits: int) -> ir.Table:
    visit = ibis.range(0, n_visits).unnest().name("number").as_table().mutate(**_when(ibis._.number, n_visits))
    draw = _draw(visit.number)
    return visit.mutate(
        shop_id=visit.number % 4 + 1, session_id=visit.number, visitor_id=_person(visit.number, n_visits),
        started_at=visit.moment, ended_at=visit.moment, session_date=visit.day, channel=ibis.literal("organic"),
        user_key=(draw % 10 < 3).ifelse(_person(visit.number, n_visits), None), device=ibis.literal("mobile"),
        n_events=ibis.literal(EVENTS_OF_A_VISIT), n_pages=draw % 8 + 1, has_cart=draw % 100 < 12,
        has_order=draw % 100 < 4, is_bot=draw % 1000 < 8,
    )  # fmt: skip


def _events(n_events: int) -> ir.Table:
    event = ibis.range(0, n_events).unnest().name("number").as_table()
    visit, n_visits = event.number // EVENTS_OF_A_VISIT, n_events // EVENTS_OF_A_VISIT
    event = event.mutate(visit=visit, **_when(visit, n_visits))
    names = ibis.array(list(_NAMES))
    return event.mutate(
        shop_id=event.visit % 4 + 1, event_id=event.number, event_at=event.moment, event_date=event.day,
        event_hour=event.moment.hour(), clock=ibis.literal("stated"), source=ibis.literal("segment"),
        kind=ibis.literal("behaviour"), name=names[_draw(event.number) % len(_NAMES)],
        anon_id=_person(event.visit, n_visits), row_hash=event.number, row_no=event.number,
    )  # fmt: skip


def _when(visit: ir.IntegerValue, n_visits: int) -> dict[str, ir.Value]:
    """Return day and moment of a visit: visits are numbered as they come."""
    moment = (visit * (N_DAYS * 86_400) // n_visits + 1_735_660_800).as_timestamp("s")
    return {"moment": moment, "day": (moment + ibis.interval(hours=8)).date()}


def _person(visit: ir.IntegerValue, n_visits: int) -> ir.StringValue:
    return "h1:" + (_draw(visit) % max(n_visits // VISITS_OF_A_PERSON, 1)).cast("string").lpad(32, "0")


def _draw(number: ir.IntegerValue) -> ir.IntegerValue:
    """Return a number that looks drawn, the same each time."""
    return (number * 7_919 + 104_729) % 1_000_003
