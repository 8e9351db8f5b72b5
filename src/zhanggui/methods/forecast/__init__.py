"""What will be counted in periods to come, as a distribution: levels, seasons, choice of a model, accuracy."""

from zhanggui.methods.forecast.accuracy import QUANTILES, Accuracy, accuracy, pinball, scales
from zhanggui.methods.forecast.beginning import with_kin
from zhanggui.methods.forecast.demand import Demand
from zhanggui.methods.forecast.hierarchy import reconciled
from zhanggui.methods.forecast.patterns import time_factors
from zhanggui.methods.forecast.selection import DEFAULT, Chosen, Model, Past, choose, judge, known_now
from zhanggui.methods.forecast.smoothing import ALPHA, Smoothed, smooth, smooth_path

__all__ = [
    "ALPHA",
    "DEFAULT",
    "QUANTILES",
    "Accuracy",
    "Chosen",
    "Demand",
    "Model",
    "Past",
    "Smoothed",
    "accuracy",
    "choose",
    "judge",
    "known_now",
    "pinball",
    "reconciled",
    "scales",
    "smooth",
    "smooth_path",
    "time_factors",
    "with_kin",
]
