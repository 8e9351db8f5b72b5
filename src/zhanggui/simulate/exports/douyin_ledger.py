"""The account of a Douyin shop: one line per sub-order and booking, its amount in the direction the money goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.bookings import BOOKINGS, Strand, bookings_of
from zhanggui.simulate.exports.cells import chosen, moments, where, yuan
from zhanggui.simulate.exports.douyin import creator_numbers
from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.ids import Ids, stranger
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.exports.writing import Period, Report, Strays, View, Waiting, WrittenFile, faults_of
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = (
    "动账时间", "动帐流水号", "动账方向", "动账金额", "动账账户", "动账场景", "计费类型", "子订单号", "订单号",
    "售后编号", "下单时间", "商品ID", "商品名称", "达人ID", "达人名称", "订单类型", "订单实付应结", "运费实付",
    "实际平台补贴_运费", "实际平台补贴", "其他平台补贴", "以旧换新抵扣", "政府补贴平台垫资", "实际达人补贴",
    "实际抖音支付补贴", "实际抖音月付营销补贴", "银行补贴", "订单退款", "平台服务费", "佣金", "服务商佣金", "渠道分成",
    "招商服务费", "站外推广费", "其他分成", "是否免佣", "免佣金额", "商户主体名称", "备注",
)  # fmt: skip
_SCENES = {
    Strand.SALE: ("货款结算入账", "订单结算"),
    Strand.REFUND: ("退款-结算后退款-退用户", "结算后退款"),
    Strand.FEES_BACK: ("退款-订单退款触发-退分账", "退回服务费与佣金"),
    Strand.SUBSIDY_BACK: ("退款-订单退款触发-退补贴", "退回平台补贴"),
    Strand.INSURANCE: ("退换货运费险", "保费扣除"),
    Strand.PENALTY: ("消费者赔付", "延迟发货赔付"),
    Strand.WITHDRAWAL: ("提现", "提现"),
    Strand.AD_FEE: ("充值千川广告费", "千川充值"),
}
_SCENE, _NOTE = ([_SCENES[strand][place] for strand in Strand] for place in range(2))


class DouyinLedger:
    """Writes the account lines of a Douyin shop, by the day of booking.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._view = view
        self._start = world.start
        self._ids = Ids(store.platform, world.start)
        self._labels = labels_of(world.shelf, store)
        self._creators = world.scene.creators
        self._waiting = Waiting(BOOKINGS, "at", view)
        faults = faults_of(world.plan.file_faults, store.number, "settlements")
        self._strays = Strays(faults)
        self._report = Report(view, self._open, store=store, dataset="settlements", faults=faults)

    def write(self, records: DayRecords) -> None:
        """Write what was booked on a day."""
        day = StoreDay(records, self._store.number, self._view)
        self._waiting.put(bookings_of(records, day, self._store.number, self._view))
        due = self._waiting.due(records.day)
        is_stray = self._strays.among(records.day, (due["strand"] == Strand.SALE) & (due["order"] >= 0))
        named = due.but(order=np.where(is_stray, stranger(due["order"]), due["order"]))
        self._report.add(records.day, {**self._lines(named, records.day), **_parts(named)})

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _open(self, period: Period) -> TextFile:
        path = self._folder / f"动账明细_{period.between('%Y%m%d', '-')}{period.again}.csv"
        return TextFile(path, HEADER)

    def _lines(self, due: Rows, day: int) -> dict[str, Cells]:
        has_order, everywhere = due["order"] >= 0, np.arange(len(due))
        # Penalties are for the order as a whole.
        has_line = has_order & (due["strand"] != Strand.PENALTY)
        hosts = np.array([one.is_host for one in self._creators] or [True])
        has_creator = (due["creator"] >= 0) & ~hosts[np.maximum(due["creator"], 0)]
        on = f"{self._view.date_of(day):%Y%m%d}"
        return {
            "动账时间": moments(due["at"]),
            "动帐流水号": [f"\t{on}{place:07d}" for place in range(1, len(due) + 1)],
            "动账方向": where(due["total_minor"] >= 0, "入账", "出账"),
            "动账金额": yuan(np.abs(due["total_minor"])),
            "动账账户": "聚合账户",
            "动账场景": chosen(_SCENE, due["strand"]),
            "计费类型": where(has_creator, "精选联盟", "小店自卖"),
            "子订单号": self._quoted(self._ids.lines(due["order"], np.maximum(due["line"], 0)), has_line),
            "订单号": self._quoted(self._ids.orders(due["order"]), has_order),
            "售后编号": self._quoted(self._ids.refunds(due["refund"]), due["refund"] >= 0),
            "下单时间": moments(due["created_at"], has_order),
            "商品ID": self._quoted(chosen(self._labels.product_ids, due["sku"], has_line), has_line),
            "商品名称": chosen(self._labels.titles, due["sku"], has_line),
            "达人ID": chosen([f"'{number}" for number in creator_numbers(due["creator"])], everywhere, has_creator),
            "达人名称": chosen([one.name for one in self._creators] or [""], due["creator"], has_creator),
            "订单类型": where(has_order, "普通订单"),
            "是否免佣": where(has_order, "否"),
            "商户主体名称": "禾木（示例）商贸有限公司",
            "备注": chosen(_NOTE, due["strand"]),
        }

    def _quoted(self, texts: list[str], shown: Column) -> list[str]:
        return [f"'{text}" if is_shown else "" for text, is_shown in zip(texts, shown.tolist(), strict=True)]


def _parts(due: Rows) -> dict[str, Cells]:
    return {
        "订单实付应结": yuan(due["goods_minor"] + due["deposit_forfeit_minor"]),
        "运费实付": "0.00",
        "实际平台补贴_运费": "0.00",
        "实际平台补贴": yuan(due["subsidy_minor"] + due["subsidy_back_minor"]),
        "实际达人补贴": "0.00",
        "订单退款": yuan(due["refund_minor"]),
        "平台服务费": yuan(due["commission_minor"] + due["commission_back_minor"] + due["service_fee_minor"]),
        "佣金": yuan(due["creator_commission_minor"] + due["creator_commission_back_minor"]),
        "服务商佣金": "0.00",
        "渠道分成": "0.00",
        "招商服务费": "0.00",
        "站外推广费": "0.00",
        "其他分成": "0.00",
    }
