"""Luck evens out: months are as planned, days as uneven as ever, and what levers do is not taken for luck."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.luck import Luck

DAYS, A_DAY = 400, 40
ONE = np.zeros(A_DAY, np.int64)


def lived(luck: Luck | None, chance: float, seed: int = 5, days: int = DAYS) -> npt.NDArray[np.float64]:
    """How many of forty things happen each day, each with this chance."""
    draws, found = Draws(seed), []
    for day in range(days):
        drawn = draws.uniform("thing", day, np.arange(A_DAY))
        happens = drawn < chance if luck is None else luck.happens(ONE, np.full(A_DAY, chance), drawn)
        found.append(happens.sum())
    return np.array(found, np.float64)


@pytest.mark.parametrize("chance", [0.01, 0.1, 0.5])
def test_a_year_brings_what_the_chances_promised(chance: float) -> None:
    promised = DAYS * A_DAY * chance

    found = [lived(Luck(1), chance, seed).sum() for seed in range(20)]

    assert np.std(found) < 0.35 * np.sqrt(promised * (1 - chance))
    assert abs(np.mean(found) - promised) < 0.2 * np.sqrt(promised * (1 - chance))


def test_days_stay_as_uneven_as_ever() -> None:
    evened, plain = lived(Luck(1), 0.1), lived(None, 0.1)

    assert 0.85 < evened.std() / plain.std() < 1.25


def test_a_fallen_chance_is_no_bad_luck() -> None:
    luck = Luck(1)
    lived(luck, 0.2)

    fallen = lived(luck, 0.1, seed=6)

    assert abs(fallen[:14].sum() - 14 * A_DAY * 0.1) < 40
    assert abs(fallen.sum() - DAYS * A_DAY * 0.1) < 40


def test_every_kind_is_evened_out_by_itself() -> None:
    luck = Luck(2)
    luck.note(np.zeros(10, np.int64), np.full(10, 0.5), np.ones(10, np.int64))

    both = np.array([0, 1])

    first, second = luck.evened(both, np.array([0.5, 0.5]))
    assert first < second == 0.5


def test_what_has_no_kind_is_left_to_luck() -> None:
    luck = Luck(1)
    luck.note(np.array([-1, 0]), np.array([0.5, 0.5]), np.array([1, 1]))

    assert luck.evened(np.array([-1]), np.array([0.5])).tolist() == [0.5]


def test_nothing_becomes_likelier_than_certain() -> None:
    luck = Luck(1)
    luck.note(np.zeros(9, np.int64), np.full(9, 0.9), np.zeros(9, np.int64))

    assert luck.evened(np.array([0]), np.array([0.9])).tolist() == [1.0]
