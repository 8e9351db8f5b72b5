"""The tables of what visitors do on the company's own sites: events, their goods, and the visits they make up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table

_NONE, _PSEUDONYM = PersonalClass.NONE, PersonalClass.PSEUDONYM

EVENT_SOURCE = ("segment", "sensors", "ga4", "native")
EVENT_CLOCK = ("stated", "corrected", "received")
EVENT_KIND = ("behaviour", "identity", "profile")

EVENT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "page_view": "behaviour",
        "screen_view": "behaviour",
        "search": "behaviour",
        "product_list_view": "behaviour",
        "product_click": "behaviour",
        "product_view": "behaviour",
        "variant_view": "behaviour",
        "reviews_view": "behaviour",
        "favourite": "behaviour",
        "unfavourite": "behaviour",
        "add_to_cart": "behaviour",
        "remove_from_cart": "behaviour",
        "cart_view": "behaviour",
        "begin_checkout": "behaviour",
        "checkout_step": "behaviour",
        "add_payment_info": "behaviour",
        "order_created": "behaviour",
        "order_item": "behaviour",
        "purchase": "behaviour",
        "purchase_item": "behaviour",
        "order_cancelled": "behaviour",
        "refund": "behaviour",
        "promotion_view": "behaviour",
        "promotion_click": "behaviour",
        "coupon_applied": "behaviour",
        "share": "behaviour",
        "review": "behaviour",
        "click": "behaviour",
        "sign_up": "behaviour",
        "login": "behaviour",
        "other": "behaviour",
        "identify": "identity",
        "profile_set": "profile",
        "item_set": "profile",
    }
)
"""Every canonical name of an event, and what it tells of: what a visitor does, who he is, what is known of him."""

CAMPAIGN_COLUMNS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


def _text(
    name: str,
    note: str,
    *,
    personal: PersonalClass = _NONE,
    nullable: bool = True,
    allowed: tuple[str, ...] = (),
) -> Column:
    return Column(name, ColumnType.TEXT, note, personal, nullable, allowed=allowed)


def _plain(name: str, type_: ColumnType, note: str, *, nullable: bool = True, unit: str | None = None) -> Column:
    return Column(name, type_, note, _NONE, nullable, unit=unit)


_SHOP = _plain("shop_id", ColumnType.INTEGER, "The store.", nullable=False)
_LINEAGE = (
    _plain("batch_id", ColumnType.INTEGER, "The import that holds the event.", nullable=False),
    _plain("row_no", ColumnType.BIGINT, "Number of the event within its file, from 1.", nullable=False),
)
_WHO = (
    _text("anon_id", "Keyed token of the device's or browser's own id.", personal=_PSEUDONYM),
    _text("user_key", "Keyed token of the account; equal to buyer_key of its orders.", personal=_PSEUDONYM),
)
_CAMPAIGN_NOTES = ("Source", "Medium", "Name", "Search word", "Creative or place")
_CAMPAIGN = tuple(
    _text(name, f"{note} of the campaign, as the link's tags say it.")
    for name, note in zip(CAMPAIGN_COLUMNS, _CAMPAIGN_NOTES, strict=True)
)
_DAY = _plain("event_date", ColumnType.DATE, "Day of event_at.", nullable=False, unit="business day of the store")

EVENT = Table(
    name="event",
    grain="one event of one visitor, as a library of a site or app sent it",
    key=("shop_id", "event_id"),
    source="bodies of Segment, 神策 and the GA4 Measurement Protocol (docs/connectors/events.md)",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _plain("event_id", ColumnType.HASH, "Hash of the sender's message id.", nullable=False),
        Column("event_at", ColumnType.TIMESTAMP, "When it happened, clocks corrected.", _NONE, False, unit="UTC"),
        _DAY,
        _plain("event_hour", ColumnType.INTEGER, "Hour of event_at.", nullable=False, unit="hour 0-23, local time"),
        _text("clock", "Whose clock event_at follows.", nullable=False, allowed=EVENT_CLOCK),
        Column(
            "stated_at",
            ColumnType.TIMESTAMP,
            "What the sender's clock said, where it was corrected.",
            _NONE,
            unit="UTC",
        ),
        Column("received_at", ColumnType.TIMESTAMP, "When it was received, where that is known.", _NONE, unit="UTC"),
        _text("source", "Protocol that it came by.", nullable=False, allowed=EVENT_SOURCE),
        _text("kind", "What it tells of.", nullable=False, allowed=EVENT_KIND),
        _text("name", "Canonical name.", nullable=False, allowed=tuple(EVENT_NAMES)),
        _text("name_raw", "Name as sent."),
        *_WHO,
        _text("email_token", "Token of an e-mail address that the event names.", personal=_PSEUDONYM),
        _text("phone_token", "Token of a phone number that the event names.", personal=_PSEUDONYM),
        _text(
            "ip_prefix",
            "Network of the sender: IPv4 without its last, IPv6 without its last ten bytes.",
            personal=_PSEUDONYM,
        ),
        _text("bot_mark", "Why it counts as a machine's; empty for people.", allowed=("agent", "no_agent")),
        _text("device", "Kind of device.", allowed=("mobile", "tablet", "desktop", "other")),
        _text("app", "App or browser that shows the page."),
        _text("page_host", "Host of the page."),
        _text("page_path", "Path of the page; long numbers of people's are cut out."),
        _text("page_query", "Query of the page, without tags, click ids and whatever is personal."),
        _text("referrer_host", "Host of the page before."),
        _text("referrer_path", "Path of the page before."),
        *_CAMPAIGN,
        _text("click_id_kind", "Name of the ad platform's click id (gclid, bd_vid)."),
        _text("click_id", "The ad platform's click id."),
        _text("search_term", "What was searched for."),
        _text("order_id", "Order that it is about."),
        Column("value_minor", ColumnType.BIGINT, "Money that it names.", _NONE, unit="minor units of `currency`"),
        _text("currency", "ISO 4217 code."),
        _plain("n_items", ColumnType.INTEGER, "Goods that it is about (event_item).", nullable=False),
        _text("promotion_id", "Banner or promotion shown or clicked."),
        _text("list_id", "List shown."),
        _plain("row_hash", ColumnType.HASH, "Hash of the event's content.", nullable=False),
        *_LINEAGE,
        _plain("line_no", ColumnType.BIGINT, "Line of the file that holds its body.", nullable=False),
        _plain("place", ColumnType.INTEGER, "Place within its body, from 0.", nullable=False),
    ),
)

EVENT_ITEM = Table(
    name="event_item",
    grain="one of the goods that an event is about",
    key=("shop_id", "event_id", "item_no"),
    source="the same bodies",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _plain("event_id", ColumnType.HASH, "The event.", nullable=False),
        _plain("item_no", ColumnType.INTEGER, "Place within the event, from 0.", nullable=False),
        _DAY,
        _text("name", "Canonical name of the event.", nullable=False, allowed=tuple(EVENT_NAMES)),
        _text("product_id", "Product id as sent."),
        _text("sku_id", "SKU id as sent."),
        Column("quantity", ColumnType.QUANTITY, "Units.", _NONE, unit="units"),
        Column("price_minor", ColumnType.BIGINT, "Price of one unit.", _NONE, unit="minor units of `currency`"),
        _text("currency", "ISO 4217 code."),
        *_LINEAGE,
    ),
)

SESSION = Table(
    name="session",
    grain="one visit: events of one visitor without a longer pause",
    key=("shop_id", "session_id"),
    source="derived from events by the rules in docs/connectors/events.md",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _plain("session_id", ColumnType.HASH, "The event_id of its first event.", nullable=False),
        _text("visitor_id", "anon_id, or user_key where no device is named.", personal=_PSEUDONYM, nullable=False),
        _text("user_key", "Last account that showed itself.", personal=_PSEUDONYM),
        Column("started_at", ColumnType.TIMESTAMP, "First event.", _NONE, False, unit="UTC"),
        Column("ended_at", ColumnType.TIMESTAMP, "Last event.", _NONE, False, unit="UTC"),
        _plain("session_date", ColumnType.DATE, "Day it began.", nullable=False, unit="business day of the store"),
        _text("channel", "How the visitor came, by the grouping rules; unknown where no rule says.", nullable=False),
        *_CAMPAIGN,
        _text("click_id_kind", "Name of the ad platform's click id."),
        _text("referrer_host", "Host of the page before the first."),
        _text("entry_path", "First page."),
        _text("exit_path", "Last page."),
        _text("device", "Kind of device.", allowed=("mobile", "tablet", "desktop", "other")),
        _plain("n_events", ColumnType.INTEGER, "Events.", nullable=False),
        _plain("n_pages", ColumnType.INTEGER, "Pages seen.", nullable=False),
        _plain("has_variants", ColumnType.BOOLEAN, "Variants of goods were looked at.", nullable=False),
        _plain("has_choice", ColumnType.BOOLEAN, "Something was put into the cart after that.", nullable=False),
        _plain("has_cart", ColumnType.BOOLEAN, "Something was put into the cart.", nullable=False),
        _plain("has_payment", ColumnType.BOOLEAN, "An order was placed, or a way to pay entered.", nullable=False),
        _plain("has_order", ColumnType.BOOLEAN, "Something was bought.", nullable=False),
        Column("carted_at", ColumnType.TIMESTAMP, "When something was last put into the cart.", _NONE, unit="UTC"),
        Column("bought_at", ColumnType.TIMESTAMP, "When something was last bought.", _NONE, unit="UTC"),
        _plain("is_bot", ColumnType.BOOLEAN, "An event of it is a machine's.", nullable=False),
    ),
)

_PERSON = _text(
    "person_key",
    "The account, where the device has shown one alone; else the device.",
    personal=_PSEUDONYM,
    nullable=False,
)

CART = Table(
    name="cart",
    grain="one visit in which something was put into the cart",
    key=("shop_id", "session_id"),
    source="derived from session, event and order_header (docs/methods/traffic/funnel.md)",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _plain("session_id", ColumnType.HASH, "The visit.", nullable=False),
        _PERSON,
        _plain("day", ColumnType.DATE, "Day of the visit.", nullable=False, unit="business day of the store"),
        Column("carted_at", ColumnType.TIMESTAMP, "When something was last put in.", _NONE, False, unit="UTC"),
        _plain("is_bought", ColumnType.BOOLEAN, "The person paid after that, to this day.", nullable=False),
        _plain("is_bought_at_once", ColumnType.BOOLEAN, "The person paid in the same visit.", nullable=False),
    ),
)

LOOK_BACK_DAYS = 90
"""Visits longer before an order are no part of its journey."""

JOURNEY = Table(
    name="journey",
    grain="one order of which events tell, with the first visit that led to it",
    key=("shop_id", "order_id"),
    source="derived from session and event (docs/methods/traffic/funnel.md)",
    retention=Retention.RELATION,
    references=MappingProxyType({"shop_id": "store"}),
    columns=(
        _SHOP,
        _text("order_id", "The order.", nullable=False),
        _PERSON,
        _plain("day", ColumnType.DATE, "Day of ordered_at.", nullable=False, unit="business day of the store"),
        Column("ordered_at", ColumnType.TIMESTAMP, "First event that names the order.", _NONE, False, unit="UTC"),
        _plain("session_id", ColumnType.HASH, "The first visit of the journey; null: there is none."),
        Column(
            "first_touch_at",
            ColumnType.TIMESTAMP,
            f"When that began: after the person's order before, at most {LOOK_BACK_DAYS} days ago.",
            _NONE,
            unit="UTC",
        ),
    ),
)

EVENT_TABLES = (EVENT, EVENT_ITEM, SESSION)
