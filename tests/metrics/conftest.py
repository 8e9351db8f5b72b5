"""One ledger of thirteen orders; the comments give the arithmetic that the tests expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, line, order, refund, store, unknown_payment
from tests.metrics.profits import profit_entries, profit_lines

from zhanggui.ledger.engine import Ledger

FLAGSHIP: Row = {"province": "上海", "n_lines": 1}
COSTS = {"o1-1": 20_00, "o1-2": 10_00, "o3-1": 0, "o6-1": 0, "o8-1": 90_00, "o8-2": 0}
"""Cost of the goods of some lines; those of o2 and o4, and of orders without lines, are not known."""

AD: Row = {
    "shop_id": 1,
    "fact_key": "1",
    "day": date(2020, 2, 3),
    "creative": "猫",
    "campaign": "春",
    "clicks": 3,
    "currency": "CNY",
}
_OF_O1: Row = {"shop_id": 1, "fact_key": "1", "order_id": "o1", "currency": "CNY"}
PARCEL: Row = _OF_O1 | {
    "tracking_no": "1",
    "promised_date": date(2020, 2, 2),
    "shipped_date": date(2020, 2, 2),
    "warehouse": "杭州仓",
    "carrier": "顺丰",
}
STOCK: Row = {
    "shop_id": 1,
    "fact_key": "1",
    "day": date(2020, 2, 3),
    "warehouse": "杭州仓",
    "internal_sku": "茶-1",
    "on_hand": 7,
    "received": 2,
    "currency": "CNY",
}
MEMBER: Row = {
    "shop_id": 1,
    "member_key": "m",
    "day": date(2020, 2, 3),
    "tier": "金会员",
    "is_buying": True,
    "paid_minor": 20_00,
    "year_minor": 20_00 * 365,
    "n_members": 1,
    "currency": "CNY",
}
TICKET: Row = _OF_O1 | {"ticket_id": "1", "opened_date": date(2020, 2, 3), "topic": "size"}


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Two stores of one name, yuan only. Amounts are fen."""
    orders = [
        # a pays on two days: a repeat buyer.
        order("o1", "2020-02-01 10", 100_00, paid="2020-02-01 10", buyer_key="a") | FLAGSHIP | {"n_lines": 2},
        order("o2", "2020-02-01 23", 50_00, paid="2020-02-02 00", buyer_key="a") | FLAGSHIP,
        # b pays on two days, but the first order is fully refunded: no repeat buyer.
        order("o3", "2020-02-02 09", 30_00, paid="2020-02-02 09", buyer_key="b", refunded=30_00) | FLAGSHIP,
        order("o4", "2020-02-03 09", 20_00, paid="2020-02-03 09", buyer_key="b") | FLAGSHIP,
        order("o5", "2020-02-03 20", 70_00, buyer_key="c", province="江苏", n_lines=1, status="pending_payment"),
        # d pays twice on one day: no repeat buyer.
        order("o6", "2020-02-04 08", 10_00, paid="2020-02-04 08", buyer_key="d", channel="live", n_lines=1),
        order("o7", "2020-02-04 09", 15_00, paid="2020-02-04 09", buyer_key="d", channel="live"),
        order("o8", "2020-02-04 10", 200_00, paid="2020-02-05 10", paid_minor=190_00, refunded=40_00, shop_id=2,
              province="江苏", n_lines=2),
        unknown_payment("o9", "2020-02-05 11", 80_00, shop_id=2, status="unknown"),
        unknown_payment("o10", "2020-02-05 12", 25_00, shop_id=2),
        order("o11", "2020-02-28 22", 5_00, paid="2020-03-01 01", buyer_key="c", province="江苏"),
        # e gets two free orders on two days: a repeat buyer who paid nothing.
        order("o12", "2020-02-06 08", 0, paid="2020-02-06 08", buyer_key="e", province="北京"),
        order("o13", "2020-02-07 08", 0, paid="2020-02-07 08", buyer_key="e", province="北京"),
    ]  # fmt: skip
    lines = [
        line("o1", 1, "p1", 1, 60_00, 60_00, category="茶"),
        line("o1", 2, "p2", 2, 40_00, 40_00),
        line("o2", 1, "p1", 1, 50_00, 50_00, category="茶"),
        line("o3", 1, "p2", 1, 30_00, 30_00),
        line("o4", 1, "p1", 1, 20_00, 20_00, category="茶"),
        line("o5", 1, "p1", 3, 70_00, 0, category="茶"),
        line("o6", 1, "p1", 1, 10_00, 10_00, category="茶"),
        line("o8", 1, "p1", 2, 150_00, 140_00, shop_id=2),
        line("o8", 2, None, 1, 50_00, 50_00, shop_id=2, line_kind="shipping"),
    ]
    refunds = [
        refund("r1", "o3", "2020-02-02 09", 30_00, product_id="p2", province="上海"),
        refund("r2", "o8", "2020-02-05 10", 40_00, shop_id=2, product_id="p1", province="江苏"),
        refund("r3", None, "2020-02-10 15", 7_00),
    ]
    tables = {
        "store": [store(1, "旗舰店"), store(2, "旗舰店", "jd")],
        "source_batch": [
            batch(1, 1, datetime(2020, 3, 1, 8, tzinfo=UTC)),
            batch(2, 1, datetime(2020, 3, 2, 8, tzinfo=UTC)),
            batch(3, 2, datetime(2020, 2, 28, 8, tzinfo=UTC)),
        ],
        "product": [
            {"shop_id": 1, "product_id": "p1", "title": "龙井", "category": "旧类目"},
            {"shop_id": 1, "product_id": "p2", "title": "茶杯", "category": "茶具", "brand": "掌柜"},
            {"shop_id": 2, "product_id": "p1", "title": "另一个商品", "category": "茶具"},
        ],
        "order_header": orders,
        "order_line": lines,
        "refund": refunds,
        "line_profit": list(profit_lines(orders, lines, COSTS, {"line_key": "o6-1", "order_kind": "brushing"})),
        "profit_entry": profit_entries(1, date(2020, 2, 3)),
        "session": [
            {"shop_id": 1, "session_id": 1, "visitor_id": "v", "session_date": date(2020, 2, 3), "n_pages": 2,
             "channel": "search", "device": "mobile"},
        ],
        "ad_result": [AD],
        "stock_snapshot": [STOCK],
        "stock_balance": [STOCK],
        "shipment": [PARCEL],
        "member_day": [MEMBER],
        "member_count": [MEMBER],
        "service_ticket": [TICKET],
    }  # fmt: skip
    with ledger_of(tmp_path_factory.mktemp("shop"), tables) as ledger:
        yield ledger
