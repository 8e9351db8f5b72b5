"""Visits that end in an order, as far as the order itself tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.paths import SESSIONS
from zhanggui.simulate.scene.steps import CREATED

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf

PAY_AT_ONCE_SECONDS = 25 * 60
"""Whoever pays later comes back for it."""
BROUGHT_BY = ("channel", "campaign", "ad_group", "creative", "creator", "note", "live_session")
"""What brought a visit."""
_DAY = 86_400


def order_visits(draws: Draws, shelf: Shelf, own: Rows, lines: Rows) -> Rows:
    """Return the visits that make the day's orders, not yet told whose they are, by order.

    Parameters
    ----------
    draws : Draws
        Chance.
    shelf : Shelf
        The goods.
    own, lines : Rows
        Orders and lines of the store.
    """
    own = own.where(np.argsort(own["order"], kind="stable"))
    first = np.searchsorted(lines["order"], own["order"])
    n_lines = np.searchsorted(lines["order"], own["order"], side="right") - first
    sku = lines["sku"][np.minimum(first, len(lines) - 1)] if len(lines) else np.zeros(len(own), np.int64)
    created = own["created_at"] * 1000 + (draws.uniform("ms", own["order"]) * 500).astype(np.int64)
    paid, midnight_after = own["paid_at"], (own["created_at"] // _DAY + 1) * _DAY
    at_once = (paid != NEVER) & (paid - own["created_at"] <= PAY_AT_ONCE_SECONDS) & (paid < midnight_after)
    none = np.zeros(len(own), np.uint64)
    return Rows(
        SESSIONS,
        session=draws.key("order session", own["order"]),
        anon=none,
        is_bot=False,
        is_known=False,
        click=1.0,
        person=own["person"],
        signs=NEVER,
        sdk=0,
        depth=np.where(at_once, CREATED + 1, CREATED),
        trade=shelf.trade[sku],
        sku=sku,
        order=own["order"],
        first_line=first,
        n_lines=n_lines,
        value_minor=own["due_minor"],
        starts_ms=0,
        created_ms=created,
        paid_ms=np.where(paid == NEVER, NEVER, paid * 1000 + 999 - created % 500),
        banner=0,
        word=NEVER,
        **{name: own[name] for name in BROUGHT_BY},
    )
