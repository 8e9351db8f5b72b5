"""What people type into the search box of a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints, KeyLike
from zhanggui.simulate.options import Trade
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf

_ENDINGS = {
    Trade.BEAUTY: ("", "平价", "敏感肌", "学生党", "成分", "测评", "套装"),
    Trade.FASHION: ("", "新款", "显瘦", "通勤", "大码", "小个子", "秋冬"),
    Trade.BABY: ("", "新生儿", "推荐", "正品", "试用装", "哪个牌子好", "囤货"),
    Trade.HOME: ("", "家用", "当季", "顺丰包邮", "送礼", "整箱", "批发"),
}
WORDS_OF_A_TRADE = 24


@dataclass(frozen=True, slots=True)
class Words:
    """All search words, and how often each trade's are typed.

    Attributes
    ----------
    texts : tuple of str
        The words by number.
    of_trade : tuple of array of int
        The words of each trade, the most frequent first.
    weights : array of float
        How often each rank is typed, summing to 1 (Zipf).
    """

    texts: tuple[str, ...]
    of_trade: tuple[Ints, ...]
    weights: Floats

    def typed(self, draws: Draws, trade: Ints, stream: str, *keys: KeyLike) -> Ints:
        """Draw the word that is typed by whoever looks for goods of each trade."""
        rank = draws.pick(self.weights, stream, *keys)
        table = np.full((len(self.of_trade), WORDS_OF_A_TRADE), -1)
        for place, words in enumerate(self.of_trade):
            if words.size:
                table[place] = words[np.arange(WORDS_OF_A_TRADE) % words.size]
        found: Ints = table[trade, rank]
        return found


def words_of(draws: Draws, shelf: Shelf, stores: tuple[Store, ...]) -> Words:
    """Return the words that lead to the goods of these stores."""
    texts: list[str] = []
    of_trade: list[Ints] = []
    sold = {trade for store in stores for trade in store.trades}
    for place, trade in enumerate(Trade):
        found: list[str] = []
        if trade in sold:
            goods = np.flatnonzero((shelf.trade == place) & ~shelf.is_gift_sku)
            categories = [shelf.category_name(number) for number in np.unique(shelf.category[goods]).tolist()]
            brands = [shelf.brand_name(number) for number in np.unique(shelf.brand[goods]).tolist()]
            phrases = [f"{name}{ending}" for ending in _ENDINGS[trade] for name in categories] + brands
            order = np.argsort(draws.uniform("word rank", place, np.arange(len(phrases))), kind="stable")
            found = [phrases[number] for number in order.tolist()][:WORDS_OF_A_TRADE]
        of_trade.append(np.arange(len(texts), len(texts) + len(found)))
        texts += found
    weights = 1.0 / np.arange(1, WORDS_OF_A_TRADE + 1) ** 0.9
    return Words(tuple(texts), tuple(of_trade), weights / weights.sum())
