"""What platforms declare of a day's traffic (生意参谋): their own counts of people, which do not add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.records import (
    DECLARED_HOURS,
    DECLARED_PRODUCTS,
    DECLARED_SOURCES,
    DECLARED_WORDS,
    DayRecords,
)
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.scene.payments import Paid
from zhanggui.simulate.scene.words import Words
from zhanggui.simulate.seasons import hours
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf

ORDERS_PER_OLD_VISIT = 0.12
"""Chance that a customer who looks in orders on that visit."""
_DAY = 86_400
_MORE_PRODUCTS = 1.7
_SEARCH_BY_WORD = 0.75
"""Part of the search visitors whose word is in the report; the rest typed what nobody else did."""
_VIEWS, _CARTS, _FAVOURITES = 3.2, 0.085, 0.045


class Declared:
    """The back offices of all platforms but the own site.

    Parameters
    ----------
    draws, stores, shelf
        Those of the world.
    start : date
        First day of the world.
    words : Words
        What is searched for.
    """

    def __init__(self, draws: Draws, stores: tuple[Store, ...], shelf: Shelf, start: date, words: Words) -> None:
        self._draws = draws
        self._stores = tuple(store for store in stores if store.platform is not Platform.OWN_SITE)
        self._shelf = shelf
        self._start = start
        self._words = words

    def report(self, records: DayRecords, visits: Rows, paid: Paid) -> None:
        """Add what is declared of a day to its records."""
        appeal = self._shelf.appeal(records.day, self._start + timedelta(records.day))
        for store in self._stores:
            orders = {name: values[paid.orders["store"] == store.number] for name, values in paid.orders.items()}
            lines = {name: values[paid.lines["store"] == store.number] for name, values in paid.lines.items()}
            refunds = {name: values[paid.refunds["store"] == store.number] for name, values in paid.refunds.items()}
            sources = self._sources(records.day, store, visits, orders)
            records.put(sources)
            records.put(self._hours(records, store, sources, orders))
            records.put(self._products(records.day, store, appeal, sources, lines, refunds))
            records.put(self._searches(records.day, store, sources, orders, lines))

    def _sources(self, day: int, store: Store, visits: Rows, orders: dict[str, Ints]) -> Rows:
        """Return visitors and buyers by channel."""
        n = len(CHANNELS)
        own = visits["store"] == store.number
        new = np.bincount(visits["channel"][own], visits["visitors"][own], n).astype(np.int64)
        buyers = _distinct(orders["channel"], orders["person"], n)
        paid = np.bincount(orders["channel"], orders["due_minor"], n).astype(np.int64)
        channels = np.arange(n)
        old = self._draws.poisson(buyers / ORDERS_PER_OLD_VISIT * 0.5, "old visitors", day, store.number, channels)
        visitors = new + np.maximum(old, buyers)
        shown = np.flatnonzero(visitors > 0)
        key = (day, store.number, channels[shown])
        return Rows(
            DECLARED_SOURCES,
            day=day,
            store=store.number,
            channel=shown,
            buyers=buyers[shown],
            paid_minor=paid[shown],
            **self._crowd("source", visitors[shown], buyers[shown], *key),
        )

    def _hours(self, records: DayRecords, store: Store, sources: Rows, orders: dict[str, Ints]) -> Rows:
        hour = (orders["paid_at"] - records.midnight) // 3600
        buyers = _distinct(hour, orders["person"], 24)
        paid = np.bincount(hour, orders["due_minor"], 24).astype(np.int64)
        profile = np.mean([hours(trade) for trade in store.trades], axis=0)
        hour = np.arange(24)
        mean = profile * float(sources["visitors"].sum()) * 0.94
        visitors = self._draws.poisson(mean, "hour visitors", records.day, store.number, hour)
        visitors = np.maximum(visitors, buyers)
        return Rows(
            DECLARED_HOURS,
            day=records.day,
            store=store.number,
            hour=hour,
            buyers=buyers,
            paid_minor=paid,
            **self._crowd("hour", visitors, buyers, records.day, store.number, hour),
        )

    def _products(
        self,
        day: int,
        store: Store,
        appeal: Floats,
        sources: Rows,
        lines: dict[str, Ints],
        refunds: dict[str, Ints],
    ) -> Rows:
        shelf, draws = self._shelf, self._draws
        n = shelf.products
        skus = shelf.sold_in(store.number)
        trades = [list(Trade).index(trade) for trade in store.trades]
        looked = np.zeros(n)
        for trade in trades:
            those = skus[shelf.trade[skus] == trade]
            total = appeal[those].sum()
            if total > 0:
                looked += np.bincount(shelf.product[those], appeal[those] / total / len(trades), n)
        buyers = _distinct(lines["product"], lines["person"], n)
        everybody = float(sources["visitors"].sum())
        by_search = float(sources["visitors"][sources["channel"] == CHANNEL_OF["search"]].sum())
        product = np.arange(n)
        mean = looked * everybody * _MORE_PRODUCTS
        visitors = draws.poisson(mean, "product visitors", day, store.number, product) + buyers
        of_refund = refunds["product"] >= 0
        refunded = np.bincount(refunds["product"][of_refund], refunds["refunded_minor"][of_refund], n)
        shown = np.flatnonzero((visitors > 0) | (refunded > 0))
        share = by_search / max(everybody, 1.0)
        crowd = self._crowd("product", visitors[shown], buyers[shown], day, store.number, shown)
        units = np.bincount(lines["product"], lines["units"], n).astype(np.int64)[shown]
        return Rows(
            DECLARED_PRODUCTS,
            day=day,
            store=store.number,
            product=shown,
            buyers=buyers[shown],
            units=units,
            paid_minor=np.bincount(lines["product"], lines["paid_minor"], n).astype(np.int64)[shown],
            refunded_minor=refunded.astype(np.int64)[shown],
            search_visitors=draws.binomial(visitors[shown], share, "by search", day, store.number, shown),
            **crowd,
        )

    def _searches(self, day: int, store: Store, sources: Rows, orders: dict[str, Ints], lines: dict[str, Ints]) -> Rows:
        search = CHANNEL_OF["search"]
        words, draws = self._words, self._draws
        typed = orders["channel"] == search
        order, person, due = (orders[name][typed] for name in ("order", "person", "due_minor"))
        places = np.array([list(Trade).index(trade) for trade in store.trades])
        trade = places[draws.pick(np.ones(places.size), "word trade", order)] if order.size else order
        word = words.typed(draws, trade, "word of order", order)
        named = draws.uniform("word is named", order) < _SEARCH_BY_WORD
        n = len(words.texts)
        buyers = _distinct(word[named], person[named], n)
        paid = np.bincount(word[named], due[named], n).astype(np.int64)
        # Units follow their order: the word is looked up by its number.
        sequence = np.argsort(order, kind="stable")
        place = np.minimum(np.searchsorted(order[sequence], lines["order"]), max(order.size - 1, 0))
        hit = np.zeros(lines["order"].size, np.bool_)
        if order.size:
            hit = (order[sequence][place] == lines["order"]) & named[sequence][place]
        units = np.bincount(word[sequence][place[hit]], lines["units"][hit], n).astype(np.int64)
        came = float(sources["visitors"][sources["channel"] == search].sum())
        own = np.concatenate([words.of_trade[number] for number in places.tolist()])
        weight = np.concatenate([words.weights[: words.of_trade[number].size] for number in places.tolist()])
        mean = weight / places.size * came * _SEARCH_BY_WORD
        visitors = draws.poisson(mean, "word visitors", day, store.number, own) + buyers[own]
        shown = visitors > 0
        own, visitors = own[shown], visitors[shown]
        crowd = self._crowd("word", visitors, buyers[own], day, store.number, own)
        del crowd["views"]
        return Rows(
            DECLARED_WORDS,
            day=day,
            store=store.number,
            word=own,
            buyers=buyers[own],
            units=units[own],
            paid_minor=paid[own],
            **crowd,
        )

    def _crowd(self, what: str, visitors: Ints, buyers: Ints, *key: Ints | int) -> dict[str, Ints]:
        """Return visitors with what they look at and put aside; everybody views at least one page."""
        draws = self._draws
        return {
            "visitors": visitors,
            "views": visitors + draws.poisson((_VIEWS - 1) * visitors.astype(np.float64), f"{what} views", *key),
            "carts": draws.binomial(visitors, _CARTS, f"{what} carts", *key) + (buyers * 2) // 3,
            "favourites": draws.binomial(visitors, _FAVOURITES, f"{what} favourites", *key),
        }


def _distinct(group: Ints, person: Ints, n_groups: int) -> Ints:
    """Return how many different people each group has."""
    pairs = np.unique(np.stack([group, person], axis=1), axis=0) if group.size else np.empty((0, 2), np.int64)
    return np.bincount(pairs[:, 0], minlength=n_groups).astype(np.int64)
