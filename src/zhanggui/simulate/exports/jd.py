"""Order and after-sale reports of JD: order totals on every line, ids between an apostrophe and a tab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cases import CASES, REASON_WORDS, cases_of, needs_return
from zhanggui.simulate.exports.cells import DAY_SECONDS, around, chosen, counts, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile, TextFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import MASKED_ADDRESSES, Labels, labels_of, masked_nicknames, masked_phones
from zhanggui.simulate.exports.sales import Standing, StoreDay
from zhanggui.simulate.exports.writing import (
    ORDER_FILE_DAYS,
    Period,
    Report,
    View,
    Waiting,
    WrittenFile,
    closed,
    faults_of,
)
from zhanggui.simulate.records import RefundKind
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import CARRIERS, PLACES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = (
    "订单号", "商品ID", "商品名称", "订购数量", "支付方式", "下单时间", "京东价", "订单金额", "结算金额", "余额支付",
    "应付金额", "订单状态", "订单类型", "下单帐号", "客户姓名", "客户地址", "联系电话", "订单备注", "发票类型",
    "发票抬头", "发票内容", "商家备注", "商家备注等级（等级1-5为由高到低）", "运费金额", "付款确认时间", "增值税发票",
    "货号", "订单完成时间", "订单来源", "订单渠道",
)  # fmt: skip
CASE_GROUPS = (
    "申请信息", "", "", "", "", "", "", "", "", "订单信息", "", "", "", "", "", "", "", "", "", "审核信息", "", "", "",
    "处理信息", "", "", "", "", "", "", "", "",
)  # fmt: skip
CASE_HEADER = (
    "服务单号", "订单号", "客户期望", "服务单状态", "一级申请原因", "二级申请原因", "客户问题描述", "返回方式",
    "售后申请时间", "订单类型", "出库状态", "申请时订单状态", "下单账号", "商品编号", "商品名称", "商品金额",
    "商品数量", "省", "市", "审核结果", "审核时间", "审核意见", "审核人姓名", "退款金额", "运单号", "运费金额",
    "快递公司", "处理结果", "处理人", "商家首次审核时间", "商家首次处理时间", "售后整体时长(H)",
)  # fmt: skip
"""Names as seen in use; neither their order nor their whole number is known."""

_STATUS = (
    "等待付款", "等待出库", "等待确认收货", "等待确认收货", "完成", "已取消", "(删除)等待出库", "(删除)等待确认收货",
)  # fmt: skip
"""Of each `Standing`; the last for orders given back after they were sent."""
_ORDERED_WITH = ("APP订单", "APP订单", "APP订单", "APP订单", "APP订单", "APP订单", "微信订单", "PC订单")
_WISHES = {
    RefundKind.BEFORE_SHIPPING: "取消订单",
    RefundKind.REFUND_ONLY: "仅退款",
    RefundKind.RETURN_AND_REFUND: "退货",
    RefundKind.EXCHANGE: "换货",
    RefundKind.RESHIP: "补发商品",
}
_WISH = [_WISHES[kind] for kind in RefundKind]
_PROVINCES = [place.province for place in PLACES]
_CITIES = [place.city for place in PLACES]


class JdOrders:
    """Writes the order report and the after-sale report of a JD store.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._people = world.people
        self._store = store
        self._view = view
        self._ids = Ids(store.platform, world.start)
        self._labels = labels_of(world.shelf, store)
        self._cases = Waiting(CASES, "applied_at", view)
        faults = world.plan.file_faults
        self._orders = Report(
            view,
            self._open_orders,
            store=store,
            dataset="orders",
            days=ORDER_FILE_DAYS,
            faults=faults_of(faults, store.number, "orders"),
        )
        self._refunds = Report(
            view,
            self._open_cases,
            store=store,
            dataset="refunds",
            faults=faults_of(faults, store.number, "refunds"),
        )

    def write(self, records: DayRecords) -> None:
        """Write the orders of a day and the cases that were opened on it."""
        day = StoreDay(records, self._store.number, self._view)
        self._orders.add(records.day, self._order_columns(day))
        self._cases.put(cases_of(day))
        self._refunds.add(records.day, self._case_columns(self._cases.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._orders, self._refunds))

    def _open_orders(self, period: Period) -> TextFile:
        path = self._folder / f"订单导出_{period.between('%Y%m%d')}{period.again}.csv"
        return TextFile(path, ORDER_HEADER, encoding="gb18030")

    def _open_cases(self, period: Period) -> SheetFile:
        path = self._folder / f"售后服务单_{period.between('%Y%m%d')}{period.again}.xlsx"
        made_at = self._view.exported_at(period.number)
        return SheetFile(path, CASE_HEADER, made_at=made_at, above=(CASE_GROUPS,))

    def _order_columns(self, day: StoreDay) -> dict[str, Cells]:
        lines, at, people = day.lines, day.order_of_line, self._people
        orders = day.orders.where(at)
        buyers = orders["person"]
        subsidy = orders["platform_discount_minor"] + orders["creator_discount_minor"]
        is_sent_back = (day.standing == Standing.CLOSED_REFUNDED) & day.is_shipped
        return {
            "订单号": around(self._ids.orders(orders["order"]), "'", "\t"),
            "商品ID": around(chosen(self._labels.ids, lines["sku"]), "'", "\t"),
            "商品名称": _named(self._labels, lines["sku"]),
            "订购数量": counts(lines["quantity"]),
            "支付方式": "在线支付",
            "下单时间": moments(orders["created_at"]),
            "京东价": yuan(lines["list_minor"] // np.maximum(lines["quantity"], 1)),
            "订单金额": yuan(orders["list_minor"]),
            "结算金额": yuan(orders["due_minor"] + subsidy),
            "余额支付": "0.00",
            "应付金额": yuan(orders["due_minor"]),
            "订单状态": chosen(_STATUS, (day.standing + is_sent_back)[at]),
            "订单类型": where(orders["is_presale"], "预售"),
            "下单帐号": around(masked_nicknames(people.nicknames(buyers)), "jd_"),
            "客户姓名": people.masked_names(buyers),
            "客户地址": chosen(MASKED_ADDRESSES, orders["place"]),
            "联系电话": masked_phones(people.phones(buyers)),
            "运费金额": yuan(orders["shipping_minor"]),
            "付款确认时间": moments(orders["paid_at"], day.is_paid[at]),
            "货号": chosen(self._labels.codes, lines["sku"]),
            "订单完成时间": moments(orders["completed_at"], day.is_completed[at]),
            "订单渠道": chosen(_ORDERED_WITH, (orders["order_key"] % np.uint64(8)).astype(np.int64)),
        }

    def _case_columns(self, cases: Rows) -> dict[str, Cells]:
        seen, people, buyers = self._view.seen, self._people, cases["person"]
        is_agreed, is_back = seen(cases["agreed_at"]), seen(cases["returned_at"]) & needs_return(cases["kind"])
        is_done, is_closed = seen(cases["refunded_at"]), seen(cases["closed_at"])
        was_sent = _before(cases["shipped_at"], cases["applied_at"])
        was_received = _before(cases["received_at"], cases["applied_at"])
        given_back = yuan(cases["goods_minor"] + cases["shipping_minor"])
        hours = np.where(is_done, cases["refunded_at"], cases["closed_at"]) - cases["applied_at"]
        return {
            "服务单号": self._ids.refunds(cases["refund"]),
            "订单号": self._ids.orders(cases["order"]),
            "客户期望": chosen(_WISH, cases["kind"]),
            "服务单状态": chosen(_CASE_STATUS, _case_status(is_agreed, is_back, is_done, is_closed)),
            "一级申请原因": chosen(REASON_WORDS, cases["reason"]),
            "返回方式": where(needs_return(cases["kind"]), "客户发货"),
            "售后申请时间": moments(cases["applied_at"]),
            "出库状态": where(was_sent, "已出库", "未出库"),
            "申请时订单状态": chosen(_STATUS[1:5], was_sent.astype(np.int64) + 2 * was_received),
            "下单账号": around(masked_nicknames(people.nicknames(buyers)), "jd_"),
            "商品编号": chosen(self._labels.ids, cases["sku"]),
            "商品名称": _named(self._labels, cases["sku"]),
            "商品金额": yuan(cases["paid_minor"]),
            "商品数量": counts(cases["quantity"]),
            "省": chosen(_PROVINCES, cases["place"]),
            "市": chosen(_CITIES, cases["place"]),
            "审核结果": chosen(("", "同意", "拒绝"), np.where(is_agreed, 1, 2 * is_closed)),
            "审核时间": moments(cases["agreed_at"], is_agreed),
            "退款金额": [amount if done else "" for amount, done in zip(given_back, is_done.tolist(), strict=True)],
            "运单号": waybills(cases["refund"], cases["carrier"], is_back),
            "快递公司": chosen(CARRIERS, cases["carrier"], is_back),
            "处理结果": chosen(("", "退款", "换货", "补发"), np.where(is_done, _RESULT[cases["kind"]], 0)),
            "商家首次审核时间": moments(cases["agreed_at"], is_agreed),
            "商家首次处理时间": moments(cases["refunded_at"], is_done),
            "售后整体时长(H)": _hours(hours, is_done | is_closed),
        }


_CASE_STATUS = ("待审核", "待收货", "待处理", "完成", "取消")
_RESULT = np.array([1, 1, 1, 2, 3])


def _case_status(is_agreed: Column, is_back: Column, is_done: Column, is_closed: Column) -> Column:
    return np.select([is_done, is_closed, is_back, is_agreed], [3, 4, 2, 1], 0)


def _before(at: Column, moment: Column) -> Column:
    found: Column = (at >= 0) & (at < moment)
    return found


def _hours(seconds: Column, shown: Column) -> list[str]:
    hours = (seconds * 24 / DAY_SECONDS).tolist()
    return [f"{value:.1f}" if is_shown else "" for value, is_shown in zip(hours, shown.tolist(), strict=True)]


def _named(labels: Labels, skus: Column) -> list[str]:
    pairs = zip(chosen(labels.titles, skus), chosen(labels.specs, skus), strict=True)
    return [f"{title} {spec}" for title, spec in pairs]
