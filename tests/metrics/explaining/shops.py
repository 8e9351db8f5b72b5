"""A shop of nine weeks with a planted fall, and plain sums over its orders to hold explanations against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
from tests.metrics.ledgers import Row, line, order, refund, store

from zhanggui.calendar import Period

FIRST = date(2026, 3, 2)
N_DAYS = 63
PROVINCES = ("上海", "江苏", "广东", "四川", None)
PLATFORMS = {1: "tmall", 2: "jd", 3: "douyin"}
AFTER = Period(FIRST + timedelta(days=56), FIRST + timedelta(days=62))
BEFORE = Period(FIRST + timedelta(days=49), FIRST + timedelta(days=55))

Falls = Callable[[int, str | None, int], float]
"""From store, province and day the share of its orders that are made."""


def orders_of(falls: Falls, *, seed: int = 5) -> Iterator[Row]:
    """Give orders of three stores and five provinces, some fifteen a day in each store."""
    rng = np.random.default_rng(seed)
    number = 0
    for day in range(N_DAYS):
        for shop_id in PLATFORMS:
            for province in PROVINCES:
                for _ in range(rng.poisson(3.0 * falls(shop_id, province, day))):
                    number += 1
                    moment = f"{FIRST + timedelta(days=day)} 12"
                    amount = int(rng.integers(40_00, 60_00))
                    yield order(
                        f"o{number}", moment, amount, paid=moment, shop_id=shop_id, province=province,
                        buyer_key=f"{shop_id}-{int(rng.integers(0, 400))}", n_lines=1,
                    )  # fmt: skip


def tables_of(orders: list[Row]) -> dict[str, list[Row]]:
    """Return the tables of a shop: an item of one of four products for each order, every twelfth order refunded."""
    lines = [
        line(str(row["order_id"]), 1, f"p{place % 4}", 1 + place % 2, _amount(row), _amount(row),
             shop_id=row["shop_id"])
        for place, row in enumerate(orders)
    ]  # fmt: skip
    refunds = [
        refund(f"r{place}", str(row["order_id"]), f"{row['paid_date']} 12", _amount(row) // 2,
               shop_id=row["shop_id"], province=row["province"])
        for place, row in enumerate(orders)
        if place % 12 == 0
    ]  # fmt: skip
    return {
        "store": [store(number, f"店{number}", platform) for number, platform in PLATFORMS.items()],
        "order_header": orders,
        "order_line": lines,
        "refund": refunds,
    }


def paid_between(orders: list[Row], period: Period, **where: object) -> int:
    """Return the fen paid in a period by the orders that have these values: a plain loop."""
    return sum(
        _amount(row)
        for row in orders
        if period.first <= _day(row) <= period.last and all(row[name] == value for name, value in where.items())
    )


def _amount(row: Row) -> int:
    return int(str(row["paid_minor"]))


def _day(row: Row) -> date:
    return date.fromisoformat(str(row["paid_date"]))
