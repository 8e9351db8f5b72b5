"""Order and after-sale reports of Douyin shops: one row per sub-order, a tab before text, persons in ciphertext."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.bookings import shipping_of_lines
from zhanggui.simulate.exports.cases import CASES, REASON_WORDS, cases_of, line_case_states, needs_return
from zhanggui.simulate.exports.cells import chosen, counts, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile, TextFile
from zhanggui.simulate.exports.ids import Ids, waybills
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import RefundStanding, Standing, StoreDay, refund_standing
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
from zhanggui.simulate.stores import CARRIERS, CHANNEL_OF, CHANNELS, PLACES, WAREHOUSES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = (
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商品数量", "商品ID", "商家编码", "商品单价", "订单应付金额",
    "运费", "优惠总金额", "平台优惠", "商家优惠", "达人优惠", "商家改价", "支付优惠", "红包抵扣", "支付方式", "手续费",
    "收件人", "收件人手机号", "省", "市", "区", "街道", "详细地址", "是否修改过地址", "地址修改时段", "买家留言",
    "订单提交时间", "旗帜颜色", "商家备注", "订单完成时间", "支付完成时间", "APP渠道", "流量来源", "订单状态",
    "承诺发货时间", "订单类型", "鲁班落地页ID", "达人ID", "达人昵称", "所属门店ID", "售后状态", "取消原因",
    "预约发货时间", "仓库ID", "仓库名称", "序列号", "是否安心购", "广告渠道", "流量类型", "流量体裁", "流量渠道",
    "发货主体", "发货主体明细", "发货时间", "降价类优惠", "平台实际承担优惠金额", "商家实际承担优惠金额",
    "达人实际承担优惠金额", "预计送达时间", "是否平台仓自流转", "车型", "商品69码", "发货SN码", "发货IMEI码1",
    "发货IMEI码2", "预约送达时间", "建议发货时间（起）", "建议发货时间（止）", "物流SN码", "物流IMEI码1",
    "物流IMEI码2",
)  # fmt: skip
CASE_HEADER = (
    "售后单号", "订单号", "商品单号", "商品名称", "商品ID", "应付金额（元）", "商品运费（元）", "支付优惠（元）",
    "商品税费（元）", "商品发货状态", "售后类型", "退商品金额（元）", "退运费金额（元）", "退支付优惠（元）",
    "退税费金额（元）", "售后状态", "售后申请时间", "退款方式", "是否已上传退款凭证", "售后原因", "售后原因标签",
    "退货物流单号", "退货异常", "退货发货时间", "退货物流公司", "自动处理截止时间", "同意售后申请时间", "商家退款时间",
    "用户到账时间", "售后关闭时间", "商家退货地址", "商家退货联系人姓名", "商家退货联系人电话", "仲裁状态",
    "纠纷责任方", "是否极速退款", "是否拒签后退款", "发货物流单号", "发货物流状态", "换货物流单号", "退货物流状态",
    "售后完结时间", "订单备注", "用户售后说明", "售后备注", "操作人", "协商记录", "换货商品信息", "商家编码",
    "门店名称",
)  # fmt: skip

_STATUS = ("待支付", "待发货", "已发货", "已发货", "已完成", "已关闭", "已关闭")
_CASE_STATES = ("-", "售后关闭", "售后处理中", "售后处理中", "退款成功")
_PAID_WITH = ("支付宝", "微信支付", "抖音支付", "抖音月付")
_SHELF, _FILM, _LIVE = "商品卡", "短视频", "直播"
_WAYS = {
    "search": ("抖音搜索", "", _SHELF),
    "recommend": ("猜你喜欢", "", _SHELF),
    "direct": ("店铺页", "", _SHELF),
    "feed_ads": ("巨量千川", "巨量千川", _FILM),
    "live": ("直播间", "", _LIVE),
    "short_video": ("短视频", "", _FILM),
    "creator": ("精选联盟", "", _FILM),
    "activity": ("活动会场", "", _SHELF),
}
"""Where an order came from, which ads brought it, in what kind of content."""
_ELSEWHERE = ("其他", "", _SHELF)
_SOURCE, _AD, _CONTENT = ([_WAYS.get(channel.code, _ELSEWHERE)[place] for channel in CHANNELS] for place in range(3))
_PLACES = {name: [getattr(place, name) for place in PLACES] for name in ("province", "city", "district")}
_KINDS = {
    RefundKind.BEFORE_SHIPPING: ("未发货仅退款", "同意退款，退款成功"),
    RefundKind.REFUND_ONLY: ("已发货仅退款", "同意退款，退款成功"),
    RefundKind.RETURN_AND_REFUND: ("退货退款", "同意退款，退款成功"),
    RefundKind.EXCHANGE: ("换货", "换货成功"),
    RefundKind.RESHIP: ("补寄", "补寄成功"),
}
_KIND, _DONE = ([_KINDS[kind][place] for kind in RefundKind] for place in range(2))
_UNDER_WAY = {
    RefundStanding.REQUESTED: "待商家处理",
    RefundStanding.AGREED: "待买家退货",
    RefundStanding.RETURNED: "待商家收货",
    RefundStanding.CLOSED: "售后关闭",
}
_BEING_PAID = "退款中"
_SHANGHAI_SECONDS = 8 * 3600


class DouyinOrders:
    """Writes the order report and the after-sale report of a Douyin shop.

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
        self._creators = world.scene.creators
        self._draws = world.draws
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
        """Write the sub-orders of a day and the cases that were opened on it."""
        day = StoreDay(records, self._store.number, self._view)
        orders = day.orders.where(day.order_of_line)
        columns = {**self._trade(day, orders), **self._money(day), **self._ways(orders), **self._persons(orders)}
        self._orders.add(records.day, columns)
        self._cases.put(cases_of(day))
        self._refunds.add(records.day, self._case_columns(self._cases.due(records.day)))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._orders, self._refunds))

    def _open_orders(self, period: Period) -> TextFile:
        epoch = round(self._view.exported_at(period.number).timestamp()) - _SHANGHAI_SECONDS
        return TextFile(self._folder / f"{epoch}_new.csv", ORDER_HEADER)

    def _open_cases(self, period: Period) -> SheetFile:
        path = self._folder / f"售后单_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, CASE_HEADER, made_at=self._view.exported_at(10 + period.number))

    def _trade(self, day: StoreDay, orders: Rows) -> dict[str, Cells]:
        at, lines = day.order_of_line, day.lines
        standing = day.standing[at]
        # A sub-order that is given back before its order is completed is closed by itself.
        is_back = day.is_paid[at] & (lines["due_minor"] > 0) & (day.refunded_lines() >= lines["due_minor"])
        standing = np.where(is_back & (standing != Standing.COMPLETED), Standing.CLOSED_REFUNDED, standing)
        reasons = np.select([standing == Standing.CLOSED_UNPAID, standing == Standing.CLOSED_REFUNDED], [1, 2], 0)
        return {
            "主订单编号": _tabbed(self._ids.orders(orders["order"])),
            "子订单编号": _tabbed(self._ids.lines(orders["order"], _within(day))),
            "选购商品": _tabbed(chosen(self._labels.titles, lines["sku"])),
            "商品规格": _tabbed(chosen(self._labels.specs, lines["sku"])),
            "商品数量": counts(lines["quantity"]),
            "商品ID": _tabbed(chosen(self._labels.product_ids, lines["sku"])),
            "商家编码": _tabbed(chosen(self._labels.codes, lines["sku"])),
            "订单提交时间": moments(orders["created_at"]),
            "订单完成时间": _or_dash(moments(orders["completed_at"], day.is_completed[at])),
            "支付完成时间": _or_dash(moments(orders["paid_at"], day.is_paid[at])),
            "发货时间": _or_dash(moments(orders["shipped_at"], day.is_shipped[at])),
            "承诺发货时间": moments(orders["promised_ship_at"], day.is_paid[at]),
            "订单状态": chosen(_STATUS, standing),
            "订单类型": where(orders["is_presale"], "预售订单", "普通订单"),
            "售后状态": chosen(_CASE_STATES, line_case_states(day, self._view)),
            "取消原因": chosen(("", "超时未支付", "用户申请退款"), reasons),
            "仓库名称": chosen(WAREHOUSES, orders["warehouse"], day.is_shipped[at]),
        }

    def _money(self, day: StoreDay) -> dict[str, Cells]:
        lines, shipping = day.lines, shipping_of_lines(day)
        by_bearer = {name: lines[f"{name}_discount_minor"] for name in ("platform", "merchant", "creator")}
        platform, merchant, creator = (yuan(amount) for amount in by_bearer.values())
        return {
            "商品单价": yuan(lines["list_minor"] // np.maximum(lines["quantity"], 1)),
            "订单应付金额": yuan(lines["due_minor"] + shipping),
            "运费": yuan(shipping),
            "优惠总金额": yuan(sum(by_bearer.values(), np.zeros(len(lines), np.int64))),
            "平台优惠": platform,
            "商家优惠": merchant,
            "达人优惠": creator,
            "商家改价": "0.00",
            "支付优惠": "0.00",
            "红包抵扣": "0.00",
            "手续费": "-",
            "平台实际承担优惠金额": platform,
            "商家实际承担优惠金额": merchant,
            "达人实际承担优惠金额": creator,
        }

    def _ways(self, orders: Rows) -> dict[str, Cells]:
        channel, creator = orders["channel"], orders["creator"]
        hosts = np.array([one.is_host for one in self._creators] or [True])
        has_creator = (creator >= 0) & ~hosts[np.maximum(creator, 0)]
        names = chosen([one.name for one in self._creators] or [""], creator, has_creator)
        numbers = counts(np.where(has_creator, creator_numbers(creator), 0))
        is_bought = (channel == CHANNEL_OF["feed_ads"]) | (orders["ad_group"] >= 0)
        return {
            "APP渠道": "抖音",
            "支付方式": chosen(_PAID_WITH, self._draws.pick((5, 3, 3, 1), "douyin payment", orders["order"])),
            "流量来源": chosen(_SOURCE, channel),
            "广告渠道": chosen(_AD, channel),
            "流量体裁": chosen(_CONTENT, channel),
            "流量类型": where(is_bought, "付费", "自然"),
            "达人ID": _tabbed(numbers),
            "达人昵称": names,
        }

    def _persons(self, orders: Rows) -> dict[str, Cells]:
        ciphers = [f"{key:016x}" for key in self._draws.key("douyin cipher", orders["order"]).tolist()]
        return {
            "收件人": [f"##{cipher}name" for cipher in ciphers],
            "收件人手机号": [f"$${cipher}call" for cipher in ciphers],
            "详细地址": [f"##{cipher}road" for cipher in ciphers],
            "省": chosen(_PLACES["province"], orders["place"]),
            "市": chosen(_PLACES["city"], orders["place"]),
            "区": chosen(_PLACES["district"], orders["place"]),
        }

    def _case_columns(self, cases: Rows) -> dict[str, Cells]:
        standing = refund_standing(cases, self._view)
        is_done, is_closed = standing == RefundStanding.SUCCEEDED, standing == RefundStanding.CLOSED
        is_agreed = self._view.seen(cases["agreed_at"])
        is_back = needs_return(cases["kind"]) & self._view.seen(cases["returned_at"])
        was_sent = (cases["shipped_at"] >= 0) & (cases["shipped_at"] < cases["applied_at"])
        # Until money flows, a case says what was asked for.
        goods = np.where(is_done, cases["goods_minor"], np.minimum(cases["requested_minor"], cases["paid_minor"]))
        over_at = np.where(is_done, cases["refunded_at"], cases["closed_at"])
        sku = cases["sku"]
        return {
            "售后单号": _tabbed(self._ids.refunds(cases["refund"])),
            "订单号": _tabbed(self._ids.orders(cases["order"])),
            "商品单号": _tabbed(self._ids.lines(cases["order"], cases["line"])),
            "商品名称": chosen(self._labels.titles, sku),
            "商品ID": _tabbed(chosen(self._labels.product_ids, sku)),
            "应付金额（元）": yuan(cases["paid_minor"]),
            "商品发货状态": where(was_sent, "已发货", "未发货"),
            "售后类型": chosen(_KIND, cases["kind"]),
            "退商品金额（元）": yuan(goods),
            "退运费金额（元）": yuan(np.where(is_done, cases["shipping_minor"], 0)),
            "售后状态": _case_status(cases["kind"], standing),
            "售后申请时间": moments(cases["applied_at"]),
            "售后原因": chosen(REASON_WORDS, cases["reason"]),
            "退货物流单号": waybills(cases["refund"], cases["carrier"], is_back),
            "退货发货时间": moments(cases["returned_at"], is_back),
            "退货物流公司": chosen(CARRIERS, cases["carrier"], is_back),
            "同意售后申请时间": moments(cases["agreed_at"], is_agreed),
            "商家退款时间": moments(cases["refunded_at"], is_done),
            "用户到账时间": moments(cases["refunded_at"], is_done),
            "售后关闭时间": moments(cases["closed_at"], is_closed),
            "发货物流单号": waybills(cases["order"], cases["carrier"], was_sent),
            "售后完结时间": moments(over_at, is_done | is_closed),
            "商家编码": _tabbed(chosen(self._labels.codes, sku)),
        }


def creator_numbers(creators: Column) -> Column:
    """Return the number that the platform gave each creator."""
    return np.asarray(70_000_000_000 + creators * 7_919, np.int64)


def _case_status(kinds: Column, standing: Column) -> list[str]:
    rows = zip(kinds.tolist(), standing.tolist(), needs_return(kinds).tolist(), strict=True)
    return [
        _DONE[kind]
        if state == RefundStanding.SUCCEEDED
        else _BEING_PAID
        if state == RefundStanding.AGREED and not is_returned
        else _UNDER_WAY[RefundStanding(state)]
        for kind, state, is_returned in rows
    ]


def _within(day: StoreDay) -> Column:
    """Return the place of each line in its order."""
    found: Column = np.arange(len(day.lines)) - day.first_line[day.order_of_line]
    return found


def _tabbed(texts: list[str]) -> list[str]:
    return [f"\t{text}" for text in texts]


def _or_dash(texts: list[str]) -> list[str]:
    return [text or "-" for text in texts]
