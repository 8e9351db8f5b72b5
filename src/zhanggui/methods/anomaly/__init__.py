"""What a series should hold by its own past: bands, change points, drift, where a period will end, and live streams."""

from zhanggui.methods.anomaly.ahead import Ahead, sum_ahead
from zhanggui.methods.anomaly.bands import DEFAULT_WIDTH, Bands, seasonal_bands
from zhanggui.methods.anomaly.changes import ChangePoint, Drift, change_points, drift
from zhanggui.methods.anomaly.stream import once_within, stream_scores

__all__ = [
    "DEFAULT_WIDTH",
    "Ahead",
    "Bands",
    "ChangePoint",
    "Drift",
    "change_points",
    "drift",
    "once_within",
    "seasonal_bands",
    "stream_scores",
    "sum_ahead",
]
