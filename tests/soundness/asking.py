"""Short ways to ask the books and to count them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.metrics.ledgers import Row
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer, filters_from_text

FEBRUARY = (date(2020, 2, 1), date(2020, 2, 29))


def asked(
    ledger: Ledger,
    *metrics: str,
    by: str = "",
    where: str = "",
    days: tuple[date, date] | None = None,
    compare: Any = None,
) -> list[dict[str, Any]]:
    """Return the rows of an answer; `by` and `where` as the terminal takes them."""
    question = Question(
        metrics,
        by=tuple(word for word in by.split(",") if word),
        where=filters_from_text(where) if where else (),
        date_from=days[0] if days else None,
        date_to=days[1] if days else None,
        compare=compare,
    )
    return answer(ledger, question).rows


def whole(ledger: Ledger, metric: str, *, where: str = "", days: tuple[date, date] | None = None) -> Any:
    """Return the one value of a metric."""
    (row,) = asked(ledger, metric, where=where, days=days)
    return row[metric]


def fen(values: Iterable[Any]) -> int:
    """Return amounts of yuan added up in fen, what is not known as nothing."""
    return sum(round(value * 100) for value in values if value is not None)


def paid(rows: Tables, days: tuple[date, date] | None = None) -> list[Row]:
    """Return the ordinary orders that were paid in the days."""
    found = [row for row in rows["order_header"] if row["is_paid"] and row["order_kind"] == "ordinary"]
    return [row for row in found if days is None or days[0] <= day_of(row, "paid_date") <= days[1]]


def day_of(row: Row, column: str) -> date:
    """Return a day of a row."""
    found = row[column]
    assert isinstance(found, date)
    return found


def amount(row: Row, column: str) -> int:
    """Return a whole number of a row."""
    found = row[column]
    assert isinstance(found, int)
    return found
