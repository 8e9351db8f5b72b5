"""Random questions: what is answered equals what pandas counts from the rows.

Thirty questions; with ``ZHANGGUI_LONG=1`` five thousand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.lengths import IS_LONG
from tests.metrics.ledgers import ledger_of
from tests.soundness.books import FIRST, N_DAYS, Tables
from tests.soundness.plain_answers import METRICS, OF_LINES, Books, Cell, leaves_of, step_of, value_of

from zhanggui.calendar import previous_period, year_before
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Filter, Question, answer
from zhanggui.metrics.compiler.plan import possible_dimensions

N_QUESTIONS = 5_000 if IS_LONG else 30
Cells = dict[Cell, dict[str, float]]
DIMENSIONS = (
    "platform",
    "shop",
    "province",
    "region",
    "channel",
    "product",
    "category",
    "sku",
    "spec",
    "order_status",
    "hour",
    "weekday",
)
VALUES: dict[str, tuple[Any, ...]] = {
    "platform": ("tmall", "jd", "own_site"),
    "province": ("上海", "江苏", None),
    "region": ("华东", "华南", None),
    "channel": ("live", None),
    "product": ("p1", "p2", "p3", None),
    "category": ("茶", "茶具", None),
    "spec": ("大码", None),
    "order_status": ("completed", "shipped"),
    "weekday": (1, 6, 7),
}


def a_question(rng: random.Random) -> Question:
    """Return a question that has an answer: metrics, parts, filters, days, grain and comparison by chance."""
    metrics = tuple(rng.sample(METRICS, rng.choice((1, 1, 2, 3))))
    leaves = tuple(leaf for name in metrics for leaf in CATALOGUE[name].leaves())
    possible = [name for name in DIMENSIONS if name in possible_dimensions(leaves)]
    by = tuple(rng.sample(possible, min(len(possible), rng.choice((0, 0, 1, 1, 2, 3)))))
    filtered = rng.sample([name for name in possible if name in VALUES], rng.choice((0, 0, 1, 2)))
    where = tuple(
        Filter(name, tuple(rng.sample(VALUES[name], rng.randrange(1, len(VALUES[name]))))) for name in filtered
    )
    first = FIRST + timedelta(days=rng.randrange(N_DAYS))
    last = first + timedelta(days=rng.choice((0, 6, 13, 30, rng.randrange(N_DAYS))))
    grain: Any = rng.choice((None, None, "day", "week", "month", "quarter", "year"))
    compare: Any = rng.choice((None, None, "previous", "year"))
    return Question(metrics, by, where, first, last, grain, compare)


def told(ledger: Ledger, question: Question) -> dict[Cell, dict[str, Any]]:
    """Return the product's own answer by cell."""
    found: dict[Cell, dict[str, Any]] = {}
    for row in answer(ledger, question).rows:
        cell: list[Any] = [date.fromisoformat(str(row["date"]))] if question.grain else []
        for name in question.by:
            value = row["shop_id"] if name == "shop" else row[name]
            cell.append((value, row["shop_id"]) if name in ("product", "sku") and value is not None else value)
        assert tuple(cell) not in found, "one cell, one row"
        found[tuple(cell)] = row
    return found


def counted(books: Books, question: Question, *, is_compared: bool) -> dict[Cell, dict[str, float]]:
    """Return the plain numbers of every cell, those of the period compared with under the days they stand beside."""
    assert question.date_from is not None
    assert question.date_to is not None
    first, last = question.date_from, question.date_to
    if is_compared:
        first, last = earlier_of(question)
    names = {leaf for metric in question.metrics for leaf in leaves_of(metric)}
    names |= {"orders_paid", "_with_buyer", "_with_lines"}
    found: dict[Cell, dict[str, float]] = {}
    for name in names:
        where = {each.dim: each.values for each in question.where}
        numbers = books.numbers(name, by=question.by, where=where, first=first, last=last, grain=question.grain)
        for cell, value in numbers.items():
            here = (beside(question, cell[0], first), *cell[1:]) if is_compared and question.grain else cell
            of_cell = found.setdefault(here, {})
            of_cell[name] = of_cell.get(name, 0.0) + value
    return found


def earlier_of(question: Question) -> tuple[date, date]:
    assert question.date_from is not None
    assert question.date_to is not None
    if question.compare == "year" and question.grain == "week":
        return question.date_from - timedelta(weeks=52), question.date_to - timedelta(weeks=52)
    found = (previous_period if question.compare == "previous" else year_before)(question.date_from, question.date_to)
    return found.first, found.last


def beside(question: Question, step: Any, earlier_first: date) -> date:
    """Return the step of the period that an earlier one stands beside: as many from the first, at most the last."""
    assert question.date_from is not None
    assert question.date_to is not None
    steps = list(steps_of(question.date_from, question.date_to, question.grain))
    if question.compare == "year" and question.grain == "day":
        wanted = date(step.year + 1, 2, 28) if (step.month, step.day) == (2, 29) else step.replace(year=step.year + 1)
        return min(wanted, steps[-1])
    number = len(list(steps_of(step_of(earlier_first, question.grain), step, question.grain))) - 1
    return steps[min(number, len(steps) - 1)]


def steps_of(first: date, last: date, grain: str | None) -> Iterator[date]:
    seen: set[date] = set()
    day = first
    while day <= last:
        step = step_of(day, grain)
        if step not in seen:
            seen.add(step)
            yield step
        day += timedelta(days=1)


def check(ledger: Ledger, books: Books, question: Question) -> None:
    """Hold every cell of an answer to the rows."""
    rows = told(ledger, question)
    sides: list[tuple[str | None, Cells]] = [(None, counted(books, question, is_compared=False))]
    if question.compare:
        sides.append(("compare", counted(books, question, is_compared=True)))
    for side, cells in sides:
        named = {cell for cell, numbers in cells.items() if any(numbers.get(leaf) for leaf in _leaves(question))}
        assert named <= set(rows), (question, side, named - set(rows))
        for cell, row in rows.items():
            values = row if side is None else row[side]
            for metric in question.metrics:
                wanted = value_of(metric, cells.get(cell, {}))
                got = values[metric]
                assert (got is None) == (wanted is None), (question, side, cell, metric, got, wanted)
                if wanted is not None:
                    assert got == pytest.approx(wanted, rel=1e-12, abs=1e-9), (question, side, cell, metric)


def _leaves(question: Question) -> set[str]:
    return {leaf for metric in question.metrics for leaf in leaves_of(metric)}


def test_random_questions_are_answered_as_plain_rows_are_counted(ledger: Ledger, rows: Tables) -> None:
    rng = random.Random(20_200_229)
    books = Books(rows)
    for _ in range(N_QUESTIONS):
        check(ledger, books, a_question(rng))


def test_the_second_way_notices_one_order_too_many(
    ledger: Ledger, rows: Tables, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fewer = {**rows, "order_header": rows["order_header"][1:]}
    first, last = FIRST, FIRST + timedelta(days=N_DAYS + 5)
    question = Question(("orders_created",), date_from=first, date_to=last)
    with ledger_of(tmp_path_factory.mktemp("fewer"), fewer) as other, pytest.raises(AssertionError):
        check(other, Books(rows), question)
    check(ledger, Books(rows), question)


def test_every_dimension_of_lines_is_among_those_asked() -> None:
    assert set(DIMENSIONS) >= OF_LINES
