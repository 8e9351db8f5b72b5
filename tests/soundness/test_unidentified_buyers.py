"""Where no order names its buyer the number of buyers is unknown: neither zero nor the orders."""

from __future__ import annotations

from tests.soundness.asking import asked

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Filter, Question, answer


def test_a_store_without_buyer_ids_has_no_number_of_buyers(ledger: Ledger) -> None:
    found = {
        row["platform"]: row for row in asked(ledger, "buyers", "orders_paid", "average_buyer_value", by="platform")
    }

    assert found["jd"]["orders_paid"] > 0
    assert (found["jd"]["buyers"], found["jd"]["average_buyer_value"]) == (None, None)
    assert 0 < found["tmall"]["buyers"] < found["tmall"]["orders_paid"]


def test_the_identifiable_share_is_said(ledger: Ledger) -> None:
    of_all = answer(ledger, Question(("buyers",))).warnings
    of_jd = answer(ledger, Question(("buyers",), where=(Filter("platform", ("jd",)),))).warnings

    assert [each.code for each in of_all] == ["buyers_partly_identifiable"]
    assert 0 < (of_all[0].share or 0) < 1
    assert [each.code for each in of_jd] == ["buyers_unidentifiable"]
