"""The platforms' order numbers in files about all stores together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.ids import ORDERS_OF_A_DAY, Ids
from zhanggui.simulate.exports.sales import created_on_the_day
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.stores import STORES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

STORE_NAMES = [store.name for store in STORES]
PLATFORM_NAMES = [
    {
        "taobao": "淘宝",
        "tmall": "天猫",
        "jd": "京东",
        "pinduoduo": "拼多多",
        "douyin": "抖音",
        "own_site": "自营商城",
    }[store.platform]
    for store in STORES
]
"""What the company's own systems call the platform of each of `STORES`."""


class Numbering:
    """Order and refund numbers by store, and the store of each order noted so far.

    Parameters
    ----------
    world : World
        Whose orders.
    """

    def __init__(self, world: World) -> None:
        self._ids = {store.number: Ids(store.platform, world.start) for store in world.stores}
        self._stores: dict[int, Column] = {}

    def note(self, records: DayRecords) -> None:
        """Remember which store each order of a day belongs to."""
        orders = created_on_the_day(records)
        places = orders["order"] % ORDERS_OF_A_DAY
        stores = np.full(int(places.max(initial=-1)) + 1, NEVER, np.int8)
        stores[places] = orders["store"]
        self._stores[records.day] = stores

    def stores(self, orders: Column) -> Column:
        """Return the store of each order, `NEVER` where there is no order; its day has to be noted."""
        found = np.full(orders.size, NEVER, np.int64)
        days = np.where(orders == NEVER, NEVER, orders // ORDERS_OF_A_DAY)
        for day in np.unique(days[days != NEVER]).tolist():
            of_day = days == day
            found[of_day] = self._stores[day][orders[of_day] % ORDERS_OF_A_DAY]
        return found

    def orders(self, orders: Column, stores: Column) -> list[str]:
        """Return the number of each order on the platform of its store; blank where there is none."""
        return self._printed(orders, stores, "orders")

    def refunds(self, refunds: Column, stores: Column) -> list[str]:
        """Return the number of each after-sale case; blank where there is none."""
        return self._printed(refunds, stores, "refunds")

    def _printed(self, numbers: Column, stores: Column, what: str) -> list[str]:
        texts = np.full(numbers.size, "", object)
        for store, ids in self._ids.items():
            here = np.flatnonzero((stores == store) & (numbers != NEVER))
            if here.size:
                texts[here] = getattr(ids, what)(numbers[here])
        found: list[str] = texts.tolist()
        return found
