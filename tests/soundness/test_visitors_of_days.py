"""Visitors of days do not add up to those of the week: who comes twice is one visitor."""

from __future__ import annotations

from tests.soundness.asking import FEBRUARY, asked, day_of, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_visitors_of_a_month_are_fewer_than_those_of_its_days(ledger: Ledger, rows: Tables) -> None:
    first, last = FEBRUARY
    came = [row for row in rows["session"] if not row["is_bot"] and first <= day_of(row, "session_date") <= last]
    days = asked(ledger, "visitors", by="day", days=FEBRUARY)

    assert whole(ledger, "visitors", days=FEBRUARY) == len({row["visitor_id"] for row in came})
    assert sum(row["visitors"] for row in days) == len({(row["visitor_id"], row["session_date"]) for row in came})
    assert whole(ledger, "visitors", days=FEBRUARY) < sum(row["visitors"] for row in days)


def test_visits_do_add_up(ledger: Ledger) -> None:
    assert sum(row["visits"] for row in asked(ledger, "visits", by="week")) == whole(ledger, "visits")
