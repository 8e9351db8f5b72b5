"""Hours and weekdays cut the money of the clock that a metric follows."""

from __future__ import annotations

from tests.soundness.asking import asked, fen, whole

from zhanggui.ledger.engine import Ledger


def test_hours_sum_to_the_whole_by_each_clock(ledger: Ledger) -> None:
    for metric in ("gmv_paid", "gmv_created", "refund_amount"):
        for by in ("hour", "weekday", "hour,weekday"):
            assert fen(row[metric] for row in asked(ledger, metric, by=by)) == fen([whole(ledger, metric)]), (
                metric,
                by,
            )


def test_the_clock_of_an_order_created_and_paid_differs(ledger: Ledger) -> None:
    hours = {row["hour"]: row for row in asked(ledger, "gmv_paid", "gmv_created", by="hour")}

    assert any(row["gmv_paid"] != row["gmv_created"] for row in hours.values())
