"""The metrics that a shop defines itself: read, checked, versioned, and made into metrics like any other."""

from zhanggui.metrics.own.book import OwnMetricBook
from zhanggui.metrics.own.definition import (
    FilterOf,
    OwnMetric,
    RatioOf,
    WeightedSum,
    own_metric_from,
    own_metrics_from_toml,
    own_metrics_to_toml,
)
from zhanggui.metrics.own.problems import BadMetricError, NotOwnMetricError

__all__ = [
    "BadMetricError",
    "FilterOf",
    "NotOwnMetricError",
    "OwnMetric",
    "OwnMetricBook",
    "RatioOf",
    "WeightedSum",
    "own_metric_from",
    "own_metrics_from_toml",
    "own_metrics_to_toml",
]
