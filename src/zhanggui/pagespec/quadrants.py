"""The shape of points between two borders: four named quadrants."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec.data import TileAnswer
from zhanggui.pagespec.words import Number, Unit

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]


class Quadrant(BaseModel):
    """One of the four: its name, how many lie in it, and what to do with them."""

    at: Corner
    name: Text
    n: int
    action: Text | None = None
    href: str | None = None


class QuadrantPoint(BaseModel):
    """One thing by its two figures, and the quadrant it lies in."""

    name: str | Text
    x: float
    y: float
    at: Corner
    href: str | None = None


class QuadrantAxis(BaseModel):
    """One axis: what it measures, where its border stands, and whether somebody has put it there."""

    label: Text
    unit: Unit
    border: Number = None
    is_moved: bool = False
    rule: Text | None = None


class QuadrantsData(TileAnswer):
    """Data of a scatter between two borders.

    Attributes
    ----------
    is_wide : bool
        Whether the figures differ so much that the axes are drawn by powers of ten, on both sides of nought.
    save_to : str or None
        Endpoint that keeps moved borders: a POST of ``{"x": number|null, "y": number|null}``; null goes back to the
        rule. None where they cannot be moved.
    """

    x: QuadrantAxis
    y: QuadrantAxis
    currency: str | None = None
    quadrants: tuple[Quadrant, ...]
    points: tuple[QuadrantPoint, ...]
    is_wide: bool = False
    save_to: str | None = None
