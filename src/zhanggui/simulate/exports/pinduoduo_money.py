"""Pinduoduo's bill, with four lines above its header and expenses below nought, and its ad report by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, percent, ratio, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile, TextFile
from zhanggui.simulate.exports.ids import Ids, stranger
from zhanggui.simulate.exports.writing import Period, Report, Strays, View, Waiting, WrittenFile, closed, faults_of
from zhanggui.simulate.records import AD_ROWS, SETTLEMENTS, Scene
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

BILL_HEADER = ("商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "备注", "业务描述")
AD_HEADER = (
    "日期", "成交花费(元)", "交易额(元)", "实际投产比", "总花费(元)", "净交易额(元)", "净实际投产比", "净成交笔数",
    "每笔净成交花费(元)", "净交易额占比", "净成交笔数占比", "每笔净成交金额(元)", "结算交易额(元)", "结算投产比",
    "结算成交笔数", "退款豁免率", "退单豁免率", "每笔结算成交花费(元)", "交易额结算率", "订单结算率",
    "每笔结算成交金额(元)", "成交笔数", "每笔成交花费(元)", "每笔成交金额(元)", "曝光量", "点击量",
)  # fmt: skip

_KINDS = {
    Scene.GOODS: ("交易收入", ""),
    Scene.REFUND: ("退款", ""),
    Scene.COMMISSION: ("技术服务费", "类目技术服务费"),
    Scene.COMMISSION_BACK: ("技术服务费", "技术服务费退还"),
    Scene.SERVICE_FEE: ("技术服务费", "基础技术服务费"),
    Scene.CREATOR_COMMISSION: ("多多进宝", "推广佣金"),
    Scene.CREATOR_COMMISSION_BACK: ("多多进宝", "推广佣金退还"),
    Scene.SUBSIDY: ("优惠券结算", "平台优惠券"),
    Scene.SUBSIDY_BACK: ("优惠券结算", "平台优惠券退回"),
    Scene.INSURANCE: ("其他服务", "退货包运费"),
    Scene.PENALTY: ("扣款", "延迟发货扣款"),
    Scene.DEPOSIT_FORFEIT: ("交易收入", "定金不退"),
    Scene.WITHDRAWAL: ("提现", ""),
    Scene.AD_FEE: ("转账", "推广账户充值"),
}
_KIND, _WHAT_FOR = ([_KINDS[scene][place] for scene in Scene] for place in range(2))
_BILLED = (97, 100)
"""Part of the spend that is billed with deals."""
_SETTLED = (96, 100)
"""Part of the net amount that is settled when the report is made."""


class PinduoduoMoney:
    """Writes the bill, by the day of booking, and the ad report of a Pinduoduo store.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._view = view
        self._ids = Ids(store.platform, world.start)
        self._waiting = Waiting(SETTLEMENTS, "booked_at", view)
        faults = {name: faults_of(world.plan.file_faults, store.number, name) for name in ("settlements", "ads")}
        self._strays = Strays(faults["settlements"])
        self._bill, self._ads = (
            Report(view, open_file, store=store, dataset=name, faults=faults[name])
            for name, open_file in (("settlements", self._open_bill), ("ads", self._open_ads))
        )

    def write(self, records: DayRecords) -> None:
        """Write what was booked on a day, and its ads."""
        entries, ads = records[SETTLEMENTS], records[AD_ROWS]
        self._waiting.put(entries.where(entries["store"] == self._store.number))
        self._add_bill(records.day, self._waiting.due(records.day))
        self._add_ads(records.day, ads.where(ads["store"] == self._store.number))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._bill, self._ads))

    def _open_bill(self, period: Period) -> TextFile:
        path = self._folder / f"账务明细_{period.between('%Y%m%d', '-')}{period.again}.csv"
        days = f"#起始日期：[{period.first}] 终止日期：[{period.last}]"
        above = ("#拼多多账务明细", f"#商户名称：[{self._store.name}]", days, f"#{'-' * 40}")
        return TextFile(path, BILL_HEADER, above=above)

    def _open_ads(self, period: Period) -> SheetFile:
        path = self._folder / f"推广报表_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, AD_HEADER, made_at=self._view.exported_at(40 + period.number), below=(("合计",),))

    def _add_bill(self, day: int, due: Rows) -> None:
        is_stray = self._strays.among(day, (due["scene"] == Scene.GOODS) & (due["order"] >= 0))
        orders = self._ids.orders(np.where(is_stray, stranger(due["order"]), due["order"]))
        self._bill.add(
            day,
            {
                "商户订单号": chosen(orders, np.arange(len(due)), due["order"] >= 0),
                "发生时间": moments(due["booked_at"]),
                "收入金额（+元）": yuan(np.maximum(due["amount_minor"], 0)),
                "支出金额（-元）": yuan(np.minimum(due["amount_minor"], 0)),
                "账务类型": chosen(_KIND, due["scene"]),
                "备注": "",
                "业务描述": chosen(_WHAT_FOR, due["scene"]),
            },
        )

    def _add_ads(self, day: int, ads: Rows) -> None:
        if not len(ads):
            return
        impressions, clicks, spend, orders, claimed, net = (ads[column].sum(keepdims=True) for column in _AD_COLUMNS)
        billed, settled = spend * _BILLED[0] // _BILLED[1], net * _SETTLED[0] // _SETTLED[1]
        n_net = np.minimum(-(-orders * net // np.maximum(claimed, 1)), orders)
        n_settled = n_net * _SETTLED[0] // _SETTLED[1]
        columns: dict[str, Cells] = {
            "日期": [f"{self._view.date_of(day):%Y-%m-%d}"],
            "成交花费(元)": yuan(billed),
            "交易额(元)": yuan(claimed),
            "实际投产比": ratio(claimed, billed),
            "总花费(元)": yuan(spend),
            "净交易额(元)": yuan(net),
            "净实际投产比": ratio(net, spend),
            "净成交笔数": counts(n_net),
            "每笔净成交花费(元)": ratio(spend, n_net, factor=0.01),
            "净交易额占比": percent(net, claimed),
            "净成交笔数占比": percent(n_net, orders),
            "每笔净成交金额(元)": ratio(net, n_net, factor=0.01),
            "结算交易额(元)": yuan(settled),
            "结算投产比": ratio(settled, spend),
            "结算成交笔数": counts(n_settled),
            "退款豁免率": percent(claimed - net, claimed),
            "退单豁免率": percent(orders - n_net, orders),
            "每笔结算成交花费(元)": ratio(spend, n_settled, factor=0.01),
            "交易额结算率": percent(settled, net),
            "订单结算率": percent(n_settled, n_net),
            "每笔结算成交金额(元)": ratio(settled, n_settled, factor=0.01),
            "成交笔数": counts(orders),
            "每笔成交花费(元)": ratio(billed, orders, factor=0.01),
            "每笔成交金额(元)": ratio(claimed, orders, factor=0.01),
            "曝光量": counts(impressions),
            "点击量": counts(clicks),
        }
        self._ads.add(day, columns)


_AD_COLUMNS = (
    "impressions", "clicks", "spend_minor", "claimed_orders", "claimed_minor", "claimed_net_minor",
)  # fmt: skip
