"""Clusters: k-means with a reason for k, how stable they are, and how far shares drift."""

from zhanggui.methods.clustering.clusters import (
    Clusters,
    Stability,
    adjusted_rand,
    clusters_of,
    nearest,
    population_stability,
    silhouette,
    stability_of,
)

__all__ = [
    "Clusters",
    "Stability",
    "adjusted_rand",
    "clusters_of",
    "nearest",
    "population_stability",
    "silhouette",
    "stability_of",
]
