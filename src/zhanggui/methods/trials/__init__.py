"""What a treatment changes: shares and means of groups that were drawn by lot, and whether the lot was kept."""

from zhanggui.methods.trials.lots import groups_alike, shares_as_planned
from zhanggui.methods.trials.means import Group, MeanEffect, mean_effect
from zhanggui.methods.trials.shares import ShareEffect, share_effect, wilson

__all__ = [
    "Group", "MeanEffect", "ShareEffect", "groups_alike", "mean_effect", "share_effect", "shares_as_planned", "wilson",
]  # fmt: skip
