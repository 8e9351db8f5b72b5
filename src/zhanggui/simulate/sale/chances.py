"""How likely buyers are to want their money back, and what they then ask for and why, as data."""

from __future__ import annotations

from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.records import Reason, RefundKind

REFUND_CHANCE: dict[Trade, float] = {Trade.BEAUTY: 0.098, Trade.FASHION: 0.2, Trade.BABY: 0.094, Trade.HOME: 0.1}
"""Chance that an order of a trade sees a refund, where neither platform nor goods add to it."""

PLATFORM_FACTOR: dict[Platform, float] = {Platform.JD: 1.1, Platform.PINDUODUO: 1.35, Platform.DOUYIN: 1.3}
LIVE_FACTOR = 1.45
"""Orders from live sessions without a creator of the world's list."""

BEFORE_SHIPPING = 0.3
"""Part of the cases that come before the parcel leaves; they are for the whole order."""

SIZE_FAULT_CHANCE = 0.2
"""Chance that a thing whose size chart is wrong comes back for that."""

KINDS = (RefundKind.REFUND_ONLY, RefundKind.RETURN_AND_REFUND, RefundKind.EXCHANGE, RefundKind.RESHIP)
KIND_SHARES: dict[Platform, tuple[float, ...]] = {
    Platform.TAOBAO: (0.18, 0.71, 0.08, 0.03),
    Platform.TMALL: (0.2, 0.7, 0.06, 0.04),
    Platform.JD: (0.14, 0.72, 0.1, 0.04),
    Platform.PINDUODUO: (0.46, 0.48, 0.03, 0.03),
    Platform.DOUYIN: (0.26, 0.67, 0.04, 0.03),
    Platform.OWN_SITE: (0.16, 0.7, 0.09, 0.05),
}
FRESH_KIND_SHARES = (0.9, 0.0, 0.0, 0.1)
"""What is chilled does not come back."""

ABUSE_FACTOR = 5.0
"""How much more often people of that habit take refunds without sending anything back."""

REASONS: tuple[Reason, ...] = (
    Reason.CHANGED_MIND, Reason.LATE, Reason.TOO_SMALL, Reason.TOO_LARGE, Reason.COLOUR, Reason.FABRIC,
    Reason.QUALITY, Reason.DAMAGED, Reason.NOT_AS_DESCRIBED, Reason.WRONG_ITEM, Reason.LOST, Reason.PRICE,
)  # fmt: skip
REASON_SHARES: dict[Trade, tuple[float, ...]] = {
    Trade.BEAUTY: (34, 5, 0, 0, 6, 0, 14, 9, 16, 4, 4, 8),
    Trade.FASHION: (30, 4, 14, 9, 9, 11, 8, 1, 9, 2, 2, 1),
    Trade.BABY: (32, 7, 3, 2, 1, 3, 14, 11, 13, 5, 4, 5),
    Trade.HOME: (20, 9, 1, 1, 3, 3, 22, 22, 11, 4, 3, 1),
}
"""Why things are sent back once they have arrived."""
EARLY_REASON_SHARES: tuple[float, ...] = (62, 16, 0, 0, 0, 0, 0, 0, 0, 6, 0, 16)
"""Why orders are called off before the parcel leaves."""

MERCHANTS_FAULT = (
    Reason.LATE, Reason.QUALITY, Reason.DAMAGED, Reason.NOT_AS_DESCRIBED, Reason.WRONG_ITEM, Reason.LOST,
)  # fmt: skip
"""Reasons for which the merchant pays the way back."""

SELLABLE_SHARE: dict[Trade, float] = {Trade.BEAUTY: 0.8, Trade.FASHION: 0.92, Trade.BABY: 0.84, Trade.HOME: 0.78}
"""Part of what comes back that can be sold again."""
