"""Why a metric moved: drivers, segments, noise and doubts about the data, over the same definitions as every report."""

from zhanggui.metrics.explaining.asked import Asked, asked_from_pairs
from zhanggui.metrics.explaining.explain import Explanation, explain

__all__ = ["Asked", "Explanation", "asked_from_pairs", "explain"]
