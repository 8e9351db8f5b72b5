"""Days, weeks, months, quarters and years cut the same money differently."""

from __future__ import annotations

import pytest
from tests.soundness.asking import asked, fen, whole

from zhanggui.ledger.engine import Ledger


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "year"])
def test_the_steps_of_every_grain_sum_to_the_whole(ledger: Ledger, grain: str) -> None:
    rows = asked(ledger, "gmv_paid", "refund_amount_completed", by=grain)

    assert fen(row["gmv_paid"] for row in rows) == fen([whole(ledger, "gmv_paid")])
    assert fen(row["refund_amount_completed"] for row in rows) == fen([whole(ledger, "refund_amount_completed")])


def test_the_week_over_new_year_is_one_week(ledger: Ledger) -> None:
    weeks = [row["week"] for row in asked(ledger, "orders_created", by="week")]

    assert "2019-12-30" in weeks
    assert "2020-01-01" not in weeks
    assert len(set(weeks)) == len(weeks)
