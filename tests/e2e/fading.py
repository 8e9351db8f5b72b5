"""Four weeks of orders from two provinces, one of which all but stops on the last day, as when a warehouse does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

METRIC = "四川支付订单数"
LAST_DAY = date(2026, 9, 3)
N_DAYS = 29
A_DAY = 3
"""Orders that each province makes on an ordinary day; on the last one the first province makes one."""

_MAP = """\
table = "orders"

[columns]
order_id = "订单号"
status = "状态"
created_at = "下单时间"
paid_at = "付款时间"
order_amount = "订单金额"
paid_amount = "实付"
province = "省份"

[constants]
platform = "own_site"
shop = "甲店"
currency = "CNY"

[status]
"已完成" = "completed"
"""


def write_fading(folder: Path) -> tuple[Path, Path]:
    """Write the file and its map; return both."""
    rows = ["订单号,状态,下单时间,付款时间,订单金额,实付,省份"]
    for back in range(N_DAYS):
        day = LAST_DAY - timedelta(days=back)
        for province in ("四川", "江苏"):
            for number in range(1 if back == 0 and province == "四川" else A_DAY):
                name = f"F{day:%m%d}{'S' if province == '四川' else 'J'}{number}"
                rows.append(f"{name},已完成,{day} 10:00:00,{day} 10:05:00,60.00,60.00,{province}")
    orders, columns = folder / "fading.csv", folder / "fading.toml"
    orders.write_text("\n".join(rows) + "\n", encoding="utf-8")
    columns.write_text(_MAP, encoding="utf-8")
    return orders, columns
