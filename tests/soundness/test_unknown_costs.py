"""A cost that nobody knows is not zero: its lines have no profit, and their share is said."""

from __future__ import annotations

from tests.soundness.asking import amount, asked, fen
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer


def test_only_lines_of_known_cost_have_a_profit(ledger: Ledger, rows: Tables) -> None:
    ordinary = [row for row in rows["line_profit"] if row["order_kind"] == "ordinary"]
    known = [row for row in ordinary if row["cost_known"]]
    (found,) = asked(ledger, "order_contribution", "goods_cost", "cost_unknown_share")
    due = sum(amount(row, "receivable_minor") for row in ordinary)

    assert fen([found["order_contribution"]]) == sum(amount(row, "contribution_minor") for row in known)
    assert fen([found["goods_cost"]]) == sum(amount(row, "goods_cost_minor") for row in known)
    assert found["cost_unknown_share"] == (due - sum(amount(row, "receivable_minor") for row in known)) / due
    assert len(known) < len(ordinary)


def test_the_share_of_unknown_cost_is_said_beside_the_profit(ledger: Ledger) -> None:
    codes = {each.code for each in answer(ledger, Question(("order_contribution",))).warnings}

    assert "cost_partly_unknown" in codes
