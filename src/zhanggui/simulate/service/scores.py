"""The scores that platforms give a store: goods, service and delivery, out of five."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.records import ORDERS, REVIEWS, STORE_SCORES, TICKETS
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.stores import STORES, Store

_MEMORY = 1 / 30
"""Platforms look back about a month."""
_START = np.array([[0.06], [0.1], [0.05]])
_SLOW_REPLY_SECONDS = 180
_GOOD_DAYS = 2.5
_DAY = 86_400
_FULL_BP = 50_000
_WEIGHT = np.array([[17_000.0], [9_000.0], [14_000.0]])
"""How many hundredths of a percent a store loses whose every review is bad, every reply slow, every parcel late."""


class Scores:
    """The running scores of all stores.

    Parameters
    ----------
    stores : tuple of Store
        Those of the world.
    """

    def __init__(self, stores: tuple[Store, ...]) -> None:
        self._numbers = np.array([store.number for store in stores])
        self._bad: Floats = np.repeat(_START, len(STORES), axis=1)

    def of_day(self, records: DayRecords) -> Rows:
        """Take in a day's reviews, talks and parcels, and return the scores."""
        reviews, tickets, orders = records[REVIEWS], records[TICKETS], records[ORDERS]
        wait = tickets["first_reply_at"] - tickets["opened_at"]
        is_slow = (tickets["first_reply_at"] == NEVER) | (wait > _SLOW_REPLY_SECONDS)
        came = orders.where((orders["received_at"] != NEVER) & (orders["paid_at"] != NEVER))
        is_late = came["received_at"] - came["paid_at"] > 2 * _GOOD_DAYS * _DAY
        parts = (
            (reviews["store"], reviews["stars"] <= 3),
            (tickets["store"], is_slow),
            (came["store"], is_late),
        )
        for row, (store, is_bad) in enumerate(parts):
            self._learn(row, store, is_bad)
        scores = np.rint(_FULL_BP - _WEIGHT * self._bad).astype(np.int64)[:, self._numbers]
        return Rows(
            STORE_SCORES,
            day=records.day,
            store=self._numbers,
            goods_bp=scores[0],
            service_bp=scores[1],
            delivery_bp=scores[2],
        )

    def _learn(self, row: int, store: Ints, is_bad: Column) -> None:
        seen = np.bincount(store, minlength=len(STORES))
        bad = np.bincount(store, is_bad, minlength=len(STORES)) / np.maximum(seen, 1)
        self._bad[row] += np.where(seen > 0, _MEMORY * (bad - self._bad[row]), 0.0)
