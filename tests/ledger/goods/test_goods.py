"""Hits, the range that moved and the categories of stock, held against sums in Python that share nothing with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from tests.ledger.quality.stores import at, ledger_rows
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.goods import GOODS, HITS
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.metrics import Question, answer
from zhanggui.metrics.question import Filter

FIRST, N_DAYS = date(2026, 1, 20), 80
LAST = FIRST + timedelta(days=N_DAYS - 1)
N_PRODUCTS = 60
CATEGORIES = ("衣", "鞋", "包")
GIFT, PACKING, UNSOLD = "赠", "箱", "旧"
"""Codes that are only given away, that no store lists, and that nobody buys."""


@dataclass
class Trade:
    """What two stores sold, and what lay in the warehouse of their company."""

    tables: dict[int, dict[str, list[Row]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    paid: Counter[tuple[int, str, date]] = field(default_factory=Counter)
    category: dict[tuple[int, str], str] = field(default_factory=dict)
    sold: set[tuple[str, date]] = field(default_factory=set)
    there: set[tuple[str, date]] = field(default_factory=set)


def _sell(rng: Random, trade: Trade, shop: int, day: date, number: int) -> None:
    """Add the lines of one order line: sold, given, sent back whole, or brushed."""
    product = min(int(rng.paretovariate(0.7)), N_PRODUCTS)
    sku, paid, kind = f"P{shop}-{product}", rng.randint(10, 90) * 100, rng.random()
    line: Row = {
        "order_id": f"o{shop}-{number}", "line_key": f"l{number}", "paid_date": day, "sku_id": sku, "quantity": 1,
        "line_kind": "product", "order_kind": "ordinary", "paid_minor": paid, "refunded_minor": 0,
        "product_id": None if product % 7 == 0 else f"p{product}",
    }  # fmt: skip
    if kind < 0.05:
        line |= {"order_kind": "brushing"}
    elif kind < 0.1:
        line |= {"line_kind": "gift", "paid_minor": 0}
    else:
        trade.paid[shop, str(line["product_id"] or sku), day] += paid
        line |= {"refunded_minor": paid if kind < 0.3 else 0}
        if kind >= 0.3:
            trade.sold.add((f"S{product}", day))
    trade.tables[shop]["line_profit"].append(line)


def _stock(rng: Random, trade: Trade) -> None:
    """Put goods on the shelf: some come late, some run out, a few are never there."""
    for code in [*(f"S{n}" for n in range(1, N_PRODUCTS + 1) if n % 9), GIFT, PACKING, UNSOLD]:
        since, until = sorted((rng.randint(0, N_DAYS // 2), rng.randint(N_DAYS // 3, 2 * N_DAYS)))
        for place, units, reason in ((since, 50, "purchase"), (until, -50, "damage")):
            day = FIRST + timedelta(days=place)
            if place < N_DAYS:
                row = {"warehouse": "主仓", "internal_sku": code, "occurred_date": day, "occurred_at": at(day)}
                trade.tables[1]["stock_movement"].append(row | {"quantity": units, "reason": reason})
        # On its last day some was there in the morning.
        trade.there |= {(code, FIRST + timedelta(days=n)) for n in range(since, min(until + 1, N_DAYS))}
    end: Row = {"warehouse": "主仓", "internal_sku": "止", "occurred_date": LAST, "occurred_at": at(LAST)}
    trade.tables[1]["stock_movement"].append(end | {"quantity": 1, "reason": "purchase"})


def _list(trade: Trade, shop: int) -> None:
    """Let a store list its goods under its own ids and categories: the second has shoes where the first has none."""
    tables = trade.tables[shop]
    for n in range(1, N_PRODUCTS + 1):
        sku = f"P{shop}-{n}"
        category = trade.category[shop, f"p{n}"] = CATEGORIES[(n + (shop == 2 and n % 5 == 0)) % 3]
        tables["product"].append({"product_id": f"p{n}", "title": f"货{n}", "category": category})
        tables["sku"].append({"sku_id": sku, "product_id": f"p{n}"})
        tables["sku_map"].append({"platform_sku_id": sku, "internal_sku": f"S{n}"})
    tables["sku_map"] += [
        {"platform_sku_id": "U", "internal_sku": UNSOLD},
        {"platform_sku_id": "G", "internal_sku": GIFT},
    ]
    tables["line_profit"].append({
        "order_id": "g", "line_key": "g", "paid_date": FIRST, "sku_id": "G", "quantity": 1, "line_kind": "gift",
        "order_kind": "ordinary", "paid_minor": 0, "refunded_minor": 0,
    })  # fmt: skip


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Trade]]:
    rng, made = Random("goods"), Trade()
    for shop in (1, 2):
        _list(made, shop)
        for number in range(900):
            _sell(rng, made, shop, FIRST + timedelta(days=rng.randrange(10 * (shop - 1), N_DAYS)), number)
    _stock(rng, made)
    with ledger_of(tmp_path_factory.mktemp("goods"), ledger_rows(list(made.tables.items()))) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS, HITS, GOODS))
        yield ledger, made


def shares(trade: Trade) -> dict[str, dict[object, list[int]]]:
    """Return what hits and all products took, by month, store and category, day by day from the start."""
    found: dict[str, dict[object, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for (shop, product, day), paid in trade.paid.items():
        begun = min(each for store, _, each in trade.paid if store == shop)
        if (day - begun).days < 29:
            continue
        lately = [day - timedelta(days=n) for n in range(30)]
        own = sum(trade.paid.get((shop, product, each), 0) for each in lately)
        whole = sum(one for (store, _, each), one in trade.paid.items() if store == shop and each in lately)
        cells = {"month": day.replace(day=1).isoformat(), "shop": f"店{shop}", "whole": None}
        for name, cell in (*cells.items(), ("category", trade.category.get((shop, product)))):
            found[name][cell][0] += paid if own >= 0.02 * whole else 0
            found[name][cell][1] += paid
    return found


def test_hits_are_what_took_two_percent_of_their_store_in_thirty_days(trade: tuple[Ledger, Trade]) -> None:
    ledger, made = trade
    wanted = shares(made)

    (whole,) = answer(ledger, Question(("hit_share", "paid_for_hits"))).rows
    hits, all_paid = wanted["whole"][None]
    assert 0.2 < hits / all_paid < 0.9
    assert whole == {"hit_share": pytest.approx(hits / all_paid, rel=1e-12), "paid_for_hits": hits / 100}
    for name, by in (("month", ("month",)), ("shop", ("shop",)), ("category", ("category",))):
        rows = answer(ledger, Question(("paid_for_hits", "paid_for_products"), by=by)).rows
        told = {row[name]: [row["paid_for_hits"] or 0, row["paid_for_products"]] for row in rows}
        assert {cell: sums for cell, sums in told.items() if sums[1]} == {
            cell: [hit / 100, paid / 100] for cell, (hit, paid) in wanted[name].items()
        }, name


def test_before_a_store_has_thirty_days_no_share_of_hits_is_told(trade: tuple[Ledger, Trade]) -> None:
    ledger, _ = trade

    asked = Question(("hit_share",), date_from=FIRST, date_to=FIRST + timedelta(days=28))

    assert answer(ledger, asked).rows == [{"hit_share": None}]


@pytest.mark.parametrize("span", [(0, N_DAYS - 1), (10, 16), (40, 69)])
def test_the_range_that_moved_counts_net_sales_of_what_was_there(
    trade: tuple[Ledger, Trade], span: tuple[int, int]
) -> None:
    ledger, made = trade
    days = {FIRST + timedelta(days=n) for n in range(span[0], span[1] + 1)}
    there = {code for code, day in made.there if day in days} - {GIFT, PACKING}
    sold = {code for code, day in made.sold & made.there if day in days}

    (row,) = answer(ledger, Question(("sku_sell_through", "skus_on_sale"), date_from=min(days), date_to=max(days))).rows

    assert 0 < len(sold) < len(there)
    assert row == {"sku_sell_through": pytest.approx(len(sold) / len(there)), "skus_on_sale": len(there)}


def test_stock_is_split_by_the_category_under_which_most_stores_list_the_code(trade: tuple[Ledger, Trade]) -> None:
    ledger, made = trade

    def category(code: str) -> str | None:
        named = Counter(made.category[shop, f"p{code[1:]}"] for shop in (1, 2)) if code.startswith("S") else Counter()
        return min(named, key=lambda name: (-named[name], name)) if named else None

    wanted = Counter(category(code) for code in {code for code, _ in made.there} | {"止"})
    rows = answer(ledger, Question(("stock_codes_there",), by=("category",))).rows
    (shoes,) = answer(ledger, Question(("stock_codes_there",), where=(Filter("category", ("鞋",)),))).rows

    assert {row["category"]: row["stock_codes_there"] for row in rows} == dict(wanted)
    assert shoes == {"stock_codes_there": wanted["鞋"]}
