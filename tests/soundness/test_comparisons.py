"""What is compared with is the earlier period itself, also where it has more steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.soundness.asking import asked, fen, whole

from zhanggui.ledger.engine import Ledger

PERIODS = [(date(2020, 2, 3), 7), (date(2020, 3, 1), 31), (date(2020, 2, 12), 20)]


@pytest.mark.parametrize(("first", "n_days"), PERIODS)
@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_the_compared_column_sums_to_the_earlier_period(ledger: Ledger, grain: str, first: date, n_days: int) -> None:
    last = first + timedelta(days=n_days - 1)
    earlier = (first - timedelta(days=n_days), first - timedelta(days=1))

    rows = asked(ledger, "gmv_paid", by=grain, days=(first, last), compare="previous")

    assert fen(row["compare"]["gmv_paid"] for row in rows) == fen([whole(ledger, "gmv_paid", days=earlier)])


def test_what_vanished_keeps_its_row(ledger: Ledger) -> None:
    days = (date(2020, 2, 3), date(2020, 2, 5))
    earlier = (date(2020, 1, 31), date(2020, 2, 2))
    now = asked(ledger, "gmv_paid", by="product,province", days=days, compare="previous")

    assert fen(row["compare"]["gmv_paid"] for row in now) == fen([whole(ledger, "gmv_paid", days=earlier)])
