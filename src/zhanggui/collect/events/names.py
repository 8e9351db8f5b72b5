"""What visitors do, under one name whatever library says it; each protocol's own words are kept beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.schema.event_tables import EVENT_NAMES

OTHER = "other"
NAMES_FILE = "event_names.toml"
"""What a shop calls its events, beside its settings: a section per protocol, sender's name = canonical name."""


class EventNamesError(ZhangguiError):
    """The shop's list of event names cannot be used."""

    code = "event_names"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason, where=str(path), next_step="docs/connectors/events.md lists the canonical names")


SEGMENT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        ":page": "page_view",
        ":screen": "screen_view",
        ":identify": "identify",
        ":alias": "identify",
        ":group": "profile_set",
        "Products Searched": "search",
        "Product List Viewed": "product_list_view",
        "Product List Filtered": "product_list_view",
        "Product Clicked": "product_click",
        "Product Viewed": "product_view",
        "Product Options Viewed": "variant_view",
        "Product Reviews Viewed": "reviews_view",
        "Product Added": "add_to_cart",
        "Product Removed": "remove_from_cart",
        "Cart Viewed": "cart_view",
        "Product Added to Wishlist": "favourite",
        "Product Removed from Wishlist": "unfavourite",
        "Checkout Started": "begin_checkout",
        "Checkout Step Viewed": "checkout_step",
        "Checkout Step Completed": "checkout_step",
        "Payment Info Entered": "add_payment_info",
        "Order Created": "order_created",
        "Order Completed": "purchase",
        "Order Refunded": "refund",
        "Order Cancelled": "order_cancelled",
        "Promotion Viewed": "promotion_view",
        "Promotion Clicked": "promotion_click",
        "Coupon Applied": "coupon_applied",
        "Product Shared": "share",
        "Cart Shared": "share",
        "Product Reviewed": "review",
        "Signed Up": "sign_up",
        "Signed In": "login",
    }
)
"""Names of Segment's ecommerce specification; a colon marks calls that carry no event name."""

SENSORS_NAMES: Mapping[str, str] = MappingProxyType(
    {
        ":track_signup": "identify",
        ":track_id_bind": "identify",
        ":track_id_unbind": "identify",
        ":profile": "profile_set",
        ":item": "item_set",
        "$pageview": "page_view",
        "$MPViewScreen": "page_view",
        "$MPShow": "screen_view",
        "$AppViewScreen": "screen_view",
        "$WebClick": "click",
        "$AppClick": "click",
        "$MPClick": "click",
        "$MPShare": "share",
        "$MPAddFavorites": "favourite",
        "$SignUp": "identify",
        "Search": "search",
        "SearchResult": "search",
        "ViewProductList": "product_list_view",
        "ProductClick": "product_click",
        "ClickProduct": "product_click",
        "ViewProduct": "product_view",
        "CommodityDetail": "product_view",
        "ViewProductDetail": "product_view",
        "ViewProductSpec": "variant_view",
        "ViewReviews": "reviews_view",
        "AddToShoppingCart": "add_to_cart",
        "AddToCart": "add_to_cart",
        "RemoveFromShoppingCart": "remove_from_cart",
        "ViewShoppingCart": "cart_view",
        "FavoriteProduct": "favourite",
        "CollectProduct": "favourite",
        "Checkout": "begin_checkout",
        "SubmitOrder": "order_created",
        "PayOrder": "purchase",
        "PayOrderDetail": "purchase_item",
        "SubmitOrderDetail": "order_item",
        "CancelPayOrder": "order_cancelled",
        "RefundOrder": "refund",
        "ViewBanner": "promotion_view",
        "ClickBanner": "promotion_click",
        "BannerClick": "promotion_click",
        "GetDiscount": "coupon_applied",
        "UseDiscount": "coupon_applied",
        "CommentProduct": "review",
        "Register": "sign_up",
        "Login": "login",
        "ViewStory": "page_view",
    }
)
"""神策 prescribes its own ``$`` names only; the others are those of its demo projects, and a shop may name its own."""

GA4_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "page_view": "page_view",
        "screen_view": "screen_view",
        "search": "search",
        "view_search_results": "search",
        "view_item_list": "product_list_view",
        "select_item": "product_click",
        "view_item": "product_view",
        "select_variant": "variant_view",
        "view_reviews": "reviews_view",
        "add_to_cart": "add_to_cart",
        "remove_from_cart": "remove_from_cart",
        "view_cart": "cart_view",
        "add_to_wishlist": "favourite",
        "begin_checkout": "begin_checkout",
        "add_shipping_info": "checkout_step",
        "add_payment_info": "add_payment_info",
        "purchase": "purchase",
        "refund": "refund",
        "view_promotion": "promotion_view",
        "select_promotion": "promotion_click",
        "share": "share",
        "sign_up": "sign_up",
        "login": "login",
        "click": "click",
    }
)
"""Names that Google recommends for trade, and two that it has none for."""


NATIVE_NAMES: Mapping[str, str] = MappingProxyType({name: name for name in EVENT_NAMES})
"""Our own format knows the canonical names alone."""


def own_names(shop_dir: Path, protocol: str) -> Mapping[str, str]:
    """Return what a shop calls the events of a protocol; nothing where it has no list.

    Raises
    ------
    EventNamesError
        The list is no TOML, or gives a name that does not exist.
    """
    path = shop_dir / NAMES_FILE
    if not path.is_file():
        return {}
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EventNamesError(path, f"The list of event names is no TOML: {error}") from None
    found = document.get(protocol, {})
    if not isinstance(found, dict):
        raise EventNamesError(path, f"[{protocol}] is no section.")
    for raw, name in found.items():
        if name not in EVENT_NAMES:
            raise EventNamesError(path, f"[{protocol}] {raw!r}: there is no event name {name!r}.")
    return found


def canonical(keys: Any, names: Mapping[str, str]) -> Any:
    """Return the canonical name of each event; what no name is known for is ``other``.

    Examples
    --------
    >>> canonical(pa.array(["PayOrder", "看直播"]), SENSORS_NAMES).to_pylist()
    ['purchase', 'other']
    """
    encoded = pc.dictionary_encode(keys)
    found = [names.get(key, OTHER) for key in encoded.dictionary.to_pylist()]
    return pa.array(found, pa.string()).take(encoded.indices)


def kinds(names: Any) -> Any:
    """Return of each canonical name what it tells of: what somebody does, who somebody is, or what is known of him."""
    encoded = pc.dictionary_encode(names)
    found = [EVENT_NAMES[name] for name in encoded.dictionary.to_pylist()]
    return pa.array(found, pa.string()).take(encoded.indices)
