"""Healthy stock, safety stock and warnings of every day, held against a walk that shares nothing with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import fmean, stdev
from typing import Any

import pytest
from tests.ledger.quality.stores import at, ledger_rows
from tests.metrics.ledgers import ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS
from zhanggui.ledger.stock.policy import STOCK_COVERS, STOCK_POLICIES
from zhanggui.metrics import Question, answer

Row = dict[str, Any]
FIRST, N_DAYS = date(2026, 1, 5), 170
LAST = FIRST + timedelta(days=N_DAYS - 1)
STEPS = (STOCK_BALANCES, STOCK_DAYS, STOCK_COVERS, STOCK_POLICIES)
NAMES = ("stock_health", "skus_running_out", "safety_stock")
COST = 7_00
BRISK, STATED = "快供", "只报"
"""Of one supplier many lines were received; of the other his own word is all there is."""


def moved(sku: str, day: date, quantity: int, reason: str, warehouse: str) -> Row:
    row: Row = {"warehouse": warehouse, "internal_sku": sku, "occurred_date": day, "occurred_at": at(day)}
    return row | {"quantity": quantity, "reason": reason}


class Walk:
    """A shop day by day: orders to suppliers come late, shelves run out, two warehouses."""

    def __init__(self, seed: str) -> None:
        rng = Random(seed)
        self.movements: list[Row] = []
        self.orders: list[Row] = []
        self.level: dict[tuple[str, date], int] = {}
        self.sold: dict[tuple[str, date], int] = defaultdict(int)
        self.skus = [f"S{number}" for number in range(8)]
        for number, sku in enumerate(self.skus):
            self._live(rng, sku, STATED if number % 3 == 2 else BRISK if number != 7 else None, number)

    def _live(self, rng: Random, sku: str, supplier: str | None, number: int) -> None:
        held, begin = {"主仓": 0, "分仓": 0}, number * 4
        due: dict[int, int] = {}
        for place in range(begin, N_DAYS):
            day = FIRST + timedelta(days=place)
            came = due.pop(place, 0) + (60 if place == begin else 0)
            if came:
                self.movements.append(moved(sku, day, came, "purchase", "主仓"))
                held["主仓"] += came
            for warehouse in held:
                out = min(held[warehouse], rng.randint(0, 2 + number % 3))
                if out and number != 5:
                    self.movements.append(moved(sku, day, -out, "sale", warehouse))
                    held[warehouse] -= out
                    self.sold[sku, day] += out
            if place % 10 == number and held["主仓"] > 8:
                self.movements += [moved(sku, day, n, "transfer", w) for n, w in ((-5, "主仓"), (5, "分仓"))]
                held["主仓"], held["分仓"] = held["主仓"] - 5, held["分仓"] + 5
            self.level[sku, day] = sum(held.values())
            if supplier and place % 21 == number:
                took, units = rng.randint(4, 14), rng.randint(20, 70)
                due[place + took] = due.get(place + took, 0) + units
                self._order(sku, supplier, place, took, units)
        # What comes in on the last day of all says how far the books go.
        self.movements.append(moved(sku, LAST, 1, "adjust", "主仓"))
        self.level[sku, LAST] += 1

    def _order(self, sku: str, supplier: str, place: int, took: int, units: int) -> None:
        ordered = FIRST + timedelta(days=place)
        arrives = ordered + timedelta(days=took)
        row: Row = {"purchase_order_id": f"P{len(self.orders)}", "supplier": supplier, "internal_sku": sku}
        row |= {"warehouse": "主仓", "ordered_quantity": units, "ordered_date": ordered, "ordered_at": at(ordered)}
        row |= {"due_date": ordered + timedelta(days=9), "due_at": at(ordered + timedelta(days=9))}
        if arrives <= LAST:
            row |= {"received_date": arrives, "received_at": at(arrives)}
        self.orders.append(row)

    def tables(self) -> dict[str, Sequence[Row]]:
        stated = {"supplier": STATED, "lead_days": 12, "lead_days_spread": 3}
        return {
            "stock_movement": self.movements,
            "sku_cost": [{"internal_sku": sku, "valid_from": FIRST, "unit_cost_minor": COST} for sku in self.skus],
            "purchase_order": self.orders,
            "supplier": [stated, {"supplier": BRISK, "lead_days": None, "lead_days_spread": None}],
        }

    def demand(self, sku: str, day: date) -> list[int]:
        """Return what was sold on each day of ninety that ended with stock."""
        days = [day - timedelta(days=n) for n in range(90)]
        return [self.sold[sku, each] for each in days if self.level.get((sku, each), 0) > 0]

    def lead(self, sku: str, day: date) -> tuple[float, float] | None:
        asked = [row for row in self.orders if row["internal_sku"] == sku and row["ordered_date"] <= day]
        if not asked:
            return None
        if asked[-1]["supplier"] == STATED and self._received(STATED, day) < 10:
            return 12.0, 3.0
        took = [
            float((row["received_date"] - row["ordered_date"]).days)
            for row in self.orders
            if row["supplier"] == asked[-1]["supplier"] and row.get("received_date", LAST + timedelta(1)) <= day
        ]
        return (fmean(took), stdev(took)) if len(took) >= 10 else None

    def _received(self, supplier: str, day: date) -> int:
        return sum(
            row["supplier"] == supplier and row.get("received_date", LAST + timedelta(1)) <= day for row in self.orders
        )

    def coming(self, sku: str, day: date) -> int:
        """Return what was on order and not past due."""
        return sum(
            row["ordered_quantity"]
            for row in self.orders
            if row["internal_sku"] == sku
            and row["ordered_date"] <= day <= row["due_date"]
            and row.get("received_date", LAST + timedelta(1)) > day
        )

    def told(self, sku: str, day: date) -> dict[str, float | None]:
        """Return the parts of the metrics of one SKU at the end of a day."""
        level, sales, lead = self.level.get((sku, day)), self.demand(sku, day), self.lead(sku, day)
        rate = fmean(sales) if sales else None
        is_slow = not any(self.sold[sku, day - timedelta(days=n)] for n in range(31))
        cover = level / rate if level is not None and rate else None
        value = max(level or 0, 0) * COST
        is_right = cover is not None and 14 <= cover <= 90 and not is_slow
        found: dict[str, float | None] = {
            "value": value,
            "healthy": value if is_right else 0,
            "safety": None,
            "out": None,
        }
        if lead is None or level is None:
            return found
        found["out"] = float(bool(rate) and level + self.coming(sku, day) < (rate or 0) * lead[0])
        if not rate:
            found["safety"] = 0.0
        elif len(sales) >= 14:
            found["safety"] = round(1.645 * (lead[0] * stdev(sales) ** 2 + (rate * lead[1]) ** 2) ** 0.5, 3)
        return found


def expected(walk: Walk, skus: Sequence[str], day: date) -> dict[str, float | None]:
    rows = [walk.told(sku, day) for sku in skus]

    def total(name: str) -> float | None:
        known = [row[name] for row in rows if row[name] is not None]
        return sum(float(each or 0) for each in known) if known else None

    value, healthy = total("value"), total("healthy")
    return {
        "stock_health": (healthy or 0) / value if value else None,
        "skus_running_out": total("out"),
        "safety_stock": total("safety"),
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Walk]]:
    walk = Walk("policy")
    with ledger_of(tmp_path_factory.mktemp("policy"), ledger_rows([(1, walk.tables())])) as ledger:
        refresh(ledger, STEPS)
        yield ledger, walk


def same(row: Row, wanted: dict[str, float | None]) -> None:
    for name, value in wanted.items():
        assert row[name] == (None if value is None else pytest.approx(value, rel=1e-6, abs=0.01)), (name, row, wanted)


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_each_step_ends_as_the_walk_says(shop: tuple[Ledger, Walk], grain: str) -> None:
    ledger, walk = shop
    rows = answer(ledger, Question(NAMES, by=(grain,))).rows

    ends: dict[str, date] = {}
    for day in (FIRST + timedelta(days=n) for n in range(N_DAYS)):
        start = {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[grain]
        ends[start.isoformat()] = day
    assert {str(row[grain]) for row in rows} == set(ends)
    for row in rows:
        same(row, expected(walk, walk.skus, ends[str(row[grain])]))
    # Warnings come and go between the ends of months.
    assert grain == "month" or any(row["skus_running_out"] for row in rows)


def test_each_stock_code_and_store_ends_as_the_walk_says(shop: tuple[Ledger, Walk]) -> None:
    ledger, walk = shop
    rows = answer(ledger, Question(NAMES, by=("shop", "stock_code"))).rows

    assert [row["stock_code"] for row in sorted(rows, key=lambda row: str(row["stock_code"]))] == walk.skus
    for row in rows:
        same(row, expected(walk, (str(row["stock_code"]),), LAST))
    (whole,) = answer(ledger, Question(NAMES)).rows
    assert sum(float(str(row["safety_stock"] or 0)) for row in rows) == pytest.approx(float(str(whole["safety_stock"])))


def test_a_day_knows_nothing_of_what_comes_after_it(shop: tuple[Ledger, Walk], tmp_path: Path) -> None:
    ledger, walk = shop
    middle = FIRST + timedelta(days=110)
    some: dict[str, Sequence[Row]] = dict(walk.tables())
    some["stock_movement"] = [row for row in walk.movements if row["occurred_date"] <= middle]
    some["purchase_order"] = [
        {
            name: value
            for name, value in row.items()
            if not name.startswith("received") or row["received_date"] <= middle
        }
        for row in walk.orders
        if row["ordered_date"] <= middle
    ]
    asked = Question(NAMES, by=("stock_code",), date_from=FIRST, date_to=middle)
    with ledger_of(tmp_path, ledger_rows([(1, some)])) as earlier:
        refresh(earlier, STEPS)
        then = answer(earlier, asked).rows

    assert then == answer(ledger, asked).rows


def test_without_purchase_orders_health_is_known_and_the_missing_file_is_named(
    shop: tuple[Ledger, Walk], tmp_path: Path
) -> None:
    _, walk = shop
    tables = {name: rows for name, rows in walk.tables().items() if name not in ("purchase_order", "supplier")}
    with ledger_of(tmp_path, ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, STEPS)
        found = answer(ledger, Question(NAMES))

    wanted = expected(walk, walk.skus, LAST)
    assert found.rows == [
        {"stock_health": pytest.approx(wanted["stock_health"]), "skus_running_out": None, "safety_stock": None}
    ]
    told = {each.metric for each in found.warnings if each.code == "needs_table" and "purchase_orders" in each.en}
    assert told == {"skus_running_out", "safety_stock"}


def test_a_store_whose_movements_name_no_sale_has_no_health(tmp_path: Path) -> None:
    came = [moved("A", FIRST, 9, "purchase", "主仓"), moved("A", LAST, -2, "other", "主仓")]
    costs = [{"internal_sku": "A", "valid_from": FIRST, "unit_cost_minor": COST}]
    with ledger_of(tmp_path, ledger_rows([(1, {"stock_movement": came, "sku_cost": costs})])) as ledger:
        refresh(ledger, STEPS)
        found = answer(ledger, Question(NAMES))

    assert found.rows == [dict.fromkeys(NAMES)]
