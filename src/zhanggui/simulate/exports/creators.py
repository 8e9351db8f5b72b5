"""What the company keeps about creators: contracts, live sessions with what each sold, notes, rewards for referrals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, yuan
from zhanggui.simulate.exports.douyin import creator_numbers
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.labels import Labels
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES
from zhanggui.simulate.exports.own_lists import Meaning, own_list, whole_list
from zhanggui.simulate.exports.writing import View, WrittenFile, closed
from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import CHANNEL_COSTS, LIVE_SESSIONS, NOTES, ORDERS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.scene.creators import Creator
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, STORES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

CONTRACT_HEADER = ("合作单号", "店铺", "达人ID", "达人名称", "类型", "坑位费", "佣金比例", "生效日期")
SESSION_HEADER = (
    "场次号", "平台", "店铺", "达人ID", "达人名称", "开播时间", "下播时间", "观看人数", "商品点击人数", "坑位费",
    "佣金比例", "寄样件数", "投流消耗", "成交订单数", "成交金额",
)  # fmt: skip
NOTE_HEADER = (
    "日期", "内容ID", "渠道", "平台", "店铺", "达人名称", "发布时间", "商品编码", "情感倾向", "曝光量", "点击量",
    "点赞数", "费用",
)  # fmt: skip
COST_HEADER = ("日期", "平台", "店铺", "渠道", "新客数", "费用")
_CONTRACT_MEANING = Meaning(
    "creator_contracts",
    {
        "store_name": "店铺",
        "contract_id": "合作单号",
        "creator_id": "达人ID",
        "creator_name": "达人名称",
        "slot_fee": "坑位费",
        "commission_rate": "佣金比例",
        "valid_from": "生效日期",
    },
)
_SESSION_MEANING = Meaning(
    "live_sessions",
    {
        "store_name": "店铺",
        "live_session_id": "场次号",
        "creator_id": "达人ID",
        "creator_name": "达人名称",
        "started_at": "开播时间",
        "ended_at": "下播时间",
        "viewers": "观看人数",
        "product_visitors": "商品点击人数",
        "slot_fee": "坑位费",
        "commission_rate": "佣金比例",
        "samples_sent": "寄样件数",
        "spend": "投流消耗",
        "paid_orders": "成交订单数",
        "paid_amount": "成交金额",
    },
)
_COST_MEANING = Meaning(
    "costs",
    {"store_name": "店铺", "period_from": "日期", "period_to": "日期", "amount": "费用", "note": "渠道"},
    {"cost_kind": "content", "allocation": "none"},
)
_NOTE_MEANING = Meaning(
    "content_posts",
    {
        "store_name": "店铺",
        "day": "日期",
        "post_id": "内容ID",
        "content_channel": "渠道",
        "creator_name": "达人名称",
        "published_at": "发布时间",
        "merchant_sku_code": "商品编码",
        "sentiment": "情感倾向",
        "impressions": "曝光量",
        "clicks": "点击量",
        "likes": "点赞数",
        "spend": "费用",
    },
    words={"sentiment": {"负面": "negative", "中性": "neutral", "正面": "positive"}},
)
_HOST, _GUEST = "店播", "达人"
_SENTIMENTS = ("负面", "中性", "正面")


class CreatorLists:
    """Writes live sessions, notes and rewards day by day, and contracts as they stand.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._view = view
        self._creators = world.scene.creators
        self._stores = world.stores
        self._names = [one.name for one in self._creators] or [""]
        self._codes = Labels(world.shelf, STORES[0]).codes
        self._sessions = own_list(folder, view, "live_sessions", "直播场次", SESSION_HEADER, _SESSION_MEANING)
        self._notes = own_list(folder, view, "notes", "种草内容", NOTE_HEADER, _NOTE_MEANING)
        self._costs = own_list(folder, view, "channel_costs", "渠道费用", COST_HEADER, _COST_MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the sessions, notes and rewards of a day."""
        self._sessions.add(records.day, self._session_columns(records[LIVE_SESSIONS], records[ORDERS]))
        on = f"{self._view.date_of(records.day):%Y-%m-%d}"
        notes, costs = records[NOTES], records[CHANNEL_COSTS]
        notes = notes.where((notes["impressions"] > 0) | (notes["cost_minor"] > 0))
        self._notes.add(records.day, {"日期": on, **self._note_columns(notes)})
        self._costs.add(
            records.day,
            {
                "日期": on,
                "平台": chosen(PLATFORM_NAMES, costs["store"]),
                "店铺": chosen(STORE_NAMES, costs["store"]),
                "渠道": chosen([channel.label for channel in CHANNELS], costs["channel"]),
                "新客数": counts(costs["buyers"]),
                "费用": yuan(costs["cost_minor"]),
            },
        )

    def close(self) -> list[WrittenFile]:
        """Write the contracts and finish all files."""
        pairs = [(one, store) for one in self._creators for store in self._stores if _works_for(one, store)]
        creators = [one for one, _ in pairs]
        columns: dict[str, Cells] = {
            "合作单号": [f"HZ{one.number:04d}{store.number:02d}" for one, store in pairs],
            "店铺": [store.name for _, store in pairs],
            "达人ID": counts(creator_numbers(np.array([one.number for one in creators], np.int64))),
            "达人名称": [one.name for one in creators],
            "类型": [_HOST if one.is_host else _GUEST for one in creators],
            "坑位费": yuan(np.array([one.slot_fee_minor for one in creators], np.int64)),
            "佣金比例": _percent(np.array([one.commission_bp for one in creators], np.int64)),
            "生效日期": f"{self._view.start:%Y-%m-%d}",
        }
        contracts = whole_list(
            self._folder, "creator_contracts", "达人合作", CONTRACT_HEADER, columns, _CONTRACT_MEANING
        )
        return [contracts, *closed((self._sessions, self._notes, self._costs))]

    def _session_columns(self, sessions: Rows, orders: Rows) -> dict[str, Cells]:
        creator, number = sessions["creator"], sessions["live_session"]
        sold = orders.where(self._view.seen(orders["paid_at"]) & np.isin(orders["live_session"], number))
        order = np.argsort(number)
        place = order[np.searchsorted(number[order], sold["live_session"])] if number.size else np.empty(0, np.int64)
        n_orders = np.bincount(place, minlength=number.size)
        taken = np.zeros(number.size, np.int64)
        np.add.at(taken, place, sold["due_minor"])
        return {
            "场次号": [f"ZB{session:07d}" for session in number.tolist()],
            "平台": chosen(PLATFORM_NAMES, sessions["store"]),
            "店铺": chosen(STORE_NAMES, sessions["store"]),
            "达人ID": counts(creator_numbers(creator)),
            "达人名称": chosen(self._names, creator),
            "开播时间": moments(sessions["started_at"]),
            "下播时间": moments(sessions["ended_at"]),
            "观看人数": counts(sessions["viewers"]),
            "商品点击人数": counts(sessions["product_visitors"]),
            "坑位费": yuan(sessions["slot_fee_minor"]),
            "佣金比例": _percent(sessions["commission_bp"]),
            "寄样件数": counts(sessions["n_samples"]),
            "投流消耗": yuan(sessions["ad_spend_minor"]),
            "成交订单数": counts(n_orders),
            "成交金额": yuan(taken),
        }

    def _note_columns(self, notes: Rows) -> dict[str, Cells]:
        # Nobody praises the shop in a forum; what is written there is a warning.
        channel = np.where(notes["sentiment"] < 0, CHANNEL_OF["forum"], CHANNEL_OF["xiaohongshu"])
        return {
            "内容ID": [f"NR{note:06d}" for note in notes["note"].tolist()],
            "平台": chosen(PLATFORM_NAMES, notes["store"]),
            "店铺": chosen(STORE_NAMES, notes["store"]),
            "达人名称": chosen(self._names, notes["creator"], notes["creator"] >= 0),
            "渠道": chosen([one.label for one in CHANNELS], channel),
            "发布时间": moments(notes["published_at"]),
            "商品编码": chosen(self._codes, notes["sku"], notes["sku"] >= 0),
            "情感倾向": chosen(_SENTIMENTS, notes["sentiment"] + 1),
            "曝光量": counts(notes["impressions"]),
            "点击量": counts(notes["clicks"]),
            "点赞数": counts(notes["likes"]),
            "费用": yuan(notes["cost_minor"]),
        }


def _works_for(creator: Creator, store: Store) -> bool:
    """Return whether a creator goes on air for a store: a host for his own, others where their trade is sold live."""
    if creator.is_host:
        return creator.name.startswith(store.name)
    sells_live = store.platform in CHANNELS[CHANNEL_OF["live"]].platforms
    return sells_live and list(Trade)[creator.trade] in store.trades


def _percent(rate_bp: Column) -> list[str]:
    return [f"{rate / 100:.2f}%" for rate in rate_bp.tolist()]
