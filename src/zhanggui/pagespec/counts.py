"""The shape of what answers the list of stock counts: what each found at cost, and who approved it."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.pagespec.data import TileAnswer
from zhanggui.pagespec.words import Number


class StockCountLine(BaseModel):
    """One count; money in major units at cost, its day as ``2026-11-16``.

    Attributes
    ----------
    goods, off : int
        SKUs counted, and those of them that were more or less than in the books.
    unpriced : int
        Of these, how many are of unknown cost and in no amount.
    adjusted : int
        SKUs for which movements of adjustment are in the books already.
    """

    count_id: str
    day: str
    warehouses: tuple[str, ...]
    goods: int
    off: int
    surplus: Number
    shortage: Number
    unpriced: int
    approved_by: str | None
    adjusted: int


class StockCountsData(TileAnswer):
    """Data of the list of stock counts, the newest first."""

    currency: str | None = None
    counts: tuple[StockCountLine, ...] = ()
