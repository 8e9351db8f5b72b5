"""Status words of WeChat shop files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "待付款": "pending_payment",
        "待发货": "paid",
        "待收货": "shipped",
        "完成": "completed",
        "已完成": "completed",
        "取消": "closed",
        "已取消": "closed",
    }
)
"""待发货 is seen in files; the others are the names of the platform's status codes."""
