"""The best hour of many who were seen a few times."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.timing import HOURS, best_hours, hour_difference


def counts_at(*acts: tuple[int, int]) -> np.ndarray:
    row = np.zeros(HOURS, dtype=int)
    for hour, n in acts:
        row[hour] += n
    return row


def test_the_share_is_worked_by_hand() -> None:
    # One person, 4 acts at 10: spread 1, 2, 1 over 9, 10, 11; the profile is the same: (2 + 8 × 0.5) ÷ (4 + 8).
    found = best_hours(np.array([counts_at((10, 4))]))

    assert (found.hour[0], found.n_acts[0], found.n_in_hour[0]) == (10, 4, 4)
    assert found.share[0] == pytest.approx((2 + 8 * 0.5) / 12)


def test_one_act_gives_way_to_the_hour_of_all_and_many_do_not() -> None:
    rows = np.array([counts_at((9, 1)), counts_at((9, 40)), *[counts_at((20, 50))] * 20])
    assert best_hours(rows).hour[:3].tolist() == [20, 9, 20]


def test_only_allowed_hours_are_chosen_and_the_night_is_round() -> None:
    night = np.array([counts_at((23, 3), (0, 3))])
    assert best_hours(night).hour[0] in (23, 0)
    assert best_hours(night).n_in_hour[0] == 6
    assert best_hours(night, allowed=range(9, 21)).hour[0] in range(9, 21)


def test_who_did_nothing_gets_the_hour_of_all_and_nobody_is_refused() -> None:
    assert best_hours(np.array([counts_at((14, 5)), counts_at()])).hour[1] == 14
    with pytest.raises(NotEnoughDataError):
        best_hours(np.zeros((3, HOURS)))


def test_equal_profiles_do_not_differ_and_few_acts_say_nothing() -> None:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.ones(HOURS))
    # p-values of true sameness are even: about one in twenty lies below 0.05.
    p_values = []
    for _ in range(300):
        part, rest = rng.multinomial(400, shares), rng.multinomial(4_000, shares)
        p_values.append(hour_difference(part, part + rest))
    low = np.mean([p is not None and p < 0.05 for p in p_values])
    assert 0.01 < low < 0.10
    assert hour_difference(counts_at((3, 2)), counts_at((3, 2), (9, 4))) is None
    assert hour_difference(counts_at(), counts_at((9, 4))) is None
