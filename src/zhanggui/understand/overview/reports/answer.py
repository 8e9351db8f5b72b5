"""The shape of a report, the same for page, message, workbook, terminal and API."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec import Finding, KpiItem, Number, TableData
from zhanggui.understand.overview.reports.spec import Length


class Figure(KpiItem):
    """A figure of a report with what it is held against; `change` is of the two, a share or percentage points."""

    before: Number = None


class FigureGroup(BaseModel):
    """Figures that stand together."""

    key: str
    title: Text
    note: Text | None = None
    items: tuple[Figure, ...]


class Span(BaseModel):
    """Days, both ends included."""

    first: date
    last: date


class Report(BaseModel):
    """A report.

    Attributes
    ----------
    length : {"day", "week", "month"}
        Its length.
    title : Text
        Its name with its days.
    days, against : Span
        What it is about, and what its figures are held against.
    against_label : Text
        The latter in words.
    stores : tuple of str
        The stores that it is narrowed to; empty for the whole company.
    currency : str or None
        Of all its money.
    partial : Text or None
        What is not in it, such as days that have no data yet.
    text : Text
        One sentence of meaning.
    groups : tuple of FigureGroup
        The figures.
    by_store, to_target : TableData
        Each store; the month to date beside its target.
    movements : tuple of Finding
        What moved most, with its cause.
    stock_outs : tuple of Finding
        What sells well and is out of stock.
    alerts : tuple of Finding
        Alerts that wait for somebody, most money first.
    n_alerts : int
        How many there are.
    promotion : TableData or None
        The promotion that the days lie in, phase by phase beside its last time.
    missing : tuple of Text
        Data that should be there, and sources whose figures are in doubt.
    """

    length: Length
    title: Text
    days: Span
    against: Span
    against_label: Text
    stores: tuple[str, ...] = ()
    currency: str | None
    partial: Text | None = None
    text: Text
    groups: tuple[FigureGroup, ...]
    by_store: TableData
    to_target: TableData
    movements: tuple[Finding, ...]
    stock_outs: tuple[Finding, ...]
    alerts: tuple[Finding, ...]
    n_alerts: int
    promotion: TableData | None = None
    missing: tuple[Text, ...] = ()

    def figure(self, metric: str) -> Figure:
        """Return a figure by its metric; raises KeyError when the report has none."""
        for group in self.groups:
            for item in group.items:
                if item.metric == metric:
                    return item
        raise KeyError(metric)
