"""The shapes of answers about stock: balances, positions, transfers, counts, markdowns."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from zhanggui.understand.inventory.answer_parts import StockAnswer


class BalanceLine(BaseModel):
    """opening + received - issued + difference = closing; units, and the difference at cost."""

    warehouse: str
    sku: str
    day: date | None
    opening: float
    received: float
    issued: float
    difference: float
    closing: float
    counted: float
    difference_money: float | None


class Moved(BaseModel):
    """What came in and went out for one reason."""

    reason: str
    received: float
    issued: float


class BalanceAnswer(StockAnswer):
    """Balances by warehouse, by SKU and warehouse (`n_rows` in all), and by day where one SKU was asked for."""

    warehouses: tuple[BalanceLine, ...]
    reasons: tuple[Moved, ...]
    rows: tuple[BalanceLine, ...]
    n_rows: int
    adds_up: bool


class PositionRow(BaseModel):
    """One SKU; `position` is null where what is on order is not known."""

    sku: str
    name: str
    on_hand: float
    on_order: float | None
    overdue: float | None
    in_transit: float
    coming_back: float
    unshipped: float
    presale: float
    locked: float
    available: float
    position: float | None


class PositionAnswer(StockAnswer):
    """Positions, what is oversold first; `total` is over all SKUs."""

    total: PositionRow
    oversold: int
    sellable_share: float | None
    rows: tuple[PositionRow, ...]


class TransferRow(BaseModel):
    """One proposal; covers are in days, null where nothing leaves."""

    sku: str
    name: str
    source: str
    destination: str
    units: int
    cover_from: float | None
    cover_to: float | None
    saved_units: float
    saved_money: float | None


class AllotmentRow(BaseModel):
    """What each store may show of one SKU."""

    sku: str
    name: str
    available: float
    reserve: int
    stores: dict[str, int]


class TransfersAnswer(StockAnswer):
    """What should move, and what stores may show so that nothing is oversold."""

    horizon_days: int
    warehouses: tuple[str, ...]
    saved_money: float | None
    rows: tuple[TransferRow, ...]
    n_rows: int
    allotments: tuple[AllotmentRow, ...]
    n_allotments: int


class CountRow(BaseModel):
    """One count; money at cost."""

    count_id: str
    day: date
    warehouses: tuple[str, ...]
    goods: int
    off: int
    surplus: float | None
    shortage: float | None
    unpriced: int
    approved_by: str | None
    adjusted: int


class CountedRow(BaseModel):
    """One SKU of a count that was more or less than in the books."""

    count_id: str
    warehouse: str
    sku: str
    name: str
    counted_at: datetime
    book: float
    counted: float
    difference: float
    money: float | None
    is_adjusted: bool


class CountsAnswer(StockAnswer):
    """Counts, newest first, and the differences of the one asked for, else of the newest."""

    counts: tuple[CountRow, ...]
    count_id: str | None
    rows: tuple[CountedRow, ...]


class MarkdownRow(BaseModel):
    """One proposal; money over the horizon."""

    sku: str
    name: str
    band: str
    on_hand: float
    value: float | None
    price: float | None
    cut: float
    new_price: float | None
    units_kept: float
    units: float
    cash_kept: float | None
    cash: float | None
    profit: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None


class UntoldRow(BaseModel):
    """Slow goods without a sale in the window."""

    sku: str
    name: str
    on_hand: float
    value: float | None


class ElasticityShown(BaseModel):
    """By how many percent sales rise when the price falls by one, and how that is known."""

    value: float
    low: float
    high: float
    source: str
    n_changes: int


class MarkdownAnswer(StockAnswer):
    """The plan, its sums, and what no plan can be made for."""

    elasticity: ElasticityShown
    terms: dict[str, float | bool | None]
    fee_rate: float
    value: float | None
    cash: float | None
    cash_kept: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    keep: int
    unpriced: int
    rows: tuple[MarkdownRow, ...]
    n_rows: int
    untold: tuple[UntoldRow, ...]
