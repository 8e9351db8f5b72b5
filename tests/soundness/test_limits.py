"""A limit cuts rows; it changes no number."""

from __future__ import annotations

from dataclasses import replace

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Question, answer


def test_the_first_rows_are_those_of_the_whole_answer(ledger: Ledger) -> None:
    question = Question(("gmv_paid", "orders_paid"), by=("product",), order_by="-gmv_paid")

    every = answer(ledger, question).rows

    assert answer(ledger, replace(question, limit=3)).rows == every[:3]
    amounts = [float(str(row["gmv_paid"])) for row in every]
    assert amounts == sorted(amounts, reverse=True)
