"""New means new to the books: the first month cannot tell old buyers from new ones, and falls after."""

from __future__ import annotations

from tests.soundness.asking import asked, paid
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.cards import metric_named


def test_everybody_is_new_on_the_first_day_of_the_books(ledger: Ledger, rows: Tables) -> None:
    months = asked(ledger, "new_buyers", "buyers", "new_buyer_rate", by="month")

    assert sum(row["new_buyers"] for row in months) == len({row["buyer_key"] for row in paid(rows)} - {None})
    assert months[0]["new_buyer_rate"] > months[-1]["new_buyer_rate"]


def test_the_card_says_that_a_short_history_makes_buyers_new() -> None:
    assert "history" in metric_named("new_buyers").definition_en
