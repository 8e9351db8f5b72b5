"""The list of orders that the shop's own people placed: tests and brushing, to be left out of operating figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, dates, yuan
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.sales import created_on_the_day
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.records import OrderKind

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = ("日期", "平台", "店铺", "订单编号", "标记", "金额")
_MARKS = {OrderKind.ORDINARY: "", OrderKind.BRUSHING: "刷单", OrderKind.TEST: "测试"}
_MARK = [_MARKS[kind] for kind in OrderKind]
_MEANING = Meaning(
    "marked_orders",
    {"store_name": "店铺", "order_id": "订单编号", "mark": "标记", "marked_on": "日期"},
    words={"mark": {"刷单": "brushing", "测试": "test"}},
)


class MarkedOrders:
    """Writes marked orders by the day of their creation.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._numbering = Numbering(world)
        self._report = own_list(folder, view, "marked_orders", "特殊订单登记", HEADER, _MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the marked orders of a day."""
        orders = created_on_the_day(records)
        orders = orders.where(orders["kind"] != OrderKind.ORDINARY)
        self._report.add(
            records.day,
            {
                "日期": dates(orders["created_at"]),
                "平台": chosen(PLATFORM_NAMES, orders["store"]),
                "店铺": chosen(STORE_NAMES, orders["store"]),
                "订单编号": self._numbering.orders(orders["order"], orders["store"]),
                "标记": chosen(_MARK, orders["kind"]),
                "金额": yuan(orders["due_minor"]),
            },
        )

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()
