"""What campaigns change on one day."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.nudges import NUDGE_COLUMNS, Nudges
from zhanggui.simulate.rows import NEVER


def nudges(*rows: tuple[int, int, int, int, int, int, int]) -> Nudges:
    values = np.array(rows, np.int64).reshape(-1, len(NUDGE_COLUMNS)).T
    return Nudges.of_notes(dict(zip(NUDGE_COLUMNS, values, strict=True)))


def test_extras_of_a_person_add_up_and_no_more_is_lost_than_there_is() -> None:
    found = nudges(
        (5, 1_000_000, NEVER, NEVER, 0, 0, 3), (5, -300_000, NEVER, NEVER, 0, 0, NEVER),
        (2, -900_000, NEVER, NEVER, 0, 0, NEVER), (2, -400_000, NEVER, NEVER, 0, 0, NEVER),
    )  # fmt: skip

    assert found.person.tolist() == [2, 5]
    assert found.extra_missions.tolist() == [-1.0, 0.7]


def test_the_dearest_coupon_and_the_last_message_count() -> None:
    found = nudges((5, 0, 11, 6, 5_000, 9_900, 3), (5, 0, 12, NEVER, 2_000, 0, 8), (5, 0, NEVER, NEVER, 0, 0, NEVER))

    assert found.coupon.tolist() == [11]
    assert found.coupon_store.tolist() == [6]
    assert found.coupon_value_minor.tolist() == [5_000]
    assert found.coupon_least_minor.tolist() == [9_900]
    assert found.message.tolist() == [8]


def test_without_notes_nobody_is_nudged() -> None:
    assert nudges().person.size == 0
