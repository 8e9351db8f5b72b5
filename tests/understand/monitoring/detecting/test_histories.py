from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from tests.understand.monitoring.conftest import FIRST, LAST, N_DAYS

from zhanggui.calendar import Period
from zhanggui.metrics import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.detecting import histories


def test_every_platform_has_a_row_of_days_from_one_question(desk: Desk) -> None:
    found = histories(desk, "orders_paid", Period(FIRST, LAST), by=("platform",))

    rows = dict(zip(found.places, found.values.tolist(), strict=True))
    # Five a day on JD with two on the eleventh day, ten on Tmall with four on the last one.
    assert rows[(Filter("platform", ("jd",)),)] == [5.0] * 10 + [2.0] + [5.0] * 24
    assert rows[(Filter("platform", ("tmall",)),)] == [10.0] * 34 + [4.0]
    assert found.is_count
    assert found.exposures is None


def test_a_day_without_rows_is_none_of_a_count_and_unknown_of_a_ratio(desk: Desk) -> None:
    days = Period(FIRST - timedelta(days=1), LAST + timedelta(days=1))

    orders, value = (histories(desk, name, days) for name in ("orders_paid", "average_order_value"))

    # Before the first day of a part nothing is known of it; after it a day without rows has none.
    assert np.isnan(orders.values[0, 0])
    assert orders.values[0, -1] == 0
    assert not orders.has_rows[0, -1]
    assert np.isnan(value.values[0, -1])
    assert value.exposures is not None
    assert value.exposures[0, 1:3].tolist() == [15, 15]
    assert not value.is_count


def test_days_carry_their_phases_and_what_promotions_are_made_of_may_go_further(desk: Desk) -> None:
    days = Period(date(2020, 2, 3), date(2020, 3, 8))

    orders, discount = (histories(desk, name, days) for name in ("orders_paid", "merchant_discount"))

    labels, spreads = orders.occasions
    # Spring Festival began on 25 January 2020, so the third is the last of its days; 8 March begins on the first.
    assert labels[0] > 0
    assert not labels[1:27].any()
    assert len(set(labels[27:].tolist())) == 2
    assert spreads[-1] == 0.7
    assert discount.occasions[1][-1] == 3.0
    assert len(labels) == N_DAYS
