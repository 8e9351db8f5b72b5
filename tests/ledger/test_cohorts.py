"""What first buyers left within ninety days, held against a walk over each buyer's orders in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.metrics.ledgers import batch, ledger_of, order, store

from zhanggui.ledger.cohorts import COHORTS
from zhanggui.ledger.derived import refresh
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer

Row = dict[str, Any]
FIRST, N_DAYS = date(2026, 1, 5), 200
LOADED = datetime(2026, 8, 10, 8, tzinfo=UTC)
NAMES = ("first_buyers_valued", "value_of_first_buyers", "lifetime_value")


def _orders(rng: Random) -> Iterator[Row]:
    for number in range(700):
        day, buyer = FIRST + timedelta(days=rng.randrange(N_DAYS)), rng.randrange(200)
        paid, kind = rng.choice((0, 50_00, 80_00)), rng.random()
        told: Row = {"paid": f"{day} 10", "buyer_key": f"b{buyer}", "shop_id": 1 + buyer % 2}
        if kind < 0.05:
            told |= {"buyer_key": None}
        elif kind < 0.1:
            told |= {"order_kind": "brushing"}
        elif kind < 0.15:
            del told["paid"]
        elif kind < 0.3:
            told |= {"refunded": paid}
        yield order(f"o{number:03}", f"{day} 09", paid, channel=rng.choice(("live", "shelf", None)), **told)


def _lines(rng: Random, orders: Sequence[Row]) -> Iterator[Row]:
    for row in orders:
        for place in range(rng.choice((1, 2)) if row["is_paid"] else 0):
            is_known = rng.random() > 0.03
            left = rng.randrange(-20_00, 40_00) if is_known else None
            told: Row = {"line_key": f"{row['order_id']}-{place}", "line_kind": "product", "evidence": "counted"}
            yield {
                **{name: row.get(name) for name in ("shop_id", "order_id", "paid_date", "buyer_key", "currency")},
                "order_kind": row.get("order_kind", "ordinary"),
                "cost_known": is_known,
                "contribution_minor": left,
                "ad_spend_minor": rng.randrange(300),
                **told,
            }


@dataclass(frozen=True)
class FirstBuyer:
    shop: int
    day: date
    channel: str | None
    left: int


def _walk(orders: Sequence[Row], lines: Sequence[Row]) -> list[FirstBuyer]:
    """Return every first buyer followed for ninety days whose costs are known."""
    of_order: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        of_order[line["order_id"]].append(line)
    of_buyer: dict[tuple[int, str], list[Row]] = defaultdict(list)
    ends: dict[int, date] = {}
    for row in orders:
        if row["is_paid"] and row.get("order_kind", "ordinary") == "ordinary" and row["buyer_key"]:
            of_buyer[row["shop_id"], row["buyer_key"]].append(row)
            ends[row["shop_id"]] = max(row["paid_date"], ends.get(row["shop_id"], row["paid_date"]))
    found = []
    for (shop, _), mine in of_buyer.items():
        kept = [row for row in mine if row["refunded_minor"] < row["paid_minor"]
                or row["paid_minor"] == row["refunded_minor"] == 0]  # fmt: skip
        if not kept:
            continue
        first = min(kept, key=lambda row: (row["paid_date"], -row["paid_minor"], row["order_id"]))
        day = first["paid_date"]
        since = [row for row in mine if 0 <= (row["paid_date"] - day).days <= 90]
        held = [line for row in since for line in of_order[row["order_id"]]]
        if (ends[shop] - day).days >= 90 and all(line["cost_known"] for line in held):
            left = sum(line["contribution_minor"] + line["ad_spend_minor"] for line in held)
            found.append(FirstBuyer(shop, day, first["channel"], left))
    return found


def _wanted(those: Sequence[FirstBuyer]) -> Row:
    left = sum(each.left for each in those) / 100
    return {
        "first_buyers_valued": len(those),
        "value_of_first_buyers": left,
        "lifetime_value": left / len(those) if those else None,
    }


def _spend(day: date, channel: str, yuan: int) -> Row:
    return {
        "shop_id": 1,
        "entry_key": f"{channel}",
        "day": day,
        "account": "ad_spend",
        "channel": channel,
        "amount_minor": -yuan * 100,
        "outlay_minor": yuan * 100,
        "evidence": "counted",
        "rule": "basis",
        "source_table": "cost_entry",
        "source_key": channel,
        "currency": "CNY",
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, list[FirstBuyer]]]:
    rng = Random("cohorts")
    orders = list(_orders(rng))
    lines = list(_lines(rng, orders))
    tables = {
        "store": [store(1, "一店"), store(2, "二店", "jd")],
        "source_batch": [batch(1, 1, LOADED), batch(2, 2, LOADED)],
        "order_header": orders,
        "line_profit": lines,
        "profit_entry": [_spend(FIRST, "live", 900), _spend(FIRST, "shelf", 300)],
    }
    with ledger_of(tmp_path_factory.mktemp("cohorts"), tables) as ledger:
        refresh(ledger, (COHORTS,))
        yield ledger, _walk(orders, lines)


def test_what_first_buyers_left_is_what_a_walk_over_their_orders_finds(
    shop: tuple[Ledger, list[FirstBuyer]],
) -> None:
    ledger, those = shop

    (whole,) = answer(ledger, Question(NAMES)).rows

    assert len(those) > 50
    assert whole == pytest.approx(_wanted(those))


@pytest.mark.parametrize("by", ["shop", "channel", "month", "week", "day"])
def test_and_so_in_every_cell(shop: tuple[Ledger, list[FirstBuyer]], by: str) -> None:
    ledger, those = shop
    cells: dict[str, list[FirstBuyer]] = defaultdict(list)
    for each in those:
        monday = each.day - timedelta(days=each.day.weekday())
        days = {"day": each.day, "week": monday, "month": each.day.replace(day=1)}
        named = {"shop": f"{'一二'[each.shop - 1]}店", "channel": each.channel}
        cells[str(named[by] if by in named else days[by].isoformat())].append(each)

    rows = answer(ledger, Question(NAMES, by=(by,))).rows

    told = {str(row[by]): {name: row[name] for name in NAMES} for row in rows}
    assert set(told) >= set(cells)
    for cell, found in told.items():
        counts = {name: found[name] or 0 for name in NAMES[:2]}
        assert found | counts == pytest.approx(_wanted(cells[cell])), cell


def test_value_is_held_against_what_winning_a_buyer_cost_by_channel(shop: tuple[Ledger, list[FirstBuyer]]) -> None:
    ledger, _ = shop
    names = ("lifetime_value", "acquisition_cost", "lifetime_value_to_cost")
    rows = answer(ledger, Question(names, by=("channel",))).rows

    found = {row["channel"]: row for row in rows}
    for channel in ("live", "shelf"):
        value, cost, ratio = (found[channel][name] for name in names)
        assert ratio == pytest.approx(float(str(value)) / float(str(cost)))


def test_where_costs_are_not_known_nobody_has_a_value(tmp_path: Path) -> None:
    # The buyer is named and followed for ninety days; what the goods cost is not known.
    days = ("2026-01-05", "2026-05-05")
    orders = [order(f"o{day}", f"{day} 10", 50_00, paid=f"{day} 10", buyer_key="b") for day in days]
    tables = {"store": [store(1, "一店")], "source_batch": [batch(1, 1, LOADED)], "order_header": orders}
    with ledger_of(tmp_path, tables) as ledger:
        refresh(ledger, (COHORTS,))
        found = answer(ledger, Question(NAMES))

    assert found.rows == [{"first_buyers_valued": 0, "value_of_first_buyers": 0, "lifetime_value": None}]
