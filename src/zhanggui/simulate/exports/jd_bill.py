"""JD's bill of what has been settled: the header stands in row 2, income and expenses of a row beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.bookings import AMOUNTS, BOOKINGS, Strand, bookings_of
from zhanggui.simulate.exports.cells import chosen, counts, dates, moments, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.ids import Ids, stranger
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.exports.writing import Period, Report, Strays, View, Waiting, WrittenFile, faults_of
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = (
    "商家ID", "公司ID", "公司名称", "钱包账户", "订单编号", "业务单据编号", "父单号", "订单状态", "下单时间",
    "完成时间", "商品编号", "商品名称", "商品单价", "商品数量", "结算时间", "结算金额合计", "收入金额合计",
    "支出金额合计", "商户订单号", "资金动账备注",
)  # fmt: skip
_NOTES = {
    Strand.SALE: "商家结算款",
    Strand.REFUND: "售后退款扣款",
    Strand.FEES_BACK: "佣金退还",
    Strand.SUBSIDY_BACK: "平台补贴收回",
    Strand.INSURANCE: "运费保险服务费",
    Strand.PENALTY: "履约违约赔付",
    Strand.WITHDRAWAL: "提现",
    Strand.AD_FEE: "京准通充值",
}
_NOTE = [_NOTES[strand] for strand in Strand]


class JdBill:
    """Writes the settled bill of a JD store, by the day of settlement.

    What is drawn from the wallet is no settlement and is not in the bill.

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
        self._labels = labels_of(world.shelf, store)
        self._waiting = Waiting(BOOKINGS, "at", view)
        faults = faults_of(world.plan.file_faults, store.number, "settlements")
        self._strays = Strays(faults)
        self._report = Report(view, self._open, store=store, dataset="settlements", faults=faults)

    def write(self, records: DayRecords) -> None:
        """Write what was settled on a day."""
        day = StoreDay(records, self._store.number, self._view)
        bookings = bookings_of(records, day, self._store.number, self._view)
        self._waiting.put(bookings.where(bookings["strand"] != Strand.WITHDRAWAL))
        due = self._waiting.due(records.day)
        is_stray = self._strays.among(records.day, (due["strand"] == Strand.SALE) & (due["order"] >= 0))
        named = due.but(order=np.where(is_stray, stranger(due["order"]), due["order"]))
        self._report.add(records.day, self._columns(named))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _open(self, period: Period) -> SheetFile:
        path = self._folder / f"已结算明细_{period.between('%Y%m%d')}{period.again}.xlsx"
        made_at = self._view.exported_at(20 + period.number)
        return SheetFile(path, HEADER, made_at=made_at, above=(("结算账单明细",),))

    def _columns(self, due: Rows) -> dict[str, Cells]:
        parts = np.array([due[column] for column in AMOUNTS.values()]).reshape(len(AMOUNTS), len(due))
        has_order, has_refund = due["order"] >= 0, due["refund"] >= 0
        orders = chosen(self._ids.orders(due["order"]), np.arange(len(due)), has_order)
        refunds = self._ids.refunds(due["refund"])
        papers = [r if known else o for r, o, known in zip(refunds, orders, has_refund.tolist(), strict=True)]
        settled_on = zip(dates(due["at"]), chosen(_NOTE, due["strand"]), strict=True)
        return {
            "商家ID": "12000345",
            "公司ID": "55443",
            "公司名称": "禾木（示例）商贸有限公司",
            "钱包账户": "18900",
            "订单编号": orders,
            "业务单据编号": [paper or f"D{entry}" for paper, entry in zip(papers, due["entry"].tolist(), strict=True)],
            "订单状态": chosen(("未完成", "已完成"), self._view.seen(due["completed_at"]).astype(np.int64), has_order),
            "下单时间": moments(due["created_at"], has_order),
            "完成时间": moments(due["completed_at"], self._view.seen(due["completed_at"])),
            "商品编号": chosen(self._labels.ids, due["sku"], has_order),
            "商品名称": chosen(self._labels.titles, due["sku"], has_order),
            "商品单价": chosen(yuan(due["unit_minor"]), np.arange(len(due)), has_order),
            "商品数量": chosen(counts(due["quantity"]), np.arange(len(due)), has_order),
            "结算时间": moments(due["at"]),
            "结算金额合计": yuan(due["total_minor"]),
            "收入金额合计": yuan(np.maximum(parts, 0).sum(axis=0)),
            "支出金额合计": yuan(np.minimum(parts, 0).sum(axis=0)),
            "商户订单号": counts(202_600_000_000 + due["entry"]),
            "资金动账备注": [f"{on[:4]}年{int(on[5:7])}月{int(on[8:])}日{note}" for on, note in settled_on],
        }
