"""Invented trade: orders of several lines, their refunds, fees and parcels, and what a plain sum makes of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from tests.ledger.profit.trade import Item, Trade

PLATFORMS = {"甲店": "taobao", "乙店": "jd", "丙店": "douyin"}
UNIT_COSTS = {"S1": 40_00, "S2": 3_01, "S3": 12_34, "S4": 0}
UNKNOWN = "NOBODY-KNOWS"
FEES = {"commission": "commission", "service_fee": "service_fee", "creator_commission": "creator_commission",
        "insurance": "insurance", "compensation": "penalty"}  # fmt: skip


@dataclass(slots=True)
class Bought:
    """One line as it is written down; amounts in fen."""

    line_id: str
    sku: str
    quantity: int
    paid: int
    borne: int
    discount: int
    kind: str = ""
    n_back: int = 0
    is_called_off: bool = False


@dataclass(slots=True)
class Invented:
    """One order as it is written down, and every amount that follows, in fen."""

    order_id: str
    store: str
    day: str
    lines: list[Bought]
    has_left: bool
    is_marked: bool
    refunds: list[int] = field(default_factory=list)
    charges: Counter[str] = field(default_factory=Counter)

    @property
    def paid(self) -> int:
        return sum(line.paid for line in self.lines)

    @property
    def borne(self) -> int:
        return sum(line.borne for line in self.lines)

    @property
    def refunded(self) -> int:
        return sum(self.refunds)

    @property
    def borne_back(self) -> int:
        return self.borne * self.refunded // self.paid if self.paid else 0

    @property
    def is_costed(self) -> bool:
        return all(line.sku in UNIT_COSTS for line in self.lines) or not self.has_left

    @property
    def goods(self) -> int:
        """What its goods cost: those that left, less those that came back."""
        if not self.has_left or self.is_marked:
            return 0
        units = {line.line_id: 0 if line.is_called_off else line.quantity - line.n_back for line in self.lines}
        return sum(units[line.line_id] * UNIT_COSTS.get(line.sku, 0) for line in self.lines)

    @property
    def contribution(self) -> int:
        """What it leaves, where all of its costs are known."""
        net = self.paid + self.borne - self.refunded - self.borne_back
        return (0 if self.is_marked else net - self.goods) - self.charges.total()


def invent(trade: Trade, rng: random.Random, n_orders: int) -> list[Invented]:
    """Write `n_orders` orders of three stores down and return them."""
    trade.platforms.update(PLATFORMS)
    for sku, cost in UNIT_COSTS.items():
        trade.cost(sku, yuan(cost))
    orders = [_order(rng, f"{number:06d}") for number in range(n_orders)]
    for order in orders:
        _write(trade, rng, order)
    return orders


def _order(rng: random.Random, name: str) -> Invented:
    lines = [_line(rng, f"{name}-{place}") for place in range(rng.choice((1, 1, 2, 3, 4)))]
    if rng.random() < 0.1:
        lines.append(Bought(f"{name}-gift", "S2", 1, 0, 0, 9_90, kind="gift"))
    day = f"2026-{rng.randint(7, 10):02d}-{rng.randint(1, 28):02d}"
    return Invented(name, rng.choice([*PLATFORMS]), day, lines, rng.random() < 0.85, rng.random() < 0.03)


def _line(rng: random.Random, name: str) -> Bought:
    sku = UNKNOWN if rng.random() < 0.05 else rng.choice([*UNIT_COSTS])
    borne, discount = (rng.choice((0, 0, rng.randint(1, most))) for most in (3_000, 2_000))
    return Bought(name, sku, rng.randint(1, 3), rng.choice((0, *[rng.randint(1, 50_000)] * 9)), borne, discount)


def _write(trade: Trade, rng: random.Random, order: Invented) -> None:
    items = [
        Item(
            line.line_id, yuan(line.paid + line.borne), line.sku, line.quantity, yuan(line.paid),
            yuan(line.paid + line.borne + line.discount), yuan(line.borne), line.kind, discount=yuan(line.discount),
        )
        for line in order.lines
    ]  # fmt: skip
    left = f"{order.day} 20:00:00" if order.has_left else None
    status = "completed" if order.has_left else "paid"
    trade.order(
        order.order_id, *items, paid=yuan(order.paid), day=order.day, status=status, shipped=left, store=order.store
    )
    if order.is_marked:
        trade.add("marked_orders", order.store, order_id=order.order_id, mark=rng.choice(("brushing", "test")))
    _write_refunds(trade, rng, order)
    _write_movements(trade, order)
    if order.has_left:
        freight, packaging = rng.randint(0, 900), rng.randint(0, 120)
        order.charges.update(freight=freight, packaging=packaging)
        trade.add(
            "shipments", order.store, order_id=order.order_id, tracking_no=f"T{order.order_id}", shipped_at=left,
            freight_amount=yuan(freight), packaging_amount=yuan(packaging),
        )  # fmt: skip
    _write_ledger(trade, rng, order)


def _write_refunds(trade: Trade, rng: random.Random, order: Invented) -> None:
    sold = [line for line in order.lines if line.paid]
    if not sold or rng.random() < 0.6:
        return
    if not order.has_left or rng.random() < 0.2:
        _refund(trade, order, order.paid, "仅退款", goods_status="已发货" if order.has_left else "未发货")
        return
    for line in rng.sample(sold, rng.randint(1, len(sold))):
        chance = rng.random()
        if chance < 0.15:
            line.is_called_off = True
            _refund(trade, order, line.paid, "仅退款", line_id=line.line_id, goods_status="未发货")
        elif chance < 0.5:
            line.n_back = rng.randint(0, line.quantity)
            _refund(trade, order, rng.randint(1, line.paid), "退货退款", line_id=line.line_id)
        else:
            _refund(trade, order, rng.randint(1, line.paid), rng.choice(("仅退款", None)), line_id=line.line_id)


def _refund(trade: Trade, order: Invented, amount: int, kind: str | None, **more: str) -> None:
    order.refunds.append(amount)
    trade.add(
        "refunds", order.store, refund_id=f"R{order.order_id}-{len(order.refunds)}", order_id=order.order_id,
        refund_amount=yuan(amount), refund_type=kind, refund_status="succeeded",
        refunded_at=f"{order.day[:8]}28 22:00:00", **more,
    )  # fmt: skip


def _write_movements(trade: Trade, order: Invented) -> None:
    if not any(line.n_back for line in order.lines):
        return
    for line in order.lines:
        if not line.is_called_off:
            trade.moved(order.order_id, line.sku, -line.quantity, "sale")
        if line.n_back:
            trade.moved(order.order_id, line.sku, line.n_back, "return")


def _write_ledger(trade: Trade, rng: random.Random, order: Invented) -> None:
    lines: list[tuple[str, int, str | None]] = [
        ("goods", order.paid, None),
        ("subsidy", order.borne, None),
        ("subsidy", -order.borne_back, None),
    ]
    lines += [("refund", -amount, None) for amount in order.refunds]
    for category, account in FEES.items():
        for _ in range(rng.choice((0, 1, 1, 2))):
            fee = rng.choice((1, 1, 1, -1)) * rng.randint(1, 1_500)
            order.charges[account] += fee
            lines.append((category, -fee, rng.choice((None, rng.choice(order.lines).line_id))))
    for place, (category, amount, line_id) in enumerate(lines):
        is_fee = category in FEES
        if amount and (is_fee or rng.random() > 0.05):
            trade.add(
                "settlements", order.store, entry_id=f"{order.order_id}-{place}",
                booked_at=f"{order.day[:8]}28 23:{rng.randint(0, 59):02d}:00", settlement_category=category,
                amount=yuan(amount), order_id=order.order_id, line_id=line_id,
            )  # fmt: skip


def yuan(fen: int) -> str:
    """Return an amount as a file writes it."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
