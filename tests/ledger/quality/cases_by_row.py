"""Checks that look at rows, files and sums: what stands twice, cannot be, or disagrees."""

from __future__ import annotations

from datetime import timedelta

from tests.ledger.quality.stores import FIRST, MIDDLE, Tables, at, case, cost, every_day, move, order, orders
from tests.metrics.ledgers import Row

# Uniqueness


def _twins(broken: bool, **row: object) -> list[Row]:
    """Return ten rows, and the same ten again in another file, under other ids."""
    first = [row | {"order_id": f"A{place}", "created_at": at(MIDDLE, place)} for place in range(10)]
    again = [{**one, "_file": 1} for one in first] if broken else []
    return first + again


@case("orders.twins", money=10 * 10_000)
def _(broken: bool) -> Tables:
    found = _twins(broken, **order(MIDDLE))
    return {"order_header": [row | {"order_id": f"{row['order_id']}-{row.get('_file')}"} for row in found]}


@case("refunds.twins", money=10 * 300)
def _(broken: bool) -> Tables:
    return {"refund": _twins(broken, refunded_minor=300, refunded_date=MIDDLE)}


@case("settlements.twins", money=10 * 700)
def _(broken: bool) -> Tables:
    return {"settlement_entry": _twins(broken, category="goods", amount_minor=700, booked_at=at(MIDDLE))}


@case("files.again", money=1_250)
def _(broken: bool) -> Tables:
    file: Row = {"dataset": "orders", "received": 5, "duplicate": 5 if broken else 0, "file_total": "12.50"}
    return {"source_batch": [file]}


# Validity


@case("refunds.above_paid", money=10_001)
def _(broken: bool) -> Tables:
    return {"order_header": [order(MIDDLE, refunded_minor=10_001 if broken else 10_000)]}


@case("orders.amounts", money=1)
def _(broken: bool) -> Tables:
    return {"order_header": [order(MIDDLE, created_minor=-1 if broken else 0)]}


@case("orders.times", money=10_000)
def _(broken: bool) -> Tables:
    # An hour of skew between a platform's clocks is nothing; two hours are a time zone.
    return {"order_header": [order(MIDDLE, created_at=at(MIDDLE, 12), paid_at=at(MIDDLE, 10 if broken else 11))]}


@case("orders.future", money=10_000)
def _(broken: bool) -> Tables:
    made = MIDDLE - timedelta(days=2) if broken else MIDDLE
    return {"order_header": [order(MIDDLE)], "source_batch": [{"dataset": "orders", "version_at": at(made)}]}


@case("items.quantity", money=500)
def _(broken: bool) -> Tables:
    line: Row = {"line_kind": "product", "quantity": -1 if broken else 10_000, "created_minor": 500}
    return {"order_line": [line | {"order_id": "A"}]}


@case("orders.words", money=10_000)
def _(broken: bool) -> Tables:
    return {"order_header": [order(MIDDLE, status="unknown" if broken else "paid", status_raw="待收获")]}


@case("settlements.words", money=900)
def _(broken: bool) -> Tables:
    kind = "unknown" if broken else "goods"
    return {"settlement_entry": [{"booked_date": MIDDLE, "category": kind, "scene_raw": "杂项", "amount_minor": -900}]}


@case("costs.positive")
def _(broken: bool) -> Tables:
    cost = 0 if broken else 1
    return {"sku_cost": [{"internal_sku": f"zero-{broken}", "valid_from": MIDDLE, "unit_cost_minor": cost}]}


@case("traffic.people")
def _(broken: bool) -> Tables:
    return {
        "shop_metric_daily": [{"day": MIDDLE, "visitors": 10, "page_views": 9 if broken else 10, "object_path": "全店"}]
    }


@case("ads.clicks", money=100)
def _(broken: bool) -> Tables:
    return {
        "ad_spend": [
            {
                "day": MIDDLE,
                "clicks": 11 if broken else 10,
                "impressions": 10,
                "spend_minor": 100,
                "report_scope": "计划",
            }
        ]
    }


@case("reviews.stars")
def _(broken: bool) -> Tables:
    return {"review": [{"reviewed_date": MIDDLE, "review_id": "R", "stars": 6 if broken else 5}]}


@case("stock.negative")
def _(broken: bool) -> Tables:
    return {"stock_movement": [move(MIDDLE, -5 if broken else 5)]}


# Prices and costs


@case("items.below_cost", money=2 * 100)
def _(broken: bool) -> Tables:
    # Two units at 5.00 of what costs 6.00.
    line = {"order_id": "A", "sku_id": f"below-{broken}", "line_kind": "product", "quantity": 2}
    return {
        "order_header": [order(MIDDLE, "A")],
        "order_line": [line | {"unit_price_minor": 500 if broken else 600}],
        "sku_cost": [{"internal_sku": f"below-{broken}", "valid_from": FIRST, "unit_cost_minor": 600}],
    }


@case("costs.jumps", money=301 - 100)
def _(broken: bool) -> Tables:
    later: Row = {"internal_sku": f"jump-{broken}", "valid_from": MIDDLE, "unit_cost_minor": 301 if broken else 300}
    return {"sku_cost": [*cost(f"jump-{broken}", 100), later]}


# Reconciliation


@case("files.totals", money=1_000)
def _(broken: bool) -> Tables:
    totals = {"file_total": "100.00", "ledger_total": "90.00" if broken else "100.00", "quarantined": 1}
    return {"source_batch": [{"dataset": "orders", **totals}]}


@case("orders.beside_lines", money=1_000)
def _(broken: bool) -> Tables:
    stated = {"order_id": "A", "stated_paid_minor": 10_000, "created_date": MIDDLE, "layout": 1}
    key: Row = {"order_id": "A", "line_key": "1"}
    line = {**key, "layout": 2, "is_set": True, "stated_paid_minor": 9_000 if broken else 10_000}
    return {"order_seen": [stated], "line_seen": [line], "order_line": [key]}


@case("orders.declared", money=100_000)
def _(broken: bool) -> Tables:
    told = every_day(1, False, on="day", object_type="shop", paid_minor=100_000)
    if broken:
        told = [row | {"paid_minor": 200_000} if row["day"] == MIDDLE else row for row in told]
    return {"order_header": orders(10), "shop_metric_daily": told}


@case("stock.equation", money=250)
def _(broken: bool) -> Tables:
    # 10 - 3 = 7; the list says 8.
    sku = f"equation-{broken}"
    place: Row = {"warehouse": "主仓", "internal_sku": sku}
    stated = ((FIRST, 10), (MIDDLE, 8 if broken else 7))
    return {
        "stock_movement": [move(FIRST, 10, internal_sku=sku), move(MIDDLE, -3, internal_sku=sku)],
        "stock_snapshot": [place | {"day": day, "on_hand": held} for day, held in stated],
        "sku_cost": cost(sku, 250),
    }


def _count(sku: str, book: int, counted: int) -> list[Row]:
    row: Row = {"warehouse": "主仓", "internal_sku": sku, "counted_at": at(MIDDLE), "counted_date": MIDDLE}
    return [row | {"book_quantity": book, "counted_quantity": counted}]


@case("stock.books", money=3 * 200)
def _(broken: bool) -> Tables:
    # By the movements there are 10.
    sku = f"books-{broken}"
    return {
        "stock_movement": [move(FIRST, 10, internal_sku=sku)],
        "stock_count": _count(sku, 7 if broken else 10, 9),
        "sku_cost": cost(sku, 200),
    }


@case("stock.counts", money=2 * 200)
def _(broken: bool) -> Tables:
    sku = f"counts-{broken}"
    booked = [] if broken else [move(MIDDLE + timedelta(days=1), -2, internal_sku=sku, reason="adjust")]
    return {
        "stock_movement": [move(FIRST, 10, internal_sku=sku), move(MIDDLE + timedelta(days=9), 1), *booked],
        "stock_count": _count(sku, 10, 8),
        "sku_cost": cost(sku, 200),
    }


@case("stock.receipts", money=2 * 300)
def _(broken: bool) -> Tables:
    bought: Row = {"warehouse": "主仓", "internal_sku": "S", "purchase_order_id": "PO", "received_date": MIDDLE}
    came = move(MIDDLE, 8 if broken else 10, purchase_order_id="PO")
    return {
        "purchase_order": [bought | {"received_quantity": 10, "unit_cost_minor": 300}],
        "stock_movement": [move(FIRST, 1), came, move(MIDDLE + timedelta(days=9), 1)],
    }
