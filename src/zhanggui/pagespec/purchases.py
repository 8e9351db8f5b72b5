"""The shape of what answers the list of goods to buy: a row for each, and what all of them take."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.pagespec.data import TileAnswer
from zhanggui.pagespec.words import Number


class PurchaseLine(BaseModel):
    """One good to buy; money in major units, days as ``2026-11-16``.

    Attributes
    ----------
    quantity : float
        Units to order, within the budget or as somebody set them.
    wanted : float
        Units that would be ordered if cash were no question.
    """

    sku: str
    name: str
    supplier: str
    quantity: float
    wanted: float
    case_units: float
    cash: float
    expected_profit: float
    order_on: str | None = None
    expected_on: str | None = None
    position: float
    reorder_point: float
    safety_stock: float
    empty_chance: float


class PurchasesData(TileAnswer):
    """Data of the list of goods to buy; ``cash_wanted`` is what everything wanted takes, the most that can be spent."""

    currency: str | None = None
    cash: Number = None
    cash_wanted: Number = None
    profit: Number = None
    profit_bound: Number = None
    units: Number = None
    rows: tuple[PurchaseLine, ...] = ()
