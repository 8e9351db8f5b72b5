"""What happens in the world, one table per kind of fact.

Moments are whole seconds of the shop's wall clock (Asia/Shanghai) since 1970; `NEVER` is a moment that does not come.
Money is whole fen. References are numbers: stores, SKUs, people, places are positions in the world's own lists.
An order's whole course is known to the world on the day it is created; a writer shows only what had happened by the
moment of its export.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.rows import Table

_INT = np.int64
_KEY = np.uint64
_TRUTH = np.bool_


class OrderKind(IntEnum):
    """Why an order exists."""

    ORDINARY = 0
    BRUSHING = 1
    TEST = 2


class RefundKind(IntEnum):
    """What kind of after-sale case."""

    BEFORE_SHIPPING = 0
    REFUND_ONLY = 1
    RETURN_AND_REFUND = 2
    EXCHANGE = 3
    RESHIP = 4


class Reason(IntEnum):
    """Why a buyer asks for a refund."""

    CHANGED_MIND = 0
    LATE = 1
    TOO_SMALL = 2
    TOO_LARGE = 3
    COLOUR = 4
    FABRIC = 5
    QUALITY = 6
    DAMAGED = 7
    NOT_AS_DESCRIBED = 8
    WRONG_ITEM = 9
    LOST = 10
    PRICE = 11


class Scene(IntEnum):
    """What a line of a settlement ledger is for."""

    GOODS = 0
    REFUND = 1
    COMMISSION = 2
    COMMISSION_BACK = 3
    SERVICE_FEE = 4
    CREATOR_COMMISSION = 5
    CREATOR_COMMISSION_BACK = 6
    SUBSIDY = 7
    SUBSIDY_BACK = 8
    INSURANCE = 9
    PENALTY = 10
    DEPOSIT_FORFEIT = 11
    WITHDRAWAL = 12
    AD_FEE = 13


class StockReason(IntEnum):
    """Why stock moved."""

    SALE = 0
    RETURN = 1
    PURCHASE = 2
    TRANSFER = 3
    ADJUST = 4
    DAMAGE = 5


class Step(IntEnum):
    """A step of a visit to the shop's own site."""

    HOME = 0
    LIST = 1
    SEARCH = 2
    ITEM = 3
    REVIEWS = 4
    VARIANT = 5
    CART_ADD = 6
    CART_REMOVE = 7
    CART = 8
    CHECKOUT = 9
    PAYMENT = 10
    PURCHASE = 11
    FAVOURITE = 12
    REGISTER = 13
    LOGIN = 14
    REFUND = 15
    PROMOTION_VIEW = 16
    PROMOTION_CLICK = 17
    CONTENT = 18


class Sdk(IntEnum):
    """Which library sent an event."""

    SEGMENT = 0
    SENSORS = 1
    GA4 = 2


VISITS = Table(
    "visits",
    dict.fromkeys(
        (
            "store", "trade", "channel", "campaign", "ad_group", "creative", "creator", "live_session", "note",
            "visitors", "incremental_visitors", "conversion_ppm",
        ),
        _INT,
    ),
    frozenset({"campaign", "ad_group", "creative", "creator", "live_session", "note"}),
)  # fmt: skip
"""People who have not bought yet, by what brought them and the trade they look at (a position in `Trade`).

Of a million, `conversion_ppm` create their first order that day, paid or not; the levers of visitors, of conversion by
store, channel and trade, and of the steps of the own site are in the numbers already.
"""

ORDERS = Table(
    "orders",
    {
        "order_key": _KEY,
        "is_presale": _TRUTH,
        "is_first": _TRUTH,
        **dict.fromkeys(
            (
                "order", "store", "person", "kind",
                "created_at", "deposit_paid_at", "paid_at", "promised_ship_at", "shipped_at", "received_at",
                "completed_at", "closed_at",
                "list_minor", "merchant_discount_minor", "platform_discount_minor", "creator_discount_minor",
                "shipping_minor", "due_minor", "deposit_minor",
                "freight_minor", "packaging_minor", "insurance_minor", "penalty_minor",
                "place", "warehouse", "carrier",
                "channel", "campaign", "ad_group", "creative", "creator", "live_session", "note", "coupon", "message",
            ),
            _INT,
        ),
    },
    frozenset(
        {
            "deposit_paid_at", "closed_at", "campaign", "ad_group", "creative", "creator", "live_session", "note",
            "coupon", "message",
        }
    ),
)  # fmt: skip
"""`due_minor` = list − all discounts + shipping: what the buyer pays, whether or not he does."""

LINES = Table(
    "lines",
    {
        "is_gift": _TRUTH,
        **dict.fromkeys(
            (
                "order", "line", "store", "sku", "quantity",
                "list_minor", "merchant_discount_minor", "platform_discount_minor", "creator_discount_minor",
                "due_minor", "cost_minor",
            ),
            _INT,
        ),
    },
)  # fmt: skip
"""Lines sum to their order; `due_minor` of a line leaves out shipping. `cost_minor` is the cost of all its units."""

REFUNDS = Table(
    "refunds",
    {
        "is_abuse": _TRUTH,
        "is_sellable": _TRUTH,
        **dict.fromkeys(
            (
                "refund", "order", "line", "store", "sku", "kind", "reason", "quantity",
                "applied_at", "agreed_at", "returned_at", "refunded_at", "closed_at",
                "requested_minor", "refunded_minor", "return_freight_minor",
            ),
            _INT,
        ),
    },
    frozenset({"line", "sku", "agreed_at", "returned_at", "refunded_at", "closed_at"}),
)  # fmt: skip
"""`refunded_at` and `closed_at` exclude each other; `refunded_minor` counts only when `refunded_at` comes."""

SETTLEMENTS = Table(
    "settlements",
    dict.fromkeys(("entry", "store", "order", "refund", "booked_at", "scene", "amount_minor"), _INT),
    frozenset({"order", "refund"}),
)
"""`amount_minor` is signed: what comes in is positive."""

AD_ROWS = Table(
    "ad_rows",
    dict.fromkeys(
        (
            "day", "store", "campaign", "ad_group", "creative", "sku",
            "impressions", "clicks", "spend_minor", "carts", "favourites",
            "claimed_orders", "claimed_minor", "claimed_net_minor", "claimed_direct_orders", "claimed_direct_minor",
        ),
        _INT,
    ),
    frozenset({"sku"}),
)  # fmt: skip
"""What the platform's ad report says, over-claim included."""

CHANNEL_COSTS = Table("channel_costs", dict.fromkeys(("day", "store", "channel", "buyers", "cost_minor"), _INT))
"""What a channel costs that is neither an ad nor a commission: rewards to customers who bring their friends."""

DECLARED_PRODUCTS = Table(
    "declared_products",
    dict.fromkeys(
        (
            "day", "store", "product", "visitors", "views", "favourites", "carts", "buyers", "units", "paid_minor",
            "refunded_minor", "search_visitors",
        ),
        _INT,
    ),
)  # fmt: skip
DECLARED_SOURCES = Table(
    "declared_sources",
    dict.fromkeys(
        ("day", "store", "channel", "visitors", "views", "carts", "favourites", "buyers", "paid_minor"), _INT
    ),
)
DECLARED_HOURS = Table(
    "declared_hours",
    dict.fromkeys(("day", "store", "hour", "visitors", "views", "carts", "favourites", "buyers", "paid_minor"), _INT),
)
DECLARED_WORDS = Table(
    "declared_words",
    dict.fromkeys(("day", "store", "word", "visitors", "carts", "favourites", "buyers", "units", "paid_minor"), _INT),
)
"""The declared tables are what the platform's own back office shows: counts of people, not additive over days."""

LIVE_SESSIONS = Table(
    "live_sessions",
    dict.fromkeys(
        (
            "live_session", "store", "creator", "started_at", "ended_at", "viewers", "product_visitors",
            "slot_fee_minor", "commission_bp", "n_samples", "ad_spend_minor",
        ),
        _INT,
    ),
)  # fmt: skip
NOTES = Table(
    "notes",
    dict.fromkeys(
        (
            "note", "day", "store", "creator", "published_at", "sku", "sentiment", "impressions", "clicks", "likes",
            "cost_minor",
        ),
        _INT,
    ),
)  # fmt: skip
"""Posts about the shop's goods, one row per post and day on which people saw it; `sentiment` is -1, 0 or 1.

Impressions, clicks and likes are those of the day; the cost stands on the day of publishing.
"""

EVENTS = Table(
    "events",
    {
        "session": _KEY,
        "anon": _KEY,
        "is_bot": _TRUTH,
        **dict.fromkeys(
            (
                "at_ms", "person", "sdk", "step", "sku", "quantity", "price_minor", "order", "page",
                "channel", "campaign", "ad_group", "creative", "creator", "note", "live_session", "word",
            ),
            _INT,
        ),
    },
    frozenset(
        {
            "person", "sku", "quantity", "price_minor", "order", "campaign", "ad_group", "creative", "creator", "note",
            "live_session", "word",
        }
    ),
)  # fmt: skip
"""Own-site events in order of time; `person` is set from the moment the visitor is known.

`page` is what the page is about: the category of a list, the product of an item, the arm of a tested banner.
"""

STOCK_MOVES = Table(
    "stock_moves",
    dict.fromkeys(("move", "at", "warehouse", "sku", "quantity", "reason", "order", "refund", "purchase"), _INT),
    frozenset({"order", "refund", "purchase"}),
)
STOCK_LEVELS = Table(
    "stock_levels",
    dict.fromkeys(("day", "warehouse", "sku", "on_hand", "committed", "on_order", "oversold"), _INT),
)
"""Standing at the end of the day; `on_hand` is never negative, what was sold beyond it is `oversold`."""

PURCHASES = Table(
    "purchases",
    dict.fromkeys(
        (
            "purchase", "supplier", "warehouse", "sku", "quantity", "received_quantity", "unit_cost_minor",
            "ordered_at", "due_at", "received_at",
        ),
        _INT,
    ),
    frozenset({"received_at"}),
)  # fmt: skip
COUNTS = Table(
    "counts", dict.fromkeys(("count", "warehouse", "sku", "counted_at", "book_quantity", "counted_quantity"), _INT)
)
REVIEWS = Table(
    "reviews", dict.fromkeys(("review", "order", "line", "store", "sku", "at", "stars", "topic", "text"), _INT)
)
TICKETS = Table(
    "tickets",
    {
        "is_complaint": _TRUTH,
        **dict.fromkeys(
            (
                "ticket", "store", "order", "person", "topic", "opened_at", "first_reply_at", "closed_at", "n_messages",
                "stars",
            ),
            _INT,
        ),
    },
    frozenset({"order", "person", "first_reply_at", "closed_at", "stars"}),
)  # fmt: skip
POINTS = Table(
    "points", dict.fromkeys(("entry", "person", "at", "points", "reason", "order"), _INT), frozenset({"order"})
)
TIER_MOVES = Table("tier_moves", dict.fromkeys(("person", "at", "before", "after"), _INT))
CONTACTS = Table("contacts", dict.fromkeys(("contact", "person", "at", "employee", "group", "source"), _INT))
MESSAGES = Table(
    "messages",
    {
        "is_holdout": _TRUTH,
        "is_complaint": _TRUTH,
        "is_unsubscribe": _TRUTH,
        **dict.fromkeys(
            (
                "message", "send", "person", "channel", "planned_at", "sent_at", "delivered_at", "clicked_at",
                "experiment", "arm",
            ),
            _INT,
        ),
    },
    frozenset({"sent_at", "delivered_at", "clicked_at", "experiment", "arm"}),
)  # fmt: skip
"""One row per recipient of a send; a held-out recipient is planned and never sent."""

COUPONS = Table(
    "coupons",
    dict.fromkeys(("coupon", "offer", "person", "issued_at", "expires_at", "used_at", "order"), _INT),
    frozenset({"used_at", "order"}),
)
"""A coupon stands here once when it is handed out, and once more, with its order, on the day on which it is used."""

ASSIGNMENTS = Table(
    "assignments", {"anon": _KEY, **dict.fromkeys(("experiment", "arm", "person", "at"), _INT)}, frozenset({"person"})
)
PRICES = Table("prices", dict.fromkeys(("day", "store", "sku", "price_minor", "list_minor"), _INT))
"""Price changes only: a SKU keeps its price until the next row."""

STORE_SCORES = Table("store_scores", dict.fromkeys(("day", "store", "goods_bp", "service_bp", "delivery_bp"), _INT))
"""Scores of 5 in hundredths of a percent: 4.87 is 48700."""

TABLES: tuple[Table, ...] = (
    VISITS, ORDERS, LINES, REFUNDS, SETTLEMENTS, AD_ROWS, DECLARED_PRODUCTS, DECLARED_SOURCES, DECLARED_HOURS,
    DECLARED_WORDS, LIVE_SESSIONS, NOTES, EVENTS, STOCK_MOVES, STOCK_LEVELS, PURCHASES, COUNTS, REVIEWS, TICKETS,
    CHANNEL_COSTS, POINTS, TIER_MOVES, CONTACTS, MESSAGES, COUPONS, ASSIGNMENTS, PRICES, STORE_SCORES,
)  # fmt: skip
