"""Machines visit too; they are no visitors."""

from __future__ import annotations

from tests.soundness.asking import whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_no_figure_of_visits_holds_a_machine(ledger: Ledger, rows: Tables) -> None:
    people = [row for row in rows["session"] if not row["is_bot"]]

    assert len(people) < len(rows["session"])
    assert whole(ledger, "visits") == len(people)
    assert whole(ledger, "visitors") == len({row["visitor_id"] for row in people})
