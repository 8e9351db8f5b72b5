"""What each way to a store is worth: its part of the first orders, how well it converts, how its links are marked."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.simulate.options import Platform
from zhanggui.simulate.stores import CHANNEL_OF

FIRST_ORDER_SHARE = 0.56
"""Part of the orders of an average day that are their buyers' first."""
PAID_SHARE = 0.87
"""Part of the created orders that are paid on an average day."""

OFFICIAL_ACCOUNT_CONVERSION = 0.025
"""Chance that a visit from the official account ends in a first order."""
LIVE_LIFT = 3.2
"""How many times better a visit from a live session converts than one from the official account.

Three times counted by paid orders (X-10): on Douyin more orders stay unpaid, and tests lift the own site's part.
"""
REFERRAL_COST = 0.2
"""Cost of a buyer whom a friend brings, in costs of a buyer whom ads bring (X-18)."""

BASE_CONVERSION = MappingProxyType(
    {
        Platform.TAOBAO: 0.028,
        Platform.TMALL: 0.030,
        Platform.JD: 0.034,
        Platform.PINDUODUO: 0.040,
        Platform.DOUYIN: 0.016,
        Platform.OWN_SITE: OFFICIAL_ACCOUNT_CONVERSION,
    }
)
"""Chance that a visit ends in a first order, where the channel does not matter."""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel as seen from a store.

    Attributes
    ----------
    conversion : float
        Factor on the base conversion of the platform.
    landing : float
        Factor on the chance that a visitor of the own site looks at anything beyond the page on which he lands.
    comes_back : float
        Chance that a visitor of the own site who has not bought comes again.
    lift : float
        Factor on what later visits of the same person convert: the true value of the touch.
    source, medium : str
        As tagged links say it; no tag where the medium is empty.
    referrer : str
        Page that the visitor comes from; empty where there is none.
    """

    conversion: float
    landing: float = 1.0
    comes_back: float = 0.3
    lift: float = 1.0
    source: str = ""
    medium: str = ""
    referrer: str = ""


WAYS: tuple[Way, ...] = (
    Way(1.15, 1.05, 0.28, 1.05, "", "", "https://www.baidu.com/"),
    Way(0.75),
    Way(1.50, 1.15, 0.35, 1.10),
    Way(1.20, 1.00, 0.26, 1.00, "baidu", "cpc", "https://www.baidu.com/"),
    Way(0.65, 0.85, 0.26, 1.15, "oceanengine", "feed", ""),
    Way(LIVE_LIFT, source="douyin", medium="live"),
    Way(0.70),
    Way(1.15, 1.05, 0.42, 1.45, "xiaohongshu", "note", "https://www.xiaohongshu.com/"),
    Way(1.00, 1.05, 0.36, 1.20, "wechat", "official_account", "https://mp.weixin.qq.com/"),
    Way(2.10, 1.20, 0.34, 1.15, "wecom", "group", ""),
    Way(0.90, 1.00, 0.30, 1.25, "creator", "kol", ""),
    Way(1.80, 1.15, 0.30, 1.20, "referral", "friend", ""),
    Way(0.35, 0.62, 0.14, 1.00, "display", "cpm", ""),
    Way(0.10, 0.80, 0.0, 0.0, "", "", "https://bbs.example.com/"),
    Way(1.25),
)
"""One entry per channel, at its number. A negative post ends the journey: nobody comes back from the forum."""

_SHELF = {"search": 26, "recommend": 14, "direct": 10, "search_ads": 16, "feed_ads": 14, "activity": 9}
_FIRST_ORDERS: dict[Platform, dict[str, float]] = {
    Platform.TAOBAO: {**_SHELF, "live": 6, "xiaohongshu": 5},
    Platform.TMALL: {**_SHELF, "live": 6, "xiaohongshu": 5},
    Platform.JD: {"search": 34, "recommend": 12, "direct": 14, "search_ads": 18, "feed_ads": 12, "activity": 10},
    Platform.PINDUODUO: {"search": 28, "recommend": 22, "direct": 8, "search_ads": 14, "feed_ads": 14, "activity": 14},
    Platform.DOUYIN: {
        "search": 8, "recommend": 8, "direct": 4, "feed_ads": 18, "live": 34, "short_video": 14, "creator": 10,
        "activity": 4,
    },
    Platform.OWN_SITE: {
        "search": 14, "direct": 14, "search_ads": 18, "feed_ads": 18, "hard_ads": 11, "xiaohongshu": 13,
        "official_account": 11, "wecom_group": 6, "creator": 5, "referral": 5, "forum": 0.2,
    },
}  # fmt: skip


def first_order_shares(platform: Platform) -> dict[int, float]:
    """Return the part of a platform's first orders that each channel brings on an average day, by channel number."""
    weights = _FIRST_ORDERS[platform]
    total = sum(weights.values())
    return {CHANNEL_OF[code]: weight / total for code, weight in weights.items()}


def conversion_of(platform: Platform, channel: int) -> float:
    """Return the chance that a visit through a channel ends in a first order."""
    if channel == CHANNEL_OF["live"]:
        return OFFICIAL_ACCOUNT_CONVERSION * LIVE_LIFT
    return BASE_CONVERSION[platform] * WAYS[channel].conversion
