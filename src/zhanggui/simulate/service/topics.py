"""What reviews and tickets are about."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import Reason


class Topic(IntEnum):
    """What a review is about."""

    GENERAL = 0
    SIZE_SMALL = 1
    SIZE_LARGE = 2
    FABRIC = 3
    COLOUR = 4
    QUALITY = 5
    LOGISTICS = 6
    SERVICE = 7
    FRESHNESS = 8
    EFFECT = 9
    PRICE = 10


TOPIC_NAMES: tuple[str, ...] = (
    "综合", "尺码偏小", "尺码偏大", "面料", "颜色", "质量", "物流", "服务", "新鲜度", "使用效果", "价格",
)  # fmt: skip
"""Names of topics in Chinese."""


class TicketTopic(IntEnum):
    """What a customer asks the service desk."""

    PRODUCT = 0
    SIZE = 1
    DISCOUNT = 2
    CHASE_SHIPPING = 3
    WHERE_IS_IT = 4
    REFUND = 5
    QUALITY = 6
    INVOICE = 7


TICKET_TOPIC_NAMES: tuple[str, ...] = (
    "商品咨询", "尺码咨询", "优惠咨询", "催发货", "物流查询", "退换货", "质量问题", "发票",
)  # fmt: skip
"""Names of ticket topics in Chinese."""

TOPIC_OF_REASON = np.full(len(Reason), Topic.GENERAL, np.int64)
TOPIC_OF_REASON[Reason.LATE] = Topic.LOGISTICS
TOPIC_OF_REASON[Reason.TOO_SMALL] = Topic.SIZE_SMALL
TOPIC_OF_REASON[Reason.TOO_LARGE] = Topic.SIZE_LARGE
TOPIC_OF_REASON[Reason.COLOUR] = Topic.COLOUR
TOPIC_OF_REASON[Reason.FABRIC] = Topic.FABRIC
TOPIC_OF_REASON[Reason.QUALITY] = Topic.QUALITY
TOPIC_OF_REASON[Reason.DAMAGED] = Topic.LOGISTICS
TOPIC_OF_REASON[Reason.NOT_AS_DESCRIBED] = Topic.QUALITY
TOPIC_OF_REASON[Reason.WRONG_ITEM] = Topic.SERVICE
TOPIC_OF_REASON[Reason.LOST] = Topic.LOGISTICS
TOPIC_OF_REASON[Reason.PRICE] = Topic.PRICE
"""What somebody writes about who asked for his money back for a reason."""

ANGER = np.full(len(Reason), 0.6)
ANGER[[Reason.CHANGED_MIND, Reason.PRICE, Reason.LATE]] = 0.03, 0.2, 0.5
"""Chance that a refund for a reason leaves a bad review."""


def _weights(**by_topic: float) -> list[float]:
    return [by_topic.get(topic.name.lower(), 0.0) for topic in Topic]


BAD_TOPICS: dict[Trade, list[float]] = {
    Trade.BEAUTY: _weights(effect=0.42, quality=0.2, logistics=0.13, service=0.1, colour=0.09, price=0.06),
    Trade.FASHION: _weights(fabric=0.4, colour=0.18, quality=0.2, logistics=0.09, service=0.07, price=0.06),
    Trade.BABY: _weights(quality=0.42, fabric=0.1, logistics=0.2, service=0.14, price=0.14),
    Trade.HOME: _weights(quality=0.45, logistics=0.26, service=0.12, price=0.17),
}
"""What bad reviews without any special cause are about, by trade; see `FRESH_BAD_TOPICS` for fresh food."""
FRESH_BAD_TOPICS = _weights(freshness=0.62, logistics=0.22, service=0.06, price=0.1)
GOOD_TOPICS: dict[Trade, list[float]] = {
    Trade.BEAUTY: _weights(general=0.25, effect=0.35, logistics=0.15, service=0.13, price=0.12),
    Trade.FASHION: _weights(general=0.25, fabric=0.3, colour=0.15, logistics=0.1, service=0.1, price=0.1),
    Trade.BABY: _weights(general=0.25, quality=0.35, logistics=0.17, service=0.11, price=0.12),
    Trade.HOME: _weights(general=0.25, quality=0.32, logistics=0.2, service=0.08, price=0.15),
}
"""What good reviews are about, by trade."""
FRESH_GOOD_TOPICS = _weights(general=0.15, freshness=0.5, logistics=0.22, price=0.13)
