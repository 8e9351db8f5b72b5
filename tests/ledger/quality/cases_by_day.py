"""Checks that compare days with each other: what is missing, unusual, behind, linked to nothing."""

from __future__ import annotations

from datetime import timedelta

from tests.ledger.quality.stores import (
    FIRST,
    MIDDLE,
    N_DAYS,
    Tables,
    at,
    case,
    days,
    every_day,
    gap,
    known_orders,
    moves,
    named,
    order,
    orders,
)
from tests.metrics.ledgers import Row

# Completeness


@case("orders.days", money=15 * 10_000)
def _(broken: bool) -> Tables:
    return {"order_header": orders(without=gap(broken))}


@case("orders.hours")
def _(broken: bool) -> Tables:
    open_hours = range(9, 21)
    return {
        "order_header": [
            order(day, created_hour=hour)
            for day in days()
            for hour in open_hours
            for _ in range(0 if broken and day == MIDDLE and 12 <= hour < 16 else 4)
        ]
    }


@case("traffic.days", money=3 * 1_000)
def _(broken: bool) -> Tables:
    return {"shop_metric_daily": every_day(3, broken, on="day", object_type="product", paid_minor=1_000)}


@case("traffic.hours", money=100)
def _(broken: bool) -> Tables:
    # 23 hours brought 23.00: the one that is missing, as much as one of them.
    found = [
        {"day": day, "hour": hour, "object_type": "hour", "paid_minor": 100} for day in days() for hour in range(24)
    ]
    return {"shop_metric_daily": [row for row in found if not (broken and row["day"] == MIDDLE and row["hour"] == 5)]}


@case("ads.days", money=3 * 500)
def _(broken: bool) -> Tables:
    return {"ad_spend": every_day(3, broken, on="day", report_scope="plan", spend_minor=500)}


@case("settlements.days", money=15 * 100)
def _(broken: bool) -> Tables:
    return {"settlement_entry": every_day(15, broken, on="booked_date", amount_minor=100)}


@case("stock.days")
def _(broken: bool) -> Tables:
    return {"stock_movement": moves(15, broken)}


@case("orders.lines", money=5 * 10_000)
def _(broken: bool) -> Tables:
    lined = orders(10, without=gap(broken))
    return {"order_header": [*lined, *(order(day, n_lines=place // 5) for day in gap(broken) for place in range(10))]}


def _two_files(broken: bool, column: str, **row: object) -> list[Row]:
    """Return an earlier and a newer file of one format, the newer without a column where it is broken."""
    later = row | ({column: None} if broken else {})
    return [{**of_file, "_file": number} for number, of_file in enumerate((row, later)) for _ in range(25)]


@case("orders.columns")
def _(broken: bool) -> Tables:
    return {"order_header": _two_files(broken, "province", **order(MIDDLE, paid_at=at(MIDDLE), province="浙江"))}


@case("items.columns")
def _(broken: bool) -> Tables:
    return {"order_line": _two_files(broken, "sku_id", sku_id="S", product_id="P", quantity=1)}


@case("refunds.columns")
def _(broken: bool) -> Tables:
    return {"refund": _two_files(broken, "reason_raw", order_id="A", refunded_at=at(MIDDLE), reason_raw="不想要")}


@case("settlements.columns")
def _(broken: bool) -> Tables:
    return {"settlement_entry": _two_files(broken, "order_id", order_id="A", category="goods")}


@case("traffic.columns")
def _(broken: bool) -> Tables:
    return {"shop_metric_daily": _two_files(broken, "visitors", visitors=5, paid_minor=100)}


@case("ads.columns")
def _(broken: bool) -> Tables:
    return {"ad_spend": _two_files(broken, "clicks", spend_minor=100, impressions=50, clicks=5)}


# Volume and freshness


@case("orders.volume", money=25 * 10_000)
def _(broken: bool) -> Tables:
    return {"order_header": [order(day) for day in days() for _ in range(5 if broken and day == MIDDLE else 30)]}


@case("traffic.volume", money=25 * 100)
def _(broken: bool) -> Tables:
    rows = every_day(30, broken, n_then=5, on="day", object_type="product", paid_minor=100)
    return {"shop_metric_daily": rows}


@case("stock.volume")
def _(broken: bool) -> Tables:
    return {"stock_movement": moves(30, broken, n_then=5)}


@case("sessions.crawlers")
def _(broken: bool) -> Tables:
    visits = [
        {"session_date": day, "channel": "direct", "is_bot": place >= 20}
        for day in days()
        for place in range(60 if broken and day == MIDDLE else 21)
    ]
    return {"session": visits}


@case("sources.behind", money=10 * 15 * 100)
def _(broken: bool) -> Tables:
    entries = every_day(15, False, on="booked_date", amount_minor=100)
    last = FIRST + timedelta(days=N_DAYS - 1 - 10)
    return {
        "order_header": orders(),
        "settlement_entry": [row for row in entries if not broken or str(row["booked_date"]) <= str(last)],
    }


# Links


@case("settlements.orders", money=5 * 100)
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "settlement_entry": named("booked_date", broken, amount_minor=100)}


@case("refunds.orders", money=5 * 100)
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "refund": named("refunded_date", broken, refunded_minor=100)}


@case("shipments.orders", money=5 * 100)
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "shipment": named("shipped_date", broken, freight_minor=100)}


@case("reviews.orders")
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "review": named("reviewed_date", broken)}


@case("erp.orders", money=5 * 100)
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "erp_order_line": named("ordered_date", broken, line_amount_minor=100)}


@case("points.orders")
def _(broken: bool) -> Tables:
    return {"order_header": known_orders(), "points_entry": named("occurred_date", broken)}


@case("events.purchases", money=15 * 10_000)
def _(broken: bool) -> Tables:
    paid = [(day, place, f"{day}-{place}") for day in days() for place in range(20)]
    return {
        "order_header": [order(day, name) for day, _, name in paid],
        "event": [
            {"name": "purchase", "order_id": name, "event_date": day}
            for day, place, name in paid
            if not (broken and day == MIDDLE and place < 15)
        ],
    }


@case("items.costs", money=100)
def _(broken: bool) -> Tables:
    line = {"order_id": "A", "sku_id": f"cost-{broken}", "line_kind": "product", "quantity": 1, "paid_minor": 100}
    listed = "another" if broken else f"cost-{broken}"
    return {
        "order_header": [order(MIDDLE, "A")],
        "order_line": [line],
        "sku_cost": [{"internal_sku": listed, "valid_from": FIRST, "unit_cost_minor": 50}],
    }
