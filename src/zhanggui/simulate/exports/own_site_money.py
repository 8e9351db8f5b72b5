"""What the own site's payment account books: money in and back, payment fees, commission of those who recommend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, yuan
from zhanggui.simulate.exports.files import TextFile
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.maps import write_map
from zhanggui.simulate.exports.writing import Period, Report, View, Waiting, WrittenFile
from zhanggui.simulate.records import SETTLEMENTS, Scene
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = ("流水号", "记账时间", "业务类型", "订单号", "退款单号", "收支金额")
_COLUMNS = {
    "entry_id": "流水号",
    "booked_at": "记账时间",
    "settlement_category": "业务类型",
    "order_id": "订单号",
    "refund_id": "退款单号",
    "amount": "收支金额",
}
_KINDS = {
    Scene.GOODS: ("订单收款", "goods"),
    Scene.REFUND: ("订单退款", "refund"),
    Scene.COMMISSION: ("平台佣金", "commission"),
    Scene.COMMISSION_BACK: ("平台佣金退还", "commission"),
    Scene.SERVICE_FEE: ("支付手续费", "service_fee"),
    Scene.CREATOR_COMMISSION: ("推客佣金", "creator_commission"),
    Scene.CREATOR_COMMISSION_BACK: ("推客佣金退还", "creator_commission"),
    Scene.SUBSIDY: ("达人补贴", "subsidy"),
    Scene.SUBSIDY_BACK: ("达人补贴退回", "subsidy"),
    Scene.INSURANCE: ("运费险", "insurance"),
    Scene.PENALTY: ("延迟发货赔付", "compensation"),
    Scene.DEPOSIT_FORFEIT: ("定金不退", "deposit"),
    Scene.WITHDRAWAL: ("提现", "withdrawal"),
    Scene.AD_FEE: ("推广充值", "ad_fee"),
}
_KIND = [_KINDS[scene][0] for scene in Scene]
_NAME = "收支明细"


class OwnSiteMoney:
    """Writes the payment account of the own site, by the day of booking.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._ids = Ids(store.platform, world.start)
        self._waiting = Waiting(SETTLEMENTS, "booked_at", view)
        map_file = write_map(
            folder / f"{store.name}_{_NAME}.toml",
            f"{store.name}: {_NAME}, as the own site's payment account exports it.",
            table="settlements",
            columns=_COLUMNS,
            constants={"platform": store.platform, "shop": store.name, "currency": "CNY"},
            options={"date_format": '"%Y-%m-%d %H:%M:%S"'},
            words={"settlement_category": dict(_KINDS.values())},
        )
        self._report = Report(view, self._open, store=store, dataset="settlements", map_file=map_file)

    def write(self, records: DayRecords) -> None:
        """Write what was booked on a day."""
        entries = records[SETTLEMENTS]
        self._waiting.put(entries.where(entries["store"] == self._store.number))
        due = self._waiting.due(records.day)
        every = np.arange(len(due))
        self._report.add(
            records.day,
            {
                "流水号": counts(due["entry"] + 1),
                "记账时间": moments(due["booked_at"]),
                "业务类型": chosen(_KIND, due["scene"]),
                "订单号": chosen(self._ids.orders(due["order"]), every, due["order"] >= 0),
                "退款单号": chosen(self._ids.refunds(due["refund"]), every, due["refund"] >= 0),
                "收支金额": yuan(due["amount_minor"]),
            },
        )

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _open(self, period: Period) -> TextFile:
        path = self._folder / f"{self._store.name}_{_NAME}_{period.between('%Y%m%d', '-')}{period.again}.csv"
        return TextFile(path, HEADER)
