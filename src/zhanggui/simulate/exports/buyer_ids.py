"""Who bought, as platforms' open APIs and the company's own customer system tell it; written only where it is asked.

The order reports of the back offices mask every name. A shop that takes its orders through the open APIs gets an id
with each that stays the same for a buyer on a platform, and may tie it to a member, and to a WeCom contact by the union
id, where the person agreed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.exports.cells import chosen, moments
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.ids import Ids
from zhanggui.simulate.exports.labels import scattered, union_ids
from zhanggui.simulate.exports.members import CONTACT_ACCOUNTS, WecomCustomers
from zhanggui.simulate.exports.own_lists import Meaning, whole_list
from zhanggui.simulate.exports.sales import created_on_the_day
from zhanggui.simulate.exports.writing import View, Waiting, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import ORDERS
from zhanggui.simulate.rows import Column, Rows, Table
from zhanggui.simulate.service.contacts import GROUP_NAMES, SOURCE_NAMES
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ORDER_HEADER = ("订单编号", "下单时间", "买家开放ID")
BINDING_HEADER = ("会员编号", "买家开放ID", "UnionID", "同意营销")
CONTACT_HEADER = ("外部联系人ID", "UnionID", "添加人账号", "添加时间", "来源", "社群")
_PREFIX = {
    Platform.TAOBAO: "AAH",
    Platform.TMALL: "AAH",
    Platform.JD: "xid_",
    Platform.PINDUODUO: "pdd_",
    Platform.DOUYIN: "dy_",
}
"""Taobao and Tmall give one id per buyer; every other platform its own."""
_ORDER_COLUMNS = {"order_id": "订单编号", "created_at": "下单时间", "buyer_id": "买家开放ID"}
_BINDING_COLUMNS = {
    "member_id": "会员编号",
    "buyer_id": "买家开放ID",
    "union_id": "UnionID",
    "has_consent": "同意营销",
}
_CONTACT_MEANING = Meaning(
    "contacts",
    {
        "contact_id": "外部联系人ID",
        "union_id": "UnionID",
        "employee": "添加人账号",
        "added_at": "添加时间",
        "contact_source": "来源",
        "group_name": "社群",
    },
)
_BOUGHT = Table("bought", dict.fromkeys(("order", "store", "person", "at"), np.int64))


def open_ids(platform: Platform, people: Ints) -> list[str]:
    """Return what a platform calls each person to a seller.

    Examples
    --------
    >>> open_ids(Platform.TMALL, np.array([7])) == open_ids(Platform.TAOBAO, np.array([7]))
    True
    """
    prefix = _PREFIX[platform]
    return [f"{prefix}{scattered(person, prefix):016x}" for person in people.tolist()]


class BuyerIds:
    """Writes the buyer of each order, and the members whose ids are tied, by store.

    A further list names orders and members that are new since the last one. Pinduoduo knows an order by its payment
    alone, here as in its reports.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._people = world.people
        self._start = world.start
        self._view = view
        self._stores = [store for store in world.stores if store.platform in _PREFIX]
        self._known_by_payment = [store.number for store in self._stores if store.platform is Platform.PINDUODUO]
        self._unpaid = Waiting(_BOUGHT, "at", view)
        self._orders: list[Rows] = []
        self._bought: dict[int, Column] = {store.number: np.zeros(0, np.int64) for store in self._stores}
        self._tied: dict[int, Column] = {store.number: np.zeros(0, np.int64) for store in self._stores}

    def write(self, records: DayRecords) -> None:
        """Note who ordered on a day."""
        created = created_on_the_day(records)
        created = created.where(~np.isin(created["store"], self._known_by_payment))
        # An order of an earlier day comes again whenever something happens to it.
        paid = records[ORDERS]
        paid = paid.where((paid["paid_at"] >= records.midnight) & np.isin(paid["store"], self._known_by_payment))
        self._unpaid.put(_bought(paid, "paid_at"))
        self._orders += [_bought(created, "created_at").held(), self._unpaid.due(records.day).held()]

    def close(self) -> list[WrittenFile]:
        """Write both lists of each store."""
        orders = Rows.together(_BOUGHT, self._orders)
        self._orders = []
        files = []
        for store in self._stores:
            own = orders.where(orders["store"] == store.number)
            self._bought[store.number] = np.union1d(self._bought[store.number], own["person"])
            files += [*self._of_orders(store, own), *self._of_members(store)]
        return files

    def _of_orders(self, store: Store, orders: Rows) -> list[WrittenFile]:
        if not len(orders):
            return []
        columns: dict[str, Cells] = {
            "订单编号": Ids(store.platform, self._start).orders(orders["order"]),
            "下单时间": moments(orders["at"]),
            "买家开放ID": open_ids(store.platform, orders["person"]),
        }
        # With its time in the name: what is exported later than the orders says what they do not.
        name = f"{store.name}_订单买家_{self._view.exported_at(55):%Y%m%d%H%M}"
        return [
            whole_list(self._folder, "order_buyers", name, ORDER_HEADER, columns, _of(store, "orders", _ORDER_COLUMNS))
        ]

    def _of_members(self, store: Store) -> list[WrittenFile]:
        """Write who agreed that the store's id of him is tied to the company's."""
        bought = self._bought[store.number]
        agreed = bought[self._people.has_consent[bought]]
        who = np.setdiff1d(agreed, self._tied[store.number])
        if not who.size:
            return []
        self._tied[store.number] = agreed
        columns: dict[str, Cells] = {
            "会员编号": [f"HY{person:08d}" for person in who.tolist()],
            "买家开放ID": open_ids(store.platform, who),
            "UnionID": union_ids(who),
            "同意营销": "是",
        }
        meaning = _of(store, "members", _BINDING_COLUMNS)
        name = f"{store.name}_会员绑定_{self._view.exported_at(55):%Y%m%d%H%M}"
        return [whole_list(self._folder, "member_ids", name, BINDING_HEADER, columns, meaning)]


def _bought(orders: Rows, at: str) -> Rows:
    return Rows(_BOUGHT, order=orders["order"], store=orders["store"], person=orders["person"], at=orders[at])


def _of(store: Store, table: str, columns: dict[str, str]) -> Meaning:
    return Meaning(table, columns, {"platform": store.platform, "shop": store.name})


class ExternalContacts(WecomCustomers):
    """Writes WeCom contacts as the API of WeCom lists them, with union ids, instead of the sheet of the back office."""

    def _file(self, contacts: Rows, group: Column) -> WrittenFile:
        who = contacts["person"]
        columns: dict[str, Cells] = {
            "外部联系人ID": [f"wm{scattered(person, 'wecom'):016x}" for person in who.tolist()],
            "UnionID": union_ids(who),
            "添加人账号": chosen(CONTACT_ACCOUNTS, contacts["employee"]),
            "添加时间": moments(contacts["at"]),
            "来源": chosen(SOURCE_NAMES, contacts["source"]),
            "社群": chosen(GROUP_NAMES, group),
        }
        name = f"企微外部联系人_{self._view.exported_at(50):%Y%m%d%H%M}"
        return whole_list(self._folder, "wecom_contacts", name, CONTACT_HEADER, columns, _CONTACT_MEANING)
