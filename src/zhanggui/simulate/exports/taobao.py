"""Order and item reports of Taobao and Tmall: GB18030, wrapped ids, blanks at the end of headers, masked persons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import around, chosen, counts, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import MASKED_ADDRESSES, labels_of, masked_nicknames, masked_phones
from zhanggui.simulate.exports.sales import Standing, StoreDay
from zhanggui.simulate.exports.writing import ORDER_FILE_DAYS, Period, Report, View, WrittenFile, closed, faults_of
from zhanggui.simulate.stores import CARRIERS, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = (
    "订单编号", "买家会员名", "买家支付宝账号", "支付单号", "支付详情", "买家应付货款", "买家应付邮费", "买家支付积分",
    "总金额", "返点积分", "买家实际支付金额", "买家实际支付积分", "订单状态", "买家留言", "收货人姓名", "收货地址 ",
    "运送方式", "联系电话 ", "联系手机", "订单创建时间", "订单付款时间 ", "宝贝标题 ", "宝贝种类 ", "物流单号 ",
    "物流公司", "订单备注", "宝贝总数量", "店铺Id", "店铺名称", "订单关闭原因", "卖家服务费", "买家服务费", "发票抬头",
    "是否手机订单", "分阶段订单信息", "特权订金订单id", "是否上传合同照片", "是否上传小票", "是否代付", "定金排名",
    "修改后的sku", "修改后的收货地址", "异常信息", "天猫卡券抵扣", "集分宝抵扣", "是否是O2O交易", "新零售交易类型",
    "新零售导购门店名称", "新零售导购门店id", "新零售发货门店名称", "新零售发货门店id", "退款金额", "预约门店",
    "确认收货时间", "打款商家金额", "含应开票给个人的个人红包", "是否信用购", "体验期结束时间", "前N有礼", "配送类型",
    "主订单编号",
)  # fmt: skip
"""The 61 columns; the blanks at the end of some names are the platform's."""
ITEM_HEADER = (
    "订单编号", "标题", "价格", "购买数量", "外部系统编号", "商品属性", "套餐信息", "备注", "订单状态", "商家编码",
)  # fmt: skip

STATUS = {
    Standing.UNPAID: "等待买家付款",
    Standing.PAID: "买家已付款，等待卖家发货",
    Standing.SHIPPED: "卖家已发货，等待买家确认",
    Standing.RECEIVED: "卖家已发货，等待买家确认",
    Standing.COMPLETED: "交易成功",
    Standing.CLOSED_UNPAID: "交易关闭",
    Standing.CLOSED_REFUNDED: "交易关闭",
}
_STATUS = [STATUS[standing] for standing in Standing]
_CLOSE_REASONS = {Standing.CLOSED_UNPAID: "买家未付款", Standing.CLOSED_REFUNDED: "退款"}
_CLOSE_REASON = [_CLOSE_REASONS.get(standing, "订单未关闭") for standing in Standing]


class TaobaoOrders:
    """Writes the order report and the item report of a Taobao or Tmall store.

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
        faults = faults_of(world.plan.file_faults, store.number, "orders")
        self._orders, self._items = (
            Report(
                view,
                open_file,
                store=store,
                dataset=dataset,
                days=ORDER_FILE_DAYS,
                faults=faults,
            )
            for dataset, open_file in (("orders", self._open_orders), ("items", self._open_items))
        )

    def write(self, records: DayRecords) -> None:
        """Write the orders of a day."""
        day = StoreDay(records, self._store.number, self._view)
        numbers = around(self._ids.orders(day.orders["order"]), '="', '"')
        self._orders.add(records.day, {**self._order_columns(day, numbers), **self._persons(day)})
        self._items.add(records.day, self._item_columns(day, numbers))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._orders, self._items))

    def _open_orders(self, period: Period) -> TextFile:
        path = self._folder / f"ExportOrderList{self._view.exported_at(period.number):%Y%m%d%H%M}.csv"
        return TextFile(path, ORDER_HEADER, encoding="gb18030")

    def _open_items(self, period: Period) -> TextFile:
        path = self._folder / f"ExportOrderDetailList{self._view.exported_at(period.number):%Y%m%d%H%M}.csv"
        return TextFile(path, ITEM_HEADER, encoding="gb18030")

    def _order_columns(self, day: StoreDay, numbers: list[str]) -> dict[str, Cells]:
        orders, view = day.orders, self._view
        bonus = orders["platform_discount_minor"] + orders["creator_discount_minor"]
        asked = orders["due_minor"] + bonus
        has_deposit = orders["is_presale"] & view.seen(orders["deposit_paid_at"])
        paid = np.where(day.is_paid, orders["due_minor"], np.where(has_deposit, orders["deposit_minor"], 0))
        # What the platform pays out when the buyer confirms; what is refunded later is taken from the seller's account.
        settled = np.where(day.is_completed, asked - day.summed_refunds(orders["completed_at"]), 0)
        titles = chosen(self._labels.titles, day.lines["sku"])
        return {
            "订单编号": numbers,
            "主订单编号": numbers,
            "支付单号": around(self._ids.trades(orders["order"]), '="', '"'),
            "买家应付货款": yuan(asked - orders["shipping_minor"]),
            "买家应付邮费": yuan(orders["shipping_minor"]),
            "买家支付积分": "0",
            "总金额": yuan(asked),
            "返点积分": "0",
            "买家实际支付金额": yuan(paid),
            "买家实际支付积分": "0",
            "订单状态": chosen(_STATUS, day.standing),
            "运送方式": "快递",
            "订单创建时间": moments(orders["created_at"]),
            "订单付款时间 ": moments(orders["paid_at"], day.is_paid),
            "宝贝标题 ": day.joined(titles, "，"),
            "宝贝种类 ": counts(day.n_lines),
            "物流单号 ": around(waybills(orders["order"], orders["carrier"], day.is_shipped), '="', '"'),
            "物流公司": chosen(CARRIERS, orders["carrier"], day.is_shipped),
            "宝贝总数量": counts(day.summed("quantity")),
            "店铺Id": "0",
            "店铺名称": self._store.name,
            "订单关闭原因": chosen(_CLOSE_REASON, day.standing),
            "卖家服务费": "0元",
            "买家服务费": "0元",
            "是否手机订单": where(orders["order"] % 16 > 0, "手机订单"),
            "分阶段订单信息": self._stages(day),
            "天猫卡券抵扣": [amount if amount != "0.00" else "" for amount in yuan(bonus)],
            "退款金额": yuan(day.refunded_minor),
            "确认收货时间": moments(orders["completed_at"], day.is_completed),
            "打款商家金额": [f"{amount}元" if amount != "0.00" else "0元" for amount in yuan(settled)],
        }

    def _persons(self, day: StoreDay) -> dict[str, Cells]:
        people, buyers = self._people, day.orders["person"]
        phones = masked_phones(people.phones(buyers))
        return {
            "买家会员名": masked_nicknames(people.nicknames(buyers)),
            "买家支付宝账号": phones,
            "收货人姓名": people.masked_names(buyers),
            "收货地址 ": chosen(MASKED_ADDRESSES, day.orders["place"]),
            "联系手机": around(phones, "'"),
        }

    def _stages(self, day: StoreDay) -> list[str]:
        orders = day.orders
        texts = [""] * len(orders)
        deposit_paid = self._view.seen(orders["deposit_paid_at"])
        for place in np.flatnonzero(orders["is_presale"]).tolist():
            deposit, due = int(orders["deposit_minor"][place]), int(orders["due_minor"][place])
            first, second = ("已付款" if is_paid else "未付款" for is_paid in (deposit_paid[place], day.is_paid[place]))
            texts[place] = f"定金{deposit / 100:.2f}元{first}；尾款{(due - deposit) / 100:.2f}元{second}"
        return texts

    def _item_columns(self, day: StoreDay, numbers: list[str]) -> dict[str, Cells]:
        lines, labels = day.lines, self._labels
        standing = day.standing[day.order_of_line]
        is_back = day.is_paid[day.order_of_line] & (lines["due_minor"] > 0)
        is_back &= (day.refunded_lines() >= lines["due_minor"]) & (standing != Standing.COMPLETED)
        return {
            "订单编号": chosen(numbers, day.order_of_line),
            "标题": chosen(labels.titles, lines["sku"]),
            "价格": yuan(lines["list_minor"] // np.maximum(lines["quantity"], 1)),
            "购买数量": counts(lines["quantity"]),
            "外部系统编号": chosen(labels.codes, lines["sku"]),
            "商品属性": chosen(labels.specs, lines["sku"]),
            "套餐信息": "null",
            "备注": "null",
            "订单状态": chosen(_STATUS, np.where(is_back, Standing.CLOSED_REFUNDED, standing)),
            "商家编码": chosen(labels.product_codes, lines["sku"]),
        }
