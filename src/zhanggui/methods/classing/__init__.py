"""Sorting things into classes by their figures: quadrants between two borders, shares of a total, steadiness."""

from zhanggui.methods.classing.bands import share_classes, steadiness_classes
from zhanggui.methods.classing.quadrants import (
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    CORNERS,
    TOP_LEFT,
    TOP_RIGHT,
    middle,
    quadrants,
)

__all__ = [
    "BOTTOM_LEFT",
    "BOTTOM_RIGHT",
    "CORNERS",
    "TOP_LEFT",
    "TOP_RIGHT",
    "middle",
    "quadrants",
    "share_classes",
    "steadiness_classes",
]
