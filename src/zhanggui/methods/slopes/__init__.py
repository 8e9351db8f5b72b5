"""One slope shared by many series of counts, each with a level of its own."""

from zhanggui.methods.slopes.pooled import PooledSlope, pooled_slope

__all__ = ["PooledSlope", "pooled_slope"]
