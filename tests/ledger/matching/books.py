"""A store's orders, refunds and settlement ledger as a test writes them down, loaded and matched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.collect.loading.shops import Row, Till, csv, till_at

from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.ledger.derived import refresh
from zhanggui.ledger.matching import SETTLEMENT_LINKS

ORDER_HEADER = ("订单", "状态", "下单", "付款", "发货", "完成", "实付", "应收")
LINE_HEADER = ("订单", "子订单", "下单", "商品", "数量", "应付", "应收")
REFUND_HEADER = ("退款", "订单", "子订单", "状态", "金额", "时间")
ENTRY_HEADER = ("流水", "时间", "科目", "说明", "金额", "订单", "子订单", "退款", "商品", "余额")
ERP_HEADER = ("内部单", "行", "订单", "子订单", "原始单", "店铺", "时间", "状态", "已付")

_ORDERS = {
    "order_id": "订单", "status": "状态", "created_at": "下单", "paid_at": "付款", "shipped_at": "发货",
    "completed_at": "完成", "paid_amount": "实付", "receivable_amount": "应收",
}  # fmt: skip
_LINES = {
    "order_id": "订单", "line_id": "子订单", "created_at": "下单", "product_id": "商品", "quantity": "数量",
    "line_paid_amount": "应付", "line_receivable_amount": "应收",
}  # fmt: skip
_REFUNDS = {
    "refund_id": "退款", "order_id": "订单", "line_id": "子订单", "refund_status": "状态", "refund_amount": "金额",
    "refunded_at": "时间",
}  # fmt: skip
_ENTRIES = {
    "entry_id": "流水", "booked_at": "时间", "settlement_category": "科目", "scene": "说明", "amount": "金额",
    "order_id": "订单", "line_id": "子订单", "refund_id": "退款", "product_id": "商品", "balance": "余额",
}  # fmt: skip
_ERP = {
    "erp_order_id": "内部单", "erp_line_id": "行", "order_id": "订单", "line_id": "子订单",
    "original_order_id": "原始单", "erp_store": "店铺", "ordered_at": "时间", "erp_status": "状态", "erp_paid": "已付",
}  # fmt: skip


@dataclass(slots=True)
class Books:
    """What is loaded of one store; a row is a sequence in the order of its header, times are Shanghai's."""

    till: Till
    platform: str = "taobao"
    store: str = "甲店"
    orders: list[Sequence[object]] = field(default_factory=list)
    lines: list[Sequence[object]] = field(default_factory=list)
    refunds: list[Sequence[object]] = field(default_factory=list)
    entries: list[Sequence[object]] = field(default_factory=list)
    erp: list[Sequence[object]] = field(default_factory=list)
    n_loads: int = 0

    def order(
        self,
        order_id: str,
        paid: str = "100.00",
        *,
        due: str | None = None,
        status: str = "completed",
        paid_at: str | None = "2026-10-01 10:00:00",
        completed_at: str | None = "2026-10-08 10:00:00",
        shipped_at: str | None = None,
    ) -> None:
        """Write an order down; by default one that was paid on the first and completed on the eighth of October."""
        receivable = paid if due is None else due
        self.orders.append(
            (order_id, status, "2026-10-01 09:00:00", paid_at, shipped_at, completed_at, paid, receivable)
        )

    def line(self, order_id: str, line_id: str, paid: str, *, product: str = "P1") -> None:
        """Write a line of an order down."""
        self.lines.append((order_id, line_id, "2026-10-01 09:00:00", product, 1, paid, paid))

    def refund(
        self, refund_id: str, order_id: str, amount: str, *, line: str | None = None, at: str = "2026-10-10 10:00:00"
    ) -> None:
        """Write a successful refund down."""
        self.refunds.append((refund_id, order_id, line, "succeeded", amount, at))

    def entry(
        self,
        name: str,
        amount: str,
        category: str = "goods",
        order: str | None = None,
        *,
        at: str = "2026-10-08 10:00:00",
        scene: str | None = None,
        line: str | None = None,
        refund: str | None = None,
        product: str | None = None,
        balance: str | None = None,
    ) -> None:
        """Write a line of the ledger down under a name; by default one that is booked when orders complete."""
        self.entries.append((name, at, category, scene, amount, order, line, refund, product, balance))

    def reach(self, at: str = "2026-12-31 10:00:00") -> None:
        """Let the ledger reach to a day, so that what is due before it is overdue."""
        self.entry("reach", "-0.01", "withdrawal", at=at)

    def match(self) -> None:
        """Load what was written down since the last time, and match everything."""
        self.load()
        refresh(self.till.ledger, (SETTLEMENT_LINKS,))

    def load(self) -> None:
        """Load what was written down since the last time."""
        here = {"platform": self.platform, "shop": self.store}
        status = {"completed": "completed", "paid": "paid", "shipped": "shipped", "closed": "closed_unpaid"}
        status["refunded"] = "closed_refunded"
        self._load("orders", ORDER_HEADER, self.orders, _ORDERS, constants=here, status=status)
        self._load("order_lines", LINE_HEADER, self.lines, _LINES, constants=here)
        words = {"succeeded": "succeeded", "closed": "closed"}
        self._load("refunds", REFUND_HEADER, self.refunds, _REFUNDS, constants=here, status=words)
        self._load("settlements", ENTRY_HEADER, self.entries, _ENTRIES, constants=here)
        self._load("erp_orders", ERP_HEADER, self.erp, _ERP)

    def _load(
        self,
        table: str,
        header: Sequence[str],
        rows: list[Sequence[object]],
        columns: dict[str, str],
        **sections: Any,
    ) -> None:
        if not rows:
            return
        self.n_loads += 1
        document = {"table": table, "columns": columns, **sections}
        mapped = layout_from(document, file="books.toml", name="books")
        done = self.till.taken(f"{table}-{self.n_loads}.csv", csv(header, *rows), layout=mapped)
        assert done.classes["quarantined"] == done.classes["rejected"] == 0, done.issues
        rows.clear()

    def links(self) -> dict[str, Row]:
        """Return the match of each ledger line by its name."""
        ledger = self.till.ledger
        entries, links = ledger.table("settlement_entry"), ledger.table("settlement_link")
        rows = links.inner_join(entries.select("shop_id", "fact_key", "entry_id"), ["shop_id", "fact_key"])
        return {row["entry_id"]: row for row in ledger.query(rows).to_pylist()}

    def differences(self) -> dict[str, list[tuple[str, int]]]:
        """Return cause and amount in minor units of what each order differs by."""
        found: dict[str, list[tuple[str, int]]] = {}
        for row in self.till.rows("settlement_difference", "order_id", "cause", "amount_minor"):
            found.setdefault(row["order_id"], []).append((row["cause"], row["amount_minor"]))
        return {order: sorted(rows) for order, rows in found.items()}


@contextmanager
def books_at(directory: Path, platform: str = "taobao") -> Iterator[Books]:
    """Give a new shop whose one store is on `platform`."""
    with till_at(directory) as till:
        yield Books(till, platform)
