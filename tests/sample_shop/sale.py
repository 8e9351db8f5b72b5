"""One made-up order with its items and its refund."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.sample_shop.goods import Goods

SHIPPED_AFTER = timedelta(hours=30)
RECEIVED_AFTER = timedelta(days=9)
CLOSED_UNPAID_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order."""

    goods: Goods
    spec: str
    quantity: int

    @property
    def amount_fen(self) -> int:
        """Price times quantity."""
        return self.goods.price_fen * self.quantity


@dataclass(frozen=True, slots=True)
class Refund:
    """One after-sale case; `closed_at` is None while it is being handled."""

    number: str
    item: Item
    amount_fen: int
    is_whole: bool
    applied_at: datetime
    closed_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Sale:
    """One order as the platform would know it at `exported_at`."""

    number: str
    created_at: datetime
    paid_at: datetime | None
    items: tuple[Item, ...]
    shipping_fen: int
    discount_fen: int
    province: str
    city: str
    buyer: str
    exported_at: datetime
    refund: Refund | None = None

    def with_refund(self, refund: Refund | None) -> Sale:
        """Return the sale with this refund."""
        return replace(self, refund=refund)

    @property
    def goods_fen(self) -> int:
        """Sum of the items, before postage and discount."""
        return sum(item.amount_fen for item in self.items)

    @property
    def total_fen(self) -> int:
        """Goods and postage after the shop's discount: what the buyer is asked to pay."""
        return self.goods_fen + self.shipping_fen - self.discount_fen

    @property
    def paid_fen(self) -> int:
        """What the buyer paid, refunds not deducted."""
        return self.total_fen if self.paid_at else 0

    @property
    def refunded_fen(self) -> int:
        """What was paid back so far."""
        return self.refund.amount_fen if self.refund and self.refund.closed_at else 0

    @property
    def shipped_at(self) -> datetime | None:
        """When the parcel left, if it has left."""
        if self.paid_at is None or self.is_refunded_whole:
            return None
        leaves = self.paid_at + SHIPPED_AFTER
        return leaves if leaves < self.exported_at else None

    @property
    def received_at(self) -> datetime | None:
        """When the buyer confirmed receipt, if so."""
        if self.paid_at is None or self.is_refunded_whole:
            return None
        arrives = self.paid_at + RECEIVED_AFTER
        return arrives if arrives < self.exported_at else None

    @property
    def is_refunded_whole(self) -> bool:
        """Whether everything paid went back."""
        return self.refund is not None and self.refund.is_whole and self.refund.closed_at is not None

    @property
    def status(self) -> str:
        """The platform's word for where the order stands."""
        if self.paid_at is None:
            is_open = self.exported_at - self.created_at < CLOSED_UNPAID_AFTER
            return "等待买家付款" if is_open else "交易关闭"
        if self.is_refunded_whole:
            return "交易关闭"
        if self.received_at:
            return "交易成功"
        return "卖家已发货，等待买家确认" if self.shipped_at else "买家已付款，等待卖家发货"

    @property
    def close_reason(self) -> str:
        """Why the order was closed."""
        if self.status != "交易关闭":
            return "订单未关闭"
        return "退款" if self.paid_at else "买家未付款"
