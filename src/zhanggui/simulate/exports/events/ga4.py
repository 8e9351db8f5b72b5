"""GA4: bodies of the Measurement Protocol, at most 25 events of one client each, with at most 25 parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zhanggui.simulate.draws import Ints
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

MOST_EVENTS = 25
_ENGAGED_MS = 100

NAMES = {
    Step.HOME: "page_view",
    Step.CONTENT: "page_view",
    Step.LIST: "view_item_list",
    Step.SEARCH: "search",
    Step.ITEM: "view_item",
    Step.REVIEWS: "view_reviews",
    Step.VARIANT: "select_variant",
    Step.CART_ADD: "add_to_cart",
    Step.CART_REMOVE: "remove_from_cart",
    Step.CART: "view_cart",
    Step.CHECKOUT: "begin_checkout",
    Step.PAYMENT: "add_payment_info",
    Step.PURCHASE: "purchase",
    Step.FAVOURITE: "add_to_wishlist",
    Step.REGISTER: "sign_up",
    Step.LOGIN: "login",
    Step.REFUND: "refund",
    Step.PROMOTION_VIEW: "view_promotion",
    Step.PROMOTION_CLICK: "select_promotion",
}
"""Recommended names, where there are any."""


class Ga4:
    """Makes GA4 bodies.

    Parameters
    ----------
    pages : Pages
        The own site.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._page = Kept(lambda *where: f',"page_location":"{pages.url(*where)}')
        self._link, self._source = Kept(self._query), Kept(self._campaign)
        self._plain = Kept(lambda *what: _closed(self._about(*what)))

    def lines(self, batch: Batch) -> Iterator[memoryview]:
        """Return the bodies of a day, one per line."""
        batch = batch.by_visit()
        # A body names one user, so it ends where a visitor makes himself known.
        for part, starts in batch.parts(batch.cuts(MOST_EVENTS, by_member=True)):
            yield self._lines(part, starts)

    def _lines(self, batch: Batch, starts: Ints) -> memoryview:
        rows = batch.rows
        micros = joined(numbers(rows["at_ms"] - SHANGHAI_MS), "000")
        landing = (batch.is_landing, *batch.whence)
        events = joined(
            by_distinct((rows["step"],), lambda step: f'{{"name":"{NAMES[Step(step)]}","timestamp_micros":'),
            micros,
            ',"params":{"session_id":"',
            numbers((batch.began_ms - SHANGHAI_MS) // 1000),
            f'","engagement_time_msec":{_ENGAGED_MS}',
            by_distinct(batch.where_at, self._page),
            by_distinct(landing, self._link),
            only_where(self._pages.has_click_id(rows["channel"]) & batch.is_landing, hex_of(rows["session"])),
            by_distinct(landing, self._source),
            by_distinct(batch.what, lambda *what: self._params(batch, *what)),
        )
        # A client id is two numbers: a random one and the time of the first visit, which is made up here.
        anon = rows["anon"][starts]
        client = joined(
            numbers((anon >> np.uint64(32)).astype(np.int64)),
            ".",
            numbers(1_700_000_000 + (anon & np.uint64(0x3FFFFFF)).astype(np.int64)),
        )
        before = joined(
            '{"client_id":"',
            client,
            by_distinct((batch.member[starts],), lambda one: f'","user_id":"{one}"' if one >= 0 else '"'),
            ',"timestamp_micros":',
            numbers((rows["at_ms"][starts] - SHANGHAI_MS) * 1000),
            ',"events":[',
        )
        return bodies(events, starts, before, "]}")

    def _query(self, is_landing: bool, *whence: int) -> str:
        return self._pages.origin(*whence).query if is_landing else ""

    def _campaign(self, is_landing: bool, *whence: int) -> str:
        if not is_landing:
            return f'","page_referrer":"{SITE}/"'
        origin = self._pages.origin(*whence)
        tags = {
            "page_referrer": origin.referrer,
            "source": origin.source if origin.medium else "",
            "medium": origin.medium,
            "campaign": origin.campaign,
            "content": origin.content,
        }
        return f'",{inner({name: value for name, value in tags.items() if value})}'.rstrip(",")

    def _params(
        self, batch: Batch, step: int, page: int, word: int, sku: int, quantity: int, price: int, order: int
    ) -> str:
        if order < 0:
            return self._plain(step, page, word, sku, quantity, price)
        found: dict[str, Any] = {"currency": CURRENCY, "value": price / 100}
        if step != Step.PAYMENT:
            found["transaction_id"] = batch.orders[order]
        if step == Step.PURCHASE:
            found["items"] = [
                self._item(line.sku, line.quantity, line.price_minor, place)
                for place, line in enumerate(batch.lines.get(order, []))
            ]
        return _closed(found)

    def _about(self, step: int, page: int, word: int, sku: int, quantity: int, price: int) -> dict[str, Any]:
        """Return the parameters of what is not about an order."""
        found: dict[str, Any] = {}
        if step == Step.SEARCH:
            found["search_term"] = self._pages.word(word)
        elif step == Step.LIST:
            found |= {"item_list_id": str(page), "item_list_name": self._pages.category(page)}
        elif step in (Step.PROMOTION_VIEW, Step.PROMOTION_CLICK):
            found["promotion_id"], found["promotion_name"] = self._pages.banner(page)
        elif step in (Step.REGISTER, Step.LOGIN):
            found["method"] = "phone"
        elif sku >= 0:
            found |= {"currency": CURRENCY, "value": price * max(quantity, 1) / 100}
            found["items"] = [self._item(sku, max(quantity, 1), price, 0)]
        return found

    def _item(self, sku: int, quantity: int, price: int, place: int) -> dict[str, Any]:
        product = self._pages.product(sku)
        return {
            "item_id": product["sku"],
            "item_name": product["name"],
            "item_brand": product["brand"],
            "item_category": product["category"],
            "item_variant": product["variant"],
            "price": price / 100,
            "quantity": quantity,
            "index": place,
        }


def _closed(found: dict[str, Any]) -> str:
    """Return parameters as the end of an event that has some already."""
    return f",{as_json(found)[1:]}}}" if found else "}}"
