"""An order counts on the day of what is asked: created on one, paid on another."""

from __future__ import annotations

from tests.soundness.asking import asked, day_of, paid
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_orders_created_before_midnight_and_paid_after_stand_on_both_days(ledger: Ledger, rows: Tables) -> None:
    late = [row for row in paid(rows) if day_of(row, "paid_date") != day_of(row, "created_date")]
    made = [row for row in rows["order_header"] if row["order_kind"] == "ordinary"]
    by_day = {row["day"]: row for row in asked(ledger, "orders_created", "orders_paid", by="day")}

    assert late
    for day, row in by_day.items():
        assert row["orders_created"] == sum(str(each["created_date"]) == day for each in made)
        assert row["orders_paid"] == sum(str(each["paid_date"]) == day for each in paid(rows))


def test_no_more_orders_are_paid_than_were_created(ledger: Ledger) -> None:
    # By the day they were created both are of the same orders; by their own days a day may pay more than it creates.
    for row in asked(ledger, "order_payment_rate", by="day"):
        assert row["order_payment_rate"] is None or row["order_payment_rate"] <= 1
