"""The lines of the profit statement, as data: which metrics stand in it, in which order, with which sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE


@dataclass(frozen=True, slots=True)
class Account:
    """One line that adds to profit or takes from it.

    Attributes
    ----------
    metric : str
        The metric that it shows.
    sign : int
        1 where the metric adds to profit, -1 where it takes from it.
    parts : tuple of Account
        What it is made of; they sum to it.
    """

    metric: str
    sign: int = -1
    parts: tuple[Account, ...] = ()

    @property
    def label(self) -> Text:
        """What a shopkeeper calls it."""
        return CATALOGUE[self.metric].label


@dataclass(frozen=True, slots=True)
class Result:
    """A line that sums up all accounts above it; `metric` gives the same number from its own definition."""

    metric: str


@dataclass(frozen=True, slots=True)
class Uncosted:
    """What lines of unknown cost would leave before their goods: taken out, as unknown is not zero."""


UNCOSTED_LABEL = Text("缺成本明细的余额（不计入）", "Left by lines of unknown cost (not counted)")
UNCOSTED_HELP = Text(
    "商品成本未知的明细扣完其他各项后剩下的钱。成本不知道，就没有利润，因此从利润中拿掉，而不是当作零成本。",
    "What lines of unknown cost leave after everything but their goods. Without a cost there is no profit, so it is "
    "taken out; it is not counted at a cost of zero.",
)

Line = Account | Result | Uncosted

REFUNDS_ON_PAYMENT = Account(
    "refunded",
    parts=(Account("refunded_before_shipping"), Account("refunded_only"), Account("refunded_with_return")),
)
"""Refunds of the orders of the period (付款口径); what names no kind is in none of the parts."""

REFUNDS_ON_COMPLETION = Account("refund_amount_completed")
"""Refunds that succeeded in the period, of whatever day their orders are (退款完成口径)."""

UP_TO_NET = (Account("receivable", 1),)
BELOW_REFUNDS: tuple[Line, ...] = (
    Account("subsidy_back"),
    Result("net_receivable"),
    Account("goods_cost"),
    Account(
        "logistics_cost",
        parts=(
            Account("freight_out"),
            Account("freight_back"),
            Account("packaging_cost"),
            Account("period_freight"),
            Account("period_packaging"),
        ),
    ),
    Account(
        "platform_fees",
        parts=(
            Account("commission_cost"),
            Account("service_fee_cost"),
            Account("creator_commission_cost"),
            Account("insurance_cost"),
            Account("penalty_cost"),
            Account("order_promotion_cost"),
        ),
    ),
    Account(
        "marketing_cost",
        parts=(Account("ad_spend"), Account("slot_fees"), Account("content_cost"), Account("sample_cost")),
    ),
    Account("unmatched_fees"),
    Account("order_tax"),
    Account("period_tax"),
    Account("period_insurance"),
    Account("other_order_cost"),
    Account("other_period_cost"),
    Account("brushing_cost"),
    Account("entry_income", 1, (Account("forfeited_deposits", 1), Account("adjustments", 1))),
    Uncosted(),
    Result("contribution_profit"),
    Account("fixed_costs"),
    Account("marked_order_cost", 1),
    Result("operating_profit"),
)
"""From what is left of the refunds to the last line."""

MEMOS = (
    "contribution_margin",
    "expected_fees",
    "contribution_after_fees",
    "receivable_cost_unknown",
    "cost_unknown_share",
    "unsettled_share",
)
"""What stands beside the sums."""

SPARSE = (
    "unmatched_fees",
    "order_tax",
    "period_tax",
    "period_insurance",
    "other_order_cost",
    "other_period_cost",
    "brushing_cost",
    "entry_income",
    "fixed_costs",
    "marked_order_cost",
    "subsidy_back",
)
"""Lines that are left out where they are zero throughout: most shops have none of them."""


def statement_lines(*, by_completion: bool) -> tuple[Line, ...]:
    """Return the lines of the statement on one basis of refunds."""
    refunds = REFUNDS_ON_COMPLETION if by_completion else REFUNDS_ON_PAYMENT
    return (*UP_TO_NET, refunds, *BELOW_REFUNDS)


def metrics_of(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return every metric that the lines ask for, those of the other basis of refunds left out.

    Examples
    --------
    >>> metrics_of(statement_lines(by_completion=False))[:3]
    ('receivable', 'refunded', 'refunded_before_shipping')
    """
    return tuple(dict.fromkeys(name for line in lines for name in _names(line)))


def _names(line: Line) -> Iterator[str]:
    if isinstance(line, Uncosted):
        return
    yield line.metric
    if isinstance(line, Account):
        for part in line.parts:
            yield from _names(part)
