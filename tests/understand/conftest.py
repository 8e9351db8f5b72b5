"""A shop of seventy paid orders whose figures can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, line, order, refund, store
from tests.metrics.profits import profit_lines

from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

JANUARY, FEBRUARY = "2020-01-{:02d} 10", "2020-02-{:02d} 20"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the desk of a shop with two stores.

    January: 30 orders of 100.00 from 江苏 for tea, all paid, one refunded whole.
    February: 40 orders of 50.00 from 四川 for cups, all paid, ten refunded whole; and two orders of 70.00 not paid.
    """
    shop = Shop.create(tmp_path_factory.mktemp("understand") / "shop", "算账的店")
    shop.stores.add_store("tmall", "一店")
    shop.stores.add_store("tmall", "二店")
    # Values of any column.
    tea: dict[str, Any] = {"province": "江苏", "n_lines": 1, "refunded_minor": 0}
    cup: dict[str, Any] = {"province": "四川", "n_lines": 1, "shop_id": 2}
    tables: dict[str, list[Row]] = {
        "store": [store(1, "一店"), store(2, "二店")],
        "source_batch": [batch(1, 1, datetime(2020, 3, 1, tzinfo=UTC))],
        "product": [
            {"shop_id": 1, "product_id": "p1", "title": "礼盒", "category": "茶"},
            {"shop_id": 2, "product_id": "p1", "title": "礼盒", "category": "杯"},
        ],
        "order_header": [
            *(order(f"j{n}", JANUARY.format(n), 100_00, paid=JANUARY.format(n), **tea) for n in range(2, 31)),
            order("j1", JANUARY.format(1), 100_00, paid=JANUARY.format(1), **tea | {"refunded_minor": 100_00}),
            *(order(f"f{n}", _february(n), 50_00, paid=_february(n), refunded=50_00 * (n <= 10), **cup)
              for n in range(1, 41)),
            order("u1", FEBRUARY.format(3), 70_00, **cup),
            order("u2", FEBRUARY.format(29), 70_00, **cup),
        ],
        "order_line": [
            *(line(f"j{n}", 1, "p1", 1, 100_00, 100_00, cost_minor=40_00) for n in range(1, 31)),
            *(line(f"f{n}", 1, "p1", 2, 50_00, 50_00, shop_id=2) for n in range(1, 41)),
            *(line(f"u{n}", 1, "p1", 1, 70_00, 0, shop_id=2) for n in (1, 2)),
        ],
        "refund": [
            refund("rj1", "j1", JANUARY.format(1), 100_00, province="江苏", product_id="p1"),
            *(refund(f"rf{n}", f"f{n}", _february(n), 50_00, province="四川", product_id="p1", shop_id=2)
              for n in range(1, 11)),
        ],
        "session": [
            visit(1, "v", "search", "/"),
            visit(2, "v", "search", "/tea"),
            visit(3, "w", "direct", "/sale", 29),
        ],
        "shipment": [parcel("j1", 3), parcel("j2", 1.5), parcel("j3", None)],
    }  # fmt: skip
    # Tea costs what its lines state; nothing is known of the cups.
    costs = {str(row["line_key"]): 40_00 for row in tables["order_line"] if row.get("cost_minor")}
    tables["line_profit"] = [*profit_lines(tables["order_header"], tables["order_line"], costs, {"line_key": "none"})]
    with ledger_of(shop.dir, tables) as ledger:
        yield Desk(shop, ledger)
    shop.close()


def visit(number: int, visitor: str, channel: str, path: str, day: int = 5) -> dict[str, Any]:
    seen = {"session_id": number, "visitor_id": visitor, "channel": channel, "entry_path": path, "n_pages": 2}
    return {"shop_id": 1, "session_date": date(2020, 2, day), **seen}


def parcel(order_id: str, days: float | None) -> dict[str, Any]:
    shipped = datetime(2020, 1, 4, tzinfo=UTC).replace(tzinfo=None)
    return {
        "shop_id": 1,
        "fact_key": order_id,
        "order_id": order_id,
        "currency": "CNY",
        "shipped_at": shipped,
        "shipped_date": shipped.date(),
        "received_at": None if days is None else shipped + timedelta(days=days),
        "batch_id": 1,
        "row_no": 7,
    }


def _february(number: int) -> str:
    return FEBRUARY.format(1 + number % 29)
