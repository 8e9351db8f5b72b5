"""What regular buyers come for, and by which way."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import CHANNEL_OF, STORES, Store

_SAME_TRADE = 0.85
"""Part of a regular's orders that is for the trade he came for first, where the store has others."""

_SHELF: dict[str, float] = {"direct": 46, "search": 22, "recommend": 16, "activity": 12, "live": 4}
_WAYS: dict[Platform, dict[str, float]] = {
    Platform.TAOBAO: _SHELF,
    Platform.TMALL: _SHELF,
    Platform.JD: {"direct": 48, "search": 28, "recommend": 12, "activity": 12},
    Platform.PINDUODUO: {"direct": 34, "search": 24, "recommend": 26, "activity": 16},
    Platform.DOUYIN: {"direct": 18, "search": 14, "recommend": 12, "live": 34, "short_video": 16, "activity": 6},
    Platform.OWN_SITE: {"direct": 52, "official_account": 26, "search": 22},
}
_GROUP_SHARE = 0.45
"""Part of the orders on the own site of WeCom contacts that comes out of their group."""


def trades_of_regulars(draws: Draws, keys: Keys, store: Ints, own: Column, stores: tuple[Store, ...]) -> Ints:
    """Return what each order is about: mostly the buyer's own trade, where the store has it."""
    found = own.astype(np.int64)
    for one in stores:
        here = np.flatnonzero(store == one.number)
        numbers = np.array([list(Trade).index(trade) for trade in one.trades])
        other = numbers[draws.pick(np.ones(numbers.size), "other trade", keys[here])]
        stays = np.isin(own[here], numbers) & (draws.uniform("same trade", keys[here]) < _SAME_TRADE)
        found[here] = np.where(stays, own[here], other)
    return found


def channels_of_regulars(draws: Draws, keys: Keys, store: Ints, is_contact: Column) -> Ints:
    """Return by which channel each regular comes."""
    found = np.zeros(keys.size, np.int64)
    for one in STORES:
        here = np.flatnonzero(store == one.number)
        ways = _WAYS[one.platform]
        numbers = np.array([CHANNEL_OF[code] for code in ways])
        found[here] = numbers[draws.pick(list(ways.values()), "way", keys[here])]
        if one.platform is Platform.OWN_SITE:
            in_group = is_contact[here] & (draws.uniform("in group", keys[here]) < _GROUP_SHARE)
            found[here[in_group]] = CHANNEL_OF["wecom_group"]
    return found
