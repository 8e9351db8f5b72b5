"""Bootstrap intervals: they hold the true credit as often as they say (catalogue C-ATTR)."""

from __future__ import annotations

import numpy as np
import pytest
from tests.lengths import IS_LONG

from zhanggui.methods.attribution import Journeys, attribute, bootstrap, journeys

PATHS = [(0,), (1,), (2,), (0, 1), (1, 2), (2, 0, 1)]
RATES = np.array([0.03, 0.05, 0.02, 0.08, 0.06, 0.10])
MODELS = ("first", "linear", "markov_1")
N_PEOPLE = 4_000


def of_counts(people: np.ndarray, conversions: np.ndarray) -> Journeys:
    return journeys(PATHS, conversions=conversions.tolist(), nulls=(people - conversions).tolist())


@pytest.mark.slow
def test_intervals_of_ninety_percent_hold_the_truth_in_85_to_95_percent_of_samples() -> None:
    # The short form knows the share to some four points, so it keeps to one seed.
    n_samples, rng = (400, np.random.default_rng()) if IS_LONG else (60, np.random.default_rng(11))
    mean = np.full(len(PATHS), N_PEOPLE / len(PATHS))
    truth = attribute([of_counts(mean, mean * RATES)], n_channels=3, models=MODELS)
    inside = []
    for _ in range(n_samples):
        people = rng.poisson(mean)
        sample = of_counts(people, rng.binomial(people, RATES))
        found = bootstrap([sample], n_channels=3, models=MODELS, rng=rng, n_draws=100)
        inside += [
            (found.low[model] <= truth.credits[model]) & (truth.credits[model] <= found.high[model]) for model in MODELS
        ]

    assert 0.85 <= float(np.mean(inside)) <= 0.95


def test_the_same_seed_gives_the_same_bounds() -> None:
    sample = of_counts(np.full(6, 500), np.full(6, 20))

    bounds = [
        bootstrap([sample], n_channels=3, models=["last"], rng=np.random.default_rng(3), n_draws=20).high["last"]
        for _ in range(2)
    ]

    assert bounds[0] == pytest.approx(bounds[1])


def test_draws_that_meet_none_of_a_few_conversions_count_as_nothing_to_share() -> None:
    one = journeys([(0,), (1,)], conversions=[1, 0], nulls=[0, 3])

    found = bootstrap([one], n_channels=2, models=["last"], rng=np.random.default_rng(1), n_draws=40)

    assert (found.low["last"][0], found.high["last"][1]) == (0, 0)
    assert found.high["last"][0] >= 1
