"""A refund belongs to the day its order was paid, or to the day it succeeded; never to a mixture."""

from __future__ import annotations

from tests.soundness.asking import FEBRUARY, amount, asked, day_of, fen, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_both_bases_hold_the_same_refunds_over_all_time(ledger: Ledger) -> None:
    assert whole(ledger, "refund_amount") == whole(ledger, "refund_amount_completed")


def test_a_month_differs_by_basis_and_each_counts_by_its_own_day(ledger: Ledger, rows: Tables) -> None:
    first, last = FEBRUARY
    (found,) = asked(ledger, "refund_amount", "refund_amount_completed", days=FEBRUARY)

    for metric, column in (("refund_amount", "cohort_date"), ("refund_amount_completed", "refunded_date")):
        mine = [
            row for row in rows["refund"] if row["order_kind"] == "ordinary" and first <= day_of(row, column) <= last
        ]
        assert fen([found[metric]]) == sum(amount(row, "refunded_minor") for row in mine)
    assert found["refund_amount"] != found["refund_amount_completed"]


def test_what_was_refunded_of_a_cohort_is_never_more_than_it_paid(ledger: Ledger) -> None:
    for row in asked(ledger, "refund_rate", by="day"):
        assert row["refund_rate"] is None or 0 <= row["refund_rate"] <= 1
