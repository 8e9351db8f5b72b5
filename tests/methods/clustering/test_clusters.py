"""Clusters against planted ones, and what their figures must be at the ends."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.methods.clustering import (
    adjusted_rand,
    clusters_of,
    population_stability,
    silhouette,
    stability_of,
)
from zhanggui.methods.problems import NotEnoughDataError


def planted(n_each: int = 80, far: float = 12.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    centres = np.array([[0.0, 0.0], [far, 0.0], [0.0, far]])
    labels = np.repeat(np.arange(3), n_each)
    return centres[labels] + rng.normal(size=(3 * n_each, 2)), labels


def test_planted_clusters_are_found_again_and_three_is_the_best_number() -> None:
    points, labels = planted()
    rng = np.random.default_rng(1)
    found = clusters_of(points, 3, rng)

    assert adjusted_rand(found.labels, labels) == 1.0
    scores = {k: silhouette(points, clusters_of(points, k, rng).labels, rng) for k in (2, 3, 4, 5)}
    assert max(scores, key=lambda k: scores[k]) == 3
    assert stability_of(points, found, rng).lowest > 0.95


def test_every_point_is_with_its_nearest_centre_and_centres_are_means() -> None:
    points = np.random.default_rng(2).normal(size=(200, 3))
    found = clusters_of(points, 4, np.random.default_rng(1))

    far = ((points[:, None] - found.centres) ** 2).sum(axis=2)
    assert (far.argmin(axis=1) == found.labels).all()
    for cluster in range(4):
        assert found.centres[cluster] == pytest.approx(points[found.labels == cluster].mean(axis=0))
    assert found.inertia == pytest.approx(far.min(axis=1).sum())


def test_one_cloud_is_less_stable_than_three() -> None:
    cloud = np.random.default_rng(4).normal(size=(240, 2))
    rng = np.random.default_rng(1)

    assert stability_of(cloud, clusters_of(cloud, 3, rng), rng).mean < 0.9
    assert silhouette(cloud, clusters_of(cloud, 3, rng).labels, rng) < 0.5


def test_chance_agrees_by_nothing_and_names_of_clusters_do_not_matter() -> None:
    rng = np.random.default_rng(5)
    one, other = rng.integers(4, size=5_000), rng.integers(4, size=5_000)

    assert adjusted_rand(one, other) == pytest.approx(0, abs=0.005)
    assert adjusted_rand(one, 3 - one) == 1.0
    # Four points, one moved: 1 pair together in both of 6; (1 - 1) ÷ (1.5 - 1).
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])) == pytest.approx(0.0)


def test_drift_is_nothing_for_equal_shares_and_known_for_others() -> None:
    # (0.6 - 0.5) ln(0.6 ÷ 0.5) + (0.4 - 0.5) ln(0.4 ÷ 0.5)
    wanted = 0.1 * np.log(1.2) - 0.1 * np.log(0.8)
    assert population_stability([0.5, 0.5], [0.6, 0.4]) == pytest.approx(wanted)
    assert population_stability([1.0, 0.0], [1.0, 0.0]) == 0.0


def test_more_clusters_than_different_points_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="fewer than 3"):
        clusters_of(np.array([[0.0], [0.0], [1.0]]), 3, np.random.default_rng(1))
