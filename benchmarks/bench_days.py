"""Every metric by day after one more day was loaded, against making all days anew."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import ibis
import ibis.expr.types as ir

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_profit import fill_profit
from benchmarks.made_up_shop import N_DAYS, fill_ledger
from benchmarks.made_up_visits import fill_visits
from zhanggui.ledger.engine import Ledger, Transaction, open_ledger
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics import CATALOGUE, Question
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.days import DAYS_DIR, KeptDays

N_ORDERS, N_EVENTS = 1_500_000, 20_000_000
REPEATS = 3
FIRST = date(2025, 1, 1)
REFUNDED_DAYS = 7
"""Days of orders that a day's refunds are about: those before it."""


def measure(folder: Path) -> Iterator[Figure]:
    """Keep the days of five million order lines and twenty million events, and load one more."""
    with open_ledger(folder) as ledger:
        fill_ledger(ledger, N_ORDERS, is_in_order=True)
        fill_profit(ledger)
        fill_visits(ledger, N_EVENTS)
        ledger.checkpoint()
        yield from measured(folder, ledger)


def measured(folder: Path, ledger: Ledger) -> Iterator[Figure]:
    """Make all days anew some times, then load a day as often, and bring the kept days in step."""
    whole, nothing, one_day = [], [], []
    for _ in range(REPEATS + 1):
        shutil.rmtree(folder / DAYS_DIR, ignore_errors=True)
        whole.append(_spent(folder, ledger))
    for number in range(REPEATS):
        nothing.append(_spent(folder, ledger))
        _load(ledger, N_DAYS + number)
        one_day.append(_spent(folder, ledger))
    # The first run compiles the statements.
    all_days = statistics.median(whole[1:])
    share = statistics.median(one_day) / all_days
    yield Figure(f"every metric by day ({len(CATALOGUE)}), after a day's load, of all days", share, "×", 1 / 20)
    yield Figure("the same with nothing loaded, of all days", statistics.median(nothing) / all_days, "×", 1 / 50)
    yield Figure("every metric by day, all days anew", all_days, "s", 120)


def _spent(folder: Path, ledger: Ledger) -> float:
    last = FIRST + timedelta(N_DAYS + REPEATS)
    question = Question(tuple(CATALOGUE), grain="day", date_from=FIRST, date_to=last).checked(CATALOGUE)
    plan = planned(question, tuple(leaf for metric in CATALOGUE.values() for leaf in metric.leaves()))
    with cpu_seconds() as timer:
        days = KeptDays(folder, ledger)
        for scan in plan.scans:
            assert days.cells(scan, {"date_from": FIRST, "date_to": last}) is not None
    return timer.seconds


def _load(ledger: Ledger, number: int) -> None:
    """Load a day like the last one of the year, and refunds of orders of the days before it."""
    gap = number - N_DAYS + 1
    last = FIRST + timedelta(N_DAYS - 1)
    with ledger.transaction() as tx:
        for name in ("order_seen", "line_profit", "profit_entry", "event", "session"):
            _copy(tx, ledger, name, last, gap)
        lines, orders = ledger.table("order_line"), ledger.table("order_header")
        of_day = orders.filter(orders.created_date == last).select("shop_id", "order_id")
        tx.insert("order_line", _other_ids(lines.semi_join(of_day, ["shop_id", "order_id"]), gap))
        paid = orders.filter(orders.is_paid & orders.paid_date.between(last - timedelta(REFUNDED_DAYS), last))
        seen = ledger.table("order_seen")
        chosen = tx.stage("refunded", paid.filter(paid.row_no % 50 == gap).select("shop_id", "order_id"))
        again = tx.stage("again", seen.semi_join(chosen, ["shop_id", "order_id"]))
        tx.delete("order_seen", chosen, on=("shop_id", "order_id"))
        tx.insert("order_seen", again.mutate(refunded_minor=again.paid_minor // 2))


def _copy(tx: Transaction, ledger: Ledger, name: str, day: date, gap: int) -> None:
    rows = ledger.table(name)
    columns = [each.name for each in ALL_TABLES[name].columns if each.type == "date"]
    mine = rows.filter(rows[{"order_seen": "created_date", "line_profit": "paid_date"}.get(name, columns[0])] == day)
    moved = mine.mutate(**{column: (mine[column] + ibis.interval(days=gap)).cast("date") for column in columns})
    tx.insert(name, _other_ids(moved, gap))


def _other_ids(rows: ir.Table, gap: int) -> ir.Table:
    return rows.mutate(order_id=ibis.literal(str(gap)) + rows.order_id) if "order_id" in rows.columns else rows
