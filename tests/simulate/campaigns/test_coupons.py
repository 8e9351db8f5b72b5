"""Coupons from hand to order."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.coupons import Coupons
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.records import COUPONS

DAY, HOUR = 86_400, 3_600


def handed_out(coupons: Coupons, hours: int) -> DayRecords:
    records = DayRecords(0, 0)
    coupons.issue(records, np.array([4, 9]), offer=19, at=10 * HOUR, hours=hours, value_minor=5_000, least_minor=9_900)
    return records


def test_a_coupon_of_24_hours_can_be_used_on_two_days() -> None:
    coupons = Coupons()
    rows = handed_out(coupons, 24)[COUPONS]

    assert rows["expires_at"].tolist() == [34 * HOUR, 34 * HOUR]
    assert [coupons.open_on(day)["person"].tolist() for day in range(3)] == [[4, 9], [4, 9], []]


def test_a_used_coupon_is_written_down_with_its_order_and_gone() -> None:
    coupons = Coupons()
    handed_out(coupons, 72)
    coupons.open_on(0)
    records = DayRecords(0, 0)

    coupons.note_used(records, np.array([1]), np.array([77]), np.array([20 * HOUR]))

    rows = records[COUPONS]
    assert [rows[name].tolist() for name in ("coupon", "person", "offer", "order", "used_at")] == [
        [1], [9], [19], [77], [20 * HOUR],
    ]  # fmt: skip
    assert coupons.open_on(1)["person"].tolist() == [4]
