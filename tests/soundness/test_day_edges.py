"""A day is the store's: half past midnight in Shanghai is still yesterday in Greenwich."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.soundness.asking import asked, fen, whole

from zhanggui.calendar import business_day
from zhanggui.ledger.engine import Ledger

EDGES = [
    ((2020, 2, 29, 15, 59, 59), (2020, 2, 29)),
    ((2020, 2, 29, 16, 0, 0), (2020, 3, 1)),
    ((2019, 12, 31, 16, 0, 0), (2020, 1, 1)),
]


@pytest.mark.parametrize(("moment", "day"), EDGES)
def test_the_day_begins_at_midnight_of_the_store(
    moment: tuple[int, int, int, int, int, int], day: tuple[int, int, int]
) -> None:
    assert business_day(datetime(*moment), "Asia/Shanghai") == date(*day)  # noqa: DTZ001 - the ledger holds naive UTC


def test_both_ends_of_a_period_are_in_it(ledger: Ledger) -> None:
    days = asked(ledger, "gmv_paid", by="day", days=(date(2020, 2, 1), date(2020, 2, 7)))
    alone = [whole(ledger, "gmv_paid", days=(date(2020, 2, day), date(2020, 2, day))) for day in range(1, 8)]

    assert fen(row["gmv_paid"] for row in days) == fen(alone)
    assert fen(alone) == fen([whole(ledger, "gmv_paid", days=(date(2020, 2, 1), date(2020, 2, 7)))])
