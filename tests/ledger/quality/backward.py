"""A file of orders of which one was paid two hours before it was made, as a time zone read wrong makes it."""

from __future__ import annotations

from pathlib import Path

CHECK = "orders.times"
STORE = "甲店"
AMOUNT = 120.0
"""Of the order whose times cannot be."""

_HEADER = "订单号,状态,下单时间,付款时间,订单金额,实付"
_ROWS = (
    "A1,已完成,2026-09-01 10:00:00,2026-09-01 10:05:00,80.00,80.00",
    "A2,已完成,2026-09-02 10:00:00,2026-09-02 08:00:00,120.00,120.00",
    "A3,已完成,2026-09-03 10:00:00,2026-09-03 10:05:00,50.00,50.00",
)
_MAP = f"""\
table = "orders"

[columns]
order_id = "订单号"
status = "状态"
created_at = "下单时间"
paid_at = "付款时间"
order_amount = "订单金额"
paid_amount = "实付"

[constants]
platform = "own_site"
shop = "{STORE}"
currency = "CNY"

[status]
"已完成" = "completed"
"""


def write_backward(folder: Path) -> tuple[Path, Path]:
    """Write the file and its map; return both."""
    orders, columns = folder / "orders.csv", folder / "orders.toml"
    orders.write_text("\n".join((_HEADER, *_ROWS)) + "\n", encoding="utf-8")
    columns.write_text(_MAP, encoding="utf-8")
    return orders, columns


def write_mended(folder: Path) -> Path:
    """Write the orders again, now with the right time."""
    path = folder / "orders_again.csv"
    text = "\n".join((_HEADER, *_ROWS)).replace("2026-09-02 08:00:00", "2026-09-02 10:05:00")
    path.write_text(text + "\n", encoding="utf-8")
    return path
