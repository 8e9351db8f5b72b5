"""Status words of Taobao and Tmall files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "等待买家付款": "pending_payment",
        "买家已付款,等待卖家发货": "paid",
        "卖家部分发货": "partially_shipped",
        "卖家已发货,等待买家确认": "shipped",
        "买家已签收": "delivered",
        "交易成功": "completed",
        "交易关闭": "closed",
    }
)
"""Full-width punctuation is folded before the look-up. ``closed``: refunded when it was paid, else unpaid."""

REFUND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "买家已经申请退款,等待卖家同意": "requested",
        "卖家已经同意退款,等待买家退货": "approved_waiting_return",
        "买家已经退货,等待卖家确认收货": "returning",
        "退款中": "processing",
        "卖家拒绝退款": "rejected",
        "退款关闭": "closed",
        "退款成功": "succeeded",
    }
)
