"""Alerts and rules as the page, the terminal and the API give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Alert, AlertBook
from zhanggui.ledger.shop import Shop
from zhanggui.pagespec import Doubt
from zhanggui.pagespec.words import Evidence, Number
from zhanggui.understand.doubts import QUALITY_PAGE
from zhanggui.understand.monitoring.messages import ALERT_PAGE
from zhanggui.understand.monitoring.watching import LAST_RUN

State = Literal["open", "acknowledged", "snoozed", "resolved"]
ACTIVE: tuple[State, ...] = ("open", "acknowledged")
"""States that wait for somebody."""


class AlertDay(BaseModel):
    """One day of an alert: what the metric was, and what it should have been."""

    day: str
    value: Number
    expected: Number
    low: Number
    high: Number


class AlertLine(BaseModel):
    """One alert in a list.

    Attributes
    ----------
    standing : {"on", "over", "gone"}
        Whether the data still shows it: on its last day, no more, or not at all since it was corrected.
    n_under : int
        Further alerts of the same cause, told under this one.
    """

    id: int
    rule: str
    title: Text
    place: Text
    sentence: Text
    metric: str | None
    label: Text | None
    unit: str | None
    value: Number
    expected: Number
    low: Number
    high: Number
    money: Number
    currency: str | None
    evidence: Evidence
    severity: str
    owner: Text
    state: State
    standing: Literal["on", "over", "gone"]
    first_day: str
    last_day: str
    raised_at: str
    snoozed_until: str | None
    outcome: str | None
    cause_id: int | None
    n_under: int
    href: str


class AlertList(BaseModel):
    """Alerts, most money at stake first; how many there are of each state, and when the shop was watched last."""

    alerts: tuple[AlertLine, ...]
    n_open: int
    n_acknowledged: int
    n_snoozed: int
    n_resolved: int
    watched_at: str | None
    watched_until: str | None
    unusable: dict[str, str]


class AlertStepLine(BaseModel):
    """One step of an alert's life."""

    at: str
    what: str
    note: str


class ExplainQuery(BaseModel):
    """The question why, as ``/api/v1/explain`` takes it: two periods of one metric in one part of the shop."""

    metric: str
    date_from: str
    date_to: str
    against: str
    where: str


class AlertSegment(BaseModel):
    """Where a change lies."""

    label: Text
    amount: Number
    share: Number


class AlertPage(BaseModel):
    """Everything about one alert."""

    alert: AlertLine
    days: tuple[AlertDay, ...]
    causes: tuple[Text, ...]
    checks: tuple[Text, ...]
    segments: tuple[AlertSegment, ...]
    explain: ExplainQuery | None
    metric_href: str | None
    doubts: tuple[Doubt, ...]
    steps: tuple[AlertStepLine, ...]
    cause: AlertLine | None
    under: tuple[AlertLine, ...]
    outcomes: tuple[str, ...]
    snooze_days: int


def alert_list(shop: Shop, states: Collection[str] = ACTIVE, *, with_under: bool = False) -> AlertList:
    """Return the alerts in some states.

    Parameters
    ----------
    shop : Shop
        The shop.
    states : collection of str
        Which states.
    with_under : bool
        Also those that are told under another one.
    """
    book = AlertBook(shop.state)
    known = book.list_alerts()
    n_under = _n_under(known)
    counts = Counter(alert.state for alert in known if alert.cause_id is None)
    shown = [alert for alert in known if alert.state in states and (with_under or alert.cause_id is None)]
    run = last_run(shop)
    return AlertList(
        alerts=tuple(alert_line(alert, n_under[alert.alert_id]) for alert in shown),
        n_open=counts["open"],
        n_acknowledged=counts["acknowledged"],
        n_snoozed=counts["snoozed"],
        n_resolved=counts["resolved"],
        watched_at=run.get("at"),
        watched_until=run.get("until"),
        unusable=run.get("unusable") or {},
    )


def last_run(shop: Shop) -> Mapping[str, Any]:
    """Return what the last watch did; empty where there was none."""
    found = shop.state.get_setting(LAST_RUN)
    return found if isinstance(found, dict) else {}


def alert_page(shop: Shop, alert_id: int) -> AlertPage:
    """Return everything about one alert.

    Raises
    ------
    UnknownAlertError
        There is none.
    """
    from zhanggui.ledger.jobs import OUTCOMES
    from zhanggui.understand.monitoring.rule_book import RuleBook

    book = AlertBook(shop.state)
    alert, known = book.get(alert_id), book.list_alerts()
    told, n_under = alert.told, _n_under(known)
    rule = next((each.rule for each in RuleBook(shop.state).rules() if each.name == alert.rule), None)
    cause = next((each for each in known if each.alert_id == alert.cause_id), None)
    asked = told.get("explain")
    return AlertPage(
        alert=alert_line(alert, n_under[alert_id]),
        days=tuple(AlertDay(**each) for each in told.get("days", ())),
        causes=_texts(told["causes"]),
        checks=_texts(told["checks"]),
        segments=tuple(
            AlertSegment(label=Text(each["label_zh"], each["label_en"]), amount=each["amount"], share=each["share"])
            for each in told.get("segments", ())
        ),
        explain=None if asked is None else _query(asked),
        metric_href=told.get("href"),
        doubts=tuple(Doubt(n=1, href=QUALITY_PAGE, **each) for each in told["doubts"]),
        steps=tuple(AlertStepLine(at=moment(step.at), what=step.what, note=step.note) for step in book.steps(alert_id)),
        cause=None if cause is None else alert_line(cause, n_under[cause.alert_id]),
        under=tuple(alert_line(each, 0) for each in known if each.cause_id == alert_id),
        outcomes=OUTCOMES,
        snooze_days=rule.snooze_days if rule is not None else 7,
    )


def alert_line(alert: Alert, n_under: int) -> AlertLine:
    """Return an alert as a list shows it."""
    told = alert.told
    label = told.get("label")
    return AlertLine(
        id=alert.alert_id,
        rule=alert.rule,
        title=Text(**told["title"]),
        place=Text(**told["place"]),
        sentence=Text(**told["sentence"]),
        metric=told.get("metric"),
        label=None if label is None else Text(**label),
        unit=told.get("unit"),
        value=told.get("value"),
        expected=told.get("expected"),
        low=told.get("low"),
        high=told.get("high"),
        money=alert.money,
        currency=told["currency"],
        evidence=told["evidence"],
        severity=alert.severity,
        owner=Text.same(alert.owner) if alert.owner else Text(**told["owner"]),
        state=alert.state,
        standing=alert.standing,
        first_day=alert.first_day.isoformat(),
        last_day=alert.last_day.isoformat(),
        raised_at=moment(alert.raised_at),
        snoozed_until=None if alert.snoozed_until is None else moment(alert.snoozed_until),
        outcome=alert.outcome,
        cause_id=alert.cause_id,
        n_under=n_under,
        href=ALERT_PAGE.format(alert_id=alert.alert_id),
    )


def moment(seconds: float) -> str:
    """Return a moment of the state file as the API gives it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _n_under(known: Iterable[Alert]) -> Counter[int]:
    return Counter(alert.cause_id for alert in known if alert.cause_id is not None)


def _texts(said: Sequence[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(**each) for each in said)


def _query(asked: Mapping[str, str]) -> ExplainQuery:
    return ExplainQuery(
        metric=asked["metric"],
        date_from=asked["from"],
        date_to=asked["to"],
        against=asked["against"],
        where=asked.get("where", ""),
    )
