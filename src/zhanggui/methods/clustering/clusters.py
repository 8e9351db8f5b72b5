"""k-means, the silhouette that chooses k, stability under resampling, and drift of shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import NotEnoughDataError

Points = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

STARTS = 4
MOST_ROUNDS = 60
SILHOUETTE_SAMPLE = 1_500
_SMALLEST_SHARE = 1e-4


@dataclass(frozen=True, slots=True)
class Clusters:
    """One division of points.

    Attributes
    ----------
    centres : array of float, shape (k, n_features)
        Means of the clusters, by the first feature ascending.
    labels : array of int, shape (n,)
        Cluster of each point.
    inertia : float
        Sum of squared distances to the centres.
    """

    centres: Points
    labels: Labels
    inertia: float


@dataclass(frozen=True, slots=True)
class Stability:
    """Agreement of clusters found in resampled points with those of all: 1 the same, 0 no better than chance."""

    mean: float
    lowest: float


def nearest(points: Points, centres: Points) -> tuple[Labels, Points]:
    """Return the nearest centre of each point, and the squared distance to it."""
    # |p - c|² without a cube of n × k × features.
    squares = (points**2).sum(axis=1)[:, None] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    labels = squares.argmin(axis=1)
    return labels, np.maximum(squares[np.arange(len(points)), labels], 0.0)


def clusters_of(points: Points, k: int, rng: np.random.Generator) -> Clusters:
    """Return the best of several runs of k-means, begun as k-means++ does.

    Parameters
    ----------
    points : array of float, shape (n, n_features)
        Of comparable scales.
    k : int
        Number of clusters.
    rng : Generator
        Source of the beginnings.

    Raises
    ------
    NotEnoughDataError
        There are fewer different points than clusters.

    References
    ----------
    .. [1] D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.

    Examples
    --------
    >>> points = np.array([[0.0], [0.1], [5.0], [5.1], [9.0]])
    >>> clusters_of(points, 3, np.random.default_rng(1)).labels.tolist()
    [0, 0, 1, 1, 2]
    """
    if len(np.unique(points, axis=0)) < k:
        raise NotEnoughDataError(
            f"There are fewer than {k} different points.", where="clusters", next_step="ask for fewer clusters"
        )
    best = min((_one_run(points, k, rng) for _ in range(STARTS)), key=lambda each: each.inertia)
    order = np.lexsort(best.centres.T[::-1])
    place = np.empty(k, dtype=np.int64)
    place[order] = np.arange(k)
    return Clusters(best.centres[order], place[best.labels], best.inertia)


def _one_run(points: Points, k: int, rng: np.random.Generator) -> Clusters:
    centres = points[[int(rng.integers(len(points)))]]
    while len(centres) < k:
        _, far = nearest(points, centres)
        # What lies on a centre already has a chance of nothing.
        chosen = int(rng.choice(len(points), p=far / far.sum()))
        centres = np.vstack([centres, points[chosen]])
    labels, far = nearest(points, centres)
    for _ in range(MOST_ROUNDS):
        sizes = np.bincount(labels, minlength=k)
        sums = np.stack([np.bincount(labels, weights=feature, minlength=k) for feature in points.T], axis=1)
        filled = sizes > 0
        centres = np.where(filled[:, None], sums / np.maximum(sizes, 1)[:, None], centres)
        if not filled.all():
            centres[~filled] = points[np.argsort(far)[-int((~filled).sum()) :]]
        moved, far = nearest(points, centres)
        if (moved == labels).all():
            break
        labels = moved
    return Clusters(centres, labels, float(far.sum()))


def silhouette(points: Points, labels: Labels, rng: np.random.Generator) -> float:
    """Return the mean silhouette of a sample: near 1 far apart, 0 touching, below 0 mixed up.

    References
    ----------
    .. [1] P. J. Rousseeuw, "Silhouettes", Journal of Computational and Applied Mathematics 20, 1987.

    Examples
    --------
    >>> points = np.array([[0.0], [1.0], [10.0], [11.0]])
    >>> round(silhouette(points, np.array([0, 0, 1, 1]), np.random.default_rng(1)), 4)
    0.8997
    """
    if len(points) > SILHOUETTE_SAMPLE:
        chosen = rng.choice(len(points), SILHOUETTE_SAMPLE, replace=False)
        points, labels = points[chosen], labels[chosen]
    names, codes = np.unique(labels, return_inverse=True)
    if len(names) < 2:
        return 0.0
    squares = (points**2).sum(axis=1)
    far = np.sqrt(np.maximum(squares[:, None] - 2 * points @ points.T + squares, 0.0))
    sums = np.stack([far[:, codes == code].sum(axis=1) for code in range(len(names))], axis=1)
    sizes = np.bincount(codes)
    row = np.arange(len(points))
    own = sums[row, codes] / np.maximum(sizes[codes] - 1, 1)
    means = sums / sizes
    means[row, codes] = np.inf
    other = means.min(axis=1)
    found = np.where(sizes[codes] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-300), 0.0)
    return float(found.mean())


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Return how far two divisions of the same points agree beyond chance: 1 the same, 0 as by chance.

    References
    ----------
    .. [1] L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    cells = np.bincount(a * (b.max() + 1) + b).astype(float)
    pairs = (cells * (cells - 1) / 2).sum()
    of_a, of_b = (float((n * (n - 1) / 2).sum()) for n in (np.bincount(a).astype(float), np.bincount(b).astype(float)))
    every = len(a) * (len(a) - 1) / 2
    chance = of_a * of_b / every if every else 0.0
    most = (of_a + of_b) / 2
    return 1.0 if most == chance else float((pairs - chance) / (most - chance))


def stability_of(points: Points, found: Clusters, rng: np.random.Generator, *, n_resamples: int = 10) -> Stability:
    """Return how alike clusters of resampled points are to those of all points."""
    k = len(found.centres)
    scores = []
    for _ in range(n_resamples):
        sample = points[rng.integers(len(points), size=len(points))]
        if len(np.unique(sample, axis=0)) < k:
            continue
        labels, _ = nearest(points, clusters_of(sample, k, rng).centres)
        scores.append(adjusted_rand(found.labels, labels))
    return Stability(float(np.mean(scores)), float(np.min(scores))) if scores else Stability(0.0, 0.0)


def population_stability(before: npt.ArrayLike, now: npt.ArrayLike) -> float:
    """Return the population stability index of two sets of shares: below 0.1 calm, above 0.25 drifted (k).

    Examples
    --------
    >>> population_stability([0.5, 0.5], [0.5, 0.5])
    0.0
    """
    a, b = (np.maximum(np.asarray(each, dtype=float), _SMALLEST_SHARE) for each in (before, now))
    return float(((b - a) * np.log(b / a)).sum())
