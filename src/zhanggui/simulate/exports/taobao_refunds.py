"""Refund reports of Taobao and Tmall: a workbook of 42 columns, one row per case, by the day of the application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import RefundStanding, StoreDay, brings_money_back, refund_standing
from zhanggui.simulate.exports.writing import Period, Report, View, Waiting, WrittenFile, faults_of
from zhanggui.simulate.records import ORDERS, REFUNDS, Reason, RefundKind
from zhanggui.simulate.rows import Rows, Table
from zhanggui.simulate.stores import CARRIERS, WAREHOUSES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

REFUND_HEADER = (
    "订单编号", "退款编号", "支付宝交易号", "订单付款时间", "商品编码", "退款完结时间", "买家实际支付金额", "宝贝标题",
    "买家退款金额", "手工退款/系统退款", "是否需要退货", "退款的申请时间", "超时时间", "退款状态", "货物状态",
    "退货物流信息", "发货物流信息", "客服介入状态", "卖家真实姓名", "卖家真实姓名新", "卖家退货地址", "卖家邮编",
    "卖家电话", "卖家手机", "退货物流单号", "退货物流公司", "买家退款原因", "买家退款说明", "买家退货时间", "责任方",
    "售中或售后", "商家备注", "完结时间", "部分退款/全部退款", "审核操作人", "举证超时", "是否零秒响应", "退款操作人",
    "退款原因标签", "业务类型", "是否帮他退款", "帮他退款操作账号",
)  # fmt: skip

REASONS = {
    Reason.CHANGED_MIND: "不想要了",
    Reason.LATE: "未按约定时间发货",
    Reason.TOO_SMALL: "大小尺寸与商品描述不符（偏小）",
    Reason.TOO_LARGE: "大小尺寸与商品描述不符（偏大）",
    Reason.COLOUR: "颜色/款式与商品描述不符",
    Reason.FABRIC: "材质/面料与商品描述不符",
    Reason.QUALITY: "质量问题",
    Reason.DAMAGED: "破损/少件",
    Reason.NOT_AS_DESCRIBED: "与商品描述不符",
    Reason.WRONG_ITEM: "卖家发错货",
    Reason.LOST: "快递一直未送达",
    Reason.PRICE: "商品降价",
}
_REASONS = [REASONS[reason] for reason in Reason]
_TAGS = {
    Reason.CHANGED_MIND: "七天无理由",
    Reason.LATE: "物流",
    Reason.LOST: "物流",
    Reason.PRICE: "价格",
}
_TAG = [_TAGS.get(reason, "商品问题") for reason in Reason]
_STATUS = {
    RefundStanding.REQUESTED: "买家已经申请退款，等待卖家同意",
    RefundStanding.AGREED: "卖家已经同意退款，等待买家退货",
    RefundStanding.RETURNED: "买家已经退货，等待卖家确认收货",
    RefundStanding.SUCCEEDED: "退款成功",
    RefundStanding.CLOSED: "退款关闭",
}
_STATUSES = [_STATUS[standing] for standing in RefundStanding]
_BEING_PAID = len(_STATUSES)

_OF_THE_ORDER = ("paid_at", "shipped_at", "received_at", "completed_at", "due_minor", "carrier", "warehouse")
CASES = Table(
    "refund cases",
    {**REFUNDS.columns, **{f"order_{name}": ORDERS.columns[name] for name in _OF_THE_ORDER}, "first_sku": np.int64},
    REFUNDS.unset,
)
"""Refunds with what the report says about their order."""


class TaobaoRefunds:
    """Writes the refund report of a Taobao or Tmall store.

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
        self._waiting = Waiting(CASES, "applied_at", view)
        self._report = Report(
            view,
            self._open,
            store=store,
            dataset="refunds",
            faults=faults_of(world.plan.file_faults, store.number, "refunds"),
        )

    def write(self, records: DayRecords) -> None:
        """Write the cases that were applied for on a day."""
        self._waiting.put(self._cases(StoreDay(records, self._store.number, self._view)))
        self._report.add(records.day, self._columns(self._waiting.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _open(self, period: Period) -> SheetFile:
        path = self._folder / f"退款明细_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, REFUND_HEADER, made_at=self._view.exported_at(10 + period.number))

    def _cases(self, day: StoreDay) -> Rows:
        refunds, order = day.refunds, day.order_of_refund
        columns = {f"order_{name}": day.orders[name][order] for name in _OF_THE_ORDER}
        line = day.first_line[order] + np.maximum(refunds["line"], 0)
        sku = np.where(refunds["sku"] >= 0, refunds["sku"], day.lines["sku"][line] if len(day.lines) else 0)
        cases = Rows(CASES, **refunds.columns, **columns, first_sku=sku)
        return cases.where(brings_money_back(refunds))

    def _columns(self, cases: Rows) -> dict[str, Cells]:
        view, ids = self._view, self._ids
        standing = refund_standing(cases, view)
        is_done = standing == RefundStanding.SUCCEEDED
        is_over = is_done | (standing == RefundStanding.CLOSED)
        over_at = np.where(is_done, cases["refunded_at"], cases["closed_at"])
        needs_return = cases["kind"] == RefundKind.RETURN_AND_REFUND
        is_being_paid = (standing == RefundStanding.AGREED) & ~needs_return
        is_sent_back = needs_return & view.seen(cases["returned_at"])
        amount = np.where(is_done, cases["refunded_minor"], cases["requested_minor"])
        is_shipped = (cases["order_shipped_at"] >= 0) & (cases["order_shipped_at"] < cases["applied_at"])
        is_received = (cases["order_received_at"] >= 0) & (cases["order_received_at"] < cases["applied_at"])
        is_completed = (cases["order_completed_at"] >= 0) & (cases["order_completed_at"] < cases["applied_at"])
        over = moments(over_at, is_over)
        return {
            "订单编号": ids.orders(cases["order"]),
            "退款编号": ids.refunds(cases["refund"]),
            "支付宝交易号": ids.trades(cases["order"]),
            "订单付款时间": moments(cases["order_paid_at"]),
            "商品编码": chosen(self._labels.product_codes, cases["first_sku"]),
            "退款完结时间": over,
            "买家实际支付金额": yuan(cases["order_due_minor"]),
            "宝贝标题": chosen(self._labels.titles, cases["first_sku"]),
            "买家退款金额": yuan(amount),
            "手工退款/系统退款": where(cases["refund"] % 4 == 0, "手工退款", "系统退款"),
            "是否需要退货": where(needs_return, "是", "否"),
            "退款的申请时间": moments(cases["applied_at"]),
            "退款状态": chosen([*_STATUSES, "退款中"], np.where(is_being_paid, _BEING_PAID, standing)),
            "货物状态": where(is_received, "买家已收到货", "买家未收到货"),
            "发货物流信息": chosen(CARRIERS, cases["order_carrier"], is_shipped),
            "卖家退货地址": chosen(WAREHOUSES, cases["order_warehouse"], needs_return),
            "退货物流单号": waybills(cases["refund"], np.zeros(len(cases), np.int64), is_sent_back),
            "退货物流公司": where(is_sent_back, CARRIERS[0]),
            "买家退款原因": chosen(_REASONS, cases["reason"]),
            "买家退货时间": moments(cases["returned_at"], is_sent_back),
            "售中或售后": where(is_completed, "售后", "售中"),
            "完结时间": over,
            "部分退款/全部退款": where(amount >= cases["order_due_minor"], "全部退款", "部分退款"),
            "退款原因标签": chosen(_TAG, cases["reason"]),
        }
