"""Tiles about people, marked by the checks of what they read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from zhanggui.i18n import Text
from zhanggui.pagespec import TileAnswer
from zhanggui.understand import refusals
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

READ = ("order_header", "refund")
"""Tables whose failed checks mark the tiles of this room."""

PAGE_ROWS = 50
"""Customers on one page of a list."""

_Data = TypeVar("_Data", bound=TileAnswer)


def said_instead(
    make: Callable[[Desk, View], _Data], nothing: Callable[[Text], _Data]
) -> Callable[[Desk, View], _Data]:
    """Return a tile of this subject that says why there is no number, where a method refuses to give one."""
    return refusals.said_instead(make, nothing, *READ)
