"""聚类 Clusters of recency, frequency and money, beside the named segments (catalogue SEG-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from zhanggui.methods.clustering import (
    Clusters,
    Stability,
    adjusted_rand,
    clusters_of,
    nearest,
    population_stability,
    silhouette,
    stability_of,
)
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.people import enough, enough_kept, people_of
from zhanggui.understand.customers.rfm import Snapshot, scored_by_itself, snapshot
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

FEWEST, MOST = 2, 8
DRIFT_DAYS = 90
MOST_FITTED = 20_000
SEED = 20_260_101
DRIFT_ALARM = 0.25

_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster: how many, and the medians of its customers; money in minor units."""

    n_customers: int
    median_days: float
    median_frequency: float
    median_minor: float


@dataclass(frozen=True, slots=True)
class FoundClusters:
    """Clusters of a day.

    Attributes
    ----------
    as_of : date
        The day.
    currency : str
        Of the money.
    silhouettes : dict of int to float
        Mean silhouette of each k that was tried.
    k : int
        The chosen one: asked for, or the highest silhouette.
    rows : tuple of ClusterRow
        The clusters, the most recent first.
    stability : Stability
        Agreement with clusters of resampled customers.
    agreement : float
        Adjusted Rand index with the eight named segments.
    drift : float or None
        Population stability index of the shares, 90 days before against now, under the centres of now; None where
        fewer than 30 were customers then.
    """

    as_of: date
    currency: str
    silhouettes: dict[int, float]
    k: int
    rows: tuple[ClusterRow, ...]
    stability: Stability
    agreement: float
    drift: float | None


def found_clusters(desk: Desk, view: View, k: int | None = None) -> FoundClusters:
    """Return the clusters of customers by recency, frequency and money.

    Parameters
    ----------
    desk, view : Desk, View
        The shop, and whose orders up to which day.
    k : int, optional
        How many clusters; by default the number from 2 to 8 with the highest silhouette.

    Notes
    -----
    Each measure is taken as its logarithm and brought to mean 0 and standard deviation 1; of more than 20,000 customers
    a fixed random sample is fitted and all are assigned.
    """
    if k is not None and not FEWEST <= k <= MOST:
        raise BadFilterError(f"k={k}", why=f"is no number of clusters from {FEWEST} to {MOST}")
    people = people_of(desk, view)
    enough(people)
    at = snapshot(desk, people, people.as_of)
    measures, segments = _measured(desk, at)
    enough_kept(len(measures))
    mean, spread = measures.mean(axis=0), measures.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    points = (measures - mean) / spread
    rng = np.random.default_rng(SEED)
    fitted = points if len(points) <= MOST_FITTED else points[rng.choice(len(points), MOST_FITTED, replace=False)]
    most = min(MOST, len(np.unique(fitted, axis=0)))
    tried = {each: clusters_of(fitted, each, rng) for each in ([k] if k else range(FEWEST, most + 1))}
    scores = {each: silhouette(fitted, found.labels, rng) for each, found in tried.items()}
    chosen = max(scores, key=lambda each: scores[each])
    labels, _ = nearest(points, tried[chosen].centres)
    then = snapshot(desk, people, people.as_of - timedelta(days=DRIFT_DAYS))
    return FoundClusters(
        as_of=people.as_of,
        currency=people.currency,
        silhouettes=scores,
        k=chosen,
        rows=_rows(measures, labels, chosen),
        stability=stability_of(fitted, tried[chosen], rng),
        agreement=adjusted_rand(labels, segments),
        drift=_drift(desk, then, tried[chosen], labels, (mean, spread)),
    )


def _measured(desk: Desk, at: Snapshot) -> tuple[_Array, npt.NDArray[np.int64]]:
    """Return log days since, log frequency and log money of each customer, and the segment."""
    rows = scored_by_itself(at)
    found = desk.ledger.query(
        rows.select("nearness", "frequency", "net_minor", "segment", "buyer_key").order_by("buyer_key")
    )
    days = -np.asarray(found.column("nearness").to_numpy(), dtype=float)
    frequency = np.asarray(found.column("frequency").to_numpy(), dtype=float)
    money = np.array([float(value) for value in found.column("net_minor").to_pylist()])
    measures = np.stack([np.log1p(days), np.log(frequency), np.log1p(np.maximum(money, 0.0))], axis=1)
    return measures, np.asarray(found.column("segment").to_numpy(), dtype=np.int64)


def _rows(measures: _Array, labels: npt.NDArray[np.int64], k: int) -> tuple[ClusterRow, ...]:
    rows = []
    for cluster in range(k):
        own = measures[labels == cluster]
        days, frequency, money = np.median(own, axis=0) if len(own) else (0.0, 0.0, 0.0)
        rows.append(ClusterRow(len(own), float(np.expm1(days)), float(np.exp(frequency)), float(np.expm1(money))))
    return tuple(rows)


def _drift(
    desk: Desk, then: Snapshot, found: Clusters, labels: npt.NDArray[np.int64], scale: tuple[_Array, _Array]
) -> float | None:
    if desk.ledger.query(then.customers.count()).column(0)[0].as_py() < 30:
        return None
    before, _ = _measured(desk, then)
    past, _ = nearest((before - scale[0]) / scale[1], found.centres)
    k = len(found.centres)
    return population_stability(
        np.bincount(past, minlength=k) / len(past), np.bincount(labels, minlength=k) / len(labels)
    )
