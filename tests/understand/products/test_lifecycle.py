"""Newcomers, what moved, what sold out, prices and carts (C-GOODS-05, C-GOODS-06, M-GOODS-04, M-GOODS-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from tests.metrics.ledgers import Row
from tests.understand.products.shelf import STORE, day, desk_of, sold, tables_of

from zhanggui.metrics import Question, answer
from zhanggui.metrics.problems import BadFilterError
from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.carts import cart_falls
from zhanggui.understand.products.lifecycle import hits, lifecycle_of_pairs
from zhanggui.understand.products.newcomers import newcomers
from zhanggui.understand.products.prices import Priced, elasticity
from zhanggui.understand.products.sell_through import moving, sold_out
from zhanggui.understand.view import View

N_NEW = 14


def snapshot(code: str, n: int, on_hand: int) -> Row:
    """Return what was counted of a SKU."""
    return {"shop_id": 1, "fact_key": f"{code}{n}", "day": day(n), "warehouse": "A", "internal_sku": code,
            "on_hand": on_hand, "currency": "CNY"}  # fmt: skip


def movement(code: str, n: int, units: int, reason: str) -> Row:
    """Return one movement of stock."""
    at = datetime.combine(day(n), time(9))
    return {"shop_id": 1, "fact_key": f"{code}{n}{reason}", "movement_id": f"{code}{n}{reason}", "occurred_at": at,
            "occurred_date": day(n), "warehouse": "A", "internal_sku": code, "quantity": units, "reason": reason,
            "currency": "CNY"}  # fmt: skip


def traffic(product: str, n: int, visitors: int, carts: int, search: int = 50) -> Row:
    """Return what the platform declares of a product on one day."""
    return {"shop_id": 1, "fact_key": f"{product}{n}", "day": day(n), "object_type": "product", "object_path": product,
            "visitors": visitors, "cart_units": carts, "search_visitors": search, "currency": "CNY"}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give an old product, fourteen finished new ones, a young one, and a SKU that never sold."""
    lines = [sold(f"old{n}", n, "old-1", 3) for n in range(0, 100, 2)]
    for new in range(N_NEW):
        begun = 25 + new
        lines += [sold(f"n{new}-{n}", begun + n, f"n{new}-1", 1 + new % 5) for n in (0, 3, 10, 20)]
    lines += [sold("late1", 85, "late-1", 4), sold("late2", 93, "late-1", 1)]
    codes = ["old-1", "late-1", *(f"n{new}-1" for new in range(N_NEW))]
    more = {
        "stock_snapshot": [*(snapshot(code, 40, 5) for code in codes), snapshot("still-1", 40, 30),
                           snapshot("empty-1", 40, 0)],
        "stock_movement": [movement("old-1", 0, 300, "purchase"), movement("late-1", 80, 20, "purchase"),
                           movement("late-1", 85, -4, "sale"), movement("late-1", 87, 1, "return"),
                           movement("late-1", 93, -1, "sale")],
        "shop_metric_daily": [
            *(traffic("old", n, 100, 20 if n < 86 else 10) for n in range(60, 100)),
            *(traffic("n0", n, 100, 20 if n < 86 else 10, 50 if n < 86 else 5) for n in range(60, 100)),
            *(traffic("calm", n, 1_000, 200) for n in range(60, 100)),
        ],
    }  # fmt: skip
    tables = tables_of(lines, **more)
    tables["sku"] += [{"shop_id": 1, "sku_id": f"{name}-1", "product_id": name} for name in ("still", "empty")]
    lines_end = sold("end", 99, "old-1", 1)
    tables["line_profit"].append(lines_end)
    with desk_of(tmp_path_factory.mktemp("lives"), tables) as opened:
        yield opened


def test_a_new_product_is_forecast_from_its_first_week(desk: Desk) -> None:
    found = newcomers(desk, View())
    late = next(row for row in found.rows if row.product_id == "late")

    # Every finished one sold twice in its first week what it sold after: 2k then 4k in all, so 4 becomes 8.
    assert len(found.rows) == N_NEW + 1
    assert (late.early, late.so_far, late.total) == (4, 5, None)
    assert late.expected == pytest.approx(8)
    assert found.test is not None
    assert found.test.curve < min(found.test.kin_mean, found.test.straight)


def test_too_few_new_products_say_why_there_is_no_forecast(desk: Desk) -> None:
    found = newcomers(desk, View(day(30)))

    assert found.curve is None
    assert found.reason is not None
    assert "9 new products" in found.reason.en


def test_skus_that_stood_still_are_named_and_empty_ones_stand_apart(desk: Desk) -> None:
    found = moving(desk, View())

    assert found is not None
    assert (found.sold, found.on_sale, found.empty) == (N_NEW + 2, N_NEW + 3, 1)
    assert found.still == (("still-1", 30.0),)


def test_sold_out_counts_net_units_of_what_came_in(desk: Desk) -> None:
    (late,) = sold_out(desk, View())

    # 20 came in on day 80: within 7 days four are sold and on the eighth one comes back; 14 days: 4 - 1 + 1.
    assert (late.name, late.received, late.sold) == ("late-1", (20, 20, 0, 0), (4, 4, 0, 0))
    assert late.rates == (0.2, 0.2, None, None)


def test_carts_that_fell_are_told_from_those_whose_visitors_changed(desk: Desk) -> None:
    found = {each.product_id: each.cause for each in cart_falls(desk, View())}

    assert found == {"old": "page", "n0": "channel"}


def test_hits_follow_the_share_that_is_asked(desk: Desk) -> None:
    few = lifecycle_of_pairs(desk, [("hit_share", "0.3")]).hits
    many = lifecycle_of_pairs(desk, [("hit_share", "0.001")]).hits

    assert few is not None
    assert many is not None
    # Of every 30 days the old product takes a third and more; each took a thousandth on some day.
    assert (few.products, many.products) == (1, N_NEW + 2)
    assert many.share_of_revenue == pytest.approx(1.0)
    with pytest.raises(BadFilterError):
        lifecycle_of_pairs(desk, [("hit_share", "2")])


def test_the_page_and_the_metrics_say_the_same(desk: Desk) -> None:
    found = lifecycle_of_pairs(desk, [])
    (row,) = answer(desk.ledger, Question(("hit_share", "sku_sell_through"))).rows

    assert found.hits is not None
    assert found.moving is not None
    assert row == {"hit_share": found.hits.share_of_revenue, "sku_sell_through": found.moving.rate}


def test_the_goods_of_a_store_are_those_that_it_lists(desk: Desk) -> None:
    assert moving(desk, View(where=(Filter("shop", (STORE,)),))) == moving(desk, View())
    none = moving(desk, View(where=(Filter("platform", ("jd",)),)))

    assert none is not None
    assert (none.sold, none.on_sale, none.empty, none.rate) == (0, 0, 0, None)


def test_hits_are_not_told_by_what_their_table_does_not_know(desk: Desk) -> None:
    assert hits(desk, View(where=(Filter("channel", ("live",)),)), 0.02) is None


def planted(slope: float, prices: list[float], *, seed: int = 5) -> tuple[Priced, date]:
    """Return a SKU whose daily units follow its price by a known elasticity, while the whole store grows."""
    rng = np.random.default_rng(seed)
    since = date(2026, 1, 1)
    changes, units, market = [], {}, {}
    for place, price in enumerate(prices):
        changes.append((since + timedelta(days=30 * place), price))
        for n in range(30 * place, 30 * place + 30):
            trend = 1 + n / 150
            units[since + timedelta(days=n)] = float(rng.poisson(200 * trend * (price / 100) ** slope))
            market[since + timedelta(days=n)] = float(rng.poisson(5_000 * trend))
    return Priced(changes, units, market), since + timedelta(days=30 * len(prices) - 1)


@pytest.mark.parametrize("slope", [-0.8, -1.8, -3.0])
def test_a_planted_elasticity_is_found_within_a_fifth(slope: float) -> None:
    priced, last = planted(slope, [100, 85, 100, 80, 95])
    found = elasticity([priced], last)

    assert found.value is not None
    assert found.value == pytest.approx(slope, rel=0.2)
    assert found.n_changes == 4


def test_fewer_than_three_price_changes_are_refused() -> None:
    priced, last = planted(-1.8, [100, 80, 100])
    found = elasticity([priced], last)

    assert found.value is None
    assert found.reason is not None
    assert found.reason.en == "2 price changes; it takes 3."


def test_prices_that_hardly_move_are_too_unsure() -> None:
    priced, last = planted(-1.8, [100, 99, 100, 99, 100])

    assert elasticity([priced], last).value is None
