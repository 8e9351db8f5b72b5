"""Ad reports of 千川 for a Douyin shop: plans and creatives by day, and all spend on live sessions by host and hour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, percent, ratio, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.footed import FootedSheet
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile, closed, faults_of
from zhanggui.simulate.records import AD_ROWS, LIVE_SESSIONS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.sale.amounts import apportioned, summed
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

_MEASURES = (
    "消耗(元)", "展示次数", "点击次数", "点击率(%)", "转化率(%)", "转化成本(元)", "7日总支付ROI", "直接成交订单数",
    "直接成交金额(元)", "直接支付ROI",
)  # fmt: skip
PLAN_HEADER = ("日期", "计划ID", "计划名称", "商品ID", *_MEASURES)
CREATIVE_HEADER = ("日期", "素材ID", "素材名称", "所属计划", *_MEASURES)
"""Names as they are in use; their order is not known."""
LIVE_HEADER = (
    "主播", "时间-小时", "整体消耗", "整体支付ROI", "整体成交金额", "整体成交订单数", "整体成交订单成本", "净成交金额",
    "整体成交智能优惠券金额", "整体展现次数", "整体点击次数", "整体点击率", "整体转化率", "整体千次展现费用",
    "整体点击单价",
)  # fmt: skip
_SUMMED = (
    "整体消耗",
    "整体成交金额",
    "整体成交订单数",
    "净成交金额",
    "整体成交智能优惠券金额",
    "整体展现次数",
    "整体点击次数",
)
_FIRST_PLAN, _FIRST_CREATIVE = 1_760_000_000_000, 7_400_000_000_000
_HOUR = 3_600
_SHOWN_PER_VIEWER = 9
"""How often a session is shown for everybody who steps in."""


class QianchuanReports:
    """Writes the reports on plans, on their creatives and on live sessions of a Douyin shop.

    Plans and creatives are the same spend seen twice. The live report counts every order of a session as brought by its
    ads.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._view = view
        self._scene = world.scene
        shelf = world.shelf
        self._product_ids = [shelf.platform_product_id(store, product) for product in shelf.product.tolist()]
        faults = faults_of(world.plan.file_faults, store.number, "ads")
        self._plans, self._creatives, self._lives = (
            Report(view, open_file, store=store, dataset=dataset, faults=faults)
            for dataset, open_file in (
                ("ads_plans", self._open_plans),
                ("ads_creatives", self._open_creatives),
                ("ads_live", self._open_lives),
            )
        )

    def write(self, records: DayRecords) -> None:
        """Write what the platform reports of a day."""
        rows, sessions = records[AD_ROWS], records[LIVE_SESSIONS]
        rows = rows.where(rows["store"] == self._store.number)
        on = f"{self._view.date_of(records.day):%Y-%m-%d}"
        self._plans.add(records.day, {"日期": on, **self._plan_columns(rows)})
        self._creatives.add(records.day, {"日期": on, **self._creative_columns(rows)})
        sessions = sessions.where((sessions["store"] == self._store.number) & (sessions["ad_spend_minor"] > 0))
        day = StoreDay(records, self._store.number, self._view)
        self._lives.add(records.day, self._live_columns(sessions, day))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._plans, self._creatives, self._lives))

    def _open_plans(self, period: Period) -> SheetFile:
        path = self._folder / f"千川_计划报表_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, PLAN_HEADER, made_at=self._view.exported_at(40 + period.number))

    def _open_creatives(self, period: Period) -> SheetFile:
        path = self._folder / f"千川_素材报表_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, CREATIVE_HEADER, made_at=self._view.exported_at(43 + period.number))

    def _open_lives(self, period: Period) -> SheetFile:
        path = self._folder / f"千川_全域推广直播_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        made_at = self._view.exported_at(45 + period.number)
        return FootedSheet(path, LIVE_HEADER, made_at=made_at, label="全部", summed=_SUMMED, unsummed="-")

    def _plan_columns(self, rows: Rows) -> dict[str, Cells]:
        group, first, measures = _measured(rows, "ad_group")
        sku = rows["sku"][first]
        return {
            "计划ID": counts(_FIRST_PLAN + group),
            "计划名称": self._plan_names(group),
            "商品ID": chosen(self._product_ids, sku, sku >= 0),
            **measures,
        }

    def _creative_columns(self, rows: Rows) -> dict[str, Cells]:
        creative, first, measures = _measured(rows, "creative")
        return {
            "素材ID": counts(_FIRST_CREATIVE + creative),
            "素材名称": [self._scene.creatives[number].name for number in creative.tolist()],
            "所属计划": self._plan_names(rows["ad_group"][first]),
            **measures,
        }

    def _plan_names(self, groups: Column) -> list[str]:
        # The scene names its ad groups after the tools of another platform.
        return [f"通投-{self._scene.ad_groups[number].name.partition('-')[2]}" for number in groups.tolist()]

    def _live_columns(self, sessions: Rows, day: StoreDay) -> dict[str, Cells]:
        hour_of, session = _hours(sessions)
        even = np.ones(session.size, np.int64)
        spend, viewers = (apportioned(sessions[name], even, session) for name in ("ad_spend_minor", "viewers"))
        names = [self._scene.creators[number].name for number in sessions["creator"][session].tolist()]
        stamps = np.datetime_as_string(hour_of.astype("datetime64[s]"), unit="m").tolist() if hour_of.size else []
        # A host who goes on air again within the hour has one row for both sessions.
        seen: dict[tuple[str, str], int] = {}
        row = np.array([seen.setdefault(pair, len(seen)) for pair in zip(names, stamps, strict=True)], np.int64)
        parts = (spend, viewers, *_sold(sessions, day, hour_of, session))
        spend, viewers, n_orders, taken, kept, coupons = (summed(row, part, len(seen)) for part in parts)
        shown = viewers * _SHOWN_PER_VIEWER
        return {
            "主播": [name for name, _ in seen],
            "时间-小时": [stamp.replace("T", " ") for _, stamp in seen],
            "整体消耗": yuan(spend),
            "整体支付ROI": ratio(taken, spend),
            "整体成交金额": yuan(taken),
            "整体成交订单数": counts(n_orders),
            "整体成交订单成本": ratio(spend, n_orders, factor=0.01),
            "净成交金额": yuan(kept),
            "整体成交智能优惠券金额": yuan(coupons),
            "整体展现次数": counts(shown),
            "整体点击次数": counts(viewers),
            "整体点击率": percent(viewers, shown),
            "整体转化率": percent(n_orders, viewers),
            "整体千次展现费用": ratio(spend, shown, factor=10.0),
            "整体点击单价": ratio(spend, viewers, factor=0.01),
        }


def _measured(rows: Rows, key: str) -> tuple[Column, Column, dict[str, Cells]]:
    """Return the distinct keys, the first row of each, and what is reported of each."""
    keys, first, place = np.unique(rows[key], return_index=True, return_inverse=True)
    spend, impressions, clicks, orders, taken, claimed = (
        summed(place, rows[column], keys.size)
        for column in (
            "spend_minor", "impressions", "clicks", "claimed_direct_orders", "claimed_direct_minor", "claimed_minor",
        )
    )  # fmt: skip
    cells = (
        yuan(spend),
        counts(impressions),
        counts(clicks),
        percent(clicks, impressions),
        percent(orders, clicks),
        ratio(spend, orders, factor=0.01),
        ratio(claimed, spend),
        counts(orders),
        yuan(taken),
        ratio(taken, spend),
    )
    return keys, first, dict(zip(_MEASURES, cells, strict=True))


def _hours(sessions: Rows) -> tuple[Column, Column]:
    """Return the hours of all sessions, and the position of the session that each belongs to."""
    first, last = sessions["started_at"] // _HOUR, (sessions["ended_at"] - 1) // _HOUR
    n_hours = np.maximum(last - first + 1, 1)
    session = np.repeat(np.arange(len(sessions)), n_hours)
    within = np.arange(session.size) - np.repeat(np.cumsum(n_hours) - n_hours, n_hours)
    return (first[session] + within) * _HOUR, session


def _sold(sessions: Rows, day: StoreDay, hour_of: Column, session: Column) -> tuple[Column, Column, Column, Column]:
    """Return orders, what was paid, what was kept of it and coupons of each hour of each session."""
    empty = np.zeros(session.size, np.int64)
    bought = np.flatnonzero(day.is_paid & np.isin(day.orders["live_session"], sessions["live_session"]))
    if not bought.size:
        return empty, empty, empty, empty
    orders = day.orders.where(bought)
    in_order = np.argsort(sessions["live_session"])
    place = in_order[np.searchsorted(sessions["live_session"][in_order], orders["live_session"])]
    first = np.searchsorted(session, np.arange(len(sessions)))
    n_hours = np.bincount(session, minlength=len(sessions))
    # Who pays after the end, or ordered before the counting began, is counted at the edge.
    late = np.clip(orders["created_at"] // _HOUR - hour_of[first[place]] // _HOUR, 0, n_hours[place] - 1)
    row = first[place] + late
    kept = orders["due_minor"] - day.refunded_minor[bought]
    amounts = (np.ones(row.size, np.int64), orders["due_minor"], kept, orders["platform_discount_minor"])
    n_orders, taken, left, coupons = (summed(row, amount, session.size) for amount in amounts)
    return n_orders, taken, left, coupons
