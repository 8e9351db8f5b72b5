"""How much to keep and to order when demand is uncertain, goods take time to come and cash is short."""

from zhanggui.methods.stocking.budget import Spending, spend
from zhanggui.methods.stocking.newsvendor import Level, critical_fractile, newsvendor_counts, newsvendor_normal
from zhanggui.methods.stocking.policies import (
    LevelPolicy,
    QuantityPolicy,
    best_level_policy,
    best_quantity_policy,
    poisson_chances,
)
from zhanggui.methods.stocking.replay import FRACTILES, Economy, Replay, Tuned, replay, tune
from zhanggui.methods.stocking.sizes import Sizes, order_sizes

__all__ = [
    "FRACTILES",
    "Economy",
    "Level",
    "LevelPolicy",
    "QuantityPolicy",
    "Replay",
    "Sizes",
    "Spending",
    "Tuned",
    "best_level_policy",
    "best_quantity_policy",
    "critical_fractile",
    "newsvendor_counts",
    "newsvendor_normal",
    "order_sizes",
    "poisson_chances",
    "replay",
    "spend",
    "tune",
]
