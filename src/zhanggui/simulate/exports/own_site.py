"""Orders, items and refunds of the company's own site: plain text in its own words, each kind with a column map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import account_numbers, labels_of
from zhanggui.simulate.exports.maps import write_map
from zhanggui.simulate.exports.sales import RefundStanding, Standing, StoreDay, refund_standing
from zhanggui.simulate.exports.writing import Period, Report, View, Waiting, WrittenFile, closed, faults_of
from zhanggui.simulate.plants.file_faults import FileFault
from zhanggui.simulate.records import REFUNDS, Reason, RefundKind
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import CARRIERS, CHANNELS, PLACES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = (
    "订单号", "下单时间", "付款时间", "发货时间", "完成时间", "订单状态", "会员编号", "收货人", "手机号", "收货地址",
    "省份", "城市", "来源渠道", "商品金额", "店铺优惠", "达人补贴", "运费", "订单金额", "实付金额", "应收金额",
    "退款金额", "物流公司", "物流单号",
)  # fmt: skip
ITEM_HEADER = (
    "订单号", "明细号", "下单时间", "付款时间", "订单状态", "商品编码", "商品名称", "SKU编码", "规格", "类目", "品牌",
    "单价", "数量", "商品金额", "店铺优惠", "达人补贴", "应付金额", "是否赠品",
)  # fmt: skip
REFUND_HEADER = (
    "退款单号", "订单号", "SKU编码", "数量", "申请时间", "完成时间", "售后类型", "售后状态", "货物状态", "原因",
    "退款金额",
)  # fmt: skip

_ORDER_COLUMNS = {
    "order_id": "订单号",
    "created_at": "下单时间",
    "paid_at": "付款时间",
    "shipped_at": "发货时间",
    "completed_at": "完成时间",
    "status": "订单状态",
    "buyer_id": "会员编号",
    "receiver_name": "收货人",
    "phone": "手机号",
    "address": "收货地址",
    "province": "省份",
    "city": "城市",
    "channel": "来源渠道",
    "order_amount": "订单金额",
    "merchant_discount": "店铺优惠",
    "creator_discount": "达人补贴",
    "shipping_amount": "运费",
    "paid_amount": "实付金额",
    "receivable_amount": "应收金额",
    "refund_amount": "退款金额",
}
_ITEM_COLUMNS = {
    "order_id": "订单号",
    "line_id": "明细号",
    "created_at": "下单时间",
    "paid_at": "付款时间",
    "status": "订单状态",
    "product_id": "商品编码",
    "product_title": "商品名称",
    "sku_id": "SKU编码",
    "sku_spec": "规格",
    "category": "类目",
    "brand": "品牌",
    "unit_price": "单价",
    "quantity": "数量",
    "line_merchant_discount": "店铺优惠",
    "line_creator_discount": "达人补贴",
}
_REFUND_COLUMNS = {
    "refund_id": "退款单号",
    "order_id": "订单号",
    "sku_id": "SKU编码",
    "quantity": "数量",
    "applied_at": "申请时间",
    "refunded_at": "完成时间",
    "refund_type": "售后类型",
    "refund_status": "售后状态",
    "goods_status": "货物状态",
    "reason": "原因",
    "refund_amount": "退款金额",
}

_ORDER_WORDS = {
    Standing.UNPAID: ("待付款", "pending_payment"),
    Standing.PAID: ("待发货", "paid"),
    Standing.SHIPPED: ("已发货", "shipped"),
    Standing.RECEIVED: ("已签收", "delivered"),
    Standing.COMPLETED: ("已完成", "completed"),
    Standing.CLOSED_UNPAID: ("已取消", "closed_unpaid"),
    Standing.CLOSED_REFUNDED: ("已退款", "closed_refunded"),
}
_REFUND_WORDS = {
    RefundStanding.REQUESTED: ("待审核", "requested"),
    RefundStanding.AGREED: ("待退回", "approved_waiting_return"),
    RefundStanding.RETURNED: ("待验收", "returning"),
    RefundStanding.SUCCEEDED: ("退款成功", "succeeded"),
    RefundStanding.CLOSED: ("已撤销", "closed"),
}
_KIND_WORDS = {
    RefundKind.BEFORE_SHIPPING: "仅退款",
    RefundKind.REFUND_ONLY: "仅退款",
    RefundKind.RETURN_AND_REFUND: "退货退款",
    RefundKind.EXCHANGE: "换货",
    RefundKind.RESHIP: "补发",
}
_REASON_WORDS = {
    Reason.CHANGED_MIND: "不喜欢/不想要",
    Reason.LATE: "发货慢",
    Reason.TOO_SMALL: "尺码偏小",
    Reason.TOO_LARGE: "尺码偏大",
    Reason.COLOUR: "颜色不符",
    Reason.FABRIC: "面料不符",
    Reason.QUALITY: "质量问题",
    Reason.DAMAGED: "运输破损",
    Reason.NOT_AS_DESCRIBED: "与描述不符",
    Reason.WRONG_ITEM: "发错货",
    Reason.LOST: "包裹丢失",
    Reason.PRICE: "降价",
}
_GOODS = ("未发货", "已发货")
_GIFTS = {"gift": 'column = "是否赠品", equals = "是"'}
_ORDER_STATUS = [_ORDER_WORDS[standing][0] for standing in Standing]
_REFUND_STATUS = [_REFUND_WORDS[standing][0] for standing in RefundStanding]
_KIND = [_KIND_WORDS[kind] for kind in RefundKind]
_REASON = [_REASON_WORDS[reason] for reason in Reason]
_PROVINCES = [place.province for place in PLACES]
_CITIES = [place.city for place in PLACES]
_CHANNEL_CODES = [channel.code for channel in CHANNELS]


class OwnSiteReports:
    """Writes orders, items and refunds of the own site.

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
        self._waiting = Waiting(REFUNDS, "applied_at", view)
        faults = world.plan.file_faults
        order_faults, refund_faults = (faults_of(faults, store.number, name) for name in ("orders", "refunds"))
        words = dict(_ORDER_WORDS.values())
        self._orders = self._report("orders", "订单", ORDER_HEADER, order_faults)
        self._items = self._report("order_lines", "订单明细", ITEM_HEADER, order_faults)
        self._refunds = self._report("refunds", "售后", REFUND_HEADER, refund_faults)
        self._map("订单", "orders", _ORDER_COLUMNS, status=words)
        self._map(
            "订单明细", "order_lines", _ITEM_COLUMNS, status=words, options={"orders_complete": "true"}, kinds=_GIFTS
        )
        self._map("售后", "refunds", _REFUND_COLUMNS, status=dict(_REFUND_WORDS.values()))

    def write(self, records: DayRecords) -> None:
        """Write the orders of a day, and the cases that were applied for on it."""
        day = StoreDay(records, self._store.number, self._view)
        numbers = self._ids.orders(day.orders["order"])
        self._orders.add(records.day, {**self._order_columns(day, numbers), **self._persons(day)})
        self._items.add(records.day, self._item_columns(day, numbers))
        self._waiting.put(day.refunds)
        self._refunds.add(records.day, self._refund_columns(self._waiting.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._orders, self._items, self._refunds))

    def _report(self, table: str, name: str, header: Sequence[str], faults: Sequence[FileFault]) -> Report:
        def opened(period: Period) -> TextFile:
            path = self._folder / f"{self._store.name}_{name}_{period.between('%Y%m%d', '-')}{period.again}.csv"
            return TextFile(path, header)

        return Report(
            self._view,
            opened,
            store=self._store,
            dataset="items" if table == "order_lines" else table,
            map_file=self._map_path(name),
            faults=faults,
        )

    def _map_path(self, name: str) -> Path:
        return self._folder / f"{self._store.name}_{name}.toml"

    def _map(
        self,
        name: str,
        table: str,
        columns: Mapping[str, str],
        *,
        options: Mapping[str, str] | None = None,
        status: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        store = self._store
        write_map(
            self._map_path(name),
            f"{store.name}: {name}, as the own site's back office exports it.",
            table=table,
            columns=columns,
            constants={"platform": store.platform, "shop": store.name, "currency": "CNY"},
            options={"date_format": '"%Y-%m-%d %H:%M:%S"', **(options or {})},
            status=status,
            kinds=kinds,
        )

    def _order_columns(self, day: StoreDay, numbers: list[str]) -> dict[str, Cells]:
        orders = day.orders
        bonus = orders["platform_discount_minor"] + orders["creator_discount_minor"]
        asked = orders["due_minor"] + bonus
        return {
            "订单号": numbers,
            "下单时间": moments(orders["created_at"]),
            "付款时间": moments(orders["paid_at"], day.is_paid),
            "发货时间": moments(orders["shipped_at"], day.is_shipped),
            "完成时间": moments(orders["completed_at"], day.is_completed),
            "订单状态": chosen(_ORDER_STATUS, day.standing),
            "来源渠道": chosen(_CHANNEL_CODES, orders["channel"]),
            "商品金额": yuan(orders["list_minor"]),
            "店铺优惠": yuan(orders["merchant_discount_minor"]),
            "达人补贴": yuan(bonus),
            "运费": yuan(orders["shipping_minor"]),
            "订单金额": yuan(asked),
            "实付金额": yuan(np.where(day.is_paid, orders["due_minor"], 0)),
            "应收金额": yuan(np.where(day.is_paid, asked, 0)),
            "退款金额": yuan(day.refunded_minor),
            "物流公司": chosen(CARRIERS, orders["carrier"], day.is_shipped),
            "物流单号": waybills(orders["order"], orders["carrier"], day.is_shipped),
        }

    def _persons(self, day: StoreDay) -> dict[str, Cells]:
        people, buyers, places = self._people, day.orders["person"], day.orders["place"]
        return {
            "会员编号": account_numbers(people, buyers),
            "收货人": people.names(buyers),
            "手机号": people.phones(buyers),
            "收货地址": people.addresses(buyers),
            "省份": chosen(_PROVINCES, places),
            "城市": chosen(_CITIES, places),
        }

    def _item_columns(self, day: StoreDay, numbers: list[str]) -> dict[str, Cells]:
        lines, labels = day.lines, self._labels
        skus, order = lines["sku"], day.order_of_line
        return {
            "订单号": chosen(numbers, order),
            "明细号": self._ids.lines(lines["order"], lines["line"]),
            "下单时间": moments(day.orders["created_at"][order]),
            "付款时间": moments(day.orders["paid_at"][order], day.is_paid[order]),
            "订单状态": chosen(_ORDER_STATUS, day.standing[order]),
            "商品编码": chosen(labels.product_codes, skus),
            "商品名称": chosen(labels.titles, skus),
            "SKU编码": chosen(labels.codes, skus),
            "规格": chosen(labels.specs, skus),
            "类目": chosen(labels.categories, skus),
            "品牌": chosen(labels.brands, skus),
            "单价": yuan(lines["list_minor"] // np.maximum(lines["quantity"], 1)),
            "数量": counts(lines["quantity"]),
            "商品金额": yuan(lines["list_minor"]),
            "店铺优惠": yuan(lines["merchant_discount_minor"]),
            "达人补贴": yuan(lines["platform_discount_minor"] + lines["creator_discount_minor"]),
            "应付金额": yuan(lines["due_minor"]),
            "是否赠品": where(lines["is_gift"], "是", "否"),
        }

    def _refund_columns(self, refunds: Rows) -> dict[str, Cells]:
        standing = refund_standing(refunds, self._view)
        is_done = standing == RefundStanding.SUCCEEDED
        return {
            "退款单号": self._ids.refunds(refunds["refund"]),
            "订单号": self._ids.orders(refunds["order"]),
            "SKU编码": chosen(self._labels.codes, refunds["sku"], refunds["sku"] >= 0),
            "数量": counts(refunds["quantity"]),
            "申请时间": moments(refunds["applied_at"]),
            "完成时间": moments(refunds["refunded_at"], is_done),
            "售后类型": chosen(_KIND, refunds["kind"]),
            "售后状态": chosen(_REFUND_STATUS, standing),
            "货物状态": chosen(_GOODS, np.minimum(refunds["kind"], RefundKind.REFUND_ONLY)),
            "原因": chosen(_REASON, refunds["reason"]),
            "退款金额": yuan(np.where(is_done, refunds["refunded_minor"], refunds["requested_minor"])),
        }
