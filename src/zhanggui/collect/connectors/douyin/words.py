"""Status words of Douyin shop files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "待支付": "pending_payment",
        "待发货": "paid",
        "备货中": "paid",
        "已发货": "shipped",
        "已完成": "completed",
        "已关闭": "closed",
    }
)
"""An order stays 已完成 while its after-sale succeeds: the refund stands on the other axis alone."""

UNPAID_REASONS = ("超时未支付",)
"""Close reasons of orders that were never paid."""

AFTER_SALE_WORDS: Mapping[str, str] = MappingProxyType(
    {"售后处理中": "processing", "售后关闭": "closed", "退款成功": "succeeded"}
)
"""On the order file; ``-`` is no case."""

REFUND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "待商家处理": "requested",
        "待买家退货": "approved_waiting_return",
        "待商家收货": "returning",
        "售后处理中": "processing",
        "退款中": "processing",
        "同意退款,退款成功": "succeeded",
        "换货成功": "succeeded",
        "补寄成功": "succeeded",
        "售后关闭": "closed",
    }
)
"""Attested are the agreed refund, the exchange, the closed case and the one in hand; the others only say what waits."""
