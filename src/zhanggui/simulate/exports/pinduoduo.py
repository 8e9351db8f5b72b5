"""Order and refund reports of Pinduoduo: one SKU per order, a tab after numbers, two facts in one status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cases import CASES, case_states, cases_of
from zhanggui.simulate.exports.cells import around, chosen, counts, moments, yuan
from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import RefundStanding, Standing, StoreDay, brings_money_back, refund_standing
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
from zhanggui.simulate.stores import CARRIERS, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = (
    "商品", "订单号", "订单状态", "商品总价(元)", "邮费(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)",
    "多多支付立减金额(元)", "用户实付金额(元)", "商家实收金额(元)", "商品数量(件)", "发货时间", "确认收货时间",
    "商品id", "商品规格", "样式ID", "商家编码-规格维度", "商家编码-商品维度", "商家备注", "售后状态", "快递单号",
    "快递公司", "订单成交时间", "是否分期", "分期期数", "手续费承担方", "分期方式",
)  # fmt: skip
REFUND_HEADER = ("售后编号", "订单编号", "交易金额", "售后状态", "退款类型", "退款金额", "申请时间")

_STATUS = (
    "",
    "待发货",
    "已发货，待收货",
    "已签收",
    "已收货",
    "未发货，退款成功",
    "已发货，退款成功",
    "已签收，退款成功",
)
"""Of each `Standing` of an order in trade; then of those given back before, on and after the road."""
_GIVEN_BACK = 5
_CASE_STATES = ("无售后或售后取消", "无售后或售后取消", "售后处理中", "退款中", "退款成功")
_CASE_STATUS = ("售后处理中", "售后处理中", "售后处理中", "退款成功", "无售后或售后取消")
_KINDS = {
    RefundKind.BEFORE_SHIPPING: "仅退款",
    RefundKind.REFUND_ONLY: "仅退款",
    RefundKind.RETURN_AND_REFUND: "退货退款",
    RefundKind.EXCHANGE: "换货",
    RefundKind.RESHIP: "补寄",
}
_KIND = [_KINDS[kind] for kind in RefundKind]


class PinduoduoOrders:
    """Writes the order report and the refund report of a Pinduoduo store.

    An order of this platform is one SKU; gifts are sent along and stand in no report. The report knows an order from
    its payment on: 订单成交时间 is the only time that it gives for both.

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
        self._specs = [",".join(part.partition(":")[2] or part for part in s.split(";")) for s in self._labels.specs]
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
            self._open_refunds,
            store=store,
            dataset="refunds",
            faults=faults_of(faults, store.number, "refunds"),
        )

    def write(self, records: DayRecords) -> None:
        """Write the orders of a day and the cases that were opened on it."""
        day = StoreDay(records, self._store.number, self._view)
        self._orders.add(records.day, self._order_columns(day))
        cases = cases_of(day)
        self._cases.put(cases.where(brings_money_back(cases)))
        self._refunds.add(records.day, self._refund_columns(self._cases.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._orders, self._refunds))

    def _open_orders(self, period: Period) -> TextFile:
        path = self._folder / f"orders_export{self._view.exported_at(period.number):%Y-%m-%d-%H-%M-%S}.csv"
        return TextFile(path, ORDER_HEADER)

    def _open_refunds(self, period: Period) -> TextFile:
        return TextFile(self._folder / f"售后单_{period.between('%Y%m%d', '-')}{period.again}.csv", REFUND_HEADER)

    def _order_columns(self, day: StoreDay) -> dict[str, Cells]:
        shown = np.flatnonzero(day.is_paid)
        orders, sold = day.orders.where(shown), day.lines.where(day.first_line[shown])
        is_shipped, is_completed = day.is_shipped[shown], day.is_completed[shown]
        subsidy = orders["platform_discount_minor"] + orders["creator_discount_minor"]
        parcels = waybills(orders["order"], orders["carrier"], is_shipped)
        return {
            "商品": chosen(self._labels.titles, sold["sku"]),
            "订单号": self._ids.orders(orders["order"]),
            "订单状态": chosen(_STATUS, _status(day)[shown]),
            "商品总价(元)": _tabbed(yuan(orders["list_minor"])),
            "邮费(元)": _tabbed(yuan(orders["shipping_minor"])),
            "店铺优惠折扣(元)": _tabbed(yuan(orders["merchant_discount_minor"])),
            "平台优惠折扣(元)": _tabbed(yuan(subsidy)),
            "多多支付立减金额(元)": "0.00\t",
            "用户实付金额(元)": _tabbed(yuan(orders["due_minor"])),
            "商家实收金额(元)": _tabbed(yuan(orders["due_minor"] + subsidy)),
            "商品数量(件)": _tabbed(counts(sold["quantity"])),
            "发货时间": around(moments(orders["shipped_at"], is_shipped), "", "\t"),
            "确认收货时间": around(moments(orders["completed_at"], is_completed), "", "\t"),
            "商品id": _tabbed(chosen(self._labels.product_ids, sold["sku"])),
            "商品规格": chosen(self._specs, sold["sku"]),
            "样式ID": _tabbed(chosen(self._labels.ids, sold["sku"])),
            "商家编码-规格维度": _tabbed(chosen(self._labels.codes, sold["sku"])),
            "商家编码-商品维度": _tabbed(chosen(self._labels.product_codes, sold["sku"])),
            "售后状态": chosen(_CASE_STATES, case_states(day, self._view)[shown]),
            "快递单号": _tabbed(parcels),
            "快递公司": chosen(CARRIERS, orders["carrier"], is_shipped),
            "订单成交时间": _tabbed(moments(orders["paid_at"])),
        }

    def _refund_columns(self, cases: Rows) -> dict[str, Cells]:
        standing = refund_standing(cases, self._view)
        given_back = cases["goods_minor"] + cases["shipping_minor"]
        amounts = np.where(standing == RefundStanding.SUCCEEDED, given_back, cases["requested_minor"])
        return {
            "售后编号": _tabbed(self._ids.refunds(cases["refund"])),
            "订单编号": self._ids.orders(cases["order"]),
            "交易金额": yuan(cases["due_minor"]),
            "售后状态": chosen(_CASE_STATUS, standing),
            "退款类型": chosen(_KIND, cases["kind"]),
            "退款金额": yuan(amounts),
            "申请时间": _tabbed(moments(cases["applied_at"])),
        }


def _status(day: StoreDay) -> Column:
    due = day.orders["due_minor"]
    is_whole = day.is_paid & (due > 0) & (day.refunded_minor >= due)
    reached = day.is_shipped.astype(np.int64) + day.is_received
    found: Column = np.where(is_whole, _GIVEN_BACK + reached, np.minimum(day.standing, Standing.COMPLETED))
    return found


def _tabbed(texts: list[str]) -> list[str]:
    return [f"{text}\t" for text in texts]
