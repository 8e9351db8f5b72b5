"""What a reconciliation says, as pages, terminal and HTTP give it; money in major units."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from zhanggui.i18n import Text


class StoreReach(BaseModel):
    """How far the ledger of a store reaches, and how its platform settles."""

    store: str
    platform: str
    has_ledger: bool
    ledger_from: str | None
    ledger_to: str | None
    begins: str
    usual_days: int
    latest_days: int
    terms: str


class CauseSum(BaseModel):
    """What orders and ledger differ by for one cause."""

    cause: str
    label: Text
    amount: float
    n_orders: int
    is_open: bool


class MonthStatement(BaseModel):
    """The orders that one store was paid for in one month, and what became of their money.

    receivable = paid + borne; due = receivable - refunded - borne_back; expected = due + fees + deposits + fee_gaps;
    expected - settled = the sum of the causes = in_transit + open_difference + explained, to the minor unit.
    """

    store: str
    platform: str
    currency: str
    month: str
    n_orders: int
    paid: float
    borne: float
    receivable: float
    refunded: float
    borne_back: float
    due: float
    fees: Mapping[str, float]
    deposits: float
    fee_gaps: float
    expected: float
    settled: float
    in_transit: float
    difference: float
    open_difference: float
    explained: float
    unknown: float
    causes: tuple[CauseSum, ...]
    ties: bool


class LedgerMonth(BaseModel):
    """The lines that the ledger of one store booked in one month: to which orders they belong."""

    store: str
    platform: str
    currency: str
    month: str
    n_lines: int
    booked: float
    of_this_month: float
    of_earlier_months: float
    of_later_months: float
    unmatched: float
    n_unmatched: int
    of_no_order: Mapping[str, float]


class LinkRate(BaseModel):
    """How much of one side found the other."""

    name: str
    label: Text
    store: str
    platform: str
    n: int
    n_linked: int
    rate: float | None
    currency: str
    money: float
    money_linked: float
    money_rate: float | None
    by_rule: Mapping[str, int]


class UnmatchedLine(BaseModel):
    """A ledger line of an order that no report holds."""

    store: str
    platform: str
    currency: str
    booked: str
    age_days: int
    category: str
    label: Text
    scene: str | None
    amount: float
    order_id: str | None
    refund_id: str | None
    candidate_order_id: str | None
    batch_id: int
    row_no: int


class DifferenceRow(BaseModel):
    """An order that differs from the ledger, and why."""

    store: str
    platform: str
    currency: str
    order_id: str
    cause: str
    label: Text
    detail: str
    amount: float
    paid: str | None
    since: str | None
    age_days: int | None
    is_lost_in_export: bool
    batch_id: int
    row_no: int


class LateLine(BaseModel):
    """A ledger line that came later than the platform usually books."""

    store: str
    platform: str
    currency: str
    booked: str
    late_days: int
    lag_days: int | None
    category: str
    label: Text
    amount: float
    order_id: str
    batch_id: int
    row_no: int


class WalletGap(BaseModel):
    """A place in a wallet's ledger where the stated balance moves by more than the line."""

    store: str
    account: str
    currency: str
    after: str
    before: str
    age_days: int
    missing: float
    batch_id: int
    row_no: int


class Wallet(BaseModel):
    """One wallet of a store: what its lines come to, and whether its own balance agrees."""

    store: str
    platform: str
    account: str
    currency: str
    n_lines: int
    first: str
    last: str
    came_in: float
    went_out: float
    withdrawn: float
    n_withdrawals: int
    opening: float | None
    closing: float | None
    missing: float
    n_gaps: int
    ties: bool


class StockSystemStore(BaseModel):
    """The orders of one store on its platform and in the stock system (ERP)."""

    store: str
    platform: str
    currency: str
    n_orders: int
    n_in_both: int
    n_missing_in_erp: int
    missing_in_erp: float
    n_missing_on_platform: int
    missing_on_platform: float
    n_amount_differs: int
    amount_differs: float
    ties: bool


class StockSystemRow(BaseModel):
    """An order that platform and stock system do not agree on."""

    store: str
    kind: str
    label: Text
    order_id: str
    erp_order_id: str | None
    currency: str
    platform_amount: float | None
    erp_amount: float | None
    ordered: str | None


class Reconciliation(BaseModel):
    """Everything that was held against each other, and whether it ties.

    Lists show their largest rows; ``n_…`` and amounts count all.
    """

    date_from: str | None
    date_to: str | None
    ties: bool
    problems: tuple[Text, ...]
    stores: tuple[StoreReach, ...]
    months: tuple[MonthStatement, ...]
    ledgers: tuple[LedgerMonth, ...]
    link_rates: tuple[LinkRate, ...]
    n_unmatched: int
    unmatched: tuple[UnmatchedLine, ...]
    n_differences: int
    differences: tuple[DifferenceRow, ...]
    n_late: int
    late: tuple[LateLine, ...]
    wallets: tuple[Wallet, ...]
    wallet_gaps: tuple[WalletGap, ...]
    stock_system: tuple[StockSystemStore, ...]
    n_stock_system_rows: int
    stock_system_rows: tuple[StockSystemRow, ...]
