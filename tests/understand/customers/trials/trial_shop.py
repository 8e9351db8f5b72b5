"""A shop with one trial of two groups, loaded from files."""

from __future__ import annotations

from pathlib import Path

from tests.collect.loading.shops import csv, layout, till_at

ORDERS = {
    "order_id": "order",
    "created_at": "paid",
    "paid_at": "paid",
    "order_amount": "amount",
    "paid_amount": "amount",
}
ENTRIES = {"trial_id": "trial", "trial_name": "name", "arm": "group", "subject_id": "who", "entered_at": "at"}
LISTED = {"trial_id": "trial", "subject_id": "who", "order_id": "order", "paid_at": "paid"}


def write_trial_shop(directory: Path) -> Path:
    """Load a trial of 40 people each: 4 of the control paid 50.00, 10 of the others 90.00; return where it lies."""
    people = [(f"{group}{n}", group) for group in ("不发券", "coupon") for n in range(40)]
    buyers = [("不发券", n, "50.00") for n in range(4)] + [("coupon", n, "90.00") for n in range(10)]
    day = "2026-05-10 10:00:00"
    entries = [("EX1", "second piece", group, who, "2026-05-01 10:00:00") for who, group in people]
    orders = [(f"o-{group}{n}", day, amount) for group, n, amount in buyers]
    orders.append(("later", "2026-06-20 10:00:00", "1.00"))
    listed = [("EX1", f"{group}{n}", f"o-{group}{n}", day) for group, n, _ in buyers]
    with till_at(directory) as till:
        for name, header, rows, table, columns in (
            ("orders.csv", ("order", "paid", "amount"), orders, "orders", ORDERS),
            ("groups.csv", ("trial", "name", "group", "who", "at"), entries, "trial_entries", ENTRIES),
            ("listed.csv", ("trial", "who", "order", "paid"), listed, "trial_orders", LISTED),
        ):
            till.taken(name, csv(header, *rows), layout=layout(table, columns))
    return directory / "shop"
