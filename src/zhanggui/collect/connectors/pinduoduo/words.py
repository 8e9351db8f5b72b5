"""Status words of Pinduoduo files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "待发货": "paid",
        "未发货": "paid",
        "已发货": "shipped",
        "已发货,待收货": "shipped",
        "已收货": "delivered",
        "已签收": "delivered",
        "已取消": "closed_unpaid",
        # A group that never came together: whoever had paid got the money back.
        "未成交,退款成功": "closed_refunded",
    }
)
"""Other words of two parts, such as 已发货，退款成功, are split: how far the goods are, and the after-sale word."""

AFTER_SALE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "无售后或售后取消": "none",
        "售后处理中": "processing",
        "退款中": "processing",
        "退款成功": "succeeded",
    }
)

REFUND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "售后处理中": "processing",
        "退款中": "processing",
        "退款成功": "succeeded",
        "已撤销": "closed",
        "无售后或售后取消": "closed",
        "售后单失败": "closed",
    }
)
