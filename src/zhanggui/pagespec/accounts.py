"""The shape of what answers a tile of accounts: statements, waterfalls, budgets."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec.data import TileAnswer
from zhanggui.pagespec.words import Evidence, Number, Unit


class StatementColumn(BaseModel):
    """One period of a statement; `note` says why it cannot be set beside the others as it stands."""

    key: str
    label: Text
    note: Text | None = None


class StatementLine(BaseModel):
    """One line of a statement.

    Attributes
    ----------
    parent : str, optional
        Key of the line that this one is a part of; parts are folded until they are asked for.
    role : {"line", "total", "memo"}
        ``total`` is the sum of what stands above it; ``memo`` stands beside the sums.
    values : tuple of Number
        One per column.
    total : Number
        Over all columns.
    share : Number
        Of the line that the statement measures by.
    hrefs : tuple of str, optional
        Where each value opens.
    href : str, optional
        Where the total opens.
    """

    key: str
    label: Text
    parent: str | None = None
    role: Literal["line", "total", "memo"] = "line"
    unit: Unit = "money"
    values: tuple[Number, ...]
    total: Number = None
    share: Number = None
    evidence: Evidence = "counted"
    help: Text | None = None
    href: str | None = None
    hrefs: tuple[str | None, ...] = ()


class StatementData(TileAnswer):
    """Data of a statement of accounts."""

    columns: tuple[StatementColumn, ...]
    lines: tuple[StatementLine, ...]
    share_of: Text | None = None
    currency: str | None = None


class Step(BaseModel):
    """One bar of a waterfall, from `start` to `end`; a ``level`` stands on the ground."""

    label: Text
    role: Literal["level", "adds", "takes"]
    value: Number
    start: Number
    end: Number
    evidence: Evidence = "counted"
    href: str | None = None
    help: Text | None = None


class WaterfallData(TileAnswer):
    """Data of a waterfall."""

    steps: tuple[Step, ...]
    unit: Unit = "money"
    currency: str | None = None


class BudgetCell(BaseModel):
    """One account of one month: what was planned, what came, and where the month will end at this pace."""

    month: str
    target: Number = None
    actual: Number = None
    forecast: Number = None
    gap: Number = None
    state: Literal["ahead", "behind", "none"] = "none"


class BudgetRow(BaseModel):
    """One account over the months."""

    account: str
    label: Text
    unit: Unit = "money"
    good: Literal["up", "down", "none"] = "none"
    cells: tuple[BudgetCell, ...]


class BudgetData(TileAnswer):
    """Data of the budget.

    Attributes
    ----------
    current : str, optional
        The month that still runs.
    store : str, optional
        The store that the targets are of; the whole company where there is none.
    can_enter : bool
        Whether what is looked at has targets: the company or one store, whole.
    """

    months: tuple[str, ...]
    rows: tuple[BudgetRow, ...]
    current: str | None = None
    store: str | None = None
    can_enter: bool = True
    currency: str | None = None
    text: Text | None = None
