"""Trade written down as a shop's files hold it, loaded like any file, and the profit that the ledger makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.collect.loading.shops import Row, Till, csv, till_at

from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.ledger.derivations import DERIVATIONS
from zhanggui.ledger.derived import refresh

STORE = "甲店"
KIND = "行类型"
"""Column of the order lines that says what a line is; empty for what is sold."""

_STATUS = {
    "orders": {word: word for word in ("pending_payment", "paid", "shipped", "completed", "closed_unpaid")},
    "refunds": {word: word for word in ("succeeded", "closed", "requested")},
}
_CLASSES = [{"kind": kind, "when": {"column": KIND, "equals": kind}} for kind in ("gift", "shipping")]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order.

    `due` is what the merchant gets for it, `paid` what the buyer pays and `borne` what the platform adds, `listed` its
    price before any discount, `discount` what the merchant takes off. Where they are not given, what is paid and what
    is listed is what is due.
    """

    line_id: str
    due: str
    sku: str | None = "S1"
    quantity: int = 1
    paid: str | None = None
    listed: str | None = None
    borne: str | None = None
    kind: str = ""
    cost: str | None = None
    discount: str | None = None


@dataclass(slots=True)
class Trade:
    """What is loaded; times are Shanghai's. Rows wait until `load`."""

    till: Till
    waiting: dict[tuple[str, str | None], list[Row]] = field(default_factory=lambda: defaultdict(list))
    platforms: dict[str, str] = field(default_factory=lambda: {STORE: "taobao"})
    n_loads: int = 0

    def add(self, table: str, store: str | None = STORE, **columns: object) -> None:
        """Write a row of an input table down, by its canonical columns; without a store it is the company's."""
        self.waiting[table, store].append(columns)

    def order(
        self,
        order_id: str,
        *items: Item,
        paid: str,
        day: str = "2026-10-01",
        status: str = "completed",
        shipped: str | None = None,
        store: str = STORE,
        **more: object,
    ) -> None:
        """Write an order down with its lines; one that is paid has its time of payment at ten o'clock."""
        times = {
            "created_at": f"{day} 09:00:00",
            "paid_at": None if status in ("pending_payment", "closed_unpaid") else f"{day} 10:00:00",
            "shipped_at": shipped,
        }
        self.add("orders", store, order_id=order_id, status=status, paid_amount=paid, **times, **more)
        for item in items:
            self.add(
                "order_lines",
                store,
                order_id=order_id,
                line_id=item.line_id,
                created_at=times["created_at"],
                product_id="P1",
                sku_id=item.sku,
                quantity=item.quantity,
                line_amount=item.listed or item.due,
                line_paid_amount=item.paid or item.due,
                line_platform_discount=item.borne,
                line_merchant_discount=item.discount,
                line_receivable_amount=item.due,
                cost_amount=item.cost,
                **{KIND: item.kind},
            )

    def refund(self, order_id: str, amount: str, kind: str | None = None, **more: object) -> None:
        """Write a successful refund of an order of the first of October down; `kind` is what after-sale files say."""
        told = {"refund_status": "succeeded", "refunded_at": "2026-10-20 10:00:00", "line_id": None, "sku_id": None}
        number = len(self.waiting["refunds", STORE])
        row = {
            "refund_id": f"R-{order_id}-{number}",
            "order_id": order_id,
            "refund_amount": amount,
            "refund_type": kind,
        }
        self.add("refunds", STORE, **(row | told | more))

    def booked(self, category: str, amount: str, order_id: str | None = None, **more: object) -> None:
        """Write a line of the platform's ledger down."""
        self.add(
            "settlements",
            STORE,
            **(
                {
                    "entry_id": f"E{len(self.waiting['settlements', STORE])}-{order_id}",
                    "booked_at": "2026-10-08 10:00:00",
                    "settlement_category": category,
                    "amount": amount,
                    "order_id": order_id,
                }
                | more
            ),
        )

    def moved(self, order_id: str | None, sku: str, quantity: int, reason: str, **more: object) -> None:
        """Write a movement of stock down; what leaves the warehouse is negative."""
        self.add(
            "stock_movements",
            None,
            movement_id=f"M{len(self.waiting['stock_movements', None])}",
            occurred_at="2026-10-02 10:00:00",
            warehouse="仓",
            internal_sku=sku,
            quantity=quantity,
            movement_reason=reason,
            order_id=order_id,
            **more,
        )

    def cost(self, sku: str, amount: str, since: str = "2026-01-01", store: str | None = None) -> None:
        """Write down what one unit costs from a day on; without a store in the company's list."""
        self.add("sku_costs", store, internal_sku=sku, valid_from=since, unit_cost=amount)

    def load(self) -> None:
        """Load what was written down since the last time, one file per table and store, and make profit of it."""
        for (table, store), rows in self.waiting.items():
            if rows:
                self._load(table, store, rows)
        self.waiting.clear()
        refresh(self.till.ledger, DERIVATIONS)

    def _load(self, table: str, store: str | None, rows: Sequence[Row]) -> None:
        header = list(dict.fromkeys(name for row in rows for name in row))
        document: Row = {"table": table, "columns": {name: name for name in header if name != KIND}}
        if store is not None:
            document["constants"] = {"platform": self.platforms[store], "shop": store}
        if table in _STATUS:
            document["status"] = _STATUS[table]
        if KIND in header:
            document["classify"] = _CLASSES
        self.n_loads += 1
        done = self.till.taken(
            f"{table}-{self.n_loads}.csv",
            csv(header, *([row.get(name) for name in header] for row in rows)),
            layout=layout_from(document, file="trade.toml", name="trade"),
        )
        assert done.classes["quarantined"] == done.classes["rejected"] == 0, done.issues

    def line(self, line_key: str) -> Row:
        """Return what a line earned."""
        [row] = self.till.rows("line_profit", line_key=line_key)
        return row

    def lines(self, order_id: str) -> list[Row]:
        """Return what the lines of an order earned, by their keys."""
        return sorted(self.till.rows("line_profit", order_id=order_id), key=lambda row: str(row["line_key"]))

    def entries(self, store: str, day: str) -> list[Row]:
        """Return what belongs to no line of a store and day, by amount."""
        stores = {row["name"]: row["shop_id"] for row in self.till.rows("store")}
        found = self.till.rows("profit_entry", shop_id=stores[store], day=date.fromisoformat(day))
        return sorted(found, key=lambda row: (row["amount_minor"], row["account"]))


@contextmanager
def trade_at(directory: Path) -> Iterator[Trade]:
    """Give a new shop."""
    with till_at(directory) as till:
        yield Trade(till)
