"""Every parcel: those that left a warehouse, when promised, sent, picked up and received, and those sent back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, moments, yuan
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.ids import waybills
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.writing import View, Waiting, WrittenFile
from zhanggui.simulate.records import ORDERS, REFUNDS
from zhanggui.simulate.rows import NEVER, Rows, Table
from zhanggui.simulate.stores import CARRIERS, PLACES, WAREHOUSES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = (
    "运单号", "快递公司", "平台", "店铺", "订单编号", "发货仓库", "省", "市", "付款时间", "承诺发货时间", "发货时间",
    "揽收时间", "签收时间", "物流状态", "运费", "包材费", "物流方向",
)  # fmt: skip
_MEANING = Meaning(
    "shipments",
    {
        "store_name": "店铺",
        "order_id": "订单编号",
        "tracking_no": "运单号",
        "carrier": "快递公司",
        "warehouse": "发货仓库",
        "promised_at": "承诺发货时间",
        "shipped_at": "发货时间",
        "collected_at": "揽收时间",
        "received_at": "签收时间",
        "freight_amount": "运费",
        "packaging_amount": "包材费",
        "direction": "物流方向",
    },
    words={"direction": {"发货": "outbound", "退货": "inbound"}},
)
_COLUMNS = (
    "order", "store", "carrier", "warehouse", "place", "paid_at", "promised_ship_at", "shipped_at", "received_at",
    "freight_minor", "packaging_minor",
)  # fmt: skip
PARCELS = Table("parcels", dict.fromkeys(_COLUMNS, np.int64))
_BACK_COLUMNS = ("refund", "order", "store", "returned_at", "return_freight_minor")
RETURNS = Table("returns", dict.fromkeys(_BACK_COLUMNS, np.int64))
_PROVINCES = [place.province for place in PLACES]
_CITIES = [place.city for place in PLACES]
_PICKED_UP_SECONDS = 3 * 3_600
"""Mean time from the label to the courier's first scan."""


class ParcelList:
    """Writes parcels by the day on which they were sent.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._view = view
        self._draws = world.draws
        self._numbering = Numbering(world)
        self._waiting = Waiting(PARCELS, "shipped_at", view)
        self._coming_back = Waiting(RETURNS, "returned_at", view)
        self._report = own_list(folder, view, "shipments", "物流明细", HEADER, _MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the parcels that left on a day, and those that came back."""
        orders, refunds = records[ORDERS], records[REFUNDS]
        self._waiting.put(Rows(PARCELS, **{name: orders[name] for name in _COLUMNS}))
        self._coming_back.put(Rows(RETURNS, **{name: refunds[name] for name in _BACK_COLUMNS}))
        self._report.add(records.day, self._columns(self._waiting.due(records.day)))
        self._report.add(records.day, self._back_columns(self._coming_back.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _columns(self, parcels: Rows) -> dict[str, Cells]:
        on_hold = self._draws.exponential("picked up", parcels["order"]) * _PICKED_UP_SECONDS
        sent, received = parcels["shipped_at"], parcels["received_at"]
        picked_up = sent + on_hold.astype(np.int64)
        picked_up = np.where(received == NEVER, picked_up, np.minimum(picked_up, (sent + received) // 2))
        is_moving, is_there = self._view.seen(picked_up), self._view.seen(parcels["received_at"])
        return {
            "运单号": waybills(parcels["order"], parcels["carrier"], np.ones(len(parcels), np.bool_)),
            "快递公司": chosen(CARRIERS, parcels["carrier"]),
            "平台": chosen(PLATFORM_NAMES, parcels["store"]),
            "店铺": chosen(STORE_NAMES, parcels["store"]),
            "订单编号": self._numbering.orders(parcels["order"], parcels["store"]),
            "发货仓库": chosen(WAREHOUSES, parcels["warehouse"]),
            "省": chosen(_PROVINCES, parcels["place"]),
            "市": chosen(_CITIES, parcels["place"]),
            "付款时间": moments(parcels["paid_at"]),
            "承诺发货时间": moments(parcels["promised_ship_at"]),
            "发货时间": moments(parcels["shipped_at"]),
            "揽收时间": moments(picked_up, is_moving),
            "签收时间": moments(parcels["received_at"], is_there),
            "物流状态": chosen(("已发货", "运输中", "已签收"), is_moving.astype(np.int64) + is_there),
            "运费": yuan(parcels["freight_minor"]),
            "包材费": yuan(parcels["packaging_minor"]),
            "物流方向": "发货",
        }

    def _back_columns(self, returns: Rows) -> dict[str, Cells]:
        """Return the parcels that came back; their freight is what the company bears of it."""
        return {
            "运单号": [f"TH{number:014d}" for number in returns["refund"].tolist()],
            "平台": chosen(PLATFORM_NAMES, returns["store"]),
            "店铺": chosen(STORE_NAMES, returns["store"]),
            "订单编号": self._numbering.orders(returns["order"], returns["store"]),
            "签收时间": moments(returns["returned_at"]),
            "物流状态": "已签收",
            "运费": yuan(returns["return_freight_minor"]),
            "包材费": "0.00",
            "物流方向": "退货",
        }
