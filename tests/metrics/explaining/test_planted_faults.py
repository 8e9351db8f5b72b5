"""How often an explanation names the planted cause of a fault, in worlds that are drawn now."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from tests.lengths import IS_LONG
from tests.metrics.explaining.planted import explained_faults

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_LONG, reason="long: four worlds; set ZHANGGUI_LONG=1"),
]

N_WORLDS = 4
FIRST, AMONG_THREE = 0.45, 0.50
"""Of about ninety-five faults, measured at 52 and 56 %; four worlds stray by five points. The goal is 75 and 92 %."""


def test_planted_causes_are_named_first_or_among_the_first_three(tmp_path: Path) -> None:
    seeds = [secrets.randbelow(10**6) for _ in range(N_WORLDS)]
    places = []
    for seed in seeds:
        (folder := tmp_path / str(seed)).mkdir()
        places += [each.place for each in explained_faults(seed, folder)]

    first = sum(place == 1 for place in places) / len(places)
    among_three = sum(0 < place <= 3 for place in places) / len(places)
    print(f"seeds {seeds}: {first:.3f} first, {among_three:.3f} among three, of {len(places)}")
    assert first >= FIRST, seeds
    assert among_three >= AMONG_THREE, seeds
