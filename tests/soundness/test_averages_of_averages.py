"""A ratio is divided again at every level: the mean of the days would weigh a quiet Monday like a sale day."""

from __future__ import annotations

from tests.soundness.asking import FEBRUARY, amount, asked, paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_the_months_order_value_is_no_mean_of_its_days(ledger: Ledger, rows: Tables) -> None:
    orders = paid(rows, FEBRUARY)
    days = [row["average_order_value"] for row in asked(ledger, "average_order_value", by="day", days=FEBRUARY)]

    month = whole(ledger, "average_order_value", days=FEBRUARY)

    assert month == sum(amount(row, "paid_minor") for row in orders) / (100 * len(orders))
    assert abs(month - sum(days) / len(days)) > 1
