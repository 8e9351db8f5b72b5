"""What a method about traffic says instead of a number, and tiles that show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from zhanggui.i18n import Text
from zhanggui.pagespec import TileAnswer
from zhanggui.understand import refusals
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import ThinLedgerError
from zhanggui.understand.view import View

READ = ("session", "order_header", "ad_spend")
"""Tables whose failed checks mark the tiles of this room."""

_Data = TypeVar("_Data", bound=TileAnswer)


class ThinTrafficError(ThinLedgerError):
    """The ledger tells too little about traffic for a number."""

    code = "thin_traffic"
    reads = "visits, orders and what was spent"


def said_instead(
    make: Callable[[Desk, View], _Data], nothing: Callable[[Text], _Data]
) -> Callable[[Desk, View], _Data]:
    """Return a tile of this subject that says why there is no number, where a method refuses to give one."""
    return refusals.said_instead(make, nothing, *READ)
