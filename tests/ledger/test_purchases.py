"""Days of purchase and what is asked of them, held against a walk over each buyer's days in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
from tests.metrics.ledgers import batch, ledger_of, order, store

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.purchases import PURCHASES
from zhanggui.metrics import Question, answer

FIRST, N_DAYS = date(2026, 1, 5), 120
LOADED = datetime(2026, 5, 10, 8, tzinfo=UTC)
Row = dict[str, Any]
COUNTS = (
    *("first_purchases_followed", "first_purchases_back", "first_buyers_followed", "first_buyers_retained"),
    *("buyers_followed", "buyers_lost", "first_purchases_followed_90", "first_purchases_back_90"),
)
NAMES = (
    *(*COUNTS, "repurchase_within_30_days", "repurchase_within_90_days"),
    *("retention_rate", "churn_rate", "days_between_orders"),
)


@dataclass(frozen=True)
class Bought:
    """One paid day of a buyer, the one before it, after how many days later ones came, how many were followed."""

    shop: int
    buyer: str
    day: date
    before: date | None
    later: tuple[int, ...]
    followed: int


def _orders(rng: Random) -> Iterator[Row]:
    for number in range(900):
        shop, day = 1 + number % 2, FIRST + timedelta(days=rng.randrange(N_DAYS))
        buyer = f"b{int(rng.paretovariate(0.5)) % 150}"
        paid, kind = rng.choice((0, 50_00, 80_00)), rng.random()
        told: Row = {"paid": f"{day} 10", "buyer_key": buyer, "shop_id": shop}
        if kind < 0.05:
            told |= {"buyer_key": None}
        elif kind < 0.1:
            told |= {"order_kind": "brushing"}
        elif kind < 0.15:
            del told["paid"]
        elif kind < 0.3:
            told |= {"refunded": paid}
        elif kind < 0.35:
            told |= {"refunded": paid // 2}
        yield order(f"o{number}", f"{day} 09", paid, **told)
    # Paid later than the file was loaded: nobody can know that yet.
    yield order("late", "2027-01-01 10", 50_00, paid="2027-01-01 10", buyer_key="b1")


def _walk(orders: list[Row]) -> list[Bought]:
    """Return every paid day of every buyer."""
    days: dict[tuple[int, str], set[date]] = defaultdict(set)
    ends: dict[int, date] = {}
    for row in orders:
        is_told = row["is_paid"] and row.get("order_kind", "ordinary") == "ordinary" and row["buyer_key"]
        if not is_told or row["paid_date"] > LOADED.date() + timedelta(days=1):
            continue
        shop, day = row["shop_id"], row["paid_date"]
        ends[shop] = max(day, ends.get(shop, day))
        if row["refunded_minor"] < row["paid_minor"] or row["paid_minor"] == row["refunded_minor"] == 0:
            days[shop, row["buyer_key"]].add(day)
    found = []
    for (shop, buyer), those in days.items():
        course = sorted(those)
        for nth, day in enumerate(course):
            later = tuple((other - day).days for other in course[nth + 1 :])
            found.append(Bought(shop, buyer, day, course[nth - 1] if nth else None, later, (ends[shop] - day).days))
    return found


def _wanted(bought: list[Bought]) -> dict[str, Any]:
    firsts = [each for each in bought if each.before is None and each.followed >= 30]
    back = [each for each in firsts if min(each.later, default=99) <= 30]
    firsts_90 = [each for each in firsts if each.followed >= 90]
    back_90 = [each for each in firsts_90 if min(each.later, default=99) <= 90]
    old = [each for each in bought if each.before is None and each.followed >= 60]
    retained = [each for each in old if any(31 <= days <= 60 for days in each.later)]
    seen = {each.buyer for each in bought if each.followed >= 90}
    lost = {each.buyer for each in bought if each.followed >= 90 and min(each.later, default=99) > 90}
    gaps = [(each.day - each.before).days for each in bought if each.before is not None]
    return {
        "first_purchases_followed": len(firsts),
        "first_purchases_back": len(back),
        "first_purchases_followed_90": len(firsts_90),
        "first_purchases_back_90": len(back_90),
        "first_buyers_followed": len(old),
        "first_buyers_retained": len(retained),
        "buyers_followed": len(seen),
        "buyers_lost": len(lost),
        "repurchase_within_30_days": len(back) / len(firsts) if firsts else None,
        "repurchase_within_90_days": len(back_90) / len(firsts_90) if firsts_90 else None,
        "retention_rate": len(retained) / len(old) if old else None,
        "churn_rate": len(lost) / len(seen) if seen else None,
        "days_between_orders": median(gaps) if gaps else None,
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, list[Row]]]:
    orders = list(_orders(Random("purchases")))
    tables = {
        "store": [store(1, "一店"), store(2, "二店", "jd")],
        "source_batch": [batch(1, 1, LOADED), batch(2, 2, LOADED)],
        "order_header": orders,
    }
    with ledger_of(tmp_path_factory.mktemp("purchases"), tables) as ledger:
        refresh(ledger, (PURCHASES,))
        yield ledger, orders


def test_who_bought_again_is_what_a_walk_over_each_buyers_days_finds(shop: tuple[Ledger, list[Row]]) -> None:
    ledger, orders = shop
    bought = _walk(orders)

    (whole,) = answer(ledger, Question(NAMES)).rows

    wanted = _wanted(bought)
    assert min(wanted[name] for name in COUNTS) > 10
    assert whole == pytest.approx(wanted)


@pytest.mark.parametrize("by", ["shop", "platform", "month", "week", "day"])
def test_and_so_in_every_cell(shop: tuple[Ledger, list[Row]], by: str) -> None:
    ledger, orders = shop
    bought = _walk(orders)
    cells: dict[str, list[Bought]] = defaultdict(list)
    for each in bought:
        monday = each.day - timedelta(days=each.day.weekday())
        named = {"shop": f"{'一二'[each.shop - 1]}店", "platform": ("tmall", "jd")[each.shop - 1]}
        days = {"day": each.day, "week": monday, "month": each.day.replace(day=1)}
        cells[named.get(by) or days[by].isoformat()].append(each)

    rows = answer(ledger, Question(NAMES, by=(by,))).rows

    told = {str(row[by]): row for row in rows}
    for cell, those in cells.items():
        wanted = _wanted(those)
        got = {name: told[cell][name] for name in NAMES}
        counts = {name: value or 0 for name, value in wanted.items() if name in COUNTS}
        assert got | {name: got[name] or 0 for name in counts} == pytest.approx(wanted | counts, nan_ok=True), cell


def test_without_a_stable_buyer_nothing_is_told_and_a_warning_says_so(tmp_path: Path) -> None:
    orders = [order("o1", "2026-01-05 10", 50_00, paid="2026-01-05 10")]
    with ledger_of(tmp_path, {"store": [store(1, "一店")], "order_header": orders}) as ledger:
        refresh(ledger, (PURCHASES,))
        found = answer(ledger, Question(NAMES))

    assert found.rows == [dict.fromkeys(NAMES)]
    assert found.warnings
