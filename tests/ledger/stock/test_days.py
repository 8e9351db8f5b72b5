"""Stock of every day, held against a walk through the days that shares nothing with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.ledger.quality.stores import at, ledger_rows
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.metrics import Question, answer

FIRST, N_DAYS = date(2025, 12, 20), 160
LAST = FIRST + timedelta(days=N_DAYS - 1)
WAREHOUSES = ("主仓", "分仓")
UNKNOWN = "S5"
"""Of this one no cost is known."""
Place = tuple[str, str, date]


@dataclass
class Walk:
    """What the days bring, by warehouse, SKU and day: stock, its cost, what was sold; and on which days it is there."""

    movements: list[Row] = field(default_factory=list)
    costs: list[Row] = field(default_factory=list)
    level: dict[Place, int] = field(default_factory=dict)
    cost: dict[tuple[str, date], int] = field(default_factory=dict)
    sold: dict[Place, int] = field(default_factory=dict)
    sale_days: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    was_there: set[Place] = field(default_factory=set)
    begun: dict[str, date] = field(default_factory=dict)

    def move(self, warehouse: str, sku: str, day: date, quantity: int, reason: str) -> None:
        if quantity:
            row = {"warehouse": warehouse, "internal_sku": sku, "occurred_date": day, "occurred_at": at(day)}
            self.movements.append(row | {"quantity": quantity, "reason": reason})
            self.begun[sku] = min(self.begun.get(sku, day), day)


def walked(seed: int) -> Walk:
    """Walk through the days of six goods: they come late, run out for months, change in cost and between warehouses."""
    rng, found = Random(f"days {seed}"), Walk()
    for number in range(6):
        sku, begin = f"S{number}", rng.randint(0, 30)
        steps = {FIRST - timedelta(days=9): 10_00 + number} | {
            FIRST + timedelta(days=rng.randint(0, N_DAYS)): rng.randint(5_00, 30_00) for _ in range(number % 3)
        }
        found.costs += [
            {"internal_sku": sku, "valid_from": day, "unit_cost_minor": cost} for day, cost in steps.items()
        ] * (sku != UNKNOWN)
        held = dict.fromkeys(WAREHOUSES, 0)
        rest = rng.randint(20, 60)
        for place in range(begin, N_DAYS):
            day = FIRST + timedelta(days=place)
            found.cost[sku, day] = steps[max(since for since in steps if since <= day)]
            for warehouse in WAREHOUSES:
                before = held[warehouse]
                arrives = place == begin or (place > begin + rest and rng.random() < 0.004)
                came = rng.randint(5, 25) if arrives else 0
                out = min(before + came, rng.randint(0, 3)) if rng.random() < 0.3 else 0
                back = rng.randint(0, 1) if out and rng.random() < 0.2 else 0
                for quantity, reason in ((came, "purchase"), (-out, "sale"), (back, "return")):
                    found.move(warehouse, sku, day, quantity, reason)
                held[warehouse] += came - out + back
                found.sold[warehouse, sku, day] = out - back
                found.sale_days[sku] += [day] if out else []
                if before > 0 or held[warehouse] > 0 or out > back:
                    found.was_there.add((warehouse, sku, day))
                found.level[warehouse, sku, day] = held[warehouse]
            if held["主仓"] > 6 and rng.random() < 0.05:
                for warehouse, quantity in (("主仓", -4), ("分仓", 4)):
                    found.move(warehouse, sku, day, quantity, "transfer")
                    held[warehouse] += quantity
                    found.level[warehouse, sku, day] = held[warehouse]
                    found.was_there.add((warehouse, sku, day))
    # What comes in on the last day says how far the books go.
    found.move("主仓", "S6", LAST, 1, "purchase")
    found.level["主仓", "S6", LAST], found.cost["S6", LAST] = 1, 0
    found.was_there.add(("主仓", "S6", LAST))
    return found


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Walk]]:
    walk = walked(2)
    tables = {"stock_movement": walk.movements, "sku_cost": walk.costs}
    with ledger_of(tmp_path_factory.mktemp("days"), ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS))
        yield ledger, walk


def expected(walk: Walk, days: list[date], warehouses: tuple[str, ...] = WAREHOUSES) -> dict[str, float | None]:
    """Return the metrics of some days by hand, in fen."""
    last = max(days)
    skus = sorted({sku for _, sku, _ in walk.level})
    places = [(w, s, d) for w in warehouses for s in skus for d in days]

    def value(place: Place) -> int:
        return 0 if place[1] == UNKNOWN else walk.level.get(place, 0) * walk.cost.get(place[1:], 0)

    def is_slow(sku: str) -> bool:
        since = max(
            (day for day in walk.sale_days[sku] if day <= last), default=walk.begun.get(sku, last) - timedelta(days=1)
        )
        return (last - since).days > 30

    def is_on_sale(sku: str, day: date) -> bool:
        return any((w, sku, day - timedelta(days=n)) in walk.was_there for w in warehouses for n in range(91))

    goods = sum(walk.sold.get(place, 0) * walk.cost.get(place[1:], 0) for place in places if place[1] != UNKNOWN)
    value_days = sum(map(value, places))
    on_sale = {(s, d) for s in skus for d in days if is_on_sale(s, d)}
    in_stock = {(s, d) for w, s, d in places if walk.level.get((w, s, d), 0) > 0}
    return {
        "stock_on_hand": sum(walk.level.get(place, 0) for place in places if place[2] == last),
        "stock_value": sum(value(place) for place in places if place[2] == last) / 100,
        "slow_stock_value": sum(value(place) for place in places if place[2] == last and is_slow(place[1])) / 100,
        "days_of_stock": value_days / goods if goods else None,
        "stock_turns": 365 * goods / value_days if value_days else None,
        "stock_out_rate": len(on_sale - in_stock) / len(on_sale) if on_sale else None,
    }


NAMES = ("stock_on_hand", "stock_value", "slow_stock_value", "days_of_stock", "stock_turns", "stock_out_rate")


def same(row: dict[str, object], wanted: dict[str, float | None]) -> None:
    for name, value in wanted.items():
        assert row[name] == (None if value is None else pytest.approx(value, rel=1e-9)), name


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_stock_of_each_step_is_what_the_walk_makes_it(shop: tuple[Ledger, Walk], grain: str) -> None:
    ledger, walk = shop
    rows = answer(ledger, Question(NAMES, by=(grain,), date_from=FIRST + timedelta(days=40), date_to=LAST)).rows

    steps: dict[str, list[date]] = defaultdict(list)
    for place in range(40, N_DAYS):
        day = FIRST + timedelta(days=place)
        start = {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[grain]
        steps[start.isoformat()].append(day)
    assert [row[grain] for row in rows] == sorted(steps)
    for row in rows[:: 9 if grain == "day" else 1]:
        same(row, expected(walk, steps[str(row[grain])]))


def test_warehouses_add_up_to_the_whole_in_money_and_not_in_goods(shop: tuple[Ledger, Walk]) -> None:
    ledger, walk = shop
    asked = Question(NAMES, by=("warehouse",), date_from=LAST - timedelta(days=59), date_to=LAST)
    days = [LAST - timedelta(days=n) for n in range(60)]

    rows = {str(row["warehouse"]): row for row in answer(ledger, asked).rows}

    for warehouse in WAREHOUSES:
        same(rows[warehouse], expected(walk, days, (warehouse,)))
    (whole,) = answer(ledger, Question(NAMES, date_from=asked.date_from, date_to=LAST)).rows
    same(whole, expected(walk, days))
    assert sum(float(str(row["stock_value"])) for row in rows.values()) == pytest.approx(whole["stock_value"])


def test_stock_after_the_last_day_told_is_not_known_and_not_nothing(shop: tuple[Ledger, Walk]) -> None:
    later = LAST + timedelta(days=30)

    (row,) = answer(shop[0], Question(("stock_value", "days_of_stock"), date_from=later, date_to=later)).rows

    assert row == {"stock_value": None, "days_of_stock": None}


def test_without_movements_of_sales_what_was_sold_is_not_known_and_the_file_is_named(tmp_path: Path) -> None:
    listed: list[Row] = [
        {"warehouse": "主仓", "internal_sku": "A", "day": FIRST + timedelta(days=7 * n), "on_hand": 9 - n}
        for n in range(9)
    ]
    tables = {
        "stock_snapshot": listed,
        "sku_cost": [{"internal_sku": "A", "valid_from": FIRST, "unit_cost_minor": 2_00}],
    }
    with ledger_of(tmp_path, ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS))
        found = answer(ledger, Question(NAMES))

    # One left of nine, at 2.00.
    assert found.rows == [dict.fromkeys(NAMES) | {"stock_on_hand": 1.0, "stock_value": 2.0, "stock_out_rate": 0.0}]
    told = {each.metric for each in found.warnings if each.code == "needs_table" and "stock_movements" in each.en}
    assert told == {"days_of_stock", "stock_turns"}


def test_a_batch_is_sold_out_by_the_days_since_its_first_receipt(tmp_path: Path) -> None:
    def moved(sku: str, place: int, quantity: int, reason: str) -> Row:
        day = FIRST + timedelta(days=place)
        goods: Row = {"warehouse": "主仓", "internal_sku": sku, "quantity": quantity, "reason": reason}
        return goods | {"occurred_date": day, "occurred_at": at(day)}

    movements = [
        moved("旧", 0, 9, "purchase"), moved("旧", 9, -9, "sale"),
        # 10 on day 5 and 10 more on day 25; 4 sold on day 11, 1 back on day 18, 8 sold on day 34, 5 on day 35.
        moved("新", 5, 10, "purchase"), moved("新", 25, 10, "purchase"), moved("新", 11, -4, "sale"),
        moved("新", 18, 1, "return"), moved("新", 34, -8, "sale"), moved("新", 35, -5, "sale"),
        # Day 40 is the last: 30 days of this one are not over.
        moved("晚", 20, 5, "purchase"), moved("晚", 21, -5, "sale"), moved("晚", 40, 5, "purchase"),
    ]  # fmt: skip
    names = ("sold_out_rate_7", "sold_out_rate_14", "sold_out_rate", "sold_out_rate_60")
    with ledger_of(tmp_path, ledger_rows([(1, {"stock_movement": movements})])) as ledger:
        refresh(ledger, (STOCK_BALANCES, STOCK_DAYS))
        (whole,) = answer(ledger, Question(names)).rows
        by_code = answer(ledger, Question(names, by=("stock_code",))).rows

    # Within 7 days 4 of 10 and 5 of 5; within 14 days 3 of 10 and 5 of 5; within 30 days 11 of 20 and nothing known.
    assert whole == {
        "sold_out_rate_7": 9 / 15, "sold_out_rate_14": 8 / 15, "sold_out_rate": 11 / 20, "sold_out_rate_60": None
    }  # fmt: skip
    assert {str(row["stock_code"]): row["sold_out_rate"] for row in by_code} == {"新": 11 / 20, "晚": None}
