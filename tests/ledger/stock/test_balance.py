"""Opening + in - out = closing, for every SKU, warehouse and day, held against a walk through the days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from tests.ledger.quality.stores import at, ledger_rows
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality import check_due, findings_of
from zhanggui.ledger.stock.balance import STOCK_BALANCES

FIRST = date(2026, 4, 1)
N_DAYS, N_SKUS = 30, 60
STATED_DAYS = range(6, N_DAYS, 7)
"""Once a week a list states the whole stock of the first warehouse; nothing states that of the second."""

Key = tuple[str, str, date]
Walked = dict[Key, tuple[int, int, int, int]]
"""Opening, in, out and what nothing explains."""


@pytest.fixture(scope="module", params=[1, 2, 3])
def trade(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Walked]]:
    """A ledger of random movements and lists, some of which are wrong; and what the days bring by hand."""
    rng = Random(f"stock {request.param}")
    movements: list[Row] = []
    lists: list[Row] = []
    walked: Walked = {}
    for warehouse in ("主仓", "分仓"):
        for number in range(N_SKUS):
            _walk(rng, warehouse, f"S{number}", movements, lists, walked)
    tables = {"stock_movement": movements, "stock_snapshot": lists}
    with ledger_of(tmp_path_factory.mktemp("stock"), ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, (STOCK_BALANCES,))
        yield ledger, walked


def _walk(rng: Random, warehouse: str, sku: str, movements: list[Row], lists: list[Row], walked: Walked) -> None:
    """Write what happens to a SKU day by day, and what the books have to say of each."""
    goods: Row = {"warehouse": warehouse, "internal_sku": sku}
    # It comes with a first receipt, before any list.
    held = 0
    for place in range(N_DAYS):
        day = FIRST + timedelta(days=place)
        moves = [rng.randint(50, 90)] if place == 0 else [rng.randint(-5, 6) for _ in range(rng.randint(0, 3))]
        moves = [move for move in moves if move]
        movements += [goods | {"occurred_date": day, "occurred_at": at(day), "quantity": move} for move in moves]
        came, went = sum(move for move in moves if move > 0), -sum(move for move in moves if move < 0)
        opening, held = held, held + came - went
        off = 0
        if warehouse == "主仓" and place in STATED_DAYS:
            # The first list is where the books begin.
            off = 0 if place == STATED_DAYS[0] else rng.choice([0, 0, 0, 0, 0, 0, 0, 3, -2])
            held += off
            lists.append(goods | {"day": day, "on_hand": held})
        if came or went or off:
            walked[warehouse, sku, day] = (opening, came, went, off)


def _balance(ledger: Ledger) -> dict[Key, dict[str, Decimal]]:
    rows = ledger.query(ledger.table("stock_balance")).to_pylist()
    return {(row["warehouse"], row["internal_sku"], row["day"]): row for row in rows}


def test_every_day_is_what_the_walk_makes_it(trade: tuple[Ledger, Walked]) -> None:
    ledger, walked = trade
    names = ("opening", "received", "issued", "difference")

    found = {key: tuple(int(row[name]) for name in names) for key, row in _balance(ledger).items()}

    assert found == walked


def test_opening_and_in_less_out_is_closing_and_the_next_day_begins_there_or_where_the_list_says(
    trade: tuple[Ledger, Walked],
) -> None:
    ledger, _ = trade
    last: dict[tuple[str, str], Decimal] = {}
    for key, row in sorted(_balance(ledger).items()):
        assert row["opening"] + row["received"] - row["issued"] == row["closing"], key
        assert row["opening"] == last.get(key[:2], Decimal(0)), key
        last[key[:2]] = row["closing"] + row["difference"]


def test_each_day_and_warehouse_with_a_difference_is_one_finding_and_no_other_is(trade: tuple[Ledger, Walked]) -> None:
    ledger, walked = trade
    off = {(warehouse, day) for (warehouse, _, day), row in walked.items() if row[3]}

    check_due(ledger)

    found = [one for one in findings_of(ledger) if one.check.name == "stock.equation"]
    assert {(str(one.subject).split()[0], one.day) for one in found} == off
    assert len(found) == len(off) > 0
    assert sum(one.n_rows for one in found) == sum(row[3] != 0 for row in walked.values())


def test_a_list_that_leaves_out_what_is_sold_out_states_nothing_of_it(tmp_path: Path) -> None:
    goods = [f"S{number}" for number in range(10)]
    day, later = FIRST, FIRST + timedelta(days=1)

    def moved(sku: str, on: date, quantity: int) -> Row:
        return {
            "warehouse": "主仓",
            "internal_sku": sku,
            "occurred_date": on,
            "occurred_at": at(on),
            "quantity": quantity,
        }

    def stated(sku: str, on: date, quantity: int) -> Row:
        return {"warehouse": "主仓", "internal_sku": sku, "day": on, "on_hand": quantity}

    tables = {
        # S8 sells out, S9 should have one left: both are left out of the second list.
        "stock_movement": [*(moved(sku, day, 5) for sku in goods), moved("S8", later, -5), moved("S9", later, -4)],
        "stock_snapshot": [*(stated(sku, day, 5) for sku in goods), *(stated(sku, later, 5) for sku in goods[:8])],
    }
    with ledger_of(tmp_path, ledger_rows([(1, tables)])) as ledger:
        refresh(ledger, (STOCK_BALANCES,))
        off = {key[1]: int(row["difference"]) for key, row in _balance(ledger).items() if row["difference"]}

    assert off == {"S9": -1}
