"""A shop of one good that runs out, loaded from its files: what is to be ordered can be worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.collect.loading.shops import csv, layout, till_at

DAYS = 84
FIRST = date(2026, 2, 1)


def on(number: int, hour: int = 10) -> str:
    """Return an hour of a numbered day, 0 being the first."""
    return f"{FIRST + timedelta(days=number)} {hour:02d}:00:00"


def write_shop(directory: Path) -> Path:
    """Load twelve weeks of one good, two a day at 10.00 that cost 6.00, of which five are left; lead time a week.

    On the last evening four are counted.
    """
    orders = [(f"o{n}", on(n), "20.00", "A1", "2", "20.00") for n in range(DAYS)]
    of_orders = {"order_id": "id", "created_at": "at", "paid_at": "at", "paid_amount": "paid"}
    of_lines = {"order_id": "id", "created_at": "at", "product_id": "sku", "sku_id": "sku", "quantity": "n",
                "line_amount": "amount"}  # fmt: skip
    moves = [("m", on(0, 8), "主仓", "A1", str(2 * DAYS + 5), "purchase")]
    moves += [(f"m{n}", on(n, 12), "主仓", "A1", "-2", "sale") for n in range(DAYS)]
    of_moves = {"movement_id": "id", "occurred_at": "at", "warehouse": "place", "internal_sku": "sku",
                "quantity": "n", "movement_reason": "why"}  # fmt: skip
    bought = [(f"p{n}", "茶厂", "主仓", "A1", "9", "9", on(n), on(n + 7)) for n in range(12)]
    of_bought = {
        "purchase_order_id": "id", "supplier": "who", "warehouse": "place", "internal_sku": "sku",
        "ordered_quantity": "n", "received_quantity": "came", "ordered_at": "at", "received_at": "there",
    }  # fmt: skip
    counted = [("PD-1", "主仓", "A1", on(DAYS - 1, 20), "5", "4")]
    of_counts = {"count_id": "id", "warehouse": "place", "internal_sku": "sku", "counted_at": "at",
                 "book_quantity": "book", "counted_quantity": "found"}  # fmt: skip
    header = ("id", "at", "paid", "sku", "n", "amount")
    with till_at(directory) as till:
        till.taken("orders.csv", csv(header, *orders), layout=layout("orders", of_orders))
        till.taken("lines.csv", csv(header, *orders), layout=layout("order_lines", of_lines))
        till.taken("moves.csv", csv(tuple(of_moves.values()), *moves), layout=layout("stock_movements", of_moves))
        till.taken("bought.csv", csv(tuple(of_bought.values()), *bought), layout=layout("purchase_orders", of_bought))
        till.taken("counted.csv", csv(tuple(of_counts.values()), *counted), layout=layout("stock_counts", of_counts))
        till.taken(
            "costs.csv", csv(("sku", "since", "cost"), ("A1", "2026-01-01", "6.00")),
            layout=layout("sku_costs", {"internal_sku": "sku", "valid_from": "since", "unit_cost": "cost"}),
        )  # fmt: skip
    return directory / "shop"
