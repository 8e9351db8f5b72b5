"""Status words that a mapped file may use: our own names, and the words that shops everywhere write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.ledger.schema.vocabulary import ORDER_STATUS, REFUND_STATUS

_ORDER_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pending_payment": ("等待买家付款", "待付款", "待支付", "未付款", "pending", "unpaid", "pending payment"),
        "paid": ("买家已付款,等待卖家发货", "已付款", "已支付", "待发货", "等待卖家发货", "processing", "on-hold"),
        "partially_shipped": ("部分发货", "partially shipped", "partial"),
        "shipped": ("卖家已发货,等待买家确认", "已发货", "待收货", "已发货,待收货", "shipped", "fulfilled"),
        "delivered": ("买家已签收", "已签收", "已收货", "delivered"),
        "completed": ("交易成功", "已完成", "完成", "complete", "closed successfully", "success"),
        "closed_unpaid": ("未付款关闭", "voided", "failed", "expired"),
        "closed_refunded": ("已退款", "退款成功", "refunded", "returned"),
        "closed": ("交易关闭", "已关闭", "关闭", "已取消", "取消", "cancelled", "canceled", "closed"),
    }
)

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{word: word for word in ORDER_STATUS},
        **{word: status for status, words in _ORDER_GROUPS.items() for word in words},
    }
)
"""Lower-case NFKC word to canonical order status (or ``closed``, settled by the row's paid time)."""

_REFUND_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "requested": ("买家已经申请退款,等待卖家同意", "待商家处理", "申请中", "requested", "pending"),
        "approved_waiting_return": ("卖家已经同意退款,等待买家退货", "待买家退货", "approved"),
        "returning": ("买家已经退货,等待卖家确认收货", "退货中", "returning"),
        "processing": ("退款中", "处理中", "售后处理中", "processing"),
        "rejected": ("卖家拒绝退款", "已拒绝", "rejected", "refused"),
        "closed": ("退款关闭", "售后关闭", "已关闭", "已撤销", "closed", "cancelled", "canceled"),
        "succeeded": ("退款成功", "退款完成", "同意退款,退款成功", "已退款", "refunded", "success", "completed"),
    }
)

REFUND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{word: word for word in REFUND_STATUS},
        **{word: status for status, words in _REFUND_GROUPS.items() for word in words},
    }
)
"""Lower-case NFKC word to canonical refund status."""
