"""Status words of JD files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_STAGES: Mapping[str, str] = MappingProxyType(
    {
        "等待付款": "pending_payment",
        "待付款": "pending_payment",
        "待支付": "pending_payment",
        "未付款": "pending_payment",
        "等待出库": "paid",
        "等待确认收货": "shipped",
        "完成": "completed",
    }
)
_DELETED = (*_STAGES, "新订单", "锁定", "暂停")

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **_STAGES,
        **{f"(删除){word}": "closed" for word in _DELETED},
        # Locked while a cancellation is being decided: nothing has happened to the order yet.
        "锁定": "paid",
        "(锁定)等待出库": "paid",
        "(锁定)等待确认收货": "shipped",
        "已取消": "closed",
        "取消": "closed",
        "已关闭": "closed",
        "关闭": "closed",
    }
)
"""``(删除)`` marks an order that was cancelled at that stage. ``closed``: refunded when it was paid, else unpaid."""
