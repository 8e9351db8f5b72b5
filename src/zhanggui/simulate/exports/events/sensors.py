"""神策 (Sensors Analytics): arrays of events of one device, what ``data_list`` holds once it is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.exports.events.batch import Batch
from zhanggui.simulate.exports.events.columns import (
    SHANGHAI_MS,
    Kept,
    bodies,
    by_distinct,
    hex_of,
    joined,
    numbers,
    only_where,
)
from zhanggui.simulate.exports.events.pages import CURRENCY, SITE, Pages, as_json, inner
from zhanggui.simulate.records import Step

MOST_EVENTS = 50
_VERSION = "1.27.11"
_FLUSHED_AFTER_MS = 300
_TRAFFIC = {"cpc": "付费广告流量", "feed": "付费广告流量", "cpm": "付费广告流量"}

NAMES = {
    Step.HOME: "$pageview",
    Step.CONTENT: "ViewStory",
    Step.LIST: "ViewProductList",
    Step.SEARCH: "Search",
    Step.ITEM: "ViewProduct",
    Step.REVIEWS: "ViewReviews",
    Step.VARIANT: "ViewProductSpec",
    Step.CART_ADD: "AddToShoppingCart",
    Step.CART_REMOVE: "RemoveFromShoppingCart",
    Step.CART: "ViewShoppingCart",
    Step.CHECKOUT: "Checkout",
    Step.PAYMENT: "SubmitOrder",
    Step.PURCHASE: "PayOrder",
    Step.FAVOURITE: "FavoriteProduct",
    Step.REGISTER: "$SignUp",
    Step.LOGIN: "$SignUp",
    Step.REFUND: "RefundOrder",
    Step.PROMOTION_VIEW: "ViewBanner",
    Step.PROMOTION_CLICK: "ClickBanner",
}
"""The project's own names: 神策 prescribes none for trade."""


class Sensors:
    """Makes 神策 bodies.

    Parameters
    ----------
    pages : Pages
        The own site.
    draws : Draws
        Those of the world.
    """

    def __init__(self, pages: Pages, draws: Draws) -> None:
        self._pages = pages
        self._draws = draws
        self._page = Kept(lambda *where: f',"$url":"{pages.url(*where)}')
        self._link, self._source, self._kept = Kept(self._query), Kept(self._referrer), Kept(self._latest)
        self._plain = Kept(lambda *what: _closed(self._about(*what)))

    def lines(self, batch: Batch) -> Iterator[memoryview]:
        """Return the bodies of a day, one per line."""
        batch = batch.by_visit()
        for part, starts in batch.parts(batch.cuts(MOST_EVENTS, by_member=False)):
            yield self._lines(part, starts)

    def _lines(self, batch: Batch, starts: Ints) -> memoryview:
        rows = batch.rows
        # Moments are milliseconds of UTC; a body is flushed after its last event.
        at = rows["at_ms"] - SHANGHAI_MS
        ends = np.append(starts[1:], len(rows)) - 1
        flushed = np.repeat(at[ends] + _FLUSHED_AFTER_MS, np.diff(np.append(starts, len(rows))))
        anon = hex_of(rows["anon"])
        member = batch.member
        signs = np.isin(rows["step"], (Step.REGISTER, Step.LOGIN)) & (member >= 0)
        track = (self._draws.key("track", rows["session"], batch.nth) % np.uint64(10**9)).astype(np.int64)
        landing = (batch.is_landing, *batch.whence)
        events = joined(
            '{"distinct_id":"',
            only_where(member < 0, anon),
            by_distinct((member,), lambda one: f"{one}" if one >= 0 else ""),
            '","identities":{"$identity_cookie_id":"',
            anon,
            by_distinct((member,), lambda one: f'","$identity_login_id":"{one}"}}' if one >= 0 else '"}'),
            only_where(signs, joined(',"original_id":"', anon, '"')),
            f',"lib":{{"$lib":"js","$lib_method":"code","$lib_version":"{_VERSION}"}},"properties":{{',
            f'"$timezone_offset":-480,"$lib":"js","$lib_version":"{_VERSION}"',
            by_distinct((member >= 0,), lambda known: ',"$is_login_id":true' if known else ""),
            by_distinct(batch.whence, self._kept),
            by_distinct(batch.where_at, self._page),
            by_distinct(landing, self._link),
            only_where(self._pages.has_click_id(rows["channel"]) & batch.is_landing, hex_of(rows["session"])),
            by_distinct(landing, self._source),
            by_distinct(batch.what, lambda *what: self._properties(batch, *what)),
            by_distinct((rows["step"], signs), _tail),
            ',"time":',
            numbers(at),
            ',"_track_id":',
            numbers(track),
            ',"_flush_time":',
            numbers(flushed),
            "}",
        )
        return bodies(events, starts, "[", "]")

    def _latest(self, *whence: int) -> str:
        """Return the properties that the library keeps for the whole visit."""
        origin = self._pages.origin(*whence)
        kind = _TRAFFIC.get(origin.medium)
        if kind is None:
            kind = "直接流量" if not origin.referrer else "自然搜索流量" if "baidu" in origin.referrer else "引荐流量"
        found = {"$latest_traffic_source_type": kind}
        if origin.medium:
            found |= {
                "$latest_utm_source": origin.source,
                "$latest_utm_medium": origin.medium,
                "$latest_utm_campaign": origin.campaign,
                "$latest_utm_content": origin.content,
            }
        return f",{inner({name: value for name, value in found.items() if value})}"[:-1]

    def _query(self, is_landing: bool, *whence: int) -> str:
        return self._pages.origin(*whence).query if is_landing else ""

    def _referrer(self, is_landing: bool, *whence: int) -> str:
        return f'","$referrer":"{self._pages.origin(*whence).referrer if is_landing else f"{SITE}/"}"'

    def _properties(
        self, batch: Batch, step: int, page: int, word: int, sku: int, quantity: int, price: int, order: int
    ) -> str:
        """Return the project's own properties, after those of the library."""
        if order < 0:
            return self._plain(step, page, word, sku, quantity, price)
        found = {"order_id": batch.orders[order], "order_amount": price / 100, "currency": CURRENCY}
        return _closed(found | self._bought(batch, order) if step == Step.PURCHASE else found)

    def _about(self, step: int, page: int, word: int, sku: int, quantity: int, price: int) -> dict[str, Any]:
        """Return the properties of what is not about an order."""
        found: dict[str, Any] = {}
        if step == Step.SEARCH:
            found["key_word"] = self._pages.word(word)
        elif step == Step.LIST:
            found |= {"list_id": str(page), "category": self._pages.category(page)}
        elif step in (Step.PROMOTION_VIEW, Step.PROMOTION_CLICK):
            found["banner_id"], found["banner_name"] = self._pages.banner(page)
        elif sku >= 0:
            found |= self._pages.product(sku) | {"price": price / 100}
            if quantity > 0:
                found["quantity"] = quantity
        return found

    def _bought(self, batch: Batch, order: int) -> dict[str, Any]:
        """Return the goods of an order as lists of text: properties hold no objects."""
        lines = batch.lines.get(order, [])
        goods = [self._pages.product(line.sku) for line in lines]
        return {
            "product_ids": [one["product_id"] for one in goods],
            "skus": [one["sku"] for one in goods],
            "quantities": [str(line.quantity) for line in lines],
            "prices": [f"{line.price_minor / 100:.2f}" for line in lines],
        }


def _tail(step: int, signs: bool) -> str:
    return f',"type":"{"track_signup" if signs else "track"}","event":"{NAMES[Step(step)]}"'


def _closed(found: dict[str, Any]) -> str:
    """Return properties as the end of an object that has some already."""
    return f",{as_json(found)[1:]}" if found else "}"
