"""What events of own sites are called."""

from __future__ import annotations

from collections.abc import Mapping

from zhanggui.i18n import Text

_ZH: Mapping[str, str] = {
    "page_view": "浏览页面",
    "screen_view": "浏览页面（应用）",
    "search": "搜索",
    "product_list_view": "浏览商品列表",
    "product_click": "点击商品",
    "product_view": "浏览商品",
    "variant_view": "看规格",
    "reviews_view": "看评价",
    "favourite": "收藏",
    "unfavourite": "取消收藏",
    "add_to_cart": "加购",
    "remove_from_cart": "移出购物车",
    "cart_view": "看购物车",
    "begin_checkout": "去结算",
    "promotion_view": "看到活动",
    "promotion_click": "点击活动",
    "coupon_applied": "用券",
    "share": "分享",
    "review": "写评价",
    "sign_up": "注册",
    "login": "登录",
}


def event_words(name: str) -> Text:
    """Return what an event is called.

    Examples
    --------
    >>> event_words("reviews_view")
    Text(zh='看评价', en='reviews view')
    """
    return Text(_ZH.get(name, name), name.replace("_", " "))
