"""Orders that are none: brushing (刷单) in some weeks of some stores, and test orders on the own site.

They are in the world because they are in real order files, where they have to be found and set apart.
"""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.people import Newcomers, People, newcomers
from zhanggui.simulate.records import OrderKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.sale.intents import INTENTS, STAFF
from zhanggui.simulate.stores import CHANNEL_OF, Store

_PEOPLE_PER_STORE = 12
_BRUSHING_PLATFORMS = (Platform.TAOBAO, Platform.PINDUODUO)
_WEEK_SHARE = 0.3
_BRUSHED_SHARE = 0.03
"""Brushing orders of a day in a week with brushing, as a part of the store's usual orders."""
_TEST_SHARE = 0.2


class Staff:
    """The shop's own people, as far as they order.

    Parameters
    ----------
    draws, people, stores
        Those of the world; the staff is added to the people.
    orders_a_day : dict
        Usual paid orders of each store, by number.
    """

    def __init__(self, draws: Draws, people: People, stores: tuple[Store, ...], orders_a_day: dict[int, float]) -> None:
        self._draws = draws
        self._orders_a_day = orders_a_day
        self._stores = [s for s in stores if s.platform in (*_BRUSHING_PLATFORMS, Platform.OWN_SITE)]
        self._who: dict[int, Ints] = {}
        for store in self._stores:
            keys = draws.key("staff", store.number, np.arange(_PEOPLE_PER_STORE))
            at = np.full(keys.size, store.number)
            who = Newcomers(keys, at, np.full(keys.size, -30), np.full(keys.size, NEVER))
            columns = newcomers(draws, who, stores)
            columns |= {"is_staff": np.ones(keys.size, np.bool_), "has_consent": np.zeros(keys.size, np.bool_)}
            self._who[store.number] = people.add(**columns)

    def intents(self, day: int) -> Rows:
        """Return the staff's orders of a day."""
        found = [Rows.none(INTENTS)]
        for store in self._stores:
            if store.platform is Platform.OWN_SITE:
                kind, n = OrderKind.TEST, int(self._draws.uniform("test", day, store.number)[0] < _TEST_SHARE)
            else:
                kind, n = OrderKind.BRUSHING, self._brushed(day, store)
            n = min(n, _PEOPLE_PER_STORE)
            if n == 0:
                continue
            shift = int(self._draws.uniform("staff turn", day, store.number)[0] * _PEOPLE_PER_STORE)
            who = self._who[store.number][(shift + np.arange(n)) % _PEOPLE_PER_STORE]
            found.append(
                Rows(
                    INTENTS,
                    order_key=self._draws.key("staff order", day, who),
                    person=who,
                    store=store.number,
                    trade=list(Trade).index(store.trades[0]),
                    kind=int(kind),
                    origin=STAFF,
                    channel=CHANNEL_OF["search"],
                )
            )
        return Rows.together(INTENTS, found)

    def _brushed(self, day: int, store: Store) -> int:
        if self._draws.uniform("brushing week", store.number, day // 7)[0] >= _WEEK_SHARE:
            return 0
        mean = _BRUSHED_SHARE * self._orders_a_day[store.number]
        return int(self._draws.poisson(mean, "brushing", day, store.number)[0])
