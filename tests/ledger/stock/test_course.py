"""The level of every SKU on every day, held against a walk through the days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from tests.metrics.ledgers import Row
from tests.understand.inventory.shelves import FIRST, day, desk_of, moved

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import place_levels, stock_course

N_DAYS, N_SKUS = 25, 40
LAST = day(N_DAYS)
PLACES = ("主仓", "分仓")
REASONS = ("sale", "purchase", "transfer", "adjust", "return", "damage")

Levels = dict[tuple[str, str], list[int]]


@pytest.fixture(scope="module", params=[1, 2])
def trade(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Levels]]:
    """Give a ledger of random movements and statements, and the level of each SKU and place at the end of each day."""
    rng = Random(f"course {request.param}")
    movements: list[Row] = []
    lists: list[Row] = []
    levels: Levels = {}
    for place in PLACES:
        for number in range(N_SKUS):
            sku, held = f"S{number:02d}", 0
            walked = levels[sku, place] = []
            for at_day in range(1, N_DAYS + 1):
                quantities = (
                    [rng.randint(20, 40)]
                    if at_day == 1
                    else [rng.randint(-6, 6) for _ in range(rng.choice((0, 0, 1, 2)))]
                )
                for quantity in filter(None, quantities):
                    reason = "purchase" if quantity > 0 else rng.choice(REASONS)
                    movements.append(moved(sku, at_day, quantity, reason, place))
                    held += quantity
                if place == "主仓" and at_day in (7, 14, 21):
                    # The first statement is where the books begin; later ones may differ from what was moved.
                    held += 0 if at_day == 7 else rng.choice((0, 0, 0, 3, -2))
                    lists.append({"day": day(at_day), "warehouse": place, "internal_sku": sku, "on_hand": held})
                walked.append(held)
    folder = tmp_path_factory.mktemp("course")
    with desk_of(folder, {"stock_movement": movements, "stock_snapshot": lists}) as desk:
        yield desk.ledger, levels


def test_every_level_of_every_day_is_what_the_walk_makes_it(trade: tuple[Ledger, Levels]) -> None:
    ledger, levels = trade

    course = stock_course(ledger, LAST)

    for number, sku in enumerate(course.skus):
        rows = np.flatnonzero(course.sku == number)
        walked = np.sum([levels[sku, place] for place in PLACES], axis=0)
        for row in rows:
            span = range(course.day[row] - FIRST.toordinal(), course.until[row] - FIRST.toordinal())
            assert [walked[at_day] for at_day in span] == [course.level[row]] * len(span)
    assert int((course.until - course.day).sum()) == N_SKUS * N_DAYS


def test_one_warehouse_alone_and_an_earlier_day_have_their_own_levels(trade: tuple[Ledger, Levels]) -> None:
    ledger, levels = trade
    earlier = LAST - timedelta(days=9)

    course = stock_course(ledger, earlier, warehouse="分仓")
    places = {(row["internal_sku"], row["warehouse"]): row["on_hand"]
              for row in ledger.query(place_levels(ledger, earlier)).to_pylist()}  # fmt: skip

    assert dict(zip(course.skus, course.on_hand(), strict=True)) == {
        sku: walked[-10] for (sku, place), walked in levels.items() if place == "分仓"
    }
    assert places == {key: walked[-10] for key, walked in levels.items()}


def test_nothing_known_of_stock_is_an_empty_course(tmp_path: Path) -> None:
    with desk_of(tmp_path, {}) as desk:
        course = stock_course(desk.ledger, LAST)

    assert (course.n_skus, len(course.day), course.on_hand().tolist()) == (0, 0, [])


def test_stock_from_before_the_books_is_not_taken_for_new(tmp_path: Path) -> None:
    # 30 lay there when movements began: the first statement says 25 after 5 were sold.
    tables = {
        "stock_movement": [moved("A", 1, -5)],
        "stock_snapshot": [{"day": day(1), "warehouse": "主仓", "internal_sku": "A", "on_hand": 25}],
    }
    with desk_of(tmp_path, tables) as desk:
        course = stock_course(desk.ledger, day(3))

    assert (course.level.tolist(), course.bought.tolist(), course.sold.tolist()) == ([25.0], [0.0], [5.0])
