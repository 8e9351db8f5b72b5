"""Rules and their tests on history, as the page, the terminal and the API give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import AlertBook, AlertRules
from zhanggui.ledger.shop import Shop
from zhanggui.metrics import DIMENSIONS
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.own import OwnMetricBook
from zhanggui.pagespec.words import Number
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.answers import moment
from zhanggui.understand.monitoring.backtest import BackTest, Fired, back_test, ends
from zhanggui.understand.monitoring.builtin import SOURCE_RULE, SOURCE_TITLE
from zhanggui.understand.monitoring.rule_book import KeptRule, RuleBook
from zhanggui.understand.monitoring.rules import Rule, rule_from
from zhanggui.understand.monitoring.telling import title_of

MOST_FIRED = 100
"""Times that a test on history lists; the others are counted."""


class RuleLine(BaseModel):
    """One rule of the shop.

    Attributes
    ----------
    origin : {"built_in", "changed", "own"}
        As it came with the product, changed by the shop, or the shop's own.
    document : dict or None
        The rule as form and file have it; None for the watch over the sources.
    error : str or None
        Why it cannot be used.
    n_alerts : int
        Alerts that it has raised so far.
    """

    name: str
    title: Text
    origin: str
    is_on: bool
    muted_until: str | None
    severity: str
    owner: Text
    document: dict[str, Any] | None
    error: str | None
    n_alerts: int


class MetricChoice(BaseModel):
    """A metric that a rule can watch, its unit, and what it can be watched by."""

    name: str
    label: Text
    unit: str
    dimensions: tuple[str, ...]


class DimensionChoice(BaseModel):
    """A dimension by its name."""

    name: str
    label: Text


class RuleList(BaseModel):
    """Every rule, and what a new one can be made of."""

    rules: tuple[RuleLine, ...]
    metrics: tuple[MetricChoice, ...]
    dimensions: tuple[DimensionChoice, ...]


class FiredLine(BaseModel):
    """One time that a rule would have fired: where, on which days, with which values."""

    place: Text
    first_day: str
    last_day: str
    n_days: int
    value: Number
    expected: Number
    low: Number
    high: Number
    money: Number
    sentence: Text


class BackTestAnswer(BaseModel):
    """A rule held against history.

    Attributes
    ----------
    per_week : float or None
        Alarms a week to expect when things go on as they did.
    """

    sentence: Text
    first_day: str | None
    last_day: str | None
    n_fired: int
    per_week: Number
    n_steps: int
    currency: str | None
    unit: str
    fired: tuple[FiredLine, ...]


def rule_list(shop: Shop) -> RuleList:
    """Return every rule of the shop."""
    raised: dict[str, int] = {}
    for alert in AlertBook(shop.state).list_alerts():
        raised[alert.rule] = raised.get(alert.rule, 0) + 1
    lines = [rule_line(each, raised.get(each.name, 0)) for each in RuleBook(shop.state).rules()]
    return RuleList(
        rules=(_sources_line(shop, raised.get(SOURCE_RULE, 0)), *lines),
        metrics=tuple(
            MetricChoice(
                name=metric.name,
                label=metric.label,
                unit=metric.unit.value,
                dimensions=possible_dimensions(tuple(metric.leaves())),
            )
            for metric in OwnMetricBook(shop.state).catalogue().values()
        ),
        dimensions=tuple(DimensionChoice(name=each.name, label=each.label) for each in DIMENSIONS.values()),
    )


def rule_line(kept: KeptRule, n_alerts: int = 0) -> RuleLine:
    """Return a rule as a list shows it."""
    rule = kept.rule
    return RuleLine(
        name=kept.name,
        title=Text.same(kept.name) if rule is None else title_of(rule, None, "CNY"),
        origin=kept.origin,
        is_on=kept.is_on,
        muted_until=None if kept.muted_until is None else moment(kept.muted_until),
        severity="warning" if rule is None else rule.severity,
        owner=Text.same("-") if rule is None else rule.owned_by,
        document=None if rule is None else rule.model_dump(mode="json"),
        error=None if kept.error is None else str(kept.error),
        n_alerts=n_alerts,
    )


def _sources_line(shop: Shop, n_alerts: int) -> RuleLine:
    is_on, muted_until = AlertRules(shop.state).switches().get(SOURCE_RULE, (True, None))
    return RuleLine(
        name=SOURCE_RULE,
        title=SOURCE_TITLE,
        origin="built_in",
        is_on=is_on,
        muted_until=None if muted_until is None else moment(muted_until),
        severity="critical",
        owner=Text("数据", "data"),
        document=None,
        error=None,
        n_alerts=n_alerts,
    )


def tried_on_history(
    desk: Desk, document: Mapping[str, Any], *, first: date | None = None, last: date | None = None
) -> BackTestAnswer:
    """Hold a rule against history, kept or not.

    Raises
    ------
    BadRuleError
        Names the field that is wrong.
    """
    rule = rule_from(document, desk.catalogue)
    found = back_test(desk, rule, first=first, last=last)
    return _answer(found, rule)


def _answer(found: BackTest, rule: Rule) -> BackTestAnswer:
    return BackTestAnswer(
        sentence=found.sentence,
        first_day=None if found.days is None else found.days.first.isoformat(),
        last_day=None if found.days is None else found.days.last.isoformat(),
        n_fired=len(found.fired),
        per_week=found.per_week,
        n_steps=found.n_steps,
        currency=found.currency,
        unit=rule.watched.unit.value,
        fired=tuple(_line(each, rule) for each in found.fired[:MOST_FIRED]),
    )


def _line(fired: Fired, rule: Rule) -> FiredLine:
    first, last = ends(fired, rule)
    worst = fired.worst
    return FiredLine(
        place=fired.place,
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        n_days=(last - first).days + 1,
        value=worst.value,
        expected=worst.expected,
        low=worst.low,
        high=worst.high,
        money=fired.episode.money,
        sentence=fired.sentence,
    )
