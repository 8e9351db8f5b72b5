"""How many planted faults the bands find, and how often a twin without any fault is called ill; seeds drawn now."""

from __future__ import annotations

import secrets

import pytest
from tests.lengths import IS_LONG
from tests.understand.monitoring.detecting.planted import watched

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_LONG, reason="long: two worlds; set ZHANGGUI_LONG=1"),
]

N_WORLDS = 2
FOUND = 0.70
"""Of about seventy faults, 80 % in the mean of many worlds; two worlds stray by five points."""
SERIES = 54
"""Nine core figures on six platforms."""
MOST_FALSE = 3.5
"""A week, over as many series as the core figures have, of far smaller parts of the shop than a platform."""


def test_planted_faults_leave_their_bands_by_the_next_day_and_calm_twins_rarely_do() -> None:
    seeds = [secrets.randbelow(10**6) for _ in range(N_WORLDS)]
    found = [each for seed in seeds for each in watched(seed)]

    share = sum(each.is_found(within_days=1) for each in found) / len(found)
    weeks = sum(each.n_judged for each in found) / 7
    false = SERIES * sum(each.n_false for each in found) / weeks
    print(f"seeds {seeds}: {share:.3f} of {len(found)} found, {false:.2f} false a week over {SERIES} series")
    assert share >= FOUND, seeds
    assert false <= MOST_FALSE, seeds
