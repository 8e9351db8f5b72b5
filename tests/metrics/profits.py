"""Rows of profit written down by hand, in step with the orders and lines of a test's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tests.metrics.ledgers import Row

from zhanggui.ledger.schema.vocabulary import ENTRY_ACCOUNT


def profit_lines(orders: Iterable[Row], lines: Iterable[Row], costs: dict[str, int], marked: Row) -> Iterator[Row]:
    """Give one row per line of each paid order, and one for a paid order without lines.

    All is due that was paid, and refunds fall on an order's first line. Lines that `costs` does not name have no known
    cost; `marked` is added to the one row that it names by ``line_key``.
    """
    held = list(lines)
    for order in orders:
        if not order["is_paid"]:
            continue
        own = [line for line in held if (line["shop_id"], line["order_id"]) == (order["shop_id"], order["order_id"])]
        for place, line in enumerate(own or [{**order, "line_key": "", "line_kind": "product"}]):
            yield _profit_line(order, line, costs, is_first=place == 0) | (
                marked if line["line_key"] == marked["line_key"] else {}
            )


def _profit_line(order: Row, line: Row, costs: dict[str, int], *, is_first: bool) -> Row:
    paid, key = int(str(line["paid_minor"])), str(line["line_key"])
    refunded = int(str(order["refunded_minor"])) if is_first else 0
    cost = costs.get(key)
    return {
        **{name: order.get(name) for name in ("shop_id", "order_id", "paid_date", "province", "channel", "currency")},
        **{name: line.get(name) for name in ("line_key", "line_kind", "product_id", "category")},
        "order_kind": "ordinary",
        "list_minor": paid,
        "paid_minor": paid,
        "receivable_minor": paid,
        "refunded_minor": refunded,
        "goods_cost_minor": cost,
        "goods_back_minor": None if cost is None else 0,
        "contribution_minor": None if cost is None else paid - refunded - cost,
        "cost_known": cost is not None,
        "evidence": "counted",
    }


def profit_entries(shop_id: int, day: date) -> list[Row]:
    """Return one entry of each account: the first takes 1 yuan of profit, the second 2, and so on."""
    return [
        {
            "shop_id": shop_id,
            "entry_key": f"{account}:{number}",
            "day": day,
            "account": account,
            "amount_minor": -number * 100,
            "outlay_minor": number * 100,
            "product_id": "p1" if account == "ad_spend" else None,
            "evidence": "counted",
            "rule": "basis",
            "source_table": "cost_entry",
            "source_key": str(number),
            "currency": "CNY",
        }
        for number, account in enumerate(ENTRY_ACCOUNT, start=1)
    ]
