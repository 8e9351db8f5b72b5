"""The private domain: buyers who add the shop on WeCom and join its groups.

Who joins gets to know the shop's people: he buys `MORE_OFTEN` times as often from then on and is less likely to leave.
Those of a higher tier sit in the VIP group, all others in the group for offers; a move of tier moves them.
"""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.people import People, Tier
from zhanggui.simulate.records import CONTACTS, ORDERS, TIER_MOVES, OrderKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.stores import STORES, Store

GROUP_NAMES: tuple[str, ...] = ("福利群", "VIP群")
"""Groups by number."""
SOURCE_NAMES: tuple[str, ...] = ("包裹卡", "客服会话", "直播间", "好友裂变")
"""Where contacts come from, by number."""
EMPLOYEE_NAMES: tuple[str, ...] = ("小禾", "穗穗", "木木", "田田", "阿青", "小满")
"""The shop's people who keep the contacts; made-up names."""
MORE_OFTEN = 2.3
"""Factor on the purchase rate of whoever joins."""
LEAVES_LESS = 0.42
"""Factor on his chance to leave for good after an order."""
JOINS = 0.03
"""Chance that a buyer of middle means joins after an order."""
_JOINS_MORE = {Platform.OWN_SITE: 2.4}
_BABY_JOINS_MORE = 1.8
_SOURCE_WEIGHTS = (0.55, 0.25, 0.08, 0.12)
_DAY, _HOUR = 86_400, 3_600


class Contacts:
    """Draws who joins.

    Parameters
    ----------
    draws, stores
        The world's.
    """

    def __init__(self, draws: Draws, stores: tuple[Store, ...]) -> None:
        self._draws = draws
        self._appeal = np.zeros(len(STORES))
        for store in stores:
            baby = _BABY_JOINS_MORE if Trade.BABY in store.trades else 1.0
            self._appeal[store.number] = JOINS * _JOINS_MORE.get(store.platform, 1.0) * baby
        self._coming = Diary("person", "at")
        self._number = np.full(0, NEVER)
        self._n = 0

    def open(self, records: DayRecords, people: People) -> None:
        """Let those join who did so before the world began; their rows carry moments of that time."""
        person = np.flatnonzero((people.n_orders > 0) & people.has_consent & ~people.is_staff)
        chance = self._chances(person, people.home_store[person].astype(np.int64), people)
        keys = people.key[person]
        joined = self._draws.uniform("joined before", keys) < -np.expm1(people.n_orders[person] * np.log1p(-chance))
        person, keys = person[joined], keys[joined]
        known = -people.born_day[person].astype(np.int64)
        ago = (1 + self._draws.uniform("joined ago", keys) * known * _DAY).astype(np.int64)
        self._join(records, people, person, records.midnight - ago)

    def expect(self, records: DayRecords, people: People) -> None:
        """Draw who of the day's buyers will join once his parcel is there."""
        orders = records[ORDERS]
        orders = orders.where((orders["kind"] == OrderKind.ORDINARY) & (orders["received_at"] != NEVER))
        person = orders["person"]
        is_open = people.has_consent[person] & (people.wecom_at[person] == NEVER)
        chance = self._chances(person, orders["store"], people)
        joins = is_open & (self._draws.uniform("joins", orders["order_key"]) < chance)
        orders = orders.where(joins)
        wait = (self._draws.exponential("joins after", orders["order_key"]) * 18 * _HOUR).astype(np.int64)
        at = orders["received_at"] + wait
        first_day = records.midnight // _DAY - records.day
        self._coming.write(at // _DAY - first_day, person=orders["person"], at=at)

    def due(self, records: DayRecords, people: People) -> None:
        """Put down who joins or changes group today."""
        notes = self._coming.take(records.day)
        person, first = np.unique(notes["person"], return_index=True)
        is_new = people.wecom_at[person] == NEVER
        moved = records[TIER_MOVES]
        is_other = (moved["before"] >= Tier.GOLD) != (moved["after"] >= Tier.GOLD)
        moved = moved.where(is_other & (people.wecom_at[moved["person"]] != NEVER))
        self._put_down(records, people, moved["person"], moved["at"])
        self._join(records, people, person[is_new], notes["at"][first[is_new]])

    def _chances(self, person: Ints, store: Ints, people: People) -> Floats:
        # Those who are worth more to the shop are also those who care to join.
        found: Floats = self._appeal[store] * np.clip(people.value[person], 0.3, 3.0)
        return np.minimum(found, 0.9)

    def _join(self, records: DayRecords, people: People, person: Ints, at: Ints) -> None:
        people.wecom_at[person] = at
        people.rate[person] *= MORE_OFTEN
        people.drop[person] *= LEAVES_LESS
        self._put_down(records, people, person, at)

    def _put_down(self, records: DayRecords, people: People, person: Ints, at: Ints) -> None:
        keys = people.key[person]
        records.put(
            Rows(
                CONTACTS,
                contact=self._numbers(person, len(people)),
                person=person,
                at=at,
                employee=self._draws.pick(np.ones(len(EMPLOYEE_NAMES)), "employee", keys),
                group=(people.tier[person] >= Tier.GOLD).astype(np.int64),
                source=self._draws.pick(_SOURCE_WEIGHTS, "contact source", keys),
            )
        )

    def _numbers(self, people: Ints, n_people: int) -> Ints:
        if n_people > self._number.size:
            self._number = np.concatenate([self._number, np.full(n_people * 3 // 2 - self._number.size, NEVER)])
        new = people[self._number[people] == NEVER]
        self._number[new] = self._n + np.arange(new.size)
        self._n += new.size
        return self._number[people]
