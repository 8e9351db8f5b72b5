"""The members of the own site with their points and tiers, and the WeCom contacts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, where
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.labels import member_numbers, union_ids
from zhanggui.simulate.exports.numbering import Numbering
from zhanggui.simulate.exports.own_lists import Meaning, crm_store, own_list, whole_list
from zhanggui.simulate.exports.writing import View, WrittenFile, closed
from zhanggui.simulate.options import Platform
from zhanggui.simulate.people.people import NO_DAY, TIER_NAMES
from zhanggui.simulate.records import CONTACTS, POINTS, TIER_MOVES
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.service.contacts import EMPLOYEE_NAMES, GROUP_NAMES, SOURCE_NAMES
from zhanggui.simulate.service.points import POINT_REASON_NAMES
from zhanggui.simulate.stores import PLACES, STORES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

MEMBER_HEADER = (
    "会员编号", "姓名", "手机号", "注册时间", "会员等级", "积分余额", "省份", "城市", "宝宝生日", "同意营销",
)  # fmt: skip
POINT_HEADER = ("流水号", "会员编号", "时间", "变动类型", "积分变动", "关联订单号")
TIER_HEADER = ("会员编号", "时间", "原等级", "新等级")
CONTACT_HEADER = (
    "客户名称", "描述", "添加人", "添加人账号", "添加人所属部门", "添加时间", "来源", "手机", "企业", "邮箱", "地址",
    "职务", "电话", "标签组1(会员等级)", "标签组2(来源)", "标签组3(社群)",
)  # fmt: skip
_MEMBER_COLUMNS = {
    "member_id": "会员编号",
    "phone": "手机号",
    "joined_at": "注册时间",
    "tier": "会员等级",
    "points": "积分余额",
    "province": "省份",
    "city": "城市",
    "has_consent": "同意营销",
}
_POINT_COLUMNS = {
    "points_entry_id": "流水号",
    "member_id": "会员编号",
    "occurred_at": "时间",
    "points_reason": "变动类型",
    "points": "积分变动",
    "order_id": "关联订单号",
}
_TIER_COLUMNS = {"member_id": "会员编号", "moved_at": "时间", "tier_before": "原等级", "tier_after": "新等级"}
_POINT_WORDS = dict(zip(POINT_REASON_NAMES, ("adjust", "earn", "redeem", "reverse", "expire"), strict=True))
_CHANGES = ("balance", "tier", "consent")
"""What may change about a member."""
_PHONE_KNOWN = 0.7
"""Part of the contacts whose phone number the staff has noted."""
CONTACT_ACCOUNTS = ("xiaohe", "suisui", "mumu", "tiantian", "aqing", "xiaoman")


class MemberList:
    """Writes members as they stand at the moment of the export, and their points and tiers day by day.

    A further list names those alone who are new or changed since the last one.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._people = world.people
        self._has_union = world.options.has_buyer_ids
        self._view = view
        self._numbering = Numbering(world)
        self._own_site = next((s.number for s in STORES if s.platform is Platform.OWN_SITE), NEVER)
        self._balance = np.zeros(0, np.int64)
        self._listed = np.full((len(_CHANGES), 0), NEVER)
        self._store = crm_store(world.stores)
        points = Meaning("points", _POINT_COLUMNS, self._store, {"points_reason": _POINT_WORDS})
        self._points = own_list(folder, view, "points", "积分流水", POINT_HEADER, points)
        self._tiers = own_list(
            folder, view, "tier_changes", "等级变动", TIER_HEADER, Meaning("tier_moves", _TIER_COLUMNS, self._store)
        )

    def write(self, records: DayRecords) -> None:
        """Write the points and the tiers of a day."""
        points, moves = records[POINTS], records[TIER_MOVES]
        points = points.where(self._view.seen(points["at"]))
        n_more = len(self._people) - self._balance.size
        self._balance = np.concatenate([self._balance, np.zeros(max(n_more, 0), np.int64)])
        np.add.at(self._balance, points["person"], points["points"])
        self._points.add(records.day, self._point_columns(points))
        self._tiers.add(records.day, self._tier_columns(moves.where(self._view.seen(moves["at"]))))

    def close(self) -> list[WrittenFile]:
        """Write the members and finish all files."""
        return [*self._members(), *closed((self._points, self._tiers))]

    def _members(self) -> list[WrittenFile]:
        people = self._people
        balance = np.zeros(len(people), np.int64)
        balance[: self._balance.size] = self._balance
        who = self._changed(balance)
        if not who.size:
            return []
        born = [self._view.date_of(day) if day != NO_DAY else None for day in people.baby_born_day[who].tolist()]
        columns: dict[str, Cells] = {
            "会员编号": member_numbers(people, who),
            "姓名": people.names(who),
            "手机号": people.phones(who),
            "注册时间": moments(people.is_registered_at[who]),
            "会员等级": chosen(TIER_NAMES, people.tier[who]),
            "积分余额": counts(balance[who]),
            "省份": chosen([place.province for place in PLACES], people.place[who]),
            "城市": chosen([place.city for place in PLACES], people.place[who]),
            "宝宝生日": [f"{day:%Y-%m-%d}" if day else "" for day in born],
            "同意营销": where(people.has_consent[who], "是", "否"),
        }
        header: Sequence[str] = MEMBER_HEADER
        meant = _MEMBER_COLUMNS
        if self._has_union:
            columns["UnionID"] = chosen(union_ids(who), np.arange(who.size), people.has_consent[who])
            header, meant = (*header, "UnionID"), {**meant, "union_id": "UnionID"}
        meaning = Meaning("members", meant, self._store)
        return [whole_list(self._folder, "members", "会员资料", header, columns, meaning)]

    def _changed(self, balance: Column) -> Column:
        """Return the members of whom something differs from the last list, and take down what is listed now."""
        people = self._people
        is_member = (people.member_no != NEVER) & self._view.seen(people.is_registered_at)
        now = np.where(is_member, np.stack([balance, people.tier, people.has_consent]), NEVER)
        before = np.full(now.shape, NEVER)
        before[:, : self._listed.shape[1]] = self._listed
        self._listed = now
        return np.flatnonzero((now != before).any(axis=0))

    def _point_columns(self, points: Rows) -> dict[str, Cells]:
        stores = np.full(len(points), self._own_site)
        return {
            "流水号": counts(10_000_000 + points["entry"]),
            "会员编号": member_numbers(self._people, points["person"]),
            "时间": moments(points["at"]),
            "变动类型": chosen(POINT_REASON_NAMES, points["reason"]),
            "积分变动": counts(points["points"]),
            "关联订单号": self._numbering.orders(points["order"], stores),
        }

    def _tier_columns(self, moves: Rows) -> dict[str, Cells]:
        return {
            "会员编号": member_numbers(self._people, moves["person"]),
            "时间": moments(moves["at"]),
            "原等级": chosen(TIER_NAMES, moves["before"]),
            "新等级": chosen(TIER_NAMES, moves["after"]),
        }


class WecomCustomers:
    """Writes WeCom contacts as the back office of WeCom exports them: one row per contact and employee.

    A further list names those alone who joined or changed their group since the last one.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._people = world.people
        self._draws = world.draws
        self._view = view
        self._contacts: list[Rows] = []
        self._n_listed = 0

    def write(self, records: DayRecords) -> None:
        """Keep who joined, or changed his group, on a day."""
        contacts = records[CONTACTS]
        if len(contacts):
            self._contacts.append(contacts.where(self._view.seen(contacts["at"])).held())

    def close(self) -> list[WrittenFile]:
        """Write the contacts: each as he stands, added when he first came."""
        contacts = Rows.together(CONTACTS, self._contacts)
        is_new = np.arange(len(contacts)) >= self._n_listed
        self._n_listed = len(contacts)
        contacts = contacts.where(np.isin(contacts["contact"], contacts["contact"][is_new]))
        if not len(contacts):
            return []
        _, first = np.unique(contacts["contact"], return_index=True)
        _, last = np.unique(contacts["contact"][::-1], return_index=True)
        return [self._file(contacts.where(first), contacts["group"][::-1][last])]

    def _file(self, contacts: Rows, group: Column) -> WrittenFile:
        columns = self._columns(contacts, group)
        path = self._folder / f"客户列表_{self._view.exported_at():%Y%m%d}.xlsx"
        title = ("客户列表导出",)
        file = SheetFile(path, CONTACT_HEADER, made_at=self._view.exported_at(50), above=(title,))
        file.add(columns)
        file.close()
        return WrittenFile(path, "", "", "wecom_customers", file.n_rows)

    def _columns(self, contacts: Rows, group: Column) -> dict[str, Cells]:
        who, people = contacts["person"], self._people
        is_known = self._draws.uniform("phone noted", people.key[who]) < _PHONE_KNOWN
        return {
            "客户名称": people.nicknames(who),
            "添加人": chosen(EMPLOYEE_NAMES, contacts["employee"]),
            "添加人账号": chosen(CONTACT_ACCOUNTS, contacts["employee"]),
            "添加人所属部门": "私域运营部",
            "添加时间": moments(contacts["at"]),
            "来源": chosen(("扫描二维码", "扫描二维码", "扫描二维码", "名片分享"), contacts["source"]),
            "手机": chosen(people.phones(who), np.arange(who.size), is_known),
            "标签组1(会员等级)": chosen(TIER_NAMES, people.tier[who]),
            "标签组2(来源)": chosen(SOURCE_NAMES, contacts["source"]),
            "标签组3(社群)": chosen(GROUP_NAMES, group),
        }
