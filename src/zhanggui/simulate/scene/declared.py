"""What platforms declare of a day's traffic (生意参谋): their own counts of people, which do not add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.records import DECLARED_HOURS, DECLARED_PRODUCTS, DECLARED_SOURCES, DECLARED_WORDS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.scene.payments import Paid
from zhanggui.simulate.scene.words import Words
from zhanggui.simulate.seasons import hours
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, STORES, Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf

ORDERS_PER_OLD_VISIT = 0.12
"""Chance that a customer who looks in orders on that visit."""
_DAY = 86_400
_MORE_PRODUCTS = 1.7
_SEARCH_BY_WORD = 0.75
"""Part of the search visitors whose word is in the report; the rest typed what nobody else did."""
_OLD_PART = 0.5
"""Part of the looking customers whom the platform does not count as visitors of the day already."""
_SEEN_IN_HOURS = 0.94
_VIEWS, _CARTS, _FAVOURITES = 3.2, 0.085, 0.045


_N_CHANNELS = len(CHANNELS)
_TRADES = list(Trade)
_SEARCH = CHANNEL_OF["search"]


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
        self._is_told = np.zeros(len(STORES), np.bool_)
        self._is_told[[store.number for store in self._stores]] = True
        self._shelf = shelf
        self._start = start
        self._words = words
        self._hours_of = np.zeros((len(STORES), 24))
        # SKUs of each trade of each store, and the trade's part of the store's visitors.
        self._shown: list[tuple[int, Ints, float]] = []
        self._trades = np.zeros((len(STORES), len(_TRADES)), np.int64)
        self._n_trades = np.ones(len(STORES), np.int64)
        for store in self._stores:
            self._hours_of[store.number] = np.mean([hours(trade) for trade in store.trades], axis=0)
            self._n_trades[store.number] = len(store.trades)
            skus = shelf.sold_in(store.number)
            for place, trade in enumerate(_TRADES.index(trade) for trade in store.trades):
                self._trades[store.number, place] = trade
                self._shown.append((store.number, skus[shelf.trade[skus] == trade], 1 / len(store.trades)))

    def report(self, records: DayRecords, visits: Rows, paid: Paid) -> None:
        """Add what is declared of a day to its records."""
        if not self._stores:
            return
        orders, lines, refunds = (self._told(of) for of in (paid.orders, paid.lines, paid.refunds))
        sources = self._sources(records.day, visits.where(self._is_told[visits["store"]]), orders)
        everybody = np.bincount(sources["store"], sources["visitors"], len(STORES))
        searching = sources.where(sources["channel"] == _SEARCH)
        by_search = np.bincount(searching["store"], searching["visitors"], len(STORES))
        records.put(sources)
        records.put(self._hours(records, everybody, orders))
        records.put(self._products(records.day, everybody, by_search, lines, refunds))
        records.put(self._searches(records.day, by_search, orders, lines))

    def _told(self, columns: dict[str, Ints]) -> dict[str, Ints]:
        own = self._is_told[columns["store"]]
        return {name: values[own] for name, values in columns.items()}

    def _sources(self, day: int, visits: Rows, orders: dict[str, Ints]) -> Rows:
        """Return visitors and buyers by store and channel."""
        n = len(STORES) * _N_CHANNELS
        came = visits["store"] * _N_CHANNELS + visits["channel"]
        new = np.bincount(came, visits["visitors"], n).astype(np.int64)
        group = orders["store"] * _N_CHANNELS + orders["channel"]
        buyers = _distinct(group, orders["person"], n)
        store, channel = np.divmod(np.arange(n), _N_CHANNELS)
        looking = buyers / ORDERS_PER_OLD_VISIT * _OLD_PART
        visitors = new + np.maximum(self._draws.poisson(looking, "old visitors", day, store, channel), buyers)
        shown = np.flatnonzero(visitors > 0)
        return Rows(
            DECLARED_SOURCES,
            day=np.full(shown.size, day),
            store=store[shown],
            channel=channel[shown],
            buyers=buyers[shown],
            paid_minor=np.bincount(group, orders["due_minor"], n).astype(np.int64)[shown],
            **self._crowd("source", visitors[shown], buyers[shown], day, store[shown], channel[shown]),
        )

    def _hours(self, records: DayRecords, everybody: Column, orders: dict[str, Ints]) -> Rows:
        n = len(STORES) * 24
        group = orders["store"] * 24 + (orders["paid_at"] - records.midnight) // 3600
        buyers = _distinct(group, orders["person"], n)
        paid = np.bincount(group, orders["due_minor"], n).astype(np.int64)
        shown = np.flatnonzero(np.repeat(self._is_told, 24))
        store, hour = np.divmod(shown, 24)
        mean = self._hours_of[store, hour] * everybody[store] * _SEEN_IN_HOURS
        visitors = self._draws.poisson(mean, "hour visitors", records.day, store, hour)
        visitors = np.maximum(visitors, buyers[shown])
        return Rows(
            DECLARED_HOURS,
            day=np.full(shown.size, records.day),
            store=store,
            hour=hour,
            buyers=buyers[shown],
            paid_minor=paid[shown],
            **self._crowd("hour", visitors, buyers[shown], records.day, store, hour),
        )

    def _products(
        self, day: int, everybody: Column, by_search: Column, lines: dict[str, Ints], refunds: dict[str, Ints]
    ) -> Rows:
        shelf, draws = self._shelf, self._draws
        appeal = shelf.appeal(day, self._start + timedelta(day))
        n_products = shelf.products
        n = len(STORES) * n_products
        looked = np.zeros((len(STORES), n_products))
        for store, skus, part in self._shown:
            total = appeal[skus].sum()
            if total > 0:
                looked[store] += np.bincount(shelf.product[skus], appeal[skus] / total * part, n_products)
        group = lines["store"] * n_products + lines["product"]
        buyers = _distinct(group, lines["person"], n)
        back = refunds["product"] >= 0
        returned = (refunds["store"] * n_products + refunds["product"])[back]
        refunded = np.bincount(returned, refunds["refunded_minor"][back], n).astype(np.int64)
        listed = np.flatnonzero((looked.ravel() > 0) | (buyers > 0) | (refunded > 0))
        of, product = np.divmod(listed, n_products)
        mean = looked[of, product] * everybody[of] * _MORE_PRODUCTS
        visitors = draws.poisson(mean, "product visitors", day, of, product) + buyers[listed]
        kept = (visitors > 0) | (refunded[listed] > 0)
        shown, visitors, of, product = listed[kept], visitors[kept], of[kept], product[kept]
        share = (by_search / np.maximum(everybody, 1.0))[of]
        return Rows(
            DECLARED_PRODUCTS,
            day=np.full(shown.size, day),
            store=of,
            product=product,
            buyers=buyers[shown],
            units=np.bincount(group, lines["units"], n).astype(np.int64)[shown],
            paid_minor=np.bincount(group, lines["paid_minor"], n).astype(np.int64)[shown],
            refunded_minor=refunded[shown],
            search_visitors=draws.binomial(visitors, share, "by search", day, of, product),
            **self._crowd("product", visitors, buyers[shown], day, of, product),
        )

    def _searches(self, day: int, by_search: Column, orders: dict[str, Ints], lines: dict[str, Ints]) -> Rows:
        words, draws = self._words, self._draws
        n_words = len(words.texts)
        n = len(STORES) * n_words
        group, named = self._typed(orders)
        buyers = _distinct(group[named], orders["person"][named], n)
        paid = np.bincount(group[named], orders["due_minor"][named], n).astype(np.int64)
        units = np.bincount(*_of_lines(orders["order"][named], group[named], lines), n).astype(np.int64)
        store, word, mean = [], [], []
        for number, skus, part in self._shown:
            own = words.of_trade[int(self._shelf.trade[skus[0]])] if skus.size else np.empty(0, np.int64)
            store.append(np.full(own.size, number))
            word.append(own)
            mean.append(words.weights[: own.size] * part * by_search[number] * _SEARCH_BY_WORD)
        of, typed = np.concatenate(store), np.concatenate(word)
        told = of * n_words + typed
        visitors = draws.poisson(np.concatenate(mean), "word visitors", day, of, typed) + buyers[told]
        kept = visitors > 0
        of, typed, told, visitors = of[kept], typed[kept], told[kept], visitors[kept]
        crowd = self._crowd("word", visitors, buyers[told], day, of, typed)
        del crowd["views"]
        return Rows(
            DECLARED_WORDS,
            day=np.full(told.size, day),
            store=of,
            word=typed,
            buyers=buyers[told],
            units=units[told],
            paid_minor=paid[told],
            **crowd,
        )

    def _typed(self, orders: dict[str, Ints]) -> tuple[Ints, Column]:
        """Return the word by which each order was found, as store times words plus word, and whether it is told."""
        draws, order, store = self._draws, orders["order"], orders["store"]
        n_trades = self._n_trades[store]
        place = (draws.uniform("word trade", order) * n_trades).astype(np.int64)
        word = self._words.typed(draws, self._trades[store, place], "word of order", order)
        named = (orders["channel"] == _SEARCH) & (draws.uniform("word is named", order) < _SEARCH_BY_WORD)
        return store * len(self._words.texts) + word, named & (word >= 0)

    def _crowd(self, what: str, visitors: Ints, buyers: Ints, *key: Ints | int) -> dict[str, Ints]:
        """Return visitors with what they look at and put aside; everybody views at least one page."""
        draws = self._draws
        return {
            "visitors": visitors,
            "views": visitors + draws.poisson((_VIEWS - 1) * visitors.astype(np.float64), f"{what} views", *key),
            "carts": draws.binomial(visitors, _CARTS, f"{what} carts", *key) + (buyers * 2) // 3,
            "favourites": draws.binomial(visitors, _FAVOURITES, f"{what} favourites", *key),
        }


def _of_lines(order: Ints, group: Ints, lines: dict[str, Ints]) -> tuple[Ints, Ints]:
    """Return the group and the units of the lines of these orders."""
    if not order.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    sequence = np.argsort(order, kind="stable")
    place = np.minimum(np.searchsorted(order[sequence], lines["order"]), order.size - 1)
    hit = order[sequence][place] == lines["order"]
    return group[sequence][place[hit]], lines["units"][hit]


def _distinct(group: Ints, person: Ints, n_groups: int) -> Ints:
    """Return how many different people each group has."""
    if not group.size:
        return np.zeros(n_groups, np.int64)
    pairs = np.unique(group * (int(person.max()) + 1) + person)
    return np.bincount(pairs // (int(person.max()) + 1), minlength=n_groups).astype(np.int64)
