"""Reviews: who writes one, how many stars it gives and what it is about.

What goes wrong with an order shows in its review: a garment that does not fit, a parcel that came late, goods that were
sent back. On top of that every line has a small chance of a bad review, which the lever `QUALITY` turns up.
"""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import FRESH_CATEGORIES, Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.order_lines import line_keys, lines_of_refunds, positions
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, REVIEWS, OrderKind
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.service.topics import (
    ANGER,
    BAD_TOPICS,
    FRESH_BAD_TOPICS,
    FRESH_GOOD_TOPICS,
    GOOD_TOPICS,
    TOPIC_OF_REASON,
    Topic,
)
from zhanggui.simulate.service.words import N_TEXTS, NO_WORDS

BAD_SHARE = 0.045
"""Chance of a bad review of a line with which nothing special is wrong; `Lever.QUALITY` multiplies it."""
WRITES = 0.34
"""Part of the lines received that are reviewed within days."""
SILENT_SHARE = 0.22
"""Part of the good reviews that have no words."""
LATE_ANGER = 0.28
"""Chance that an order which took longer than `LATE_DAYS` gets a bad review for it."""
LATE_DAYS = 6.0
MISFIT_ANGER = 0.14
"""Chance that a garment with a wrong size chart gets a bad review for it, sent back or kept; more in large sizes."""
LARGE = 3
"""Sizes from this one on suffer most from wrong charts."""
_DAY = 86_400
_STARS_BAD = (0.36, 0.26, 0.38)
_FIVE_STARS = 0.87
_TRADES = list(Trade)


def quality_factor(bad_share: float, other_bad: float = 0.0) -> float:
    """Return how far to turn `Lever.QUALITY` so that a product gets this share of bad reviews.

    Parameters
    ----------
    bad_share : float
        Wanted share of reviews of three stars and less.
    other_bad : float
        Share that refunds and late parcels bring anyway.

    Examples
    --------
    >>> round(quality_factor(0.4, 0.1), 2)
    7.41
    """
    return (1 - (1 - bad_share) / (1 - other_bad)) / BAD_SHARE


class Reviews:
    """Draws reviews when orders are made and hands them out on their day.

    Parameters
    ----------
    draws, shelf
        The world's.
    """

    def __init__(self, draws: Draws, shelf: Shelf) -> None:
        self._draws = draws
        self._shelf = shelf
        fresh = [place for place, family in enumerate(shelf.families) if family.category in FRESH_CATEGORIES]
        self._is_fresh = np.isin(shelf.category, fresh)
        self._fixed = np.zeros(shelf.products, np.bool_)
        self._coming = Diary("order", "line", "store", "sku", "at", "stars", "topic", "text")
        self._n = 0

    def fix_size_charts(self, products: tuple[int, ...]) -> None:
        """Correct the size charts of products from now on."""
        self._fixed[list(products)] = True

    def expect(self, records: DayRecords, levers: Levers) -> None:
        """Draw the reviews that the day's orders will get."""
        orders = records[ORDERS]
        orders = orders.where((orders["received_at"] != NEVER) & (orders["kind"] != OrderKind.TEST))
        lines = records[LINES]
        lines = lines.where(~lines["is_gift"] & np.isin(lines["order"], orders["order"]))
        if len(lines) == 0:
            return
        lines = lines.where(np.lexsort((lines["line"], lines["order"])))
        order_at = positions(orders["order"], lines["order"])
        writes = self._draws.uniform("review", orders["order_key"][order_at], lines["line"]) < WRITES
        lines, order_at = lines.where(writes), order_at[writes]
        keys = self._draws.key("review line", orders["order_key"][order_at], lines["line"])
        cause = self._causes(records, orders, lines, order_at, keys)
        sku = lines["sku"]
        turned = levers.amounts(
            Lever.QUALITY, sku.size, sku=sku, product=self._shelf.product[sku], store=lines["store"]
        )
        is_bad = cause != Topic.GENERAL
        plain = ~is_bad & (self._draws.uniform("bad review", keys) < np.minimum(BAD_SHARE * turned, 0.95))
        is_brushing = (orders["kind"] == OrderKind.BRUSHING)[order_at]
        is_bad = (is_bad | plain) & ~is_brushing
        topic = np.where(is_bad & (cause != Topic.GENERAL), cause, self._usual_topics(sku, keys, is_bad))
        first_day = records.midnight // _DAY - records.day
        self._file(lines, orders["received_at"][order_at], keys, is_bad, topic, first_day)

    def due(self, records: DayRecords) -> Rows:
        """Return the reviews written on a day in order of time, numbered on."""
        notes = self._coming.take(records.day)
        order = np.lexsort((notes["line"], notes["order"], notes["at"]))
        numbers = self._n + np.arange(order.size)
        self._n += order.size
        return Rows(REVIEWS, review=numbers, **{name: values[order] for name, values in notes.items()})

    def _causes(self, records: DayRecords, orders: Rows, lines: Rows, order_at: Ints, keys: Column) -> Ints:
        """Return what each line's buyer is angry about, `GENERAL` where about nothing special."""
        cause = np.full(len(lines), int(Topic.GENERAL), np.int64)
        took = (orders["received_at"] - np.maximum(orders["paid_at"], 0))[order_at]
        # Pre-sale goods are waited for; only the days after the final payment count, which `paid_at` is.
        is_late = (took > LATE_DAYS * _DAY) & (self._draws.uniform("late anger", keys) < LATE_ANGER)
        cause[is_late] = Topic.LOGISTICS
        product, size = self._shelf.product[lines["sku"]], self._shelf.size[lines["sku"]]
        misfit = self._shelf.size_fault[product] & ~self._fixed[product] & (size >= 0)
        anger = MISFIT_ANGER * np.where(size >= LARGE, 1.5, 0.8)
        is_tight = misfit & (self._draws.uniform("misfit anger", keys) < anger)
        by_shift = np.where(self._shelf.size_shift[product] < 0, int(Topic.SIZE_SMALL), int(Topic.SIZE_LARGE))
        cause[is_tight] = by_shift[is_tight]
        refunds = records[REFUNDS]
        refunds = refunds.where(np.isin(refunds["order"], lines["order"]) & (refunds["reason"] >= 0))
        is_known = (refunds["line"] == NEVER) | np.isin(line_keys(refunds), line_keys(lines))
        refunds = refunds.where(is_known)
        refund_at, line_at, _ = lines_of_refunds(refunds, lines)
        reason = refunds["reason"][refund_at]
        is_angry = self._draws.uniform("refund anger", keys[line_at]) < ANGER[reason]
        cause[line_at[is_angry]] = TOPIC_OF_REASON[reason[is_angry]]
        spoilt = (cause == Topic.QUALITY) & self._is_fresh[lines["sku"]]
        cause[spoilt] = Topic.FRESHNESS
        return cause

    def _usual_topics(self, sku: Ints, keys: Column, is_bad: Column) -> Ints:
        topics = np.zeros(sku.size, np.int64)
        for trade, name in enumerate(_TRADES):
            for is_fresh in (False, True):
                for bad in (False, True):
                    own = (self._shelf.trade[sku] == trade) & (self._is_fresh[sku] == is_fresh) & (is_bad == bad)
                    if is_fresh:
                        weights = FRESH_BAD_TOPICS if bad else FRESH_GOOD_TOPICS
                    else:
                        weights = BAD_TOPICS[name] if bad else GOOD_TOPICS[name]
                    topics[own] = self._draws.pick(weights, "review topic", keys[own])
        return topics

    def _file(self, lines: Rows, received_at: Ints, keys: Column, is_bad: Column, topic: Ints, first_day: int) -> None:
        good = np.where(self._draws.uniform("five stars", keys) < _FIVE_STARS, 5, 4)
        stars = np.where(is_bad, 1 + self._draws.pick(_STARS_BAD, "bad stars", keys), good)
        text = 1 + (self._draws.uniform("review text", keys) * (N_TEXTS - 1)).astype(np.int64)
        is_silent = ~is_bad & (self._draws.uniform("silent review", keys) < SILENT_SHARE)
        wait: Floats = 0.2 + 3.0 * self._draws.exponential("review wait", keys)
        at = received_at + (np.where(is_silent, 15.0, np.minimum(wait, 30.0)) * _DAY).astype(np.int64)
        self._coming.write(
            at // _DAY - first_day,
            order=lines["order"],
            line=lines["line"],
            store=lines["store"],
            sku=lines["sku"],
            at=at,
            stars=np.where(is_silent, 5, stars),
            topic=np.where(is_silent, int(Topic.GENERAL), topic),
            text=np.where(is_silent, NO_WORDS, text),
        )
