"""The finance pages as plain answers, for the terminal and for programs: one object per page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import BudgetData, FindingsData, TableData, WaterfallData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.ad_desk import ad_desk, ad_scopes, losing_ads
from zhanggui.understand.finance.below_cost import below_cost_lines, below_cost_table
from zhanggui.understand.finance.bridge import bridge
from zhanggui.understand.finance.budgets import budget
from zhanggui.understand.finance.cash import cash_kinds, cash_wallets
from zhanggui.understand.finance.creator_desk import creator_table, session_table
from zhanggui.understand.finance.fee_desk import fee_table, odd_fee_table
from zhanggui.understand.finance.profit_desk import statement
from zhanggui.understand.finance.profit_statement import SPLITS, Row, Statement
from zhanggui.understand.finance.transit import transit_table
from zhanggui.understand.view import View


class AccountLine(BaseModel):
    """One line of the statement: what adds to profit is positive."""

    key: str
    label: Text
    role: str
    parent: str | None
    values: tuple[float | None, ...]
    total: float | None


class PartLines(BaseModel):
    """The statement of one platform, store, category or channel."""

    name: Text
    lines: tuple[AccountLine, ...]


class ProfitStatement(BaseModel):
    """The profit statement; ``values`` follow ``months``."""

    basis: str
    currency: str | None
    months: tuple[str, ...]
    lines: tuple[AccountLine, ...]
    rates: Mapping[str, float | None]
    by: str | None
    parts: tuple[PartLines, ...]
    warnings: tuple[Text, ...]


class AdDesk(BaseModel):
    """Advertising, object by object; rows of different reports are never added."""

    objects: TableData
    reports: TableData
    losing: FindingsData


class CreatorDesk(BaseModel):
    """Creators and their live sessions."""

    creators: TableData
    sessions: TableData


class BelowCost(BaseModel):
    """What was sold below its cost."""

    skus: TableData
    lines: TableData


class FeeAudit(BaseModel):
    """What platforms charged against the rates."""

    rates: TableData
    deviating: TableData


class Cash(BaseModel):
    """What came in, went out, and is on its way."""

    wallets: TableData
    kinds: TableData
    on_its_way: TableData


def profit_answer(desk: Desk, view: View) -> ProfitStatement:
    """Return the profit statement, split by ``view.by`` where that is one of the splits."""
    by = view.by if view.by in SPLITS else None
    found = statement(desk, view, by)
    return ProfitStatement(
        basis="completion" if found.by_completion else "payment",
        currency=found.currency,
        months=tuple(column.month.isoformat()[:7] for column in found.columns),
        lines=tuple(_line(row, found) for row in found.rows),
        rates={name: total for name, (_, total) in found.ratios.items()},
        by=by,
        parts=tuple(
            PartLines(name=part.name, lines=tuple(_line(row, found) for row in part.rows)) for part in found.parts
        ),
        warnings=found.warnings,
    )


def _line(row: Row, found: Statement) -> AccountLine:
    return AccountLine(
        key=row.key,
        label=row.label,
        role=row.role,
        parent=row.parent,
        values=tuple(major(value, found.currency) for value in row.values),
        total=major(row.total, found.currency),
    )


def ads_answer(desk: Desk, view: View) -> AdDesk:
    """Return the ad desk."""
    return AdDesk(objects=ad_desk(desk, view), reports=ad_scopes(desk, view), losing=losing_ads(desk, view))


def creators_answer(desk: Desk, view: View) -> CreatorDesk:
    """Return creators and sessions."""
    return CreatorDesk(creators=creator_table(desk, view), sessions=session_table(desk, view))


def below_cost_answer(desk: Desk, view: View) -> BelowCost:
    """Return SKUs and lines sold below cost."""
    return BelowCost(skus=below_cost_table(desk, view), lines=below_cost_lines(desk, view))


def fees_answer(desk: Desk, view: View) -> FeeAudit:
    """Return the fee audit."""
    return FeeAudit(rates=fee_table(desk, view), deviating=odd_fee_table(desk, view))


def cash_answer(desk: Desk, view: View) -> Cash:
    """Return cash by wallet and kind, and what is on its way."""
    return Cash(wallets=cash_wallets(desk, view), kinds=cash_kinds(desk, view), on_its_way=transit_table(desk, view))


FinanceAnswer = ProfitStatement | WaterfallData | AdDesk | CreatorDesk | BelowCost | FeeAudit | Cash | BudgetData

ANSWERS: Mapping[str, Callable[[Desk, View], FinanceAnswer]] = MappingProxyType(
    {
        "pnl": profit_answer,
        "bridge": bridge,
        "ads": ads_answer,
        "creators": creators_answer,
        "below-cost": below_cost_answer,
        "fees": fees_answer,
        "cash": cash_answer,
        "budget": budget,
    }
)
"""By the words of ``zhanggui finance``."""
