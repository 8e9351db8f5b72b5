"""A shop of returning buyers, written row by row from one seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, order, store

from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
N_BUYERS = 300

OpenDesk = Callable[[Sequence[Row]], AbstractContextManager[Desk]]
"""Opens the desk of a shop that holds these orders."""


def buyer_orders(n_buyers: int = N_BUYERS, *, seed: int = 4) -> list[Row]:
    """Return paid orders of buyers who come at rates of their own and leave after 120 days on average."""
    rng = np.random.default_rng(seed)
    found: list[Row] = []
    for each in range(n_buyers):
        first = int(rng.integers(0, 180))
        stays, rate = rng.exponential(120), rng.gamma(0.9, 1 / 30)
        days = {first, *(first + np.ceil(rng.uniform(0, stays, rng.poisson(rate * stays))).astype(int)).tolist()}
        for day in sorted(day for day in days if day <= (LAST - FIRST).days):
            found.append(paid(f"b{each}", FIRST + timedelta(days=day), int(rng.integers(30_00, 200_00)), len(found)))
    return found


def paid(buyer: str, day: date, amount: int, number: int, **more: object) -> Row:
    """Return one paid order."""
    return order(f"o{number}", day.isoformat(), amount, paid=day.isoformat(), buyer_key=buyer) | more


def profit_rows(orders: Sequence[Row], *, cost_share: float = 0.6) -> list[Row]:
    """Return one line of profit per order: what is left of it after refunds and the cost of the goods."""
    rows = []
    for each in orders:
        amount = int(str(each["paid_minor"]))
        cost = round(amount * cost_share)
        rows.append(
            {
                **{name: each.get(name) for name in ("shop_id", "order_id", "paid_date", "buyer_key", "currency")},
                "line_key": "1",
                "line_kind": "product",
                "paid_minor": amount,
                "goods_cost_minor": cost,
                "contribution_minor": amount - int(str(each["refunded_minor"])) - cost,
                "cost_known": True,
                "evidence": "counted",
            }
        )
    return rows


@pytest.fixture(scope="session")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> OpenDesk:
    """Return what opens the desk of a shop that holds these orders and their profit."""

    @contextmanager
    def opened(orders: Sequence[Row]) -> Iterator[Desk]:
        folder: Path = tmp_path_factory.mktemp("valued")
        shop = Shop.create(folder / "shop", "回头客的店")
        shop.stores.add_store("own_site", "自营商城")
        tables: dict[str, Sequence[Row]] = {
            "store": [store(1, "自营商城", platform="own_site")],
            "source_batch": [batch(1, 1, datetime(2026, 10, 1, tzinfo=UTC))],
            "order_header": orders,
            "line_profit": profit_rows(orders),
            "customer": [{"buyer_key": f"n{each}"} for each in range(7)],
        }
        with ledger_of(shop.dir, tables) as ledger:
            yield Desk(shop, ledger)

    return opened


@pytest.fixture(scope="session")
def bought() -> list[Row]:
    """Return the orders of the shop."""
    return buyer_orders()


@pytest.fixture(scope="session")
def desk(open_desk: OpenDesk, bought: list[Row]) -> Iterator[Desk]:
    """Give the desk of the shop."""
    with open_desk(bought) as desk:
        yield desk
