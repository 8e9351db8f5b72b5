"""Marks: which sources of a number failed a check of data quality, in the stores and days that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.ledger.derivations import DERIVATIONS
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality.sources import sources_of
from zhanggui.ledger.quality.standing import Finding, finding_of, findings_expression
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.compiler.run import run_fixed
from zhanggui.metrics.compiler.scan import ScanExpression
from zhanggui.metrics.model import Metric
from zhanggui.metrics.question import Filter
from zhanggui.money import json_number

SOURCE_FAILED = "source_failed"


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A check that a source of a number failed.

    Attributes
    ----------
    check : str
        Name of the check.
    label : Text
        What it is called.
    text : Text
        What it found last, in words.
    next_step : Text
        What a person does about it.
    n_findings : int
        Findings in the stores and days at hand.
    money : float, int or None
        Money at stake in major units; None where there is none, or several currencies.
    currency : str or None
        Its currency.
    """

    check: str
    label: Text
    text: Text
    next_step: Text
    n_findings: int
    money: float | int | None
    currency: str | None

    def caveat(self, metric: str) -> Caveat:
        """Return the mark as a warning about a metric."""
        zh = f"来源未通过检查“{self.label.zh}”：{self.text.zh}；{self.next_step.zh}"
        en = f"A source fails the check “{self.label.en}”: {self.text.en}; {self.next_step.en}"
        return Caveat(SOURCE_FAILED, metric, zh, en, self.money, self.currency)


@cache
def tables_of(metric: Metric) -> frozenset[str]:
    """Return every source table that a metric stands on.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> sorted(tables_of(CATALOGUE["refund_rate"]))
    ['order_header', 'refund']
    """
    return sources_behind(leaf.table for leaf in metric.leaves())


def sources_behind(tables: Iterable[str]) -> frozenset[str]:
    """Return every source table that these ledger tables stand on.

    Examples
    --------
    >>> sorted(sources_behind(["settlement_link"]))[:3]
    ['erp_order_line', 'order_header', 'order_line']
    """
    return frozenset(source for table in tables for source in sources_of(table, DERIVATIONS))


def failures(
    ledger: Ledger, where: Sequence[Filter] = (), periods: Iterable[Period | None] = (None,)
) -> tuple[Finding, ...]:
    """Return what failed checks found in the stores and days of a question.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    where : sequence of Filter
        Filters of the question; those on stores and platforms leave other stores' findings out.
    periods : iterable of Period
        Days of the question, and those compared with; None for all days.
    """
    failed = _failed(ledger)
    if not failed:
        return ()
    stores, spans = _stores(ledger, where), tuple(periods)
    return tuple(
        found
        for found in failed
        if found.shop_id in stores and any(span is None or found.touches(span.first, span.last) for span in spans)
    )


def marks_on(tables: Collection[str], found: Sequence[Finding]) -> tuple[SourceMark, ...]:
    """Return the marks that failed checks put on what is computed from source tables, one per check."""
    mine = [each for each in found if each.check.table in tables]
    checks = dict.fromkeys(each.check.name for each in mine)
    return tuple(_mark([each for each in mine if each.check.name == name]) for name in checks)


def _failed(ledger: Ledger) -> list[Finding]:
    def expression() -> ScanExpression:
        return ScanExpression(findings_expression(ledger, status="failed"), {})

    return [finding_of(row) for row in run_fixed(ledger, "failed_findings", expression).to_pylist()]


def _stores(ledger: Ledger, where: Sequence[Filter]) -> set[int]:
    """Return the stores that filters leave; what belongs to the company as a whole concerns every store."""

    def expression() -> ScanExpression:
        return ScanExpression(ledger.table("store").select("shop_id", "name", "platform"), {})

    rows = run_fixed(ledger, "stores", expression).to_pylist()
    for each in where:
        column = {"shop": "name", "platform": "platform"}.get(each.dim)
        if column is not None:
            rows = [row for row in rows if row[column] in each.values or row["platform"] == COMPANY]
    return {row["shop_id"] for row in rows}


def _mark(found: Sequence[Finding]) -> SourceMark:
    check, latest = found[0].check, found[0]
    priced = [each for each in found if each.money_minor is not None and each.currency is not None]
    currencies = {each.currency for each in priced}
    currency = currencies.pop() if len(currencies) == 1 else None
    total = sum(each.money_minor or 0 for each in priced)
    return SourceMark(
        check=check.name,
        label=check.label,
        text=latest.text,
        next_step=check.next_step,
        n_findings=len(found),
        money=None if currency is None else json_number(total, currency),
        currency=currency,
    )
