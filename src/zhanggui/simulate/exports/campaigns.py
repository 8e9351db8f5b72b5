"""What the company's campaigns did: every message sent or held out, coupons issued and used, who was in which trial."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.campaigns.sends import MESSAGE_CHANNEL_NAMES
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, moments, where
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.labels import member_numbers
from zhanggui.simulate.exports.numbering import STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, crm_store, own_list, whole_list
from zhanggui.simulate.exports.trial_orders import customer_numbers, trial_number
from zhanggui.simulate.exports.writing import View, WrittenFile, closed
from zhanggui.simulate.records import ASSIGNMENTS, COUPONS, MESSAGES
from zhanggui.simulate.rows import NEVER, Column, Rows

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

MESSAGE_HEADER = (
    "记录号", "任务号", "任务名称", "渠道", "会员编号", "手机号", "计划时间", "发送时间", "送达时间", "点击时间",
    "是否对照组", "是否投诉", "是否退订", "实验编号", "实验组",
)  # fmt: skip
COUPON_HEADER = ("券号", "活动号", "会员编号", "手机号", "发放时间", "过期时间", "使用时间", "店铺", "订单编号")
_MESSAGE_COLUMNS = {
    "message_id": "记录号",
    "send_id": "任务号",
    "campaign_name": "任务名称",
    "message_channel": "渠道",
    "buyer_id": "会员编号",
    "planned_at": "计划时间",
    "sent_at": "发送时间",
    "delivered_at": "送达时间",
    "clicked_at": "点击时间",
    "is_holdout": "是否对照组",
    "is_complaint": "是否投诉",
    "is_unsubscribe": "是否退订",
    "trial_id": "实验编号",
    "arm": "实验组",
}
_COUPON_COLUMNS = {
    "coupon_id": "券号",
    "offer_name": "活动号",
    "buyer_id": "会员编号",
    "issued_at": "发放时间",
    "expires_at": "过期时间",
    "used_at": "使用时间",
    "order_id": "订单编号",
}
TRIAL_HEADER = ("实验编号", "实验名称", "实验组", "访客ID", "客户编号", "会员编号", "手机号", "进组时间")

_TRIAL_COLUMNS = {
    "trial_id": "实验编号",
    "trial_name": "实验名称",
    "arm": "实验组",
    "visitor_id": "访客ID",
    "subject_id": "客户编号",
    "buyer_id": "会员编号",
    "phone": "手机号",
    "entered_at": "进组时间",
}


class CampaignLists:
    """Writes messages and trials day by day, and coupons as they stand at the moment of the export.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._people = world.people
        self._view = view
        self._campaigns = world.campaigns
        self._trials = {one.number: one for one in world.plan.experiments}
        self._numbering = Numbering(world)
        self._folder = folder
        self._store = crm_store(world.stores)
        self._coupons: list[Rows] = []
        sent = Meaning("messages", _MESSAGE_COLUMNS, self._store)
        self._messages = own_list(folder, view, "messages", "触达记录", MESSAGE_HEADER, sent)
        entered = Meaning("trial_entries", _TRIAL_COLUMNS, self._store)
        self._entered = own_list(folder, view, "trial_entries", "实验分组", TRIAL_HEADER, entered)

    def write(self, records: DayRecords) -> None:
        """Write the messages and trial entries of a day, and keep its coupons."""
        self._numbering.note(records)
        self._messages.add(records.day, self._message_columns(records[MESSAGES]))
        self._entered.add(records.day, self._entry_columns(records[ASSIGNMENTS]))
        if len(records[COUPONS]):
            self._coupons.append(records[COUPONS])

    def close(self) -> list[WrittenFile]:
        """Write the coupons and finish all files."""
        files = closed((self._messages, self._entered))
        coupons = self._standing_coupons()
        if len(coupons):
            meaning = Meaning("coupons", _COUPON_COLUMNS, self._store)
            columns = self._coupon_columns(coupons)
            files.append(whole_list(self._folder, "coupons", "优惠券", COUPON_HEADER, columns, meaning))
        return files

    def _standing_coupons(self) -> Rows:
        """Return each coupon issued or used since the last list, once: as it was used, if it was."""
        coupons, self._coupons = Rows.together(COUPONS, self._coupons), []
        coupons = coupons.where((coupons["used_at"] == NEVER) | self._view.seen(coupons["used_at"]))
        order = np.lexsort((coupons["used_at"], coupons["coupon"]))
        coupons = coupons.where(order)
        _, from_behind = np.unique(coupons["coupon"][::-1], return_index=True)
        return coupons.where(len(coupons) - 1 - from_behind)

    def _message_columns(self, messages: Rows) -> dict[str, Cells]:
        seen, sends = self._view.seen, self._campaigns.sends
        is_tried = messages["experiment"] != NEVER
        return {
            "记录号": _numbered("MS", messages["message"], 9),
            "任务号": _numbered("TK", messages["send"], 5),
            "任务名称": chosen([send.name for send in sends] or [""], messages["send"]),
            "渠道": chosen(MESSAGE_CHANNEL_NAMES, messages["channel"]),
            "计划时间": moments(messages["planned_at"]),
            "发送时间": moments(messages["sent_at"], seen(messages["sent_at"])),
            "送达时间": moments(messages["delivered_at"], seen(messages["delivered_at"])),
            "点击时间": moments(messages["clicked_at"], seen(messages["clicked_at"])),
            "是否对照组": where(messages["is_holdout"], "是", "否"),
            "是否投诉": where(messages["is_complaint"], "是", "否"),
            "是否退订": where(messages["is_unsubscribe"], "是", "否"),
            "实验编号": chosen(trial_number(messages["experiment"]), np.arange(len(messages)), is_tried),
            "实验组": self._arms(messages),
            **self._who(messages["person"]),
        }

    def _coupon_columns(self, coupons: Rows) -> dict[str, Cells]:
        stores = self._numbering.stores(coupons["order"])
        return {
            "券号": _numbered("QJ", coupons["coupon"], 8),
            "活动号": _numbered("HD", coupons["offer"], 5),
            "发放时间": moments(coupons["issued_at"]),
            "过期时间": moments(coupons["expires_at"]),
            "使用时间": moments(coupons["used_at"], self._view.seen(coupons["used_at"])),
            "店铺": chosen(STORE_NAMES, stores, stores != NEVER),
            "订单编号": self._numbering.orders(coupons["order"], stores),
            **self._who(coupons["person"]),
        }

    def _entry_columns(self, entries: Rows) -> dict[str, Cells]:
        is_known = entries["person"] != NEVER
        visitors = [f"{anon:016x}" if anon else "" for anon in entries["anon"].tolist()]
        return {
            "实验编号": trial_number(entries["experiment"]),
            "实验名称": [self._trials[number].name for number in entries["experiment"].tolist()],
            "实验组": self._arms(entries),
            "访客ID": chosen(visitors, np.arange(len(entries)), ~is_known),
            "客户编号": chosen(customer_numbers(entries["person"]), np.arange(len(entries)), is_known),
            "进组时间": moments(entries["at"]),
            **self._who(entries["person"]),
        }

    def _arms(self, rows: Rows) -> list[str]:
        pairs = zip(rows["experiment"].tolist(), rows["arm"].tolist(), strict=True)
        return [self._trials[number].arms[arm].name if number != NEVER else "" for number, arm in pairs]

    def _who(self, people: Column) -> dict[str, Cells]:
        known = np.maximum(people, 0)
        everywhere, is_known = np.arange(people.size), people != NEVER
        return {
            "会员编号": chosen(member_numbers(self._people, known), everywhere, is_known),
            "手机号": chosen(self._people.phones(known), everywhere, is_known),
        }


def _numbered(letters: str, numbers: Column, digits: int) -> list[str]:
    return [f"{letters}{number:0{digits}d}" for number in numbers.tolist()]
