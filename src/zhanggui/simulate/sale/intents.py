"""Who is about to order, where, and what brought him."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.rows import Table

INTENTS = Table(
    "intents",
    {
        "order_key": np.uint64,
        **dict.fromkeys(
            (
                "person", "store", "trade", "kind", "origin", "base",
                "channel", "campaign", "ad_group", "creative", "creator", "live_session", "note",
                "coupon", "coupon_value_minor", "coupon_least_minor", "message",
            ),
            np.int64,
        ),
    },
    frozenset(
        {
            "base", "campaign", "ad_group", "creative", "creator", "live_session", "note",
            "coupon", "coupon_value_minor", "coupon_least_minor", "message",
        }
    ),
)  # fmt: skip
"""People about to create an order; `base` is the moment from which a returning buyer's next interval is counted."""

NEW, RETURNING, NUDGED, AGAIN, STAFF = range(5)
"""Origins of an intent: first visit, own rhythm, a message, a second order of the same day, the shop's own people."""
