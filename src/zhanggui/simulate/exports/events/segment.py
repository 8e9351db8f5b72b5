"""Segment: ``/v1/batch`` bodies of up to 50 messages, as a server relays them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.exports.events.batch import ALL_AGENTS, Batch
from zhanggui.simulate.exports.events.columns import (
    Kept,
    bodies,
    by_distinct,
    chosen,
    hex_of,
    joined,
    numbers,
    only_where,
    utc_of,
)
from zhanggui.simulate.exports.events.pages import CURRENCY, SITE, Pages, as_json, inner
from zhanggui.simulate.records import Step

MOST_MESSAGES = 50
WRITE_KEY = "hemuMallSimulatedWriteKey"
_LIBRARY = {"name": "analytics.js", "version": "next-1.84.3"}
_SENT_AFTER_MS = 800

_PAGES = {Step.HOME: "Home", Step.CONTENT: "Story"}
_IDENTIFIES = (Step.REGISTER, Step.LOGIN)
NAMES = {
    Step.LIST: "Product List Viewed",
    Step.SEARCH: "Products Searched",
    Step.ITEM: "Product Viewed",
    Step.REVIEWS: "Product Reviews Viewed",
    Step.VARIANT: "Product Options Viewed",
    Step.CART_ADD: "Product Added",
    Step.CART_REMOVE: "Product Removed",
    Step.CART: "Cart Viewed",
    Step.CHECKOUT: "Checkout Started",
    Step.PAYMENT: "Payment Info Entered",
    Step.PURCHASE: "Order Completed",
    Step.FAVOURITE: "Product Added to Wishlist",
    Step.REFUND: "Order Refunded",
    Step.PROMOTION_VIEW: "Promotion Viewed",
    Step.PROMOTION_CLICK: "Promotion Clicked",
}
"""Names of the ecommerce specification, where it has one."""


class Segment:
    """Makes Segment bodies.

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
        self._page = Kept(self._new_page)
        self._link, self._source = Kept(self._query), Kept(self._campaign)
        self._plain = Kept(lambda *what: as_json(self._about(*what)))

    def lines(self, batch: Batch) -> Iterator[memoryview]:
        """Return the bodies of a day, one per line."""
        for part, starts in batch.parts(np.arange(0, len(batch.rows), MOST_MESSAGES)):
            yield self._lines(part, starts)

    def _lines(self, batch: Batch, starts: Ints) -> memoryview:
        rows = batch.rows
        at_ms, session = rows["at_ms"], rows["session"]
        landing = (batch.is_landing, *batch.whence)
        messages = joined(
            by_distinct((rows["step"],), _head),
            numbers(at_ms),
            "-",
            hex_of(self._draws.key("message", session, batch.nth)),
            '","anonymousId":"',
            hex_of(rows["anon"]),
            by_distinct((batch.member,), lambda member: f'","userId":"{member}"' if member >= 0 else '"'),
            ',"timestamp":"',
            utc_of(at_ms),
            f'","context":{{"library":{as_json(_LIBRARY)},"userAgent":',
            chosen([as_json(agent) for agent in ALL_AGENTS], batch.agent),
            by_distinct(batch.where_at, self._page),
            by_distinct(landing, self._link),
            only_where(self._pages.has_click_id(rows["channel"]) & batch.is_landing, hex_of(session)),
            by_distinct(landing, self._source),
            by_distinct(batch.what, lambda *what: self._properties(batch, *what)),
        )
        last = np.minimum(starts + MOST_MESSAGES, len(rows)) - 1
        sent = utc_of(at_ms[last] + _SENT_AFTER_MS)
        return bodies(messages, starts, '{"batch":[', joined('],"sentAt":"', sent, f'","writeKey":"{WRITE_KEY}"}}'))

    def _new_page(self, step: int, page: int, word: int, sku: int) -> str:
        url = self._pages.url(step, page, word, sku)
        return f',"page":{{"path":"{url.removeprefix(SITE).partition("?")[0]}","url":"{url}'

    def _query(self, is_landing: bool, *whence: int) -> str:
        return self._pages.origin(*whence).query if is_landing else ""

    def _campaign(self, is_landing: bool, *whence: int) -> str:
        origin = self._pages.origin(*whence)
        if not is_landing:
            return f'","referrer":"{SITE}/"}}}}'
        tags = {"source": origin.source, "medium": origin.medium, "name": origin.campaign, "content": origin.content}
        campaign = as_json({name: value for name, value in tags.items() if value})
        return f'","referrer":"{origin.referrer}"}}' + (f',"campaign":{campaign}}}' if origin.medium else "}")

    def _properties(
        self, batch: Batch, step: int, page: int, word: int, sku: int, quantity: int, price: int, order: int
    ) -> str:
        """Return the properties of a message and its end."""
        if step in _IDENTIFIES:
            return f',"traits":{as_json({"is_new": step == Step.REGISTER})}}}'
        if order < 0:
            return f',"properties":{self._plain(step, page, word, sku, quantity, price)}}}'
        amount = price / 100
        found: dict[str, Any] = {"order_id": batch.orders[order], "currency": CURRENCY}
        if step == Step.PURCHASE:
            found |= {"total": amount, "revenue": amount, "products": self._products(batch, order)}
        else:
            found["total" if step == Step.REFUND else "value"] = amount
        return f',"properties":{as_json(found)}}}'

    def _about(self, step: int, page: int, word: int, sku: int, quantity: int, price: int) -> dict[str, Any]:
        """Return the properties of what is not about an order."""
        found: dict[str, Any] = {}
        if step == Step.SEARCH:
            found["query"] = self._pages.word(word)
        elif step == Step.LIST:
            found |= {"list_id": str(page), "category": self._pages.category(page)}
        elif step in (Step.PROMOTION_VIEW, Step.PROMOTION_CLICK):
            found["promotion_id"], found["name"] = self._pages.banner(page)
        elif sku >= 0:
            found |= self._pages.product(sku) | {"price": price / 100, "currency": CURRENCY}
            if quantity > 0:
                found["quantity"] = quantity
        return found

    def _products(self, batch: Batch, order: int) -> list[dict[str, Any]]:
        return [
            {**self._pages.product(line.sku), "price": line.price_minor / 100, "quantity": line.quantity}
            for line in batch.lines.get(order, [])
        ]


def _head(step: int) -> str:
    if step in _PAGES:
        kind: dict[str, Any] = {"type": "page", "name": _PAGES[Step(step)]}
    elif step in _IDENTIFIES:
        kind = {"type": "identify"}
    else:
        kind = {"type": "track", "event": NAMES[Step(step)]}
    return f'{{{inner(kind)}"messageId":"ajs-next-'
