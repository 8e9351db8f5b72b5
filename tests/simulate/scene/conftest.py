"""A larger world without promotions, lived through once: enough visits to tell rates apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from zhanggui.simulate.options import Options
from zhanggui.simulate.records import AD_ROWS, CHANNEL_COSTS, LINES, ORDERS, VISITS, OrderKind
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.world import World

BUSY_DAYS = 45


@dataclass(frozen=True)
class Busy:
    """A world at its end, and what its days brought about traffic."""

    world: World
    visits: Rows
    ads: Rows
    costs: Rows
    orders: Rows
    trade: np.ndarray[tuple[int], np.dtype[np.int64]]
    is_new: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Of each order: the trade of its first line, and whether its buyer came as a first-time visitor that day."""


@pytest.fixture(scope="package")
def busy() -> Busy:
    world = World(Options(days=BUSY_DAYS, orders_per_day=1_000, end=date(2026, 9, 30), seed=23))
    visits, ads, costs, orders, trade, is_new = [], [], [], [], [], []
    for _ in range(BUSY_DAYS):
        records = world.step()
        visits.append(records[VISITS])
        ads.append(records[AD_ROWS])
        costs.append(records[CHANNEL_COSTS])
        made = records[ORDERS]
        made = made.where(made["kind"] == OrderKind.ORDINARY)
        made = made.where(np.argsort(made["order"], kind="stable"))
        lines = records[LINES]
        lines = lines.where(np.lexsort((lines["line"], lines["order"])))
        first = np.searchsorted(lines["order"], made["order"])
        orders.append(made)
        trade.append(world.shelf.trade[lines["sku"][first]])
        is_new.append(world.people.born_day[made["person"]] == records.day)
    return Busy(
        world,
        Rows.together(VISITS, visits),
        Rows.together(AD_ROWS, ads),
        Rows.together(CHANNEL_COSTS, costs),
        Rows.together(ORDERS, orders),
        np.concatenate(trade),
        np.concatenate(is_new),
    )
