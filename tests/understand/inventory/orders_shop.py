"""A shop of a few goods with twenty weeks of orders, for what is to be bought again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from tests.ledger.quality.stores import at
from tests.metrics.ledgers import Row
from tests.understand.inventory.shelves import bought, cost, day, moved

DAYS = 140
PRICE, COST = 100_00, 60_00
A_DAY = {"tea": 6, "cup": 3, "pot": 1, "new": 2, "free": 1}
SUPPLIER = "茶厂"


def asked(sku: str, number: int) -> int:
    """Return the units of a numbered day: half as many again on every second one."""
    return A_DAY[sku] + (A_DAY[sku] // 2 if number % 2 else 0)


def sales(sku: str, first: int = 1, last: int = DAYS) -> list[tuple[Row, Row]]:
    """Return one paid order a day."""
    return [bought(sku, number, asked(sku, number), PRICE, f"{sku}-{number}") for number in range(first, last + 1)]


def stock(sku: str, units: int) -> list[Row]:
    """Return the books of goods of which so many are left at the end."""
    sold = [asked(sku, number) for number in range(1, DAYS + 1)]
    first = moved(sku, 1, units + sum(sold), reason="purchase")
    return [first, *(moved(sku, number, -quantity) for number, quantity in enumerate(sold, start=1))]


def received(sku: str, number: int, *, lead: int = 10, supplier: str | None = SUPPLIER, **more: object) -> Row:
    """Return a line of a purchase order of a numbered day that came after `lead` days."""
    row: Row = {
        "purchase_order_id": f"po-{sku}-{number}", "supplier": supplier, "warehouse": "主仓", "internal_sku": sku,
        "ordered_quantity": 10, "received_quantity": 10, "ordered_date": day(number), "ordered_at": at(day(number)),
        "due_date": day(number + lead), "received_date": day(number + lead), "received_at": at(day(number + lead)),
    }  # fmt: skip
    return row | more


def shop(**more: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """Return tea and cups nearly sold out, a pot in plenty, gifts without a price, and goods that came lately."""
    orders = [each for sku in ("tea", "cup", "pot", "free") for each in sales(sku)] + sales("new", DAYS - 10)
    tables: dict[str, Sequence[Row]] = {
        "order_header": [order for order, _ in orders],
        "order_line": [line | ({"line_kind": "gift"} if line["sku_id"] == "free" else {}) for _, line in orders],
        "sku_cost": [cost(sku, COST) for sku in ("tea", "cup", "pot", "free")],
        "stock_movement": [*stock("tea", 5), *stock("cup", 0), *stock("pot", 500), *stock("free", 9)],
        "purchase_order": [
            received(sku, number) for sku in ("tea", "cup", "pot", "free") for number in range(1, 100, 20)
        ],
    }
    return tables | more


TOMORROW = day(DAYS) + timedelta(days=1)
