"""A round of two stores: each kind of finding with its money and rows, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.metrics.ledgers import Row, batch, line, order, refund, store
from tests.understand.finance.books import sold
from tests.understand.finance.conftest import open_desk

from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.patrol.model import Patrol, PatrolFinding
from zhanggui.understand.overview.patrol.pages import TILES
from zhanggui.understand.overview.patrol.patrol import patrol
from zhanggui.understand.overview.patrol.stock import stock_outs
from zhanggui.understand.view import View

DAY = date(2026, 11, 15)
DAYS = [DAY - timedelta(days=n) for n in range(27, -1, -1)]
END = datetime(2026, 11, 15, 16, 0, tzinfo=UTC).replace(tzinfo=None)
"""Midnight after the day in Shanghai, as the ledger holds it."""


def fact(key: str, **more: object) -> Row:
    return {"shop_id": 1, "fact_key": key, "currency": "CNY", "batch_id": 1, "row_no": 7, **more}


def sales() -> tuple[list[Row], list[Row]]:
    """Return the first store's sales of 28 days.

    Each day one cup (10.00, SKU c) and one pot (20.00, SKU p); the pot sells no more from the 6th on. On each of the
    last ten days ten lids of 2.00 keep the store busy.
    """
    orders: list[Row] = []
    lines: list[Row] = []
    for n, day in enumerate(DAYS):
        goods = [("cup", "c", 10_00), *([("pot", "p", 20_00)] if day < date(2026, 11, 6) else [])]
        goods += [(f"lid{k}", "l", 2_00) for k in range(10)] if day >= date(2026, 11, 6) else []
        for name, sku, paid in goods:
            key = f"{name}{n}"
            orders.append(order(key, f"{day} 10", paid, paid=f"{day} 10", n_lines=1, status="completed"))
            lines.append(line(key, 1, name[:3], 1, paid, paid, sku_id=sku, product_title=name[:3]))
    return orders, lines


def tables() -> dict[str, list[Row]]:
    orders, lines = sales()
    waiting = [
        order("late", "2026-11-12 09", 50_00, paid="2026-11-12 09", n_lines=1, status="paid",
              paid_at=END - timedelta(hours=80)),
        order("soon", "2026-11-14 15", 60_00, paid="2026-11-14 15", n_lines=1, status="paid",
              paid_at=END - timedelta(hours=30)),
        order("sent", "2026-11-12 09", 70_00, paid="2026-11-12 09", n_lines=1, status="paid",
              paid_at=END - timedelta(hours=80)),
    ]  # fmt: skip
    case = {"status": "requested", "requested_minor": 33_00}
    return {
        "store": [store(1, "一店"), store(2, "二店", platform="jd")],
        "source_batch": [batch(1, 1, datetime(2026, 11, 16, tzinfo=UTC))],
        "order_header": [*orders, *waiting],
        "order_line": [*lines, *(line(key, 1, "gif", 0, 0, 0) for key in ("late", "soon", "sent"))],
        "line_profit": [
            sold("a1", "2026-11-14", 30_00, cost=40_00, product_id="cup", sku_id="c"),
            sold("a2", "2026-11-14", 90_00, cost=40_00, product_id="cup", sku_id="c"),
        ],
        "refund": [
            refund("old", "cup0", "2026-11-01", 0, applied_at=END - timedelta(hours=49), **case),
            refund("new", "cup1", "2026-11-01", 0, applied_at=END - timedelta(hours=47), **case),
        ],
        "sku_map": [fact(sku, platform_sku_id=sku, internal_sku=own) for sku, own in (("p", "POT"), ("c", "CUP"))],
        "stock_snapshot": [
            *(fact(f"{day}{sku}", day=day, internal_sku=sku, on_hand=n, committed=1)
              for day in (date(2026, 11, 8), DAY) for sku, n in (("CUP", 1), ("POT", 9))),
        ],
        "shipment": [fact("sent", order_id="sent", tracking_no="1", shipped_at=END - timedelta(hours=60))],
        "settlement_entry": [
            fact("1", category="compensation", amount_minor=-5_00, order_id="x1", booked_date=DAY, scene_raw="延迟"),
            fact("2", category="compensation", amount_minor=-7_00, order_id="x2", booked_date=date(2026, 10, 1)),
        ],
        "store_score": [
            fact("1", day=date(2026, 11, 8), score_kind="物流体验", score=Decimal("4.9")),
            fact("2", day=DAY, score_kind="物流体验", score=Decimal("4.8")),
            fact("3", day=date(2026, 11, 8), score_kind="服务体验", score=Decimal("4.82")),
            fact("4", day=DAY, score_kind="服务体验", score=Decimal("4.8")),
        ],
        "coupon_issue": [
            fact("1", coupon_id="1", offer_name="满减", expires_date=date(2026, 11, 17), coupon_minor=8_00),
            fact("2", coupon_id="2", offer_name="满减", expires_date=date(2026, 11, 17), used_at=END),
            fact("3", coupon_id="3", offer_name="满减", expires_date=date(2026, 11, 25), coupon_minor=8_00),
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("patrol") / "shop", tables()) as found:
        yield found


@pytest.fixture(scope="module")
def found(shop: Desk) -> Patrol:
    return patrol(shop, DAY)


def of(found: Patrol, kind: str) -> list[PatrolFinding]:
    return [each for each in found.findings if each.kind == kind]


@pytest.mark.parametrize(
    ("kind", "subject", "money", "n_rows"),
    [
        # 28 cups at 10.00 in 28 days.
        ("out_of_stock", "cup", 10.0, 1),
        ("below_floor", "c", 10.0, 1),
        ("after_sales", "待商家处理", 33.0, 1),
        ("penalties", "延迟", 5.0, 1),
        ("coupons", "满减", 8.0, 1),
        ("scores", "物流体验", None, 2),
    ],
)
def test_each_finding_has_its_money_and_its_rows(
    found: Patrol, kind: str, subject: str, money: float | None, n_rows: int
) -> None:
    [finding] = of(found, kind)

    assert (finding.store, finding.subject.zh, finding.money, finding.n_rows) == ("一店", subject, money, n_rows)
    assert len(finding.rows) == n_rows
    assert all(row.href and row.href.startswith("/source/") for row in finding.rows)


def test_best_seller_in_stock_that_sells_no_more_is_told_and_one_that_sells_on_is_not(found: Patrol) -> None:
    [pot] = of(found, "stopped_selling")

    # 18 of 36 lines until the 5th were pots; half of the 110 lines that the store has sold since, at 20.00 each.
    assert (pot.subject.zh, pot.money, pot.evidence) == ("pot", 1100.0, "estimated")
    assert "10 天" in pot.text.zh


def test_orders_that_wait_are_told_by_their_deadline_with_what_this_store_paid_before(found: Patrol) -> None:
    overdue, soon = sorted(of(found, "ship_by"), key=lambda each: each.subject.zh, reverse=True)

    # Two compensations of 5.00 and 7.00: 6.00 an order. The parcel of the third order has left.
    assert [(each.n_rows, each.money, each.evidence) for each in (overdue, soon)] == [(1, 6.0, "estimated")] * 2
    assert {row.text.zh for each in (overdue, soon) for row in each.rows} == {"订单 late", "订单 soon"}
    assert {each.subject.zh for each in (overdue, soon)} == {"已超时未发货", "即将超时"}


def test_what_could_not_be_looked_at_names_its_table_and_its_stores(found: Patrol) -> None:
    needs = {(each.kind, each.table): each.text.en for each in found.needs}

    assert needs["scores", "store_score"].endswith("nothing yet of 二店")
    assert ("below_floor", "price_floor") in needs
    assert ("stopped_selling", "product_status") in needs
    assert ("out_of_stock", "stock_snapshot") not in needs


def test_an_old_count_says_nothing_of_stock_today(shop: Desk) -> None:
    before = patrol(shop, date(2026, 11, 7))
    later = patrol(shop, date(2026, 11, 30))

    assert of(before, "out_of_stock") == of(later, "out_of_stock") == []
    assert {each.text.en for each in before.needs if each.kind == "out_of_stock"} == {
        "needs stock_snapshot (stock on hand): not loaded yet"
    }
    assert any("2026-11-15" in each.text.en for each in later.needs if each.kind == "out_of_stock")


def test_filter_by_store_leaves_the_others_out(shop: Desk) -> None:
    second = patrol(shop, DAY, (Filter("shop", ("二店",)),))

    assert second.findings == ()
    assert [each.title and each.title.zh for each in stock_outs(shop, (Filter("shop", ("一店",)),), DAY)] == ["cup"]


def test_every_tile_of_the_page_answers(shop: Desk) -> None:
    for name, tile in TILES.items():
        for kind in (None, "penalties"):
            assert tile(shop, View(by=kind, date_to=DAY)) is not None, name
